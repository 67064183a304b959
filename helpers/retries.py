"""What a failed entry means, decided without any I/O: an outage, or poison, and when to try again.

Both Consumers, with a thread and in asyncio, ask here after each failure.
"""

import secrets

from helpers.arguments import check_errors, check_seconds
from helpers.breaker import Breaker, Try
from helpers.pauses import Pauses

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds between an entry's first failure and its second try, and the most between two tries."""


class Retry(Exception):
    """What a handler raises if it isn't the entry's fault: the entry is tried again, in `after`
    seconds or after a growing pause, and this try doesn't count."""

    def __init__(self, text: str = "", after: float | None = None):
        if after is not None:
            check_seconds(after=after)
        super().__init__(text or "not now")
        self.after = after


class Retries:
    """Decides when an entry is tried again, and which of its tries count.

    An entry's pause ends before half of `min_idle_ms`, so that its own consumer tries it again, and
    no other claims it meanwhile. `transient` holds the types of errors that never count.
    """

    def __init__(self, transient: tuple[type[Exception], ...] = (), min_idle_ms: int | None = None):
        check_errors(transient=transient)
        longest = min(LONGEST_PAUSE, min_idle_ms / 2000) if min_idle_ms else LONGEST_PAUSE
        first = min(FIRST_PAUSE, longest / 4)
        self.transient = (Retry, *transient)
        self.pauses, self.breaker = Pauses(first, longest), Breaker(first, longest)
        self.put_off = 0  # Failures that never count
        self._life = secrets.token_hex(4)

    def attempt(self, entry_id: str) -> Try:
        """Name an entry's next try; the name stays the same until that try has failed."""
        return Try(entry_id, f"{self._life}:{self.pauses.failures(entry_id)}")

    def passes(self, error: Exception) -> bool:
        """Tell whether the handler declares an error to be nothing but bad luck."""
        return isinstance(error, self.transient)

    def failed(self, entry_id: str, error: Exception, now: float) -> list[Try]:
        """Note a failure, and return what the server must remember now: attempts, and what each
        counts."""
        attempt = self.attempt(entry_id)
        if self.passes(error):
            attempt = attempt._replace(counts=0)
            self.put_off += 1
        first = not self.pauses.failures(entry_id)
        self.pauses.failed(entry_id, now, getattr(error, "after", None))
        return self.breaker.failed(attempt, first=first)

    def succeeded(self, entry_id: str) -> None:
        """Note that an entry got through."""
        self.breaker.succeeded()
        self.pauses.forget(entry_id)
