"""One consistent reading of a stream in one transaction, before anything is concluded from it."""

from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from helpers.entries import Entry, id_key, to_entry, to_text
from helpers.replies import ask, to_dict, to_list
from helpers.streams import dead_letter_stream

ATTEMPTS = 3
"""Readings before one is taken as it is, while others create groups or add entries faster than we
look."""


@dataclass(frozen=True, slots=True)
class PendingLine:
    """One line of a group's pending entries list."""

    owner: str
    idle_ms: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server said: the first entries, the last ones that are not among those, its own
    counts, what is pending.

    `info`, `groups` and the groups' "consumers" are as in XINFO STREAM FULL, with names as text;
    `now_ms` is the server's clock. `pending` has group → ID → Pending for the groups that were
    asked for; `letters` are entries of the dead-letter stream.
    """

    now_ms: int
    kind: str
    info: dict[str, Any]
    groups: list[dict[str, Any]]
    head: list[Entry]
    tail: list[Entry]
    letter_count: int
    letters: list[Entry]
    pending: dict[str, dict[str, PendingLine]] = field(default_factory=dict)
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask for: the groups by name, and between which IDs lie the first and the last entries
    (one window if they meet)."""

    names: list[bytes]
    windows: list[tuple[bytes, bytes]]


def read(r: Redis, stream: str, group: str | None, limit: int) -> Reading:
    """Read `stream` and one group of it, or all; `limit` entries from each end. Nothing is changed,
    and the work is bounded."""
    for _ in range(ATTEMPTS):
        reading = _read(r, stream, _plan(r, stream, group, limit), group, limit)
        if reading.complete:
            break
    return reading


def values(r: Redis, stream: str, ids: list[str]) -> dict[str, Entry]:
    """Read single entries: they never change, so a value read later is still right. One without
    fields is gone."""
    replies = ask(r, [("XRANGE", stream, i, i) for i in ids]) if ids else []
    found = {i: to_list(reply) for i, reply in zip(ids, replies, strict=True)}
    return {
        i: to_entry(*entries[0]) if entries else to_entry(i.encode(), None)
        for i, entries in found.items()
    }


def _plan(r: Redis, stream: str, group: str | None, limit: int) -> Plan:
    """Look ahead. Entries are only ever added at the end, so what is found at both ends later lies
    within these IDs."""
    groups, head, tail = map(
        to_list,
        ask(
            r,
            [
                ("XINFO", "GROUPS", stream),
                ("XRANGE", stream, "-", "+", "COUNT", limit),
                ("XREVRANGE", stream, "+", "-", "COUNT", limit),
            ],
        ),
    )
    names = [
        name
        for name in (to_dict(g)["name"] for g in groups)
        if group is None or to_text(name) == group
    ]
    first = head[0][0] if head else b"-"
    if len(head) < limit or _key(tail[-1]) <= _key(head[-1]):
        return Plan(names, [(first, b"+")])
    return Plan(names, [(first, head[-1][0]), (tail[-1][0], b"+")])


def _read(r: Redis, stream: str, plan: Plan, group: str | None, limit: int) -> Reading:
    letters = dead_letter_stream(stream)
    asked = [(name, *window) for name in plan.names for window in plan.windows]
    time, kind, full, last, count, dead_first, dead_last, *ranges = ask(
        r,
        [
            ("TIME",),
            ("TYPE", stream),
            ("XINFO", "STREAM", stream, "FULL", "COUNT", limit),
            ("XREVRANGE", stream, "+", "-", "COUNT", limit),
            ("XLEN", letters),
            ("XRANGE", letters, "-", "+", "COUNT", limit),
            ("XREVRANGE", letters, "+", "-", "COUNT", limit),
            *(("XPENDING", stream, name, start, end, 3 * limit) for name, start, end in asked),
        ],
        atomic=True,
    )
    now = int(time[0]) * 1000 + int(time[1]) // 1000
    info = to_dict(full) if to_list(full) else {}
    groups = [_group(g) for g in info.get("groups", [])]
    pending = {to_text(name): {} for name in plan.names}
    for g in groups:
        if g["name"] in pending:
            pending[g["name"]] = _heads(g, now)
    for (name, *_), lines in zip(asked, map(to_list, ranges), strict=True):
        pending[to_text(name)] |= {
            to_text(i): PendingLine(to_text(owner or b""), idle, times)
            for i, owner, idle, times in lines
        }
    ids = [
        [id_key(to_text(i)) if i not in (b"-", b"+") else None for i in window]
        for window in plan.windows
    ]
    head = [
        entry
        for entry in map(_entry, info.get("entries", []))
        if ids[0][1] is None or id_key(entry.id) <= ids[0][1]
    ]
    tail = [
        entry
        for entry in map(_entry, reversed(to_list(last)))
        if len(ids) == 2 and id_key(entry.id) >= ids[1][0]
    ]
    dead = {e[0]: _entry(e) for e in (*to_list(dead_first), *reversed(to_list(dead_last)))}
    grown = len(ids) == 1 and info.get("length", 0) > limit
    listed = all(len(to_list(lines)) < 3 * limit for lines in ranges)
    complete = (
        listed
        and not grown
        and {g["name"] for g in groups if group in (None, g["name"])} == set(pending)
    )
    return Reading(
        now,
        to_text(kind),
        info,
        groups,
        head,
        tail,
        count if isinstance(count, int) else 0,
        list(dead.values()),
        pending,
        complete,
    )


def _group(reply: Any) -> dict[str, Any]:
    """Turn a group's part of XINFO STREAM FULL into dicts with text."""
    group = to_dict(reply)
    consumers = [to_dict(c) for c in group["consumers"]]
    for named in (group, *consumers):
        named["name"] = to_text(named["name"])
    return group | {"consumers": consumers}


def _heads(group: dict[str, Any], now: int) -> dict[str, PendingLine]:
    """Return what XINFO lists as pending: the group's first ones, and each consumer's first
    ones."""
    found = {
        to_text(i): PendingLine(to_text(owner or b""), max(0, now - at), times)
        for i, owner, at, times in group["pending"]
    }
    for c in group["consumers"]:
        found |= {
            to_text(i): PendingLine(c["name"], max(0, now - at), times)
            for i, at, times in c["pending"]
        }
    return found


def _entry(reply: Any) -> Entry:
    return to_entry(*reply)


def _key(reply: Any) -> tuple[int, int]:
    return id_key(to_text(reply[0]))
