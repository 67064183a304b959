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
    """Show a progress bar on standard error; yield a function that names the current step."""
    from tqdm import tqdm

    with tqdm(total=total, desc=name, unit="run", file=sys.stderr) as shown:

        def begin(step: str) -> None:
            heed()
            shown.set_postfix_str(step, refresh=False)
            shown.update()

        yield begin


@contextlib.contextmanager
def interrupts() -> Iterator[Callable[[], None]]:
    """Yield a function that raises any KeyboardInterrupt that Python dropped during a
    collection."""
    pressed = threading.Event()
    before = signal.getsignal(signal.SIGINT)
    ours = before is signal.default_int_handler  # Unless it's ignored, as in a shell's background

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
