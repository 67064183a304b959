"""What a learner passes to a check, reduced to numbers, texts, lists and dicts: data, which can do
nothing."""

import json
import math
from collections.abc import Mapping, Sequence, Set, ValuesView
from itertools import islice
from numbers import Number
from typing import Any

from redis import Redis

MOST_ITEMS = 200
"""Items of a list, and the depth of nesting times 40, that are kept; an exercise asks for 100 at
most."""

MOST_CHARACTERS = 1000
"""Characters of a text that are kept."""


def to_plain(value: Any, depth: int = 5) -> Any:
    """Reduce any object to plain data, without calling methods of its own where that can be helped.

    Numbers and containers of NumPy and of the standard library become Python's own; a generator
    isn't run. A client becomes {"client": its time-outs, its retries}, an error {"error": class,
    "text": …}, a function {"function": name}.
    """
    if type(value).__module__ == "numpy" and hasattr(value, "tolist"):
        value = value.tolist()
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else float("inf")
    if isinstance(value, Number):
        return _to_float(value)
    if isinstance(value, str):
        return value[:MOST_CHARACTERS]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value[:MOST_CHARACTERS]).decode("utf-8", "backslashreplace")
    if isinstance(value, (Sequence, Set, ValuesView)) and depth:
        return [to_plain(item, depth - 1) for item in islice(value, MOST_ITEMS)]
    if isinstance(value, Mapping) and depth:
        return {
            str(to_plain(key, 0))[:MOST_CHARACTERS]: to_plain(item, depth - 1)
            for key, item in list(value.items())[:MOST_ITEMS]
        }
    return _named(value)


def _to_float(value: Any) -> int | float | dict[str, Any]:
    """A Decimal, a Fraction or another such number: an int where it is whole."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return _named(value)
    return int(number) if math.isfinite(number) and number.is_integer() else number


def _named(value: Any) -> dict[str, Any]:
    if isinstance(value, Redis):
        settings, retry = value.get_connection_kwargs(), value.get_retry()
        return {
            "client": {
                "socket_timeout": to_plain(settings.get("socket_timeout"), 0),
                "retries": retry.get_retries() if retry else 0,
            }
        }
    if isinstance(value, BaseException):
        return {"error": type(value).__name__, "text": str(value)[:MOST_CHARACTERS]}
    if callable(value):
        return {"function": getattr(value, "__name__", type(value).__name__)}
    fields = getattr(value, "fields", None)
    return (
        {"fields": to_plain(fields, 2)}
        if isinstance(fields, dict)
        else {"object": type(value).__name__}
    )


def dumps(value: Any) -> str:
    """Return the plain form of a value as JSON: how it gets from a learner's kernel to whoever
    marks it."""
    return json.dumps(to_plain(value))


def contains(value: Any, wanted: str) -> bool:
    """Tell whether a text is anywhere within plain data, such as a value within a reply of whatever
    shape."""
    if isinstance(value, dict):
        return any(contains(item, wanted) for item in value.values())
    return (
        any(contains(item, wanted) for item in value)
        if isinstance(value, list)
        else value == wanted
    )


def number(value: Any) -> float | None:
    """Return a number that was passed as such; None for anything else, True and "7" included."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def texts(value: Any) -> list[str] | None:
    """Return a list's items as text, so that 7 and "7" are the same answer; None if it's no list of
    single values."""
    if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        return None
    return [str(item) for item in value]
