"""Lesson 05, Autopsy of a demo: entries behind the bookmark, and a consumer that keeps all its
promises at once."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import texts
from helpers.plurals import count

TEN = [str(n) for n in range(10)]

BEHIND = Exercise(
    "05.behind",
    title="Behind the bookmark",
    minutes=5,
    stage=11,
    stream="05:behind",
    group="consumerGroup",
    values=("done",),
    task="get the ten entries handled that lie behind the group's bookmark.",
    praise="consumer1 has handled all ten entries and acknowledged each.",
    wanted="`done` with 0 to 9, read by consumer1, nothing pending, and nothing left to deliver.",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; "
        + (
            f"{count(len(s.reach(s.group)), 'entry')} pending or still to deliver."
            if s.group
            else "no group `consumerGroup`."
        )
    ),
    solved=lambda s: (
        texts(s.passed["done"]) == TEN and not s.reach(s.group) and s.knows("consumer1")
    ),
    untouched=lambda s: (
        s.group and not s.group.consumers and not s.reach(s.group) and s.passed["done"] == []
    ),
    hints=(
        Hint(
            "nogroup-never",
            lambda s: s.stream.exists and not s.stream.groups,
            "the group is gone, and with it what it knew of delivered and pending entries; "
            "DEL takes a "
            "stream's groups along. Leave both alone.",
        ),
        Hint(
            "dollar-hides",
            lambda s: s.passed["done"] == [] and not s.group.pending and not s.reach(s.group),
            "the bookmark is behind all ten, so `>` gives nothing: move it, put what you "
            "get then into "
            "`done`, and acknowledge it after that.",
        ),
        Hint(
            "bookmark-reads",
            lambda s: texts(s.passed["done"]) == TEN and not s.group.consumers,
            "you read the stream past the group, so the group doesn't know: move its "
            "bookmark, and read in the name of consumer1.",
        ),
        Hint(
            "unacked",
            lambda s: texts(s.passed["done"]) == TEN and s.group.pending,
            lambda s: (
                f"{count(s.group.pending, 'entry')} still pending: acknowledge each one "
                "when it is in `done`."
            ),
        ),
        Hint(
            "ack-first",
            lambda s: (
                len(texts(s.passed["done"])) < 10 and s.group.consumers and not s.reach(s.group)
            ),
            "all ten are acknowledged, and not all are in `done`: those that aren't are lost.",
        ),
    ),
)

LEFT = ["five", "6", "7"]
NEW = ["8", "9", "10"]


def _error(seen: Seen) -> str | None:
    error = seen.passed["ended_by"]
    return error.get("error") if isinstance(error, dict) else None


NIGHT = Exercise(
    "05.night",
    title="All promises at once",
    minutes=10,
    stage=14,
    stream="05:night",
    group="consumerGroup",
    values=("numbers", "ended_by"),
    task="handle what is pending, then what is new, until an error ends it.",
    praise="3 and 4 were handled, the word ended the run loudly, and nothing was lost or made up.",
    wanted="numbers = [3, 4], the ValueError in `ended_by`, and `five` still pending.",
    sees=lambda s: (
        f"numbers = {listed(s.passed['numbers'])}; pending: {listed(s.pending)}; "
        + (f"error: {_error(s)}." if _error(s) else "no error was kept.")
    ),
    solved=lambda s: (
        texts(s.passed["numbers"]) == ["3", "4"] and s.pending == LEFT and _error(s) == "ValueError"
    ),
    untouched=lambda s: (
        s.pending == ["3", "4", *LEFT]
        and s.passed["numbers"] == []
        and not _error(s)
        and len(s.reach(s.group)) == 8
    ),
    hints=(
        Hint(
            "error-as-value",
            lambda s: "0" in texts(s.passed["numbers"])[1:],
            "nobody sent a 0 here: `five` was turned into one; let `int` raise its error.",
        ),
        Hint(
            "restart-resumes",
            lambda s: texts(s.passed["numbers"])[:1] == ["8"],
            "`>` gives what is new; what consumer1 was given before the crash comes with "
            "the ID 0, and it comes first.",
        ),
        Hint(
            "error-swallowed",
            lambda s: "five" not in s.pending,
            "`five` was acknowledged, though nobody handled it: when the conversion fails, "
            "end without acknowledging.",
        ),
        Hint(
            "error-swallowed",
            lambda s: {"6", "7", "8"} & set(texts(s.passed["numbers"])),
            "the run went on after the error: let it leave both loops, by putting the `try` "
            "around them.",
        ),
        Hint(
            "error-swallowed",
            lambda s: (
                texts(s.passed["numbers"]) == ["3", "4"] and s.pending == LEFT and not _error(s)
            ),
            "the state is right, but the error is lost: keep it, with `except ValueError as "
            "error: ended_by = error`.",
        ),
        Hint(
            "unacked",
            lambda s: texts(s.passed["numbers"]) == ["3", "4"] and s.pending[:1] in (["3"], ["4"]),
            "3 and 4 were handled and are still pending: acknowledge each one after it is handled.",
        ),
    ),
)

EXERCISES = [BEHIND, NIGHT]
