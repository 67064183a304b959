"""Attempts at the exercises of lesson 08, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "the sum is right because you set it yourself",
        """
r.hset("08:count:till", "sum", 35)
r.xack("08:count", GROUP, *[entry.id for entry in entries])
""",
    ),
]
