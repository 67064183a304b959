"""Attempts at the exercises of lesson 09, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "09.needed",
        "hint",
        "forgotten-group",
        "the slowest one decides, so take the lowest",
        """
return max((group["last-delivered-id"] for group in r.xinfo_groups(stream)), key=id_key)
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "six hours are 6 * 3600 * 1000 ms",
        "removed = r.xtrim(CLOCK, minid=(seconds - 24 * 3600) * 1000, approximate=False)",
    ),
    Tried(
        "09.loss",
        "open",
        "",
        "the number of entries that were added and neither read",
        "info = r.xinfo_stream(LOSS)",
    ),
]
