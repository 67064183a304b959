"""From events to spans: which consumer held which entry, from when to when, and how that ended."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from helpers.events import ACKED, CLAIMED, CRASHED, DEAD_LETTERED, DELIVERED, PRODUCED, Event

STILL_PENDING = "still pending"
TAKEN = "taken over"
FINAL = (ACKED, DEAD_LETTERED)


@dataclass(frozen=True, slots=True)
class Holding:
    """A consumer held an entry from `start` to `end`, in seconds since the first event.

    `claimed`: it took it from another. `how` is ACKED, DEAD_LETTERED, CRASHED (the consumer, while
    it held the entry), TAKEN by another, or STILL_PENDING.
    """

    value: str
    consumer: str
    start: float
    end: float
    how: str
    claimed: bool = False

    @property
    def finished(self) -> bool:
        """Tell whether nobody has to do anything about the entry any longer."""
        return self.how in FINAL


@dataclass(frozen=True, slots=True)
class Story:
    """The story that a list of events tells; times are in seconds since the first one."""

    values: list[str]
    produced: dict[str, float]
    spans: list[Holding]
    crashes: list[tuple[float, str]]
    length: float

    def scaled(self, factor: float) -> "Story":
        """Return the same story in another unit: 1000 makes milliseconds of seconds."""
        return Story(
            self.values,
            {value: at * factor for value, at in self.produced.items()},
            [replace(s, start=s.start * factor, end=s.end * factor) for s in self.spans],
            [(at * factor, name) for at, name in self.crashes],
            self.length * factor,
        )

    @property
    def consumers(self) -> list[str]:
        """All consumers, sorted."""
        return sorted({s.consumer for s in self.spans} | {name for _, name in self.crashes})

    def ended(self, how: str) -> int:
        """Return how many entries have a span that ended so."""
        return len({s.value for s in self.spans if s.how == how})

    @property
    def pending(self) -> int:
        """How many entries were delivered and neither acked nor dead-lettered afterward."""
        last = {s.value: s for s in self.spans}
        return sum(not s.finished for s in last.values())


def story(events: Iterable[Event]) -> Story:
    """Put the events of each entry together; an entry's order is that of its first event."""
    ordered = sorted(events, key=lambda e: e.at)
    zero, length = (ordered[0].at, ordered[-1].at - ordered[0].at) if ordered else (0.0, 0.0)
    crashes = [(e.at - zero, e.consumer) for e in ordered if e.what == CRASHED]
    produced: dict[str, float] = {}
    histories: dict[str, list[Event]] = {}
    for e in ordered:
        if e.what == CRASHED and not e.value:
            continue
        histories.setdefault(e.value, [])
        if e.what == PRODUCED:
            produced.setdefault(e.value, e.at - zero)
        else:
            histories[e.value].append(e)
    spans = [
        s
        for value, history in histories.items()
        for s in _holdings(value, history, crashes, zero, length)
    ]
    return Story(list(histories), produced, spans, crashes, length)


def _holdings(
    value: str, history: list[Event], crashes: list[tuple[float, str]], zero: float, length: float
) -> list[Holding]:
    spans = []
    for i, e in enumerate(history):
        if e.what not in (DELIVERED, CLAIMED):
            continue
        start = e.at - zero
        later = next((n for n in history[i + 1 :] if n.what != CRASHED), None)
        how, end = STILL_PENDING, length
        if later:
            how = later.what if later.what in FINAL else TAKEN
            end = later.at - zero
        crash = next(
            (at for at, name in crashes if name == e.consumer and start <= at <= end), None
        )
        if crash is not None:
            how, end = CRASHED, crash
        spans.append(Holding(value, e.consumer, start, end, how, e.what == CLAIMED))
    return spans
