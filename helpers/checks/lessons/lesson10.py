"""Lesson 10, How fast: store in few round trips, and make a safe consumer five times as fast
without losing an entry."""

import re

from redis import Redis

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.order import acked_after_kill
from helpers.checks.plain_data import MOST_ITEMS, number
from helpers.checks.signs import SENT_NOTHING, acknowledge
from helpers.checks.wording import differs, listed
from helpers.entries import id_key
from helpers.plurals import count

HUNDRED = [str(n) for n in range(100)]
SLOW_TRIPS = 215
"""Round trips of the task's consumer until it is killed at 107: 108 reads and 107
acknowledgments."""


def _values(r: Redis) -> list[str]:
    """Return all values of 10:store, because a snapshot of so many entries has only both ends; of
    an entry with several fields, all of them."""
    return [
        "".join(fields.values()) if len(fields) == 1 else str(fields)
        for _, fields in r.xrange("10:store")
    ]


def _account(r: Redis) -> list[str]:
    """Return the values in 10:five that were delivered and aren't pending."""
    last = next(
        id_key(group["last-delivered-id"])
        for group in r.xinfo_groups("10:five")
        if group["name"] == "consumerGroup"
    )
    pending = {
        line["message_id"] for line in r.xpending_range("10:five", "consumerGroup", "-", "+", 1000)
    }
    return [
        str(fields.get("value"))
        for i, fields in r.xrange("10:five")
        if id_key(i) <= last and i not in pending
    ]


def _trips(seen: Seen) -> float:
    return number(seen.passed["used"])


def _in_trips(seen: Seen) -> str:
    """Say in how many round trips, unless the cell ended before they were counted."""
    return f", in {count(int(_trips(seen)), 'round trip')}" if seen.passed["used"] else ""


def _removed(seen: Seen) -> str:
    """Say that entries were removed again, as `maxlen` does; or ""."""
    if not seen.stream.removed:
        return ""
    return (
        f"you added {count(seen.stream.entries_added, 'entry')}, but {seen.stream.removed} of them "
        "were removed again, which is what `maxlen` does: keep all of them."
    )


def _is_wide(seen: Seen) -> bool:
    """Tell whether the only entry was to hold more than one of the values."""
    return seen.read["values"][0] not in HUNDRED or len(seen.did("XADD")[0].words) > 5


def _unsent(seen: Seen) -> str:
    """Say why nothing was sent, if nothing was; or ""."""
    if seen.sent or _trips(seen):
        return ""
    if "pipeline(" not in seen.code:
        return SENT_NOTHING
    return (
        "`r` sent nothing. `execute()` sends only the commands that you added to the same pipeline "
        "earlier, and a function runs only when you call it."
    )


def _fewer(seen: Seen) -> str:
    """Say how to wait less often."""
    if "pipeline" in seen.code and re.search(r"\br\.xadd", seen.code):
        return "`r.xadd` sends its command at once, so call the pipeline's own `xadd`."
    if "execute" in seen.code:
        return (
            "each `execute` waits for the replies to the commands it sends, so call `execute` "
            "less often."
        )
    return "collect more commands before sending them together."


STORE = Exercise(
    "10.store",
    title="A hundred in one go",
    minutes=4,
    after=3,
    stream="10:store",
    reads={"values": _values},
    values=("used",),
    task="store 0 to 99 in 10:store, in order, in at most ten round trips (so far `r` has sent "
    "nothing; a pipeline sends its commands when you call execute()).",
    praise="a hundred entries, in order, and hardly any waiting.",
    wanted="the entries 0 to 99, one for each value, in one to ten round trips of `r`, the "
    "client whose round trips are counted.",
    sees=lambda s: f"{count(s.stream.length, 'entry')} ({listed(s.values, 3)}){_in_trips(s)}.",
    solved=lambda s: s.read["values"] == HUNDRED and 0 < _trips(s) <= 10,
    untouched=lambda s: not s.stream.exists and not _trips(s) and "pipeline" not in s.code,
    slip=lambda s: _unsent(s) or _removed(s) or differs("the stream", s.read["values"], HUNDRED),
    hints=(
        Hint(
            "one-entry-many-fields",
            lambda s: (
                (s.stream.entries_added == 1 and _is_wide(s))
                or (s.stream.length < 100 and any("{" in v for v in s.read["values"]))
            ),
            "one XADD stores one entry, which goes to one consumer as a whole, however many fields "
            "it has: a hundred entries take a hundred XADDs.",
        ),
        Hint(
            "round-trip",
            lambda s: _trips(s) > 10 and sorted(s.read["values"]) == sorted(HUNDRED),
            lambda s: f"everything is stored, but you waited for too many replies: {_fewer(s)}",
        ),
        Hint(
            "pipeline-unsent",
            lambda s: (
                s.stream.length == 0
                and not s.ended
                and (not s.watched or ("pipeline" in s.code and ".execute(" not in s.code))
            ),
            "the stream is empty: a pipeline holds its commands back until you call execute(), and "
            "each command must name the stream.",
        ),
    ),
)


def _acked(seen: Seen) -> set[str]:
    return set(seen.read["acked"])


def _done(seen: Seen) -> set[str]:
    return {str(value) for value in seen.passed["done"]}


def _lost(seen: Seen) -> list[str]:
    return sorted(_acked(seen) - _done(seen), key=int)


def _caught(seen: Seen) -> str:
    """Say that the learner's code carried on where `work` is killed, if it did."""
    if "108" not in _done(seen) or "107" in _done(seen):
        return ""
    return (
        "nothing can be handled after 107: `work` is killed there, and no program survives a kill. "
        "Call `work` for each entry, and let its error end `consume`."
    )


def _again(seen: Seen) -> str:
    """Say which values were handled more than once; or ""."""
    done = [str(value) for value in seen.passed["done"]]
    again = list(dict.fromkeys(value for value in done if done.count(value) > 1))
    if not again:
        return ""
    return f"{listed(again, 4)} went through `work` more than once: handle each entry only once."


def _handled(seen: Seen) -> str:
    """Say how many values are in `done`, of which a check keeps only so many."""
    kept = len(seen.passed["done"])
    return f"{kept}{' or more' if kept == MOST_ITEMS else ''} handled"


def _stopped(seen: Seen) -> str:
    """Say that `work` was never killed, or that too little is acknowledged; or ""."""
    if not seen.group.pending:
        return "`work` was never killed: keep reading and handling until no entries are left."
    acked = len(_acked(seen))
    if 2 * acked >= 107 or len(_done(seen)) != 107:
        return ""
    return f"only {acked} of the 107 handled entries are acknowledged: send XACK sooner."


WORK = r"\bwork\b"


def _without_work(seen: Seen) -> str:
    """Say that the code handles entries without `work`; or ""."""
    if not seen.code or seen.times(WORK):
        return ""
    return "your code never calls `work`: call it for each entry."


def _acked_too_late(seen: Seen) -> str:
    """Say that a kill would leave more than half to be repeated, because what acknowledged it
    wouldn't run then; or ""."""
    earlier = [each for each in seen.did("XACK") if each.answer][:-1]
    return acked_after_kill(seen) if 2 * sum(each.answer for each in earlier) < 107 else ""


def _and_read_fewer(seen: Seen) -> str:
    """Say to read fewer at a time, if one reply held 107, at which `work` is killed."""
    one = len([each for each in seen.did("XREADGROUP") if not each.empty]) == 1
    return ", and read fewer entries at a time." if one else ", before you read the next one."


FIVE = Exercise(
    "10.five",
    given={WORK: 1},
    title="Five times as fast",
    minutes=10,
    after=3,
    stage=121,
    stream="10:five",
    group="consumerGroup",
    reads={"acked": _account},
    values=("done", "used"),
    task="handle entries with work(fields) until it is killed, in a fifth of the round trips, "
    "losing nothing, and leaving at most half to repeat.",
    praise="you need at most a fifth of the round trips, and the entries that weren't handled are "
    "still there for the next consumer.",
    wanted="0 to 106 handled in order, at least half of them acknowledged and no others, in "
    "at most 43 round trips.",
    sees=lambda s: (
        f"{_handled(s)}{_in_trips(s)}; {s.group.pending} pending; lost: {listed(_lost(s), 5)}."
    ),
    solved=lambda s: (
        not _lost(s)
        and s.group.pending  # 107, at which `work` was killed
        and 0 < _trips(s) <= SLOW_TRIPS // 5
        and 2 * len(_acked(s)) >= 107
        and [str(value) for value in s.passed["done"]] == [str(n) for n in range(107)]
    ),
    by_hand=lambda s: _without_work(s) or _acked_too_late(s),
    untouched=lambda s: not s.passed["done"] and not s.group.pending and not _trips(s),
    slip=lambda s: (
        _without_work(s)
        or _caught(s)
        or (
            "107" in _done(s)
            and "`done` contains 107, but the cell's `work` never puts it there: call `work` for "
            "each entry."
        )
        or _again(s)
        or differs("`done`", s.passed["done"], HUNDRED + [str(n) for n in range(100, 107)])
        or _stopped(s)
    ),
    hints=(
        Hint(
            "xrange-delivers",
            lambda s: (
                (s.group.last_delivered == "0-0" or s.did("XGROUP SETID"))
                and s.passed["done"]
                and (s.did("XRANGE", "XREAD") or not s.watched)
            ),
            "`work` got entries that the group hasn't delivered: XRANGE and XREAD don't make "
            "entries pending, and XACK returns 0 for entries that aren't. Read with XREADGROUP.",
        ),
        Hint(
            "zero-from-start",
            lambda s: (
                s.passed["done"] == []
                and s.did("XREADGROUP")
                and all(e.words[-1] != ">" for e in s.did("XREADGROUP"))
            ),
            "a read with an ID such as 0 asks for this consumer's own pending entries, and there "
            "are none: to get new entries, read with `>`.",
        ),
        Hint(
            "noack",
            lambda s: _lost(s) and any("NOACK" in each.words for each in s.did("XREADGROUP")),
            "you read with NOACK, so the entries were never pending, and those that weren't "
            "handled are lost: read without NOACK, and acknowledge after the work.",
        ),
        Hint(
            "ack-first",
            lambda s: _lost(s) and not _caught(s),
            "entries that weren't handled are no longer pending, so nobody will get them again: "
            "acknowledge only what you have handled.",
        ),
        Hint(
            "ack-once",
            lambda s: (
                len(_done(s)) == 107
                and 0 < 2 * len(_acked(s)) < 107
                and _acked(s) != set(HUNDRED[: len(_acked(s))])
            ),
            "XACK acknowledges only the IDs that you pass, not those before them: pass the IDs of "
            "all handled entries in one call.",
        ),
        Hint(
            "unacked",
            lambda s: (
                len(_done(s)) == 107
                and not _acked(s)
                and s.group.pending
                and s.stream.length == 120
            ),
            lambda s: (
                "nothing is acknowledged, so every entry will be delivered again: "
                + acknowledge(
                    s,
                    (
                        "a pipeline sends nothing before `execute()`, so call `execute()` once for "
                        "each reply"
                        if "pipeline" in s.code
                        else "acknowledge the entries of a reply as soon as they are handled"
                    )
                    + _and_read_fewer(s),
                )
            ),
        ),
        Hint(
            "ack-each",
            lambda s: 107 < _trips(s) < SLOW_TRIPS,
            "you saved some of the round trips, but most entries still take one of their own: one "
            "read can return many entries, and one XACK can acknowledge all of them.",
        ),
        Hint(
            "round-trip",
            lambda s: SLOW_TRIPS // 5 < _trips(s) <= 107 and len(_done(s)) == 107,
            lambda s: (
                f"{int(_trips(s))} round trips are still more than a fifth of {SLOW_TRIPS}: read "
                "and acknowledge more entries at once."
            ),
        ),
        Hint(
            "round-trip",
            lambda s: _trips(s) >= SLOW_TRIPS,
            "each entry still waits for two replies: read with a larger COUNT, and acknowledge "
            "a whole reply at once.",
        ),
    ),
)

EXERCISES = [STORE, FIVE]
