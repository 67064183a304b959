"""For teachers: which exercise reveals which misconception, what its hint says, and how many
minutes it takes."""

import re

from helpers.checks.exercise import Hint
from helpers.checks.lessons import every
from helpers.checks.misconceptions import BY_ID
from helpers.checks.stages import STAGES


def table() -> str:
    """Return the overview as a Markdown table: a row for each misconception that an exercise has a
    hint for, and for each stage of lesson 17."""
    lines = ["| Exercise | Minutes | Misconception | Hint |", "|---|---|---|---|"]
    for exercise in every():
        head = f"**{exercise.name}** {exercise.title} | {exercise.minutes}"
        for hint in exercise.hints:
            lines.append(
                f"| {head} | {_cell(BY_ID[hint.misconception].name)} | {_cell(_told(hint))} |"
            )
            head = " | "
    for stage in STAGES:
        head = f"**{stage.name}** {stage.title} | {stage.minutes}"
        lines.append(f"| {head} | {_cell(stage.misconception)} | {_cell(stage.truth)} |")
    return "\n".join(lines)


def _told(hint: Hint) -> str:
    """Return the hint's text or, if that depends on what was seen, the misconception's truth."""
    text = hint.text if isinstance(hint.text, str) else BY_ID[hint.misconception].truth
    return text if re.match(r"\w+\(", text) else text[0].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
