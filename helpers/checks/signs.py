"""What a command that a learner sent shows by itself: that it did nothing, was refused, removed
something, or named somebody else."""

from dataclasses import replace

from helpers.checks.exercise import Exercise, Seen, safely
from helpers.checks.explanations import explained
from helpers.checks.meanings import MEANINGS_OF_NOTHING
from helpers.connection.sent import SCRIPTS, Sent


def nothing(each: Sent) -> str:
    """Say what it means if a command does nothing; "" if that says nothing."""
    if each.asks_for_new:
        return "there is nothing new for the group"
    return MEANINGS_OF_NOTHING.get(each.command, "")


def vain(each: Sent) -> str:
    """Say what it means that a command did nothing; "" if it did something."""
    means = nothing(each)
    if not means or not each.empty:
        return ""
    return f"you sent `{each.line}`, and the reply was {answered(each)}: {means}."


SENT_NOTHING = (
    "`r` sent nothing: a command is sent when your code calls it. Inside a function or a "
    "generator, that happens only once it runs, and in a loop, only if the condition is true."
)
"""What to say where only commands can solve an exercise, and none was sent."""


def forgiven(exercise: Exercise, seen: Seen) -> Seen:
    """Return what was seen, as if the cell had ended well if its error is one that the lesson
    announces, and something was tried besides."""
    announced = exercise.may_end and exercise.may_end in seen.error
    return replace(seen, ended="") if announced and not safely(exercise.untouched, seen) else seen


def acknowledge(seen: Seen, advice: str) -> str:
    """Explain the learner's last XACK that did nothing; if there is none, return the advice."""
    vain = seen.without_effect("XACK")
    if not vain:
        return advice
    if vain.key != seen.stream.stream:
        return f"your `{vain.line}` returned 0: the stream's name is `{seen.stream.stream}`."
    if seen.group and vain.group != seen.group.name:
        return f"your `{vain.line}` returned 0: the group's name is `{seen.group.name}`."
    return (
        f"your `{vain.line}` returned 0: XACK takes the stream, the group, then the IDs of "
        "pending entries."
    )


def answered(each: Sent) -> str:
    """Write a reply for a hint: a number, or "empty"."""
    return "empty" if not isinstance(each.answer, int) else str(each.answer)


EXPECTED = ("NOSCRIPT", "No matching script", "BUSYGROUP")
"""Beginnings of the refusals that careful code expects; redis-py removes the first word of one."""


OF_THE_CLIENT = ("DataError", "TimeoutError", "ConnectionError")
"""Beginnings of the errors with which a client gives up, so that no server refused anything."""


def refusal(each: Sent) -> str:
    """Explain a refusal whose error was caught; "" for NOSCRIPT and BUSYGROUP, which careful code
    expects, and for a script's in 08.pay, whose cell catches it, and whose check shows it."""
    stubs = each.key.startswith("08:pay") and each.command in SCRIPTS
    if not each.error or stubs or each.error.startswith(EXPECTED):
        return ""
    failed = "failed" if each.error.startswith(OF_THE_CLIENT) else "was refused"
    return f"`{each.line}` {failed}: {explained(each.error)}."


SHORTENED = ("09:clock", "09:shrink")
"""Streams that the task wants shorter."""


def removal(each: Sent) -> str:
    """Say that a command removed entries, which only two exercises ask for."""
    if each.command in ("EXPIRE", "PEXPIRE") and each.answer:
        return (
            f"your `{each.line}` deletes the whole key after that time, not single entries: run "
            "the cell above again, without it."
        )
    if each.command not in ("XDEL", "XTRIM") or not each.answer or each.key in SHORTENED:
        return ""
    return (
        f"your `{each.line}` removed entries from the stream, which the task doesn't ask for: "
        "run the cell above again, without it."
    )


def unkept(each: Sent) -> str:
    """Say that a read made nothing pending; "" if it is another command."""
    noack = "NOACK" in each.words and not each.error
    said = (
        "you read with NOACK, so the entries were never pending, and a crash would lose them: "
        "read without NOACK."
    )
    return said if noack else ""


REMAKES = ("02.", "05.behind")
REWINDS = (*REMAKES, "04.done")
"""Prefixes of the exercises in which creating the group again, or moving the last delivered ID, is
right."""


def rewound(exercise: Exercise, each: Sent) -> str:
    """Say what moving the last delivered ID does, where the task doesn't ask for it; or ""."""
    moved = each.command == "XGROUP SETID" and each.group == exercise.group
    if not moved or exercise.name.startswith(REWINDS):
        return ""
    return (
        f"`{each.line}` moves the bookmark, so `>` delivers every entry after that ID, even if "
        "it's done or pending for somebody, and none before: leave the bookmark alone."
    )


def swallowed(seen: Seen) -> str:
    """Say that the last command was refused, if the learner's code caught that error; or ""."""
    acted = [each for each in seen.sent if not each.looks]
    return refusal(acted[-1]) if acted and not seen.ended else ""


def no_stream(seen: Seen) -> str:
    """Say which command made the exercise's key something other than a stream, or ""."""
    stored = [each for each in seen.sent if not (each.looks or each.error or each.empty)]
    if seen.ended or not stored or "not a stream" not in (seen.stream.problem or ""):
        return ""
    return (
        f"you sent `{stored[-1].line}`, but only XADD adds to a stream: run the cell above again, "
        "with XADD instead."
    )


TAKING = {"XREADGROUP": "read as", "XCLAIM": "claimed for", "XAUTOCLAIM": "claimed for"}
"""What commands do for a consumer."""


def wrong_name(exercise: Exercise, each: Sent) -> str:
    """Say which name isn't the exercise's, the group's or the consumer's; "" if both are."""
    asked = exercise.group
    if asked and each.group and each.group != asked:
        reply = f", and the reply was {answered(each)}" if each.empty else ""
        place = "the second argument is the group, which" if each.command == "XACK" else "the group"
        return (
            f"you sent `{each.line}`{reply}: {place} is `{asked}` here, but you gave "
            f"`{each.group}`."
        )
    names = exercise.consumers
    if names and each.command in TAKING and each.consumer not in names:
        return (
            f"you {TAKING[each.command]} `{each.consumer}` (`{each.line}`), but the task is about "
            f"{' and '.join(f'`{name}`' for name in names)}."
        )
    return ""


def for_another(exercise: Exercise, taking: list[Sent]) -> str:
    """Say for whom these commands took entries, if it was never for a consumer of the task's, or
    for another group; or ""."""
    took = [e for e in taking if is_own(exercise, e) and e.answer and not e.empty]
    if not took or any(each.consumer in exercise.consumers for each in took):
        return ""
    return wrong_name(exercise, took[-1])


def is_own(exercise: Exercise, each: Sent) -> bool:
    """Tell whether a command worked on a key of the exercise's."""
    own = (exercise.prefix, exercise.stream or exercise.prefix, *exercise.beside)
    rests = [key.removeprefix(name) for key in each.keys for name in own if key.startswith(name)]
    return any(rest[:1] in ("", ":") for rest in rests)  # 08:line:till, but not 08:lines
