"""Programs that others write: the logic of the Go program and of a typical tutorial, and NOACK."""

import contextlib

from redis import RedisError

from helpers.campaign.job import EFFECTS, GROUP, STREAM, Handling, Job
from helpers.campaign.ledger import STORED, Ledger
from helpers.connection import connect
from helpers.streams import ensure_group

RETRIES = 10
"""How often redis-py's own default client repeats a command silently."""

READ = {"count": 10, "block": 200}


def produce(job: Job) -> None:
    """Send entries one by one; after a restart, continue from the last value that was noted."""
    stored = Ledger(job.directory, job.who, STORED)
    with connect(job.url, timeout=1.0, retries=RETRIES) as r:
        job.begin()
        for chunk in job.chunks(job.noted()):
            for value, fields in chunk:
                r.xadd(STREAM, fields)
                stored.note(value)


class NaiveConsumer:
    """One consumer's client and what it does with an entry: the effect before the ack."""

    def __init__(self, job: Job):
        self.r = connect(job.url, timeout=1.0, retries=RETRIES)
        self.name, self._handling = job.name, Handling(job)

    def read(self, **how: object) -> list[tuple[str, dict]]:
        """Read new entries (XREADGROUP with `>`)."""
        return self.r.xreadgroup(GROUP, self.name, {STREAM: ">"}, **READ, **how).get(STREAM, [])

    def handle(self, fields: dict) -> None:
        """Handle one entry, then count it in the server."""
        self.r.hincrby(EFFECTS, str(self._handling(fields)), 1)

    def ack(self, entry_id: str) -> None:
        """Acknowledge one entry."""
        self.r.xack(STREAM, GROUP, entry_id)


def consume_like_the_go_program(job: Job) -> None:
    """Start at `$`, acknowledge even unreadable entries, and end on any Redis error."""
    reader = NaiveConsumer(job)
    ensure_group(reader.r, STREAM, GROUP, start="$")
    job.begin()
    while True:
        for entry_id, fields in reader.read():
            with contextlib.suppress(ValueError):  # The Go program prints 0
                reader.handle(fields)
            reader.ack(entry_id)


def consume_like_a_tutorial(job: Job, *, noack: bool = False) -> None:
    """Start at 0, report entries that fail, and never look at pending ones.

    With NOACK, the server forgets an entry as soon as it sends it.
    """
    reader = NaiveConsumer(job)
    job.begin()
    while True:
        try:
            for entry_id, fields in reader.read(noack=noack):
                try:
                    reader.handle(fields)
                except ValueError as error:
                    print(error)
                    continue
                if not noack:
                    reader.ack(entry_id)
        except (RedisError, UnicodeDecodeError) as error:
            print(error)
