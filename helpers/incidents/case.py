"""A stream at work: a producer, consumers, and time that passes only when somebody looks, so that
each run is the same."""

import random
import time
from itertools import count

from redis import Redis, ResponseError

from helpers.connection import evidence
from helpers.entries import Entry
from helpers.snapshots import Snapshot, snapshot
from helpers.streams import dead_letter, pending, read_group
from helpers.waiting import wait_until

LONGEST_HANDLER_MS = 60
"""Longest time that any consumer here takes for a batch: what an operator knows of a program."""

APART_MS = 2.4 * LONGEST_HANDLER_MS
"""Milliseconds between two looks; twice the longest handler, and some more."""

MOMENTS = 6
"""Moments that pass between two looks."""

TRIES = 50
"""Looks before one is taken as it is."""

ALL_ENTRIES = 500
"""Entries that a look reads; no case gets that long."""

MALFORMED = "n/a"
"""The value with which no handler can do anything."""


class Case:
    """One stream with one group, and what its programs have done: `sent` and `handled` hold values.

    `found` is for a learner's diagnosis. A moment passes at each look, and between the two looks of
    `looks`. `start_producer`, `start_consumer` and `deploy_fix` are the operator's controls for the
    programs; everything else is done on the server, with `r`.
    """

    def __init__(self, r: Redis, stream: str, seed: int = 0):
        self.r, self.stream, self.group = r, stream, "consumerGroup"
        self.chance = random.Random(f"{seed} {stream.rpartition(':')[2]}")
        self.rate = self.chance.randint(1, 2)
        self.sent: list[str] = []
        self.handled: list[str] = []
        self.found: str | None = None
        self.producing = True
        self.maxlen: int | None = None
        self.buggy = False
        self.consumers: dict[str, Member] = {}
        self._numbers = count(100)

    def produce(self, entries: int, value: str | None = None) -> None:
        """Add entries, with the next numbers as values unless `value` is given."""
        for _ in range(entries):
            self.sent.append(value or str(next(self._numbers)))
            self.r.xadd(
                self.stream, {"value": self.sent[-1]}, maxlen=self.maxlen, approximate=False
            )

    def start_producer(self) -> None:
        """Start the producer again."""
        self.producing = True

    def start_consumer(self, name: str, *, slow: bool = False) -> None:
        """Start a consumer: first it reads its own pending entries, then new ones.

        Raises ValueError if one of this name is running: the two would share its pending entries.
        """
        if name in self.consumers:
            raise ValueError(
                f"A consumer {name!r} is running already: start another one under its own name."
            )
        self.consumers[name] = Member(self, name, slow)

    def deploy_fix(self) -> None:
        """Deploy consumers whose handler no longer fails for entries that are all right."""
        self.buggy = False

    def moment(self) -> None:
        """Let every program do a little."""
        with evidence.unseen():
            if self.producing:
                self.produce(self.rate)
            for member in self.consumers.values():
                member.moment()

    def look(self) -> Snapshot:
        """Let a moment pass, then read XINFO and XPENDING.

        A busy machine may stop us between the two, and an entry that was just read would look old:
        look again then.
        """
        for _ in range(TRIES):
            began = time.monotonic()
            self.moment()
            shot = snapshot(self.r, self.stream, self.group, limit=ALL_ENTRIES)
            if time.monotonic() - began < LONGEST_HANDLER_MS / 1000:
                break
        return shot

    def looks(self) -> tuple[Snapshot, Snapshot]:
        """Look twice, some moments apart."""
        [pair] = two_looks([self])
        return pair


class Member:
    """One consumer. A slow one handles an entry a moment; a fast one all there is."""

    def __init__(self, case: Case, name: str, slow: bool):
        self.case, self.name, self.slow = case, name, slow
        self.hand: list[Entry] = []

    def moment(self) -> None:
        """Read, handle, acknowledge."""
        if not self.slow:
            self.hand = self._read("0") + self._read(">")
        for entry in self.hand:
            self._finish(entry)
        if self.slow:
            self.hand = self._read(">", 1)

    def _read(self, after: str, entries: int = ALL_ENTRIES) -> list[Entry]:
        case = self.case
        try:
            return read_group(case.r, case.stream, case.group, self.name, after, count=entries)
        except ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            return []  # As a program does that waits for somebody to create the group

    def _finish(self, entry: Entry) -> None:
        case, value = self.case, entry.fields.get("value", MALFORMED)
        if value == MALFORMED:
            return  # The handler raises, and the entry stays pending
        if case.buggy and int(value) % 3 == 0:
            [line] = pending(case.r, case.stream, case.group, consumer=self.name, count=1)
            dead_letter(case.r, case.stream, case.group, line, "the handler failed")
            return
        case.handled.append(value)
        case.r.xack(case.stream, case.group, entry.id)


def two_looks(cases: list[Case]) -> list[tuple[Snapshot, Snapshot]]:
    """Look at several cases twice, so that they share the wait in between."""
    first = [case.look() for case in cases]
    due = time.monotonic() + APART_MS / 1000
    for _ in range(MOMENTS):
        for case in cases:
            case.moment()
    wait_until(lambda: time.monotonic() >= due, 60, "the time between two looks")
    return list(zip(first, [case.look() for case in cases], strict=True))
