"""A producer for asyncio: the one of `helpers.producer`, whose waits let the event loop go on."""

import redis

from helpers import producer
from helpers.aio.bridge import run
from helpers.aio.client import bridged
from helpers.aio.worker import TaskWorker
from helpers.entries import split


class ProducerTask(producer.Producer):
    """A Producer at work in a task; all that waits in it must be called by `run`."""

    worker_kind = TaskWorker


class Producer:
    """Stores the entries given to `send`, in its own task, as `async with Producer(r, stream) as
    producer:`, with `await producer.send(...)`.

    `r` is a client of redis.asyncio, such as `await aio.connect()`. Everything else is as in
    helpers.producer.Producer: settings, batches, numbers, `producer_id`, `confirm`, and error
    texts. It takes one connection at a time. Canceling the block is an interrupt: the call under
    way is finished, and a RuntimeWarning names the entries that may not have been stored.
    """

    def __init__(self, r: redis.asyncio.Redis, stream: str, **settings):
        self._inner = ProducerTask(bridged(r), stream, **settings)

    @property
    def stored(self) -> int:
        """The number of the last entry that is stored."""
        return self._inner.stored

    @property
    def sequence_key(self) -> str:
        """The key in which the server remembers this producer."""
        return self._inner.sequence_key

    async def __aenter__(self) -> "Producer":
        await run(self._inner.__enter__)
        return self

    async def __aexit__(self, *error) -> None:
        await run(self._inner.__exit__, *error)

    async def send(self, fields: dict) -> None:
        """Queue one entry; waits while the queue is full, and only then do others get their turn.

        Raises TypeError or ValueError for values that Redis can't store, and the task's error.
        """
        entry = split(fields)
        while not self._inner.took(entry):
            await run(self._inner.wait_for_room)

    async def flush(self, seconds: float = 10.0) -> None:
        """Wait until every entry sent so far is stored. Raises the task's error, or TimeoutError
        after `seconds`."""
        await run(self._inner.flush, seconds)
