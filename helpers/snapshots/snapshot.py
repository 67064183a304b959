"""What state every entry of a stream is in: the single source of pictures and checks."""

from redis import Redis

from helpers.arguments import check_client, check_text, check_whole
from helpers.entries import Entry, id_key, to_text
from helpers.replies import home
from helpers.slots import one_slot
from helpers.snapshots import readings, states
from helpers.snapshots.readings import PendingLine, Reading
from helpers.snapshots.states import ConsumerState, EntryState, GroupState, Snapshot
from helpers.streams import dead_letter_stream

LIMIT = 60
"""Entries read from each end, and of each consumer's pending ones; lessons have 10 to 100."""

MOST_VALUES = 5 * LIMIT
"""Pending entries in between whose values are read; hundreds of consumers have more."""


def snapshot(r: Redis, stream: str, group: str | None = None, *, limit: int = LIMIT) -> Snapshot:
    """Read `stream` as `group` sees it, or as its only group does; of several, as each does.

    Never raises for what a learner may meet: no stream, no group, a key of another type; `problem`
    then says so in one sentence. `limit` is how many entries are read from each end, and of each
    consumer's pending ones.
    """
    check_client(r, pipeline=False)
    check_text(stream=stream)
    if group is not None:
        check_text(group=group)
    check_whole(limit=limit)
    dead_stream, own = dead_letter_stream(stream), home(r, stream)
    # In a cluster a dead letter can't be in another slot, so there a key stands in that isn't there
    near = dead_stream if one_slot(r, stream, dead_stream) else f"{{{stream}}}:none"
    reading = readings.read(own, stream, near, group, limit)
    letters = tuple(map(_letter, reading.letters))
    dead = {"dead_letters": reading.letter_count, "dead": letters}
    if reading.kind != "stream":
        problem = _problem(stream, reading.kind)
        return Snapshot(stream, exists=reading.kind != "none", problem=problem, **dead)
    shown = {e.id: e for e in (*reading.head, *reading.tail)}
    groups = _groups(own, stream, reading, group, shown)
    asked = [g for g in groups if g.name in reading.pending]
    judges = [_Judge(reading, g, letters) for g in asked]
    return Snapshot(
        stream,
        exists=True,
        problem=_no_group(stream, group) if group is not None and not asked else None,
        length=reading.info["length"],
        entries_added=reading.info["entries-added"],
        last_generated_id=to_text(reading.info["last-generated-id"]),
        # With several groups none is chosen: each entry has a state for each of them
        group=asked[0].name if len(asked) == 1 else None,
        groups=groups,
        entries=tuple(_entry(e, judges) for e in shown.values()),
        gap=reading.info["length"] - len(shown),
        **dead,
    )


class _Judge:
    """Tells in which state an entry is for one group."""

    def __init__(self, reading: Reading, group: GroupState, letters: tuple[EntryState, ...]):
        self.group = group
        self.pending = reading.pending[group.name]
        self.dead = {letter.id for letter in letters if letter.states[0] in ("", group.name)}
        self.last = id_key(group.last_delivered)
        # A group that delivered nothing has its position from XGROUP CREATE: what lies before it
        # was never delivered to it. Once it has delivered something, the server keeps no trace of
        # where it began, and the entries before look acked.
        untouched = (
            group.entries_read is None
            and not group.pending
            and all(c.active is False for c in group.consumers)
        )
        self.passed = states.SKIPPED if untouched else states.ACKED

    def state(self, entry_id: str) -> str:
        """Pending first: a dead letter may still be unacknowledged."""
        if entry_id in self.pending:
            return states.PENDING
        if entry_id in self.dead:
            return states.DEAD_LETTERED
        if id_key(entry_id) <= self.last:
            return self.passed
        return states.NOT_DELIVERED


def _entry(entry: Entry, judges: list[_Judge]) -> EntryState:
    each = tuple(judge.state(entry.id) for judge in judges)
    if len(each) != 1:
        return EntryState(entry.id, entry.fields, states=each)
    line = judges[0].pending.get(entry.id, PendingLine("", 0, 0))
    return EntryState(
        entry.id, entry.fields, each[0], line.owner, line.deliveries, line.idle_ms, each
    )


def _groups(
    r: Redis, stream: str, reading: Reading, group: str | None, shown: dict[str, Entry]
) -> tuple[GroupState, ...]:
    """Return the groups; without one that was asked for, those whose pending entries were read."""
    elsewhere = {i for pending in reading.pending.values() for i in pending} - set(shown)
    entries = shown | readings.values(r, stream, sorted(elsewhere, key=id_key)[:MOST_VALUES])
    asked = [g for g in reading.groups if group is not None or g["name"] in reading.pending]
    return tuple(_group(reading, g, entries) for g in asked)


def _group(reading: Reading, group: dict, entries: dict[str, Entry]) -> GroupState:
    pending = reading.pending.get(group["name"], {})
    read = [i for i in sorted(pending, key=id_key) if i in entries]
    return GroupState(
        group["name"],
        to_text(group["last-delivered-id"]),
        group["lag"],
        group["entries-read"],
        group["pel-count"],
        tuple(_consumer(c, reading.now_ms) for c in group["consumers"]),
        tuple(_pending_entry(entries[i], pending[i]) for i in read),
    )


def _consumer(consumer: dict, now_ms: int) -> ConsumerState:
    idle_ms = max(0, now_ms - consumer["seen-time"])
    # Redis 7.2 and Valkey record when it was last given an entry (-1 for never); 7.0 doesn't.
    active = consumer["active-time"] >= 0 if "active-time" in consumer else None
    return ConsumerState(consumer["name"], consumer["pel-count"], idle_ms, active)


def _pending_entry(entry: Entry, line: PendingLine) -> EntryState:
    state = states.PENDING if entry.fields else states.TRIMMED
    return EntryState(entry.id, entry.fields, state, line.owner, line.deliveries, line.idle_ms)


def _letter(entry: Entry) -> EntryState:
    """Read a dead letter: which entry it was, and for which group (in `states`)."""
    names = ("id", "consumer", "group", "deliveries")
    entry_id, owner, group, times = (entry.fields.get(f"dead:{name}", "") for name in names)
    deliveries = int(times) if times.isdecimal() else 0
    state = states.DEAD_LETTERED
    return EntryState(entry_id, entry.fields, state, owner, deliveries, states=(group,))


def _problem(stream: str, kind: str) -> str:
    if kind == "none":
        return f"There is no stream {stream!r} yet: XADD, or XGROUP CREATE with MKSTREAM, makes it."
    return f"The key {stream!r} is a {kind}, not a stream: use another name."


def _no_group(stream: str, group: str) -> str:
    return f"There is no group {group!r} on {stream!r} yet: XGROUP CREATE makes it."
