"""Errors: which of them go away by themselves, and how to report one in a line."""

import redis

PASSING = (
    "READONLY",
    "BUSY ",
    "LOADING",
    "MASTERDOWN",
    "TRYAGAIN",
    "CLUSTERDOWN",
    "UNBLOCKED",
    "NOREPLICAS",
    "MISCONF",
)
"""First words of a server's errors that go away by themselves: a failover, a long script, a start,
a moving slot, too few replicas, a save that failed and is tried again (Redis documentation).

redis-py removes the first word of some, so their classes are checked, too.
"""

PASSING_CLASSES = (
    redis.ConnectionError,
    redis.TimeoutError,
    redis.exceptions.ReadOnlyError,
    redis.exceptions.BusyLoadingError,
    redis.exceptions.MasterDownError,
    redis.exceptions.TryAgainError,
    redis.exceptions.ClusterDownError,
)


def passes(error: Exception) -> bool:
    """Tell whether an error says that the server is away for now, and may be back."""
    if isinstance(error, redis.AuthenticationError):
        return False
    return isinstance(error, PASSING_CLASSES) or str(error).startswith(PASSING)


LONGEST_ERROR = 500
"""Characters of an error that are kept with its entry; enough for a sentence, not for a file."""


def error_text(error: BaseException) -> str:
    """Say what an error is: its type and its text, on one line, cut to LONGEST_ERROR characters."""
    try:
        said = str(error)
    except Exception:  # An error whose own text fails must not end the consumer
        said = "(its text can't be made)"
    text = " ".join(f"{type(error).__name__}: {said}".split())
    text = text.encode("utf-8", "backslashreplace").decode()  # A lone surrogate can't be stored
    return clip(text, LONGEST_ERROR)


def clip(text: str, most: int) -> str:
    """Return at most `most` characters of a text, with … for what is left out."""
    return text if len(text) <= most else text[: most - 1] + "…"
