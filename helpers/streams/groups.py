"""Consumer groups: creating one, reading as one of its consumers, and telling whether it is
done."""

from redis import Redis, ResponseError

from helpers.arguments import check_block, checked
from helpers.connection import evidence
from helpers.connection.noting import NotingClient
from helpers.entries import Entry, to_text
from helpers.replies import execute, group_rows, raw


@checked
def ensure_group(r: Redis, stream: str, group: str, start: str = "0") -> bool:
    """Create `group` on `stream` (and the stream, if there is none); harmless if the group exists.

    The group gets the entries after the ID `start`: with "0" every entry, with "$" only later ones.
    Returns True if the group is new. Raises ResponseError for anything but BUSYGROUP.
    """
    try:
        return bool(r.xgroup_create(stream, group, id=start, mkstream=True))
    except ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            raise
        return False


@checked(pipeline=True)
def read_group(
    r: Redis,
    stream: str,
    group: str,
    consumer: str,
    after: str = ">",
    *,
    count: int = 10,
    block_ms: int | None = None,
) -> list[Entry]:
    """XREADGROUP: up to `count` entries that were never delivered (">"), or `consumer`'s own
    pending ones after an ID.

    Reads bytes, so that an entry that isn't UTF-8 can't make a whole batch unreadable; waits up to
    `block_ms` for ">". An explicit ID raises the delivery count of the entries returned and resets
    their idle time to 0. If `r` is a pipeline, its collected commands go out first, in the same
    round trip.
    """
    if block_ms:
        check_block(block_ms, r)
    block = ("BLOCK", block_ms) if block_ms and after == ">" else ()
    reply = raw(
        r, "XREADGROUP GROUP", group, consumer, "COUNT", count, *block, "STREAMS", stream, after
    )
    if hasattr(r, "command_stack"):  # A pipeline, of a server or a cluster
        reply = execute(r)[-1]
    if not reply:
        return []
    (entries,) = reply.values() if isinstance(reply, dict) else (reply[0][1],)
    return list(map(Entry, entries))


@checked
def is_done(r: Redis, stream: str, group: str) -> bool:
    """Tell whether both halves of "done" hold: every entry was delivered, and every one
    acknowledged.

    Checks whether an entry comes after the last delivered one, because the lag may be None, and on
    Redis 7.0 it stays wrong after an XDEL (1 with nothing left to deliver, measured). Raises
    ResponseError if there's no such stream or group.
    """
    for row in group_rows(r, stream):
        if row["name"] == group.encode():
            following = f"({to_text(row['last-delivered-id'])}"
            return not row["pending"] and not raw(r, "XRANGE", stream, following, "+", "COUNT", 1)
    raise ResponseError(
        f"NOGROUP there is no group {group!r} on {stream!r}: create it with ensure_group."
    )


LITERAL = str.maketrans({"*": "[*]", "?": "[?]", "[": "[[]", "\\": "\\\\"})
"""Escapes for the characters with a meaning in a SCAN pattern."""


@checked
def clean_slate(r: Redis, prefix: str) -> int:
    """Delete every key whose name starts with `prefix`, and nothing else; return how many.

    An exercise's stub sets its stage with it, as in clean_slate(r, "02:start"): from there on the
    checks see what the learner does. Raises ValueError for an empty prefix: that would be the whole
    server.
    """
    if not isinstance(prefix, str) or not prefix:
        raise ValueError(
            "clean_slate needs a prefix such as '02:'; without one it would delete every key."
        )
    literal = prefix.translate(LITERAL)
    # A key needn't be text
    with evidence.unseen():
        keys = list(r.scan_iter(match=literal + "*", count=1000, NEVER_DECODE=True))
        deleted = r.delete(*keys) if keys else 0
    evidence.begin(prefix, isinstance(r, NotingClient))
    return deleted
