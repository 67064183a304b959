"""Attempts at the exercises of lesson 05, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "05.behind",
        "hint",
        "zero-from-start",
        "asks for this consumer's pending entries: read with `>`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})[BEHIND]:
    done.append(f["value"])
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "",
        "you worked on `05:dataStream` (`XGROUP SETID 05:dataStream",
        'r.xgroup_setid(STREAM, GROUP, "0")',
    ),
    Tried(
        "05.night",
        "hint",
        "error-swallowed",
        "`five` was skipped without an error: convert every value",
        """
for after in ("0", ">"):
    for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
        if f["value"].isdigit():
            numbers.append(int(f["value"]))
            r.xack(NIGHT, GROUP, i)
""",
    ),
]
