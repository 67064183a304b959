"""The pending entries list in lines of text: value, owner and deliveries, without the IDs and times
that differ in every run."""

from redis import Redis

from helpers.snapshots import EntryState, Snapshot, snapshot
from helpers.snapshots.states import TRIMMED
from helpers.views.characters import cells, shorten


class Table:
    """Lines of text that a notebook and a terminal show alike."""

    def __init__(self, shot: Snapshot):
        self.shot = shot

    def __repr__(self) -> str:
        if not self.shot.chosen:
            return self.shot.problem or "Say which group: table(r, stream, group)."
        if not self.shot.pending:
            return "nothing pending"
        rows = [("entry", "consumer", "deliveries"), *map(_row, self.shot.pending)]
        widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
        lines = [_line(row, widths) for row in rows]
        if left := self.shot.chosen.pending - len(self.shot.pending):
            lines.append(f"and {left} more")
        return "\n".join(lines)


def _row(entry: EntryState) -> tuple[str, str, str]:
    value = "(trimmed)" if entry.state == TRIMMED else shorten(entry.value, 40)
    return value, shorten(entry.owner, 24), str(entry.deliveries)


def _line(row: tuple[str, str, str], widths: list[int]) -> str:
    padded = [text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)]
    return "  ".join(padded).rstrip()


def table(r: Redis, stream: str, group: str | None = None) -> Table:
    """List what is pending in `group` (or the only group), as XPENDING does, in the order of the
    entry IDs."""
    return Table(snapshot(r, stream, group))
