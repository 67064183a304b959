"""Dead letters: entries that could not be handled, kept for a human, and brought back."""

from redis import Redis
from redis.client import Pipeline

from helpers.arguments import check_text, checked
from helpers.entries import Entry, to_entry, to_text
from helpers.replies import raw
from helpers.scripts import run
from helpers.slots import check_slot
from helpers.streams.pending_entries import Pending
from helpers.streams.tries import errors_key, forget_tries, tries_key

DEAD_LETTER = """
-- KEYS: the stream, its dead-letter stream, and the hashes with its entries' errors and tries;
-- ARGV: group, entry ID, who has it, how often it was delivered, and the details in pairs.
-- XADD comes before XACK: a script isn't rolled back, so whatever fails here leaves the entry
-- pending.
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]
-- It was delivered again, or is done
if not line or line[2] ~= ARGV[3] or line[4] ~= tonumber(ARGV[4]) then return 0 end
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
local fields = entry and entry[2] or {}
if #fields > 7000 then return -1 end -- A script can't pass on that many
for i = 5, #ARGV do fields[#fields + 1] = ARGV[i] end
redis.call('XADD', KEYS[2], '*', unpack(fields))
for i = 3, #KEYS do redis.call('HDEL', KEYS[i], ARGV[2]) end
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""

REPLAY = """
-- KEYS: the dead-letter stream and the stream; ARGV: the dead letter's ID, and the names of the
-- details.
-- XADD comes before XDEL: whatever fails here leaves the dead letter where it is.
local letter = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
local fields = letter and letter[2] or {}
if #fields > 7000 then return -1 end -- A script can't pass on that many
local first = #fields - 2 * (#ARGV - 1) -- The details come last
for i = 2, #ARGV do
  if fields[first + 2 * i - 3] ~= ARGV[i] then first = #fields break end
end
if first <= 0 then return false end
local id = redis.call('XADD', KEYS[2], '*', unpack(fields, 1, first))
redis.call('XDEL', KEYS[1], ARGV[1])
return id
"""

DETAILS = ("dead:id", "dead:group", "dead:consumer", "dead:deliveries", "dead:reason", "dead:error")
"""The details that follow the entry's fields in a dead letter, in this order."""


SUFFIX = ":dead"
"""What a dead-letter stream's name ends in, after that of its stream."""


def dead_letter_stream(stream: str) -> str:
    """Name the stream for the dead letters of `stream`."""
    check_text(stream=stream)
    return stream + SUFFIX


@checked
def dead_letter(r: Redis, stream: str, group: str, entry: Pending, reason: str) -> bool:
    """Move one pending entry to the dead-letter stream: its fields as they are, and its owner,
    delivery count and the reason in `dead:...`; `dead:error` is the last error that it raised in a
    Consumer.

    One script, XADD before XACK: whatever fails, nothing is lost. False means that it is no longer
    pending, or that it was delivered again since `entry` was read: another consumer may be working
    on it.
    """
    if not isinstance(entry, Pending):
        raise ValueError(
            "entry must be a line of pending(), such as pending(r, stream, group)[0], not "
            f"{entry!r}."
        )
    dead, errors = dead_letter_stream(stream), errors_key(stream, group)
    check_slot(r, stream, dead, errors)
    owner = _owner(r, stream, group, entry)
    if owner is None:
        return False
    error = raw(r, "HGET", errors, entry.id) or ""
    details = (entry.id, group, owner, entry.deliveries, reason, error)
    flat = [text for pair in zip(DETAILS, details, strict=True) for text in pair]
    keys = stream, dead, errors, tries_key(stream, group)
    done = run(r, DEAD_LETTER, keys, group, entry.id, owner, entry.deliveries, *flat)
    return bool(done) if done >= 0 else _dead_letter_long(r, stream, group, entry, flat)


def _owner(r: Redis, stream: str, group: str, line: Pending) -> bytes | None:
    """Return the name of an entry's owner, in bytes, if `line` still describes its latest
    delivery."""
    for _, name, _, deliveries in raw(r, "XPENDING", stream, group, line.id, line.id, 1):
        if (to_text(name), deliveries) == (line.consumer, line.deliveries):
            return name
    return None


def _dead_letter_long(r: Redis, stream: str, group: str, line: Pending, details: list) -> bool:
    """Do what DEAD_LETTER does for an entry of thousands of fields, in a transaction that another
    dead letter aborts."""
    dead = dead_letter_stream(stream)

    def move(pipe: Pipeline) -> None:
        pipe.xlen(dead)  # Raises WRONGTYPE now: in the transaction, XACK would happen all the same
        [(_, fields)] = raw(pipe, "XRANGE", stream, line.id, line.id)
        same = _owner(pipe, stream, group, line) is not None
        pipe.multi()
        if same:
            pipe.execute_command("XADD", dead, "*", *fields, *details)
            forget_tries(pipe, stream, group, line.id)
            pipe.xack(stream, group, line.id)

    return any(r.transaction(move, dead)[-1:])


@checked
def dead_letters(r: Redis, stream: str, *, count: int = 100) -> list[Entry]:
    """XRANGE: the first `count` dead letters of `stream`, oldest first; read as bytes, because a
    dead letter may well not be text."""
    reply = raw(r, "XRANGE", dead_letter_stream(stream), "-", "+", "COUNT", count)
    return [to_entry(letter_id, fields) for letter_id, fields in reply]


@checked
def replay(r: Redis, stream: str, letter_id: str) -> str | None:
    """Add a dead letter as a new entry to the end of `stream`, with its original fields;
    return the new ID.

    One script, XADD before XDEL: it is always in one of the streams, never in both. Every group of
    `stream` gets the new entry. None means that there's nothing to replay: no such dead letter, or
    its entry was trimmed before it died.
    """
    dead = dead_letter_stream(stream)
    check_slot(r, stream, dead)
    new = run(r, REPLAY, (dead, stream), letter_id, *DETAILS)
    return new if new != -1 else _replay_long(r, stream, letter_id)


def _replay_long(r: Redis, stream: str, letter_id: str) -> str | None:
    """Do what REPLAY does for an entry of thousands of fields, in a transaction that another replay
    aborts."""
    dead = dead_letter_stream(stream)

    def move(pipe: Pipeline) -> None:
        # Raises WRONGTYPE now: in the transaction, XDEL would happen all the same
        pipe.xlen(stream)
        letters = raw(pipe, "XRANGE", dead, letter_id, letter_id)
        pipe.multi()
        for _, fields in letters:
            names = [to_text(name) for name in fields[-2 * len(DETAILS) :: 2]]
            own = fields[: -2 * len(DETAILS)] if names == list(DETAILS) else fields
            pipe.execute_command("XADD", stream, "*", *own)
            pipe.xdel(dead, letter_id)

    return next(iter(r.transaction(move, dead)), None)
