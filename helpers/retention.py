"""Retention: how short a stream may be cut, and how a producer waits until there is room."""

from redis import Redis

from helpers.arguments import check_seconds, check_text
from helpers.entries import id_key
from helpers.waiting import wait_until


def oldest_needed(r: Redis, stream: str) -> str:
    """Return the ID before which every group has acknowledged everything; "0-0" if there is no group.

    For each group that is its first pending entry, else the last one that it delivered.
    """
    check_text(stream=stream)
    needed = []
    # In this order, a group that goes on meanwhile only makes the answer too careful: what it passed stays passed.
    for group in r.xinfo_groups(stream):
        pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
        needed.append(pending[0]["message_id"] if pending else group["last-delivered-id"])
    return min(needed, key=id_key, default="0-0")


def trim_acknowledged(r: Redis, stream: str) -> int:
    """XTRIM away what every group has acknowledged, and nothing else; return how many entries that were.

    A group that nobody reads any more keeps the stream whole for ever: XGROUP DESTROY it.
    """
    return r.xtrim(stream, minid=oldest_needed(r, stream), approximate=False)


def wait_for_room(r: Redis, stream: str, limit: int, seconds: float = 10.0) -> None:
    """Wait until `stream` holds fewer than `limit` entries; trims what every group has acknowledged.

    Several producers may find the same last place, so the stream may exceed `limit` by one less than there are of them.
    Raises TimeoutError after `seconds`, ValueError for a limit below 2: the last entry that was delivered always stays.
    """
    check_text(stream=stream)
    check_seconds(seconds=seconds)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 2:
        raise ValueError(f"limit must be 2 or more, not {limit!r}: the last entry that was delivered always stays.")

    def has_room() -> bool:
        if r.xlen(stream) >= limit:
            trim_acknowledged(r, stream)
        return r.xlen(stream) < limit

    wait_until(has_room, seconds, f"room in {stream!r}: start the consumers that must acknowledge its entries")
