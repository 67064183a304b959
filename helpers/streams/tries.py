"""Tries: how often a handler was called for an entry and failed, or killed its process; kept on the
server, because a process can't count its own deaths."""

from redis import Redis

from helpers.arguments import check_text, checked
from helpers.replies import raw
from helpers.scripts import run

NOTE_TRY = """
-- KEYS: the stream, the tries of its entries and their last errors;
-- ARGV: group, consumer, entry ID, the try's name, what it counts, and the error's text if there is
-- one. Nothing is noted of an entry that is done, or another consumer's by now.
-- The same try may be noted again, because a reply was lost or because it counts less than it
-- seemed: it replaces what it counted before.
if not redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2])[1] then return 0 end
local noted = redis.call('HGET', KEYS[2], ARGV[3]) or '0 0 '
local before, latest, name = string.match(noted, '(%S+) (%S+) (.*)')
if name ~= ARGV[4] then before = before + latest end
redis.call('HSET', KEYS[2], ARGV[3], before .. ' ' .. ARGV[5] .. ' ' .. ARGV[4])
if ARGV[6] ~= '' then redis.call('HSET', KEYS[3], ARGV[3], ARGV[6]) end
return 1
"""


def errors_key(stream: str, group: str) -> str:
    """Name the hash that holds the last error of each entry that a group couldn't handle yet."""
    check_text(stream=stream, group=group)
    return f"{stream}:errors:{group}"


def tries_key(stream: str, group: str) -> str:
    """Name the hash that holds how many times a group has tried each entry that it couldn't handle
    yet."""
    check_text(stream=stream, group=group)
    return f"{stream}:tries:{group}"


@checked
def note_try(
    r: Redis,
    stream: str,
    group: str,
    consumer: str,
    entry_id: str,
    *,
    name: str,
    counts: int,
    error: str = "",
) -> object:
    """Note one try of `consumer`'s entry, by a `name` that no other try has, and the error that
    ended it; a repeat replaces what it counted."""
    keys = stream, tries_key(stream, group), errors_key(stream, group)
    return run(r, NOTE_TRY, keys, group, consumer, entry_id, name, counts, error)


@checked
def count_tries(r: Redis, stream: str, group: str, entry_id: str, *, besides: str = "") -> int:
    """Return how many tries of an entry count so far, without the one named `besides`."""
    noted = raw(r, "HGET", tries_key(stream, group), entry_id) or b"0 0 "
    before, latest, name = noted.decode().split(" ", 2)
    return int(before) + (int(latest) if name != besides else 0)


def forget_tries(r: Redis, stream: str, group: str, *entry_ids: str | bytes) -> None:
    """Drop what is kept about entries that are done: their tries, and their last errors."""
    for key in (tries_key(stream, group), errors_key(stream, group)):
        r.hdel(key, *entry_ids)
