"""The picture of a cluster: its nodes, the slots that each serves, and the streams stored there."""

from dataclasses import dataclass

from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot

from helpers.servers.cluster import Node, OwnCluster, View
from helpers.snapshots.states import ACKED, PENDING
from helpers.views.characters import shorten
from helpers.views.svg import INK, LINE, LOOKS, MONO, SOFT, document, text

TOP, STEP, WIDTH = 34, 34, 760
"""Where the first node's row begins, how far the next one is, and how wide the picture is."""

BAR_BEGINS, SPAN, HEIGHT = 190, 230, 16
"""Where the bar of all slots begins, how long and how high it is."""

LISTED = 44
"""Characters of the streams next to a bar."""


@dataclass(frozen=True)
class Row:
    """A node at one moment: what it is, its slots, and each stream that it has, with its length."""

    name: str
    role: str
    spans: list[tuple[int, int]]
    streams: dict[str, int]

    @property
    def listed(self) -> str:
        """The streams and their lengths."""
        return ", ".join(f"{name} ({length})" for name, length in self.streams.items())

    @property
    def slots(self) -> str:
        """The slots, as "0–5460"."""
        return " ".join(f"{a}–{b}" if a < b else f"{a}" for a, b in self.spans)


@dataclass(frozen=True)
class NodesPicture:
    """Rows that a notebook shows as a drawing and a terminal as text."""

    rows: list[Row]

    def __repr__(self) -> str:
        lines = [f"{row.name}  {row.role:<15}{row.slots}  {row.listed}" for row in self.rows]
        return "\n".join(line.rstrip() for line in lines)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}

    @property
    def svg(self) -> str:
        """The drawing, as one SVG element."""
        shapes = [
            text(BAR_BEGINS, 24, "slot 0", 11),
            text(BAR_BEGINS + SPAN, 24, "16383", 11, anchor="end"),
        ]
        for number, row in enumerate(self.rows):
            shapes += _drawn(row, TOP + STEP * number)
        height = TOP + STEP * len(self.rows) + 8
        return document(WIDTH, height, repr(self).replace("\n", "; "), shapes)


def nodes_picture(cluster: OwnCluster, prefix: str) -> NodesPicture:
    """Draw each node of a cluster as it is now, with the streams whose names begin with
    `prefix`."""
    return NodesPicture([_row(cluster, node, node.look(), prefix) for node in cluster.nodes])


def _row(cluster: OwnCluster, node: Node, view: View | None, prefix: str) -> Row:
    if view is None:
        return Row(node.name, "no answer", [], {})
    if view.follows:
        return Row(node.name, f"copy of {cluster.at(view.follows)}", [], {})
    names = sorted(node.r.scan_iter(match=f"{prefix}*", count=1000, _type="stream"))
    return Row(node.name, "master", view.spans, {name: node.r.xlen(name) for name in names})


def _drawn(row: Row, y: float) -> list[str]:
    """Draw one node: what it is, its slots on the bar of all slots, and a dot for each stream."""
    away = row.role == "no answer"
    shapes = [
        text(24, y + 13, row.name, 13, ink=SOFT if away else INK, weight=600, family=MONO),
        text(84, y + 13, row.role, 12),
        _bar(BAR_BEGINS, y, SPAN, "#ffffff" if row.spans else "none"),
    ]
    for first, last in row.spans:
        shapes.append(_bar(_x(first), y, _x(last + 1) - _x(first), LOOKS[ACKED].fill))
    for name in row.streams:
        x, look = _x(key_slot(name.encode())), LOOKS[PENDING]
        shapes.append(
            f'<circle cx="{x:.1f}" cy="{y + HEIGHT / 2:g}" r="5" fill="{look.fill}" '
            f'stroke="{look.border}" stroke-width="1.5"/>'
        )
    if row.listed:
        listed = shorten(row.listed, LISTED)
        shapes.append(text(BAR_BEGINS + SPAN + 16, y + 13, listed, 12, ink=INK, family=MONO))
    return shapes


def _bar(x: float, y: float, width: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:g}" width="{max(width, 1):.1f}" height="{HEIGHT}" rx="2" '
        f'fill="{fill}" stroke="{LINE}"/>'
    )


def _x(slot: int) -> float:
    return BAR_BEGINS + SPAN * slot / REDIS_CLUSTER_HASH_SLOTS
