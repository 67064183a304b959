"""The course's own producer and consumer, and what is left of them when one rule is left out."""

from collections.abc import Iterator

from helpers.campaign.job import EFFECTS, GROUP, STREAM, Handling, Job
from helpers.campaign.ledger import STORED, Ledger
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.entries import Entry, to_entry
from helpers.producer import Producer
from helpers.replies import raw
from helpers.streams import ack_with, dead_letter, pending

TIMEOUT = 1.0
"""Seconds for one reply: a long pause of the server lasts longer."""

PATIENCE = 60.0
"""Seconds to go on while the server is away: longer than any outage of the plan."""

MIN_IDLE_MS, MAX_DELIVERIES = 1000, 4
NEVER = 10**9


def produce(job: Job) -> None:
    """Store this producer's values; a later life goes on after what the server has."""
    stored = Ledger(job.directory, job.who, STORED)
    with (
        connect(job.url, timeout=TIMEOUT) as r,
        Producer(r, STREAM, producer_id=job.who, patience=PATIENCE) as producer,
    ):
        job.begin()
        # An earlier life was killed before it could
        stored.note(*job.values()[job.noted() : producer.stored])
        for chunk in job.chunks(producer.stored):
            for _, fields in chunk:
                producer.send(fields)
            producer.flush(PATIENCE)
            stored.note(*(value for value, _ in chunk))


class OneEffect(Consumer):
    """Counts each entry in the server, in the same script that acknowledges it."""

    def acknowledge(self, entries: list[Entry]) -> None:
        """Acknowledge and count, all in one round trip, that of the next read."""
        for entry in entries:
            ack_with(
                self.pipe, STREAM, GROUP, entry.id, "HINCRBY", EFFECTS, entry.fields["value"], 1
            )


class BatchClaim(OneEffect):
    """Claims all that is due at once."""

    def overdue(self) -> Iterator[list[Entry]]:
        """All that is due, claimed in one go."""
        self.flush()
        lines = pending(self.r, STREAM, GROUP, min_idle_ms=MIN_IDLE_MS)
        for line in lines:
            if line.deliveries >= self.max_deliveries:
                dead_letter(self.r, STREAM, GROUP, line, "delivered too often")
        if lines:
            ids = [line.id for line in lines]
            reply = raw(self.r, "XCLAIM", STREAM, GROUP, self.name, MIN_IDLE_MS, *ids)
            yield [to_entry(*pair) for pair in reply]


def consume(
    job: Job,
    kind: type[Consumer] = OneEffect,
    *,
    min_idle_ms: int = MIN_IDLE_MS,
    max_deliveries: int = MAX_DELIVERIES,
) -> None:
    """Handle entries until killed."""
    handling = Handling(job)
    limits = {"min_idle_ms": min_idle_ms, "max_deliveries": max_deliveries, "patience": PATIENCE}
    with connect(job.url, timeout=TIMEOUT) as r:
        consumer = kind(r, STREAM, GROUP, job.name, lambda e: handling(e.fields), **limits)
        job.begin()
        with consumer:
            consumer.wait(handled=NEVER, seconds=NEVER)


def consume_without_reclaim(job: Job) -> None:
    """Nothing is ever idle for long enough."""
    consume(job, min_idle_ms=NEVER)


def consume_without_limit(job: Job) -> None:
    """Nothing is ever delivered often enough."""
    consume(job, max_deliveries=NEVER)


def consume_by_batch_claim(job: Job) -> None:
    """A poison entry's neighbors are claimed along with it."""
    consume(job, BatchClaim)
