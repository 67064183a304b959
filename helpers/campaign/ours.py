"""The course's own producer and consumer, and versions of them that leave out one rule."""

import time
from collections.abc import Iterator

from redis import RedisError

from helpers.campaign.job import EFFECTS, GROUP, STREAM, Handling, Job
from helpers.campaign.ledger import STORED, Ledger
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.entries import Entry, to_entry
from helpers.producer import Producer
from helpers.replies import raw
from helpers.streams import ack_with, dead_letter, pending

TIMEOUT = 1.0
"""Seconds to wait for a reply: less than a long pause of the server."""

PATIENCE = 60.0
"""Seconds to keep trying while the server is away: longer than any outage of the plan."""

MIN_IDLE_MS, MAX_DELIVERIES = 1000, 4
LIMITS = {
    "min_idle_ms": MIN_IDLE_MS,
    "max_deliveries": MAX_DELIVERIES,
    "transient": (RedisError,),
    "patience": PATIENCE,
}
"""How every consumer of ours is made."""

NEVER = 10**9
"""Entries never reach it, neither as the minimum idle time nor as the maximum number of tries."""


def produce(job: Job, *, confirm: int = 0) -> None:
    """Store this producer's values; after a restart, continue from what the server has."""
    stored = Ledger(job.directory, job.who, STORED)
    with (
        connect(job.url, timeout=TIMEOUT) as r,
        Producer(r, STREAM, producer_id=job.who, patience=PATIENCE, confirm=confirm) as producer,
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
    """Counts each entry in the server, in the script that acknowledges it."""

    def acknowledge(self, entries: list[Entry]) -> None:
        """Acknowledge and count in one round trip, that of the next read."""
        for entry in entries:
            ack_with(
                self.pipe, STREAM, GROUP, entry.id, "HINCRBY", EFFECTS, entry.fields["value"], 1
            )


class BatchClaim(OneEffect):
    """Claims all due entries at once, a poison entry's neighbors along with it."""

    def overdue(self) -> Iterator[list[Entry]]:
        """Claim all due entries in one call."""
        self.flush()
        lines = pending(self.r, STREAM, GROUP, min_idle_ms=MIN_IDLE_MS)
        for line in lines:
            if line.deliveries >= self.max_deliveries:
                dead_letter(self.r, STREAM, GROUP, line, "delivered too often")
        if lines:
            ids = [line.id for line in lines]
            reply = raw(self.r, "XCLAIM", STREAM, GROUP, self.name, MIN_IDLE_MS, *ids)
            yield [to_entry(*pair) for pair in reply]


class NoPause(OneEffect):
    """Blames each failure on the entry, also in an outage, and retries at once."""

    def failed(self, entry: Entry, error: Exception) -> None:
        """Count the try, whatever the error."""
        self.tries.append((self.retries.attempt(entry.id), str(error)))
        self.pauses.failed(entry.id, time.monotonic(), after=0)


class NoHandBack(OneEffect):
    """Doesn't hand its batch back when it ends: others get it only after min_idle_ms."""

    def hand_back(self, entry_ids: list[str]) -> None:
        """Do nothing."""


def consume(job: Job, kind: type[Consumer] = OneEffect, **limits: int) -> None:
    """Handle entries until killed, or told to end."""
    handling = Handling(job)
    with connect(job.url, timeout=TIMEOUT) as r:
        settings = LIMITS | limits
        consumer = kind(r, STREAM, GROUP, job.name, lambda e: handling(e.fields), **settings)
        job.begin()
        consumer.run()
