"""The pending entries list: who has what, for how long, and how often it was delivered."""

from typing import NamedTuple

from redis import Redis

from helpers.arguments import check_id, checked
from helpers.entries import to_text
from helpers.replies import raw


class Pending(NamedTuple):
    """One line of the pending entries list: the entry's owner, idle time (ms) and delivery count.

    What XNACK has released has no owner ("") and an idle time of -1.
    """

    id: str
    consumer: str
    idle_ms: int
    deliveries: int

    def can_be_claimed(self, min_idle_ms: int) -> bool:
        """Tell whether a claim with this minimum idle time takes it."""
        return not self.consumer or self.idle_ms >= min_idle_ms


@checked
def pending(
    r: Redis,
    stream: str,
    group: str,
    *,
    consumer: str | None = None,
    entry_id: str | None = None,
    min_idle_ms: int = 0,
    after: str | None = None,
    count: int = 100,
) -> list[Pending]:
    """XPENDING: up to `count` pending entries, oldest first, of one consumer or of all, idle for
    `min_idle_ms` or longer; or the line of one entry, if it is pending."""
    if after is not None:
        check_id(after=after)
    idle = ("IDLE", min_idle_ms) if min_idle_ms else ()
    whose = () if consumer is None else (consumer,)
    first = f"({after}" if after else "-"
    span = (entry_id, entry_id) if entry_id else (first, "+")
    rows = raw(r, "XPENDING", stream, group, *idle, *span, count, *whose)
    return [
        Pending(to_text(entry_id), to_text(name), idle_ms, deliveries)
        for entry_id, name, idle_ms, deliveries in rows
    ]
