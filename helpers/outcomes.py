"""What comes of a call that may fail."""

from collections.abc import Callable
from typing import Any


def outcome(call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """Return what the call returns or, where it raises, its error as one text: "Name: words".

    For a cell that asks whether a call fails: a `try` in plain sight would answer that.
    """
    try:
        return call(*arguments, **named)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
