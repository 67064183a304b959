"""What a drawing shows below the stream: consumers or groups, dead letters, and the legend."""

from helpers.plurals import count
from helpers.snapshots import ConsumerState, EntryState, GroupState, Snapshot
from helpers.snapshots.states import ACKED, NOT_DELIVERED, PENDING
from helpers.streams.dead_letters import SUFFIX
from helpers.views import characters, layout, selection, svg, words
from helpers.views.layout import LEFT, RIGHT, SMALL, Place
from helpers.views.svg import Paper

ALWAYS = (NOT_DELIVERED, PENDING, ACKED)
"""States that the legend explains even when no entry is in them, to say what to expect."""


def consumers(paper: Paper, shot: Snapshot) -> None:
    """Draw a row per consumer: what it has pending; of several groups, a row for each."""
    if shot.chosen:
        _consumers(paper, shot.chosen)
    elif len(shot.groups) > 1 and not shot.problem:
        for group in shot.groups:
            _group(paper, group)
        paper.down(6)


def _consumers(paper: Paper, group: GroupState) -> None:
    shown, rest = selection.consumer_rows(group)
    for consumer, pending in shown:
        paper.add(svg.name(paper.y + 20, consumer.name or "(no owner)", 13))
        paper.add(*_holdings(consumer, pending, paper.y))
        paper.down(40)
    if rest or not shown:
        paper.add(svg.text(LEFT, paper.y + 18, rest or "no consumers", 12.5))
        paper.down(40)


def _holdings(consumer: ConsumerState, pending: list[EntryState], y: float) -> list[str]:
    """Draw what a consumer has pending, as much as there is room for, and say how much it is."""
    said = words.deliveries(pending, consumer.pending)
    room = layout.room(f"+ {consumer.pending} more · {said}")
    placed = layout.small(pending, RIGHT - max(230, room))
    left = consumer.pending - len(placed)
    if placed and left > 0:
        said = f"+ {left} more · {said}"
    chips = [_chip(place, y) for place in placed]
    return [*chips, svg.text(layout.after(placed), y + 20, said, 12.5)]


def _chip(place: Place, y: float) -> str:
    state = place.entry.state
    box = svg.box(place.x, y, place.width, SMALL, state, 6)
    label = svg.label(place.middle, y + 20, place.entry.value, svg.LOOKS[state].ink, 18, 14)
    return svg.titled(box + label, place.entry)


def _group(paper: Paper, group: GroupState) -> None:
    """Say the counts of one of several groups, and who has something pending."""
    said = words.lag_and_pending(group)
    for holder in [c for c in group.consumers if c.pending][:3]:
        more = [*said, f"{characters.shorten(holder.name, 15)} has {holder.pending} pending"]
        if layout.room(" · ".join(more)) <= RIGHT - LEFT:
            said = more
    paper.add(svg.name(paper.y + 16, group.name, 13))
    paper.add(svg.text(LEFT, paper.y + 16, " · ".join(said), 12.5))
    paper.down(26)


def dead_letters(paper: Paper, shot: Snapshot) -> None:
    """Draw what is in the dead-letter stream, if there is one."""
    if not shot.dead_letters:
        return
    name = characters.shorten(shot.stream, 24)
    said = f"{count(shot.dead_letters, 'entry')} in {name}{SUFFIX}"
    placed = layout.small(list(shot.dead), RIGHT - max(300, layout.room(said)))
    paper.add(svg.text(24, paper.y + 20, "dead letters", 12.5))
    paper.add(*(_chip(place, paper.y) for place in placed))
    paper.add(svg.text(layout.after(placed), paper.y + 20, said, 12.5))
    paper.down(40)


def legend(paper: Paper, shot: Snapshot, row: selection.StreamRow) -> None:
    """Draw what the looks mean: three always, the others when they are there."""
    if not shot.groups or (shot.problem and not shot.chosen):
        return
    present = {s for e in (*row.shown, *shot.pending) for s in (e.state, *e.states)}
    x = float(LEFT)
    for state in (s for s in words.LEGEND if s in ALWAYS or s in present):
        meaning = words.LEGEND[state]
        width = 40 + len(meaning) * 5.9
        if x + width > RIGHT:
            x = LEFT
            paper.down(24)
        paper.add(svg.strip(x, paper.y + 8, 24, 16, state))
        paper.add(svg.text(x + 30, paper.y + 20.5, meaning, 11.5))
        x += width + 14
    paper.down(30)
