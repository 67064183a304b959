"""What an attempt itself shows, whatever the exercise: how it ended, commands that did nothing, and
a key, group or consumer that isn't the exercise's."""

import re

from helpers.checks.exercise import Exercise, Seen
from helpers.connection.cells import ERROR, INTERRUPTED, RUNNING
from helpers.connection.sent import Sent

MEANINGS = {
    r"KeyError: '\d\d:": "the reply has no such key, because it is {} when nothing came, or is "
    "another stream's: take the entries with reply.get(stream, [])",
    r"KeyError": "the dictionary has no such name",
    r"IndexError": "an empty list, or reply, has no such item",
    r"NameError": "Python doesn't know this name, so look how it is spelled above, and whether its "
    "cell was run",
    r"TypeError: .*(not supported between|unsupported operand).*'str'": "what comes from a stream "
    "is text, so make a number of it with int() or float()",
    r"TypeError: (string|list|tuple) indices": "a reply holds lists of pairs, ID and fields: take "
    "them apart with `for entry_id, fields in …`",
    r"TypeError: 'NoneType'": "something there is None, such as a value that was never set",
    r"ValueError: (invalid literal|could not convert)": "this text is no number",
    r"ValueError: (not enough|too many) values": "there are fewer or more parts than names",
    r"AttributeError: '(dict|list|tuple|str)' object": "a reply is made of dictionaries, lists and "
    "text, and has no such name",
    r"(Syntax|Indentation|Tab)Error": "Python couldn't read the cell, so nothing of it was run",
    r"TimeoutError": "the client stopped listening before the answer came",
}
"""What Python's and redis-py's errors mean in a cell of this course, by a pattern of their text;
where nothing is sure, nothing is said."""

WAITED_SECONDS = 0.5
"""Seconds from which on an interrupted command was waiting, and a loop wasn't just between two."""

ERROR_CHARACTERS = 190
"""Characters of an error that a line shows."""

REFUSALS = {
    "BUSYGROUP": "the group is there already",
    "NOGROUP": "there is no such stream or group: look at both names",
    "WRONGTYPE": "the key holds something of another type than the command works on",
    "SEQGAP": "the number isn't the one after the last: something before it is missing",
    "NOSCRIPT": "the server doesn't have the script",
    "Invalid stream ID": "that is no entry ID: a reply has it, such as 1700000000000-0",
    "wrong number of arguments": "an argument is missing, or there is one too many",
    "unknown command": "this server has no such command",
    "requires the key to exist": "no stream has the name that you gave first: XGROUP takes the "
    "stream, then the group",
    "equal or smaller": "an entry's ID must be greater than the last one's",
    "syntax error": "the arguments stand in another order, or one doesn't belong there",
}
"""What a server's refusals mean, by a part of their text."""

MEANINGS_OF_NOTHING = {
    "XACK": "none of these IDs is pending in this group (XACK wants the stream, the group, then "
    "IDs)",
    "XDEL": "the stream has no entry with such an ID",
    "XTRIM": "nothing had to go",
    "XCLAIM": "none of these entries is pending and has been idle for that long",
    "XAUTOCLAIM": "no pending entry has been idle for that long",
    "DEL": "there was no such key",
    "XGROUP DESTROY": "there was no such group",
}
"""What it means that a command did nothing."""


def ending(seen: Seen) -> str:
    """Say how the attempt ended if it didn't end well: a sentence that goes on after "but", or
    ""."""
    if seen.ended == ERROR:
        return f"your cell ended with {_shown(seen.error)}{_meaning(seen.error)}."
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


def _meaning(error: str) -> str:
    """Say what an error means, ": …", if that is sure."""
    meaning = next((m for part, m in REFUSALS.items() if part in error), "") or next(
        (m for pattern, m in MEANINGS.items() if re.match(pattern, error)), ""
    )
    return f": {meaning}" if meaning else ""


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


PRODUCER = ":producer:"
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
    shown = [e for e in others if e.command != "XRANGE" and PRODUCER not in "".join(e.keys)]
    line = f" (`{shown[-1].line}`)" if shown else ""
    verb = "asked about" if all(each.looks for each in others) else "worked on"
    return (
        f"you {verb} `{(shown or others)[-1].key.partition(PRODUCER)[0]}`{line}, and this exercise "
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
    meaning = MEANINGS_OF_NOTHING.get(each.command, "")
    if each.command == "XREADGROUP":
        meaning = (
            "there is nothing new for the group"
            if each.words[-1] == ">"
            else "an ID instead of `>` asks for the consumer's own pending entries, and it has none"
        )
    if not meaning or not each.empty and not _no_claim(each):
        return ""
    return f"you sent `{each.line}`, and the answer was {_answer(each)}: {meaning}."


def _no_claim(each: Sent) -> bool:
    answer = each.answer
    return each.command == "XAUTOCLAIM" and isinstance(answer, list) and not any(answer[1:2])


def _refused(each: Sent) -> str:
    """Say of a command that was refused, and whose error was caught, what the refusal means; of
    NOSCRIPT and BUSYGROUP nothing, which careful code expects."""
    if not each.error or each.error.startswith(("NOSCRIPT", "BUSYGROUP")):
        return ""
    return f"`{each.line}` was refused: {_shown(each.error)}{_meaning(each.error)}."


def _answer(each: Sent) -> str:
    return "empty" if not isinstance(each.answer, int) else str(each.answer)
