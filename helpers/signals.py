"""How a program is told to end: by SIGTERM from whoever runs it, by SIGINT from a keyboard."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

TELLING_TO_END = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def told_to_end(end: Callable[[], None]) -> Iterator[None]:
    """Call `end` at the first signal; a second one ends the program at once, as by default.

    A handler of its own matters most in a container: the first process of one has no default, and
    SIGTERM would be ignored. Raises ValueError outside the main thread.
    """

    def first(number: int, frame: object) -> None:
        for each in TELLING_TO_END:
            signal.signal(each, second)
        end()

    def second(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    before = {each: signal.signal(each, first) for each in TELLING_TO_END}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
