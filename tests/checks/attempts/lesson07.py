"""Attempts at the exercises of lesson 07, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "`word` was tried, and still is alice's",
        """
for line in pending(r, DECIDE, GROUP):
    for _ in range(limit):
        try:
            handle({"value": "word"})
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "",
        "you asked about `07:dataStream` (`XPENDING 07:dataStream",
        """
for line in pending(r, STREAM, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, STREAM, GROUP, line, "poison")
""",
    ),
    Tried("07.replay", "open", "", "3,50 and 4,20 at the end of the stream", "prices = [3.5, 4.2]"),
]
