"""The kinds of answers in these files: right in another way than the solution, or wrong with an
idea behind it."""

from typing import NamedTuple


class Right(NamedTuple):
    """A correct answer other than the solution."""

    exercise: str
    code: str


class Wrong(NamedTuple):
    """An answer that shows a misconception; "" means that no hint fits, so the check only says what
    it saw and what it wants."""

    exercise: str
    misconception: str
    code: str
