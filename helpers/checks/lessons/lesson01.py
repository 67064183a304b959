"""Lesson 01, Connect: a client that is patient enough, an address that can be read, and waiting
without missing anything."""

from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from helpers.arguments import in_time
from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import contains, number
from helpers.connection import urls


def _patience(seen: Seen) -> float | None:
    return seen.passed["patient"]["client"]["socket_timeout"]


PATIENCE = Exercise(
    "01.patience",
    title="Patient enough",
    minutes=2,
    values=("patient",),
    task="make a client `patient` that may ask the server to BLOCK for 8 seconds.",
    praise="this client listens for longer than the server will wait.",
    wanted="a client, as connect() returns it, whose socket time-out is longer than 8 seconds, "
    "with room for a late reply.",
    sees=lambda s: (
        f"`patient` listens for {_patience(s):g} seconds."
        if isinstance(s.passed["patient"], dict) and "client" in s.passed["patient"]
        else "`patient` is no client."
    ),
    solved=lambda s: in_time(8000, _patience(s)) and (_patience(s) is None or _patience(s) < 1000),
    untouched=lambda s: s.passed["patient"] is None,
    hints=(
        Hint(
            "units",
            lambda s: _patience(s) >= 1000,
            "that is more than a quarter of an hour: BLOCK counts milliseconds, but a "
            "client's time-out is in seconds.",
        ),
        Hint(
            "block-equal",
            lambda s: _patience(s) >= 8 and not in_time(8000, _patience(s)),
            "server and client give up at about the same moment, and the server's reply "
            "comes late: leave it seconds, not milliseconds.",
        ),
        Hint(
            "block-socket",
            lambda s: _patience(s) < 8,
            "it gives up while the server is still waiting; connect() takes a `timeout` in "
            "seconds, 5 unless you say otherwise.",
        ),
    ),
)


def _refusal(address: str) -> str:
    try:
        urls.checked(address, "`address`")
    except ValueError as error:
        return str(error)
    return ""


class Parts(NamedTuple):
    """What redis-py reads in an address."""

    scheme: str
    host: str
    port: int
    user: str
    password: str | None
    database: str


def _parts(seen: Seen) -> Parts:
    parts = urlsplit(urls.checked(seen.passed["address"], "`address`"))
    password = unquote(parts.password) if parts.password else None
    database = parse_qs(parts.query).get("db", [parts.path.strip("/")])[0]
    return Parts(
        parts.scheme,
        parts.hostname or "",
        parts.port or 6379,
        parts.username or "",
        password,
        database,
    )


ADDRESS = Exercise(
    "01.address",
    title="An address that can be read",
    minutes=4,
    values=("address",),
    task="repair `address`: the same host and password, and database 2.",
    praise="every part of this address means what you meant.",
    wanted="scheme redis, host localhost, port 6379, no user, the password that was there before, "
    "and database 2.",
    sees=lambda s: (
        "`address` isn't a text."
        if not isinstance(s.passed["address"], str)
        else _refusal(s.passed["address"]) or "`address` can be read, but it means something else."
    ),
    solved=lambda s: _parts(s) == Parts("redis", "localhost", 6379, "", "tea#4", "2"),
    untouched=lambda s: s.passed["address"] in (None, "redis://:tea#4@localhost:6379/orders"),
    hints=(
        Hint(
            "raw-password",
            lambda s: "#" in s.passed["address"],
            "in a URL `#` begins a part of its own; the sentence above says how to write it "
            "inside a password.",
        ),
        Hint(
            "user-slot",
            lambda s: _parts(s).user and not _parts(s).password,
            "what stands before the `@` without a colon is a user's name; a password alone "
            "needs the colon before it.",
        ),
        Hint(
            "database-name",
            lambda s: "database" in _refusal(s.passed["address"]),
            "databases have numbers, not names; redis-py itself would quietly use number 0.",
        ),
    ),
)

MISSED = Exercise(
    "01.missed",
    title="What came before you looked",
    minutes=3,
    stage=1,
    stream="01:missed",
    values=("reply",),
    task="read the entry `early bird` of 01:missed with XREAD, and keep the answer in `reply`.",
    praise="you asked for what comes after an ID that is before the entry, so it can't be missed.",
    wanted="a reply of XREAD with the entry `early bird` in it.",
    sees=lambda s: (
        f"{s.stream.length} entry in the stream, and "
        + ("your reply is empty." if not s.passed["reply"] else "your reply holds something else.")
    ),
    solved=lambda s: contains(s.passed["reply"], "early bird"),
    untouched=lambda s: s.passed["reply"] is None,
    hints=(
        Hint(
            "xread-dollar",
            lambda s: s.passed["reply"] in ({}, []),
            "the ID `$` means after the last entry at the moment of the call, so it misses "
            "what was there before; name an ID before the "
            "entry, such as 0, and the stream `MISSED`.",
        ),
    ),
)

LATE = Exercise(
    "01.late",
    title="Longer than you can wait",
    minutes=6,
    stream="01:late",
    values=("block_ms", "news"),
    task="choose `block_ms`, and wait with `hasty` until the entry is in `news`.",
    praise="a bounded BLOCK, as often as it takes, is as good as waiting forever.",
    wanted="a reply with the entry `at last` in it, read by the client that listens for half a "
    "second.",
    sees=lambda s: f"block_ms = {s.passed['block_ms']!r}, and the entry is not in `news`.",
    solved=lambda s: contains(s.passed["news"], "at last"),
    untouched=lambda s: s.passed["block_ms"] is None and not s.passed["news"],
    hints=(
        Hint(
            "block-0",
            lambda s: number(s.passed["block_ms"]) == 0,
            "the server would wait forever, but `hasty` doesn't: it stops listening after "
            "half a second, and the answer finds nobody.",
        ),
        Hint(
            "block-socket",
            lambda s: not in_time(number(s.passed["block_ms"]), 0.5),
            "`hasty` gives up after half a second, and the reply to this BLOCK may come "
            "later: make it shorter, and ask more than once.",
        ),
        Hint(
            "units",
            lambda s: 0 < number(s.passed["block_ms"]) < 1,
            "BLOCK counts milliseconds, in whole numbers; the client's 0.5 are seconds.",
        ),
        Hint(
            "empty-is-end",
            lambda s: not s.passed["news"],
            "an empty reply only says that nothing came within one BLOCK: ask again, in a "
            "loop, until there's an answer.",
        ),
    ),
)

EXERCISES = [PATIENCE, ADDRESS, MISSED, LATE]
