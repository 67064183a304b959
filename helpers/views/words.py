"""Words for what a snapshot holds: counts, and the whole picture in one sentence."""

from collections.abc import Iterable
from itertools import groupby

from helpers.plurals import count
from helpers.snapshots import EntryState, GroupState, Snapshot, states
from helpers.views.characters import shorten

LEGEND = {
    states.NOT_DELIVERED: "to be delivered",
    states.PENDING: "pending: delivered, not acked",
    states.ACKED: "counted as acked: not pending",
    states.SKIPPED: "skipped: the group begins after it",
    states.DEAD_LETTERED: "dead-lettered",
    states.TRIMMED: "trimmed, still pending",
}
"""What each look means, in the legend's order; without room, the words before a colon do.

The server notes no acknowledgment: what NOACK read, DELCONSUMER dropped or SETID passed over isn't
pending, either. And what was delivered before SETID moved the group back is delivered again.
"""


def short(state: str) -> str:
    """Say what a look means, in a word or two."""
    return LEGEND.get(state, state).partition(":")[0]


def marked(shot: Snapshot, last: str) -> str:
    """Say what the mark ▲ means; `last` is the entry that it marks, if any."""
    if not last:
        return "before the first entry"
    if any(entry.id == last and entry.state == states.SKIPPED for entry in shot.entries):
        return "the group begins after this"
    return "last delivered"


def title(shot: Snapshot) -> str:
    """Name the stream and the group."""
    return " › ".join(shorten(name, 46) for name in (shot.stream, shot.group) if name is not None)


def counts(shot: Snapshot) -> str:
    """Say how many entries there are, and how far the group is, as the server counts them."""
    said = [count(shot.length, "entry")]
    if shot.removed:
        said.append(f"{shot.removed} removed")
    if shot.chosen:
        said += lag_and_pending(shot.chosen)
    elif shot.problem is None:
        said.append(
            count(len(shot.groups), "consumer group") if shot.groups else "no consumer group"
        )
    return " · ".join(said)


def lag_and_pending(group: GroupState) -> list[str]:
    """Say lag and pending of a group."""
    return [f"lag {'unknown' if group.lag is None else group.lag}", f"pending {group.pending}"]


def deliveries(pending: Iterable[EntryState], total: int) -> str:
    """Say how much a consumer has pending, and how often it was delivered if more than once."""
    if not total:
        return "nothing pending"
    times = {e.deliveries for e in pending}
    most = max(times, default=0)
    if most < 2:
        return f"{total} pending"
    if len(times) > 1:
        return f"{total} pending · up to {most} deliveries"
    return f"{total} pending · {most} deliveries" + " each" * (total > 1)


def sentence(shot: Snapshot, shown: list[EntryState]) -> str:
    """Say the whole picture in one sentence, for screen readers."""
    if shot.problem and not shot.entries:
        return shot.problem
    where = f"Stream {shorten(shot.stream, 80)}"
    if shot.group is not None:
        where += f", group {shorten(shot.group, 80)}"
    if shot.problem:
        return f"{where}. {shot.problem}"
    runs = [(key, [shorten(e.value, 24) for e in run]) for key, run in groupby(shown, _fate)]
    said = [f"{_several(labels)} {fate}".rstrip() for fate, labels in runs]
    return f"{where}: {counts(shot).replace(' · ', ', ')}" + "".join(f"; {part}" for part in said)


def _several(labels: list[str]) -> str:
    if len(labels) > 2:
        return f"{labels[0]} to {labels[-1]}"
    return " and ".join(labels)


def _fate(entry: EntryState) -> str:
    if entry.state == states.PLAIN:
        return ", ".join(map(short, entry.states))
    if entry.state not in (states.PENDING, states.TRIMMED):
        return short(entry.state)
    held = f"{short(entry.state)} for {shorten(entry.owner, 24)}"
    if entry.deliveries > 1:
        held += f", delivered {entry.deliveries} times"
    return held
