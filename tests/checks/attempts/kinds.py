"""The kinds of attempts in these files: right in one of many ways, or tried, with the check's
reply."""

from typing import NamedTuple


class Right(NamedTuple):
    """Code that solves the exercise in its own way."""

    exercise: str
    code: str


class Tried(NamedTuple):
    """Code that doesn't solve it: the verdict's state, the misconception's ID, and words from the
    hint, "" if there is none."""

    exercise: str
    state: str
    misconception: str
    says: str
    code: str
