"""How long to wait before the next attempt: pauses that grow, with jitter, up to a limit."""

import os
import random
import time
from collections.abc import Callable

SHORTEST = 0.05
"""Seconds of the first pause while the server is away."""

SLOWER_VARIABLE = "COURSE_SLOWER"
"""The environment's variable that says how many times slower `lab --present` shows what moves."""

SEEN = 0.05
"""From this many seconds on, a pace is meant for an audience; a shorter one only makes room for
others."""


def shown(pace: float) -> float:
    """Return a pace, in seconds, as this audience gets it."""
    slower = os.environ.get(SLOWER_VARIABLE, "")
    return pace * int(slower) if slower.isdecimal() and pace >= SEEN else pace


def grown(failures: int, first: float, longest: float) -> float:
    """Seconds to wait after `failures` failures: `first`, doubling up to `longest`, less a random
    part of up to half, so that a crowd of clients doesn't come back at the same moment."""
    pause = min(longest, first * 2.0 ** min(failures - 1, 60))
    return pause * random.uniform(0.5, 1.0)


class Patience:
    """How long to go on while the server is away, with growing pauses up to a second."""

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.reset()

    def reset(self) -> None:
        """Note a success: the next outage gets the full time again."""
        self._since: float | None = None
        self._pauses = 0

    def lost(self) -> bool:
        """Note a failure; True once failures have gone on for longer than `seconds`."""
        self._since = self._since or time.monotonic()
        return time.monotonic() - self._since >= self.seconds

    def pause_seconds(self) -> float:
        """Seconds until the next attempt."""
        self._pauses += 1
        return grown(self._pauses, SHORTEST, 1.0)

    def goes_on(self, pause: Callable[[float], bool]) -> bool:
        """Note a failure, and `pause` before the next attempt; False if there should be none,
        because failures have gone on for too long or the pause was ended."""
        return not self.lost() and pause(self.pause_seconds())


class Pauses:
    """Which entries wait for their next try, how often each has failed, and when its pause is over.

    Times are seconds on a clock that only goes forward; the caller passes in what it shows now.
    Pauses begin at `first` seconds and end at `longest`, unless `after` asks for one of its own.
    """

    def __init__(self, first: float, longest: float):
        self.first, self.longest = first, longest
        self._failures: dict[str, int] = {}
        self._due: dict[str, float] = {}

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._due

    def failures(self, entry_id: str) -> int:
        """How often an entry has failed."""
        return self._failures.get(entry_id, 0)

    def failed(self, entry_id: str, now: float, after: float | None = None) -> float:
        """Note a failure, and return the seconds until the next try."""
        failures = self._failures[entry_id] = self.failures(entry_id) + 1
        pause = grown(failures, self.first, self.longest) if after is None else after
        self._due[entry_id] = now + pause
        return pause

    def put_off(self, entry_id: str, now: float) -> None:
        """Make an untried entry wait: others must be tried first."""
        self._due.setdefault(entry_id, now)

    def forget(self, entry_id: str) -> None:
        """Forget an entry that is done, or somebody else's."""
        self._failures.pop(entry_id, None)
        self._due.pop(entry_id, None)

    def due(self, now: float) -> list[str]:
        """Entries whose pause is over, the longest overdue first."""
        over = [entry_id for entry_id, due in self._due.items() if due <= now]
        return sorted(over, key=self._due.__getitem__)

    def pausing(self, now: float) -> list[str]:
        """Entries whose pause isn't over yet."""
        return [entry_id for entry_id, due in self._due.items() if due > now]

    def seconds_left(self, now: float) -> float | None:
        """Seconds until the next pause is over; None if no entry waits."""
        return max(0.0, min(self._due.values()) - now) if self._due else None

    def all(self) -> list[str]:
        """All entries that wait, with or without a failure."""
        return list(self._due)
