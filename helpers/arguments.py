"""Refuse a wrong argument before anything has happened, in a sentence that names it."""

import math


def check_text(**texts: object) -> None:
    """Raise ValueError unless each is text that isn't empty."""
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise ValueError(f"{name} must be text that isn't empty, not {text!r}.")


def check_whole(**numbers: object) -> None:
    """Raise ValueError unless each is a whole number from 1 up."""
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise ValueError(f"{name} must be a whole number from 1 up, not {number!r}.")


def check_seconds(**numbers: object) -> None:
    """Raise ValueError unless each is a finite number of seconds from 0 up."""
    for name, seconds in numbers.items():
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not 0 <= seconds < math.inf:
            raise ValueError(f"{name} must be a number of seconds from 0 up, not {seconds!r}.")


def check_block(block_ms: int, timeout: float | None) -> None:
    """Raise ValueError if a wait of `block_ms` reaches the client's socket time-out (seconds; None waits for ever)."""
    check_whole(block_ms=block_ms)
    if timeout is not None and block_ms >= 1000 * timeout:
        raise ValueError(f"block_ms={block_ms} must stay below the client's socket time-out of {1000 * timeout:g} ms.")
