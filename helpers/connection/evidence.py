"""What a learner did since the stage of an exercise was set: the commands sent, and how the cells
ended.

connect() follows a kernel (`follow`), clean_slate(r, "02:start") begins an attempt (`begin`), the
client of noting.py adds what is sent to it, and a check asks for it (`of`). Outside a kernel there
is no evidence, unless a test asks for it with `record`. All of it stays in this process.
"""

import contextlib
import re
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import get_ident
from typing import Any

from helpers.connection.cells import (
    ERROR,
    FINE,
    INTERRUPTED,
    RUNNING,
    Cell,
    at_work,
    ending,
    said_of,
)
from helpers.connection.sent import Sent

STAGE = re.compile(r"\d\d:\w+")
"""The prefix with which a stub sets its stage: the exercise's name, with a colon for the dot."""

MOST_COMMANDS, MOST_CELLS, MOST_ATTEMPTS, MOST_CHARACTERS = 1000, 20, 8, 20_000
"""What is kept: commands and cells of an attempt, the last ones; attempts; characters of a cell."""

MAIN = threading.main_thread().ident
"""The thread in which cells run. What a producer, a consumer or a timer sends elsewhere isn't the
learner's own command."""


@dataclass(eq=False)
class Attempt:
    """All that was seen since one stage was set."""

    stage: str
    commands: deque[Sent] = field(default_factory=lambda: deque(maxlen=MOST_COMMANDS))
    count: int = 0
    cells: deque[Cell] = field(default_factory=lambda: deque(maxlen=MOST_CELLS))
    watched: bool = True

    def note(self, command: Sent) -> None:
        """Add a command."""
        self.commands.append(command)
        self.count += 1
        if book and book.cell and not command.looks:
            book.cell.acts = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check is told: see `Seen` in helpers/checks/exercise.py."""

    sent: tuple[Sent, ...] = ()
    watched: bool = False
    ended: str = FINE
    error: str = ""
    code: str = ""


class Book:
    """The attempts of one kernel, the latest last, and the cell that is running."""

    def __init__(self):
        self.attempts: dict[str, Attempt] = {}
        self.attempt: Attempt | None = None
        self.cell: Cell | None = None
        self.last: Cell | None = None
        self.hidden = 0

    def begin_cell(self, source: str) -> None:
        """Note that a cell begins."""
        self.cell = Cell(source[:MOST_CHARACTERS])
        if self.attempt:
            self.attempt.cells.append(self.cell)

    def end_cell(self, source: str, error: BaseException | None) -> None:
        """Note how the running cell ended."""
        cell, self.cell = self.cell or Cell(""), None
        cell.source = cell.source or source[:MOST_CHARACTERS]
        if error is not None:
            cell.ended = INTERRUPTED if isinstance(error, KeyboardInterrupt) else ERROR
            name = type(error).__name__
            cell.error = f"{name}: {said_of(error)}".removesuffix(": ")
        if not cell.looks:
            self.last = cell

    def begin(self, stage: str, watched: bool) -> None:
        """Begin an attempt afresh: what was sent before doesn't count, and the cell that sets the
        stage is its first."""
        if self.attempt and self.cell in self.attempt.cells:
            self.attempt.cells.remove(self.cell)
        self.attempts.pop(stage, None)
        self.attempt = self.attempts[stage] = Attempt(stage, watched=watched)
        if self.cell:
            self.attempt.cells.append(self.cell)
            self.cell.acts = True
        for old in list(self.attempts)[:-MOST_ATTEMPTS]:
            del self.attempts[old]


book: Book | None = None
"""The book of this process, if anybody keeps one."""


def listening() -> Attempt | None:
    """Return the attempt that a command sent here and now belongs to, if it is to be noted."""
    if book is None or get_ident() != MAIN or book.hidden:
        return None
    return book.attempt


def kept() -> bool:
    """Tell whether a book is kept, so that connect() gives a client that notes."""
    return book is not None


@contextlib.contextmanager
def record() -> Iterator[Book]:
    """Keep a book for a while, as in a kernel; for tests."""
    global book
    before, book = book, Book()
    try:
        yield book
    finally:
        book = before


@contextlib.contextmanager
def cell(source: str) -> Iterator[None]:
    """Count what is done inside as one cell, with its error; for tests that run no kernel."""
    if book is None:
        yield
        return
    book.begin_cell(source)
    try:
        yield
    except BaseException as error:
        book.end_cell(source, error)
        raise
    book.end_cell(source, None)


def follow() -> None:
    """Keep a book of this kernel's cells, if this is an IPython one; the second call changes
    nothing."""
    global book
    if book is not None or "IPython" not in sys.modules:
        return
    from IPython import get_ipython

    if shell := get_ipython():
        book = ours = Book()
        ours.cell = Cell("")
        shell.events.register("pre_run_cell", lambda info: ours.begin_cell(str(info.raw_cell)))
        shell.events.register("post_run_cell", lambda result: _end(ours, result))


def _end(book: Book, result: Any) -> None:
    source = str(getattr(result.info, "raw_cell", ""))
    book.end_cell(source, result.error_before_exec or result.error_in_exec)


@contextlib.contextmanager
def unseen() -> Iterator[None]:
    """Note nothing that is sent inside: what a picture or a check asks isn't the learner's."""
    if book is None or get_ident() != MAIN:
        yield
        return
    book.hidden += 1
    try:
        yield
    finally:
        book.hidden -= 1


def begin(prefix: str, watched: bool) -> None:
    """Begin the attempt that a stub's clean_slate sets the stage for; forget those of a lesson that
    begins afresh.

    `watched` is whether the client notes what it sends. A second call in the same cell is the
    learner's own, so it is a command of the attempt.
    """
    if book is None or get_ident() != MAIN:
        return
    if not STAGE.fullmatch(prefix):
        for stage in [stage for stage in book.attempts if stage.startswith(prefix)]:
            if book.attempts.pop(stage) is book.attempt:
                book.attempt = None
    elif book.attempt and book.attempt.stage == prefix and _stage_cell(book.attempt):
        book.attempt.note(Sent(("DEL", prefix), 1))
    else:
        book.begin(prefix, watched)


def _stage_cell(attempt: Attempt) -> bool:
    """Tell whether the cell that set the stage is still running."""
    return bool(attempt.cells) and attempt.cells[0] is book.cell


def of(stage: str, skip: int) -> Evidence:
    """Return what was done for one stage, without the first `skip` commands, which the stub itself
    sent; marks the running cell as a check."""
    if book is None:
        return Evidence()
    if book.cell:
        book.cell.checks = True
    attempt = book.attempts.get(stage)
    if attempt is None:
        cells = [book.last] if book.last else []
        return Evidence(watched=False, **ending(cells))
    cells = [each for each in attempt.cells if not (each.checks and each is book.cell)]
    cells = cells or list(attempt.cells)
    dropped = attempt.count - len(attempt.commands)
    own = list(attempt.commands)[max(0, skip - dropped) :]
    if attempt is not book.attempt:
        later = [c for other in _after(attempt) for c in other.commands]
        own += [c for c in later if any(key.startswith(stage) for key in c.keys)]
    end = ending(cells)
    if end["ended"] == FINE and at_work():
        end["ended"] = RUNNING
    return Evidence(tuple(own), attempt.watched, **end)


def _after(attempt: Attempt) -> list[Attempt]:
    attempts = list(book.attempts.values())
    return attempts[attempts.index(attempt) + 1 :]
