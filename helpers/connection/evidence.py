"""What a learner did since the stage of an exercise was set: the commands sent, and how the cells
ended.

connect() follows a kernel (`follow`), clean_slate(r, "02:start") begins an attempt (`begin`), the
client of noting.py adds what is sent to it, and a check asks for it (`of`). Outside a kernel there
is no evidence, unless a test asks for it with `record`. All of it stays in this process.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from threading import get_ident

from helpers import notebook
from helpers.connection.book import Book, Evidence
from helpers.connection.cells import Cell, how

STAGE = re.compile(r"\d\d:\w+")
"""The prefix with which a stub sets its stage: the exercise's name, with a colon for the dot."""

MAIN = threading.main_thread().ident
"""The thread in which cells run. What a producer, a consumer or a timer sends elsewhere isn't the
learner's own command."""

book: Book | None = None
"""The book of this process, if one is kept."""

on_begin: Callable[[str], None] | None = None
"""Called with each prefix for which a stage is set; the checks set it."""


def kept() -> bool:
    """Tell whether a book is kept, so that connect() gives a client that notes."""
    return book is not None


def listening() -> Book | None:
    """Return the book if a command that is sent here and now is to be noted."""
    if book is None or book.attempt is None or book.hidden or get_ident() != MAIN:
        return None
    return book


def follow() -> None:
    """Keep a book of this kernel's cells, if this is an IPython one; the second call changes
    nothing."""
    global book
    if book is None and (shell := notebook.shell()):
        book = ours = Book()
        ours.cell = Cell("")  # The one that is running now; its source comes when it ends

        def end(result) -> None:
            error = result.error_before_exec or result.error_in_exec
            ours.end_cell(str(getattr(result.info, "raw_cell", "")), *how(error))

        shell.events.register("pre_run_cell", lambda info: ours.begin_cell(str(info.raw_cell)))
        shell.events.register("post_run_cell", end)


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
        book.end_cell(source, *how(error))
        raise
    book.end_cell(source)


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
    starts over.

    `watched` is whether the client notes what it sends.
    """
    if book is None or get_ident() != MAIN:
        return
    if STAGE.fullmatch(prefix):
        book.begin(prefix, watched)
    else:
        book.forget(prefix)
    if on_begin:
        on_begin(prefix)


def of(stage: str, skip: int, names: tuple[str, ...] = ()) -> Evidence:
    """Return what was done for one stage, see Book.evidence; nothing where no book is kept."""
    return book.evidence(stage, skip, names) if book else Evidence()
