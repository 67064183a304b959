"""SIGTERM and SIGINT for a program of asyncio: they end all that run in its event loop."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from helpers.signals import told_to_end

ENDS: set[Callable[[], None]] = set()
"""What the first signal calls. Several consumers may run, and a signal has one handler only."""

installed = ExitStack()


@contextmanager
def told_together(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` in the event loop at the first signal, along with everybody else's; a second one
    ends the program at once, also while a handler holds up the loop."""
    if not ENDS:
        loop = asyncio.get_running_loop()
        installed.enter_context(
            told_to_end(lambda: [loop.call_soon_threadsafe(each) for each in ENDS])
        )
    ENDS.add(end)
    try:
        yield
    finally:
        ENDS.discard(end)
        if not ENDS:
            installed.close()
