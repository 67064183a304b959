"""What state every entry of a stream is in: the single source of pictures, tables and checks. It
changes nothing."""

from redis import Redis

from helpers.arguments import check_client, check_text, check_whole
from helpers.entries import Entry, id_key, to_text
from helpers.replies import home
from helpers.slots import one_slot
from helpers.snapshots import readings
from helpers.snapshots.readings import PendingLine, Reading
from helpers.snapshots.states import (
    ACKED,
    DEAD_LETTERED,
    NOT_DELIVERED,
    PENDING,
    PLAIN,
    SKIPPED,
    TRIMMED,
    ConsumerState,
    EntryState,
    GroupState,
    Snapshot,
)
from helpers.streams import dead_letter_stream

LIMIT = 60
"""Entries read from each end of the stream, and of each consumer's pending ones; a lesson has 10 to
100."""

MOST_VALUES = 5 * LIMIT
"""Pending entries between both ends whose values are read one by one; a group of hundreds of
consumers has more."""


def snapshot(r: Redis, stream: str, group: str | None = None, *, limit: int = LIMIT) -> Snapshot:
    """Read `stream` as `group` sees it, or as its only group does; with several groups each entry
    has a state for each.

    Never raises for what a learner may meet: no stream, no group, a key of another type; `problem`
    then says so in one sentence. `limit` is how many entries are read from each end, and of each
    consumer's pending ones.
    """
    check_client(r, pipeline=False)
    check_text(stream=stream, **({} if group is None else {"group": group}))
    check_whole(limit=limit)
    dead, own = dead_letter_stream(stream), home(r, stream)
    # In a cluster a dead letter can't be in another slot, so there a key stands in that isn't there
    with_dead = dead if one_slot(r, stream, dead) else f"{{{stream}}}:none"
    reading = readings.read(own, stream, with_dead, group, limit)
    letters = tuple(map(_letter, reading.letters))
    if reading.kind != "stream":
        return Snapshot(
            stream,
            exists=reading.kind != "none",
            problem=_problem(stream, reading.kind),
            dead_letters=reading.letter_count,
            dead=letters,
        )
    shown = {e.id: e for e in (*reading.head, *reading.tail)}
    groups = _groups(own, stream, reading, group, shown)
    asked = [g for g in groups if g.name in reading.pending]
    judges = [_Judge(reading, g, letters) for g in asked]
    # With several groups none is chosen: each entry has a state for each of them
    chosen = asked[0] if len(asked) == 1 else None
    return Snapshot(
        stream,
        exists=True,
        problem=None if chosen or group is None else _no_group(stream, group),
        length=reading.info["length"],
        entries_added=reading.info["entries-added"],
        last_generated_id=to_text(reading.info["last-generated-id"]),
        max_deleted_id=to_text(reading.info["max-deleted-entry-id"]),
        group=chosen.name if chosen else None,
        groups=groups,
        entries=tuple(_entry(e, judges) for e in shown.values()),
        head=len(reading.head),
        gap=reading.info["length"] - len(shown),
        dead_letters=reading.letter_count,
        dead=letters,
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
        self.passed = SKIPPED if untouched else ACKED

    def state(self, entry_id: str) -> str:
        """Pending first: an entry may be in the dead-letter stream without having been
        acknowledged."""
        if entry_id in self.pending:
            return PENDING
        if entry_id in self.dead:
            return DEAD_LETTERED
        return self.passed if id_key(entry_id) <= self.last else NOT_DELIVERED


def _entry(entry: Entry, judges: list[_Judge]) -> EntryState:
    states = tuple(judge.state(entry.id) for judge in judges)
    if len(states) != 1:
        return EntryState(entry.id, entry.fields, PLAIN, states=states)
    line = judges[0].pending.get(entry.id, PendingLine("", 0, 0))
    return EntryState(
        entry.id, entry.fields, states[0], line.owner, line.deliveries, line.idle_ms, states
    )


def _groups(
    r: Redis, stream: str, reading: Reading, group: str | None, shown: dict[str, Entry]
) -> tuple[GroupState, ...]:
    """Return the groups; without one that was asked for, those whose pending entries were read."""
    elsewhere = {i for pending in reading.pending.values() for i in pending} - set(shown)
    entries = shown | readings.values(r, stream, sorted(elsewhere, key=id_key)[:MOST_VALUES])
    return tuple(
        _group(reading, g, entries)
        for g in reading.groups
        if group is not None or g["name"] in reading.pending
    )


def _group(reading: Reading, group: dict, entries: dict[str, Entry]) -> GroupState:
    pending = reading.pending.get(group["name"], {})
    return GroupState(
        group["name"],
        to_text(group["last-delivered-id"]),
        group["lag"],
        group["entries-read"],
        group["pel-count"],
        tuple(_consumer(c, reading.now_ms) for c in group["consumers"]),
        tuple(
            _pending_entry(entries[i], pending[i])
            for i in sorted(pending, key=id_key)
            if i in entries
        ),
    )


def _consumer(consumer: dict, now_ms: int) -> ConsumerState:
    idle_ms = max(0, now_ms - consumer["seen-time"])
    return ConsumerState(consumer["name"], consumer["pel-count"], idle_ms, _active(consumer))


def _pending_entry(entry: Entry, line: PendingLine) -> EntryState:
    state = PENDING if entry.fields else TRIMMED
    return EntryState(entry.id, entry.fields, state, line.owner, line.deliveries, line.idle_ms)


def _active(consumer: dict) -> bool | None:
    """Redis 7.2 and Valkey record when a consumer was last given an entry (-1 for never); Redis 7.0
    doesn't."""
    return consumer["active-time"] >= 0 if "active-time" in consumer else None


def _letter(entry: Entry) -> EntryState:
    """Read an entry of the dead-letter stream: which entry it was, and for which group (in
    `states`)."""
    fields, deliveries = entry.fields, entry.fields.get("dead:deliveries", "")
    return EntryState(
        fields.get("dead:id", ""),
        fields,
        DEAD_LETTERED,
        fields.get("dead:consumer", ""),
        int(deliveries) if deliveries.isdecimal() else 0,
        0,
        (fields.get("dead:group", ""),),
    )


def _problem(stream: str, kind: str) -> str:
    if kind == "none":
        return f"There is no stream {stream!r} yet: XADD, or XGROUP CREATE with MKSTREAM, makes it."
    return f"The key {stream!r} is a {kind}, not a stream: use another name."


def _no_group(stream: str, group: str) -> str:
    return f"There is no group {group!r} on {stream!r} yet: XGROUP CREATE makes it."
