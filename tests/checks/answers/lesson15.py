"""Answers to the exercises of lesson 15."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right("15.leave", 'hand_back(r, LEAVE, GROUP, "alice", rest)'),
    Right(
        "15.leave",
        """
for entry_id in rest:
    r.xclaim(LEAVE, GROUP, "alice", 0, [entry_id], idle=60_000, justid=True)
""",
    ),
    Right(
        "15.leave",
        """
r.execute_command("XCLAIM", LEAVE, GROUP, "alice", 0, *rest, "TIME", 0, "JUSTID")
""",
    ),
    Right(
        "15.leave",
        """
lines = r.xpending_range(LEAVE, GROUP, "-", "+", 10, "alice")
ids = [line["message_id"] for line in lines]
r.xclaim(LEAVE, GROUP, "alice", 0, ids, idle=10**8, retrycount=1, justid=True)
""",
    ),
    Wrong("15.leave", "ack-gives-back", "r.xack(LEAVE, GROUP, *rest)"),
    Wrong("15.leave", "", 'r.xgroup_delconsumer(LEAVE, GROUP, "alice")'),
    Wrong(
        "15.leave",
        "copy-gives-back",
        """
for entry in entries[1:]:
    r.xadd(LEAVE, entry.fields)
    r.xack(LEAVE, GROUP, entry.id)
""",
    ),
    Wrong("15.leave", "rewind-gives-back", "r.xgroup_setid(LEAVE, GROUP, entries[0].id)"),
    Wrong("15.leave", "claim-for-somebody", 'r.xclaim(LEAVE, GROUP, "bob", 0, rest)'),
    Wrong(
        "15.leave",
        "claim-for-somebody",
        'r.xautoclaim(LEAVE, GROUP, "nobody", 0, justid=True)',
    ),
    Wrong(
        "15.leave",
        "only-the-first",
        'r.xclaim(LEAVE, GROUP, "alice", 0, rest[:1], idle=3_600_000, justid=True)',
    ),
    Wrong("15.leave", "claim-counts", 'r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=3_600_000)'),
    Wrong("15.leave", "read-gives-back", 'r.xreadgroup(GROUP, "alice", {LEAVE: "0"})'),
    Wrong(
        "15.leave",
        "idle-too-short",
        'r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60, justid=True)',
    ),
    Wrong(
        "15.leave",
        "min-idle-is-idle",
        'r.xclaim(LEAVE, GROUP, "alice", 60_000, rest, justid=True)',
    ),
    Wrong("15.leave", "claim-is-old", 'r.xclaim(LEAVE, GROUP, "alice", 0, rest, justid=True)'),
    Right("15.rights", 'rules = "+XREADGROUP +XACK +XAUTOCLAIM ~15:rights"'),
    Right(
        "15.rights",
        """
allowed = ["xreadgroup", "xack", "xautoclaim"]
rules = " ".join(["resetkeys", "-@all", f"~{RIGHTS}", *("+" + name for name in allowed)])
""",
    ),
    Right(
        "15.rights",
        'rules = "%RW~15:rights nocommands +xreadgroup +xack +xautoclaim"',
    ),
    Right("15.rights", 'rules = "+xreadgroup +xack +xautoclaim ~15:right[s]"'),
    Wrong(
        "15.rights",
        "all-is-convenient",
        'rules = "+@stream -xadd -xtrim -xdel -xgroup -xsetid ~15:rights"',
    ),
    Wrong(
        "15.rights", "all-is-convenient", 'rules = "+xreadgroup +xack +xautoclaim +ping ~15:rights"'
    ),
    Wrong(
        "15.rights",
        "all-is-convenient",
        'rules = "+xreadgroup +xack +xautoclaim ~15:rights ~15:orders"',
    ),
    Wrong("15.rights", "all-is-convenient", 'rules = "+@all ~*"'),
    Wrong("15.rights", "all-is-convenient", 'rules = "allcommands ~15:rights"'),
    Wrong("15.rights", "dangerous-is-all", 'rules = "+@all -@dangerous ~15:rights"'),
    Wrong("15.rights", "dangerous-is-all", 'rules = "+@write ~15:rights"'),
    Wrong("15.rights", "category-is-role", 'rules = "+@stream ~15:rights"'),
    Wrong("15.rights", "keys-are-open", 'rules = "+xreadgroup +xack +xautoclaim ~*"'),
    Wrong("15.rights", "keys-are-open", 'rules = "+xreadgroup +xack +xautoclaim ~15:*"'),
    Wrong("15.rights", "keys-are-open", 'rules = "+xreadgroup +xack +xautoclaim ~15:rights*"'),
    Wrong(
        "15.rights", "reading-is-reading", 'rules = "+xreadgroup +xack +xautoclaim %R~15:rights"'
    ),
    Wrong("15.rights", "command-is-enough", 'rules = "+xreadgroup +xack +xautoclaim"'),
    Wrong("15.rights", "command-is-enough", 'rules = "+xreadgroup +xack +xautoclaim ~15:right"'),
    Wrong("15.rights", "key-is-enough", 'rules = "~15:rights"'),
    Wrong("15.rights", "claim-is-reading", 'rules = "+xreadgroup +xack +xclaim ~15:rights"'),
    Wrong("15.rights", "rule-without-sign", 'rules = "xreadgroup xack xautoclaim ~15:rights"'),
]
