"""The pending entries list in lines of text: value, owner and deliveries, without the IDs and times
that differ in every run."""

from redis import Redis

from helpers.snapshots import Snapshot, snapshot
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
        rows = [("entry", "consumer", "deliveries")]
        rows += [
            (
                shorten(e.value, 40) if e.state != TRIMMED else "(trimmed)",
                shorten(e.owner, 24),
                str(e.deliveries),
            )
            for e in self.shot.pending
        ]
        widths = [max(cells(row[i]) for row in rows) for i in range(3)]
        lines = [
            "  ".join(
                text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)
            ).rstrip()
            for row in rows
        ]
        left = self.shot.chosen.pending - len(self.shot.pending)
        return "\n".join(lines + ([f"and {left} more"] if left else []))


def table(r: Redis, stream: str, group: str | None = None) -> Table:
    """List what is pending in `group` (or the only group), as XPENDING does, in the order of the
    entry IDs."""
    return Table(snapshot(r, stream, group))
