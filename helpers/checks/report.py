"""Tell the class's board where a learner stands: a small record in the learner's own database.

Nothing is sent unless REDIS_URL names a user, as each learner's does on a class server. A record is
only replaced, never created: `class up` and the board put an empty one into each learner's
database, so no other server with users gets a key.
"""

import contextlib
from collections.abc import Callable
from urllib.parse import urlsplit

import redis

from helpers.checks import marks
from helpers.checks.standing import (
    RECORD,
    RECORD_BYTES,
    Standing,
    begun,
    checked,
    from_bytes,
    to_bytes,
)
from helpers.checks.tasks import find
from helpers.checks.verdict import Verdict
from helpers.connection import addresses, connect
from helpers.replies import ask

REPORT_SECONDS = 1.0
"""Seconds to wait for a class server's reply before a learner's check goes on without it."""


def stage(prefix: str) -> None:
    """Tell that the learner begins a lesson, "02:", or an exercise, "02:start"."""
    if marks.in_session() and prefix[:2].isdigit():
        _change(lambda before, now: begun(before, prefix, now))


def check(name: object, verdict: Verdict) -> None:
    """Tell the result of a check, or of a stage of lesson 17."""
    if marks.in_session() and isinstance(name, str) and find(name):
        _change(lambda before, now: checked(before, name, verdict, marks.solved(), now))


def _change(change: Callable[[Standing | None, int], Standing]) -> None:
    """Replace the record, if there is one; an error here never troubles the learner."""
    with contextlib.suppress(redis.RedisError, OSError, ValueError):
        address = addresses.choose()
        if not address or address.cluster or not urlsplit(address.url).username:
            return
        with connect(address.url, timeout=REPORT_SECONDS) as r:
            time, stored = ask(r, [("TIME",), ("GETRANGE", RECORD, 0, RECORD_BYTES)])
            if isinstance(time, redis.ResponseError):
                return
            now_ms = int(time[0]) * 1000 + int(time[1]) // 1000
            ask(r, [("SET", RECORD, to_bytes(change(_read(stored), now_ms)), "XX")])


def _read(stored: bytes | redis.ResponseError) -> Standing | None:
    """Return what is stored; an unreadable record counts as empty, and is overwritten."""
    with contextlib.suppress(ValueError):
        return None if isinstance(stored, redis.ResponseError) else from_bytes(stored)
    return None
