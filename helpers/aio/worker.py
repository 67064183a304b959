"""A task that can't fail unseen: what a Worker is for a thread, with the same errors."""

import asyncio
from collections.abc import Callable

from helpers.aio.bridge import run, wait_for
from helpers.threads import Worker


class Changed:
    """A threading.Condition for tasks. It locks nothing, because tasks take turns only where they
    wait."""

    def __init__(self):
        self._waiting: set[asyncio.Future] = set()

    def __enter__(self) -> "Changed":
        return self

    def __exit__(self, *_) -> None:
        pass

    def wait(self, seconds: float | None = None) -> None:
        """Wait until somebody notifies, for at most `seconds`."""
        told = asyncio.get_running_loop().create_future()
        self._waiting.add(told)
        try:
            wait_for(asyncio.wait({told}, timeout=seconds))
        finally:
            self._waiting.discard(told)

    def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        while not condition():
            self.wait()

    def notify_all(self) -> None:
        """Wake all that wait."""
        for told in self._waiting:
            if not told.done():
                told.set_result(None)


class Flag:
    """A threading.Event for tasks."""

    def __init__(self):
        self._set, self._changed = False, Changed()

    def is_set(self) -> bool:
        """Tell whether it was set."""
        return self._set

    def set(self) -> None:
        """Set it, for good."""
        self._set = True
        self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait until it is set, for at most `seconds`; tell whether it is."""
        if seconds > 0 and not self._set:
            self._changed.wait(seconds)
        return self._set


class TaskWorker(Worker):
    """Runs `loop`, which waits by way of the bridge, in a task of the running event loop."""

    kind = "task"

    def __init__(self, loop: Callable[[], None], who: str):
        super().__init__(loop, who)
        self.changed, self.stopping = Changed(), Flag()
        self._thread: asyncio.Task | None = None

    def _begin(self) -> None:
        self._thread = asyncio.create_task(run(self._run), name=self.who)

    def _ends_within(self, seconds: float | None) -> bool:
        wait_for(asyncio.wait({self._thread}, timeout=seconds))
        return self._thread.done()

    def _in_own_thread(self) -> bool:
        return self._thread is not None and asyncio.current_task() is self._thread

    def join(self) -> None:
        """Wait until the task has ended, however long its handler takes."""
        self._ends_within(None)

    def cancel(self) -> None:
        """Let the handler be canceled where it waits."""
        self._thread.cancel()
