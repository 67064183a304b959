"""What doctor says about the server: which it is, why, and which lessons run on it, found out by
trying."""

import uuid
from collections.abc import Iterator

import redis

from helpers.connection import addresses
from helpers.connection.client import connect, describe
from helpers.connection.features import can
from helpers.setup import environment

NEEDS = (
    ("06", "CLAIM", "XREADGROUP with CLAIM (Redis 8.4)"),
    ("06", "XNACK", "XNACK (Redis 8.8)"),
    ("08", "IDMP", "XADD with IDMP (Redis 8.6)"),
    ("09", "KEEPREF", "KEEPREF and ACKED (Redis 8.2)"),
)
"""What parts of some lessons need from the server; without it, these parts say so, and the rest of
the lesson runs."""

KEY = "00:doctor:"
"""The start of the key on which commands are tried: it has the prefix of a lesson, which a class
server's users may write to."""

TROUBLE = (ValueError, TypeError, RuntimeError, OSError, redis.RedisError)


def findings(url: str | None = None) -> Iterator[tuple[str, str, bool]]:
    """Give each line as its subject, its text, and whether it is good news."""
    try:
        r = connect(url)
    except TROUBLE as error:
        yield "Server", f"none. {error}", False
        return
    with r:
        yield "Server", f"{describe(r)}, {reason(url)}", True
        yield "Lessons", *lessons(r)


def reason(url: str | None) -> str:
    """Say why it is this server, without its password."""
    address = addresses.choose(url)
    if address is None:
        return "the embedded one, because neither REDIS_URL nor REDIS_HOST is set"
    return (
        f"at {address.shown}, because of "
        f"{address.origin if url is None else 'the address given here'}"
    )


def lessons(r: redis.Redis) -> tuple[str, bool]:
    """Say which lessons run on this server, and which parts need a newer one; tell whether any
    does."""
    here = sorted(p.stem[:2] for p in (environment.ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not here:
        return "there are none in notebooks/: get a fresh copy of the course.", False
    if refused := refusals(r):
        why = next(iter(refused.values())).rstrip(".")
        return (
            f"need what this server refuses: {', '.join(refused)} ({why}). Ask whoever "
            "runs the server, or use another.",
            False,
        )
    parts = [part for part in (newer(r, *need) for need in NEEDS if need[0] in here) if part]
    return "; ".join([f"{here[0]} to {here[-1]} run on it", *parts]), True


def newer(r: redis.Redis, lesson: str, feature: str, what: str) -> str:
    """Say whether part of a lesson needs a newer server, or that nobody can tell; "" if this one
    will do."""
    try:
        return "" if can(r, feature) else f"{lesson} shows {what} only on a newer server"
    except redis.RedisError as error:
        return f"whether {lesson} can show {what} isn't known ({error})"


def refusals(r: redis.Redis) -> dict[str, str]:
    """Try the commands of the lessons on a key that is deleted afterward; return each command
    refused, with the server's words."""
    key, group, refused = KEY + uuid.uuid4().hex[:8], "g", {}
    trials = {
        "XADD": lambda: r.xadd(key, {"value": 0}),
        "XGROUP": lambda: r.xgroup_create(key, group, "0", mkstream=True),
        "XREADGROUP": lambda: r.xreadgroup(group, "c", {key: ">"}),
        "XPENDING": lambda: r.xpending(key, group),
        "XCLAIM": lambda: r.xclaim(key, group, "c", 0, ["0-1"]),
        "XAUTOCLAIM": lambda: r.xautoclaim(key, group, "c", 0),
        "XACK": lambda: r.xack(key, group, "0-1"),
        "XINFO": lambda: r.xinfo_stream(key),
        "XRANGE": lambda: r.xrange(key),
        "XTRIM": lambda: r.xtrim(key, maxlen=10),
        "EVALSHA": lambda: r.register_script("return redis.call('XLEN', KEYS[1])")(keys=[key]),
        "MULTI": lambda: r.pipeline(transaction=True).xlen(key).execute(),
        "SCAN": lambda: r.scan(match=key),
        "DEL": lambda: r.delete(key),
    }
    for command, trial in trials.items():
        try:
            trial()
        except redis.RedisError as error:
            # Only because an earlier one was refused
            if "NOGROUP" not in str(error) and "no such key" not in str(error):
                refused[command] = str(error)
    return refused
