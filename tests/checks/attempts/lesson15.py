"""Attempts at the exercises of lesson 15, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

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
        "no longer pending, count as done",
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
        "category of commands is still allowed. Start",
        """
rules = "+@read +@write ~15:rights"
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "read-gives-back",
        "and this time don't read",
        """
r.xreadgroup(GROUP, "alice", {LEAVE: "0"})
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "ack-gives-back",
        "FORCE makes even an acknowledged entry",
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
        "the five can be claimed at once, but they are now pending",
        """
r.xclaim(LEAVE, GROUP, "bob", 0, rest, idle=60_000, justid=True)
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "rule-without-sign",
        "`rules` isn't text",
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
        "your rules allow keys other than 15:rights",
        """
rules = '+xreadgroup +xack +xautoclaim ~15:rights ~15:salaries'
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-for-somebody",
        "Alice can't know which consumer will take over",
        """
r.xclaim(LEAVE, GROUP, "bob", 0, rest, idle=3_600_000, retrycount=1)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-for-somebody",
        "without that last claim",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=3_600_000, justid=True)
print(r.xautoclaim(LEAVE, GROUP, "bob", 60_000))
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-counts",
        "count is 0, although each has been delivered once",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000, retrycount=0)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "only-the-first",
        "pass all the IDs in `rest`",
        """
for entry_id in rest:
    r.xclaim(LEAVE, GROUP, "alice", 0, [entry_id], idle=3_600_000, justid=True)
    break
""",
    ),
    Right(
        "15.leave",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000, retrycount=1)
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "reading-is-reading",
        "they aren't in `@read`",
        """
rules = "+@read ~15:rights"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "reading-is-reading",
        "and `%W~` only the right to write",
        """
rules = "%W~15:rights +xreadgroup +xack +xautoclaim"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "claim-is-reading",
        "XREADGROUP is still forbidden",
        """
rules = "~15:rights +xread +xack +xautoclaim"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "all-is-convenient",
        "your rule `+keys` allows a command that the clerk",
        """
rules = "~15:rights +xreadgroup +xack +xautoclaim +keys"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "rule-without-sign",
        "one of the values is None",
        """
rules = None
""",
    ),
    Right(
        "15.rights",
        """
rules = "(+xreadgroup ~15:rights) (+xack ~15:rights) (+xautoclaim ~15:rights)"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "reading-is-reading",
        "rules apply from left to right",
        """
rules = "~15:rights +XREADGROUP +XACK +XAUTOCLAIM -@all"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "keys-are-open",
        "`clerk` may read 15:rights:old, too: the `*` in `~15:rights*`",
        """
rules = "~15:rights* +xreadgroup +xack +xautoclaim"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "keys-are-open",
        "may read 15:salaries and 15:rights:old, too: your rules",
        """
rules = "~15:* +xreadgroup +xack +xautoclaim"
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "all-is-convenient",
        "your rule `+xadd` allows a command that the clerk",
        """
rules = "~15:rights +xreadgroup +xack +xautoclaim +xadd"
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "min-idle-is-idle",
        "a loop ends when its condition is false",
        """
while not r.xautoclaim(LEAVE, GROUP, "alice", 60_000)[1]:
    raise KeyboardInterrupt
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "min-idle-is-idle",
        "an entry that is pending, and has been idle",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, [entries[0].id], idle=60_000, justid=True)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-is-old",
        "a claim resets the idle time to 0",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000, justid=True)
r.xclaim(LEAVE, GROUP, "alice", 0, rest, justid=True)
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "category-is-role",
        "`clerk` may also send XGROUP: allow",
        'rules = "~15:rights +@stream -xadd -xtrim"',
    ),
    Tried("15.leave", "hint", "", "deleted the stream with its entries", "r.delete(LEAVE)"),
    Tried(
        "15.leave",
        "hint",
        "",
        "the group is `workers` here, but you gave `alice`",
        'r.xgroup_setid(LEAVE, "alice", entries[0].id)',
    ),
    Tried(
        "15.leave",
        "hint",
        "rewind-gives-back",
        "but didn't change any pending entry",
        """
r.xack(LEAVE, GROUP, *rest)
r.xgroup_setid(LEAVE, GROUP, entries[0].id)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-for-somebody",
        "but set an idle time",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60, justid=True)
r.xautoclaim(LEAVE, GROUP, "bob", 0)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-counts",
        "without `retrycount=`",
        """
r.xreadgroup(GROUP, "alice", {LEAVE: ">"})
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-counts",
        "without `retrycount=`",
        'r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000, retrycount=0, justid=True)',
    ),
    Tried(
        "15.leave",
        "hint",
        "idle-too-short",
        "`idle=` is in milliseconds",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60, justid=True)
r.xautoclaim(LEAVE, GROUP, "bob", 60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "claim-is-old",
        "a claim resets the idle time to 0",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, justid=True)
r.xautoclaim(LEAVE, GROUP, "bob", 60_000)
""",
    ),
    Tried(
        "15.leave",
        "hint",
        "only-the-first",
        "others can't claim 1, 2 yet",
        """
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=60_000, justid=True)
r.xautoclaim(LEAVE, GROUP, "alice", 60_000, count=2)
""",
    ),
    Tried(
        "15.leave",
        "open",
        "",
        "did nothing: check the order of its keys",
        'hand_back(r, LEAVE, GROUP, "bob", rest)',
    ),
    Right(
        "15.leave",
        """
def leave(ids):
    if ids:
        r.xclaim(LEAVE, GROUP, "alice", 0, ids[:1], idle=61_000, justid=True)
        leave(ids[1:])
leave(rest)
""",
    ),
    Tried(
        "15.rights",
        "nearly",
        "all-is-convenient",
        "your rule `allcommands` may allow others",
        'rules = "allcommands ~15:rights -xadd -xtrim -xgroup -del -keys -config"',
    ),
    Tried(
        "15.rights",
        "open",
        "",
        "a rule that allows something begins with a sign",
        'rules = "-@all"',
    ),
    Tried("15.rights", "open", "", "`rules` is still empty", 'rules = " "'),
    Tried(
        "15.rights",
        "hint",
        "command-is-enough",
        "allow the key, too, with a rule such as `~15:rights`",
        'rules = "~15:RIGHTS +xreadgroup +xack +xautoclaim"',
    ),
    Tried(
        "15.rights",
        "hint",
        "command-is-enough",
        "allow the key, too, with a rule such as `~15:rights`",
        'rules = "+xreadgroup +xack +xautoclaim -@dangerous ~15:right"',
    ),
    Tried(
        "15.rights",
        "hint",
        "claim-is-reading",
        "XREADGROUP is still forbidden: rules apply from left to right",
        'rules = "+xreadgroup -@all +xack +xautoclaim ~15:rights"',
    ),
    Tried(
        "15.rights",
        "hint",
        "rule-without-sign",
        "the server doesn't understand `+xreadgroup,`",
        'rules = "+xreadgroup, +xack, +xautoclaim, ~15:rights"',
    ),
    Tried(
        "15.rights",
        "hint",
        "category-is-role",
        "`clerk` may also send XADD: allow XREADGROUP",
        '''
rules = """reset on >secret ~15:rights* -@all +ping +info +xreadgroup +xack +xpending +xclaim
+xgroup|create +xgroup|delconsumer +xrange +xadd +@hash +eval"""
''',
    ),
    Right("15.rights", 'rules = "+xreadgroup|group +xack +xautoclaim ~15:rights"'),
    Right(
        "15.rights",
        """
rules = f"~{RIGHTS}"
for command in ASKED[:3]:
    rules += " +" + command.split()[0]
""",
    ),
    Tried(
        "15.rights",
        "hint",
        "key-is-enough",
        "with a space before and after it",
        'rules = "~15:rights" + "+xreadgroup" + "+xack" + "+xautoclaim"',
    ),
    Tried(
        "15.rights",
        "hint",
        "key-is-enough",
        "with a space before and after it",
        'rules = "~15:rights;+xreadgroup;+xack;+xautoclaim"',
    ),
]
