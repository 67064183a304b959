"""One consistent reading of a stream in one transaction, before anything is concluded from it."""

from dataclasses import dataclass, field
from itertools import starmap
from typing import Any, NamedTuple

from redis import Redis

from helpers.entries import Entry, to_entry, to_text
from helpers.replies import ask, to_dict, to_list
from helpers.snapshots.scope import Scope, look_ahead

PENDING_PER_ENTRY = 3
"""Lines of XPENDING to ask for, for each entry to read: what is gone may be pending, too."""

ATTEMPTS = 3
"""Readings before one is taken as it is, while others add faster than we look."""


@dataclass(frozen=True, slots=True)
class PendingLine:
    """One line of a group's pending entries list."""

    owner: str
    idle_ms: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the server said: its counts, the first entries, the last ones, what is pending.

    `info`, `groups` and the groups' "consumers" are as in XINFO STREAM FULL, with names as text;
    `now_ms` is the server's clock. `pending` has group → ID → line for the groups that were asked
    for; `letters` are entries of the dead-letter stream.
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


class Replies(NamedTuple):
    """What one transaction returned; `ranges` has a name and lines for each group and window."""

    time: Any
    kind: Any
    full: Any
    last_entries: Any
    letter_count: Any
    first_letters: Any
    last_letters: Any
    ranges: list[tuple[bytes, list]]

    def now_ms(self) -> int:
        """Return the server's clock."""
        seconds, microseconds = map(int, self.time)
        return seconds * 1000 + microseconds // 1000

    def letters(self) -> list[Entry]:
        """Return the first and the last entries of the dead-letter stream, each once."""
        ends = (*to_list(self.first_letters), *reversed(to_list(self.last_letters)))
        return list({reply[0]: to_entry(*reply) for reply in ends}.values())


def read(r: Redis, stream: str, letters: str, group: str | None, limit: int) -> Reading:
    """Read `stream`, one group of it or all, and its dead letters; `limit` entries from each end.
    Nothing is changed, and the work is bounded."""
    for _ in range(ATTEMPTS):
        scope = look_ahead(r, stream, group, limit)
        reading = _reading(_replies(r, stream, letters, scope, limit), scope, group, limit)
        if reading.complete:
            break
    return reading


def values(r: Redis, stream: str, ids: list[str]) -> dict[str, Entry]:
    """Read single entries, which never change; one without fields is gone."""
    replies = ask(r, [("XRANGE", stream, i, i) for i in ids]) if ids else []
    found = {i: to_list(reply) for i, reply in zip(ids, replies, strict=True)}
    return {i: to_entry(*(entries or [(i.encode(), None)])[0]) for i, entries in found.items()}


def _replies(r: Redis, stream: str, letters: str, scope: Scope, limit: int) -> Replies:
    """Ask for all that a reading needs, in one transaction."""
    commands = {
        "time": ("TIME",),
        "kind": ("TYPE", stream),
        "full": ("XINFO", "STREAM", stream, "FULL", "COUNT", limit),
        "last_entries": ("XREVRANGE", stream, "+", "-", "COUNT", limit),
        "letter_count": ("XLEN", letters),
        "first_letters": ("XRANGE", letters, "-", "+", "COUNT", limit),
        "last_letters": ("XREVRANGE", letters, "+", "-", "COUNT", limit),
    }
    asked = [(name, *window) for name in scope.names for window in scope.windows]
    ranges = [("XPENDING", stream, *which, PENDING_PER_ENTRY * limit) for which in asked]
    replies = iter(ask(r, [*commands.values(), *ranges], atomic=True))
    named = dict(zip(commands, replies, strict=False))
    lines = [(name, to_list(reply)) for (name, *_), reply in zip(asked, replies, strict=True)]
    return Replies(**named, ranges=lines)


def _reading(replies: Replies, scope: Scope, group: str | None, limit: int) -> Reading:
    """Turn the replies into a reading; it is complete if nothing was cut off or came in between."""
    info = to_dict(replies.full) if to_list(replies.full) else {}
    groups = [_group(g) for g in info.get("groups", [])]
    grown = scope.tail_start is None and info.get("length", 0) > limit
    cut = any(len(lines) >= PENDING_PER_ENTRY * limit for _, lines in replies.ranges)
    last = to_list(replies.last_entries)
    found = {g["name"] for g in groups if group in (None, g["name"])}
    return Reading(
        now_ms=replies.now_ms(),
        kind=to_text(replies.kind),
        info=info,
        groups=groups,
        head=[e for e in starmap(to_entry, info.get("entries", [])) if scope.in_head(e)],
        tail=[e for e in starmap(to_entry, last[::-1]) if scope.in_tail(e)],
        letter_count=replies.letter_count if isinstance(replies.letter_count, int) else 0,
        letters=replies.letters(),
        pending=_pending(replies, scope, groups),
        complete=not grown and not cut and found == set(map(to_text, scope.names)),
    )


def _pending(
    replies: Replies, scope: Scope, groups: list[dict[str, Any]]
) -> dict[str, dict[str, PendingLine]]:
    """Return group → ID → line: what XINFO lists, and what XPENDING has within the windows."""
    pending: dict[str, dict[str, PendingLine]] = {to_text(name): {} for name in scope.names}
    for g in groups:
        if g["name"] in pending:
            pending[g["name"]] = _heads(g, replies.now_ms())
    for name, lines in replies.ranges:
        for i, owner, idle, times in lines:
            pending[to_text(name)][to_text(i)] = PendingLine(to_text(owner or b""), idle, times)
    return pending


def _group(reply: Any) -> dict[str, Any]:
    """Turn a group's part of XINFO STREAM FULL into dicts with text."""
    group = to_dict(reply)
    consumers = [to_dict(c) for c in group["consumers"]]
    for named in (group, *consumers):
        named["name"] = to_text(named["name"])
    return group | {"consumers": consumers}


def _heads(group: dict[str, Any], now: int) -> dict[str, PendingLine]:
    """Return what XINFO lists as pending: the group's first ones, and each consumer's."""
    lines = [(i, to_text(owner or b""), at, times) for i, owner, at, times in group["pending"]]
    for c in group["consumers"]:
        lines += [(i, c["name"], at, times) for i, at, times in c["pending"]]
    return {to_text(i): PendingLine(owner, max(0, now - at), n) for i, owner, at, n in lines}
