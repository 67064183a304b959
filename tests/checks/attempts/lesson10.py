"""Attempts at the exercises of lesson 10, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried("10.five", "open", "", "0 to 106 handled in their order", "done.extend(range(107))"),
    Tried("10.store", "not started", "", "", "# A pipeline, I think"),
]
