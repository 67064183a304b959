"""Lesson 08, Duplicates: store each entry once over a bad line, and let an effect happen once."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import number
from helpers.connection.sent import SCRIPTS, Sent
from helpers.plurals import count

FOUR = ["a", "b", "a", "d"]
OWN_KEY = (
    "with a producer's key that begins with 08:line: (any other outlives this stage, and "
    "then everything "
    "is a repeat)."
)


def _added_by_hand(seen: Seen) -> bool:
    """Tell whether entries were added without `store`."""
    return any(each.key == "08:line" for each in seen.did("XADD"))


def _gap(seen: Seen) -> Sent | None:
    """The call of `store` that was refused, because a number was missing before it."""
    return next((each for each in seen.sent if each.error.startswith("SEQGAP")), None)


def _first_number(seen: Seen) -> str:
    """The number that the refused call of `store` brought: it follows the script's keys."""
    return _gap(seen).words[3 + len(_gap(seen).keys)]


def _stored(seen: Seen) -> list[Sent]:
    """The calls of a script for the exercise's stream."""
    return [each for each in seen.sent if each.command in SCRIPTS and each.key == "08:line"]


def _producers(seen: Seen) -> list[str]:
    """The producer's keys that the script was called with."""
    return sorted({key for each in _stored(seen) for key in each.keys[1:]})


LINE = Exercise(
    "08.line",
    title="A bad line",
    minutes=5,
    stream="08:line",
    reads={"keys": lambda r: len(list(r.scan_iter("08:line:*", count=1000)))},
    task="store what `calls` brings, each entry once and in order, in 08:line, " + OWN_KEY,
    praise="a, b, a and d are stored once each, whatever came twice.",
    wanted="the entries a, b, a, d, each of them added once by `store`, " + OWN_KEY,
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')} ({listed(s.values, 12)}), "
        f"{s.stream.entries_added} added in all; "
        f"producer's keys that begin with 08:line: {s.read['keys']}."
    ),
    solved=lambda s: (
        s.values == FOUR
        and s.stream.entries_added == 4
        and s.read["keys"]
        and not _added_by_hand(s)
    ),
    untouched=lambda s: not s.stream.exists,
    hints=(
        Hint(
            "remember-in-python",
            lambda s: _added_by_hand(s) and s.values == FOUR and s.stream.entries_added == 4,
            "the entries are right, because the repeats were sorted out before the server saw "
            "them, and after a restart nobody would know them: let `store` add them, which keeps "
            "the last number on the server.",
            nearly=True,
        ),
        Hint(
            "key-per-call",
            lambda s: len(_producers(s)) > 1 and s.values != FOUR,
            lambda s: (
                f"you used {len(_producers(s))} producer's keys, {listed(_producers(s), 3)}: the "
                "number goes on under one key, so all calls of a producer share it."
            ),
        ),
        Hint(
            "equal-is-repeat",
            lambda s: s.values == ["a", "b", "d"] and len(_stored(s)) == 3,
            "an equal value isn't a repeat: two customers may order the same; what tells a "
            "repeat is its number, so give them all to `store`.",
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: _gap(s) and s.stream.length < 4,
            lambda s: (
                f"`store` refused number {_first_number(s)} (SEQGAP), because the one before it "
                "isn't stored: take the calls in their order, and number the values of each from "
                "its `first` on."
            ),
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: len(s.values) < 4 and "d" in s.values and s.read["keys"],
            "an entry was taken for a repeat: numbers go on over all calls, and a call's "
            "first entry has the number that it brings.",
        ),
        Hint(
            "equal-is-repeat",
            lambda s: sorted(s.values) == ["a", "b", "d"],
            "an equal value isn't a repeat: two customers may order the same; what tells a "
            "repeat is its number.",
        ),
        Hint(
            "delete-duplicates",
            lambda s: len(s.values) <= 4 < s.stream.entries_added,
            "some were stored twice and deleted again: a consumer may have read them in "
            "between, so keep them out instead.",
        ),
        Hint(
            "sequence-counts-calls",
            lambda s: len(s.values) > 4 and s.read["keys"],
            "a repeat must come with the same producer's key and the same number as the "
            "first time, or nobody can tell that it is one.",
        ),
        Hint(
            "repeat-is-known",
            lambda s: len(s.values) > 4,
            lambda s: (
                "each XADD makes a new ID, so the server sees no repeats: it must be told who "
                "sends, and which number it is."
                if s.did("XADD") or not s.watched
                else "a Producer numbers what it is given, so a value that came twice gets two "
                "numbers: `calls` has the numbers, so give them to `store`."
            ),
        ),
    ),
)


def _answered(answer: object) -> str:
    """An answer of the gate as a learner may read it."""
    return f"{answer['text']}" if isinstance(answer, dict) else str(answer)


def _failed_at_once(seen: Seen) -> str:
    """The error of the first call, which no gate should have, or ""."""
    first = seen.passed["answers"][0]
    return first["text"] if isinstance(first, dict) else ""


def _why(seen: Seen) -> str:
    """Say what the error of the first call comes from."""
    error = _failed_at_once(seen)
    if "not an integer" in error:
        return "the amount is ARGV[3], and ARGV[2] the entry's ID."
    if "WRONGTYPE" in error:
        return "the stream is KEYS[1], and the hash KEYS[2]."
    return (
        "in Lua it is `if not line then … end`, `nil` is Python's None, and a name must be `local` "
        "before it is used."
    )


PAY = Exercise(
    "08.pay",
    title="The gate",
    minutes=8,
    after=5,
    stage=5,
    stream="08:pay",
    group="consumerGroup",
    reads={"sum": lambda r: int(r.hget("08:pay:till", "sum") or 0)},
    values=("answers",),
    task="write the script `gate`: is it pending? then the effect, then XACK.",
    praise="5 was added once, and 7 is still pending, because its effect failed first.",
    wanted="5 in the field `sum` of KEYS[2], and only 7 pending: `line` is nil for what isn't "
    "pending, the effect comes next, and XACK last.",
    sees=lambda s: (
        f"sum = {s.read['sum']}; pending: {listed(s.pending)}; the script's answers: "
        + ("; ".join(listed(_answered(answer)) for answer in s.passed["answers"]) or "none")
        + "."
    ),
    solved=lambda s: s.read["sum"] == 5 and s.pending == ["7"],
    untouched=lambda s: s.pending == ["5", "7"] and s.passed["answers"] in (None, [], [None] * 3),
    hints=(
        Hint(
            "lua-is-python",
            _failed_at_once,
            lambda s: f"its first call failed: {listed(_failed_at_once(s))}: {_why(s)}",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] is None,
            "08:pay:till is a key of another type now: the sum is a field of a hash, so it takes "
            "HINCRBY with KEYS[2], the field 'sum', and the amount.",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] == 0 and s.pending == ["7"],
            "5 is acknowledged, and nothing is in the field `sum` of the key that the script got: "
            "HINCRBY wants KEYS[2], the field 'sum', and the amount.",
        ),
        Hint(
            "ack-first",
            lambda s: s.pending == [] and s.read["sum"] in (0, 5),
            lambda s: (
                (
                    "7 is acknowledged, and its effect failed"
                    if s.read["sum"]
                    else "both are acknowledged, and nothing was added"
                )
                + ": HINCRBY comes before XACK, with `call`, so that its error stops the script."
            ),
        ),
        Hint(
            "effect-is-enough",
            lambda s: s.read["sum"] == 10 and "5" in s.pending,
            lambda s: (
                "5 was added twice, because it stayed pending: "
                + (
                    "your XACK answered 0, and wants the stream, the group, and the ID."
                    if s.passed["answers"][0] == 0
                    else "the last line of the script is to acknowledge it."
                )
            ),
        ),
        Hint(
            "script-once",
            lambda s: s.read["sum"] == 10,
            "5 was added twice: the second call found it acknowledged, and added it all the "
            "same; leave the script when `line` is nil.",
        ),
    ),
)


def _first(seen: Seen, *commands: str) -> int:
    """The place of the first of these commands in what was sent; beyond the end for none."""
    places = (i for i, each in enumerate(seen.sent) if each.command in commands)
    return next(places, len(seen.sent))


def _acks_first(seen: Seen) -> bool:
    """Tell whether a script was sent that acknowledges without a look first, as GATED does."""
    scripts = [each.words[1] for each in seen.sent if each.command in SCRIPTS]
    if seen.did("EVALSHA"):
        scripts.append(seen.code.replace("GATED", "'XACK'"))
    return any(
        "'XACK'" in text.partition("'HINCRBY'")[0] and "'XPENDING'" not in text for text in scripts
    )


def _added_to(seen: Seen) -> str:
    """The field to which `ack_with` added, unless it is the right one."""
    for each in seen.sent:
        if each.command in SCRIPTS and "HINCRBY" in each.words:
            field = each.words[each.words.index("HINCRBY") + 1]
            if (each.keys[1], field) != ("08:count:till", "sum"):
                return f"the field `{field}` of `{each.keys[1]}`"
    return ""


def _apart(seen: Seen) -> bool:
    """Tell whether sum and acknowledgement were sent as commands of their own."""
    together = "pipeline" in seen.code or "transaction" in seen.code
    return bool(seen.did("XACK") and (seen.did("HINCRBY") or seen.did("HSET"))) and not together


def _is_right(seen: Seen) -> bool:
    """Tell whether sum and stream are right, however that came about."""
    return (
        number(seen.read["sum"]) == 35
        and seen.values == ["5", "10", "20"]
        and not seen.reach(seen.group)
        and seen.knows("alice")
    )


COUNT = Exercise(
    "08.count",
    title="Counted once",
    minutes=5,
    stage=5,
    stream="08:count",
    group="consumerGroup",
    reads={"sum": lambda r: int(r.hget("08:count:till", "sum") or 0)},
    task="add each entry of 08:count once to `sum` in 08:count:till, whatever crashes, and leave "
    "nothing pending.",
    praise="35, and nothing is pending.",
    wanted="the sum 35 in the hash 08:count:till, and all three entries acknowledged for alice.",
    sees=lambda s: f"sum = {s.read['sum']}; pending: {listed(s.pending)}.",
    solved=lambda s: _is_right(s) and not _acks_first(s) and not _apart(s),
    untouched=lambda s: s.read["sum"] == 0 and len(s.reach(s.group)) == 3,
    hints=(
        Hint(
            "ack-first",
            lambda s: _is_right(s) and _acks_first(s),
            "the sum is right, but your script acknowledges before it adds: if adding fails, the "
            "amount is lost, as in the lesson. `ack_with` looks, adds, and then acknowledges.",
            nearly=True,
        ),
        Hint(
            "ack-first",
            lambda s: _is_right(s) and _first(s, "XACK") < _first(s, "HINCRBY", "HSET"),
            "the sum is right, but a crash between XACK and the sum would lose an amount: both "
            "belong into one script, such as `ack_with`.",
            nearly=True,
        ),
        Hint(
            "effect-is-enough",
            lambda s: _is_right(s) and s.did("HSET"),
            "the sum is right because you set it yourself; the next entry, or a crash on the way, "
            "makes it wrong: let one script add each entry's value and acknowledge it.",
            nearly=True,
        ),
        Hint(
            "effect-is-enough",
            lambda s: _is_right(s) and _apart(s),
            "the sum is right, but a crash between the sum and XACK would add an amount twice: "
            "both belong into one script, such as `ack_with`.",
            nearly=True,
        ),
        Hint(
            "idmp-exactly-once",
            lambda s: s.read["sum"] > 35,
            "each entry is stored once, and was handled more than once: its effect must "
            "depend on whether it is still pending.",
        ),
        Hint(
            "another-name",
            lambda s: s.read["sum"] < 35 and _added_to(s),
            lambda s: (
                f"you added to {_added_to(s)}, and here it is the field `sum` of `08:count:till`: "
                "`ack_with` takes the command, its key, and the rest."
            ),
        ),
        Hint(
            "ack-first",
            lambda s: s.pending == [] and s.read["sum"] < 35,
            lambda s: (
                f"the sum is {s.read['sum']}, and nothing comes again: each entry's own value is "
                "added (HINCRBY), in the script that acknowledges it."
            ),
        ),
        Hint(
            "effect-is-enough",
            lambda s: s.read["sum"] == 35 and s.pending,
            "the sum is right, but as long as the entries are pending, the next consumer "
            "adds them once more.",
        ),
    ),
)

EXERCISES = [PAY, LINE, COUNT]
