"""The drawing of a snapshot: the stream in one row, under it what each consumer has pending, then
what the looks mean."""

from helpers.snapshots import Snapshot
from helpers.snapshots.states import PENDING, TRIMMED
from helpers.views import characters, layout, sections, selection, svg, words
from helpers.views.layout import CHIP, LEFT, WIDTH, Place


def draw(shot: Snapshot) -> str:
    """Return a snapshot as one SVG element; the same state gives the same bytes."""
    row = row_of(shot)
    shapes = [
        svg.text(24, 32, words.title(shot), 15, ink=svg.INK, weight=700, mono=True),
        svg.text(
            24,
            51,
            characters.shorten(shot.problem, 125) if shot.problem else words.counts(shot),
            12.5,
        ),
    ]
    y = 66.0
    parts = (
        [_stream, sections.consumers, sections.dead_letters, sections.legend]
        if shot.length or not shot.problem
        else []
    )
    for part in parts:
        drawn, height = part(shot, row, y)
        shapes += drawn
        y += height
    return svg.document(WIDTH, y + (6 if parts else 4), words.sentence(shot, row.shown), shapes)


def row_of(shot: Snapshot) -> selection.StreamRow:
    """Choose the entries that the drawing shows."""
    most, at_head, at_tail = (
        layout.PER_LINE * n for n in (layout.LINES, layout.HEAD_LINES, layout.TAIL_LINES)
    )
    return selection.stream_row(shot, layout.slots, most, at_head, at_tail)


def _stream(shot: Snapshot, row: selection.StreamRow, y: float) -> tuple[list[str], float]:
    top, shapes = y, [svg.text(24, y + 28, "stream", 12.5)]
    for place_line in (lines := layout.lines(row.head)):
        drawn, height = _line(
            shot, row, place_line, y, last=place_line is lines[-1] and not row.gap
        )
        shapes, y = shapes + drawn, y + height
    if row.gap:
        shapes.append(svg.text(LEFT, y + 14, f"⋯  {row.gap}  ⋯", 12.5, ink=svg.INK))
        if row.in_gap:
            shapes += [
                svg.pointer(LEFT + 6, y + 22),
                svg.text(LEFT + 17, y + 32, "last delivered: one of these", 11),
            ]
        y += 44 if row.in_gap else 28
        for place_line in (lines := layout.lines(row.tail)):
            drawn, height = _line(shot, row, place_line, y, last=place_line is lines[-1])
            shapes, y = shapes + drawn, y + height
    if not row.shown:
        shapes += [svg.text(LEFT, y + 28, "no entries", 12.5), svg.arrow(LEFT + 76, y + 24)]
        # As high as with entries, so that a live picture doesn't jump
        y += CHIP + (30 if shot.chosen else 8)
    return shapes, y - top + 8


def _line(
    shot: Snapshot, row: selection.StreamRow, line: list[Place], y: float, last: bool
) -> tuple[list[str], float]:
    shapes = [_chip(place, y) for place in line]
    if last:
        shapes.append(svg.arrow(line[-1].x + line[-1].width + 6, y + CHIP / 2))
    y += CHIP + 6
    if shot.chosen:
        marker = _marker(shot, row, line, y)
        below = 30 if last else 38  # Further boxes keep clear of the marker's words
        return shapes + marker, CHIP + (below if marker else 8)
    for i, group in enumerate(shot.groups if not shot.problem else ()):
        shapes.append(
            svg.text(
                24,
                y + 14,
                characters.shorten(group.name, 15),
                12,
                ink=svg.INK,
                weight=600,
                mono=True,
            )
        )
        shapes += [svg.strip(p.x, y, p.width, 18, p.entry.states[i]) for p in line]
        y += 24
    return shapes, CHIP + 8 + (24 * len(shot.groups) + 6 if shot.groups and not shot.problem else 0)


def _chip(place: Place, y: float) -> str:
    entry, x, width = place.entry, place.x, place.width
    ink = svg.LOOKS[entry.state][2]
    shapes = svg.box(x, y, width, CHIP, entry.state) + svg.label(
        place.middle, y + 29, entry.value, ink, 18, 17
    )
    shapes += svg.mark(x + width - 9.5, y + CHIP - 9, entry.state)
    if entry.deliveries > 1 and entry.state in (PENDING, TRIMMED):
        shapes += svg.text(
            x + width - 4,
            y + 12,
            f"{entry.deliveries}×",
            10.5,
            ink=svg.INK,
            anchor="end",
            weight=700,
        )
    return svg.titled(shapes, entry)


def _marker(shot: Snapshot, row: selection.StreamRow, line: list[Place], y: float) -> list[str]:
    """Point at the last delivered entry; before the first one if there is none, between two if it
    is no longer there."""
    if not row.last:
        first = line[0].entry is row.shown[0]
        return (
            [svg.pointer(LEFT - 4, y), *svg.beside(LEFT - 4, y + 21, words.marked(shot, row.last))]
            if first
            else []
        )
    place = next((p for p in line if p.entry.id == row.last), None)
    if place is None or row.in_gap:
        return []
    x = place.middle if row.last == shot.chosen.last_delivered else place.x + place.width + 4
    return [svg.pointer(x, y), *svg.beside(x, y + 21, words.marked(shot, row.last))]
