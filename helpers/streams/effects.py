"""Effects: what handling an entry changes in the server, in one script with its acknowledgment."""

from redis import Redis

from helpers.arguments import checked
from helpers.slots import check_slot

ACK_WITH = """
-- KEYS: the stream, and the key that the effect changes; ARGV: group, entry ID, the effect's
-- command, and what follows its key.
-- The effect comes before XACK: whatever fails here leaves the entry pending.
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if not pending[1] then return 0 end
redis.call(ARGV[3], KEYS[2], unpack(ARGV, 4))
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""

ACK_ONCE = """
-- KEYS: the stream, the key that the effect changes, and the set of IDs whose effect happened; ARGV
-- as for ACK_WITH.
-- SISMEMBER comes first, and fails if the third key is no set: then nothing has happened yet.
local new = redis.call('SISMEMBER', KEYS[3], ARGV[2]) == 0
if new then
  redis.call(ARGV[3], KEYS[2], unpack(ARGV, 4))
  redis.call('SADD', KEYS[3], ARGV[2])
end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return new and 1 or 0
"""

MOST_ARGUMENTS = 7000
"""How many arguments a script may pass on to a command; the limit of the servers' Lua is a little
below 8,000 (measured)."""


@checked(pipeline=True)
def ack_with(
    r: Redis, stream: str, group: str, entry_id: str, command: str, key: str, *arguments: object
) -> bool:
    """Acknowledge one entry and apply its effect, such as ("HINCRBY", "stock", "pear", -1):
    both, or neither.

    One script, so the effect happens once for each time that the entry becomes pending: no matter
    how many times it is claimed, but again if the group is rewound. False means that it is no
    longer pending.
    """
    check_few(arguments)
    check_slot(r, stream, key)
    return bool(r.eval(ACK_WITH, 2, stream, key, group, entry_id, command, *arguments))


@checked(pipeline=True)
def ack_once(
    r: Redis, stream: str, group: str, entry_id: str, command: str, key: str, *arguments: object
) -> bool:
    """Acknowledge one entry and apply its effect as `ack_with` does, but once for its ID, even if
    the group is rewound.

    The set `<stream>:effects:<group>` remembers each ID: it grows by one each time, until you
    remove the IDs of trimmed entries or delete it. False means that the effect had already
    happened.
    """
    check_few(arguments)
    done = f"{stream}:effects:{group}"
    check_slot(r, stream, key, done)
    return bool(r.eval(ACK_ONCE, 3, stream, key, done, group, entry_id, command, *arguments))


def check_few(arguments: tuple) -> None:
    """Raise ValueError for more arguments than a script can pass on."""
    if len(arguments) > MOST_ARGUMENTS:
        raise ValueError(
            f"an effect takes at most {MOST_ARGUMENTS:,} arguments, not {len(arguments):,}: "
            "a script can't pass on more. Store less with one entry."
        )
