"""Run one notebook that was handed in, on its own server, and judge what it did there."""

import contextlib
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import redis

from helpers.checks.exercise import Exercise
from helpers.checks.lessons import exercises
from helpers.checks.verdict import FAILED, SOLVED, Verdict, examine
from helpers.connection import connect
from helpers.connection.book import Evidence
from helpers.connection.cells import ERROR, FINE, INTERRUPTED
from helpers.grading.cells import checks_in, loaded_in
from helpers.grading.hand_ins import HandIn
from helpers.grading.kernel import SOCKET, Gone, Kernel
from helpers.grading.lessons import is_ours
from helpers.grading.server import SandboxedServer
from helpers.grading.witness import Witness
from helpers.servers.guard.paths import short
from helpers.servers.own import OwnServer


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds allowed for one cell and for a whole notebook; whether to use a sandbox."""

    cell: float
    notebook: float
    sandboxed: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """How one exercise of one notebook stands; `judged` is false if the notebook was not run."""

    hand_in: HandIn
    exercise: str
    solved: bool
    misconception: str
    seen: str
    judged: bool = True


def mark(hand_in: HandIn, limits: Limits, stopping: threading.Event) -> list[Mark]:
    """Return a mark for each exercise of the lesson, or one that says why there is none."""
    asked = exercises(hand_in.lesson) if hand_in.lesson else []
    if hand_in.trouble:
        names = [e.name for e in asked if hand_in.counts] or [""]
        return [not_marked(hand_in, name, hand_in.trouble) for name in names]
    with _run_of(limits, stopping) as run:
        run.all(hand_in.cells, asked)
    return [run.mark(hand_in, e) for e in asked]


def not_marked(hand_in: HandIn, exercise: str, reason: str) -> Mark:
    """Return the reason that there is no mark."""
    return Mark(hand_in, exercise, False, "", f"not marked: {reason}", judged=False)


@contextlib.contextmanager
def _run_of(limits: Limits, stopping: threading.Event) -> Iterator["NotebookRun"]:
    """Provide a server, a kernel and a directory, all new, and gone afterward."""
    place = short(len("/grade-12345678") + SOCKET)
    temporary = tempfile.TemporaryDirectory(prefix="grade-", dir=place, ignore_cleanup_errors=True)
    with (
        temporary as directory,
        SandboxedServer() if limits.sandboxed else OwnServer() as own,
        Witness(own.url) as witness,
        Kernel(witness.url, Path(directory), stopping, sandboxed=limits.sandboxed) as kernel,
    ):
        yield NotebookRun(kernel, witness, own.url, limits)


class NotebookRun:
    """One pass through a notebook's cells, with the grader's own check where a check cell
    stands."""

    def __init__(self, kernel: Kernel, witness: Witness, url: str, limits: Limits):
        self.kernel, self.witness, self.url, self.limits = kernel, witness, url, limits
        self.verdicts: dict[str, Verdict] = {}
        self.troubles: list[str] = []
        self.loaded: set[str] = set()
        self.lost = False

    def all(self, cells: list[dict], asked: list[Exercise]) -> None:
        """Run the code cells; exercises unsolved at their check are judged again at the end."""
        deadline = time.monotonic() + self.limits.notebook
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        for number, cell in enumerate(code, 1):
            source = cell["source"]
            self.witness.begin_cell(source, bool(checks_in(cell)), is_ours(source))
            self.witness.end_cell(source, *self._cell(number, source, deadline))
            self.loaded |= loaded_in(cell)
            for exercise in asked:
                if exercise.name in checks_in(cell):
                    self.verdicts.pop(exercise.name, None)
                    self._judge(exercise)
        if not code:
            self.troubles.append("there is no code cell")
        for exercise in asked:
            if exercise.name not in self.verdicts or self.verdicts[exercise.name].state != SOLVED:
                self._judge(exercise)

    def _cell(self, number: int, source: str, deadline: float) -> tuple[str, str]:
        """Run one cell; return how it ended, and its error."""
        if self.lost:
            return INTERRUPTED, ""
        left = deadline - time.monotonic()
        try:
            if left <= 0:
                raise Gone(f"the notebook took more than {self.limits.notebook:g} s")
            trouble = self.kernel.run(source, min(left, self.limits.cell))
        except Gone as error:
            self.lost = True
            self.troubles.append(f"code cell {number}: {error}; the rest was not run")
            return INTERRUPTED, ""
        if not trouble:
            return FINE, ""
        self.troubles.append(f"code cell {number}: {trouble}")
        return (ERROR if self.kernel.error else INTERRUPTED), self.kernel.error

    def _judge(self, exercise: Exercise) -> None:
        """Judge the server's state from this process, which the learner's code can't touch."""
        try:
            values = [self.kernel.value(name) for name in exercise.values if not self.lost]
        except Gone:
            self.lost, values = True, []
        try:
            with connect(self.url) as r:
                names = () if exercise.stream else exercise.values
                seen = self.witness.evidence(exercise.prefix, exercise.stage, names)
                seen = _without(seen, exercise.timed)
                verdict = examine(exercise.name, r, *values, seen=seen)
        except (redis.RedisError, OSError) as error:
            verdict = Verdict(FAILED, (f"the server doesn't answer ({type(error).__name__})",))
        # A later check counts only if it is solved: other exercises have used the
        # learner's names by then.
        if verdict.state == SOLVED or exercise.name not in self.verdicts:
            self.verdicts[exercise.name] = verdict

    def mark(self, hand_in: HandIn, exercise: Exercise) -> Mark:
        """Return an exercise's result and, if it isn't solved, what went wrong on the way."""
        verdict = self.verdicts[exercise.name]
        solved, seen = verdict.state == SOLVED, list(verdict.lines)
        if not solved:
            seen += self.troubles[:3]
        if hand_in.note:
            seen.append(hand_in.note)
        if solved and exercise.name in self.loaded:
            seen.append("(the solution was loaded)")
        return Mark(hand_in, exercise.name, solved, verdict.misconception, " | ".join(seen))


def _without(seen: Evidence, words: tuple[str, ...]) -> Evidence:
    """Return the evidence without one command of these words."""
    sent = list(seen.sent)
    for each in sent:
        if each.words == words:
            sent.remove(each)
            break
    return replace(seen, sent=tuple(sent))
