"""A consumer: reads, handles, then acknowledges, and carries on after crashes, outages and poison
entries."""

import contextlib
from collections.abc import Callable

import redis

from helpers import notebook
from helpers.arguments import (
    check_block,
    check_client,
    check_pace,
    check_seconds,
    check_text,
    check_whole,
)
from helpers.entries import Entry
from helpers.errors import error_text, passes
from helpers.events import CRASHED, Log
from helpers.handlers import FINISHED, check_finished, check_handler
from helpers.outbox import logger
from helpers.pauses import Patience, shown
from helpers.reader import Reader
from helpers.retries import Retries
from helpers.signals import told_to_end
from helpers.streams import is_done, remove_consumer


class Consumer(Reader):
    """Hands each entry of a consumer group to `handle`, in a thread (`with Consumer(...) as
    consumer:`) or by `step()`.

    Its own pending entries come first: they were read before a crash, or their reply was lost.
    Without `max_deliveries`, an error in `handle` ends the consumer, and is raised by wait, drain
    and the end of the with block; all entries that it holds are handed back. With `max_deliveries`
    (2 or more) and `min_idle_ms`, it leaves the entry pending, carries on, and tries it again after
    a growing pause. It claims entries idle for `min_idle_ms` from any consumer, and moves those
    tried `max_deliveries` times to the dead-letter stream. A delivery whose handler wasn't called
    isn't a try, nor is one that ends in `Retry` or in one of the exceptions in `transient`. An
    outage doesn't count, either: when several different entries fail in a row, the consumer pauses,
    and tries one at a time until one gets through. `min_idle_ms` must exceed the longest call of
    `handle` by half: the entries of its batch that wait meanwhile are kept from being claimed.
    `pace` (seconds) slows it down for an audience; `patience` (seconds) is how long it carries on
    while the server is away; `log` notes what happened. `handled` and `dead_lettered` are counts;
    `trimmed` holds the IDs of the last entries that were trimmed before they could be handled, and
    `errors` the last errors from `handle`. Each error goes to the log `helpers.consumer` and stays
    with its entry, for its dead letter.
    """

    def __init__(
        self,
        r: redis.Redis,
        stream: str,
        group: str,
        name: str,
        handle: Callable[[Entry], object],
        *,
        count: int = 10,
        block_ms: int = 200,
        min_idle_ms: int | None = None,
        max_deliveries: int | None = None,
        transient: tuple[type[Exception], ...] = (),
        pace: float = 0.0,
        patience: float = 10.0,
        log: Log | None = None,
    ):
        check_client(r, pipeline=False)
        check_text(stream=stream, group=group, name=name)
        check_whole(count=count)
        check_block(block_ms, r)
        check_seconds(pace=pace, patience=patience)
        check_handler(handle=handle)
        # Without a limit, a bad entry would come back forever
        if (min_idle_ms, max_deliveries) != (None, None):
            check_whole(min_idle_ms=min_idle_ms)
            # One try may be bad luck
            check_whole(2, max_deliveries=max_deliveries)
            check_pace(pace, min_idle_ms)
        # A slower one could take longer than min_idle_ms allows
        self.pace = shown(pace) if min_idle_ms is None else pace
        self.handle, self._patience = handle, Patience(patience)
        super().__init__(
            (r, stream, group, name),
            worker=self.worker_kind(self._run, f"consumer {name!r}"),
            retries=Retries(transient, min_idle_ms),
            count=1 if pace else count,
            block_ms=block_ms,
            min_idle_ms=min_idle_ms,
            max_deliveries=max_deliveries,
            log=log,
        )

    def step(self) -> list[Entry]:
        """Do one round by hand: read, handle, acknowledge; return the entries handled. An error in
        `handle` is raised, unless there is a limit of deliveries."""
        self.worker.check_by_hand()
        try:
            return self.round()
        finally:
            self.flush()

    def round(self) -> list[Entry]:
        """Handle the next batch. Its acknowledgments go out with the next read, or with
        `flush`."""
        handled = []
        for entry in self.mine(self.next_batch()):
            if self.succeeds(entry):
                handled.append(entry)
                self.due.append(entry)
        return handled

    def succeeds(self, entry: Entry) -> bool:
        """Hand one entry over, and tell whether it may be acknowledged."""
        try:
            result = self.handle(entry)
        except Exception as error:
            self.failed(entry, error)
            if not self.max_deliveries and not self.retries.passes(error):
                self.note(CRASHED, [entry])
                raise
            self.errors.append(error)
            self.first_error = self.first_error or error
            self.failures += 1
            return False
        if result is not None and type(result) not in FINISHED:
            check_finished(result)
        if self.troubled:
            self.got_through(entry)
        if self.pace:
            self.worker.pause(self.pace)
        return True

    def _run(self) -> None:
        try:
            while not self.worker.stopping.is_set():
                self._go_on()
        finally:
            self.flush()
            self.hand_back_all()

    def _go_on(self) -> None:
        try:
            self.round()
            self._patience.reset()
        except redis.RedisError as error:
            if not passes(error) or self._patience.lost():
                raise
            logger.warning("%s: the server is away: %s", self.worker.who, error_text(error))
            self.worker.pause(self._patience.pause_seconds())
            self.begin()

    def run(self) -> None:
        """Handle entries until SIGTERM or SIGINT: the main loop of a program, in its main thread.

        The first signal ends it after the current entry: its acknowledgment goes out, and the rest
        of its batch is handed back. Its name, and those of consumers that it claimed from, are
        removed if nothing is pending for them. A second signal ends the program at once. Raises the
        error that ended the consumer, if there was one.
        """
        with told_to_end(self.worker.stopping.set):
            self.worker.start()
            self.worker.join()
        self.worker.check()
        self.leave()

    def leave(self) -> None:
        """Remove names from the group for which nothing is pending: the consumer's own, and those
        it claimed from. A consumer that is alive after all gets its name back with its next
        read."""
        with contextlib.suppress(redis.RedisError):  # A name that stays does no harm
            for name in {self.name, *self.claimed_from} - {""}:
                remove_consumer(self.r, self.stream, self.group, name)

    def __enter__(self) -> "Consumer":
        self.worker.start()
        return self

    def __exit__(self, kind, *_) -> None:
        self.worker.stop()
        if kind is None:
            self.worker.check()
        if self.errors:
            notebook.say(f"{self.worker.who}: {self._failures()}")

    def _failures(self) -> str:
        """Say how often the handler failed, how many of these failures don't count as tries, and
        what the first error was."""
        times = "once" if self.failures == 1 else f"{self.failures} times"
        if put_off := self.retries.put_off:
            times += f" ({put_off} by Retry or a transient error)"
        return f"the handler failed {times}; the first error was {error_text(self.first_error)}"

    def wait(self, handled: int, seconds: float = 10.0) -> None:
        """Wait until `handled` entries were handled and acknowledged; raises the thread's error, or
        TimeoutError."""
        check_whole(0, handled=handled)
        check_seconds(seconds=seconds)
        self.worker.wait(lambda: self.handled >= handled, seconds, f"{handled} handled entries")

    def drain(self, seconds: float = 10.0) -> None:
        """Wait until the group is done: lag 0 and nothing pending. Raises the thread's error, or
        TimeoutError."""
        check_seconds(seconds=seconds)
        self.worker.wait(
            lambda: is_done(self.r, self.stream, self.group) and not self.due,
            seconds,
            "lag 0 and nothing pending",
        )

    def stop(self) -> None:
        """End the thread after the current entry; all entries that it holds are handed back. A
        handler may call it, too."""
        self.worker.stop()
