"""What an attempt itself shows, whatever the exercise: how it ended, commands that did nothing, and
a key, group or consumer that isn't the exercise's."""

import re

from helpers.checks.exercise import Exercise, Seen
from helpers.checks.meanings import MEANINGS_OF_NOTHING, meaning
from helpers.connection.cells import ERROR, INTERRUPTED, RUNNING
from helpers.connection.sent import Sent

WAITED_SECONDS = 0.5
"""Seconds from which on an interrupted command was waiting, and a loop wasn't just between two."""

ERROR_CHARACTERS = 190
"""Characters of an error that a line shows."""


def ending(seen: Seen) -> str:
    """Say how the attempt ended if it didn't end well: a sentence that goes on after "but", or
    ""."""
    if seen.ended == ERROR:
        return f"your cell ended with {_shown(seen.error)}{meaning(seen.error)}."
    if seen.ended == INTERRUPTED:
        last = seen.sent[-1] if seen.sent else None
        if last and last.error.startswith("KeyboardInterrupt") and last.seconds > WAITED_SECONDS:
            return f"you interrupted it while `{last.line}` was waiting for its answer."
        return "you interrupted your cell: a loop has to end by itself, such as at an empty reply."
    if seen.ended == RUNNING:
        return (
            "a thread that you started is still at work: stop it, or wait until it is done, and "
            "check again."
        )
    return ""


def _shown(error: str) -> str:
    if len(error) > ERROR_CHARACTERS:
        error = error[:ERROR_CHARACTERS].rpartition(" ")[0] + " …"
    return re.sub(r"\(\S+, line (\d+)\)$", r"(line \1)", error).rstrip(".: ")


def unread(seen: Seen) -> str:
    """Say that Python couldn't read the last cell, so that all else tells of an earlier one; "" if
    it could."""
    return ending(seen) if re.match(r"(Syntax|Indentation|Tab)Error", seen.error) else ""


def at_odds(exercise: Exercise, seen: Seen) -> str:
    """Say what makes every other hint doubtful: all that is new was read under another consumer's
    name, a consumer was deleted with what it had pending, or a value gives its items only once; ""
    if nothing does."""
    if (gone := _taken_along(exercise, seen)) and not KNOWN & {
        h.misconception for h in exercise.hints
    }:
        return (
            f"you sent `{gone.line}`, and the answer was {gone.answer}: so many pending entries "
            "went with that consumer, and nobody has them now; run the cell above again."
        )
    reads = [
        each
        for each in seen.did("XREADGROUP")
        if _is_own(exercise, each) and each.answer and each.words[-1] == ">"
    ]
    if not any(each.consumer in exercise.consumers for each in reads):
        for said in filter(None, (_wrong_name(exercise, each) for each in reads[-1:])):
            return said
    for name, value in seen.passed.items():
        if isinstance(value, dict) and set(value) == {"once"}:
            return (
                f"`{name}` is a {value['once']}, which gives its items once and then has none "
                f"left: make a list of it with list(…), and check that."
            )
    return ""


SEQUENCE = ":producer:"
"""What stands between a stream's name and a producer's, in the key of its number."""

KNOWN = {"delconsumer-frees", "busygroup-destroy"}
"""The ideas of those who delete a consumer; an exercise that has a hint for one says more."""


def _taken_along(exercise: Exercise, seen: Seen) -> Sent | None:
    """Return the last XGROUP DELCONSUMER that took pending entries of the exercise along."""
    gone = [each for each in seen.did("XGROUP DELCONSUMER") if each.answer]
    return next((each for each in reversed(gone) if _is_own(exercise, each)), None)


def remark(exercise: Exercise, seen: Seen) -> tuple[str, str] | None:
    """Return the misconception's ID, or "", and what to say about this attempt; None if it shows
    nothing by itself."""
    acted = [each for each in seen.sent if not each.looks]
    refused = bool(acted) and bool(acted[-1].error) and seen.ended == ERROR
    end, elsewhere = ending(seen), _elsewhere(exercise, acted)
    if end and not refused:
        return "", end
    if not acted and (looked := _elsewhere(exercise, list(seen.sent))):
        return "", looked
    own = [each for each in acted if not each.keys or _is_own(exercise, each)]
    if elsewhere and not any(each.keys for each in own):
        return "", elsewhere
    if refused:
        was_sent = not acted[-1].error.startswith("DataError")
        return "", (was_sent and _wrong_name(exercise, acted[-1])) or end
    if any(each.command == "XREADGROUP" and each.answer for each in own):
        # Then the empty reply at the end is how a loop ends
        own = [each for each in own if each.command != "XREADGROUP" or not each.empty]
    for each in reversed(own):
        if said := _wrong_name(exercise, each) or _empty(each) or _refused(each):
            return ("ack-zero" if each.command == "XACK" and each.empty else ""), said
    return ("", elsewhere) if elsewhere else None


def _elsewhere(exercise: Exercise, acted: list[Sent]) -> str:
    """Say of the last command that worked on no key of the exercise which one it was, or ""."""
    others = [each for each in acted if each.keys and not _is_own(exercise, each)]
    if not others:
        return ""
    # Not what helpers send: Consumer.drain looks with XRANGE, and a Producer keeps its number
    shown = [e for e in others if e.command != "XRANGE" and SEQUENCE not in "".join(e.keys)]
    line = f" (`{shown[-1].line}`)" if shown else ""
    verb = "asked about" if all(each.looks for each in others) else "worked on"
    return (
        f"you {verb} `{(shown or others)[-1].key.partition(SEQUENCE)[0]}`{line}, and this exercise "
        "is about "
        f"`{exercise.stream or exercise.prefix}`."
    )


def _is_own(exercise: Exercise, each: Sent) -> bool:
    own = (exercise.prefix, exercise.stream or exercise.prefix, *exercise.beside)
    return any(key.startswith(own) for key in each.keys)


def _wrong_name(exercise: Exercise, each: Sent) -> str:
    """Say which name isn't the exercise's: the group's, or the consumer's."""
    asked = exercise.group
    if asked and each.group and each.group != asked:
        answered = f", and the answer was {_answer(each)}" if each.empty else ""
        place = "the second argument is the group, which" if each.command == "XACK" else "the group"
        return (
            f"you sent `{each.line}`{answered}: {place} is `{asked}` here, and you gave "
            f"`{each.group}`."
        )
    names = exercise.consumers
    if names and each.command == "XREADGROUP" and each.consumer not in names:
        return (
            f"you read as `{each.consumer}` (`{each.line}`), and the task is about "
            f"{' and '.join(f'`{name}`' for name in names)}."
        )
    return ""


def _empty(each: Sent) -> str:
    """Say of a command that did nothing what that means."""
    means = MEANINGS_OF_NOTHING.get(each.command, "")
    if each.command == "XREADGROUP":
        means = (
            "there is nothing new for the group"
            if each.words[-1] == ">"
            else "an ID instead of `>` asks for the consumer's own pending entries, and it has none"
        )
    if not means or not each.empty and not _no_claim(each):
        return ""
    return f"you sent `{each.line}`, and the answer was {_answer(each)}: {means}."


def _no_claim(each: Sent) -> bool:
    answer = each.answer
    return each.command == "XAUTOCLAIM" and isinstance(answer, list) and not any(answer[1:2])


def _refused(each: Sent) -> str:
    """Say of a command that was refused, and whose error was caught, what the refusal means; of
    NOSCRIPT and BUSYGROUP nothing, which careful code expects."""
    if not each.error or each.error.startswith(("NOSCRIPT", "BUSYGROUP")):
        return ""
    return f"`{each.line}` was refused: {_shown(each.error)}{meaning(each.error)}."


def _answer(each: Sent) -> str:
    return "empty" if not isinstance(each.answer, int) else str(each.answer)
