"""A consumer: reads, handles, then acknowledges, and goes on after crashes, outages and poison entries."""

import time
from collections import deque
from collections.abc import Callable
from operator import itemgetter

import redis

from helpers.arguments import check_block, check_handler, check_seconds, check_text, check_whole
from helpers.entries import Entry
from helpers.events import ACKED, CLAIMED, CRASHED, DELIVERED, Log
from helpers.replies import execute
from helpers.streams import Pending, claim, dead_letter, is_done, pending, read_group
from helpers.workers import Patience, Worker


class Consumer:
    """Hands each entry of a consumer group to `handle`, in a thread (`with Consumer(...) as consumer:`) or by `step()`.

    What is pending under its own name comes first: it was read before a crash, or its reply was lost.
    Without `max_deliveries` an error in `handle` ends the consumer, and is raised by wait, drain and the end of the with block.
    With `max_deliveries` and `min_idle_ms` it leaves the entry pending, goes on, claims what has been idle for `min_idle_ms`
    (which must exceed the longest handler) from any consumer, and moves what was delivered that often to the dead-letter stream.
    `pace` (seconds) slows it down for an audience; `patience` (seconds) is for how long it goes on while the
    server is away; `log` notes what happened.
    """

    def __init__(self, r: redis.Redis, stream: str, group: str, name: str, handle: Callable[[Entry], object], *,
                 count: int = 10, block_ms: int = 200, min_idle_ms: int | None = None, max_deliveries: int | None = None,
                 pace: float = 0.0, patience: float = 10.0, log: Log | None = None):
        check_text(stream=stream, group=group, name=name)
        check_whole(count=count)
        check_block(block_ms, r.connection_pool.connection_kwargs.get("socket_timeout"))
        check_seconds(pace=pace, patience=patience)
        check_handler(handle=handle)
        if (min_idle_ms, max_deliveries) != (None, None):
            check_whole(min_idle_ms=min_idle_ms, max_deliveries=max_deliveries)  # without a limit, a bad entry comes back for ever
        self.r, self.stream, self.group, self.name, self.handle = r, stream, group, name, handle
        self.count, self.block_ms, self.pace, self.log = 1 if pace else count, block_ms, pace, log
        self.min_idle_ms, self.max_deliveries = min_idle_ms, max_deliveries
        self.handled = self.trimmed = self.dead_lettered = 0
        self.errors: deque[Exception] = deque(maxlen=50)
        self._patience, self._worker = Patience(patience), Worker(self._run, f"consumer {name!r}")
        self._new_session()

    def step(self) -> list[Entry]:
        """Do one round by hand: read, handle, acknowledge. Returns what was handled; an error in `handle` comes through."""
        handled: list[Entry] = []
        try:
            for entry in self._next_entries():
                if self._handles(entry):
                    handled.append(entry)
        finally:
            if handled:
                self.acknowledge(handled)
                self._due = handled
            if self._worker.ended:  # a thread that runs sends it along with its next read
                self._settle()
        return handled

    def acknowledge(self, entries: list[Entry]) -> None:
        """Take what was handled off the pending entries list. What is put into `pipe` goes out with the next round trip."""
        self.pipe.xack(self.stream, self.group, *map(itemgetter(0), entries))  # the IDs as they came, in bytes

    def _settle(self, read: Callable[[], list] | None = None) -> list:
        """Send what is due, alone or along with a read, and count it. Until it is counted it stays in `_due`: the server is done
        a moment earlier, and drain() must not return in between."""
        try:
            replies = read() if read else execute(self.pipe)
            self._note(ACKED, self._due)
            self.handled += len(self._due)
            return replies
        finally:
            self._due = []
            self._worker.notify()

    def _next_entries(self) -> list[Entry]:
        """Own pending entries first; then what is due for a claim; both one by one; then what is new, up to `count`.

        With what is new, the acknowledgement of what was handled before goes out in the same round trip, and then the read doesn't
        wait. One round trip less matters where each may have to wait for a producer's long script.
        """
        if self._own_after is not None:
            self._settle()
            page = pending(self.r, self.stream, self.group, consumer=self.name, after=self._own_after, count=1)
            self._own_after = page[0].id if page else None
            if page:
                return self._claimed(page[0], min_idle_ms=0)
        if self.min_idle_ms and time.monotonic() >= self._claim_at:
            self._settle()
            page = pending(self.r, self.stream, self.group, min_idle_ms=self.min_idle_ms, count=1)
            self._claim_at = time.monotonic() + (0 if page else self.min_idle_ms / 2000)
            if page:
                return self._claimed(page[0], min_idle_ms=self.min_idle_ms)
        entries = self._settle(lambda: read_group(self.pipe, self.stream, self.group, self.name, count=self.count,
                                                  block_ms=None if self._due else self.block_ms))
        self._note(DELIVERED, entries)
        return entries

    def _claimed(self, line: Pending, *, min_idle_ms: int) -> list[Entry]:
        """Claim one entry, or move it to the dead-letter stream.

        The next one is claimed only after this one's acknowledgement: an entry that kills the process takes no neighbour along.
        """
        if self.max_deliveries and line.deliveries >= self.max_deliveries:
            self.dead_lettered += dead_letter(self.r, self.stream, self.group, line, f"delivered {line.deliveries} times, never acked")
            return []
        entry = claim(self.r, self.stream, self.group, self.name, line.id, min_idle_ms=min_idle_ms)
        if entry is None:
            self.trimmed += not self.r.execute_command("XRANGE", self.stream, line.id, line.id, NEVER_DECODE=True)
            return []
        self._note(DELIVERED if line.consumer == self.name else CLAIMED, [entry])
        return [entry]

    def _handles(self, entry: Entry) -> bool:
        """Hand one entry over; tell whether it may be acknowledged."""
        try:
            self.handle(entry)
        except Exception as error:
            if not self.max_deliveries:
                self._note(CRASHED, [entry])
                raise
            self.errors.append(error)  # it stays pending, and comes again when it has been idle for long enough
            return False
        if self.pace:
            self._worker.pause(self.pace)
        return True

    def _note(self, what: str, entries: list[Entry]) -> None:
        for entry in entries if self.log is not None else ():
            self.log.add(what, next(iter(entry.fields.values()), ""), self.name)

    def _new_session(self) -> None:
        self._own_after: str | None = "0"
        self._claim_at = 0.0
        self.pipe, self._due = self.r.pipeline(transaction=False), []

    def _run(self) -> None:
        try:
            self._go_on()
        finally:
            self._settle()

    def _go_on(self) -> None:
        while not self._worker.stopping.is_set():
            try:
                self.step()
                self._patience.reset()
            except (redis.ConnectionError, redis.TimeoutError) as error:
                if isinstance(error, redis.AuthenticationError) or self._patience.lost():
                    raise
                self._worker.pause(self._patience.pause_seconds())
                self._new_session()  # the reply that was lost may have held entries: they are pending now

    def __enter__(self) -> "Consumer":
        self._worker.start()
        return self

    def __exit__(self, kind, *_) -> None:
        self._worker.stop()
        if kind is None:
            self._worker.check()

    def wait(self, handled: int, seconds: float = 10.0) -> None:
        """Wait until `handled` entries were handled and acknowledged; raises the thread's error, or TimeoutError."""
        check_whole(0, handled=handled)
        check_seconds(seconds=seconds)
        self._worker.wait(lambda: self.handled >= handled, seconds, f"{handled} handled entries")

    def drain(self, seconds: float = 10.0) -> None:
        """Wait until the group is done: lag 0 and nothing pending. Raises the thread's error, or TimeoutError."""
        check_seconds(seconds=seconds)
        self._worker.wait(lambda: is_done(self.r, self.stream, self.group) and not self._due, seconds, "lag 0 and nothing pending")

    def stop(self) -> None:
        """End the thread after the step under way, in less than a second if the handler allows it."""
        self._worker.stop()
