"""The story of one entry: who had it in hand, what happened then, and where it is now."""

from collections.abc import Iterable, Iterator

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
    TOLD: "SIGTERM to {who}",
    READY: "{who} starts",
}
MOST_STEPS = 12
"""Steps that a story shows; the same step again, at once, counts as one."""


def story(value: int, happened: list[Happening], end: str) -> str:
    """Tell a story in one line; `end` says where the entry is now."""
    steps = list(_once(step for _, step in told(value, happened))) or ["nobody begins it"]
    if len(steps) > MOST_STEPS:
        steps = [*steps[: MOST_STEPS - 1], "…"]
    return f"Entry {value}: {', '.join(steps)}, and {end}."


def told(value: int, happened: list[Happening]) -> Iterator[tuple[float, str]]:
    """Yield the steps of an entry with their times: its own, and what happened to those who had
    it in hand."""
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
