"""Which exercises and stages a learner has solved: an empty file for each, in a folder that
outlives kernels and notebooks.

Separate files need no lock, can't be half written, and can't overwrite each other.
"""

import contextlib
import html
import os
import re
from dataclasses import dataclass
from pathlib import Path

from helpers import notebook
from helpers.checks.stages import StageTask
from helpers.checks.tasks import Task, every, tasks
from helpers.checks.verdict import SOLVED, Verdict

PROGRESS_VARIABLE = "COURSE_PROGRESS"
"""The environment variable that names another place, for example for a run without a learner."""


def place() -> Path:
    """Return the folder of the marks: COURSE_PROGRESS, else one below XDG_STATE_HOME, else one
    below ~/.local/state; each user of a JupyterHub has their own."""
    if named := os.environ.get(PROGRESS_VARIABLE):
        return Path(named)
    state = os.environ.get("XDG_STATE_HOME", "")
    base = Path(state) if os.path.isabs(state) else Path.home() / ".local" / "state"
    user = re.sub(r"[^\w.-]", "_", os.environ.get("JUPYTERHUB_USER", ""))
    return base / "redis-streams-course" / ("solved" + (f"-{user}" if user else ""))


def noted(verdict: Verdict, task: Task) -> Verdict:
    """Note an exercise solved in a learner's session, and add the progress to the verdict."""
    if verdict.state == SOLVED and in_session() and (far := keep(task)):
        return Verdict(SOLVED, (*verdict.lines, far))
    return verdict


def keep(task: Task) -> str:
    """Note that a task is solved; return the progress in a sentence, or "" if nothing can be
    stored."""
    try:
        place().mkdir(parents=True, exist_ok=True, mode=0o700)
        (place() / task.name).touch()
    except (OSError, RuntimeError):  # No home, or one that can't be written
        return ""
    done, lesson = solved(), task.name[:2]
    here = [each.name in done for each in tasks()[lesson]]
    return (
        f"{sum(here)} of {len(here)} {_word(task)}s of lesson {lesson} are solved, {len(done)} of "
        f"{len(every())} of the course."
    )


def solved() -> set[str]:
    """Return the names of the tasks that were solved; none if the place can't be read."""
    with contextlib.suppress(OSError, RuntimeError):
        return {path.name for path in place().iterdir()} & {e.name for e in every()}
    return set()


def _word(task: Task) -> str:
    return "stage" if isinstance(task, StageTask) else "exercise"


def in_session() -> bool:
    """Tell whether a learner is working here: in a kernel, but not one that only grades."""
    return not os.environ.get("NBGRADER_EXECUTION") and notebook.shell() is not None


@dataclass(frozen=True)
class Progress:
    """A learner's progress: the solved exercises of each lesson, and what comes next."""

    done: frozenset[str]

    @property
    def next(self) -> str:
        """Say what to do next: the first exercise that isn't solved."""
        ahead = next((e for e in every() if e.name not in self.done), None)
        if ahead is None:
            return "Every exercise and stage is solved."
        number = tasks()[ahead.name[:2]].index(ahead) + 1
        minutes = f"about {ahead.minutes} minutes"
        where = f"lesson {ahead.name[:2]}, {_word(ahead)} {number}"
        return f"Next: {where}, “{ahead.title}” ({minutes})."

    def rows(self) -> list[tuple[str, str, str]]:
        """Return each lesson's number, a sign for each exercise, and how many are solved."""
        found = []
        for lesson, here in tasks().items():
            done = [task.name in self.done for task in here]
            signs = "".join("●" if each else "○" for each in done)
            found.append((lesson, signs, f"{sum(done)} of {len(done)}"))
        return found

    @property
    def total(self) -> str:
        """Say how many exercises and stages of the course are solved."""
        return f"{len(self.done)} of {len(every())} exercises and stages are solved."

    def __repr__(self) -> str:
        lines = [f"{lesson}  {signs:<10}{count}" for lesson, signs, count in self.rows()]
        return "\n".join([*lines, self.total, self.next])

    def _repr_html_(self) -> str:
        head = "<tr><th>lesson</th><th>exercises or stages</th><th>solved</th></tr>"
        cells = [
            f'<tr><td>{lesson}</td><td aria-hidden="true" style="text-align:left;'
            f'letter-spacing:.2em">{signs}</td><td>{count}</td></tr>'
            for lesson, signs, count in self.rows()
        ]
        words = f"<p>{html.escape(self.total)}<br><strong>{html.escape(self.next)}</strong></p>"
        return f"<table>{head}{''.join(cells)}</table>{words}"


def progress() -> Progress:
    """Show your progress: for each lesson what is solved, and what to do next."""
    return Progress(frozenset(solved()))
