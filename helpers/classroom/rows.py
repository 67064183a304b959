"""The rows of the board: where each learner is, and who needs help first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from helpers.checks.misconceptions import BY_ID
from helpers.checks.standing import Standing
from helpers.checks.tasks import find
from helpers.checks.verdict import SOLVED
from helpers.classroom.pull import UNREADABLE, Found
from helpers.plurals import count

STUCK, WORKING, NO_SIGN, HAS_SOLVED, GONE = "stuck", "working", "no sign yet", "solved", "away"
URGENCY = (STUCK, WORKING, UNREADABLE, NO_SIGN, HAS_SOLVED, GONE)
"""How a learner is doing; those who need help come first."""

STUCK_ATTEMPTS = 3
"""Failed attempts that make a learner stuck."""

STUCK_TIMES = 2
"""A learner who has spent this many times the exercise's minutes without solving it is stuck."""

SILENT_MS = 45 * 60_000
"""Milliseconds without a sign after which a learner is away: half a lesson at school."""


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """One learner's row on the board; every text but `name` is the course's own."""

    name: str
    user: str
    how: str
    lesson: str = ""
    exercise: str = ""
    title: str = ""
    attempts: int = 0
    idea: str = ""
    there_ms: int = 0
    silent_ms: int = 0
    solved: int = 0

    @property
    def place(self) -> str:
        """Return the lesson and exercise, in words."""
        if not self.exercise:
            return f"lesson {self.lesson}" if self.lesson else ""
        return f"{self.exercise} {self.title}"


def row(name: str, user: str, found: Found, now_ms: int) -> LearnerRow:
    """Return a learner's row."""
    if found is None:
        return LearnerRow(name, user, NO_SIGN)
    if not isinstance(found, Standing):
        return LearnerRow(name, user, UNREADABLE)
    exercise = find(found.exercise)
    idea = BY_ID.get(found.misconception)
    return LearnerRow(
        name,
        user,
        _how(found, now_ms),
        found.lesson,
        found.exercise,
        exercise.title if exercise else "",
        found.attempts,
        idea.name if idea else "",
        max(0, now_ms - found.since_ms),
        max(0, now_ms - found.at_ms),
        len(set(found.solved)),
    )


def _how(standing: Standing, now_ms: int) -> str:
    if now_ms - standing.at_ms > SILENT_MS:
        return GONE
    if standing.state == SOLVED:
        return HAS_SOLVED
    exercise = find(standing.exercise)
    if not exercise:
        return WORKING
    late = now_ms - standing.since_ms > STUCK_TIMES * exercise.minutes * 60_000
    return STUCK if late or standing.attempts >= STUCK_ATTEMPTS else WORKING


def by_need(rows: Iterable[LearnerRow]) -> list[LearnerRow]:
    """Sort the rows: the stuck first, and among equals those longest at their exercise."""
    return sorted(rows, key=lambda r: (URGENCY.index(r.how), -r.there_ms, r.name))


def summary(rows: list[LearnerRow]) -> str:
    """Count the learners by how they are doing: "2 stuck · 5 working · 1 away"."""
    found = Counter(r.how for r in rows)
    return " · ".join(f"{found[how]} {how}" for how in URGENCY if found[how])


def ideas(rows: list[LearnerRow]) -> list[str]:
    """Name the three most frequent misconceptions of those who haven't solved their exercise yet,
    to discuss with the whole class."""
    shown = [(r.exercise, r.idea) for r in rows if r.idea and r.how in (STUCK, WORKING)]
    return [
        f"{exercise}: {idea} ({count(times, 'learner')})"
        for (exercise, idea), times in Counter(shown).most_common(3)
    ]


def duration(milliseconds: int) -> str:
    """Format a time as a teacher would say it: "now", "12 min", "2 h 5 min", "3 d"."""
    minutes = milliseconds // 60_000
    if not minutes:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // (24 * 60)} d"
