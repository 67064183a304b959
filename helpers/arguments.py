"""Refuse a wrong argument before anything has happened, in a sentence that names it."""

import functools
import inspect
import re
import threading
from collections.abc import Callable
from typing import TypeVar

ENTRY_ID = re.compile(r"\d{1,20}(-\d{1,20})?")

LATE_MS = 100
"""How late the empty reply to a BLOCK may come: the server checks `hz` times a second, 10 by
default, which waits are over (Redis documentation; up to 102 ms measured)."""


def settings(r: object) -> dict | None:
    """Return the settings of a client's connections, to one server or to a cluster; None if the
    client isn't redis-py's."""
    holder = getattr(r, "connection_pool", None) or getattr(r, "nodes_manager", None)
    return getattr(holder, "connection_kwargs", None)


def socket_timeout(r: object) -> float | None:
    """Return the seconds that a client waits for a reply; None is forever."""
    return (settings(r) or {}).get("socket_timeout")


def check_flag(**flags: object) -> None:
    """Raise TypeError unless each is True or False: a text such as "no" would count as True."""
    for name, flag in flags.items():
        if not isinstance(flag, bool):
            raise TypeError(f"{name} must be True or False, not {flag!r}.")


def check_client(r: object, *, pipeline: bool = True) -> None:
    """Raise TypeError unless `r` is a client like those of connect(): with replies as text, in one
    shape.

    With any other client, the helpers would misread replies, or not wait for them. A pipeline
    counts as a client, unless `pipeline` is False, for helpers that need a reply at once.
    """
    found = settings(r)
    if isinstance(r, type):
        wrong = "is the class, not a client"
    elif hasattr(r, "__aenter__"):
        wrong = (
            "belongs to asyncio, and its replies come only with await; helpers.aio has a Producer "
            "and a Consumer for it"
        )
    elif not isinstance(found, dict) or not hasattr(r, "xadd"):
        wrong = "isn't redis-py's client"
    elif not found.get("decode_responses"):
        wrong = "returns bytes, because it was made without decode_responses=True"
    elif found.get("legacy_responses", True):
        wrong = (
            "returns redis-py's older shapes, because it was made without legacy_responses=False"
        )
    elif not pipeline and hasattr(r, "command_stack"):
        wrong = "sends nothing before its execute()"
    else:
        return
    kind = r if isinstance(r, type) else type(r)
    raise TypeError(f"r must be a client that connect() returned: this {kind.__name__} {wrong}.")


def check_text(**texts: object) -> None:
    """Raise ValueError unless each is text that isn't empty."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise ValueError(f"{name} must be text that isn't empty, not {text!r}.")


def check_whole(least: int = 1, /, **numbers: object) -> None:
    """Raise ValueError unless each is a whole number from `least` up."""
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < least:
            raise ValueError(f"{name} must be a whole number from {least} up, not {number!r}.")


def check_id(*words: str, **ids: object) -> None:
    """Raise ValueError unless each is an entry ID such as "1700000000000-0", or one of `words` such
    as "$"."""
    for name, entry_id in ids.items():
        if not isinstance(entry_id, str) or not (entry_id in words or ENTRY_ID.fullmatch(entry_id)):
            either = "".join(f"{word!r}, or " for word in words)
            raise ValueError(
                f"{name} must be {either}an entry ID such as '1700000000000-0', taken from "
                f"a reply, not {entry_id!r}."
            )


def check_ids(**lists: object) -> None:
    """Raise ValueError unless each is a list or tuple of entry IDs."""
    for name, entry_ids in lists.items():
        if not isinstance(entry_ids, (list, tuple)):
            raise ValueError(f"{name} must be a list of entry IDs, not {entry_ids!r}.")
        for entry_id in entry_ids:
            check_id(**{name: entry_id})


def check_seconds(**numbers: object) -> None:
    """Raise ValueError unless each is a number of seconds from 0 up that Python can wait for."""
    for name, seconds in numbers.items():
        if (
            isinstance(seconds, bool)
            or not isinstance(seconds, (int, float))
            or not 0 <= seconds <= threading.TIMEOUT_MAX
        ):
            raise ValueError(f"{name} must be a number of seconds from 0 up, not {seconds!r}.")


def check_errors(**types: object) -> None:
    """Raise ValueError unless each is a tuple of exception classes."""
    for name, given in types.items():
        if not isinstance(given, tuple) or not all(
            isinstance(each, type) and issubclass(each, Exception) for each in given
        ):
            raise ValueError(f"{name} must be a tuple of exception classes, not {given!r}.")


def check_pace(pace: float, min_idle_ms: int) -> None:
    """Raise ValueError if a consumer that takes `pace` seconds for an entry would exceed
    `min_idle_ms`."""
    if 1500 * pace >= min_idle_ms:
        raise ValueError(
            f"min_idle_ms={min_idle_ms} must exceed pace={pace:g} seconds by more than half, "
            "or entries are claimed from a live consumer."
        )


def in_time(block_ms: float, timeout: float | None) -> bool:
    """Tell whether the reply to a wait of `block_ms` comes within the client's socket time-out
    (seconds; None waits forever)."""
    return timeout is None or block_ms < 1000 * timeout - LATE_MS


def check_block(block_ms: int, r: object) -> None:
    """Raise ValueError if the reply to a wait of `block_ms` may miss the client's socket time-out
    (seconds; None waits forever)."""
    timeout = socket_timeout(r)
    check_whole(block_ms=block_ms)
    if not in_time(block_ms, timeout):
        raise ValueError(
            f"block_ms={block_ms} must stay more than {LATE_MS} ms below the client's socket "
            f"time-out of {1000 * timeout:g} ms: the server's reply may be that late."
        )


F = TypeVar("F", bound=Callable)

CHECKS: dict[str, Callable] = {
    **dict.fromkeys(
        ("stream", "group", "consumer", "command", "key", "reason", "besides"), check_text
    ),
    **dict.fromkeys(("entry_id", "letter_id"), check_id),
    "entry_ids": check_ids,
    "start": functools.partial(check_id, "$"),
    "after": functools.partial(check_id, ">"),
    "count": check_whole,
    "limit": functools.partial(check_whole, 2),
    "min_idle_ms": functools.partial(check_whole, 0),
    "seconds": check_seconds,
    "stays_own": check_flag,
}
"""The check for an argument of each name: a name means the same in every helper."""


def checked(helper: F | None = None, *, pipeline: bool = False) -> F:
    """Make a helper check its arguments, by the names of its parameters, before it does anything; a
    default needs no check.

    With `pipeline`, its client may be a pipeline, too.
    """
    if helper is None:
        return functools.partial(checked, pipeline=pipeline)
    parameters = inspect.signature(helper).parameters
    known = {name: each.default for name, each in parameters.items() if name in CHECKS}
    rules = [(name, CHECKS[name], default) for name, default in known.items()]
    names = list(parameters)[1:]

    @functools.wraps(helper)
    def call(r, *arguments, **named):
        check_client(r, pipeline=pipeline)
        given = dict(zip(names, arguments, strict=False), **named)
        for name, check, default in rules:
            if name in given and given[name] is not default:
                check(**{name: given[name]})
        return helper(r, *arguments, **named)

    return call
