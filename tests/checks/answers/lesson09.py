"""Answers to the exercises of lesson 09."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "09.clock",
        """
old = [i for i, _ in r.xrange(CLOCK, max=(seconds - 6 * 3600) * 1000)]
removed = r.xdel(CLOCK, *old)""",
    ),
    Right(
        "09.clock",
        'removed = r.xtrim(CLOCK, minid=f"{(seconds - 21600) * 1000}-0", approximate=False)',
    ),
    Right(
        "09.clock",
        'removed = r.execute_command("XTRIM", CLOCK, "MINID", "=", (seconds - 21600) * 1000)',
    ),
    Right(
        "09.clock",
        """
removed = 0
for i, f in r.xrange(CLOCK):
    if int(i.split("-")[0]) < (seconds - 6 * 3600) * 1000:
        removed += r.xdel(CLOCK, i)""",
    ),
    Right(
        "09.clock",
        """
import time
from decimal import Decimal
removed = Decimal(r.xtrim(CLOCK, minid=int((time.time() - 6 * 3600) * 1000), approximate=False))""",
    ),
    Wrong(
        "09.clock", "maxlen-exact", "removed = r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000)"
    ),
    Wrong(
        "09.clock",
        "id-in-seconds",
        "removed = r.xtrim(CLOCK, minid=seconds - 6 * 3600, approximate=False)",
    ),
    Wrong("09.clock", "expiry-per-entry", "removed = r.expire(CLOCK, 6 * 3600)"),
    Wrong(
        "09.clock",
        "id-in-seconds",
        "removed = r.xtrim(CLOCK, minid=seconds * 1000, approximate=False)",
    ),
    Wrong("09.clock", "", "r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, approximate=False)"),
    Wrong("09.clock", "count-is-age", "removed = r.xtrim(CLOCK, maxlen=6, approximate=False)"),
    Wrong("09.clock", "maxlen-exact", "removed = r.xtrim(CLOCK, maxlen=6)"),
    Wrong("09.clock", "count-is-age", "removed = r.xtrim(CLOCK, maxlen=7, approximate=False)"),
    Wrong(
        "09.clock",
        "id-in-seconds",
        "removed = r.xtrim(CLOCK, minid=6 * 3600 * 1000, approximate=False)",
    ),
    Wrong(
        "09.clock",
        "id-in-seconds",
        "removed = r.xtrim(CLOCK, minid=(seconds - 6 * 60) * 1000, approximate=False)",
    ),
    Wrong(
        "09.clock",
        "id-in-seconds",
        "removed = r.xtrim(CLOCK, minid=(seconds - 6) * 1000, approximate=False)",
    ),
    Wrong("09.clock", "", "removed = r.xtrim(CLOCK, minid=r.xrange(CLOCK)[6], approximate=False)"),
    Wrong("09.clock", "", "removed = r.delete(CLOCK)"),
    Wrong("09.clock", "", "removed = r.xtrim(CLOCK, approximate=False)"),
    Wrong("09.clock", "", "removed = r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, maxlen=6)"),
    Right(
        "09.needed",
        """
ids = []
for g in r.xinfo_groups(stream):
    ids.append(g["last-delivered-id"])
    if g["pending"]:
        ids.append(r.xpending(stream, g["name"])["min"])
return sorted(ids, key=id_key)[0]""",
    ),
    Right(
        "09.needed",
        """
lowest = None
for g in r.xinfo_groups(stream):
    for i in [g["last-delivered-id"]] + [l["message_id"] for l in r.xpending_range(stream, g["name"], "-", "+", 100)]:
        if lowest is None or id_key(i) < id_key(lowest):
            lowest = i
return lowest""",
    ),
    Right(
        "09.needed",
        """
from helpers.streams import oldest_needed as ours
return ours(r, stream)""",
    ),
    Right(
        "09.needed",
        """
need = []
for g in r.xinfo_groups(stream):
    need += [i for i, _ in r.xrange(stream, min="(" + g["last-delivered-id"], count=1)]
    need += [l["message_id"] for l in r.xpending_range(stream, g["name"], "-", "+", 1)]
return min(need, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "ids-are-text",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return min(needed)""",
    ),
    Wrong(
        "09.needed",
        "list-is-all",
        """
needed = []
for group in r.xinfo_groups(stream):
    needed += [l["message_id"] for l in r.xpending_range(stream, group["name"], "-", "+", count=1)]
return min(needed, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "read-is-done",
        'return min((g["last-delivered-id"] for g in r.xinfo_groups(stream)), key=id_key)',
    ),
    Wrong(
        "09.needed",
        "ids-are-text",
        'return min(g["last-delivered-id"] for g in r.xinfo_groups(stream))',
    ),
    Wrong(
        "09.needed",
        "first-group",
        """
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    return pending[0]["message_id"] if pending else group["last-delivered-id"]""",
    ),
    Wrong(
        "09.needed",
        "first-group",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed = [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return min(needed, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "forgotten-group",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return max(needed, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [pending[0]["message_id"]]
return min(needed, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [pending[0]["message_id"] if pending else group["last-delivered-id"]]
print(min(needed, key=id_key))""",
    ),
    Wrong(
        "09.needed",
        "list-is-all",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [pending[0]["message_id"] if pending else group["last-delivered-id"]]
return min(needed, key=id_key)""",
    ),
    Wrong(
        "09.needed",
        "ids-are-text",
        """
needed = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    needed += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return id_key(min(needed, key=id_key))""",
    ),
    Wrong("09.needed", "first-group", "return r.xrange(stream, count=1)[0][0]"),
    Wrong("09.needed", "first-group", 'return r.xinfo_stream(stream)["first-entry"][0]'),
    Right(
        "09.loss",
        """
[group] = r.xinfo_groups(LOSS)
given = 4
lost = r.xinfo_stream(LOSS)["entries-added"] - given - len(r.xrange(LOSS, min="(" + group["last-delivered-id"]))""",
    ),
    Right(
        "09.loss",
        """
import numpy as np
lost = np.int64(r.xinfo_stream(LOSS)["entries-added"] - len(entries) - r.xlen(LOSS))""",
    ),
    Right(
        "09.loss",
        """
from fractions import Fraction
lost = Fraction(r.xinfo_stream(LOSS)["entries-added"] - len(entries) - r.xlen(LOSS))""",
    ),
    Right("09.loss", 'lost = r.xinfo_stream(LOSS)["entries-added"] - len(entries) - r.xlen(LOSS)'),
    Right(
        "09.loss",
        'lost = float(r.xinfo_stream(LOSS)["entries-added"] - len(entries) - r.xlen(LOSS))',
    ),
    Right(
        "09.loss", 'lost = str(r.xinfo_stream(LOSS)["entries-added"] - len(entries) - r.xlen(LOSS))'
    ),
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xinfo_groups(LOSS)[0]["lag"]'),
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xpending(LOSS, "mailing")["pending"]'),
    Wrong(
        "09.loss", "trimmed-is-lost", 'lost = r.xinfo_stream(LOSS)["entries-added"] - r.xlen(LOSS)'
    ),
    Wrong("09.loss", "", "lost = 7"),
    Wrong(
        "09.loss",
        "trimmed-is-lost",
        'lost = r.xinfo_stream(LOSS)["entries-added"] - r.xinfo_stream(LOSS)["length"]',
    ),
    Wrong(
        "09.loss",
        "waiting-is-lost",
        'lost = r.xinfo_stream(LOSS)["entries-added"] - r.xinfo_groups(LOSS)[0]["entries-read"]',
    ),
    Wrong("09.loss", "waiting-is-lost", "lost = r.xlen(LOSS)"),
    Wrong(
        "09.loss",
        "waiting-is-lost",
        'lost = len(r.xreadgroup("mailing", "consumer1", {LOSS: ">"})[LOSS])',
    ),
    Wrong("09.loss", "", 'lost = r.xinfo_stream(LOSS)["max-deleted-entry-id"]'),
    Wrong("09.loss", "", "lost = 12 - 4 + 3"),
    Wrong("09.loss", "", "lost = -5"),
    Wrong("09.loss", "", 'lost = r.xinfo_stream(LOSS)["entries_added"]'),
    Wrong("09.loss", "", "lost = [4, 5, 6, 7, 8]"),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
first = r.xpending_range(SHRINK, "mailing", "-", "+", count=1)[0]["message_id"]
removed = r.xtrim(SHRINK, minid=first, approximate=False)""",
    ),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, maxlen=15, approximate=False)""",
    ),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
from helpers.streams import oldest_needed
removed = r.xtrim(SHRINK, minid=oldest_needed(r, SHRINK), approximate=False)""",
    ),
    Right(
        "09.shrink",
        """
trim_acknowledged(r, SHRINK)
r.execute_command("XGROUP", "DESTROY", SHRINK, "audit")
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
first = r.xpending(SHRINK, "mailing")["min"]
removed = r.xdel(SHRINK, *[i for i, _ in r.xrange(SHRINK, max="(" + first)])""",
    ),
    Wrong(
        "09.shrink",
        "trim-pending",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, maxlen=10, approximate=False)""",
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
    Wrong("09.shrink", "forgotten-group", 'r.xgroup_destroy(SHRINK, "audit")'),
    Wrong(
        "09.shrink",
        "",
        """
r.xgroup_destroy(SHRINK, "audit")
trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "forgotten-group",
        """
for i, f in r.xreadgroup("audit", "c", {SHRINK: ">"})[SHRINK]:
    r.xack(SHRINK, "audit", i)
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "forgotten-group",
        """
r.xreadgroup("audit", "c", {SHRINK: ">"})
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "forgotten-group",
        """
r.xgroup_setid(SHRINK, "audit", "$")
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "trim-pending",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, maxlen=0, approximate=False)""",
    ),
    Wrong("09.shrink", "trim-pending", "removed = r.xtrim(SHRINK, maxlen=8, approximate=False)"),
    Wrong(
        "09.shrink",
        "first-group",
        """
r.xgroup_destroy(SHRINK, "audit")
r.xgroup_destroy(SHRINK, "billing")
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "first-group",
        """
r.xgroup_destroy(SHRINK, "audit")
r.xgroup_destroy(SHRINK, "mailing")
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "",
        """
removed = r.xgroup_destroy(SHRINK, "audit")
trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "ack-first",
        """
r.xgroup_destroy(SHRINK, "audit")
r.xack(SHRINK, "mailing", *[i for i, _ in entries])
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "maxlen-exact",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, maxlen=15)""",
    ),
    Wrong(
        "09.shrink",
        "forgotten-group",
        """
r.xgroup_delconsumer(SHRINK, "audit", "consumer1")
removed = trim_acknowledged(r, SHRINK)""",
    ),
    Wrong(
        "09.shrink",
        "",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = wait_for_room(r, SHRINK, 15, 1)""",
    ),
]
