"""The part that all worker processes share: their values, their ledgers, how they handle an
entry."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.campaign import plan
from helpers.campaign.ledger import BEGUN, HANDLED, STORED, Gate, Ledger, read
from helpers.waiting import wait_until

STREAM, GROUP, EFFECTS = "campaign", "consumerGroup", "campaign:effects"
CHUNK = 100
"""How many values are noted as stored at a time."""

GATE_SECONDS = 600.0
"""Seconds that a producer waits for its gate: a stuck run is ended long before that."""


@dataclass(frozen=True)
class Job:
    """A worker's instructions: who it is, in which life, where things are, how large the run is."""

    who: str
    life: int
    version: str
    url: str
    database: str
    directory: str
    entries: int
    seed: int

    def begin(self) -> None:
        """Report that work begins, so that faults hit a worker rather than Python's startup."""
        Ledger(self.directory, self.who, BEGUN).note(self.life)

    @property
    def name(self) -> str:
        """The consumer's name: half of the consumers keep theirs across restarts."""
        return self.who if self.who in plan.CONSUMERS[::2] else f"{self.who}-{self.life}"

    def values(self) -> range:
        """This producer's values, which no other producer has."""
        return range(plan.PRODUCERS.index(self.who), self.entries, len(plan.PRODUCERS))

    def fields(self, value: int, kind: str | None) -> dict:
        """Return an entry's fields."""
        return fields(value, kind)

    def noted(self) -> int:
        """Return how many values this producer's earlier lives noted as stored."""
        return len(read(Path(self.directory), STORED, self.who))

    def chunks(self, first: int) -> Iterator[list[tuple[int, dict]]]:
        """Yield values and their fields, from the producer's `first` on, as the gate allows."""
        values, gate, odd = (
            self.values(),
            Gate(self.directory),
            plan.oddities(self.entries, self.seed),
        )
        while first < len(values):
            wait_until(lambda: gate.limit() > values[first], GATE_SECONDS, "the gate")  # noqa: B023
            limit = gate.limit()
            chunk = [value for value in values[first : first + CHUNK] if value < limit]
            yield [(value, self.fields(value, odd.get(value))) for value in chunk]
            first += len(chunk)


def fields(value: int, kind: str | None) -> dict:
    """Return an entry's fields; those of an odd entry are different, and say what to do."""
    more = {plan.BYTES: b"\xff\xfe"}.get(kind, kind)
    return {"value": value} | ({"work": more} if kind else {})


class Handling:
    """The work of handlers: poison does harm; other entries go to the handlers' database, and are
    noted as handled."""

    def __init__(self, job: Job):
        self.handled = Ledger(job.directory, job.who, HANDLED)
        self.database = redis.Redis.from_url(job.database, retry=Retry(NoBackoff(), 0))

    def __call__(self, fields: dict) -> int:
        """Handle one entry and return its value. Poison raises ValueError or kills the process;
        raises RedisError while the database is away."""
        value = suffered(fields)
        self.database.sadd("handled", value)
        self.handled.note(value)
        return value


def suffered(fields: dict) -> int:
    """Return an entry's value, unless it is poison, which raises ValueError or kills."""
    work = fields.get("work")
    if work == plan.RAISES:
        raise ValueError("this entry can't be handled")
    if work == plan.KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    return int(fields["value"])
