"""Which entries a picture shows, and what it leaves out: the same for the drawing and the text."""

from collections.abc import Callable
from dataclasses import dataclass

from helpers.entries import id_key
from helpers.plurals import count
from helpers.snapshots import ConsumerState, EntryState, GroupState, Snapshot
from helpers.snapshots.states import PENDING, TRIMMED

MOST_CONSUMERS = 8
"""Rows of consumers; a class has hundreds of them, and a picture of hundreds shows nothing."""


@dataclass(frozen=True, slots=True)
class StreamRow:
    """The first entries, and if some are left out, the sentence about them and the last ones.

    `last` is the ID of the last entry shown that the group has passed, or ""; `in_gap` tells
    whether the last one that it passed is among those left out.
    """

    head: list[EntryState]
    gap: str
    tail: list[EntryState]
    last: str = ""
    in_gap: bool = False

    @property
    def shown(self) -> list[EntryState]:
        """All entries shown."""
        return self.head + self.tail


def stream_row(
    shot: Snapshot, size: Callable[[EntryState], int], most: int, at_head: int, at_tail: int
) -> StreamRow:
    """Choose what to show: all if it takes at most `most` units of `size`, else head and tail.

    Entries that are trimmed and still pending stand where they were.
    """
    gone = [e for e in shot.pending if e.state == TRIMMED]
    every = sorted([*shot.entries, *gone], key=lambda e: id_key(e.id))
    last = id_key(shot.chosen.last_delivered) if shot.chosen else (0, 0)
    if not shot.gap and sum(map(size, every)) <= most:
        return StreamRow(every, "", [], _passed(every, last))
    head, tail = _take(every, size, at_head), _take(every[::-1], size, at_tail)[::-1]
    passed = _passed(head + tail, last)
    return StreamRow(
        head, _gap(shot, head + tail), tail, passed, passed == head[-1].id and id_key(passed) < last
    )


def _passed(entries: list[EntryState], last: tuple[int, int]) -> str:
    return next((e.id for e in reversed(entries) if id_key(e.id) <= last), "")


def _take(
    every: list[EntryState], size: Callable[[EntryState], int], units: int
) -> list[EntryState]:
    taken: list[EntryState] = []
    for entry in every:
        units -= size(entry)
        if units < 0:
            break
        taken.append(entry)
    return taken


def _gap(shot: Snapshot, shown: list[EntryState]) -> str:
    """Say how many entries are left out, and how many of them are pending if all was read."""
    ids = {e.id for e in shown}
    said = f"{count(shot.length - sum(e.state != TRIMMED for e in shown), 'entry')} not shown"
    if shot.chosen and len(shot.pending) == shot.chosen.pending:
        pending = sum(e.state == PENDING and e.id not in ids for e in shot.pending)
        said += f", {pending} of them pending"
    return said


def consumer_rows(group: GroupState) -> tuple[list[tuple[ConsumerState, list[EntryState]]], str]:
    """Return the consumers to show with what each has pending, and a sentence about the others.

    Those with something pending come first if there are too many. XNACK leaves no owner.
    """
    consumers = list(group.consumers)
    strays = {e.owner for e in group.entries} - {c.name for c in consumers}
    consumers += [
        ConsumerState(name, sum(e.owner == name for e in group.entries)) for name in sorted(strays)
    ]
    kept = sorted(consumers, key=lambda c: c.pending == 0)[:MOST_CONSUMERS]
    rows = [(c, [e for e in group.entries if e.owner == c.name]) for c in consumers if c in kept]
    left = [c for c in consumers if c not in kept]
    if not left:
        return rows, ""
    return rows, f"and {count(len(left), 'more consumer')}: {sum(c.pending for c in left)} pending"
