"""Consumer groups and pending entries: the few steps that every lesson repeats."""

from redis import Redis, ResponseError


def ensure_group(r: Redis, stream: str, group: str, start: str = "0") -> bool:
    """Create `group` on `stream` (and the stream, if there is none); harmless when the group exists.

    `start` is the ID after which the group begins: "0" is the first entry, "$" means only what comes later.
    Returns True if the group is new. Raises ResponseError for anything but BUSYGROUP.
    """
    try:
        return bool(r.xgroup_create(stream, group, id=start, mkstream=True))
    except ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            raise
        return False


def clean_slate(r: Redis, prefix: str) -> int:
    """Delete every key whose name starts with `prefix`, and nothing else; return how many there were.

    Raises ValueError for an empty prefix: that would be the whole server.
    """
    if not prefix:
        raise ValueError("clean_slate needs a prefix such as '02:'; without one it would delete every key.")
    literal = "".join(f"[{c}]" if c in "*?[" else "\\\\" if c == "\\" else c for c in prefix)
    keys = list(r.scan_iter(match=literal + "*", count=1000))
    return r.delete(*keys) if keys else 0
