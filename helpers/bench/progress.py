"""Show progress on standard error, and never drop a Ctrl-C."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType


def bar(heed: Callable[[], None], name: str, total: int | None = None):
    """Return a progress bar on standard error, with a call that names the step under way."""
    from tqdm import tqdm

    class Steps(tqdm):
        def __enter__(self):
            super().__enter__()
            return lambda step: (heed(), self.set_postfix_str(step, refresh=False), self.update())

    return Steps(total=total, desc=name, unit="run", file=sys.stderr)


@contextlib.contextmanager
def interrupts() -> Iterator[Callable[[], None]]:
    """Give a call that raises KeyboardInterrupt if one was dropped: Python drops it where it comes
    amid a garbage collection."""
    pressed = threading.Event()
    # And not ignored, as in the background of a shell
    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        raise KeyboardInterrupt

    def heed() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    if ours:
        signal.signal(signal.SIGINT, note)
    try:
        yield heed
    finally:
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
