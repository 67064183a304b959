"""Exercises that know what went wrong: `check("02.start", r)` looks at the server and prints one to
three lines.

CONTRIBUTING.md says how to add an exercise; helpers/checks/lessons/lesson02.py is the model.
Predicates get a Seen (see exercise.py); one that fails because something is missing counts as
false. Test the state only for what the task asks, so that every correct way passes. Test
`seen.sent` only for a way that the task demands; in `solved`, begin that part with `not
seen.watched or …`, because other clients leave no evidence. Hint(…, nearly=True) is for a right
result reached another way. Never conclude from `seen.code` that something was done. If no hint
fits, attempt.py has a remark: on a command for another key, group or consumer, a reply of 0, or an
error. tests/checks/test_attempts.py knows how many commands a stub sends, for `stage=`.
"""

import os

from helpers import notebook
from helpers.checks import report
from helpers.checks.lessons import find
from helpers.checks.marks import noted, progress
from helpers.checks.shown import Shown
from helpers.checks.unset_values import missing
from helpers.checks.verdict import FAILED, SOLVED, Verdict, examine
from helpers.connection import evidence

__all__ = ["NotSolved", "check", "progress"]

evidence.on_begin = report.stage


class NotSolved(AssertionError):
    """Raised under nbgrader alone, which reads an exercise's mark from the check cell's failure."""


def check(name: str, r, *values, **named) -> None:
    """Say how the exercise stands: solved, nearly, not started, or the one hint that fits. Change
    nothing on the server, never raise, and note a solved exercise for progress().

    Only nbgrader, which sets NBGRADER_EXECUTION while it grades, gets an error for an exercise that
    isn't solved.
    """
    verdict = noted(examine(name, r, *values, **named), find(name))
    report.check(name, verdict)
    notebook.show(Shown(verdict))
    if os.environ.get("NBGRADER_EXECUTION") and verdict.state != SOLVED:
        raise NotSolved(verdict.lines[0])


def _explain(result) -> None:
    """Say what to do if a check cell failed because one of its variables doesn't exist."""
    error, cell = result.error_in_exec, str(getattr(result.info, "raw_cell", ""))
    if isinstance(error, NameError) and cell.lstrip().startswith("check("):
        names = notebook.shell().user_ns
        lines = missing(error.name, "".join(names["In"][-2:-1]), names)
        notebook.show(Shown(Verdict(FAILED, lines)))


if found := notebook.shell():
    found.events.register("post_run_cell", _explain)
