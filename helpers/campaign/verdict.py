"""A run's counts: sets of values from ledgers and server, and their differences."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from helpers.campaign import ledger, plan
from helpers.campaign.job import EFFECTS, GROUP, STREAM
from helpers.entries import Entry, to_entry
from helpers.streams import dead_letter_stream

PAGE = 5000


@dataclass(frozen=True)
class Balance:
    """The fate of the entries, counted by value: one stored three times counts once."""

    produced: int
    stored_twice: int
    handled: int
    handled_twice: int
    poison: int
    dead_lettered: int
    innocent: int
    lost: int
    pending: int
    wrong_effects: int
    double_effects: int

    @property
    def clean(self) -> bool:
        """Nothing lost or doubled, only poison dead-lettered, each effect exactly once."""
        wrong = self.lost, self.stored_twice, self.innocent, self.wrong_effects, self.pending
        return not any(wrong) and self.dead_lettered == self.poison


def judge(r: Redis, directory: Path, entries: int, seed: int) -> Balance:
    """Count once the quiet period is over.

    An entry counts as produced when its producer was told that it was stored. A produced entry is
    lost if it was neither handled nor dead-lettered; its effect is wrong if it isn't poison and its
    counter isn't 1.
    """
    produced = set(ledger.read(directory, ledger.STORED))
    stored = Counter(values(r, STREAM))
    handled = Counter(ledger.read(directory, ledger.HANDLED))
    dead = Counter(values(r, dead_letter_stream(STREAM)))
    poison = plan.poison(entries, seed) & produced
    effects = {int(value): int(times) for value, times in r.hgetall(EFFECTS).items()}
    return Balance(
        produced=len(produced),
        stored_twice=_twice(stored),
        handled=len(handled),
        handled_twice=_twice(handled),
        poison=len(poison),
        dead_lettered=len(dead),
        innocent=len(dead.keys() - poison),
        lost=len(produced - handled.keys() - dead.keys()),
        pending=of_group(r, "pending"),
        wrong_effects=sum(effects.get(value, 0) != 1 for value in produced - poison),
        double_effects=sum(times > 1 for times in effects.values()),
    )


def _twice(counts: Counter[int]) -> int:
    return sum(times > 1 for times in counts.values())


def values(r: Redis, stream: str) -> list[int]:
    """Return the values of all entries of a stream, read in pages."""
    found: list[Entry] = []
    while page := _page(r, stream, f"({found[-1].id}" if found else "-"):
        found += page
    return [int(entry.fields["value"]) for entry in found]


def _page(r: Redis, stream: str, start: str) -> list[Entry]:
    reply = r.execute_command("XRANGE", stream, start, "+", "COUNT", PAGE, NEVER_DECODE=True)
    return [to_entry(*pair) for pair in reply]


def of_group(r: Redis, figure: str) -> int:
    """Return a figure of the group, such as "pending"; 0 if no consumer ever created the group, or
    if the server can't tell."""
    rows = r.xinfo_groups(STREAM) if r.exists(STREAM) else []
    return sum(row[figure] or 0 for row in rows if row["name"] == GROUP)
