"""What an attempt shows by itself, in any exercise: how it ended, commands that did nothing, and a
key, group or consumer that isn't the exercise's."""

import ast
import re

from helpers.checks.exercise import Exercise, Seen, safely
from helpers.checks.explanations import explained
from helpers.checks.interruptions import interruption
from helpers.checks.removals import deleted, dropped, unhinted
from helpers.checks.signs import (
    REMAKES,
    SENT_NOTHING,
    TAKING,
    for_another,
    is_own,
    no_stream,
    nothing,
    refusal,
    removal,
    rewound,
    unkept,
    vain,
    wrong_name,
)
from helpers.connection.cells import ERROR, INTERRUPTED, RUNNING, syntax_nodes
from helpers.connection.origins import PYTHONS
from helpers.connection.sent import Sent


def ending(seen: Seen) -> str:
    """Say how the attempt ended, in a sentence that follows "but"; "" if it ended well."""
    if seen.ended == ERROR:
        last = seen.sent[-1] if seen.sent else None
        nothing_there = "KeyError: '" in seen.error or (
            "'NoneType' object is not iterable" in seen.error and ".get(" in seen.code
        )
        if last and last.empty and last.command == "XREADGROUP" and nothing_there:
            return (
                f"your cell ended with {seen.error}, because the reply was empty: "
                f"{nothing(last)}; take entries with reply.get(stream, [])"
                + (", and end the loop when there are none." if "while True" in seen.code else ".")
            )
        return f"your cell ended with {explained(seen.error, seen.code)}."
    if seen.ended == INTERRUPTED:
        return interruption(seen)
    if seen.ended == RUNNING:
        return (
            "a thread that you started is still running: stop it, or wait until it is done, "
            "then check again."
        )
    return ""


def unread(seen: Seen) -> str:
    """Say that Python couldn't read the last cell, so everything else describes an earlier one; ""
    if it could."""
    return ending(seen) if re.match(r"(Syntax|Indentation|Tab)Error", seen.error) else ""


def detour(exercise: Exercise, seen: Seen) -> str:
    """Say what was wrong on the way to a right result, in any exercise; "" if nothing was."""
    for each in filter(lambda each: is_own(exercise, each) and not each.error, seen.sent):
        if said := unkept(each) or rewound(exercise, each):
            return said
    remakes = exercise.name.startswith(REMAKES)
    if said := deleted(exercise, seen) or (not remakes and dropped(exercise, seen)):
        return said
    if exercise.consumers and (said := for_another(exercise, seen.did(*TAKING))):
        return said
    names = [name for name in exercise.values if name in seen.made and name not in exercise.typed]
    for name in (name for name in names if seen.made[name].by_hand):
        line = seen.made[name].line
        typed = f"you typed the result yourself: `{line}`"
        computed = f"`{name}` in `{line}` doesn't come from anything that the server returned"
        return (
            f"{typed if _is_typed(name, line) else computed}. With different entries, it would be "
            "wrong: let your code take it from what the server returns."
        )
    return safely(exercise.by_hand, seen) or ""


def _is_typed(name: str, line: str) -> bool:
    """Tell whether a line sets a name without a look at any other, which may be computed."""
    names = [node for node in syntax_nodes(line) if isinstance(node, ast.Name)]
    known = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    return {node.id for node in names} <= known | PYTHONS | {name}


def at_odds(exercise: Exercise, seen: Seen) -> str:
    """Say what casts doubt on every other hint; "" if nothing does.

    A pipeline was never executed; all the work was done on another key, or all new entries were
    read under another consumer's name. Or a consumer or group was removed with its pending entries,
    or a value yields its items only once.
    """
    hinted = any(hint.misconception == "pipeline-unsent" for hint in exercise.hints)
    if seen.watched and not hinted and _unexecuted(seen):
        return (
            "your pipeline sent nothing: a pipeline keeps its commands until execute(), which "
            "sends them and returns their replies."
        )
    acted = [each for each in seen.sent if each.keys and not each.looks]
    said = exercise.stream and not seen.ended and _elsewhere(exercise, acted)
    if said and not any(is_own(exercise, each) for each in acted):
        return said
    if said := dropped(exercise, seen, unhinted(exercise)):
        return said
    new = [each for each in seen.did("XREADGROUP") if each.asks_for_new]
    if said := for_another(exercise, new):
        return said
    for name, value in seen.passed.items():
        if isinstance(value, dict) and set(value) == {"once"}:
            return (
                f"`{name}` is a {value['once']}, which yields its items only once: set `{name}` to "
                "a list of them, with list(…), and check again."
            )
    return ""


SEQUENCE = ":producer:"
"""The text between the stream's name and the producer's, in the key of a producer's number."""


def remark(exercise: Exercise, seen: Seen, as_begun: bool) -> tuple[str, str] | None:
    """Return a misconception's ID, or "", and what to say about this attempt, which may have
    changed nothing; None if it shows nothing by itself."""
    if said := _unsent(exercise, seen, as_begun) or no_stream(seen):
        return "", said
    acted = [each for each in seen.sent if not each.looks]
    refused = bool(acted) and bool(acted[-1].error) and seen.ended == ERROR
    end, elsewhere = ending(seen), _elsewhere(exercise, acted)
    own = [each for each in acted if not each.keys or is_own(exercise, each)]
    if elsewhere and not any(each.keys for each in own):
        return "", elsewhere
    if end and not refused:
        return "", end
    if not acted and (looked := _elsewhere(exercise, list(seen.sent))):
        return "", looked
    if not refused and (said := deleted(exercise, seen) or dropped(exercise, seen)):
        return "", said
    if refused:
        was_sent = not acted[-1].error.startswith("DataError")
        return "", (was_sent and wrong_name(exercise, acted[-1])) or end
    for each in reversed(_telling(own)):
        if said := _apart_from(exercise, each):
            return ("ack-zero" if each.command == "XACK" and each.empty else ""), said
    return ("", elsewhere) if elsewhere else None


def _telling(own: list[Sent]) -> list[Sent]:
    """Leave out an empty read, XDEL or DEL where another did something: it only ends or repeats
    a loop."""
    did = {each.command for each in own if not each.empty} & {"XREADGROUP", "XDEL", "DEL"}
    return [each for each in own if not each.empty or each.command not in did]


def _apart_from(exercise: Exercise, each: Sent) -> str:
    """Say what one command shows by itself; "" if it is as usual."""
    found = wrong_name(exercise, each), vain(each), refusal(each), removal(each), unkept(each)
    return next(filter(None, (*found, rewound(exercise, each))), "")


EXECUTE = r"\bexecute\b"


def _unexecuted(seen: Seen) -> bool:
    if "pipeline(" not in seen.code:
        return False
    return not re.search(EXECUTE, seen.code) or "unpack" in seen.error and not seen.sent


def _unsent(exercise: Exercise, seen: Seen, as_begun: bool) -> str:
    """Say that no command was sent, if only commands can solve the exercise; otherwise ""."""
    if not seen.watched or seen.sent or seen.ended or exercise.values or not as_begun:
        return ""
    return SENT_NOTHING


def _elsewhere(exercise: Exercise, acted: list[Sent]) -> str:
    """Say which key the last command outside the exercise worked on; "" if there was none."""
    others = [each for each in acted if each.keys and not is_own(exercise, each)]
    if not others:
        return ""
    # Not what helpers send: Consumer.drain looks with XRANGE, and a Producer keeps its number
    shown = [e for e in others if e.command != "XRANGE" and SEQUENCE not in "".join(e.keys)]
    line = f" (`{shown[-1].line}`)" if shown else ""
    swapped = exercise.stream and any(
        each.group and (each.key == exercise.group or each.group == exercise.stream)
        for each in shown[-1:]
    )
    order = ": the stream comes first, then the group" if swapped else ""
    verb = "asked about" if all(each.looks for each in others) else "worked on"
    return (
        f"you {verb} `{(shown or others)[-1].key.partition(SEQUENCE)[0]}`{line}, but this "
        f"exercise is about {exercise.about}{order}."
    )
