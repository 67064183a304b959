"""The board as text, for a terminal: a line for each learner, with nothing that a terminal would
obey."""

from helpers.classroom.rows import LearnerRow, duration, ideas, summary
from helpers.plurals import count
from helpers.views.characters import cells, shorten

COLUMN_TITLES = (
    "learner",
    "how",
    "lesson and exercise",
    "attempts",
    "there for",
    "last sign",
    "misconception",
)
WIDTHS = (18, 11, 32, 8, 9, 9, 44)
"""Columns of a terminal for each part of a line."""


def text(rows: list[LearnerRow], most: int) -> str:
    """Format the first `most` rows, and the notes for the whole class in a line or two."""
    lines = [_line(COLUMN_TITLES), *(_line(parts(row)) for row in rows[:most])]
    if len(rows) > most:
        lines.append(f"… and {count(len(rows) - most, 'learner')} who need less help")
    return "\n".join([summary(rows), *(f"talk about {said}" for said in ideas(rows)), "", *lines])


def parts(row: LearnerRow) -> tuple[str, ...]:
    """Return the text of each column."""
    if not row.lesson:
        return (row.name, row.how, "", "", "", "", "")
    times = duration(row.there_ms), duration(row.silent_ms)
    return (row.name, row.how, row.place, str(row.attempts or ""), *times, row.idea)


def _line(texts: tuple[str, ...]) -> str:
    shown = (shorten(t, width) if t else "" for t, width in zip(texts, WIDTHS, strict=True))
    padded = (t + " " * (w - cells(t)) for t, w in zip(shown, WIDTHS, strict=True))
    return "  ".join(padded).rstrip()
