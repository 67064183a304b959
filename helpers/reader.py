"""The half of a consumer that talks to the server: where its entries come from, and how they are
acknowledged."""

import logging
import math
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter

import redis

from helpers import streams
from helpers.entries import Entry
from helpers.errors import error_text
from helpers.events import ACKED, CLAIMED, DELIVERED, Log
from helpers.replies import execute, raw
from helpers.streams import Pending
from helpers.threads import Worker

logger = logging.getLogger("helpers.consumer")
logger.addHandler(logging.NullHandler())  # A thread that prints would write into any cell

ROBBED = "others may have handled it, too"

MOST_NOTED = 1000
"""How many trimmed IDs, and errors, a consumer remembers; the log has them all."""


class Reader:
    """Reads batches of a group's entries for one consumer, and acknowledges what was handled.

    A batch is one entry that was claimed, or up to `count` new ones. `worker` says when to stop.
    """

    def __init__(
        self,
        r: redis.Redis,
        stream: str,
        group: str,
        name: str,
        *,
        worker: Worker,
        count: int,
        block_ms: int,
        min_idle_ms: int | None,
        max_deliveries: int | None,
        log: Log | None,
    ):
        self.r, self.stream, self.group, self.name, self.worker = r, stream, group, name, worker
        self.me = r, stream, group, name
        self.count, self.block_ms, self.log = count, block_ms, log
        self.min_idle_ms, self.max_deliveries = min_idle_ms, max_deliveries
        self.handled = self.dead_lettered = 0
        self.trimmed: deque[str] = deque(maxlen=MOST_NOTED)
        self.failed: set[bytes] = set()  # IDs of entries whose error may be kept with them
        self.pipe = r.pipeline(transaction=False)
        self.due: list[Entry] = []  # What was handled, and whose acknowledgement isn't answered yet
        self.begin()

    def begin(self) -> None:
        """Begin with the own history: a reply that was lost may have held entries, and they are
        pending now."""
        self.batches, self.claim_at = self.sources(), 0.0

    def next_batch(self) -> list[Entry]:
        """Take the next batch from the sources; after an error they begin anew."""
        try:
            return next(self.batches)
        except BaseException:
            self.begin()
            raise

    def sources(self) -> Iterator[list[Entry]]:
        """Where batches come from: first what is pending under the own name, then, forever, what is
        overdue and what is new."""
        yield from self.own_history()
        while True:
            yield from self.overdue()
            yield self.new()

    def own_history(self) -> Iterator[list[Entry]]:
        """What is pending under the own name, one by one, each once."""
        after = "0"
        while page := self.look(consumer=self.name, after=after):
            after = page[0].id
            yield from self.take(page[0], min_idle_ms=0)

    def overdue(self) -> Iterator[list[Entry]]:
        """What was idle for `min_idle_ms`, one by one; then not again for half that time."""
        after = None
        if self.min_idle_ms and time.monotonic() >= self.claim_at:
            while page := self.look(min_idle_ms=self.min_idle_ms, after=after):
                after = page[0].id
                yield from self.take(page[0], min_idle_ms=self.min_idle_ms)
            self.claim_at = time.monotonic() + self.min_idle_ms / 2000

    def new(self) -> list[Entry]:
        """What was never delivered, up to `count`. Acknowledgements that are due travel along, and
        then the read doesn't wait."""
        with self._sending():
            block_ms = None if self.due else self.block_ms
            entries = streams.read_group(
                self.pipe, self.stream, self.group, self.name, count=self.count, block_ms=block_ms
            )
        self.note(DELIVERED, entries)
        return entries

    def look(self, **which) -> list[Pending]:
        """The next pending entry: one, and only after the acknowledgement of the last one, so that
        an entry that kills the process takes no neighbor along."""
        self.flush()
        if self.worker.stopping.is_set():
            return []
        return streams.pending(*self.me[:3], count=1, **which)

    def take(self, line: Pending, *, min_idle_ms: int) -> Iterator[list[Entry]]:
        """Claim a pending entry, or move it to the dead-letter stream."""
        if self.max_deliveries and line.deliveries >= self.max_deliveries:
            reason = f"delivered {line.deliveries} times, never acked"
            if streams.dead_letter(*self.me[:3], line, reason):
                self.dead_lettered += 1
                logger.error("%s: dead-lettered %s: %s", self.worker.who, line.id, reason)
        elif entry := streams.claim(*self.me, line.id, min_idle_ms=min_idle_ms):
            self.note(DELIVERED if line.consumer == self.name else CLAIMED, [entry])
            self.failed.add(entry[0])  # Perhaps elsewhere: whoever handles it forgets its error
            yield [entry]
        elif not raw(self.r, "XRANGE", self.stream, line.id, line.id):
            self.trimmed.append(line.id)
            self.warn(f"entry {line.id} of {self.stream!r} was trimmed before it was handled")

    def keep_error(self, entry: Entry, error: Exception) -> None:
        """Log what a handler raised, and keep it with the entry, in the next round trip."""
        self.warn(f"handling {entry.id} failed: {error_text(error)}")
        self.failed.add(entry[0])
        self.pipe.hset(streams.errors_key(self.stream, self.group), entry.id, error_text(error))

    def warn(self, text: str) -> None:
        """Log that something went wrong, and with whom."""
        logger.warning("%s: %s", self.worker.who, text)

    def mine(self, batch: list[Entry]) -> Iterator[Entry]:
        """Hand out the entries of a batch as long as they are this consumer's.

        When the batch takes its time, what was handled is acknowledged, and what waits is kept from
        being claimed, or left out if it was claimed all the same. After `stop` the rest is handed
        back: any consumer may claim it at once.
        """
        waiting, stopped = deque(batch), self.worker.stopping.is_set
        longest = (self.min_idle_ms or math.inf) / 1000
        soon, now = longest / 3, time.monotonic()
        kept_at = now
        while waiting and not stopped():
            entry = waiting.popleft()
            yield entry
            began, now = now, time.monotonic()
            if now - kept_at > soon:
                if now - began > longest:
                    took = f"took longer than min_idle_ms={self.min_idle_ms}"
                    self.warn(f"handling {entry.id} {took}: {ROBBED}")
                waiting, kept_at = self.kept(waiting), now
        if waiting:
            streams.hand_back(
                self.r, self.stream, self.group, self.name, [entry.id for entry in waiting]
            )

    def kept(self, waiting: Iterable[Entry]) -> deque[Entry]:
        """Acknowledge what was handled, set the idle time of what waits back to 0, and return what
        is still this consumer's."""
        self.flush()
        ids = streams.keep(
            self.r, self.stream, self.group, self.name, [entry.id for entry in waiting]
        )
        return deque(entry for entry in waiting if entry.id in ids)

    def acknowledge(self, entries: list[Entry]) -> None:
        """Take what was handled off the pending entries list. What is put into `pipe` goes out with
        the round trip that begins."""
        ids = list(map(itemgetter(0), entries))  # As they came, in bytes
        self.pipe.xack(self.stream, self.group, *ids)

    def flush(self) -> None:
        """Send the acknowledgements that are due."""
        with self._sending():
            execute(self.pipe)

    @contextmanager
    def _sending(self) -> Iterator[None]:
        """Count what is due once its acknowledgement was answered. Until then it stays due: the
        server is done a moment earlier, and drain() must not return in between."""
        try:
            if self.due:
                self.acknowledge(self.due)
                self._forget_errors()
            yield
            self.note(ACKED, self.due)
            self.handled += len(self.due)
        finally:
            self.due = []
            self.worker.notify()

    def _forget_errors(self) -> None:
        """What was handled in the end needs its last error no longer."""
        if done := self.failed.intersection(map(itemgetter(0), self.due)):
            self.pipe.hdel(streams.errors_key(self.stream, self.group), *done)
            self.failed -= done

    def note(self, what: str, entries: list[Entry]) -> None:
        """Log what happened to entries, for the timeline."""
        for entry in entries if self.log is not None else ():
            self.log.add(what, next(iter(entry.fields.values()), ""), self.name)
