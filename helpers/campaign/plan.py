"""A plan of faults, at points of progress: the same seed gives the same plan anywhere."""

import random
from dataclasses import dataclass

PRODUCERS = ("p1", "p2")
CONSUMERS = ("c1", "c2", "c3", "c4")

KILL_CONSUMER, KILL_PRODUCER, KILL_SERVER = "kill -9 consumer", "kill -9 producer", "kill -9 server"
PAUSE_CONSUMER, PAUSE_SERVER, CUT = "pause consumer", "pause server", "cut connections"
TERM, OUTAGE = "SIGTERM consumer", "handler's database away"
LOSE_STORE, LOSE_READ, LOSE_ACK = (
    "lose XADD's reply",
    "lose XREADGROUP's reply",
    "lose XACK's reply",
)

WEIGHTS = {
    KILL_CONSUMER: 8,
    KILL_PRODUCER: 4,
    KILL_SERVER: 3,
    PAUSE_CONSUMER: 4,
    PAUSE_SERVER: 3,
    CUT: 3,
    TERM: 4,
    OUTAGE: 4,
    LOSE_STORE: 3,
    LOSE_READ: 3,
    LOSE_ACK: 3,
}
"""How often each kind comes; a plan that is long enough has all of them."""

LASTING = (PAUSE_CONSUMER, PAUSE_SERVER, OUTAGE)

SHORT_OUTAGE, LONG_OUTAGE = (0.2, 0.7), (1.3, 2.0)
"""Seconds of a pause. One in four is longer than both a time-out and min_idle_ms, and so is each
outage of the handlers' database."""

FIRST, LAST = 0.03, 0.9
"""The part of the run in which faults occur; the beginning and the end are quiet."""

RAISES, KILLS, BYTES = "raise", "kill", "bytes"


@dataclass(frozen=True)
class Fault:
    """One fault, due when `at` entries have been delivered; a pause lasts `seconds`."""

    at: int
    kind: str
    target: str = ""
    seconds: float = 0.0


def faults(entries: int, seed: int, count: int) -> list[Fault]:
    """Return `count` faults in order."""
    rng = random.Random(f"faults {seed}")
    kinds = [
        *WEIGHTS,
        *rng.choices(list(WEIGHTS), list(WEIGHTS.values()), k=max(0, count - len(WEIGHTS))),
    ][:count]
    rng.shuffle(kinds)
    places = sorted(rng.randint(int(FIRST * entries), int(LAST * entries)) for _ in kinds)
    return [_fault(at, kind, rng) for at, kind in zip(places, kinds, strict=True)]


def _fault(at: int, kind: str, rng: random.Random) -> Fault:
    seconds = round(rng.uniform(*(LONG_OUTAGE if rng.random() < 0.25 else SHORT_OUTAGE)), 2)
    producer, consumer = rng.choice(PRODUCERS), rng.choice(CONSUMERS)
    if kind == OUTAGE:
        seconds = round(rng.uniform(*LONG_OUTAGE), 2)
    of_consumers = dict.fromkeys((KILL_CONSUMER, PAUSE_CONSUMER, TERM), consumer)
    targets = {KILL_PRODUCER: producer} | of_consumers
    return Fault(at, kind, targets.get(kind, ""), seconds * (kind in LASTING))


def oddities(entries: int, seed: int) -> dict[int, str]:
    """Return the odd entries: one that makes the handler raise, one that kills its process, and one
    that isn't UTF-8.

    The first two kinds are poison. The last is only a surprise: a consumer that reads bytes handles
    it like any other entry.
    """
    kinds = (
        [RAISES] * max(2, entries // 1000)
        + [KILLS] * max(2, entries // 10_000)
        + [BYTES] * max(2, entries // 2000)
    )
    values = random.Random(f"oddities {seed}").sample(range(entries), len(kinds))
    return dict(zip(values, kinds, strict=True))


def poison(entries: int, seed: int) -> set[int]:
    """Return the entries that can't be handled."""
    return {value for value, kind in oddities(entries, seed).items() if kind != BYTES}
