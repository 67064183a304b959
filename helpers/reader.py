"""The half of a consumer that gets its entries: its own, those to be tried again, overdue ones, and
new ones."""

import math
import time
from collections import deque
from collections.abc import Iterable, Iterator

from helpers import streams
from helpers.entries import Entry
from helpers.events import CLAIMED, DELIVERED, Log
from helpers.outbox import MOST_NOTED, Me, Outbox, logger
from helpers.replies import raw
from helpers.retries import Retries
from helpers.streams import Pending
from helpers.threads import Worker

ROBBED = "others may have handled it, too"


class Reader(Outbox):
    """Reads batches of a group's entries for one consumer.

    A batch is one entry that was claimed, or up to `count` new ones. `worker` says when to stop.
    """

    def __init__(
        self,
        me: Me,
        *,
        worker: Worker,
        retries: Retries,
        count: int,
        block_ms: int,
        min_idle_ms: int | None,
        max_deliveries: int | None,
        log: Log | None,
    ):
        super().__init__(me, worker, retries, min_idle_ms, log)
        self.count, self.block_ms = count, block_ms
        self.max_deliveries = max_deliveries
        self.dead_lettered = 0
        self.trimmed: deque[str] = deque(maxlen=MOST_NOTED)
        self.claimed_from: set[str] = set()  # Names of consumers, most of which are dead
        self.begin()

    def begin(self) -> None:
        """Begin with the consumer's own pending entries: a lost reply may have held some."""
        self.batches, self.claim_at, self.kept_at = self.sources(), 0.0, time.monotonic()
        self.goes_on = False  # Whether there are new entries

    def next_batch(self) -> list[Entry]:
        """Take the next batch from the sources, in an outage after a pause; after an error they
        start over."""
        if not self.worker.pause(self.breaker.pause_seconds()):
            return []
        try:
            return next(self.batches)
        except BaseException:
            self.begin()
            raise

    def sources(self) -> Iterator[list[Entry]]:
        """Yield batches: its own pending entries; then, in a loop, overdue, new and failed ones."""
        yield from self.own_history()
        while True:
            yield from self.overdue()
            yield self.new()
            yield from self.again()

    def own_history(self) -> Iterator[list[Entry]]:
        """Yield its own pending entries, one by one, each once, except those that are pausing."""
        after = "0"
        while page := self.look(consumer=self.name, after=after):
            after = page[0].id
            if after not in self.pauses:
                yield from self.take(page[0], min_idle_ms=0)

    def overdue(self) -> Iterator[list[Entry]]:
        """Yield entries idle for `min_idle_ms`, one by one; then none for half that time."""
        after = None
        if self.min_idle_ms and time.monotonic() >= self.claim_at:
            while page := self.look(min_idle_ms=self.min_idle_ms, after=after):
                after = page[0].id
                if after not in self.pauses:
                    yield from self.take(page[0], min_idle_ms=self.min_idle_ms)
            self.claim_at = time.monotonic() + self.min_idle_ms / 2000

    def new(self) -> list[Entry]:
        """Return entries that were never delivered, up to `count`. If acknowledgments are due, they
        go along, and the read doesn't wait; otherwise, it waits no longer than entries may
        pause."""
        with self.sending():
            entries = streams.read_group(
                self.pipe,
                *self.me[1:],
                count=1 if self.breaker.is_open else self.count,
                block_ms=None if self.due else self.wait_ms() or None,
            )
        self.note(DELIVERED, entries)
        self.goes_on = bool(entries)
        return entries

    def wait_ms(self) -> int:
        """Return how long a read may wait: until an entry must be tried again, or kept from being
        claimed again."""
        left = self.pauses.seconds_left(time.monotonic())
        if left is None:
            return self.block_ms
        return min(self.block_ms, round(1000 * left), (self.min_idle_ms or self.block_ms * 3) // 3)

    def again(self) -> Iterator[list[Entry]]:
        """Yield entries that failed here and have paused long enough, one by one. After a failure,
        it is seen first whether others get through, if there are any."""
        self.keep_pausing()
        if self.goes_on and self.breaker.suspects and not self.breaker.is_open:
            return
        for entry_id in self.pauses.due(time.monotonic()):
            if page := self.look(consumer=self.name, entry_id=entry_id):
                # By its idle time: an entry that others have claimed since isn't taken from them
                yield from self.take(page[0], min_idle_ms=page[0].idle_ms)
            elif not self.worker.stopping.is_set():
                self.pauses.forget(entry_id)

    def look(self, **which) -> list[Pending]:
        """Return the next pending entry: one, and only after the acknowledgment of the last one, so
        that an entry that kills the process takes no neighbor along."""
        self.flush()
        if self.worker.stopping.is_set():
            return []
        return streams.pending(*self.me[:3], count=1, **which)

    def take(self, line: Pending, *, min_idle_ms: int) -> Iterator[list[Entry]]:
        """Claim a pending entry, or move it to the dead-letter stream."""
        if self.max_deliveries and (tries := self.tried(line.id)) >= self.max_deliveries:
            reason = f"tried {tries} times, never acked"
            self.pauses.forget(line.id)
            if streams.dead_letter(*self.me[:3], line, reason):
                self.dead_lettered += 1
                logger.error("%s: dead-lettered %s: %s", self.worker.who, line.id, reason)
        elif entry := streams.claim(*self.me, line.id, min_idle_ms=min_idle_ms):
            self.note(DELIVERED if line.consumer == self.name else CLAIMED, [entry])
            self.claimed_from.add(line.consumer)
            self.troubled.add(entry[0])  # Perhaps elsewhere: whoever handles it forgets its error
            if self.max_deliveries:
                self.begin_try(entry)
            yield [entry]
        elif not raw(self.r, "XRANGE", self.stream, line.id, line.id):
            self.pauses.forget(line.id)
            self.trimmed.append(line.id)
            self.warn(f"entry {line.id} of {self.stream!r} was trimmed before it was handled")

    def mine(self, batch: list[Entry]) -> Iterator[Entry]:
        """Hand out the entries of a batch as long as they are this consumer's.

        If the batch takes long, handled entries are acknowledged, and waiting ones are kept from
        being claimed, or left out if they were claimed anyway. In an outage the rest is put off,
        and tried one by one. After `stop`, the rest is handed back: any consumer may claim it at
        once.
        """
        waiting, stopped, breaker = deque(batch), self.worker.stopping.is_set, self.breaker
        longest = (self.min_idle_ms or math.inf) / 1000
        began = time.monotonic()
        late = began + longest / 3
        while waiting and not stopped():
            entry = waiting.popleft()
            yield entry
            now = time.monotonic()
            if breaker.is_open:
                while waiting:
                    self.pauses.put_off(waiting.popleft().id, now)
            if now > late:
                if now - began > longest:
                    took = f"took longer than min_idle_ms={self.min_idle_ms}"
                    self.warn(f"handling {entry.id} {took}: {ROBBED}")
                waiting, late = self.kept(waiting), now + longest / 3
            began = now
        self.hand_back([entry.id for entry in waiting])

    def kept(self, waiting: Iterable[Entry]) -> deque[Entry]:
        """Acknowledge what was handled, set the idle time of what waits or pauses back to 0, and
        return what waits and is still this consumer's."""
        self.flush()
        self.kept_at = time.monotonic()
        pausing = self.pauses.pausing(self.kept_at)
        ids = streams.keep(*self.me, [entry.id for entry in waiting] + pausing)
        for entry_id in set(pausing) - ids:
            self.pauses.forget(entry_id)
        return deque(entry for entry in waiting if entry.id in ids)

    def keep_pausing(self) -> None:
        """Keep what pauses for long from being claimed meanwhile."""
        now = time.monotonic()
        late = self.min_idle_ms and 3000 * (now - self.kept_at) > self.min_idle_ms
        if late and self.pauses.pausing(now):
            self.kept(())
