"""Claims: taking over a pending entry, keeping one, and handing one back."""

from collections.abc import Sequence

from redis import Redis

from helpers.arguments import checked
from helpers.entries import Entry, to_entry
from helpers.replies import raw
from helpers.scripts import run

SET_IDLE = """
-- KEYS: the stream; ARGV: group, consumer, the idle time in ms, 'XNACK' if the entries no longer
-- need an owner, and their IDs.
-- Touches only entries that are still this consumer's, and returns their IDs. Neither FAIL nor
-- JUSTID changes the delivery count.
local function released(id)
  if ARGV[4] ~= 'XNACK' then return false end
  local reply = redis.pcall('XNACK', KEYS[1], ARGV[1], 'FAIL', 'IDS', 1, id)
  return type(reply) == 'number' -- Before Redis 8.8, it is an error: unknown command
end

local mine = {}
for i = 5, #ARGV do
  local id = ARGV[i]
  if redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1, ARGV[2])[1] then
    if not released(id) then
      redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'IDLE', ARGV[3], 'JUSTID')
    end
    mine[#mine + 1] = id
  end
end
return mine
"""

REMOVE_CONSUMER = """
-- KEYS: the stream; ARGV: group and consumer. It stays if it has entries: they would be lost.
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

    `min_idle_ms` must exceed the time that the owner may need for everything it read at once, or
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
    return set(run(r, SET_IDLE, (stream,), group, consumer, 0, "", *entry_ids))


@checked
def hand_back(
    r: Redis,
    stream: str,
    group: str,
    consumer: str,
    entry_ids: Sequence[str],
    *,
    stays_own: bool = False,
) -> set[str]:
    """Let any consumer claim `consumer`'s pending entries at once; return the IDs as `keep` does.

    With XNACK (Redis 8.8), the entries then have no owner; on older servers, and with `stays_own`,
    they get an idle time of a day. A successor that claims nothing needs `stays_own`: it finds only
    entries under its own name.
    """
    how = "" if stays_own else "XNACK"
    return set(run(r, SET_IDLE, (stream,), group, consumer, HANDED_BACK_MS, how, *entry_ids))


@checked
def remove_consumer(r: Redis, stream: str, group: str, consumer: str) -> bool:
    """XGROUP DELCONSUMER, but only if the consumer has nothing pending, in one script.

    False means that it holds entries, which would be lost with it: claim them first.
    """
    return bool(run(r, REMOVE_CONSUMER, (stream,), group, consumer))
