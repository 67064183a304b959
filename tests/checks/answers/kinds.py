"""What an answer in these files is: right in another way than the solution, or wrong with an idea
behind it."""

from typing import NamedTuple


class Right(NamedTuple):
    """A correct answer that isn't the solution's."""

    exercise: str
    code: str


class Wrong(NamedTuple):
    """An answer that shows a misconception; "" means that no hint fits, and what is seen stands
    beside what is wanted."""

    exercise: str
    misconception: str
    code: str
