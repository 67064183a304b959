"""The drawing of a snapshot: the stream, what each consumer has pending, what the looks mean."""

from helpers.snapshots import Snapshot
from helpers.snapshots.states import PENDING, TRIMMED
from helpers.views import characters, layout, sections, selection, svg, words
from helpers.views.layout import CHIP, LEFT, WIDTH, Place
from helpers.views.svg import Paper

APART, MARKER, GROUP_ROW = 8, 30, 24
"""The distance between two lines of entries; the heights of the marker and of a group's row."""


def draw(shot: Snapshot) -> str:
    """Return a snapshot as one SVG element; the same state gives the same bytes."""
    row = row_of(shot)
    below = characters.shorten(shot.problem or words.counts(shot), 125)
    paper = Paper(66)
    paper.add(
        svg.text(24, 32, words.title(shot), 15, ink=svg.INK, weight=700, family=svg.MONO),
        svg.text(24, 51, below, 12.5),
    )
    if shot.length or not shot.problem:
        _stream(paper, shot, row)
        sections.consumers(paper, shot)
        sections.dead_letters(paper, shot)
        sections.legend(paper, shot, row)
        paper.down(2)
    return svg.document(WIDTH, paper.y + 4, words.sentence(shot, row.shown), paper.shapes)


def row_of(shot: Snapshot) -> selection.StreamRow:
    """Choose the entries that the drawing shows."""
    most, at_head, at_tail = (
        layout.PER_LINE * n for n in (layout.LINES, layout.HEAD_LINES, layout.TAIL_LINES)
    )
    return selection.stream_row(shot, layout.slots, most, at_head, at_tail)


def _stream(paper: Paper, shot: Snapshot, row: selection.StreamRow) -> None:
    paper.add(svg.text(24, paper.y + 28, "stream", 12.5))
    _lines(paper, shot, row, layout.lines(row.head), to_the_end=not row.gap)
    if row.gap:
        _gap(paper, row)
        _lines(paper, shot, row, layout.lines(row.tail), to_the_end=True)
    if not row.shown:
        y = paper.y
        paper.add(svg.text(LEFT, y + 28, "no entries", 12.5), svg.arrow(LEFT + 76, y + 24))
        # As high as with entries, so that a live picture doesn't jump
        paper.down(CHIP + (MARKER if shot.chosen else APART))
    paper.down(APART)


def _gap(paper: Paper, row: selection.StreamRow) -> None:
    """Say what is left out between the head and the tail."""
    y = paper.y
    paper.add(svg.text(LEFT, y + 14, f"⋯  {row.gap}  ⋯", 12.5, ink=svg.INK))
    paper.down(28)
    if row.in_gap:
        words_of_it = svg.text(LEFT + 17, y + 32, "last delivered: one of these", 11)
        paper.add(svg.pointer(LEFT + 6, y + 22), words_of_it)
        paper.down(16)


def _lines(paper, shot: Snapshot, row: selection.StreamRow, lines, *, to_the_end: bool) -> None:
    for line in lines:
        last = to_the_end and line is lines[-1]
        paper.add(*(_chip(place, paper.y) for place in line))
        if last:
            paper.add(svg.arrow(line[-1].x + line[-1].width + 6, paper.y + CHIP / 2))
        paper.down(CHIP)
        marker = _marker(shot, row, line, paper.y + 6)
        if marker:
            paper.add(*marker)
            paper.down(MARKER)
        elif not shot.chosen and shot.groups and not shot.problem:
            _groups(paper, shot, line)
        # Further boxes keep clear of the marker's words
        if not (marker and last):
            paper.down(APART)


def _groups(paper: Paper, shot: Snapshot, line: list[Place]) -> None:
    """For several groups: below each entry a row of marks, one for each group."""
    paper.down(6)
    for i, group in enumerate(shot.groups):
        paper.add(svg.name(paper.y + 14, group.name, 12))
        paper.add(*(svg.strip(p.x, paper.y, p.width, 18, p.entry.states[i]) for p in line))
        paper.down(GROUP_ROW)


def _chip(place: Place, y: float) -> str:
    entry, right = place.entry, place.x + place.width
    shapes = svg.box(place.x, y, place.width, CHIP, entry.state)
    shapes += svg.label(place.middle, y + 29, entry.value, svg.LOOKS[entry.state].ink, 18, 17)
    shapes += svg.mark(right - 9.5, y + CHIP - 9, entry.state)
    if entry.deliveries > 1 and entry.state in (PENDING, TRIMMED):
        times = f"{entry.deliveries}×"
        shapes += svg.text(right - 4, y + 12, times, 10.5, ink=svg.INK, anchor="end", weight=700)
    return svg.titled(shapes, entry)


def _marker(shot: Snapshot, row: selection.StreamRow, line: list[Place], y: float) -> list[str]:
    """Point at the last delivered entry, before the first one, or between two if it is gone."""
    if not shot.chosen:
        return []
    place = next((p for p in line if p.entry.id == row.last), None)
    if not row.last and line[0].entry is row.shown[0]:
        x = LEFT - 4
    elif place is None or row.in_gap:
        return []
    elif row.last == shot.chosen.last_delivered:
        x = place.middle
    else:
        x = place.x + place.width + 4
    return [svg.pointer(x, y), *svg.beside(x, y + 21, words.marked(shot, row.last))]
