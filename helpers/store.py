"""How a producer's entries are stored, each once: two scripts, and what is sent to them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, chain, groupby
from operator import itemgetter

from redis.crc import key_slot

from helpers.entries import Fields
from helpers.plurals import count

NAMES, VALUES, ENTRY_BYTES = map(itemgetter, range(3))

REMEMBERED = """
-- KEYS: the stream, and where the server remembers a producer: the number and the ID of its last
-- entry, and its epoch, a word that is new in each with block. A number alone will do, too.
local call, stream, key = redis.call, KEYS[1], KEYS[2]
local kept = call('GET', key)
local stored, id, epoch = string.match(kept or '0', '^(%d+) ?(%S*) ?(%S*)$')
if not stored then
  return redis.error_reply('WRONGTYPE ' .. key .. ' holds what no producer has written.')
end
stored = tonumber(stored)

-- An ID has up to 20 digits on each side, more than a number holds here, so IDs are compared as
-- text, padded to one length.
local function padded(id)
  local ms, sequence = string.match(id, '^(%d+)-(%d+)$')
  return string.rep('0', 20 - #ms) .. ms .. string.rep('0', 20 - #sequence) .. sequence
end

-- Tell whether the stream has lost the producer's last entry. If it was trimmed or deleted, the
-- stream knows a later ID, and that an entry was removed. A stream that is gone, was begun anew,
-- or is an older copy doesn't.
local function lost()
  if stored == 0 or id == '' or #call('XRANGE', stream, id, id) > 0 then return false end
  if call('EXISTS', stream) == 0 then return true end
  local info, about = call('XINFO', 'STREAM', stream), {}
  for i = 1, #info, 2 do about[info[i]] = info[i + 1] end
  if padded(about['last-generated-id']) < padded(id) then return true end
  return about['entries-added'] == about['length']
end

local function lost_error()
  return redis.error_reply('LOST ' .. stream .. ' has lost entry ' .. id .. ', number ' .. stored
    .. ' of this producer: the stream was deleted, renamed or rolled back. Restore it, or delete '
    .. key .. ' and send everything again.')
end
"""

ENTER = (
    REMEMBERED
    + """
-- Take over from whoever had this ID before, and return the number of its last entry.
-- ARGV: the new epoch.
if lost() then return lost_error() end
call('SET', key, string.format('%d %s %s', stored, id, ARGV[1]))
return stored
"""
)

STORE = (
    REMEMBERED
    + """
-- Store one batch, and return the number of the last entry.
-- ARGV: the number of the first entry, the epoch, and for each run of entries with the same names:
-- how many names, how many entries, the names, and the values of one entry after the other.
local args, number, at = ARGV, tonumber(ARGV[1]), 3
if not kept then
  return redis.error_reply('SEQGAP ' .. key .. ' is gone, and number ' .. number .. ' was sent: '
    .. 'the server has lost what it had confirmed, or somebody deleted that key. Look at the '
    .. 'end of the stream, and send what is missing under a new producer_id.')
elseif epoch ~= args[2] then
  return redis.error_reply('FENCED a producer that began later has taken over ' .. key .. ', or '
    .. 'a failover has lost the start of this one, so nothing more of this one is stored: give '
    .. 'each producer its own producer_id; if there is only one, start it again.')
elseif number > stored + 1 then
  return redis.error_reply('SEQGAP the server has entries up to ' .. stored .. ' and was sent '
    .. number .. ': it has lost what it had confirmed. Start a producer with this producer_id '
    .. 'again, and send what comes after its `stored`.')
elseif lost() then
  return lost_error()
end

-- This changes nothing, but fails for a user who may not SET: here, before anything is stored.
call('SET', key, kept, 'NX')

-- Go on to the end, or to the first error and return that; what was stored before it counts.
local pcall = redis.pcall
local function add_all()
  while args[at] do
    local names, entries, fields = tonumber(args[at]), tonumber(args[at + 1]), {}
    local name, value = at + 1, at + 1 + names -- just before the first of each
    for i = 1, names do
      fields[2 * i - 1] = args[name + i]
    end
    local only = fields[1]
    for number = number, number + entries - 1 do
      if number > stored then
        local reply
        if names == 1 then -- Without a table it takes a fifteenth less time (measured)
          reply = pcall('XADD', stream, '*', only, args[value + 1])
        else
          for i = 1, names do
            fields[2 * i] = args[value + i]
          end
          reply = pcall('XADD', stream, '*', unpack(fields))
        end
        if type(reply) == 'table' then return reply end
        stored, id = number, reply
      end
      value = value + names
    end
    number, at = number + entries, value + 1
  end
end

local failure = add_all()
call('SET', key, string.format('%d %s %s', stored, id, epoch))
return failure or stored
"""
)

BATCH_BYTES = 1_000_000
"""The most that one script call stores: while it runs, the server answers nobody else."""


def sequence_key(stream: str, producer_id: str) -> str:
    """Name the key in which the server remembers a producer.

    It begins with the stream's name, so whatever holds for a prefix, such as who may use it, holds
    for both. A cluster keeps both in one slot only if the stream's name has a hash tag, as in
    "{orders}": a tag added here, as in "{orders}:producer:p", would change the prefix.
    """
    return f"{stream}:producer:{producer_id}"


def check_slot(stream: str, key: str) -> None:
    """Raise ValueError unless a script may use both keys in a cluster."""
    if key_slot(stream.encode()) != key_slot(key.encode()):
        such = "text between { and }" if "{" in stream else f"such as '{{{stream}}}'"
        raise ValueError(
            f"in a cluster, stream must have a hash tag in its name, {such}, because {stream!r} "
            f"and {key!r} are in different slots."
        ) from None


def eviction(memory: dict) -> str:
    """Say what is wrong with a server that may evict any key, from its INFO memory; else "".

    The policies that begin with "volatile" never evict our keys, which don't expire.
    """
    policy = memory.get("maxmemory_policy", "")
    if not memory.get("maxmemory") or not policy.startswith("allkeys"):
        return ""
    return (
        f"This server's maxmemory-policy is {policy}: it may evict a stream, or forget what a "
        "producer has stored, so that it is stored twice. Set it to noeviction."
    )


def not_stored(
    stream: str, first: int, last: int, error: Exception | None = None, *, confirm: int = 0
) -> str:
    """Say by number which entries may not have been stored, or not confirmed by so many replicas,
    and what ended their producer."""
    cause = f" ({type(error).__name__}: {error})" if error else ""
    done = f"confirmed by {count(confirm, 'replica')}" if confirm else "stored"
    return (
        f"Of the entries sent to {stream!r}, {last + 1 - first:,} may not be {done}{cause}, from "
        f"number {first} to {last}. Look at the end of the stream before you send them again; a "
        "producer with the same producer_id knows by its `stored`."
    )


def fitting(entries: Sequence[Fields]) -> int:
    """Count the entries, from the first, that one call takes: what BATCH_BYTES hold, or one."""
    if sum(map(ENTRY_BYTES, entries)) <= BATCH_BYTES:
        return len(entries)
    return max(1, bisect_right(list(accumulate(map(ENTRY_BYTES, entries))), BATCH_BYTES))


def pack(entries: Sequence[Fields]) -> list:
    """Flatten entries into the arguments of STORE; those with the same names send them once."""
    texts: list = []
    for names, alike in groupby(entries, NAMES):
        values = list(chain.from_iterable(map(VALUES, alike)))
        texts += [len(names), len(values) // len(names), *names, *values]
    return texts
