"""Show progress on standard error, and never drop a Ctrl-C."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def bar(
    heed: Callable[[], None], name: str, total: int | None = None
) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on standard error, and give a call that names the step under way."""
    from tqdm import tqdm

    with tqdm(total=total, desc=name, unit="run", file=sys.stderr) as shown:

        def begin(step: str) -> None:
            heed()
            shown.set_postfix_str(step, refresh=False)
            shown.update()

        yield begin


@contextlib.contextmanager
def interrupts() -> Iterator[Callable[[], None]]:
    """Give a call that raises the KeyboardInterrupt that Python dropped amid a collection."""
    pressed = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    ours = before is signal.default_int_handler  # And not ignored, as in a shell's background

    def heed() -> None:
        if pressed.is_set():
            raise KeyboardInterrupt

    def note(number: int, frame: FrameType | None) -> None:
        pressed.set()
        heed()

    signal.signal(signal.SIGINT, note if ours else before)
    try:
        yield heed
    finally:
        signal.signal(signal.SIGINT, before)
