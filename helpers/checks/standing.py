"""Where a learner stands: the small record that a class's board reads, as it is stored."""

import functools
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass, replace

from helpers.checks.misconceptions import BY_ID
from helpers.checks.tasks import find
from helpers.checks.verdict import FAILED, HINT, NEARLY, OPEN, SOLVED, UNTOUCHED, Verdict

RECORD = "class:standing"
"""The one key of a class in a learner's database. No lesson's prefix begins like this."""

RECORD_BYTES = 4096
"""The most bytes read of a record, which has about 200, and 12 for each solved exercise."""

LATEST_MS = 2**53
"""The highest number that is accepted as a time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A learner's lesson and exercise, or stage, and the result of its last check.

    `exercise` is "" between exercises, `state` is UNTOUCHED before the first attempt, and
    `misconception` is the ID of the last hint's. `attempts` counts the checks that found something
    to look at. `since_ms` is when the learner came to this exercise, `at_ms` when the learner last
    did something, by the server's clock. `solved` names the solved exercises of the whole course.
    """

    lesson: str
    exercise: str
    since_ms: int
    at_ms: int
    state: str = UNTOUCHED
    misconception: str = ""
    attempts: int = 0
    solved: tuple[str, ...] = ()


def begun(before: Standing | None, prefix: str, now_ms: int) -> Standing:
    """Return the standing of a learner who begins a lesson, "02:", or an exercise, "02:start".
    Within a lesson, only another exercise changes the place."""
    lesson, name = prefix[:2], prefix.replace(":", ".")
    exercise = name if find(name) else ""
    if before and before.lesson == lesson and exercise in ("", before.exercise):
        return replace(before, at_ms=now_ms)
    return Standing(lesson, exercise, now_ms, now_ms, solved=before.solved if before else ())


def checked(
    before: Standing | None, name: str, verdict: Verdict, solved: set[str], now_ms: int
) -> Standing:
    """Return the standing of a learner whose exercise was just checked."""
    here = begun(before, name.replace(".", ":"), now_ms)
    tried = verdict.state not in (UNTOUCHED, FAILED)
    return replace(
        here,
        state=verdict.state,
        # The board knows an exercise's misconceptions; a stage's hints have other names
        misconception=verdict.misconception if verdict.misconception in BY_ID else "",
        attempts=here.attempts + tried,
        solved=tuple(sorted(solved)),
    )


def to_bytes(standing: Standing) -> bytes:
    """Return a standing as it is stored: JSON."""
    return json.dumps(asdict(standing), separators=(",", ":")).encode()


@functools.lru_cache(4096)
def from_bytes(stored: bytes) -> Standing | None:
    """Read what a learner's database holds, which may be anything; return None for an empty record.

    Raises ValueError unless each part is one that this course writes, so no text of a learner's own
    gets through.
    """
    if not stored:
        return None
    try:
        parts = json.loads(stored)
    except RecursionError:
        raise ValueError("a standing isn't nested") from None
    if not isinstance(parts, dict) or parts.keys() != PARTS.keys():
        raise ValueError("a standing has other parts")
    if not all(fits(parts[name]) for name, fits in PARTS.items()):
        raise ValueError("a part of the standing isn't one of this course")
    return Standing(**parts | {"solved": tuple(parts["solved"])})


def _is_task(part: object) -> bool:
    return isinstance(part, str) and find(part) is not None


def _one_of(words: Collection[str]) -> Callable[[object], bool]:
    return lambda part: isinstance(part, str) and part in words


def _number(most: int) -> Callable[[object], bool]:
    return lambda part: type(part) is int and 0 <= part <= most


def _is_lesson(part: object) -> bool:
    return isinstance(part, str) and len(part) == 2 and part.isascii() and part.isdigit()


def _are_names(part: object) -> bool:
    return isinstance(part, list) and all(map(_is_task, part))


STATES = {SOLVED, NEARLY, UNTOUCHED, HINT, OPEN, FAILED}

PARTS = {
    "lesson": _is_lesson,
    "exercise": lambda part: part == "" or _is_task(part),
    "since_ms": _number(LATEST_MS),
    "at_ms": _number(LATEST_MS),
    "state": _one_of(STATES),
    "misconception": _one_of({"", *BY_ID}),
    "attempts": _number(1_000_000),
    "solved": _are_names,
}
"""A test for each part of a stored standing."""
