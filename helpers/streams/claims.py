"""Claims: taking over a pending entry, keeping one, and giving one back."""

from collections.abc import Sequence

from redis import Redis

from helpers.arguments import checked
from helpers.entries import Entry, to_entry
from helpers.replies import raw

SET_IDLE = """
-- KEYS: the stream; ARGV: group, consumer, the idle time in ms, and the IDs of entries.
-- Touches only what is still this consumer's, and returns these IDs. JUSTID leaves the number of
-- deliveries as it is.
local mine = {}
for i = 4, #ARGV do
  if redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'IDLE', ARGV[3], 'JUSTID')
    mine[#mine + 1] = ARGV[i]
  end
end
return mine
"""

REMOVE_CONSUMER = """
-- KEYS: the stream; ARGV: group and consumer. Whoever holds entries stays: they would be lost.
if redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])[1] then return 0 end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return 1
"""

HANDED_BACK_MS = 24 * 60 * 60 * 1000
"""The idle time of what was handed back: longer than anybody's min_idle_ms."""


@checked
def claim(
    r: Redis, stream: str, group: str, consumer: str, entry_id: str, *, min_idle_ms: int
) -> Entry | None:
    """Claim one entry, which raises its delivery count by one and resets its idle time to 0.

    `min_idle_ms` must exceed the time that its consumer may need for everything it read at once, or
    entries are taken from live consumers. None means that another consumer was faster, or that the
    entry was trimmed (the server then drops it from the list). One at a time, because claiming a
    batch also raises the delivery count of a poison entry's innocent neighbors.
    """
    reply = raw(r, "XCLAIM", stream, group, consumer, min_idle_ms, entry_id)
    return to_entry(*reply[0]) if reply else None


@checked
def keep(r: Redis, stream: str, group: str, consumer: str, entry_ids: Sequence[str]) -> set[str]:
    """Reset the idle time of `consumer`'s pending entries to 0, so that nobody claims them while it
    is working.

    Returns the IDs of those that are still its own: the others were claimed, or are done.
    Their delivery count stays as it is.
    """
    return set(r.eval(SET_IDLE, 1, stream, group, consumer, 0, *entry_ids))


@checked
def hand_back(
    r: Redis, stream: str, group: str, consumer: str, entry_ids: Sequence[str]
) -> set[str]:
    """Let any consumer claim `consumer`'s pending entries at once, by an idle time of a day; return
    the IDs as `keep` does."""
    return set(r.eval(SET_IDLE, 1, stream, group, consumer, HANDED_BACK_MS, *entry_ids))


@checked
def remove_consumer(r: Redis, stream: str, group: str, consumer: str) -> bool:
    """XGROUP DELCONSUMER, but only if the consumer has nothing pending, in one script.

    False means that it holds entries, which would be lost with it: claim them first.
    """
    return bool(r.eval(REMOVE_CONSUMER, 1, stream, group, consumer))
