"""Attempts at the exercises of lesson 06, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "06.each",
        "open",
        "",
        "0, 1 and 2 in `done` and acknowledged",
        """
for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [hers[-1]]):
    handle(fields)
    r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "0, 1 and 2 in `done` and acknowledged",
        """
for entry_id in hers[:1]:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "claim-all",
        "Carol had also claimed 4 before she started",
        'claimed = r.xclaim(EACH, GROUP, "carol", 60_000, hers)',
    ),
    Tried(
        "06.over",
        "hint",
        "min-idle",
        "Nina's entries were delivered again, by a read or a claim",
        'r.xreadgroup(GROUP, "nina", {OVER: "0"})',
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "to the server, all five are still Frank's, whatever `done`",
        'done = ["0", "1", "2", "3", "4"]',
    ),
    Tried(
        "06.each",
        "hint",
        "ack-first",
        "off the list but not in `done`: 0, 1, 2, 3, 4;",
        """
for entry_id in hers:
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "you removed Grace, but she stays: remove Frank, once",
        """
for i, f in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "grace")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "delconsumer-frees",
        "with a min-idle time that they have reached.",
        """
for i, f in r.xautoclaim(LEAVE, GROUP, "grace", 60_000)[1]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "min-idle",
        "gave Nina the entries that Mallory left",
        'r.xclaim(OVER, GROUP, "nina", 60_000, [i for i, _ in crashed])',
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "Grace is in the group, but was never given an entry, so to",
        """
for i, f in r.xreadgroup(GROUP, "frank", {LEAVE: "0"})[LEAVE]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_createconsumer(LEAVE, GROUP, "grace")
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "Grace is in the group, but was never given an entry, so to",
        """
new = r.xreadgroup(GROUP, "grace", {LEAVE: ">"}).get(LEAVE, [])
for i, f in new + franks[LEAVE]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
]
