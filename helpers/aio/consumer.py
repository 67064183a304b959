"""A consumer for asyncio: the one of `helpers.consumer`, whose waits let the event loop go on."""

import asyncio
from collections.abc import Callable, Sequence

import redis

from helpers.aio.bridge import run
from helpers.aio.client import bridged
from helpers.aio.in_task import ConsumerTask
from helpers.aio.signals import told_together
from helpers.entries import Entry


class Consumer:
    """Hands each entry of a consumer group to `handle`, an `async def`, in a task (`async with
    Consumer(...) as consumer:`), by `await consumer.step()`, or as a program by `await
    consumer.run()`, of which a TaskGroup may hold several.

    `r` is a client of redis.asyncio, such as `await aio.connect()`. Everything else is as in
    helpers.consumer.Consumer: settings, the order of sources, tries, pauses, outages, dead letters,
    and error texts. It handles one entry after the other, and takes one connection at a time; for
    more at once, run more consumers. `handle` may be a plain function, too, but it holds up the
    event loop while it works.

    Canceling it strands nothing: the handler is canceled where it waits, handled entries are
    acknowledged, and unfinished ones are handed back, so that others may claim them at once. A read
    under way is awaited, for up to `block_ms`, because redis.asyncio drops the reply to a canceled
    one, with the entries in it; after a canceled `step`, the next one begins with them.
    """

    task_kind = ConsumerTask

    def __init__(
        self,
        r: redis.asyncio.Redis,
        stream: str,
        group: str,
        name: str,
        handle: Callable[[Entry], object],
        **settings,
    ):
        self._inner = self.task_kind(bridged(r), stream, group, name, handle, **settings)

    @property
    def handled(self) -> int:
        """How many entries were handled and acknowledged."""
        return self._inner.handled

    @property
    def dead_lettered(self) -> int:
        """How many entries this consumer moved to the dead-letter stream."""
        return self._inner.dead_lettered

    @property
    def trimmed(self) -> Sequence[str]:
        """IDs of entries that were trimmed before they could be handled, the last ones."""
        return self._inner.trimmed

    @property
    def errors(self) -> Sequence[Exception]:
        """What `handle` raised, the last ones."""
        return self._inner.errors

    async def __aenter__(self) -> "Consumer":
        await run(self._inner.__enter__)
        return self

    async def __aexit__(self, kind, error, trace) -> None:
        if kind and issubclass(kind, asyncio.CancelledError):
            self._inner.cancel()
        await run(self._inner.__exit__, kind, error, trace)

    async def step(self) -> list[Entry]:
        """Do one round by hand: read, handle, acknowledge; return the entries handled. An error in
        `handle` comes through, unless there is a limit of deliveries."""
        return await run(self._inner.step)

    async def run(self) -> None:
        """Handle entries until SIGTERM or SIGINT, or until it is canceled: the main loop of a
        program.

        One signal ends all running consumers, each after its current entry, as with the thread's
        Consumer; a second one ends the program at once. Raises the error that ended the consumer,
        if there was one.
        """
        worker = self._inner.worker
        with told_together(worker.stopping.set):
            await run(worker.start)
            try:
                await run(worker.join)
            except asyncio.CancelledError:
                self._inner.cancel()
                await run(worker.join)
                raise
            finally:
                await run(self._inner.leave)
        worker.check()

    async def wait(self, handled: int, seconds: float = 10.0) -> None:
        """Wait until `handled` entries were handled and acknowledged; raises the task's error, or
        TimeoutError."""
        await run(self._inner.wait, handled, seconds)

    async def drain(self, seconds: float = 10.0) -> None:
        """Wait until the group is done: lag 0 and nothing pending. Raises the task's error, or
        TimeoutError."""
        await run(self._inner.drain, seconds)

    async def stop(self) -> None:
        """End the task after the current entry; the rest of its batch is handed back. A handler may
        call it, too."""
        await run(self._inner.stop)
