"""What an attempt in these files is: right in one way of many, or tried, with what the check says
to it."""

from typing import NamedTuple


class Right(NamedTuple):
    """Code that solves the exercise in a way of its own."""

    exercise: str
    code: str


class Tried(NamedTuple):
    """Code that doesn't solve it: the verdict's state, the misconception's ID, and words of the
    hint, "" where there's none."""

    exercise: str
    state: str
    misconception: str
    says: str
    code: str
