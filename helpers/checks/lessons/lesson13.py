"""Lesson 13, What an acknowledged XADD is worth: ask replicas, decide what 0 means, and find the
lost entries."""

import ast
import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number, texts
from helpers.checks.wording import differs, listed
from helpers.connection.cells import syntax_nodes
from helpers.connection.sent import SCRIPTS, Sent


def _replicas(seen: Seen) -> list[int | float | None]:
    """Return what `store` returned, as numbers; True, from a comparison, is one replica."""
    return [
        int(each) if isinstance(each, bool) else number(each) for each in seen.passed["answers"]
    ]


def _unasked(seen: Seen) -> bool:
    """Tell whether entries were added, but nobody sent a WAIT other than the stub's."""
    return bool(seen.did("XADD")) and len(seen.did("WAIT")) < 2


def _compared(seen: Seen) -> bool:
    """Tell whether `store` returned True or False in place of a number."""
    return any(isinstance(each, bool) for each in seen.passed["answers"])


def _elsewhere(seen: Seen) -> Sent | None:
    """Return an XADD to a key other than the exercise's."""
    return next((each for each in seen.did("XADD") if each.key != "13:confirm"), None)


def _again(seen: Seen) -> bool:
    """Tell whether a call added its entry more than once."""
    return len(seen.did("XADD")) > len(seen.passed["answers"])


def _not_added(seen: Seen) -> str:
    """Say what `store` did in place of an XADD with the field `value`; "" if it added entries."""
    if not seen.sent:  # A grader doesn't see this server
        return ""
    if unnamed := [each for each in seen.did("XADD") if "value" not in each.words]:
        return f"you sent `{unnamed[0].line}`, but the value belongs in the field `value`."
    if len(seen.did("XADD")) >= len(seen.passed["answers"]) - 1:  # The stage skips the first one
        return ""
    return (
        "you sent fewer XADDs than there were calls to `store`, and only XADD adds an entry: "
        "send one in each call."
    )


def _undone(seen: Seen) -> Sent | None:
    """Return the command that removed an entry."""
    return next((e for e in seen.did("XDEL", "XTRIM", "DEL", "UNLINK") if e.answer), None)


def _wants_many(seen: Seen) -> Sent | None:
    """Return a WAIT for more replicas than anyone has: its arguments are swapped."""
    return next((each for each in seen.did("WAIT") if int(each.words[1]) >= 100), None)


def _not_ms(seen: Seen) -> str:
    """Say that WAIT doesn't get the call's `ms`: the code never uses it, or a WAIT on the held line
    waits for more than the 100 ms that the call allows."""
    waits = [each for each in seen.did("WAIT")[-2:] if int(each.words[2]) > 100]
    if waits:
        return f"you sent `{waits[-1].line}` for `ms=100`: pass `ms` to WAIT."
    stores = [e for e in syntax_nodes(seen.code) if getattr(e, "name", "") == "store"]
    names = [each.id for part in stores for each in ast.walk(part) if isinstance(each, ast.Name)]
    unused = stores and "ms" not in names
    return "`store` never uses its argument `ms`: pass it to WAIT." if unused else ""


def _body(seen: Seen, name: str = "store") -> str:
    """Return the source of the learner's function."""
    return seen.code.rpartition(f"def {name}")[2].partition("\n\n")[0]


CONFIRM = Exercise(
    "13.confirm",
    title="A store that knows",
    minutes=5,
    after=6,
    stage=2,
    by_hand=_not_ms,
    reads={"here": lambda r: r.exists("13:confirm")},
    values=("answers",),
    task="write `store`: add an entry to 13:confirm, and return how many replicas have it within "
    "`ms` milliseconds.",
    praise="1 on the free line, and 0 on the held one: `store` asks on the connection that wrote.",
    wanted="1 and 1 on the free line, 0 and 0 on the held one: `store` adds an entry, and "
    "returns the reply to WAIT.",
    sees=lambda s: f"`store` returned {listed(s.passed['answers'])}.",
    solved=lambda s: (
        _replicas(s) == [1, 1, 0, 0]
        and not (_wants_many(s) or _unasked(s) or _again(s) or _elsewhere(s))
        and not (_undone(s) or _not_added(s))
    ),
    untouched=lambda s: s.passed["answers"] in (None, [], [None] * 4),
    hints=(
        Hint(
            "wait-anywhere",
            lambda s: _replicas(s) == [1, 1, 0, 0] and _unasked(s),
            lambda s: (
                "the numbers are right, but you "
                + (
                    "asked this one replica yourself: WAIT asks all of them, and needs no address"
                    if "trial.replica" in s.code
                    else "sent no WAIT, and only WAIT asks the replicas about this very entry"
                )
                + ". Send it after XADD, and return its reply."
            ),
            nearly=True,
        ),
        Hint(
            "wait-anywhere",
            lambda s: _replicas(s) == [1, 1, 0, 0] and _elsewhere(s),
            lambda s: (
                f"the numbers are right, but you sent `{_elsewhere(s).line}`: add the entries to "
                "`13:confirm`."
            ),
            nearly=True,
        ),
        Hint(
            "zero-is-refused",
            lambda s: _replicas(s) == [1, 1, 0, 0] and _again(s),
            "the numbers are right, but you sent more XADDs than there were calls to `store`: "
            "when WAIT returns 0, nothing is undone, so the value is now stored more than "
            "once. Add it once, and return 0.",
            nearly=True,
        ),
        Hint(
            "zero-is-refused",
            lambda s: _replicas(s) == [1, 1, 0, 0] and _undone(s),
            lambda s: (
                f"the numbers are right, but you sent `{_undone(s).line}`: when WAIT returns 0, a "
                "replica may still get the entry, so leave it there, and return 0."
            ),
            nearly=True,
        ),
        Hint(
            "wait-anywhere",
            lambda s: _replicas(s) == [1, 1, 0, 0] and _not_added(s),
            lambda s: f"the numbers are right, but {_not_added(s)}",
            nearly=True,
        ),
        Hint(
            "wait-0-ms",
            lambda s: "TimeoutError" in s.error and s.did("WAIT")[-1].words[2] == "0",
            "the client gave up, because with 0 ms, WAIT waits forever: pass `ms` to WAIT.",
        ),
        Hint(
            "reply-shape",
            lambda s: _compared(s) and not _unasked(s),
            "`store` returned True or False, which hides what WAIT replied: return that number "
            "itself, without comparing it.",
        ),
        Hint(
            "wait-in-multi",
            lambda s: (
                "from script" in s.error or _replicas(s)[1:3] != [1, 0] and "eval(" in _body(s)
            ),
            "in a script, WAIT doesn't wait, and some servers refuse it there: send XADD and WAIT "
            "as two commands in `server.pipeline(transaction=False)`.",
        ),
        Hint(
            "reply-shape",
            lambda s: any(isinstance(each, list) for each in s.passed["answers"]),
            "`store` returned a list, like the one that `execute()` returns: return only the reply "
            "to WAIT, which is the number of replicas.",
        ),
        Hint(
            "id-is-proof",
            lambda s: (
                {bool(re.fullmatch(r"\d+-\d+", str(each))) for each in s.passed["answers"]}
                == {True}
            ),
            "`store` returned entry IDs: the master gives one to every entry, whether or not a "
            "replica has it. Return the reply to WAIT, which is the number of replicas.",
        ),
        Hint(
            "wait-in-multi",
            lambda s: (
                _replicas(s)[0] in (0, 1)
                and re.search(r"pipeline\((?!(transaction=)?False)", _body(s))
            ),
            "a pipeline is a transaction unless you pass `transaction=False`, and in a "
            "transaction, WAIT returns at once and reports on earlier writes.",
        ),
        Hint(
            "wait-anywhere",
            lambda s: None not in _replicas(s) and _unasked(s),
            "you sent no WAIT, and only WAIT tells you how many replicas have received what the "
            "same connection wrote: send it after XADD, and return its reply.",
        ),
        Hint(
            "wait-anywhere",
            lambda s: _replicas(s)[:3] == [1, 1, 1] and "watcher" in _body(s),
            "`store` returned 1 on the held line, too: the connection that sent WAIT wrote "
            "nothing, so it has no writes to ask about. Write and ask on the same connection.",
        ),
        Hint(
            "wait-first",
            lambda s: _replicas(s) == [1, 1, 1, 0],
            "the third call returned 1 on the held line: you sent WAIT before XADD, so it asked "
            "about the previous entry. Write first, then ask.",
        ),
        Hint(
            "wait-anywhere",
            lambda s: _replicas(s) == [1, 1, 1, 1],
            "`store` returned 1 on the held line, where no replica can have the entry: send WAIT "
            "after XADD, on the same connection, and return its reply.",
        ),
        Hint(
            "wait-anywhere",
            lambda s: s.read["here"],
            "the entries went to the course's own server, which has no replica: send XADD and WAIT "
            "with `server`, this exercise's master.",
        ),
        Hint(
            "wait-0-replicas",
            lambda s: _replicas(s) == [0, 0, 0, 0] or _wants_many(s),
            lambda s: (
                (
                    f"you sent `{_wants_many(s).line}`: "
                    if _wants_many(s)
                    else "`store` returned 0 on the free line, too. Return WAIT's reply, and check "
                    "your call: "
                )
                + "WAIT's first argument is the number of replicas to wait for, 1, and its second "
                "is the longest time to wait, `ms`."
            ),
        ),
        Hint(
            "reply-lost",
            lambda s: None in s.passed["answers"],
            "`store` returned None: return the reply to WAIT with `return`.",
        ),
    ),
)

ONCE = [str(n) for n in range(1, 7)]


def _nights(seen: Seen) -> list[list[str]]:
    """Return what the stream held after the slow night, and after the one in which Berlin died."""
    return [texts(each) for each in seen.passed["nights"]]


def _unnumbered(seen: Seen) -> bool:
    """Tell whether orders were added without raising the producer's number."""
    return bool(seen.did("XADD")) and not seen.did("SET", "GETSET", "MSET", "INCR", "INCRBY")


def _restarted(seen: Seen) -> Sent | None:
    """Return the command that deleted the stream with the confirmed orders, if one did."""
    deleted = seen.did("DEL", "UNLINK")
    return next((each for each in deleted if "13:doubt" in each.keys and each.answer), None)


def _repeated(seen: Seen) -> bool:
    """Tell whether the last night's scripts were executed, and one had a number of a confirmed
    order, as far as anybody saw it."""
    scripts = seen.did(*SCRIPTS)[-3:]
    numbers = [int(each.words[3 + len(each.keys)]) for each in scripts]
    return not seen.watched or min(numbers) <= 3 and not any(each.error for each in scripts)


def _twice(seen: Seen) -> bool:
    """Tell whether an order is there twice after the slow night."""
    return any(_nights(seen)[0].count(order) > 1 for order in ONCE)


def _wrong_orders(seen: Seen) -> str:
    """Say what the stream holds in place of the orders."""
    orders = seen.passed["nights"][-1]
    if None in orders:
        return "an entry has no field `value`, which should hold the order's number."
    return differs("the stream", orders, ONCE)


def _missing(seen: Seen) -> list[str]:
    """Return the last orders that are missing in Oslo, if some of the doubtful ones are there."""
    slow, died = _nights(seen)
    return ONCE[len(died) :] if slow == ONCE and died in (ONCE[:4], ONCE[:5]) else []


def _other_keys(seen: Seen) -> str:
    """Say which client and keys the numbers belong to."""
    again = _body(seen, "again")
    if re.search(r"(?<![\w.])r\.", again):
        return "`r` is the course's own server, which has none of these orders. Use `server`."
    if re.search(r"\bsend\(", again):
        return (
            "the lesson's `send` uses different keys, those of `13:safe`. Call `NUMBERED` "
            "yourself, with the keys `13:doubt` and `13:doubt:producer`."
        )
    return (
        "send 4, 5 and 6 in order, under the keys `13:doubt` and `13:doubt:producer`, and "
        "don't change these keys in any other way."
    )


DOUBT = Exercise(
    "13.doubt",
    title="WAIT said 0",
    minutes=8,
    after=12,
    stage=16,
    values=("nights",),
    task="write `again`, so that `server` has each doubtful order once, whatever happened.",
    praise="1 to 6, once each, on both nights: the server knew which numbers it had.",
    wanted="the orders 1 to 6, once each and in order, on both nights.",
    sees=lambda s: (
        (
            "; ".join(
                f"{night}: {listed(found)}"
                for night, found in zip(("slow", "Berlin died"), _nights(s), strict=False)
            )
            or "neither night has ended"
        )
        + "."
    ),
    solved=lambda s: _nights(s) == [ONCE, ONCE] and not (_unnumbered(s) or _restarted(s)),
    untouched=lambda s: s.passed["nights"] is None or _nights(s) == [ONCE, ONCE[:3]],
    slip=_wrong_orders,
    hints=(
        Hint(
            "sequence-counts-calls",
            lambda s: _nights(s) == [ONCE, ONCE] and _unnumbered(s),
            "the orders are there, but XADD doesn't raise the producer's number: in Oslo, that "
            "number isn't 6, so the next order, 7, would be refused (SEQGAP). Send the orders with "
            "`NUMBERED`, under the same key.",
            nearly=True,
        ),
        Hint(
            "zero-is-refused",
            lambda s: _nights(s) == [ONCE, ONCE] and _restarted(s),
            lambda s: (
                f"the orders are there, but your `{_restarted(s).line}` deleted the confirmed "
                "orders: 1 to 3 are different entries now, so the IDs that somebody kept no longer "
                "find them. Send only the doubtful orders."
            ),
            nearly=True,
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: "SEQGAP" in s.error or any("SEQGAP" in each.error for each in s.sent),
            lambda s: (
                "the server refused a number (SEQGAP), because the number before it is missing "
                f"under the producer key that you used: {_other_keys(s)}"
            ),
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: _nights(s) == [ONCE, ONCE[:3]] and _repeated(s),
            "nothing arrived in Oslo: its last number is 3, so it treats any number up to 3 as a "
            "repeat. Send each order with its own number, 4 to 6.",
        ),
        Hint(
            "zero-is-stored",
            lambda s: _nights(s) == [ONCE, ONCE[:3]] and not any(e.error for e in s.sent),
            "orders 4 to 6 were lost with Berlin: when WAIT returns 0, an order may not be safe, "
            "so send the doubtful orders again.",
        ),
        Hint(
            "zero-is-stored",
            lambda s: _missing(s),
            lambda s: (
                f"Oslo is missing {listed(_missing(s))}: send each of the doubtful orders, in a "
                "loop that doesn't stop early."
            ),
        ),
        Hint(
            "zero-is-refused",
            lambda s: not {*ONCE[:3]} <= {*_nights(s)[0]},
            "orders that were confirmed are gone from the stream: delete nothing there, and send "
            "only the doubtful orders again.",
        ),
        Hint(
            "key-per-call",
            lambda s: _twice(s) and "NUMBERED" in _body(s, "again"),
            "an order is there twice after the slow night: the server recognizes a repeat by its "
            "number and key. Send each order with its own number, 4 to 6, under the key "
            "`13:doubt:producer`, which nothing else may change.",
        ),
        Hint(
            "zero-is-refused",
            lambda s: _twice(s),
            "after the slow night, an order is there twice: when WAIT returns 0, the write isn't "
            "undone, so send the order again with `NUMBERED`, its own number and the same key.",
        ),
    ),
)


def _listed_lost(seen: Seen) -> list[str]:
    return texts(seen.passed["lost"])


def _listed_ghosts(seen: Seen) -> list[str]:
    return texts(seen.passed["ghosts"])


LOST, GHOSTS = ["tea", "bread", "salt", "corn"], ["bread", "salt"]


def _unasked_oslo(seen: Seen) -> str:
    """Say what the result wasn't taken from: Oslo's stream, or the list of emails."""
    if not seen.code:
        return ""
    if not seen.times(r"\bmails\b"):
        return "you didn't use `mails` for `ghosts`: look there for the ID of each lost order."
    if seen.times(r"\boslo\b") or seen.did("XRANGE", "XREVRANGE", "XREAD"):
        return ""
    return (
        "you didn't ask Oslo which orders it has, and after a different failover, different "
        "orders would be missing: look up each entry ID in `oslo.xrange(GONE)`."
    )


GONE = Exercise(
    "13.gone",
    given={r"\boslo\b": 2, r"\bmails\b": 2},
    title="What is gone",
    minutes=6,
    stage=11,
    values=("lost", "ghosts"),
    by_hand=_unasked_oslo,
    task="list in `lost` the orders that Berlin acknowledged but Oslo doesn't have, and in "
    "`ghosts` the lost orders that were confirmed by email.",
    praise="four orders are lost, and two customers have an email about an order that doesn't "
    "exist.",
    wanted="in `lost`, the values of the orders whose entry IDs Oslo doesn't have, in order; in "
    "`ghosts`, the values of those whose IDs are also in `mails`.",
    sees=lambda s: f"lost: {listed(s.passed['lost'])}; ghosts: {listed(s.passed['ghosts'])}.",
    solved=lambda s: _listed_lost(s) == LOST and _listed_ghosts(s) == GHOSTS,
    untouched=lambda s: s.passed["lost"] is None and s.passed["ghosts"] is None,
    hints=(
        Hint(
            "mailed-is-lost",
            lambda s: any(v is not None and texts(v) is None for v in s.passed.values()),
            '`lost` and `ghosts` should be lists of values, such as `["tea"]`: not a number, a '
            "dictionary, pairs, or a single text with all of them.",
        ),
        Hint(
            "id-as-value",
            lambda s: all("-" in each for each in _listed_lost(s) if each) and _listed_lost(s),
            "`lost` holds entry IDs, but it should hold the orders' values: look up each value "
            "with `receipts[entry_id]`.",
        ),
        Hint(
            "value-is-identity",
            lambda s: _listed_lost(s) == ["corn"],
            "`lost` leaves out every order whose value also appears in Oslo, but the tea, salt or "
            "bread there may be another customer's: identify each order by its entry ID.",
        ),
        Hint(
            "length-shows-loss",
            lambda s: _listed_lost(s) in (["salt", "corn"], ["tea", "bread"]),
            "Oslo's stream holds six orders, two of them new, so its length can't tell you which "
            "orders were lost: look up each receipt's entry ID there.",
        ),
        Hint(
            "last-id-decides",
            lambda s: _listed_lost(s) == [] and not s.ended,
            "`lost` is empty, but Oslo's last entry came after the failover, so earlier "
            "entries may be missing: look up each receipt's entry ID in Oslo's stream.",
        ),
        Hint(
            "old-is-lost",
            lambda s: _listed_lost(s) != LOST and sorted(_listed_lost(s)) == sorted(LOST),
            "`lost` has the right orders, but in the wrong sequence: list them as in "
            "`receipts`, from first to last.",
        ),
        Hint(
            "mailed-is-lost",
            lambda s: _listed_lost(s) == GHOSTS,
            "`lost` has only orders that were confirmed by email: look up each ID from `receipts` "
            "in Oslo's stream, whether or not it is in `mails`.",
        ),
        Hint(
            "mailed-is-lost",
            lambda s: _listed_lost(s) == LOST and _listed_ghosts(s) != GHOSTS,
            "`lost` is right. Now set `ghosts` to the values of only those lost orders whose own "
            "entry IDs are in `mails`, in the same order.",
        ),
        Hint(
            "old-is-lost",
            lambda s: {*_listed_lost(s)} & {"plums", "milk", "rice"} and not s.did("DEL"),
            "`lost` has an order that Oslo holds: take the orders whose IDs are in `receipts` "
            "but not in Oslo's stream (`oslo.xrange(GONE)` returns (ID, fields) pairs).",
        ),
    ),
)

EXERCISES = [CONFIRM, DOUBT, GONE]
