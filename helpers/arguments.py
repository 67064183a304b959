"""Refuse a wrong argument before anything has happened, in a sentence that names it."""

import math
import re

ENTRY_ID = re.compile(r"\d{1,20}(-\d{1,20})?")

LATE_MS = 100
"""How late the empty reply to a BLOCK may come: the server looks `hz` times a second, 10 by default, which waits are over
(Redis documentation; up to 102 ms measured)."""


def check_client(r: object, *, pipeline: bool = True) -> None:
    """Raise TypeError unless `r` is a client like those of connect(): of one server, with text in one shape.

    With any other the helpers would misread replies, or not wait for them. A pipeline counts as a client,
    unless `pipeline` is False: for what needs its reply at once.
    """
    settings = getattr(getattr(r, "connection_pool", None), "connection_kwargs", None)
    if isinstance(r, type):
        wrong = "is the class, not a client"
    elif hasattr(r, "__aenter__"):
        wrong = "belongs to asyncio, and its replies come only with await"
    elif not isinstance(settings, dict) or not hasattr(r, "xadd"):
        wrong = "isn't redis-py's client of one server"
    elif not settings.get("decode_responses"):
        wrong = "returns bytes, because it was made without decode_responses=True"
    elif settings.get("legacy_responses", True):
        wrong = "returns redis-py's older shapes, because it was made without legacy_responses=False"
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
    """Raise ValueError unless each is an entry ID such as "1700000000000-0", or one of `words` such as "$"."""
    for name, entry_id in ids.items():
        if not isinstance(entry_id, str) or not (entry_id in words or ENTRY_ID.fullmatch(entry_id)):
            either = "".join(f"{word!r}, or " for word in words)
            raise ValueError(f"{name} must be {either}an entry ID such as '1700000000000-0', taken from a reply, not {entry_id!r}.")


def check_seconds(**numbers: object) -> None:
    """Raise ValueError unless each is a finite number of seconds from 0 up."""
    for name, seconds in numbers.items():
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds < math.inf:
            raise ValueError(f"{name} must be a number of seconds from 0 up, not {seconds!r}.")


def check_handler(**handlers: object) -> None:
    """Raise TypeError unless each can be called."""
    for name, handler in handlers.items():
        if not callable(handler):
            raise TypeError(f"{name} must be a function that takes an entry, not {handler!r}.")


def in_time(block_ms: float, timeout: float | None) -> bool:
    """Tell whether the reply to a wait of `block_ms` comes within the client's socket time-out (seconds; None waits for ever)."""
    return timeout is None or block_ms < 1000 * timeout - LATE_MS


def check_block(block_ms: int, timeout: float | None) -> None:
    """Raise ValueError if the reply to a wait of `block_ms` may miss the client's socket time-out (seconds; None waits for ever)."""
    check_whole(block_ms=block_ms)
    if not in_time(block_ms, timeout):
        raise ValueError(f"block_ms={block_ms} must stay more than {LATE_MS} ms below the client's socket time-out of "
                         f"{1000 * timeout:g} ms: the server's reply may be that late.")
