"""What will go wrong: faults at points of progress, not of time, so that the same seed gives the
same plan on any machine."""

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
"""How often each kind comes; a plan that is long enough has each of them."""

LASTING = (PAUSE_CONSUMER, PAUSE_SERVER, OUTAGE)

SHORT_OUTAGE, LONG_OUTAGE = (0.2, 0.7), (1.3, 2.0)
"""Seconds of a pause. One in four is long: longer than a client waits for a reply, and than
min_idle_ms of the consumers; so is each outage of the handlers' database."""

FIRST, LAST = 0.03, 0.9
"""The part of the run in which faults come; the rest is for a quiet beginning and end."""

RAISES, KILLS, BYTES = "raise", "kill", "bytes"


@dataclass(frozen=True)
class Fault:
    """One fault: `at` is how many entries were delivered by then; `seconds` is the length of a
    pause."""

    at: int
    kind: str
    target: str = ""
    seconds: float = 0.0


def faults(entries: int, seed: int, count: int) -> list[Fault]:
    """Return `count` faults in the order in which they come."""
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
    targets = {KILL_PRODUCER: producer} | dict.fromkeys(
        (KILL_CONSUMER, PAUSE_CONSUMER, TERM), consumer
    )
    return Fault(at, kind, targets.get(kind, ""), seconds if kind in LASTING else 0.0)


def oddities(entries: int, seed: int) -> dict[int, str]:
    """Return which entries are odd: those whose handler raises, those that kill its process, those
    that aren't UTF-8.

    The first two are poison. The last are only a surprise: whoever reads bytes handles them like
    any other entry.
    """
    kinds = (
        [RAISES] * max(2, entries // 1000)
        + [KILLS] * max(2, entries // 10_000)
        + [BYTES] * max(2, entries // 2000)
    )
    return dict(
        zip(
            random.Random(f"oddities {seed}").sample(range(entries), len(kinds)), kinds, strict=True
        )
    )


def poison(entries: int, seed: int) -> set[int]:
    """Return the entries that can't be handled."""
    return {value for value, kind in oddities(entries, seed).items() if kind != BYTES}
