"""Read each learner's standing from their own database, in one round trip of bounded size."""

from collections.abc import Sequence

from redis import Redis, ResponseError

from helpers.checks.standing import RECORD, RECORD_BYTES, Standing, from_bytes
from helpers.replies import ask

UNREADABLE = "unreadable"
"""Stands for a standing that somebody has overwritten."""

Found = Standing | str | None
"""A learner's standing, UNREADABLE, or None if there's no sign of them yet."""


def standings(teacher: Redis, databases: Sequence[int]) -> tuple[int, list[Found]]:
    """Return the server's clock, in milliseconds, and what each database holds.

    GETRANGE returns RECORD_BYTES at most, whatever was stored, and refuses any other type. SET with
    NX creates an empty record if there is none: without one, learners' kernels write nothing.
    `teacher` must be used for nothing else, because it is left in the last database.
    """
    commands: list[tuple] = [("TIME",)]
    for database in databases:
        commands += [
            ("SELECT", database),
            ("SET", RECORD, "", "NX"),
            ("GETRANGE", RECORD, 0, RECORD_BYTES),
        ]
    time, *replies = ask(teacher, commands)
    if isinstance(time, ResponseError):
        raise time
    now_ms = int(time[0]) * 1000 + int(time[1]) // 1000
    selected, stored = replies[::3], replies[2::3]
    return now_ms, [_found(*each) for each in zip(selected, stored, strict=True)]


def _found(selected: bytes | ResponseError, stored: bytes | ResponseError) -> Found:
    # If SELECT was refused, the answer is another learner's
    if isinstance(selected, ResponseError) or isinstance(stored, ResponseError):
        return UNREADABLE
    try:
        return from_bytes(stored)
    except ValueError:
        return UNREADABLE
