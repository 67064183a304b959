"""Retention: how short a stream may be cut, and how a producer waits until there is room."""

from redis import Redis

from helpers.arguments import checked
from helpers.scripts import run
from helpers.waiting import wait_until

OLDEST_NEEDED = """
-- KEYS: the stream; ARGV: "trim", or nothing. For each group what comes first counts: its first
-- pending entry, or the last one that it delivered, which comes first where the group was set back.
-- Whether one ID comes before another; as text, because a number in Lua has only 53 bits
local function before(a, b)
  local a_ms, a_seq = string.match(a, '(%d+)-(%d+)')
  local b_ms, b_seq = string.match(b, '(%d+)-(%d+)')
  if a_ms == b_ms then a_ms, b_ms = a_seq, b_seq end
  return #a_ms < #b_ms or #a_ms == #b_ms and a_ms < b_ms
end
local oldest = false
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local row = {}
  for i = 1, #group, 2 do row[group[i]] = group[i + 1] end
  local pending = redis.call('XPENDING', KEYS[1], row['name'])[2]
  for _, id in ipairs({row['last-delivered-id'], pending or nil}) do
    if not oldest or before(id, oldest) then oldest = id end
  end
end
if ARGV[1] == 'trim' then
  return oldest and redis.call('XTRIM', KEYS[1], 'MINID', '=', oldest) or 0
end
return oldest or '0-0'
"""


@checked
def oldest_needed(r: Redis, stream: str) -> str:
    """Return the ID before which every group has acknowledged everything; "0-0" if there is no
    group.

    For each group, that is its first pending entry, or its last delivered one if that comes first.
    """
    return run(r, OLDEST_NEEDED, (stream,))


@checked
def trim_acknowledged(r: Redis, stream: str) -> int:
    """Trim the entries that every group has acknowledged, and no others; return how many.

    One script, so no group can be rewound or created between the look and the cut. A group that
    nobody reads keeps the stream whole forever: XGROUP DESTROY it.
    """
    return run(r, OLDEST_NEEDED, (stream,), "trim")


@checked
def wait_for_room(r: Redis, stream: str, limit: int, seconds: float = 10.0) -> None:
    """Wait until `stream` holds fewer than `limit` entries; trims entries that every group has
    acknowledged.

    Several producers may find the same last place, so with n producers, the stream may exceed
    `limit` by n - 1. Raises TimeoutError after `seconds`, ValueError for a limit below 2: the last
    entry that was delivered always stays.
    """

    def has_room() -> bool:
        if r.xlen(stream) >= limit:
            trim_acknowledged(r, stream)
        return r.xlen(stream) < limit

    wait_until(
        has_room,
        seconds,
        f"room in {stream!r}: start the consumers that must acknowledge its entries",
    )
