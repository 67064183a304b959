"""The attempts of one kernel: for each exercise whose stage was set, its commands and cells."""

import ast
import re
import threading
import weakref
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.connection.cells import (
    FINE,
    RUNNING,
    Cell,
    at_work,
    constants,
    threads,
    without_comments,
    written,
)
from helpers.connection.origins import Made, made
from helpers.connection.sent import Sent

MOST_COMMANDS, MOST_CELLS, MOST_ATTEMPTS, MOST_SOURCE = 1000, 20, 8, 20_000
"""The most that is kept: commands and cells of an attempt, attempts, and characters of a cell."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a check is told of an attempt: see `Seen` in helpers/checks/exercise.py."""

    sent: tuple[Sent, ...] = ()
    watched: bool = False
    ended: str = FINE
    error: str = ""
    code: str = ""
    wrote: int = 0
    calls: bool = False
    made: Mapping[str, Made] = field(default_factory=dict)


@dataclass(eq=False)
class Attempt:
    """All that was seen since one stage was set.

    After a check it is `closed`: later commands and cells may be the lesson's, so only those that
    use or name the stage's own keys count. `first` is the cell that set it; `count` includes
    commands that were forgotten.
    """

    stage: str
    watched: bool = True
    first: Cell | None = None
    commands: deque[Sent] = field(default_factory=lambda: deque(maxlen=MOST_COMMANDS))
    count: int = 0
    closed: bool = False
    cells: deque[Cell] = field(default_factory=lambda: deque(maxlen=MOST_CELLS))
    before: weakref.WeakSet[threading.Thread] = field(
        default_factory=lambda: weakref.WeakSet(threads())
    )

    def after(self, skip: int) -> list[Sent]:
        """Return the commands without the first `skip`."""
        forgotten = self.count - len(self.commands)
        return list(self.commands)[max(0, skip - forgotten) :]

    def is_named_in(self, source: str) -> bool:
        """Tell whether a cell names the stage's key, or a constant such as FINISH that stands for
        it."""
        own = constants(self.first.source) if self.first else set()
        return f'"{self.stage}' in source or bool(own & set(re.findall(r"\w+", source)))


class Book:
    """The attempts, the latest last; the cell that is running, and the last one that did
    something.

    `hidden` is above 0 while what is sent isn't the learner's.
    """

    def __init__(self):
        self.attempts: dict[str, Attempt] = {}
        self.attempt: Attempt | None = None
        self.cell: Cell | None = None
        self.last: Cell | None = None
        self.hidden = 0

    def begin_cell(self, source: str) -> None:
        """Note that a cell begins."""
        self.cell = Cell(source[:MOST_SOURCE])
        if self.attempt and not self.attempt.closed:
            self.attempt.cells.append(self.cell)

    def end_cell(self, source: str, ended: str = FINE, error: str = "") -> None:
        """Note how the running cell ended."""
        cell, self.cell = self.cell or Cell(""), None
        cell.source = cell.source or source[:MOST_SOURCE]
        cell.ended, cell.error = ended, error
        if not cell.looks:
            self.last = cell
            self._keep(cell)

    def _keep(self, cell: Cell) -> None:
        """Add a cell to the attempt whose key it names, the latest if there are several.

        That needn't be the current one: after *Run All* it is the last exercise's, and a cell that
        Python can't read sets no stage.
        """
        now, attempts = self.attempt, reversed(self.attempts.values())
        named = next((each for each in attempts if each.is_named_in(cell.source)), None)
        if named is None or cell in named.cells or (cell.acts and cell in now.cells):
            return
        if cell in now.cells:
            now.cells.remove(cell)
        named.cells.append(cell)

    def note(self, command: Sent) -> None:
        """Add a command to the current attempt, if it belongs to it."""
        now = self.attempt
        if self.cell and not command.looks:
            self.cell.acts = True
        if now.closed:
            if not any(key.startswith(now.stage) for key in command.keys):
                return
            if self.cell and self.cell not in now.cells:
                now.cells.append(self.cell)
        now.commands.append(command)
        now.count += 1

    def close(self) -> None:
        """Let what comes next count for the current attempt only if it works on its keys."""
        if self.attempt:
            self.attempt.closed = True

    def begin(self, stage: str, watched: bool) -> None:
        """Start an attempt over, in the running cell; what was sent before doesn't count.

        A second call in the same cell is the learner's own, and a command of the attempt.
        """
        now = self.attempt
        if now and now.stage == stage and self.cell and now.first is self.cell:
            return self.note(Sent(("DEL", stage), 1))
        if self.cell:
            if self.attempt and self.cell in self.attempt.cells:
                self.attempt.cells.remove(self.cell)
            self.cell.acts = True
        self.attempts.pop(stage, None)
        self.attempt = self.attempts[stage] = Attempt(stage, watched, self.cell)
        self.attempt.cells.extend([self.cell] if self.cell else [])
        for old in list(self.attempts)[:-MOST_ATTEMPTS]:
            del self.attempts[old]

    def forget(self, prefix: str) -> None:
        """Forget the attempts whose stages begin with `prefix`: their keys are gone."""
        for stage in [stage for stage in self.attempts if stage.startswith(prefix)]:
            if self.attempts.pop(stage) is self.attempt:
                self.attempt = None

    def evidence(self, stage: str, skip: int, names: tuple[str, ...]) -> Evidence:
        """Return what was done for one stage, without the `skip` commands that the stub itself
        sent, and how it ended; the running cell counts as a check.

        An exercise that needs no stage is known by the `names` that its cell sets.
        """
        if self.cell:
            self.cell.checks = True
        self.close()
        if attempt := self.attempts.get(stage):
            done = [each for each in attempt.cells if each is not self.cell] or [*attempt.cells]
            later = list(self.attempts.values())
            later = later[later.index(attempt) + 1 :]
            others = [each for other in later for each in other.commands]
            own = [each for each in others if any(key.startswith(stage) for key in each.keys)]
            ended = RUNNING if at_work(attempt.before) else FINE
            return _evidence(done, ended, (*attempt.after(skip), *own), attempt.watched)
        last = self.last or Cell("")  # One that Python couldn't read has set no stage
        wanted = names or (f'"{stage}"',)
        return _evidence([last] if all(name in last.source for name in wanted) else [], FINE)


def _only_calls(node: ast.stmt) -> bool:
    """Tell whether a statement is a call, an import, or shows something; `waiting == 4` isn't, nor
    `r.xack`, whose call was forgotten."""
    value = getattr(node, "value", None)
    shown = any(isinstance(each, (ast.Call, ast.Subscript)) for each in ast.walk(node))
    meant = isinstance(value, ast.Compare) or isinstance(value, ast.Attribute) and not shown
    return isinstance(node, (ast.Expr, ast.Import, ast.ImportFrom)) and not meant


def _evidence(
    done: list[Cell], ended: str, sent: tuple[Sent, ...] = (), watched: bool = False
) -> Evidence:
    """Say how these cells ended, by the last one that did something; `ended` if it ended well."""
    last = next((each for each in reversed(done) if not each.looks), Cell(""))
    sources = [each.source for each in done if each.acts or not each.checks]
    code = "\n".join(map(without_comments, sources))
    own = [node for source in sources for node in written(source)]
    calls = all(map(_only_calls, own))
    how = last.ended or ended, last.error
    return Evidence(sent, watched, *how, code, len(own), bool(own) and calls, made(own))
