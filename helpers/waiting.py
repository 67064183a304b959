"""Waiting for a condition, never for a length of time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE = 0.005
"""Seconds between two looks: short compared with a kernel's start (0.5 s), long compared with one
PING (0.1 ms, measured)."""


def wait_until(condition: Callable[[], T], seconds: float, what: str) -> T:
    """Call `condition` until it returns something true, and return that.

    `what` ends the sentence "Waited 5 s without success for ...".
    Raises TimeoutError once `seconds` have passed; the condition is tried at least once.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if not time.monotonic() <= deadline:  # So that NaN doesn't wait forever
            raise TimeoutError(f"Waited {seconds:g} s without success for {what}.")
        time.sleep(PAUSE)
    return value
