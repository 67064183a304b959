"""For teachers: which exercise brings which misconception to light, what its hint says, and how
many minutes it takes."""

from helpers.checks.exercise import Hint
from helpers.checks.lessons import exercises, lessons
from helpers.checks.misconceptions import BY_ID


def table() -> str:
    """Return the overview as a Markdown table, one row for each wrong idea that an exercise has a
    hint for."""
    lines = ["| exercise | minutes | who thinks | is told |", "|---|---|---|---|"]
    for exercise in (e for lesson in lessons() for e in exercises(lesson)):
        head = f"**{exercise.name}** {exercise.title} | {exercise.minutes}"
        for hint in exercise.hints:
            lines.append(
                f"| {head} | {_cell(BY_ID[hint.misconception].name)} | {_cell(_told(hint))} |"
            )
            head = " | "
    return "\n".join(lines)


def _told(hint: Hint) -> str:
    """The hint's text or, where it is made from what was seen, the sentence that puts the idea
    right."""
    text = hint.text if isinstance(hint.text, str) else BY_ID[hint.misconception].truth
    return text[0].upper() + text[1:]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
