"""Consumer groups and pending entries: the few steps that every lesson repeats."""

from typing import NamedTuple

from redis import Redis, ResponseError
from redis.client import Pipeline

from helpers.arguments import check_block, check_id, check_text, check_whole
from helpers.entries import Entry, to_entry
from helpers.replies import execute

DEAD_LETTER = """
-- KEYS: the stream and its dead-letter stream; ARGV: group, entry ID, and the details, in pairs.
-- XADD comes before XACK: a script isn't rolled back, so whatever fails here leaves the entry pending.
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if not pending[1] then return 0 end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
local fields = entry and entry[2] or {}
for i = 3, #ARGV do fields[#fields + 1] = ARGV[i] end
redis.call('XADD', KEYS[2], '*', unpack(fields))
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""

REPLAY = """
-- KEYS: the dead-letter stream and the stream; ARGV: the dead letter's ID.
-- XADD comes before XDEL: whatever fails here leaves the dead letter where it is.
local letter = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
local fields = {}
for i = 1, letter and #letter[2] or 0, 2 do
  if string.sub(letter[2][i], 1, 5) ~= 'dead:' then
    fields[#fields + 1], fields[#fields + 2] = letter[2][i], letter[2][i + 1]
  end
end
if #fields == 0 then return false end
local id = redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XDEL', KEYS[1], ARGV[1])
return id
"""

ACK_WITH = """
-- KEYS: the stream, and the key that the effect changes; ARGV: group, entry ID, the effect's command, and what follows its key.
-- The effect comes before XACK: whatever fails here leaves the entry pending.
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if not pending[1] then return 0 end
redis.call(ARGV[3], KEYS[2], unpack(ARGV, 4))
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""


class Pending(NamedTuple):
    """One line of the pending entries list: who has it, for how long nothing happened (ms), how often it was delivered."""

    id: str
    consumer: str
    idle_ms: int
    deliveries: int


def ensure_group(r: Redis, stream: str, group: str, start: str = "0") -> bool:
    """Create `group` on `stream` (and the stream, if there is none); harmless when the group exists.

    `start` is the ID after which the group begins: "0" is the first entry, "$" means only what comes later.
    Returns True if the group is new. Raises ResponseError for anything but BUSYGROUP.
    """
    check_text(stream=stream, group=group)
    check_id("$", start=start)
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
    if not isinstance(prefix, str) or not prefix:
        raise ValueError("clean_slate needs a prefix such as '02:'; without one it would delete every key.")
    literal = "".join(f"[{c}]" if c in "*?[" else "\\\\" if c == "\\" else c for c in prefix)
    keys = list(r.scan_iter(match=literal + "*", count=1000))
    return r.delete(*keys) if keys else 0


def read_group(r: Redis, stream: str, group: str, consumer: str, after: str = ">", *,
               count: int = 10, block_ms: int | None = None) -> list[Entry]:
    """XREADGROUP: up to `count` entries that were never delivered (">"), or `consumer`'s own pending ones after an ID.

    Reads bytes, so that an entry that isn't UTF-8 can't make a whole batch unreadable; waits up to `block_ms` for ">".
    An explicit ID raises the deliveries of what it returns and sets its idle time back to 0.
    If `r` is a pipeline, what it has collected goes out before, in the same round trip.
    """
    check_text(stream=stream, group=group, consumer=consumer)
    check_id(">", after=after)
    check_whole(count=count)
    if block_ms:
        check_block(block_ms, r.connection_pool.connection_kwargs.get("socket_timeout"))
    block = ("BLOCK", block_ms) if block_ms and after == ">" else ()
    # Two words in the first argument keep redis-py from parsing the reply a second time.
    reply = r.execute_command("XREADGROUP GROUP", group, consumer, "COUNT", count, *block, "STREAMS", stream, after, NEVER_DECODE=True)
    if isinstance(r, Pipeline):
        reply = execute(r)[-1]
    if not reply:
        return []
    (entries,) = reply.values() if isinstance(reply, dict) else (reply[0][1],)
    return list(map(Entry, entries))


def pending(r: Redis, stream: str, group: str, *, consumer: str | None = None,
            min_idle_ms: int = 0, after: str | None = None, count: int = 100) -> list[Pending]:
    """XPENDING: up to `count` pending entries, oldest first, of one consumer or of all, idle for `min_idle_ms` or longer."""
    check_text(stream=stream, group=group, **({} if consumer is None else {"consumer": consumer}))
    check_whole(count=count)
    check_whole(0, min_idle_ms=min_idle_ms)
    if after is not None:
        check_id(after=after)
    idle = {"idle": min_idle_ms} if min_idle_ms else {}
    rows = r.xpending_range(stream, group, min=f"({after}" if after else "-", max="+", count=count, consumername=consumer, **idle)
    return [Pending(row["message_id"], row["consumer"], row["time_since_delivered"], row["times_delivered"]) for row in rows]


def claim(r: Redis, stream: str, group: str, consumer: str, entry_id: str, *, min_idle_ms: int) -> Entry | None:
    """XCLAIM one entry, which raises its deliveries by one and sets its idle time to 0.

    `min_idle_ms` must exceed the longest time that a handler takes, or entries are taken from consumers at work.
    None means that another consumer was faster, or that the entry was trimmed (the server then drops it from the list).
    One at a time, because claiming a batch raises the deliveries of a poison entry's innocent neighbours too.
    """
    check_text(stream=stream, group=group, consumer=consumer)
    check_id(entry_id=entry_id)
    check_whole(0, min_idle_ms=min_idle_ms)
    reply = r.execute_command("XCLAIM", stream, group, consumer, min_idle_ms, entry_id, NEVER_DECODE=True, parse_justid=False)
    return to_entry(*reply[0]) if reply else None


def dead_letter_stream(stream: str) -> str:
    """Name the stream that takes what `stream` couldn't get handled."""
    check_text(stream=stream)
    return f"{stream}:dead"


def dead_letter(r: Redis, stream: str, group: str, entry: Pending, reason: str) -> bool:
    """Move one pending entry to the dead-letter stream: its fields as they are, and who, how often and why in `dead:...`.

    One script, XADD before XACK: whatever fails, nothing is lost. False means that it isn't pending any more.
    """
    check_text(stream=stream, group=group, reason=reason)
    if not isinstance(entry, Pending):
        raise ValueError(f"entry must be a line of pending(), such as pending(r, stream, group)[0], not {entry!r}.")
    details = {"dead:id": entry.id, "dead:group": group, "dead:consumer": entry.consumer,
               "dead:deliveries": entry.deliveries, "dead:reason": reason}
    flat = [text for pair in details.items() for text in pair]
    return bool(r.eval(DEAD_LETTER, 2, stream, dead_letter_stream(stream), group, entry.id, *flat))


def dead_letters(r: Redis, stream: str, *, count: int = 100) -> list[Entry]:
    """XRANGE: the first `count` dead letters of `stream`, oldest first; read as bytes, because a dead letter may well not be text."""
    check_whole(count=count)
    reply = r.execute_command("XRANGE", dead_letter_stream(stream), "-", "+", "COUNT", count, NEVER_DECODE=True)
    return [to_entry(letter_id, fields) for letter_id, fields in reply]


def replay(r: Redis, stream: str, letter_id: str) -> str | None:
    """Bring a dead letter back as a new entry at the end of `stream`, with its original fields; return the new ID.

    One script, XADD before XDEL: it is never in neither stream, nor twice. Every group of `stream` gets the new entry.
    None means that there's nothing to bring back: no such dead letter, or its entry was trimmed before it died.
    """
    check_id(letter_id=letter_id)
    return r.eval(REPLAY, 2, dead_letter_stream(stream), stream, letter_id)


def ack_with(r: Redis, stream: str, group: str, entry_id: str, command: str, key: str, *arguments: object) -> bool:
    """Acknowledge one entry and let its effect happen, such as ("HINCRBY", "stock", "pear", -1): both, or neither.

    One script, so the effect happens once, however often the entry was delivered. False means that it isn't pending any more.
    """
    check_text(stream=stream, group=group, command=command, key=key)
    check_id(entry_id=entry_id)
    return bool(r.eval(ACK_WITH, 2, stream, key, group, entry_id, command, *arguments))


def is_done(r: Redis, stream: str, group: str) -> bool:
    """Tell whether both halves of "done" hold: everything was delivered, and everything acknowledged.

    Looks whether an entry comes after the last delivered one, because the lag may be None, and on Redis 7.0 it stays
    wrong after an XDEL (1 with nothing left to deliver, measured). Raises ResponseError if there's no such stream or group.
    """
    check_text(stream=stream, group=group)
    for row in r.xinfo_groups(stream):
        if row["name"] == group:
            following = ("XRANGE", stream, f"({row['last-delivered-id']}", "+", "COUNT", 1)
            return not row["pending"] and not r.execute_command(*following, NEVER_DECODE=True)
    raise ResponseError(f"NOGROUP there is no group {group!r} on {stream!r}: create it with ensure_group.")
