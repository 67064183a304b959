"""What a consumer tells the server: acknowledgments, tries and errors, all with the next round
trip."""

import logging
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from operator import itemgetter

import redis

from helpers import streams
from helpers.breaker import OPENS_AFTER, Breaker, Try
from helpers.entries import Entry
from helpers.errors import error_text
from helpers.events import ACKED, Log
from helpers.pauses import Pauses
from helpers.replies import execute
from helpers.retries import Retries
from helpers.streams.tries import forget_tries, note_try
from helpers.threads import Worker

logger = logging.getLogger("helpers.consumer")
logger.addHandler(logging.NullHandler())  # A thread that prints would write into any cell


MOST_NOTED = 1000
"""How many trimmed IDs, and errors, a consumer remembers; the log has them all."""

SUSPICION = (
    f"{OPENS_AFTER} different entries failed in a row, which looks like an outage: one is tried "
    "at a time until one gets through, and their failures don't count"
)


Me = tuple[redis.Redis, str, str, str]
"""A consumer as the helpers of `streams` take it: client, stream, group and name."""


class Outbox:
    """Collects what one consumer has to say, and counts in `handled` what the server has
    acknowledged."""

    worker_kind = Worker

    def __init__(
        self, me: Me, worker: Worker, retries: Retries, min_idle_ms: int | None, log: Log | None
    ):
        self.r, self.stream, self.group, self.name = self.me = me
        self.worker, self.retries, self.log = worker, retries, log
        self.min_idle_ms = min_idle_ms  # None if it claims nothing
        self.handled = self.failures = 0
        self.errors: deque[Exception] = deque(maxlen=MOST_NOTED)
        self.first_error: Exception | None = None
        self.pipe = self.r.pipeline(transaction=False)
        self.due: list[Entry] = []  # What was handled, and whose acknowledgment isn't answered yet
        self.tries: list[tuple[Try, str]] = []  # With their errors; kept until the server has them
        self.troubled: set[bytes] = set()  # IDs about which the server may keep tries and errors

    # Properties, because CPython 3.11 looks attributes up slowly in an object that has more than 30
    @property
    def pauses(self) -> Pauses:
        """Which entries wait for their next try."""
        return self.retries.pauses

    @property
    def breaker(self) -> Breaker:
        """Whether this is an outage."""
        return self.retries.breaker

    def acknowledge(self, entries: list[Entry]) -> None:
        """Acknowledge handled entries. The commands in `pipe` go out with the next round trip."""
        ids = list(map(itemgetter(0), entries))  # As they came, in bytes
        self.pipe.xack(self.stream, self.group, *ids)

    def flush(self) -> None:
        """Send what there is to say."""
        with self.sending():
            execute(self.pipe)

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Count what is due once its acknowledgment was answered. Until then it stays due: the
        server is done a moment earlier, and drain() must not return in between."""
        try:
            for one, error in self.tries:
                self._note(one, error)
            if self.due:
                self.acknowledge(self.due)
                self._forget()
            yield
            self.tries.clear()
            self.note(ACKED, self.due)
            self.handled += len(self.due)
        finally:
            self.due = []
            self.worker.notify()

    def _note(self, one: Try, error: str) -> None:
        self.troubled.add(one.entry_id.encode())
        # Not in the pipeline, which learns too late that a class server refuses EVAL
        note_try(*self.me, one.entry_id, name=one.name, counts=one.counts, error=error)

    def _forget(self) -> None:
        """Drop the tries and the last error of entries that were handled in the end."""
        if not self.troubled:
            return
        if done := self.troubled.intersection(map(itemgetter(0), self.due)):
            forget_tries(self.pipe, self.stream, self.group, *done)
            self.troubled -= done

    def tried(self, entry_id: str) -> int:
        """Return how many tries of an entry count, besides one that this consumer never got to."""
        coming = self.retries.attempt(entry_id).name
        return streams.count_tries(*self.me[:3], entry_id, besides=coming)

    def begin_try(self, entry: Entry) -> None:
        """Count the try of a redelivered entry before its handler is called: a process can't count
        its own death."""
        self.tries.append((self.retries.attempt(entry.id), ""))
        self.flush()

    def failed(self, entry: Entry, error: Exception) -> None:
        """An entry stays pending, and comes again after its pause; the server notes its error, and
        which tries count."""
        was_open, said = self.breaker.is_open, error_text(error)
        self.warn(f"handling {entry.id} failed: {said}")
        for one in self.retries.failed(entry.id, error, time.monotonic()):
            self.tries.append((one, said if one.entry_id == entry.id else ""))
        if self.breaker.is_open and not was_open:
            self.warn(SUSPICION)

    def got_through(self, entry: Entry) -> None:
        """Note that an entry was handled after failures: an outage is over."""
        if self.breaker.is_open:
            self.warn(f"{entry.id} got through: going on")
        self.retries.succeeded(entry.id)

    def warn(self, text: str) -> None:
        """Log that something went wrong, and for which consumer."""
        logger.warning("%s: %s", self.worker.who, text)

    def note(self, what: str, entries: list[Entry]) -> None:
        """Log what happened to entries, for the timeline."""
        for entry in entries if self.log is not None else ():
            self.log.add(what, next(iter(entry.fields.values()), ""), self.name)

    def hand_back(self, entry_ids: list[str]) -> None:
        """Let others claim at once what this consumer won't handle. If it claims nothing itself, a
        successor with its name will read its own pending entries instead."""
        if entry_ids:
            streams.hand_back(*self.me, entry_ids, stays_own=not self.min_idle_ms)

    def hand_back_all(self) -> None:
        """Let others claim at once whatever is pending under this consumer's name: what failed, the
        rest of a batch, and what an earlier run or a lost reply left."""
        after = None
        with suppress(redis.RedisError):  # If the server is away, they must be idle for long enough
            while lines := streams.pending(*self.me[:3], consumer=self.name, after=after):
                after = lines[-1].id
                self.hand_back([line.id for line in lines])
