"""Compare the server with what an exercise asks; change nothing, and raise nothing."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import redis
from redis import Redis, RedisError

from helpers.arguments import check_client
from helpers.checks.attempt import at_odds, detour, ending, remark, unread
from helpers.checks.exercise import Exercise, Seen, Text, safely
from helpers.checks.lessons import exercises, find, lessons
from helpers.checks.plain_data import to_plain
from helpers.checks.signs import forgiven, swallowed
from helpers.checks.unset_values import unset
from helpers.connection import evidence
from helpers.connection.book import Evidence
from helpers.connection.cells import ERROR, INTERRUPTED
from helpers.snapshots import Snapshot, snapshot

SOLVED, NEARLY, UNTOUCHED = "solved", "nearly", "not started"
HINT, OPEN, FAILED = "hint", "open", "can't check"
"""What a verdict can be; NEARLY: the result is right, but something else is missing; OPEN: tried,
not right, and no known misconception; FAILED: there was nothing to look at."""


LINE_CHARACTERS = 300
"""The most characters of a line; an exercise's own texts have about half as many."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a check: one of the words above, the lines to print, and the misconception's ID
    if there is a hint."""

    state: str
    lines: tuple[str, ...]
    misconception: str = ""


def examine(
    name: object, r: object, *values: Any, seen: Evidence | None = None, **named: Any
) -> Verdict:
    """Look at the server and judge the exercise; values come in the order of its `values`, or by
    name.

    `seen` is the evidence, if another process collected it.
    """
    exercise = find(name) if isinstance(name, str) else None
    if exercise is None:
        return Verdict(FAILED, (_unknown(name),))
    try:
        check_client(r, pipeline=False)
    except TypeError as error:
        what = f"pass the client that connect() returned, as in {exercise.call}."
        return Verdict(FAILED, (f"{exercise.name} can't be checked: {what}", str(error)))
    try:
        passed = dict(zip(exercise.values, values, strict=False)) | named
        names = () if exercise.stream else exercise.values
        done = seen or evidence.of(exercise.prefix, exercise.stage, names)
        return judge(exercise, forgiven(exercise, look(exercise, r, passed, done)))
    except (RedisError, OSError) as error:
        reason = f"{type(error).__name__}: {str(error)[:80]}"
        return Verdict(
            FAILED,
            (
                f"{exercise.name} can't be checked: the server doesn't reply ({reason}).",
                "Run the lesson's first cell again, then your own, then this one.",
            ),
        )
    except Exception as error:
        # Whatever a learner passed or stored, a check never adds a traceback to it
        return Verdict(
            FAILED,
            (
                f"{exercise.name} can't be checked, because of a {type(error).__name__}. Run the "
                "cell above again.",
            ),
        )


def look(exercise: Exercise, r: Redis, passed: dict[str, Any], done: Evidence) -> Seen:
    """Read everything that the exercise asks about."""
    with evidence.unseen():
        stream = snapshot(r, exercise.stream, exercise.group) if exercise.stream else Snapshot("")
        beside = {name: snapshot(r, name) for name in exercise.beside}
        read = {what: _read(r, question) for what, question in exercise.reads.items()}
    return Seen(
        stream,
        beside,
        read,
        {what: to_plain(passed.get(what)) for what in exercise.values},
        done.sent,
        done.watched,
        done.ended,
        done.error,
        done.code,
        max(0, done.wrote - exercise.after),
        done.calls,
        done.made,
        exercise.given,
    )


def judge(exercise: Exercise, seen: Seen) -> Verdict:
    """Decide: solved, nearly, not started, the first hint that fits, what the attempt itself shows,
    or what is there and what is wanted."""
    end = ending(seen)
    if holds(exercise.solved, seen):
        praise = _text(exercise.praise, seen, exercise)
        if seen.ended in (ERROR, INTERRUPTED):
            return Verdict(NEARLY, (_line(f"nearly: {praise}"), _line(f"but {end}")))
        if but := detour(exercise, seen):
            now = _text(exercise.sees, seen, exercise)
            return Verdict(NEARLY, (_line(f"nearly: {now}"), _line(f"but {but}")))
        return Verdict(SOLVED, (f"✓ solved: {praise}",))
    nothing_there = (
        exercise.stream
        and not seen.stream.exists
        and all(value is None for value in seen.passed.values())
    )
    as_begun = nothing_there or holds(exercise.untouched, seen)
    if as_begun and not seen.tried:
        begun = "not yet (so far your code changes nothing)" if seen.wrote else "not started yet"
        return Verdict(UNTOUCHED, (f"{begun}: {exercise.task}",))
    of_another_type = (
        seen.stream.exists
        and seen.stream.problem
        and not seen.stream.groups
        and not seen.stream.length
    )
    problem = (seen.stream.problem or "").replace(
        ": use another name", ""
    )  # The exercise chose the name
    now = problem if of_another_type else _text(exercise.sees, seen, exercise)
    hint = next((hint for hint in exercise.hints if holds(hint.shows, seen)), None)
    if said := unread(seen) or at_odds(exercise, seen):
        state, misconception, lines = HINT, "", [f"hint: {said}"]
    elif hint:
        state, misconception = NEARLY if hint.nearly else HINT, hint.misconception
        about = not holds(hint.shows, replace(seen, error=""))  # Then it says what the error means
        also = "" if about else end or swallowed(seen)
        lines = [f"hint: {_text(hint.text, seen, exercise)}", *([f"also, {also}"] if also else [])]
    elif shown := remark(exercise, seen, bool(as_begun)):
        state, (misconception, text) = HINT, shown
        told = not end or end in text or any(each.error for each in seen.sent[-1:])
        lines = [f"hint: {text}", *([] if told else [f"also, {end}"])]
    else:
        state, misconception = OPEN, ""
        slip = safely(exercise.slip, seen) or unset(seen)
        lines = [f"wanted: {_text(exercise.wanted, seen, exercise)}", *([slip] if slip else [])]
    first = f"{'nearly' if state == NEARLY else 'not yet'}: {now}"
    return Verdict(state, tuple(map(_line, [first, *lines])), misconception)


def holds(predicate: Callable[[Seen], bool], seen: Seen) -> bool:
    """Tell whether a predicate is true of what was seen; if it fails because something is missing,
    it isn't."""
    return bool(safely(predicate, seen))


def _line(text: str) -> str:
    """Return one line, of bounded length and without control characters, which a terminal would
    obey: it may hold a learner's text."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= LINE_CHARACTERS else shown[: LINE_CHARACTERS - 1] + "…"


def _text(text: Text, seen: Seen, exercise: Exercise) -> str:
    """Return a text; if it can't be made from what was seen, the stream's problem or the task."""
    if isinstance(text, str):
        return text
    try:
        return text(seen)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError):
        return seen.stream.problem or exercise.task


def _read(r: Redis, question: Callable[[Redis], Any]) -> Any:
    try:
        return question(r)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None
    except RedisError as error:
        if isinstance(error, (redis.ConnectionError, redis.TimeoutError)):
            raise
        return None  # A command that an older server doesn't know, or a key of another type


def _unknown(name: object) -> str:
    known = [e.name for lesson in lessons() for e in exercises(lesson)]
    near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.3) or known[:3]
    return f"There is no exercise {str(name)[:40]!r}; did you mean {' or '.join(near)}?"
