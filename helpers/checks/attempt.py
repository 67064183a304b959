"""What an attempt shows by itself, whatever the exercise: how it ended, commands that did nothing,
and a key, group or consumer that isn't the exercise's."""

import re

from helpers.checks.exercise import Exercise, Seen
from helpers.checks.meanings import MEANINGS_OF_NOTHING, meaning
from helpers.connection.cells import ERROR, INTERRUPTED, RUNNING
from helpers.connection.sent import Sent

WAITED_SECONDS = 0.5
"""From this many seconds on, an interrupted command was waiting, and not a loop between two."""

ERROR_CHARACTERS = 190
"""Characters of an error that a line shows."""


def ending(seen: Seen) -> str:
    """Say how the attempt ended if it didn't end well: a sentence that follows "but", or ""."""
    if seen.ended == ERROR:
        return f"your cell ended with {_shown(seen.error)}{meaning(seen.error)}."
    if seen.ended == INTERRUPTED:
        last = seen.sent[-1] if seen.sent else None
        if last and last.error.startswith("KeyboardInterrupt") and last.seconds > WAITED_SECONDS:
            return f"you interrupted it while `{last.line}` was waiting for its reply."
        return "you interrupted your cell: make the loop end by itself, such as at an empty reply."
    if seen.ended == RUNNING:
        return (
            "a thread that you started is still running: stop it, or wait until it is done, "
            "then check again."
        )
    return ""


def _shown(error: str) -> str:
    if len(error) > ERROR_CHARACTERS:
        error = error[:ERROR_CHARACTERS].rpartition(" ")[0] + " …"
    return re.sub(r"\(\S+, line (\d+)\)$", r"(line \1)", error).rstrip(".: ")


def unread(seen: Seen) -> str:
    """Say that Python couldn't read the last cell, so that everything else describes an earlier
    one; "" if it could."""
    return ending(seen) if re.match(r"(Syntax|Indentation|Tab)Error", seen.error) else ""


def at_odds(exercise: Exercise, seen: Seen) -> str:
    """Say what makes every other hint doubtful, or "" if nothing does.

    All the work was done on another key, all new entries were read under another consumer's name, a
    consumer was removed with its pending entries, or a value yields its items only once.
    """
    acted = [each for each in seen.sent if each.keys and not each.looks]
    said = exercise.stream and not seen.ended and _elsewhere(exercise, acted)
    if said and not any(_is_own(exercise, each) for each in acted):
        return said
    if (gone := _taken_along(exercise, seen)) and not KNOWN & {
        h.misconception for h in exercise.hints
    }:
        return (
            f"you sent `{gone.line}`, and the reply was {gone.answer}: that many pending entries "
            "were dropped with the consumer, and nobody has them now. Run the cell above again."
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
                f"`{name}` is a {value['once']}, which yields its items once and then has none "
                "left: make a list of it with list(…), and check that."
            )
    return ""


SEQUENCE = ":producer:"
"""The text between a stream's name and a producer's, in the key of its number."""

KNOWN = {"delconsumer-frees", "busygroup-destroy"}
"""The misconceptions of learners who remove a consumer; an exercise with a hint for one says
more."""


def _taken_along(exercise: Exercise, seen: Seen) -> Sent | None:
    """Return the last XGROUP DELCONSUMER that dropped pending entries of the exercise."""
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
    """Say which key the last command outside the exercise worked on, or ""."""
    others = [each for each in acted if each.keys and not _is_own(exercise, each)]
    if not others:
        return ""
    # Not what helpers send: Consumer.drain looks with XRANGE, and a Producer keeps its number
    shown = [e for e in others if e.command != "XRANGE" and SEQUENCE not in "".join(e.keys)]
    line = f" (`{shown[-1].line}`)" if shown else ""
    verb = "asked about" if all(each.looks for each in others) else "worked on"
    return (
        f"you {verb} `{(shown or others)[-1].key.partition(SEQUENCE)[0]}`{line}, but this "
        f"exercise is about `{exercise.stream or exercise.prefix}`."
    )


def _is_own(exercise: Exercise, each: Sent) -> bool:
    own = (exercise.prefix, exercise.stream or exercise.prefix, *exercise.beside)
    rests = [key.removeprefix(name) for key in each.keys for name in own if key.startswith(name)]
    return any(not rest[:1].isalnum() for rest in rests)  # 08:line:till, and not 08:lines


def _wrong_name(exercise: Exercise, each: Sent) -> str:
    """Say which name isn't the exercise's: the group's, or the consumer's."""
    asked = exercise.group
    if asked and each.group and each.group != asked:
        answered = f", and the reply was {_answer(each)}" if each.empty else ""
        place = "the second argument is the group, which" if each.command == "XACK" else "the group"
        return (
            f"you sent `{each.line}`{answered}: {place} is `{asked}` here, but you gave "
            f"`{each.group}`."
        )
    names = exercise.consumers
    if names and each.command == "XREADGROUP" and each.consumer not in names:
        return (
            f"you read as `{each.consumer}` (`{each.line}`), but the task is about "
            f"{' and '.join(f'`{name}`' for name in names)}."
        )
    return ""


def _empty(each: Sent) -> str:
    """Say what it means that a command did nothing."""
    means = MEANINGS_OF_NOTHING.get(each.command, "")
    if each.command == "XREADGROUP":
        means = (
            "there is nothing new for the group"
            if each.words[-1] == ">"
            else "an ID instead of `>` asks for the consumer's own pending entries, and it has none"
        )
    if not means or not each.empty and not _no_claim(each):
        return ""
    return f"you sent `{each.line}`, and the reply was {_answer(each)}: {means}."


def _no_claim(each: Sent) -> bool:
    answer = each.answer
    return each.command == "XAUTOCLAIM" and isinstance(answer, list) and not any(answer[1:2])


EXPECTED = ("NOSCRIPT", "No matching script", "BUSYGROUP")
"""How the refusals begin that careful code expects; redis-py removes the first word of one."""


def _refused(each: Sent) -> str:
    """Say what a refusal means whose error was caught; nothing for NOSCRIPT and BUSYGROUP, which
    careful code expects."""
    if not each.error or each.error.startswith(EXPECTED):
        return ""
    return f"`{each.line}` was refused: {_shown(each.error)}{meaning(each.error)}."


def _answer(each: Sent) -> str:
    return "empty" if not isinstance(each.answer, int) else str(each.answer)
