"""Attempts at the exercises of lesson 05, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "05.behind",
        "hint",
        "",
        "you worked on `05:dataStream` (`XGROUP SETID 05:dataStream",
        'r.xgroup_setid(STREAM, GROUP, "0")',
    ),
]
