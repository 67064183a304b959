"""Answers to the exercises of lesson 09."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "09.clock",
        """
old = [i for i, _ in r.xrange(CLOCK, max=(seconds - 6 * 3600) * 1000)]
removed = r.xdel(CLOCK, *old)""",
    ),
    Wrong(
        "09.clock", "maxlen-exact", "removed = r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000)"
    ),
    Wrong(
        "09.clock",
        "maxlen-exact",
        "removed = r.xtrim(CLOCK, minid=seconds - 6 * 3600, approximate=False)",
    ),
    Wrong("09.clock", "expiry-per-entry", "removed = r.expire(CLOCK, 6 * 3600)"),
    Wrong("09.clock", "", "removed = r.xtrim(CLOCK, minid=seconds * 1000, approximate=False)"),
    Wrong("09.clock", "", "r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, approximate=False)"),
    Right(
        "09.loss",
        """
[group] = r.xinfo_groups(LOSS)
given = 4
lost = r.xinfo_stream(LOSS)["entries-added"] - given - len(r.xrange(LOSS, min="(" + group["last-delivered-id"]))""",
    ),
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xinfo_groups(LOSS)[0]["lag"]'),
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xpending(LOSS, "mailing")["pending"]'),
    Wrong(
        "09.loss", "trimmed-is-lost", 'lost = r.xinfo_stream(LOSS)["entries-added"] - r.xlen(LOSS)'
    ),
    Wrong("09.loss", "", "lost = 7"),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
first = r.xpending_range(SHRINK, "mailing", "-", "+", count=1)[0]["message_id"]
removed = r.xtrim(SHRINK, minid=first, approximate=False)""",
    ),
    Wrong(
        "09.shrink",
        "trim-pending",
        'r.xgroup_destroy(SHRINK, "audit")\nremoved = r.xtrim(SHRINK, maxlen=10, '
        "approximate=False)",
    ),
    Wrong(
        "09.shrink",
        "trim-pending",
        """
billing = r.xinfo_groups(SHRINK)[1]
removed = r.xtrim(SHRINK, minid=billing["last-delivered-id"], approximate=False)""",
    ),
    Wrong(
        "09.shrink",
        "ack-first",
        """
for group in ("audit", "mailing"):
    for entry_id, fields in r.xrange(SHRINK):
        r.xreadgroup(group, "consumer1", {SHRINK: ">"})
        r.xack(SHRINK, group, entry_id)
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong("09.shrink", "forgotten-group", "removed = trim_acknowledged(r, SHRINK)"),
    Wrong(
        "09.shrink",
        "forgotten-group",
        """
given = r.xreadgroup("audit", "consumer1", {SHRINK: ">"}, count=5)[SHRINK]
r.xack(SHRINK, "audit", *(entry_id for entry_id, fields in given))
r.xtrim(SHRINK, maxlen=15, approximate=False)""",
    ),
    Wrong("09.shrink", "", 'r.xgroup_destroy(SHRINK, "audit")'),
    Wrong("09.shrink", "", 'r.xgroup_destroy(SHRINK, "audit")\ntrim_acknowledged(r, SHRINK)'),
]
