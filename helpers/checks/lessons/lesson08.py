"""Lesson 08, Duplicates: store each entry once over a bad line, and apply an effect once."""

import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.order import acked_before_script
from helpers.checks.plain_data import number
from helpers.checks.signs import acknowledge
from helpers.checks.wording import listed
from helpers.connection.sent import SCRIPTS, Sent
from helpers.plurals import count

FOUR = ["a", "b", "a", "d"]
OWN_KEY = (
    "with a producer key that begins with 08:line: (only such keys are deleted when you run the "
    "cell again; with any other, everything would be a repeat)."
)


def _added_by_hand(seen: Seen) -> bool:
    """Tell whether entries were added without `store`."""
    return any(each.key == "08:line" for each in seen.did("XADD"))


def _gap(seen: Seen) -> Sent | None:
    """Return the call of `store` that was refused, because a number was missing before it."""
    return next((each for each in seen.sent if each.error.startswith("SEQGAP I have")), None)


def _first_number(seen: Seen) -> str:
    """Return the number in the refused call of `store`: it follows the script's keys."""
    return _gap(seen).words[3 + len(_gap(seen).keys)]


def _stored(seen: Seen) -> list[Sent]:
    """Return the script calls for the exercise's stream."""
    return [each for each in seen.did(*SCRIPTS) if each.key == "08:line"]


def _spared(seen: Seen) -> str:
    """Say that another script or a Producer stored the entries, that each had its own key, or that
    the values were typed; or ""."""
    if len(_producers(seen)) > 1:
        return (
            f"you used {len(_producers(seen))} producer keys, so `store` can't tell whether an "
            "earlier entry is missing: use the same key for all calls, and each value's own number."
        )
    if "Producer(" in seen.code:
        return (
            "a Producer gives each value a new number, so your program had to remove the repeats: "
            "pass the numbers from `calls` to `store`, which recognizes repeats even after a "
            "restart."
        )
    if "redis.call" in seen.code:
        return (
            "you stored the entries with your own script, and nothing here shows whether it "
            "refuses a gap: use `store`, which does."
        )
    if not seen.code or seen.times(r"\bcalls\b"):
        return ""
    return (
        "your code doesn't use `calls`: pass every value in it to `store`, even those that came "
        "twice, because `store` recognizes the repeats."
    )


def _producers(seen: Seen) -> list[str]:
    """Return the producer keys that the script was called with."""
    return sorted({key for each in _stored(seen) for key in each.keys[1:]})


NO_LOOKS = "MULTI", "EXEC", "DEL", "UNLINK"
NOTES = "SET", "SETNX", "INCR", "INCRBY", "SADD", "HSET", "HSETNX", "HINCRBY", "ZADD", "RPUSH"
"""Commands that tell nothing about what is stored, and those that note what is."""


def _recognized(seen: Seen) -> str:
    """Say what entries that were added without `store` lack."""
    adds = [n for n, e in enumerate(seen.sent) if (e.command, e.key) == ("XADD", "08:line")]
    before = [e for e in seen.sent[: adds[-1]] if e.command not in ("XADD", *NO_LOOKS)]
    adds = [seen.sent[n] for n in adds]
    if any("IDMP" in each.words for each in adds):
        return "but the server forgets the IDs for IDMP after a while, and it would accept a gap. "
    if any("equal or smaller" in each.error for each in adds):
        return "because the server refused the repeated IDs, but it would accept a gap. "
    if any(each.command in NOTES and not each.together for each in seen.sent):
        return "but a crash between two of your commands would lose an entry, or store it twice. "
    if before:
        return "but between your check and your XADD, somebody else might store the same entry. "
    return (
        "but only because you removed the repeats before the server saw them; after a restart, "
        "nobody would recognize a repeat. "
    )


def _producer_slip(seen: Seen) -> str:
    """Say which producer's key `store` got, if it is another's, or that its number is too high; or
    ""."""
    if not seen.read["keys"] and _producers(seen):
        return (
            f"you passed `store` the producer key `{_producers(seen)[0]}`: its name must begin "
            "with 08:line:."
        )
    return (
        "the producer key already holds the last number, so `store` mistakes everything for a "
        "repeat: run the cell above again, and don't delete anything."
        if _stored(seen) and not seen.stream.length
        else ""
    )


LINE = Exercise(
    "08.line",
    given={r"\bcalls\b": 1},
    title="A bad line",
    minutes=5,
    stream="08:line",
    reads={"keys": lambda r: len(list(r.scan_iter("08:line:*", count=1000)))},
    task="store the values from `calls` in 08:line, each entry once and in order, " + OWN_KEY,
    praise="a, b, a and d are stored once each, even though some of them came twice.",
    wanted="the entries a, b, a, d, each added once by `store`, " + OWN_KEY,
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')} ({listed(s.values, 12)}), "
        f"{s.stream.entries_added} added in all; "
        f"producer keys that begin with 08:line: {s.read['keys']}."
    ),
    solved=lambda s: (
        s.values == FOUR
        and s.stream.entries_added == 4
        and s.read["keys"]
        and not _added_by_hand(s)
    ),
    by_hand=_spared,
    untouched=lambda s: not s.stream.exists,
    slip=_producer_slip,
    hints=(
        Hint(
            "remember-in-python",
            lambda s: _added_by_hand(s) and s.values == FOUR and s.stream.entries_added == 4,
            lambda s: (
                f"the entries are right, {_recognized(s)}"
                "Let `store` add them: it keeps the last number on the server."
            ),
            nearly=True,
        ),
        Hint(
            "idmp-exactly-once",
            lambda s: any("IDMP" in e.words and e.error for e in s.did("XADD")),
            "this server refused IDMP, which exists only in Redis 8.6 and later: use `store`, "
            "which works on every server.",
        ),
        Hint(
            "another-name",
            lambda s: any("08:line" in e.keys[1:] for e in s.did(*SCRIPTS)),
            "you passed `08:line` where `store` expects the producer key: the first key is the "
            "stream, and the second is the producer key. Run the cell above again.",
        ),
        Hint(
            "another-name",
            lambda s: any(e.keys[0] != "08:line" for e in s.did(*SCRIPTS)),
            lambda s: (
                "the first key that you passed to `store` is "
                f"`{next(e.keys[0] for e in s.did(*SCRIPTS) if e.keys[0] != '08:line')}`, but that "
                "key must be the stream, `08:line`."
            ),
        ),
        Hint(
            "key-per-call",
            lambda s: len(_producers(s)) > 1 and s.values != FOUR,
            lambda s: (
                f"you used {len(_producers(s))} producer keys ({listed(_producers(s), 3)}), but "
                "the numbers continue only under the same key: use one key for all calls."
            ),
        ),
        Hint(
            "equal-is-repeat",
            lambda s: s.values == ["a", "b", "d"] and len(_stored(s)) == 3,
            "an equal value isn't necessarily a repeat: two customers may order the same thing. "
            "Only the number shows a repeat, so pass every value to `store`.",
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: _gap(s) and s.stream.length < 4,
            lambda s: (
                f"`store` refused number {_first_number(s)} (SEQGAP), because the number before it "
                "hasn't been stored: pass every value in order, even an equal one, and start each "
                "call at the number that `calls` gives for it."
            ),
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: (
                len(s.values) < 4
                and "d" in s.values
                and s.read["keys"]
                and "Producer(" not in s.code
                and s.stream.entries_added == len(s.values)
            ),
            "an entry was mistaken for a repeat: numbers continue across calls, and each item of "
            "`calls` begins with the number of the call's first entry.",
        ),
        Hint(
            "equal-is-repeat",
            lambda s: sorted(s.values) == ["a", "b", "d"] and s.stream.entries_added == 3,
            "an equal value isn't necessarily a repeat: two customers may order the same thing. "
            "Only the number shows a repeat.",
        ),
        Hint(
            "delete-duplicates",
            lambda s: len(s.values) <= 4 < s.stream.entries_added,
            "some entries were stored twice and then deleted, but a consumer may have read them "
            "in between: don't store them twice in the first place.",
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: (
                len(s.values) > 4
                and s.read["keys"]
                and "Producer(" not in s.code
                and not _added_by_hand(s)
            ),
            "a repeat must have the same producer key and the same number as the original, or "
            "nobody can recognize it as a repeat.",
        ),
        Hint(
            "repeat-is-known",
            lambda s: len(s.values) > 4,
            lambda s: (
                "each XADD creates a new ID, so the server can't recognize a repeat: let `store` "
                "add each value, with a producer key and the value's own number."
                if "Producer(" not in s.code
                else "a Producer gives every value a new number, so a value that came twice gets "
                "two numbers: pass the numbers from `calls` to `store`."
            ),
        ),
    ),
)


def _answered(answer: object) -> str:
    """Write a reply of the gate for a learner."""
    return f"{answer['text']}" if isinstance(answer, dict) else str(answer)


def _failed_at_once(seen: Seen) -> str:
    """Return the error of the first call, which no gate should have, or ""."""
    first = seen.passed["answers"][0]
    return first["text"] if isinstance(first, dict) else ""


def _why(seen: Seen) -> str:
    """Say what caused the error of the first call."""
    error = _failed_at_once(seen)
    if "not an integer" in error:
        return "HINCRBY takes the hash, the field 'sum', and then the amount, which is ARGV[3]."
    if "WRONGTYPE" in error:
        return "the stream is KEYS[1], and the hash is KEYS[2]."
    if "must be strings or integers" in error:
        return "an argument is nil, false or a table. Remember that KEYS and ARGV begin with [1]."
    if "Error compiling" in error and seen.did("SCRIPT LOAD"):
        return "`gate` must be the script's own text, but script_load returns only its SHA1."
    if "Error compiling" in error:
        return _unreadable(error)
    return _unknown(seen, error) or (
        "a value in that line isn't what Lua needs: HGET, for example, returns false if the field "
        "doesn't exist yet."
        if "attempt to" in error.lower()
        else "the server refused a command that the script calls, so check the command's name and "
        "arguments."
    )


def _unreadable(error: str) -> str:
    """Say how to write what Lua couldn't read."""
    if "<eof>' expected near 'end'" in error:
        return "the script has more `end`s than `if`s."
    if "<eof>' expected" in error:
        return (
            "in Lua, nothing may follow `return` in its block: put it last, or write `if … then "
            "return … end`."
        )
    return (
        "in Lua, write `if line then … end`, `nil` for Python's None, `~=` for `!=`, and `--` for "
        "a comment."
    )


def _unknown(seen: Seen, error: str) -> str:
    """Say how to write the name that Lua doesn't know in the script; or ""."""
    if "readonly table" in error or "create global" in error:
        return "write `local` before a name when you first use it."
    if "attempt to call" in error:
        return "a script sends a command with `redis.call('HINCRBY', …)`."
    name = re.search(r"global variable '(\w+)'", error)
    if name and name[1] == "line" and not seen.times("look"):
        return "nothing has set `line`: begin the script with `look +`."
    return (
        f"Lua doesn't know `{name[1]}`: arguments are in ARGV, commands go through `redis.call`, "
        "text needs quotes, and None is `nil`."
        if name
        else ""
    )


def _in_short(error: str) -> str:
    """Return an error's own part: without what kind it is, and where the script came from."""
    return re.sub(r"^Error compiling script \(new function\): | script: .*", "", error)


def _replaces(seen: Seen) -> bool:
    """Tell whether the script sets the sum without having read it, or to the amount alone."""
    code = re.sub(r"\s", "", seen.code.upper())
    sets = re.findall("HM?SET", code)
    if not sets or "HINCRBY" in code or seen.did("HSET", "HMSET", "HSETNX"):
        return False
    alone = re.findall(r"HM?SET['\"],[^,]+,[^,]+,(?:TONUMBER\()?ARGV\[3\]\)", code)
    return "HGET" not in code or len(alone) == len(sets)


def _repeat_failed(seen: Seen) -> str:
    """Say that the script failed for an entry that was no longer pending, as Lua does; or ""."""
    error = _answered(*seen.passed["answers"][1:2])
    if "attempt to" not in error:
        return ""
    return (
        f"the second call to `gate` failed: {_in_short(error)}: a repeat must do nothing and cause "
        "no error, so end the script early if `line` is nil."
    )


AMOUNT = r"ARGV\s*\[\s*(3|#|[a-z])|unpack|pairs"
"""The ways in which a script can take the third argument."""


def _unnamed(seen: Seen) -> str:
    """Say that the cell didn't run `gate` with both hashes, so something else did the work; or
    ""."""
    if not seen.watched or any("08:pay:broken" in each.keys for each in seen.did(*SCRIPTS)):
        return ""
    return "the cell never ran your script for 7: name it `gate`, so that the cell runs it."


def _typed(seen: Seen) -> str:
    """Say that the script's amount is typed; "" if it is an argument, or the script isn't known."""
    if "HINCRBY" not in seen.code or re.search(AMOUNT, seen.code):
        return ""
    return (
        "your script always adds the same number: use ARGV[3], which holds each entry's own amount."
    )


PAY = Exercise(
    "08.pay",
    given={"look": 1, "XPENDING": 1},
    title="The gate",
    minutes=8,
    after=5,
    stage=5,
    stream="08:pay",
    group="consumerGroup",
    reads={"sum": lambda r: int(r.hget("08:pay:till", "sum") or 0)},
    values=("answers",),
    by_hand=lambda s: (
        s.sent_one(
            "HSET|HMSET|HSETNX|HINCRBY|HINCRBYFLOAT|XACK",
            "leave that to the script `gate`, which must first check whether the entry is pending.",
        )
        or _unnamed(s)
        or _typed(s)
        or _repeat_failed(s)
    ),
    task="write the script `gate`: it checks that the entry is pending, adds its amount, and then "
    "acknowledges it.",
    praise="5 was added once, and 7 is still pending, because its effect failed before XACK.",
    wanted="5 in the field `sum` of KEYS[2], and only 7 pending: the script does nothing if `line` "
    "is nil; otherwise, the effect comes first, and XACK last.",
    sees=lambda s: (
        f"sum = {s.read['sum']}; pending: {listed(s.pending)}; the script's replies: "
        + ("; ".join(listed(_answered(answer)) for answer in s.passed["answers"]) or "none")
        + "."
    ),
    solved=lambda s: s.read["sum"] == 5 and s.pending == ["7"] and not _replaces(s),
    untouched=lambda s: s.pending == ["5", "7"] and s.passed["answers"] in (None, [], [None] * 3),
    slip=lambda s: (
        s.idle_script()
        or (
            s.read["sum"] == 12
            and "You added 7 to 08:pay:till, too: add each amount to KEYS[2], that call's hash."
        )
        or (s.read["sum"] and _typed(s))
        or (
            s.watched
            and not s.did(*SCRIPTS)
            and "`gate` is still None: give your script that name."
        )
    ),
    hints=(
        Hint(
            "effect-is-enough",
            lambda s: s.read["sum"] == 5 and s.pending == ["7"],
            "the sum is right only because there was no sum before: HSET overwrites an old sum, "
            "and HSETNX leaves it as it is. Use HINCRBY, which adds to it.",
            nearly=True,
        ),
        Hint(
            "lua-is-python",
            _failed_at_once,
            lambda s: (
                f"the first call to `gate` failed: {_in_short(_failed_at_once(s))}: {_why(s)}"
            ),
        ),
        Hint(
            "lua-is-python",
            lambda s: "argument 1 is a function" in s.error,
            "`gate` is a Python function, but the server needs the text of a Lua script: append "
            "the script's lines, as text, to `look`.",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] is None,
            "08:pay:till isn't a hash with a whole number in the field `sum`: use HINCRBY with "
            "KEYS[2], the field 'sum', and the amount.",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] == 0 and s.pending == ["7"],
            "5 is acknowledged, but nothing was added to the field `sum` of KEYS[2]: HINCRBY takes "
            "KEYS[2], the field 'sum', and the amount.",
        ),
        Hint(
            "ack-first",
            lambda s: s.stream.length == 2 and s.pending == [] and s.read["sum"] in (0, 5),
            lambda s: (
                (
                    "7 is acknowledged, but its effect failed"
                    if s.read["sum"]
                    else "both entries are acknowledged, but nothing was added to `sum` in KEYS[2]"
                )
                + ": call HINCRBY before XACK, with `redis.call`, so that an error from HINCRBY "
                "stops the script."
            ),
        ),
        Hint(
            "effect-is-enough",
            lambda s: s.read["sum"] and set(s.pending) - {"7"},
            lambda s: (
                ("5 was added twice, because it stayed" if s.read["sum"] == 10 else "5 is still")
                + " pending: "
                + (
                    "your XACK returned 0, so check its arguments: the stream, the group, and the "
                    "ID."
                    if s.passed["answers"][0] == 0 and re.search(r"return.*XACK", s.code)
                    else "after HINCRBY, and before any `return`, call XACK with the stream "
                    "KEYS[1], the group ARGV[1], and the ID ARGV[2]."
                )
            ),
        ),
        Hint(
            "script-once",
            lambda s: s.read["sum"] == 10,
            lambda s: (
                "5 was added twice: the second call found it acknowledged, but added it anyway. "
                + (
                    "End the script early if `line` is nil."
                    if s.times("look") or not s.times("XPENDING")
                    else "XPENDING returns a list, which may be empty, but is never nil: check its "
                    "first item, `[1]`, as in `look`."
                )
            ),
        ),
    ),
)


def _first(seen: Seen, *commands: str) -> int:
    """Return the position of the first of these commands in `sent`, or its length if there is
    none."""
    places = (i for i, each in enumerate(seen.sent) if each.command in commands)
    return next(places, len(seen.sent))


def _acks_first(seen: Seen) -> bool:
    """Tell whether a script was sent that, like GATED, acknowledges before it adds."""
    if not seen.did(*SCRIPTS):
        return False
    code = seen.code.replace("GATED", "call('XACK') call('HINCRBY')").upper()
    calls = re.findall(r"""CALL\(\s*['"](XACK|HINCRBY)""", code)
    return "HINCRBY" in calls and calls[0] == "XACK"


def _added_to(seen: Seen) -> str:
    """Return the field that `ack_with` added to, "" if it is the right one."""
    for each in seen.did(*SCRIPTS):
        if "HINCRBY" in each.words and not each.error:
            field = each.words[each.words.index("HINCRBY") + 1]
            if (each.keys[1], field) != ("08:count:till", "sum"):
                return f"the field `{field}` of `{each.keys[1]}`"
    return ""


def _apart(seen: Seen) -> bool:
    """Tell whether the sum, an acknowledgment or a note of what is done was sent by itself, neither
    by a script nor together with the others."""
    if "Consumer(" in seen.code and ".hincrby(" in seen.code:
        return True  # It acknowledges in a thread of its own, after the handler
    notes = "HSET", "HSETNX", "SADD", "ZADD", "SET", "SETNX"
    acts = seen.did("XACK", "HINCRBY", "HINCRBYFLOAT", *notes)
    return any(e.answer and not e.together and e.words[-1] != "0" for e in acts)


def _sets_sum(seen: Seen) -> bool:
    """Tell whether the sum was set to anything but 0, rather than increased."""
    sets = seen.did("HSET", "HMSET")
    return any(each.key == "08:count:till" and each.words[-1] != "0" for each in sets)


def _again(seen: Seen) -> str:
    """Say why amounts were added more than once."""
    if seen.pending:
        return (
            "An entry that stays pending is added on every try. Acknowledge it in the script that "
            "adds it: XACK takes the stream, the group, and the ID."
        )
    blind = seen.did("HINCRBY")[:1]
    lists = "XPENDING" in seen.code and seen.did(*SCRIPTS)
    return (
        "".join(f"`{e.line}` doesn't check whether an entry is still pending. " for e in blind)
        + "In a script, XPENDING returns a list, which may be empty, but is never nil. "
        * bool(lists)
        + "Let one script check whether the entry is pending, add the entry's value, and "
        "acknowledge it, as `ack_with` does."
    )


def _skipped(seen: Seen) -> str:
    """Say that the server didn't get every try in `work`; or ""."""
    ids = {entry.id for entry in seen.stream.entries}
    words = [word for each in seen.sent if not each.error for word in each.words]
    tries = sum(entry_id in word for word in words for entry_id in ids)
    if not seen.watched or tries >= 7:
        return ""
    if re.search(r"\bConsumer\b", seen.code):
        return (
            "a Consumer handles each pending entry only once: go through all of `work`, so that "
            "the server sees the repeats, too."
        )
    return (
        f"`work` has seven items, and the server saw only {tries} of them: go through all of "
        "`work`, so that the server, not your program, recognizes the repeats."
    )


def _asks_nobody(seen: Seen) -> bool:
    """Tell whether entries were acknowledged without asking the server which ones were pending."""
    blind = {"HINCRBY", "HINCRBYFLOAT", "HSET", "XACK", "MULTI", "EXEC"}
    return bool(seen.did("XACK")) and {each.command for each in seen.sent} <= blind


def _is_right(seen: Seen) -> bool:
    """Tell whether the sum and the stream are right, however that came about."""
    return (
        number(seen.read["sum"]) == 35
        and seen.values == ["5", "10", "20"]
        and not seen.reach(seen.group)
        and seen.knows("alice")
    )


def _too_little(seen: Seen) -> str:
    return (
        f"the sum is {seen.read['sum']}, and no entry will be delivered again: use HINCRBY to add "
        "each entry's own value in the script that acknowledges the entry."
    )


COUNT = Exercise(
    "08.count",
    title="Counted once",
    minutes=5,
    stage=5,
    stream="08:count",
    group="consumerGroup",
    reads={"sum": lambda r: int(r.hget("08:count:till", "sum") or 0)},
    by_hand=_skipped,
    task="add the value of each entry of 08:count once to `sum` in 08:count:till, no matter what "
    "crashes, and leave nothing pending.",
    praise="the sum is 35, and nothing is pending.",
    wanted="the sum 35 in the hash 08:count:till, and all three of Alice's entries acknowledged.",
    sees=lambda s: f"sum = {s.read['sum']}; pending: {listed(s.pending)}.",
    solved=lambda s: (
        _is_right(s)
        and not any(wrong(s) for wrong in (_acks_first, _apart, _asks_nobody, _sets_sum))
    ),
    untouched=lambda s: s.read["sum"] == 0 and len(s.reach(s.group)) == 3,
    slip=lambda s: _too_little(s) if s.pending == [] and s.read["sum"] < 35 else "",
    hints=(
        Hint(
            "ack-first",
            lambda s: _is_right(s) and _acks_first(s),
            "the sum is right, but your script acknowledges an entry before it adds the amount: if "
            "adding fails, the amount is lost, as in the lesson. `ack_with` checks, adds, and then "
            "acknowledges.",
            nearly=True,
        ),
        Hint(
            "ack-first",
            lambda s: (
                _is_right(s)
                and _apart(s)
                and s.did("HINCRBY", "HSET")
                and _first(s, "XACK") < _first(s, "HINCRBY", "HSET")
            ),
            "the sum is right, but a crash between XACK and adding to the sum would lose an "
            "amount: let one script do both, as `ack_with` does.",
            nearly=True,
        ),
        Hint(
            "effect-is-enough",
            lambda s: _is_right(s) and _sets_sum(s),
            "the sum is right, but you set it yourself, and HSET overwrites whatever another "
            "consumer has added: have one script add each entry's value and acknowledge it.",
            nearly=True,
        ),
        Hint(
            "effect-is-enough",
            lambda s: _is_right(s) and _apart(s),
            "the sum is right, but a crash between your commands would lose an amount or add it "
            "twice: let one script send them all, as `ack_with` does.",
            nearly=True,
        ),
        Hint(
            "remember-in-python",
            lambda s: _is_right(s) and _asks_nobody(s),
            "the sum is right because your program removed the repeats, but a second consumer that "
            "got the same entry would add its amount again. Ask the server whether the entry is "
            "still pending, as `ack_with` does.",
            nearly=True,
        ),
        Hint(
            "idmp-exactly-once",
            lambda s: s.read["sum"] > 35,
            lambda s: (
                "each entry is stored only once, but some amounts were added more than once. "
                f"{_again(s)}"
            ),
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] is None,
            "08:count:till isn't a hash with a whole number in the field `sum`: use HINCRBY, with "
            "the key, the field `sum`, and the amount.",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] < 35 and _added_to(s),
            lambda s: (
                f"you added to {_added_to(s)}, but the sum belongs in the field `sum` of "
                "`08:count:till`: pass HINCRBY, that key and that field to `ack_with`."
            ),
        ),
        Hint(
            "ack-first",
            lambda s: s.pending == [] and s.read["sum"] < 35 and (s.did("XACK") or not s.watched),
            lambda s: acked_before_script(s) or _too_little(s),
        ),
        Hint(
            "effect-is-enough",
            lambda s: s.read["sum"] == 35 and s.pending,
            lambda s: (
                "the sum is right, but some entries are still pending, and the next consumer would "
                "add them "
                "again: " + acknowledge(s, "acknowledge each entry in the script that adds it.")
            ),
        ),
    ),
)

EXERCISES = [PAY, LINE, COUNT]
