"""The story of one entry: who had it, what happened then, and where it is now."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from helpers.trial.diary import (
    BEGINS,
    DONE,
    ENDED,
    KILLED,
    RAISED,
    READY,
    TOLD,
    TURNED_AWAY,
    Happening,
)

STEP_WORDS = {
    BEGINS: "{who} begins it",
    DONE: "{who} has handled it",
    RAISED: "`handle` raises ValueError",
    TURNED_AWAY: "`handle` raises ConnectionError",
    KILLED: "its work kills {who}",
    ENDED: "{who} ends",
    TOLD: "SIGTERM reaches {who}",
    READY: "{who} starts",
}
MOST_STEPS = 12
"""The most steps that a story shows; an immediate repetition counts as the same step."""


def story(value: int, happened: list[Happening], end: str) -> str:
    """Tell a story on one line; `end` says where the entry is now."""
    steps = list(_once(step for _, step in told(value, happened))) or ["nobody begins it"]
    if len(steps) > MOST_STEPS:
        steps = [*steps[: MOST_STEPS - 1], "…"]
    return f"Entry {value}: {', '.join(steps)}, and {end}."


def told(value: int, happened: list[Happening]) -> Iterator[tuple[float, str]]:
    """Yield the steps of an entry with their times: its own, and those of the processes that had
    it."""
    hands: set[str] = set()
    for each in happened:
        if each.value == value and each.did == BEGINS:
            hands.add(each.who)
        own = each.value == value
        if own or each.who in hands and each.value is None:
            yield each.at, STEP_WORDS.get(each.did, each.did).format(who=each.who)
        if own and each.did in (DONE, RAISED):
            hands.discard(each.who)


def _once(steps: Iterable[str]) -> Iterator[str]:
    before = None
    for step in steps:
        if step != before:
            yield step
        before = step


def value_of(letter: Mapping[str, str]) -> int:
    """Return the value of a dead letter; -1 if it doesn't have the fields of an entry."""
    value = letter.get("value", "")
    return int(value) if value.isdecimal() else -1


def line_of(traceback: str, path: Path) -> str:
    """Return the number of the line of a program that a traceback names last; "" if none."""
    found = re.findall(rf'{re.escape(path.name)}", line (\d+)', traceback)
    return found[-1] if found else ""
