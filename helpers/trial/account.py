"""The account of a campaign: entries lost, handled twice or out of order, and the faults that
excuse them."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from helpers.campaign import ledger, plan
from helpers.campaign.job import GROUP, STREAM
from helpers.campaign.mine import key_of
from helpers.campaign.plan import Fault
from helpers.streams import dead_letter_stream
from helpers.trial.diary import BEGINS, DONE, KILLED, Diary, Happening
from helpers.trial.leaving import inversions
from helpers.trial.story import value_of

HARMLESS = (plan.KILL_PRODUCER, plan.LOSE_STORE, plan.LOSE_READ, plan.LOSE_ACK, plan.OUTAGE)
"""Faults that excuse no one for handling an entry twice: if only an acknowledgment's reply is lost,
the entry is done."""

AFTERMATH = 5.0
"""Seconds that the effects of a fault in the server or a process last: a pause, a lease, an idle
time."""


@dataclass(frozen=True)
class Account:
    """The events, including faults, and the values that went wrong: `twice` and `overtaken` without
    an excuse, and `excused`, the number of those with one."""

    happened: list[Happening]
    stored: dict[int, float]
    lost: list[int]
    pending: dict[int, str]
    innocent: list[int]
    unburied: list[int]
    twice: list[int]
    overtaken: list[int]
    excused: int

    @property
    def clean(self) -> bool:
        """Tell whether nothing went wrong that the program could have prevented."""
        wrong = self.lost, self.pending, self.innocent, self.unburied, self.twice, self.overtaken
        return not any(wrong)


def settle_account(
    r: Redis, directory: Path, poison: set[int], faults: list[tuple[float, Fault]]
) -> Account:
    """Compare the entries that the producers stored with the diary and the server."""
    notes = [Happening(at, each.target, f"fault: {each.kind}", None) for at, each in faults]
    happened = sorted([*Diary(directory).read(), *notes], key=lambda each: each.at)
    ids = {i: int(fields["value"]) for i, fields in r.xrange(STREAM)}
    produced = set(ledger.read(directory, ledger.STORED))
    dead = {value_of(fields) for _, fields in r.xrange(dead_letter_stream(STREAM))} - {-1}
    handled = Counter(each.value for each in happened if each.did == DONE)
    rows = r.xpending_range(STREAM, GROUP, "-", "+", len(ids) + 1)
    waiting = {ids[row["message_id"]]: row["consumer"] for row in rows}
    [group] = [row for row in r.xinfo_groups(STREAM) if row["name"] == GROUP]
    never = list(ids.values())[group["entries-read"] or 0 :]
    waiting |= {value: "nobody" for value in never if value not in handled}
    doubled = [value for value, times in sorted(handled.items()) if times > 1]
    twice = [value for value in doubled if not _twice_excused(value, happened, faults)]
    pairs = inversions(happened, key_of)
    overtaken = [pair[1] for pair in pairs if not _overtaking_excused(pair, happened, faults)]
    return Account(
        happened,
        {value: int(i.partition("-")[0]) / 1000 for i, value in ids.items()},
        lost=sorted(produced - handled.keys() - dead - waiting.keys()),
        pending=waiting,
        innocent=sorted(dead - poison),
        unburied=sorted((poison & produced) - dead - waiting.keys()),
        twice=twice,
        overtaken=overtaken,
        excused=len(doubled) - len(twice) + len(pairs) - len(overtaken),
    )


def _twice_excused(
    value: int, happened: list[Happening], faults: list[tuple[float, Fault]]
) -> bool:
    """Tell whether each repeated handling of an entry followed a fault that hit the one before."""
    own = [each for each in happened if each.value == value]
    begins = [each for each in own if each.did == BEGINS]
    for earlier, later in zip(begins, begins[1:], strict=False):
        since = earlier.at - AFTERMATH
        hit = any(_hits(fault, earlier.who) for at, fault in faults if since <= at <= later.at)
        killed = any(
            (each.who, each.did) == (earlier.who, KILLED) and earlier.at <= each.at <= later.at
            for each in happened
        )
        done = any(each.did == DONE and earlier.at <= each.at <= later.at for each in own)
        if done and not (hit or killed):
            return False
    return True


def _overtaking_excused(
    pair: tuple[int, int], happened: list[Happening], faults: list[tuple[float, Fault]]
) -> bool:
    """Tell whether a process or the server stood still shortly before an entry was overtaken: a
    lease may end meanwhile, and only the handler itself could notice."""
    times = [each.at for each in happened if each.value in pair]
    first, last = min(times) - AFTERMATH, max(times)
    still = (plan.PAUSE_CONSUMER, plan.PAUSE_SERVER, plan.KILL_SERVER)
    return any(fault.kind in still for at, fault in faults if first <= at <= last)


def _hits(fault: Fault, who: str) -> bool:
    """Tell whether a fault may have kept a consumer from acknowledging."""
    if fault.kind in HARMLESS:
        return False
    return not fault.target or who == fault.target or who.startswith(f"{fault.target}-")
