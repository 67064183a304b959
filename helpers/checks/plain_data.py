"""Values that a learner passes to a check, reduced to numbers, texts, lists and dicts: data, which
can do nothing."""

import array
import json
from collections import deque
from collections.abc import Iterator, Mapping, Set, ValuesView
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from redis import Redis, RedisCluster

MOST_ITEMS = 200
"""The most items of a list or dict that are kept; an exercise asks for 100 at most."""

MOST_CHARACTERS = 1000
"""The most characters of a text that are kept."""

LISTS = (list, tuple, Set, range, deque, ValuesView, array.array)
"""Types that are lists to a check; keys and items of a dictionary are Sets."""

ARRAYS = {"numpy", "pandas", "cupy"}
"""Packages whose numbers and arrays have a `tolist`; they needn't be installed."""


def to_plain(value: Any, depth: int = 5) -> Any:
    """Reduce any object to plain data, calling its own methods only if there is no other way.

    A number of any kind becomes an int or a float, and anything that can be iterated over again
    becomes a list. An object that yields its items only once, such as a generator, isn't iterated
    over, because that would use it up: it becomes {"once": class}. A client becomes {"client": its
    time-outs, its retries}, an error {"error": class, "text": …}, a function {"function": name}.
    """
    if value is None or isinstance(value, (bool, float)):
        return value if isinstance(value, (bool, type(None))) else float(value)
    if isinstance(value, int):
        return int(value) if abs(value) < 2**63 else float("inf")
    if isinstance(value, str):
        return str(value[:MOST_CHARACTERS])
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)[:MOST_CHARACTERS].decode("utf-8", "backslashreplace")
    if isinstance(value, Mapping) and depth:
        return {
            str(to_plain(key, 0))[:MOST_CHARACTERS]: to_plain(item, depth - 1)
            for key, item in islice(value.items(), MOST_ITEMS)
        }
    if isinstance(value, LISTS) and depth:
        return [to_plain(item, depth - 1) for item in islice(value, MOST_ITEMS)]
    if isinstance(value, (Decimal, Fraction)):
        return _number(value)
    if type(value).__module__.partition(".")[0] in ARRAYS and depth:
        return _array(value, depth)
    if isinstance(value, Iterator) and depth:
        return {"once": type(value).__name__}
    return _named(value)


def _number(value: Decimal | Fraction) -> int | float:
    """Return a whole number as an int, any other as a float."""
    try:
        whole = int(value)
        return to_plain(whole if whole == value else float(value), 0)
    except (OverflowError, ValueError):  # Infinity, not a number
        return float(value)


def _array(value: Any, depth: int) -> Any:
    """Convert a scalar, array or column of NumPy or pandas with its own `tolist` or `item`."""
    if getattr(value, "size", 0) and getattr(value, "size", 0) > MOST_ITEMS:
        value = value[:MOST_ITEMS]
    plain = value.tolist() if hasattr(value, "tolist") else None
    known = isinstance(plain, (bool, int, float, str, bytes, list))
    return to_plain(plain, depth) if known else _named(value)


def _named(value: Any) -> dict[str, Any]:
    if isinstance(value, Redis | RedisCluster):
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
    """Return a value's plain form as JSON: this is how it gets from a learner's kernel to the
    grader."""
    return json.dumps(to_plain(value))


def contains(value: Any, wanted: str) -> bool:
    """Tell whether a text occurs anywhere in plain data, such as a value in a reply of any
    shape."""
    if isinstance(value, dict):
        return any(contains(item, wanted) for item in value.values())
    return (
        any(contains(item, wanted) for item in value)
        if isinstance(value, list)
        else value == wanted
    )


def number(value: Any) -> int | float | None:
    """Return a number, passed as such or as its digits; None for anything else, including True."""
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            return None
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return int(value) if isinstance(value, float) and value.is_integer() else value


def texts(value: Any) -> list[str] | None:
    """Return a list's items as text, so that 7, 7.0 and "7" are the same answer; None if it isn't a
    list of single values."""
    if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
        return None
    return [str(item if isinstance(item, (bool, str)) else number(item)) for item in value]
