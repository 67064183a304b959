"""Two looks at each of several streams, side by side in one table of text."""

from collections.abc import Mapping

from helpers.markdown import columns
from helpers.snapshots import Snapshot

GREATER, SMALLER, NONE = "↑", "↓", "-"
"""How a figure of the second look compares with the first; NONE if there is nothing to say."""

COLUMN_HEADS = (
    "",
    "added",
    "length",
    "last delivered",
    "entries-read",
    "lag",
    "pending",
    "oldest pending",
    "deliveries",
    ":dead",
)


class Sheet:
    """A line for each pair of looks: a figure that stayed the same, or an arrow for one that
    didn't."""

    def __init__(self, looks: Mapping[str, tuple[Snapshot, Snapshot]]):
        self.looks = looks

    def __repr__(self) -> str:
        rows = [COLUMN_HEADS, *(_row(name, *pair) for name, pair in self.looks.items())]
        return "\n".join(columns(rows))


def _row(name: str, first: Snapshot, second: Snapshot) -> tuple[str, ...]:
    if not second.exists:
        return (name, "no such key", *[NONE] * (len(COLUMN_HEADS) - 2))
    counts = (
        _change(first.entries_added, second.entries_added),
        _change(first.length, second.length),
    )
    letters = _change(first.dead_letters, second.dead_letters)
    if not second.chosen:
        return (name, *counts, "no group", *[NONE] * 5, letters)
    one, two = first.chosen, second.chosen
    return (
        name,
        *counts,
        "stands still" if one.last_delivered == two.last_delivered else "moves",
        _change(one.entries_read, two.entries_read),
        _change(one.lag, two.lag),
        _change(one.pending, two.pending),
        _oldest(first, second),
        _change(_deliveries(first), _deliveries(second)) if second.pending else NONE,
        letters,
    )


def _change(before: int | None, after: int | None) -> str:
    """Return a figure, or an arrow for the way that it changed."""
    if before == after or before is None or after is None:
        return str(after)
    return GREATER if after > before else SMALLER


def _oldest(first: Snapshot, second: Snapshot) -> str:
    """Say what became of the oldest pending entry between the looks."""
    if not second.pending:
        return NONE
    after = second.pending[0]
    before = next((entry for entry in first.pending if entry.id == after.id), None)
    if before is None:
        return "another one"
    return "the same" if before.deliveries == after.deliveries else "the same, again"


def _deliveries(shot: Snapshot) -> int:
    return max((entry.deliveries for entry in shot.pending), default=0)


def sheet(looks: Mapping[str, tuple[Snapshot, Snapshot]]) -> Sheet:
    """List pairs of looks, each under its name, with the server's own terms as column heads.

    Neither IDs nor times are shown, so the same incident gives the same line in every run.
    """
    return Sheet(looks)
