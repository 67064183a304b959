"""How a program is told to end: by SIGTERM from whoever runs it, by SIGINT from a keyboard."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TELLING_TO_END = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def told_to_end(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` at the first signal; a second one ends the program at once, as by default.

    A handler matters most in a container, whose first process has no default one, and would ignore
    SIGTERM. Raises ValueError outside the main thread.
    """

    def first(number: int, frame: object) -> None:
        for each in TELLING_TO_END:
            signal.signal(each, end_now)
        end()

    with handled(first, *TELLING_TO_END):
        yield


def end_now(number: int, frame: object) -> None:
    """End the program, with the status that a shell reports for one that a signal has ended."""
    raise SystemExit(128 + number)


@contextmanager
def handled(handler: Callable[[int, object], None], *numbers: int) -> Iterator[None]:
    """Let `handler` have these signals, and restore the earlier handlers in the end."""
    before = {each: signal.signal(each, handler) for each in numbers}
    try:
        yield
    finally:
        for each, ours in before.items():
            signal.signal(each, ours)
