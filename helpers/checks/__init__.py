"""Exercises that know what went wrong: `check("02.start", r)` looks at the server and prints one to
three lines.

How to add an exercise to lesson NN (lesson02.py is the model):

1. In helpers/checks/lessons/lessonNN.py, EXERCISES = [Exercise("NN.name", title=…, minutes=…,
   task=…, …), …], in the notebook's order. Predicates get a Seen (see exercise.py) and may stumble
   over what is missing: that counts as "not true". Whatever can't be seen in the server is passed
   in: values=("total",) makes the check cell `check("NN.name", r, total)`.
2. Each Hint names a misconception of misconceptions.py; the first that fits is given, so the
   special comes before the general. Ask of the state only what the task says, so that any correct
   way passes. What the task demands of the way is asked of `seen.sent`, the commands that the
   learner sent since the stub's clean_slate, and `solved` begins that part with `not seen.watched
   or …`, because other clients leave no evidence; Hint(…, nearly=True) is for a right result that
   came about in another way. Never conclude from `seen.code` that something was done.
   `stage=` is the number of commands that the stub sends after its clean_slate;
   tests/checks/test_attempts.py tells which. Whatever no hint explains, attempt.py says of any
   attempt: a command on another key, group or consumer, an answer of 0, an error and its meaning.
3. In the notebook, five cells: markdown `### Exercise 1 · title` with task and minutes; a stub that
   sets the stage afresh (clean_slate(r, "NN:name") first) and ends in `# your code here`, prints
   nothing and fails never; the check cell; markdown `<details><summary>Hint</summary>` …
   `</details>`; `# %load solutions/NN_name.py`. `record` adds nbgrader's metadata.
4. notebooks/solutions/NN_name.py is the answer; `record` puts the rest of the stub cell around it.
5. In tests/checks/answers/lessonNN.py, one Right(…) that differs from the solution, and a Wrong(…)
   for each hint.
"""

import os

from helpers import notebook
from helpers.checks.lessons import find
from helpers.checks.marks import in_session, keep, progress
from helpers.checks.shown import Shown
from helpers.checks.verdict import FAILED, SOLVED, Verdict, examine

__all__ = ["NotSolved", "check", "progress"]


class NotSolved(AssertionError):
    """Raised under nbgrader alone, which reads an exercise's mark from the check cell's failure."""


def check(name: str, r, *values, **named) -> None:
    """Say how the exercise stands: solved, nearly, not started, or the one hint that fits. Changes
    nothing on the server and never raises; what is solved is noted for progress().

    Only nbgrader, which sets NBGRADER_EXECUTION while it marks, gets an error for an exercise that
    isn't solved.
    """
    verdict = examine(name, r, *values, **named)
    if verdict.state == SOLVED and in_session() and (far := keep(find(name))):
        verdict = Verdict(SOLVED, (*verdict.lines, far))
    _show(Shown(verdict))
    if os.environ.get("NBGRADER_EXECUTION") and verdict.state != SOLVED:
        raise NotSolved(verdict.lines[0])


def _explain(result) -> None:
    """Add what to do if a check cell failed because one of its variables doesn't exist."""
    error, cell = result.error_in_exec, str(getattr(result.info, "raw_cell", ""))
    if isinstance(error, NameError) and cell.lstrip().startswith("check("):
        lines = (
            f"There is no `{error.name}` to check: run the cells above again.",
            f"After `except … as {error.name}`, Python deletes that name at the end of the block: "
            f"write `except … as error`, and `{error.name} = error` inside.",
        )
        _show(Shown(Verdict(FAILED, lines)))


if found := notebook.shell():
    found.events.register("post_run_cell", _explain)


def _show(shown: Shown) -> None:
    """Show a verdict where a notebook can show more than text, else print it."""
    if notebook.shell():
        from IPython.display import display

        display(shown)
    else:
        print(shown)
