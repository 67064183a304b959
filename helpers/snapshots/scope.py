"""What a reading of a stream covers, so that its work is bounded: some groups, and both ends."""

from dataclasses import dataclass
from typing import Any

from redis import Redis

from helpers.entries import Entry, id_key, to_text
from helpers.replies import ask, to_dict, to_list


@dataclass(frozen=True, slots=True)
class Scope:
    """What to ask for: the groups by name, and the IDs at both ends of the stream.

    The first entries lie from `first` to `head_end`; the last ones from `tail_start` on, which is
    None when the first ones go up to the end ("+").
    """

    names: list[bytes]
    first: bytes
    head_end: bytes
    tail_start: bytes | None

    @property
    def windows(self) -> list[tuple[bytes, bytes]]:
        """The ranges of IDs in which to look for what is pending."""
        head = (self.first, self.head_end)
        return [head] if self.tail_start is None else [head, (self.tail_start, b"+")]

    def in_head(self, entry: Entry) -> bool:
        """Tell whether an entry is one of the first ones."""
        return self.head_end == b"+" or id_key(entry.id) <= id_key(to_text(self.head_end))

    def in_tail(self, entry: Entry) -> bool:
        """Tell whether an entry is one of the last ones, and not of the first."""
        start = self.tail_start
        return start is not None and id_key(entry.id) >= id_key(to_text(start))


def look_ahead(r: Redis, stream: str, group: str | None, limit: int) -> Scope:
    """Find what a reading has to cover: entries are only added at the end, so it stays within."""
    commands = [
        ("XINFO", "GROUPS", stream),
        ("XRANGE", stream, "-", "+", "COUNT", limit),
        ("XREVRANGE", stream, "+", "-", "COUNT", limit),
    ]
    groups, head, tail = map(to_list, ask(r, commands))
    names = [to_dict(g)["name"] for g in groups]
    if group is not None:
        names = [name for name in names if to_text(name) == group]
    first = head[0][0] if head else b"-"
    if len(head) < limit or _key(tail[-1]) <= _key(head[-1]):
        return Scope(names, first, head_end=b"+", tail_start=None)
    return Scope(names, first, head_end=head[-1][0], tail_start=tail[-1][0])


def _key(reply: Any) -> tuple[int, int]:
    return id_key(to_text(reply[0]))
