"""Where things stand in the drawing, calculated in columns, never measured in a font."""

from dataclasses import dataclass

from helpers.snapshots import EntryState
from helpers.views import characters

WIDTH, LEFT, RIGHT = 900, 150, 876
"""The drawing's width, the left edge of the part next to the labels, and the right edge."""

SLOT, CHIP, SMALL = 54, 46, 30
"""From one entry to the next, the side of an entry's box, and of a consumer's."""

COLUMN = 6.5
"""Width of a text's column: 6.4 in DejaVu Sans, the widest that Chromium took (measured)."""

PER_LINE, LINES, HEAD_LINES, TAIL_LINES = 13, 4, 2, 1
"""Entries on a line; lines of a stream in full, and of the head and tail of a longer one."""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry, the left edge of its box, and the width."""

    entry: EntryState
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where a marker points."""
        return self.x + self.width / 2


def slots(entry: EntryState) -> int:
    """Return how many places on a line an entry takes: a longer value gets a wider box, up to
    three."""
    columns = characters.cells(characters.shorten(entry.value, 18))
    return 1 + (columns > 5) + (columns > 11)


def lines(entries: list[EntryState]) -> list[list[Place]]:
    """Put entries on lines."""
    placed: list[list[Place]] = []
    used = PER_LINE
    for entry in entries:
        size = slots(entry)
        if used + size > PER_LINE:
            placed, used = [*placed, []], 0
        placed[-1].append(Place(entry, LEFT + used * SLOT, size * SLOT - (SLOT - CHIP)))
        used += size
    return placed


def room(said: str) -> float:
    """Return how much a text takes at the end of a line, with the distance before it."""
    return 12 + COLUMN * characters.cells(said)


def small(entries: list[EntryState], end: float) -> list[Place]:
    """Put a consumer's pending entries on one line that stops before `end`."""
    placed: list[Place] = []
    x: float = LEFT
    for entry in entries:
        columns = characters.cells(characters.shorten(entry.value, 18))
        width = max(SMALL, 14 + columns * 7.6)
        if x + width > end:
            break
        placed.append(Place(entry, x, width))
        x += width + 6
    return placed


def after(placed: list[Place]) -> float:
    """Return where a text begins that follows these boxes."""
    return placed[-1].x + placed[-1].width + 12 if placed else LEFT
