"""What a learner's commands removed although the task is about it: the stream, the group, a
consumer's pending entries."""

from collections.abc import Collection

from helpers.checks.exercise import Exercise, Seen
from helpers.checks.signs import is_own

REMADE = {"busygroup-destroy", "nogroup-never"}
"""Misconceptions of learners who remove a group; an exercise's own hint for one of these says
more."""

DROPPED = {
    "XGROUP DELCONSUMER": "that many pending entries were dropped with the consumer, and nobody "
    "has them now",
    "XGROUP DESTROY": "the group is gone, and with it the record of what was delivered and pending "
    "(XGROUP DELCONSUMER removes just a consumer)",
}
"""What is gone after these commands."""


def deleted(exercise: Exercise, seen: Seen) -> str:
    """Say which command deleted the stream, or else the key that is named like the exercise; "" if
    none did.

    Where the stub stores nothing, the learner may have stored it again.
    """
    own = exercise.stream or exercise.prefix
    gone = [e for e in seen.did("DEL", "UNLINK") if e.answer and own in e.keys]
    if not exercise.stream:  # A list may be replaced in one step
        gone = [each for each in gone if not each.together]
    if not gone or not (exercise.stage or exercise.stream and not seen.stream.exists):
        return ""
    what = "the stream with its entries and groups" if exercise.stream else "all that was there"
    return (
        f"your `{gone[-1].line}` deleted {what}, which the task is about: run the cell above "
        "again, and don't delete it."
    )


def unhinted(exercise: Exercise) -> set[str]:
    """Return the commands in DROPPED about which the exercise has no hint of its own."""
    known = {hint.misconception for hint in exercise.hints}
    if known & REMADE:
        return set()
    return set(DROPPED) - ({"XGROUP DELCONSUMER"} if "delconsumer-frees" in known else set())


def dropped(exercise: Exercise, seen: Seen, commands: Collection[str] = tuple(DROPPED)) -> str:
    """Say which of these commands, the last of them, removed a consumer with pending entries, or
    the group that the stub created; "" if none did."""
    found, ours = None, False  # Whether the learner created the group
    for each in filter(lambda each: each.answer and is_own(exercise, each), seen.sent):
        ours = ours or each.command == "XGROUP CREATE"
        kept = each.command == "XGROUP DESTROY" and (each.group != exercise.group or ours)
        found = each if each.command in commands and not kept else found
    if not found:
        return ""
    return (
        f"you sent `{found.line}`, and the reply was {found.answer}: {DROPPED[found.command]}. "
        "Run the cell above again, without it."
    )
