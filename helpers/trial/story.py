"""The story of one entry: who had it in hand, what happened then, and where it is now."""

from collections.abc import Iterable, Iterator, Mapping

from helpers.streams import Pending
from helpers.trial.diary import BEGINS, DONE, ENDED, KILLED, RAISED, READY, REFUSED, TOLD, Happening

WORDS = {
    BEGINS: "{who} begins it",
    DONE: "{who} has handled it",
    RAISED: "`handle` raises ValueError",
    REFUSED: "`handle` raises ConnectionError",
    KILLED: "kill -9 of {who}",
    ENDED: "{who} ends",
    TOLD: "SIGTERM to {who}",
    READY: "{who} starts",
}
MOST_STEPS = 12
"""Steps that a story shows; the same step again, at once, counts as one."""


def story(
    value: int, happened: list[Happening], waiting: Mapping[int, Pending], dead: Iterable[int]
) -> str:
    """Tell a story in one line."""
    steps = list(_once(step for _, step in told(value, happened)))
    if len(steps) > MOST_STEPS:
        steps = [*steps[: MOST_STEPS - 1], "…"]
    return f"Entry {value}: {', '.join([*steps, outcome(value, happened, waiting, dead)])}."


def told(value: int, happened: list[Happening]) -> Iterator[tuple[float, str]]:
    """Yield the steps of an entry with their times: its own, and what happened to those who had
    it in hand."""
    hands: set[str] = set()
    for each in happened:
        if each.value == value and each.did == BEGINS:
            hands.add(each.who)
        own = each.value == value
        if own or each.who in hands and (each.value is None or each.did == KILLED):
            yield each.at, WORDS.get(each.did, each.did).format(who=each.who)


def outcome(
    value: int, happened: list[Happening], waiting: Mapping[int, Pending], dead: Iterable[int]
) -> str:
    """Say where an entry is in the end."""
    line, done = waiting.get(value), any((e.did, e.value) == (DONE, value) for e in happened)
    if line:
        times = "once" if line.deliveries == 1 else f"{line.deliveries} times"
        return f"and it is still pending with {line.consumer}, delivered {times}"
    if value in dead:
        return "and it is a dead letter"
    return "and it is acknowledged" + ("" if done else ", though nobody has handled it")


def _once(steps: Iterable[str]) -> Iterator[str]:
    before = None
    for step in steps:
        if step != before:
            yield step
        before = step
