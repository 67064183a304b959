"""The Consumer of `helpers.consumer`, at work in a task: its handler may wait, and be canceled."""

import asyncio
import contextlib
import inspect
from collections.abc import Callable

import redis

from helpers.aio.bridge import Begun, wait_for
from helpers.aio.worker import TaskWorker
from helpers.consumer import Consumer
from helpers.entries import Entry
from helpers.handlers import check_handler, is_async


class ConsumerTask(Consumer):
    """A Consumer whose `handle` may be an `async def`; all that waits in it must be called by
    `run`."""

    worker_kind = TaskWorker

    def __init__(
        self,
        r: redis.Redis,
        stream: str,
        group: str,
        name: str,
        handle: Callable[[Entry], object],
        **settings,
    ):
        if not is_async(handle):
            check_handler(handle=handle)
        self._handling = False

        def handle_and_wait(entry: Entry) -> object:
            result = handle(entry)
            if not inspect.iscoroutine(result):
                return self._waited_for(result) if inspect.isawaitable(result) else result
            try:  # One that need not wait costs less so (a tenth of all the time, measured)
                asked = result.send(None)
            except StopIteration as done:
                return done.value
            return self._waited_for(Begun(result, asked))

        super().__init__(r, stream, group, name, handle_and_wait, **settings)

    def _waited_for(self, result) -> object:
        self._handling = True
        try:
            return wait_for(result)
        finally:
            self._handling = False

    def step(self) -> list[Entry]:
        """Do one round by hand. If it is canceled, the next one begins with the own history: there
        is what was on its way."""
        try:
            return super().step()
        except asyncio.CancelledError:
            self.begin()
            raise

    def cancel(self) -> None:
        """End soon, and cancel the handler; a command under way is finished, so no reply is
        lost."""
        self.worker.stopping.set()
        if self._handling:
            self.worker.cancel()

    def _run(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            super()._run()
