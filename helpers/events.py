"""What happened to which entry when: noted by handlers and tests, drawn by
helpers.views.timeline."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

PRODUCED = "produced"
DELIVERED = "delivered"
CLAIMED = "claimed"
ACKED = "acked"
DEAD_LETTERED = "dead-lettered"
CRASHED = "crashed"
KINDS = (PRODUCED, DELIVERED, CLAIMED, ACKED, DEAD_LETTERED, CRASHED)
"""What an event can be; a crash is a consumer's and needs no entry."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `at` in seconds on any clock that only goes forward, `value` names
    the entry."""

    at: float
    what: str
    value: str = ""
    consumer: str = ""


class Log:
    """Collects events from any number of threads, in the order in which they happened."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._mutex = threading.Lock()

    def add(self, what: str, value: object = "", consumer: str = "") -> None:
        """Note that something happened now. Raises ValueError for an unknown `what`."""
        if what not in KINDS:
            raise ValueError(f"{what!r} isn't an event: use one of {', '.join(KINDS)}.")
        with self._mutex:  # The time is taken inside, so that the list stays in order
            self._events.append(Event(time.monotonic(), what, str(value), consumer))

    def __iter__(self) -> Iterator[Event]:
        with self._mutex:
            return iter(list(self._events))

    def __len__(self) -> int:
        return len(self._events)
