"""Attempts at the exercises of lesson 15, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "15.leave",
        "hint",
        "min-idle-is-idle",
        "your claim took nothing",
        'r.xclaim(LEAVE, GROUP, "alice", 60_000, rest, idle=60_000, justid=True)',
    ),
    Tried(
        "15.rights",
        "hint",
        "rule-without-sign",
        "write one text",
        'rules = ["~15:rights", "+xreadgroup", "+xack", "+xautoclaim"]',
    ),
    Tried(
        "15.leave",
        "hint",
        "min-idle-is-idle",
        "your claim took nothing",
        """
r.xautoclaim(LEAVE, GROUP, "bob", 60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "copy-gives-back",
        "the acknowledged one counts as done",
        """
for entry in entries[1:]:
    r.xack(LEAVE, GROUP, entry.id)
    r.xadd(LEAVE, {"value": entry.fields["value"]})
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "dangerous-is-all",
        "category of commands is left. Start",
        """
rules = "+@read +@write ~15:rights"
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "read-gives-back",
        "and don't read",
        """
r.xreadgroup(GROUP, "alice", {LEAVE: "0"})
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "ack-gives-back",
        "FORCE makes entries pending",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, [e.id for e in entries], idle=60_000, justid=True, force=True)
""",
    ),
    Tried(
        "15.rights",
        "nearly",
        "all-is-convenient",
        "your rule `+@all` may allow others",
        """
rules = "~15:rights +@all -@dangerous -@admin -xadd -xtrim -xgroup -del"
""",
    ),
    Tried(
        "15.rights",
        "nearly",
        "all-is-convenient",
        "your rule `+xclaim` may allow others",
        """
rules = "+xreadgroup +xack +xautoclaim +xclaim ~15:rights"
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "",
        "deletes the whole key after that time",
        """
r.expire(LEAVE, 60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "",
        "but this exercise is about `15:leave`",
        """
r.xclaim("15:orders", GROUP, "alice", 0, rest, idle=60_000, justid=True)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-for-somebody",
        "the five can be claimed at once, but they belong",
        """
r.xclaim(LEAVE, GROUP, "bob", 0, rest, idle=60_000, justid=True)
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "rule-without-sign",
        "`rules` isn't a text",
        """
rules = ["+xreadgroup", "+xack", "+xautoclaim", "~15:rights"]
""",
    ),
    Tried(
        "15.rights",
        "open",
        "",
        "`rules` is still empty",
        """
rule = "+xreadgroup +xack +xautoclaim ~15:rights"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "keys-are-open",
        "your rules allow more keys than 15:rights",
        """
rules = '+xreadgroup +xack +xautoclaim ~15:rights ~15:salaries'
""",
    ),
]
