"""A circuit breaker for entries: when several of them fail in a row, it isn't their fault.

Libraries such as pybreaker count calls, so one bad entry that is tried again opens them, and they
can't tell which failures to take back.
"""

from typing import NamedTuple

from helpers.pauses import grown

OPENS_AFTER = 5
"""How many different entries fail in a row before that counts as an outage. Even if one entry in a
thousand is poison, the chance of five in a row is one in 10 to the 15th."""


class Try(NamedTuple):
    """One try of an entry, with a unique name; it counts 1, or less if earlier ones are taken back
    with it."""

    entry_id: str
    name: str
    counts: int = 1


class Breaker:
    """Closed while entries get through; opened when OPENS_AFTER different entries in a row have
    failed.

    While it is open, one entry is tried at a time, with a growing pause before each, and no failure
    counts. The first entry that gets through closes it.
    """

    def __init__(self, first: float, longest: float):
        self.first, self.longest = first, longest
        self.succeeded()

    def succeeded(self) -> None:
        """Note that an entry got through."""
        self.is_open = False
        self.probes = 0
        self._row: dict[str, tuple[Try, int]] = {}  # The latest, and what all of them counted
        self._different: set[str] = set()

    @property
    def suspects(self) -> bool:
        """Whether entries have failed since the last one got through."""
        return self.is_open or bool(self._row)

    def failed(self, attempt: Try, *, first: bool) -> list[Try]:
        """Note a failure, the entry's `first` or a later one; return what each attempt counts now.

        Only first failures can open the breaker: poison entries that are tried again and again at
        night look like an outage, too.
        """
        if self.is_open:
            self.probes += 1
            return [attempt._replace(counts=0)]
        counted = self._row.get(attempt.entry_id, (attempt, 0))[1] + attempt.counts
        self._row[attempt.entry_id] = attempt, counted
        if first:
            self._different.add(attempt.entry_id)
        if len(self._different) < OPENS_AFTER:
            return [attempt]
        self.is_open, self.probes = True, 1
        return [each._replace(counts=each.counts - total) for each, total in self._row.values()]

    def pause_seconds(self) -> float:
        """Seconds to wait before the next entry; 0 while it is closed."""
        return grown(self.probes, self.first, self.longest) if self.is_open else 0.0
