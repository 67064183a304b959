"""What stands below the stream in a drawing: consumers or groups, dead letters, and the legend.

Each part gets the height at which it begins, and returns its shapes and its own height.
"""

from helpers.snapshots import Snapshot
from helpers.snapshots.states import ACKED, DEAD_LETTERED, NOT_DELIVERED, PENDING
from helpers.streams.dead_letters import SUFFIX
from helpers.views import characters, layout, selection, svg, words
from helpers.views.layout import LEFT, RIGHT, SMALL

Drawn = tuple[list[str], float]

ALWAYS = (NOT_DELIVERED, PENDING, ACKED)
"""States that the legend explains even when no entry is in them, so that a first picture already
says what to expect."""


def consumers(shot: Snapshot, row: selection.StreamRow, y: float) -> Drawn:
    """Draw a row per consumer: what it has pending."""
    if not shot.chosen:
        return _groups(shot, y) if len(shot.groups) > 1 and not shot.problem else ([], 0)
    shown, rest = selection.consumer_rows(shot.chosen)
    shapes, top = [], y
    for consumer, pending in shown:
        shapes.append(
            svg.text(
                24,
                y + 20,
                characters.shorten(consumer.name or "(no owner)", 15),
                13,
                ink=svg.INK,
                weight=600,
                mono=True,
            )
        )
        said = words.deliveries(pending, consumer.pending)
        placed = layout.small(
            pending, RIGHT - max(230, layout.room(f"+ {consumer.pending} more · {said}"))
        )
        for p in placed:
            look = svg.box(p.x, y, p.width, SMALL, p.entry.state, 6) + svg.label(
                p.middle, y + 20, p.entry.value, svg.LOOKS[p.entry.state][2], 18, 14
            )
            shapes.append(svg.titled(look, p.entry))
        more = (
            f"+ {consumer.pending - len(placed)} more · "
            if placed and consumer.pending > len(placed)
            else ""
        )
        end = placed[-1].x + placed[-1].width + 12 if placed else LEFT
        shapes.append(svg.text(end, y + 20, more + said, 12.5))
        y += 40
    if rest or not shown:
        shapes.append(svg.text(LEFT, y + 18, rest or "no consumers", 12.5))
        y += 40
    return shapes, y - top


def _groups(shot: Snapshot, y: float) -> Drawn:
    """For several groups: the counts of each, and who has something pending."""
    shapes = []
    for i, group in enumerate(shot.groups):
        said = words.lag_and_pending(group)
        for holder in [c for c in group.consumers if c.pending][:3]:
            more = [*said, f"{characters.shorten(holder.name, 15)} has {holder.pending} pending"]
            said = more if layout.room(" · ".join(more)) <= RIGHT - LEFT else said
        shapes.append(
            svg.text(
                24,
                y + 26 * i + 16,
                characters.shorten(group.name, 15),
                13,
                ink=svg.INK,
                weight=600,
                mono=True,
            )
        )
        shapes.append(svg.text(LEFT, y + 26 * i + 16, " · ".join(said), 12.5))
    return shapes, 26 * len(shot.groups) + 6


def dead_letters(shot: Snapshot, row: selection.StreamRow, y: float) -> Drawn:
    """Draw what is in the dead-letter stream, if there is one."""
    if not shot.dead_letters:
        return [], 0
    shapes, end = [svg.text(24, y + 20, "dead letters", 12.5)], float(LEFT)
    said = f"{words.entries(shot.dead_letters)} in {characters.shorten(shot.stream, 24)}{SUFFIX}"
    for p in layout.small(list(shot.dead), RIGHT - max(300, layout.room(said))):
        shapes.append(
            svg.titled(
                svg.box(p.x, y, p.width, SMALL, DEAD_LETTERED, 6)
                + svg.label(p.middle, y + 20, p.entry.value, svg.LOOKS[DEAD_LETTERED][2], 18, 14),
                p.entry,
            )
        )
        end = p.x + p.width + 12
    return [*shapes, svg.text(end, y + 20, said, 12.5)], 40


def legend(shot: Snapshot, row: selection.StreamRow, y: float) -> Drawn:
    """Draw what the looks mean: three always, the others when they are there."""
    if not shot.groups or (shot.problem and not shot.chosen):
        return [], 0
    present = {s for e in (*row.shown, *shot.pending) for s in (e.state, *e.states)}
    shapes, x, top = [], float(LEFT), y
    for state in (s for s in words.LEGEND if s in ALWAYS or s in present):
        width = 40 + len(words.LEGEND[state]) * 5.9
        if x + width > RIGHT:
            x, y = LEFT, y + 24
        shapes += [
            svg.strip(x, y + 8, 24, 16, state),
            svg.text(x + 30, y + 20.5, words.LEGEND[state], 11.5),
        ]
        x += width + 14
    return shapes, y - top + 30
