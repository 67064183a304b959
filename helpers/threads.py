"""A thread that can't fail unseen: its error is raised where somebody waits for it."""

import threading
import time
from collections.abc import Callable

STOP_SECONDS = 5.0
"""How long stop() waits for the step under way; a step is one bounded BLOCK (0.2 s by default) and
one handler call."""


class Worker:
    """Runs `loop` in a daemon thread until it returns, fails or is stopped."""

    kind = "thread"

    def __init__(self, loop: Callable[[], None], who: str):
        self.who = who
        self.error: BaseException | None = None
        self.lock = threading.Lock()
        self.changed = threading.Condition(self.lock)
        self.ended = True
        self.stopping = threading.Event()
        self._loop = loop
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread. Raises RuntimeError if it was started before: a thread runs once."""
        if self._thread:
            raise RuntimeError(f"{self.who} was started before: create a new one.")
        self.ended = False
        self._begin()

    def _begin(self) -> None:
        self._thread = threading.Thread(target=self._run, name=self.who, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._loop()
        except BaseException as error:
            # Kept, and raised by check() in the thread that waits; sys.exit ends no thread unseen
            error.add_note(f"This happened in the {self.kind} of {self.who}.")
            self.error = error
        finally:
            self.ended = True
            self.notify()

    def notify(self) -> None:
        """Wake whoever waits: something changed, or the thread has ended."""
        with self.changed:
            self.changed.notify_all()

    def check(self) -> None:
        """Raise the error that ended the thread, if there was one."""
        if self.error:
            raise self.error

    def wait(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until `condition` holds; raises the thread's error at once, and never waits for a
        thread that has ended.

        Raises TimeoutError after `seconds`, RuntimeError if the thread isn't running and the
        condition doesn't hold.
        """
        if self._in_own_thread():
            raise RuntimeError(
                f"waiting for {what} inside {self.who} would never end: wait outside its handler."
            )
        deadline = time.monotonic() + seconds
        while True:
            with self.changed:
                # The thread's end is looked at before the condition, so that its last success is
                # never overlooked.
                ended = self.ended
                if condition():
                    return
                if not ended:
                    self.changed.wait(min(0.1, max(0.0, deadline - time.monotonic())))
            self.check()
            if ended:
                raise RuntimeError(
                    f"{self.who} isn't running, so there will be no {what}: start it "
                    "first, in a with block."
                )
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"Waited {seconds:g} s without success for {what} by {self.who}."
                )

    def stop(self) -> None:
        """End the thread after the step under way. Raises TimeoutError if a handler doesn't return.

        Called in the thread itself, by a handler, it returns at once.
        """
        self.stopping.set()
        self.notify()
        if self._thread and not self._in_own_thread() and not self._ends_within(STOP_SECONDS):
            raise TimeoutError(
                f"{self.who} doesn't end: its handler has been busy for more than "
                f"{STOP_SECONDS:g} s."
            )

    def _ends_within(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def join(self) -> None:
        """Wait until the thread has ended, however long its handler takes; signals get through
        meanwhile."""
        self._thread.join()

    def check_by_hand(self) -> None:
        """Raise RuntimeError if the thread runs, or was stopped: two must not do its work, nor one
        that was told to end."""
        if not self.ended:
            raise RuntimeError(f"{self.who} runs in its own thread: don't step it by hand.")
        if self.stopping.is_set():
            raise RuntimeError(f"{self.who} was stopped: create a new one.")

    def _in_own_thread(self) -> bool:
        return self._thread is threading.current_thread()

    def pause(self, seconds: float) -> bool:
        """Pause the thread; stop() ends the pause at once. Returns False if it was stopped."""
        return not self.stopping.wait(seconds)
