"""Lesson 01, Connect: a client that waits long enough, an address that can be read, and waiting
without missing anything."""

from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from helpers.arguments import in_time
from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import contains, number
from helpers.checks.wording import said
from helpers.connection import urls
from helpers.connection.cells import INTERRUPTED
from helpers.connection.sent import Sent
from helpers.plurals import count


def _patience(seen: Seen) -> float | None:
    return seen.passed["patient"]["client"]["socket_timeout"]


def _is(seen: Seen) -> str:
    """Describe `patient`."""
    patient = seen.passed["patient"]
    if isinstance(patient, dict) and "client" in patient:
        return f"listens for {_patience(seen):g} seconds"
    if isinstance(patient, dict) and "function" in patient:
        return "is a function, not a client"
    if isinstance(patient, list):
        return "is a collection, not a client"
    return "is None" if patient is None else f"is {said(patient)}, not a client"


def _other_client(seen: Seen) -> bool:
    """Tell whether a client with a time-out was made under another name."""
    return "timeout" in seen.code and seen.passed["patient"] is None


PATIENCE = Exercise(
    "01.patience",
    title="Patient enough",
    minutes=2,
    values=("patient",),
    typed=("patient",),
    task="create a client `patient` that can wait for a BLOCK of 8 seconds.",
    praise="this client waits longer than the server will.",
    wanted="a client from connect() whose socket time-out is longer than 8 seconds, to leave room "
    "for a late reply.",
    sees=lambda s: f"`patient` {_is(s)}.",
    # A server whose `hz` is 1 may end the BLOCK a second late
    solved=lambda s: _patience(s) is None or 9 <= _patience(s) < 1000,
    untouched=lambda s: s.passed["patient"] is None and not _other_client(s),
    slip=lambda s: (
        "is a function" in _is(s) and "Call that function, and set `patient` to what it returns."
    ),
    hints=(
        Hint(
            "block-socket",
            lambda s: "xread" in s.code and "client" not in (s.passed["patient"] or ()),
            "you don't need to read anything here: just set `patient` to a client with a time-out "
            "of its own, like `hasty`.",
        ),
        Hint(
            "units",
            lambda s: _patience(s) >= 1000,
            "the time-out of `patient` is over a quarter of an hour: BLOCK is in milliseconds, "
            "but a client's time-out is in seconds.",
        ),
        Hint(
            "block-equal",
            lambda s: 8 <= _patience(s) < 9,
            "the server and the client give up at about the same moment, but the server's reply "
            "may come up to a second late: make the client's time-out a few seconds longer.",
        ),
        Hint(
            "block-socket",
            lambda s: _patience(s) < 8,
            "`patient` gives up while the server is still waiting: give connect() a longer "
            "`timeout` than its default of 5 seconds.",
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
    """The parts of an address, as redis-py reads it."""

    scheme: str
    host: str
    port: int
    user: str
    password: str | None
    database: str


def _parts(seen: Seen) -> Parts:
    parts = urlsplit(urls.checked(seen.passed["address"], "`address`"))
    password = unquote(parts.password) if parts.password else None
    user = unquote(parts.username or "")
    user = "" if password and user == "default" else user  # The same login
    database = parse_qs(parts.query).get("db", [parts.path.strip("/")])[0]
    database = str(int(database)) if database.isdecimal() else database
    return Parts(parts.scheme, parts.hostname or "", parts.port or 6379, user, password, database)


MEANT = Parts("redis", "localhost", 6379, "", "tea#4", "2")


def _differs(seen: Seen) -> str:
    """List the parts of the address that differ from the wanted ones, with their values."""
    found = _parts(seen)._asdict()
    wrong = [
        f"its {part} is {value!r}" if value else f"it names no {part}"
        for part, value in found.items()
        if value != getattr(MEANT, part)
    ]
    return ", ".join(wrong)


SENT = "redis://:tea#4@localhost:6379/orders"
"""The colleague's address."""


def _spaced(seen: Seen) -> str:
    """Say that the address holds a space, or another character that can't be seen; or ""."""
    address = seen.passed["address"]
    if not any(map(str.isspace, address)) or not address.strip().startswith("redis"):
        return ""
    return (
        "`address` holds a space or a line break, which counts as part of the address: remove it."
    )


AN_ADDRESS = "redis://"

ADDRESS = Exercise(
    "01.address",
    given={AN_ADDRESS: 1},
    title="An address that can be read",
    minutes=4,
    values=("address",),
    typed=("address",),
    task="fix `address`: keep the host and the password, and choose database 2.",
    praise="every part of this address means what you intended.",
    wanted="an address with scheme redis, host localhost, port 6379, no user, the same password as "
    "before, and database 2.",
    sees=lambda s: (
        "`address` isn't text."
        if not isinstance(s.passed["address"], str)
        else _refusal(s.passed["address"]) or f"`address` can be read, but {_differs(s)}."
    ),
    solved=lambda s: _parts(s) == MEANT,
    untouched=lambda s: (
        s.passed["address"] in (None, SENT) and "replace(" not in s.code and not s.times(AN_ADDRESS)
    ),
    may_end="nothing listens",
    slip=_spaced,
    hints=(
        Hint(
            "raw-password",
            lambda s: (
                "nothing listens" in s.error
                and s.passed["address"] in (None, SENT)
                or "nothing listens" in s.passed["address"]
            ),
            "your connect() could read the address, but found no server there, which is fine: set "
            "`address` to the text that you passed, and check again.",
        ),
        Hint(
            "raw-password",
            lambda s: (
                s.passed["address"] == SENT
                and s.wrote
                and "address" not in s.made
                and "connect(" not in s.code
            ),
            "`address` still holds your colleague's text: assign your own to exactly this name, as "
            "in `address = …`.",
        ),
        Hint(
            "raw-password",
            lambda s: "%3A" in s.passed["address"].upper(),
            "`%3A` is an encoded `:`, but the address's own `:`, `/` and `@` must stay as they "
            "are: encode only the password.",
        ),
        Hint(
            "database-name",
            lambda s: "#" in s.passed["address"].partition("@")[2],
            "the database comes after the port and a `/`: write only its number there, without "
            "`#`, which starts another part of a URL.",
        ),
        Hint(
            "raw-password",
            lambda s: "#" in s.passed["address"] and "%23" in _refusal(s.passed["address"]),
            "in a URL, `#` starts a new part, so it would cut the password off: the sentence above "
            "says how to write a `#` inside a password.",
        ),
        Hint(
            "user-slot",
            lambda s: _parts(s).user and not _parts(s).password,
            "before the `@` come the user's name, a colon and the password: even if there's no "
            "name, the password needs the colon in front of it.",
        ),
        Hint(
            "database-name",
            lambda s: "names a database" in _refusal(s.passed["address"]) and not _spaced(s),
            "databases have numbers, not names, and for a name, redis-py would silently use "
            "database 0: write only the number after the port and a `/`.",
        ),
    ),
)


NAMES = ("01:missed", "01:late")
"""The streams that are read in this lesson's exercises."""


def _from_end(sent: list[Sent]) -> bool:
    """Tell whether the last of these reads asked for what comes after `$` in such a stream."""
    if not sent:
        return False
    keys = sent[-1].keys
    after = dict(zip(keys, sent[-1].words[-len(keys) :], strict=True))
    return "$" in (after.get(name) for name in NAMES)


def _reads(seen: Seen, stream: str) -> list[Sent]:
    """Return each XREAD of this stream, in order."""
    return [each for each in seen.did("XREAD") if stream in each.keys]


def _got(sent: list[Sent]) -> list[Sent]:
    """Return the reads that got an entry of the exercise's stream, perhaps among others."""
    return [each for each in sent if any(name in str(each.answer) for name in NAMES)]


def _is_part(seen: Seen) -> str:
    """Say that `reply` lacks the stream's name, or the entry's ID; "" if it has both."""
    whole = "01:missed", seen.stream.entries[0].id
    if all(part in str(seen.passed["reply"]) for part in whole):
        return ""
    return (
        "`reply` lacks the stream's name or the entry's ID: keep everything that XREAD returns, "
        "with `reply = r.xread(…)`."
    )


def _kept(seen: Seen) -> str:
    """Say what is wrong with what `reply` holds, if an XREAD got the entry or none was sent."""
    got = _got(_reads(seen, "01:missed"))
    if not contains(seen.passed["reply"], "early bird"):
        kept = "Your read got the entry, but you didn't keep it: write `reply = r.xread(…)`."
        return kept if got else ""
    if ranges := seen.did("XRANGE", "XREVRANGE"):
        return (
            f"{ranges[0].command} returns the entry, too, but it can't wait for new ones: use "
            "XREAD instead."
        )
    return (
        "No XREAD sent by `r` returned this entry: use `r`, and give XREAD an ID before the "
        "entry, such as 0."
    )


def _found(seen: Seen) -> str:
    """Describe what `reply` holds."""
    reply = seen.passed["reply"]
    if contains(reply, "early bird"):
        return "`reply` holds the text `early bird`"
    return "your reply is empty" if reply in ({}, []) else f"`reply` is {said(_in_pairs(reply))}"


def _in_pairs(reply: object) -> object:
    """Return a reply with (ID, fields) pairs, as redis-py returns it; evidence has only lists."""
    if isinstance(reply, dict):
        return {key: _in_pairs(value) for key, value in reply.items()}
    if not isinstance(reply, list):
        return reply
    parts = [_in_pairs(each) for each in reply]
    return tuple(parts) if [type(each) for each in parts] == [str, dict] else parts


MISSED = Exercise(
    "01.missed",
    title="What came before you looked",
    minutes=3,
    stage=1,
    stream="01:missed",
    values=("reply",),
    task="read the entry `early bird` of 01:missed with XREAD, and keep the reply in `reply`.",
    praise="your reply holds the entry, which was there before you looked, and still is.",
    wanted="a reply from XREAD that contains the entry `early bird`.",
    sees=lambda s: f"{count(s.stream.length, 'entry')} in the stream, and {_found(s)}.",
    solved=lambda s: (
        contains(s.passed["reply"], "early bird")
        and s.stream.length > 0
        and (not s.watched or bool(_got(_reads(s, "01:missed"))))
    ),
    untouched=lambda s: s.passed["reply"] is None,
    by_hand=_is_part,
    slip=lambda s: _kept(s) or s.sent_one("XADD", "the entry is already there, so just read it."),
    hints=(
        Hint(
            "xread-dollar",
            lambda s: (
                s.stream.length
                and not contains(s.passed["reply"], "early bird")
                and (_from_end(_reads(s, "01:missed")) or not (s.watched or s.passed["reply"]))
            ),
            "`$` stands for the last entry at the moment of the call, and XREAD returns only later "
            "entries: give it an ID before this entry, such as 0.",
        ),
        Hint(
            "xread-dollar",
            lambda s: (
                s.stream.length and _reads(s, "01:missed")[-1].empty and not s.passed["reply"]
            ),
            lambda s: (
                f"your `{_reads(s, '01:missed')[-1].line}` returned nothing, because XREAD returns "
                "entries *after* an ID: give it an ID before this entry, such as 0."
            ),
        ),
    ),
)


def _block(sent: Sent) -> int | None:
    """Return the most milliseconds that a read waits, None if it doesn't wait."""
    words = sent.words
    return int(words[words.index("BLOCK") + 1]) if "BLOCK" in words else None


def _bounded(sent: Sent) -> bool:
    """Tell whether a read waits, but for less time than `hasty` does."""
    return bool(_block(sent)) and in_time(_block(sent), HASTY)


def _times(reads: int) -> str:
    return "hundreds of reads" if reads > 200 else count(reads, "read")


def _late(seen: Seen) -> list[Sent]:
    return _reads(seen, "01:late")


def _added(seen: Seen) -> bool:
    return any("01:late" in each.keys for each in seen.did("XADD"))


def _miscounted(seen: Seen) -> bool:
    """Tell whether a read sent `block_ms` as its COUNT."""
    chosen = f"COUNT {number(seen.passed['block_ms'])} STREAMS"
    return any(chosen in " ".join(each.words) for each in _late(seen))


def _no_wait(seen: Seen) -> bool:
    """Tell whether there were reads, and none of them had a BLOCK."""
    return bool(_late(seen)) and all(_block(each) is None for each in _late(seen))


def _time_outs(seen: Seen) -> list[Sent]:
    return [each for each in _late(seen) if each.error.startswith("TimeoutError")]


HASTYS_NAME = r"\bhasty\b(?!\.(ping|get_))"
"""Where code may read with `hasty`: not where it sends a PING or shows its settings."""


def _other_listener(seen: Seen) -> bool:
    """Tell whether a client other than the cell's `hasty` got the entry."""
    patience = seen.passed["hasty"]["client"]["socket_timeout"] if seen.passed["hasty"] else HASTY
    reads = _late(seen)
    return bool(reads) and (
        patience != HASTY
        # On a busy machine, a bounded read may take this long, too
        or any(each.seconds > 2 * HASTY and not _bounded(each) for each in reads)
        or bool(seen.code)
        and not seen.times(HASTYS_NAME)
    )


A_FEW_LOOKS = 10
"""Commands that may go along with a read; a loop that looks sends many more in a second."""


def _slept(seen: Seen) -> bool:
    """Tell whether the program slept, or looked until the entry was there, and then read once."""
    return len(_late(seen)) == 1 and ("sleep(" in seen.code or len(seen.sent) > A_FEW_LOOKS)


def _way_is_right(seen: Seen) -> bool:
    """Tell whether `hasty` waited until the entry came, each time for less than its time-out."""
    got = _got(_late(seen))
    return bool(got) and not (
        _other_listener(seen)
        or _time_outs(seen)
        or _added(seen)
        or not _bounded(got[0])
        or _from_end(got[:1])
        or _slept(seen)
    )


def _other_block(seen: Seen) -> str:
    """Say that `block_ms` isn't the BLOCK that was sent; "" if it is, or nobody saw that."""
    chosen, used = seen.passed["block_ms"], _block(_got(_late(seen))[0]) if seen.watched else None
    if chosen is None and not used or number(chosen) == (used or number(chosen)) is not None:
        return ""
    sent = (
        f"but your read had a BLOCK of {used}" if used else "which isn't a number of milliseconds"
    )
    return f"`block_ms` is {said(chosen)}, {sent}: choose one number, and pass `block=block_ms`."


HASTY = 0.5
"""Seconds that `hasty` waits for a reply."""

LATE = Exercise(
    "01.late",
    given={HASTYS_NAME: 1},
    title="Longer than you can wait",
    minutes=6,
    stream="01:late",
    timed=("XADD", "01:late", "*", "value", "at last"),
    values=("block_ms", "news", "hasty"),
    typed=("block_ms",),
    task="choose `block_ms`, and keep reading with `hasty` until the entry is in `news`.",
    praise="a short BLOCK, repeated as often as needed, is as good as waiting forever.",
    wanted="a reply with the entry `at last`, which `hasty` received with a BLOCK shorter than its "
    "half second.",
    sees=lambda s: (
        f"block_ms = {said(s.passed['block_ms'])}, and the entry is "
        + ("" if contains(s.passed["news"], "at last") else "not ")
        + "in `news`"
        + (f" after {_times(len(_late(s)))}." if _late(s) else ".")
    ),
    solved=lambda s: contains(s.passed["news"], "at last") and (not s.watched or _way_is_right(s)),
    untouched=lambda s: s.passed["block_ms"] is None and not s.passed["news"],
    by_hand=_other_block,
    hints=(
        Hint(
            "empty-is-end",
            _added,
            "you added the entry yourself, but it arrives on its own after about a second, so just "
            "wait for it.",
        ),
        Hint(
            "block-socket",
            lambda s: contains(s.passed["news"], "at last") and _other_listener(s),
            "another client got the entry, but the original `hasty` can get it, too: leave "
            "`hasty` unchanged, and have it ask more than once, with a BLOCK shorter than its half "
            "second.",
            nearly=True,
        ),
        Hint(
            "block-socket",
            lambda s: contains(s.passed["news"], "at last") and _time_outs(s),
            lambda s: (
                f"{count(len(_time_outs(s)), 'read')} by `hasty` ended in a time-out, and a reply "
                "that arrives just then is lost: choose a BLOCK that ends well before the client's "
                "half second is over."
            ),
            nearly=True,
        ),
        Hint(
            "units",
            lambda s: _no_wait(s) and _miscounted(s),
            "your read sent `block_ms` as the COUNT, xread's second argument, so it didn't wait: "
            "write `block=block_ms`.",
        ),
        Hint(
            "empty-is-end",
            lambda s: contains(s.passed["news"], "at last") and _block(_got(_late(s))[0]) is None,
            "you got the entry, but your read didn't wait for it: without BLOCK, the server "
            "replies at once. Pass `block=block_ms`, and read as often as needed.",
            nearly=True,
        ),
        Hint(
            "empty-is-end",
            lambda s: contains(s.passed["news"], "at last") and _slept(s),
            lambda s: (
                f"your program {'slept' if 'sleep(' in s.code else 'looked again and again'}, and "
                "then read once, but only a BLOCK ends as soon as the entry arrives: instead, read "
                "with a BLOCK, again and again, until `hasty` gets the entry."
            ),
            nearly=True,
        ),
        Hint(
            "xread-dollar",
            lambda s: contains(s.passed["news"], "at last") and _from_end(_got(_late(s))[:1]),
            "this time the entry arrived while a read was waiting, but `$` misses entries that "
            "arrive between two reads: ask for entries after `0`.",
            nearly=True,
        ),
        Hint(
            "block-0",
            lambda s: contains(s.passed["news"], "at last") and number(s.passed["block_ms"]) == 0,
            "this time the entry arrived before `hasty` gave up, but that was luck: with BLOCK 0, "
            "the server waits forever, but `hasty` waits only half a second. Choose a BLOCK of "
            "less than 500 ms.",
            nearly=True,
        ),
        Hint(
            "block-socket",
            lambda s: contains(s.passed["news"], "at last") and _got(_late(s)),
            "this time the entry arrived before `hasty` gave up, but that was luck, because your "
            "BLOCK is nearly as long as the client's half second, or longer: choose a shorter one.",
            nearly=True,
        ),
        Hint(
            "empty-is-end",
            lambda s: contains(s.passed["news"], "at last") and not s.error,
            "none of the XREADs in the cell itself got this entry: call `hasty.xread` with a BLOCK "
            "until the entry arrives, and don't use a thread.",
        ),
        Hint(
            "empty-is-end",
            lambda s: (
                s.watched
                and not s.sent
                and not s.ended
                and s.passed["news"] == {}
                and any(word in s.code for word in ("while", "def "))
            ),
            "nothing was read: a loop runs only if its condition is true, and a function only if "
            "it is called. `news` starts out as an empty dictionary, so `not news` is true, but "
            "`news is None` is false.",
        ),
        Hint(
            "block-0",
            lambda s: number(s.passed["block_ms"]) == 0,
            "with BLOCK 0, the server waits forever, but `hasty` gives up after half a second, "
            "before the entry arrives: choose a BLOCK of less than 500 ms, and ask more than "
            "once.",
        ),
        Hint(
            "block-socket",
            lambda s: not in_time(number(s.passed["block_ms"]), HASTY),
            "`hasty` gives up after half a second, and with this BLOCK, the reply may arrive "
            "later: choose a shorter BLOCK, and ask more than once.",
        ),
        Hint(
            "units",
            lambda s: 0 < number(s.passed["block_ms"]) < 1,
            "BLOCK takes a whole number of milliseconds; only the client's 0.5 is in seconds.",
        ),
        Hint(
            "empty-is-end",
            lambda s: bool(_got(_late(s))) and (not s.error or s.ended == INTERRUPTED),
            "one of your reads got the entry, but `news` doesn't hold it: store the first "
            "non-empty reply in `news`, and stop reading.",
        ),
        Hint(
            "empty-is-end",
            lambda s: _no_wait(s) and not contains(s.passed["news"], "at last"),
            "your read didn't wait: without BLOCK, the server replies at once. Set `block_ms` to a "
            "number, pass `block=block_ms`, and read until the entry arrives.",
        ),
        Hint(
            "xread-dollar",
            lambda s: _from_end(_late(s)),
            "with `$`, each read waits only for entries that arrive during that read, and misses "
            "entries that arrive between two reads: ask for entries after `0`.",
        ),
        Hint(
            "empty-is-end",
            lambda s: len(_late(s)) > 1 and not s.ended,
            lambda s: (
                f"you asked {len(_late(s))} times, but the entry arrived later: keep reading as "
                "long as `news` is empty."
            ),
        ),
        Hint(
            "empty-is-end",
            lambda s: not s.passed["news"] and not s.ended and (_late(s) or not s.watched),
            "an empty reply only says that nothing arrived within one BLOCK: ask again, in a "
            "loop, until there's an entry.",
        ),
    ),
)

EXERCISES = [MISSED, PATIENCE, LATE, ADDRESS]
