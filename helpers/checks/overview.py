"""For teachers: which exercise reveals which misconception, what its hint says, and how many
minutes it takes."""

import re

from helpers.checks.exercise import Hint
from helpers.checks.misconceptions import find
from helpers.checks.stages import StageTask
from helpers.checks.tasks import Task, every


def table() -> str:
    """Return the overview as a Markdown table: a row for each misconception that an exercise has a
    hint for, and for each stage of lesson 17."""
    lines = ["| Exercise | Minutes | Misconception | Hint |", "|---|---|---|---|"]
    for task in every():
        head = f"**{task.name}** {task.title} | {task.minutes}"
        for misconception, told in _told_by(task):
            lines.append(f"| {head} | {_cell(misconception)} | {_cell(told)} |")
            head = " | "
    return "\n".join(lines)


def _told_by(task: Task) -> list[tuple[str, str]]:
    """Return a task's misconceptions, and what a learner is told about each."""
    if isinstance(task, StageTask):
        return [(task.misconception, task.truth)]
    return [(find(hint.misconception).name, _told(hint)) for hint in task.hints]


def _told(hint: Hint) -> str:
    """Return the hint's text or, if that depends on what was seen, the misconception's truth."""
    text = hint.text if isinstance(hint.text, str) else find(hint.misconception).truth
    return text if re.match(r"\w+\(", text) else text[0].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
