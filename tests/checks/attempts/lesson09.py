"""Attempts at the exercises of lesson 09, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "09.loss",
        "hint",
        "waiting-is-lost",
        "so XINFO now shows different numbers",
        """
e = r.xreadgroup("mailing", "consumer1", {LOSS: ">"})[LOSS]
lost = 12 - 4 - len(e)
""",
    ),
    Tried(
        "09.loss",
        "open",
        "",
        "start with the number of entries added",
        """
i = r.xinfo_stream(LOSS); [g] = r.xinfo_groups(LOSS)
lost = g["entries-read"] - i["length"]
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "forgotten-group",
        "is what the fastest group needs, but the slowest",
        """
return max((group["last-delivered-id"] for group in r.xinfo_groups(stream)), key=id_key)
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "subtract six hours (6 * 3600 * 1000 ms) from",
        "removed = r.xtrim(CLOCK, minid=(seconds - 24 * 3600) * 1000, approximate=False)",
    ),
    Tried(
        "09.loss",
        "open",
        "",
        "the number of entries that were added but never",
        "info = r.xinfo_stream(LOSS)",
    ),
    Tried(
        "09.clock",
        "nearly",
        "count-is-age",
        "the right entries are gone, but 6 is the number of entries left:",
        """
r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, approximate=False)
removed = r.xlen(CLOCK)
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "",
        "you worked on `09:aged`",
        'removed = r.xtrim("09:aged", minid=(seconds - 6 * 3600) * 1000, approximate=False)',
    ),
    Tried(
        "09.loss",
        "hint",
        "waiting-is-lost",
        "your read delivered entries that were still waiting for",
        """
r.xreadgroup("mailing", "consumer1", {LOSS: ">"})
info = r.xinfo_stream(LOSS)
lost = info["entries-added"] - info["length"] - r.xinfo_groups(LOSS)[0]["entries-read"]
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "the number of removed entries in `removed`",
        """
ids = [entry_id for entry_id, fields in r.xrange(CLOCK)]
removed = r.xdel(CLOCK, *ids[:6])
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "subtract six hours",
        "removed = r.xtrim(CLOCK, minid=6 * 3600 * 1000, approximate=False)",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "keeps every entry from that ID onward, so the ID must be",
        """
removed = r.xtrim(CLOCK, minid=(seconds - 6 * 60) * 1000, approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "count-is-age",
        "0 isn't the number removed",
        """
six_hours_ago = (seconds - 6 * 3600) * 1000
r.xtrim(CLOCK, minid=six_hours_ago, approximate=False)
removed = r.xtrim(CLOCK, minid=six_hours_ago, approximate=False)
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "as does any function without `return`",
        """
ids = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    ids += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
print(min(ids, key=id_key))
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "ids-are-text",
        "yet returns the ID itself",
        """
ids = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    ids += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return min(id_key(i) for i in ids)
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "first-group",
        "every group has acknowledged it",
        """
return r.xinfo_stream(stream)["first-entry"][0]
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "first-group",
        "`mailing` is gone",
        """
r.xgroup_destroy(SHRINK, "audit")
r.xgroup_destroy(SHRINK, "mailing")
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "the ID of 9, the lowest that any group",
        """
ids = []
for group in r.xinfo_groups(stream):
    ids.append(group["last-delivered-id"])
    ids += [line["message_id"] for line in r.xpending_range(stream, group["name"], "-", "+", 1)]
return ids
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "count-is-age",
        "0 isn't the number removed",
        """
removed = 0
for entry_id, fields in r.xrange(CLOCK):
    if entry_id < str((seconds - 6 * 3600) * 1000):
        r.xdel(CLOCK, entry_id)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "first-group",
        "destroy only `audit`",
        """
entries = r.xrange(SHRINK)[5:]
r.delete(SHRINK)
for i, f in entries:
    r.xadd(SHRINK, f, id=i)
removed = 5
""",
    ),
    Tried(
        "09.loss",
        "nearly",
        "",
        "you typed the result yourself: `lost = 5`",
        """
lost = 5
""",
    ),
    Tried(
        "09.shrink",
        "nearly",
        "",
        "you typed the result yourself: `removed = 5`",
        """
r.xgroup_destroy("09:shrink", "audit")
r.xtrim("09:shrink", maxlen=15, approximate=False)
removed = 5
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "the stream lacks 8: keep the younger entries",
        """
old = r.xrange(CLOCK, "-", (seconds - 5 * 3600) * 1000)
removed = r.xdel(CLOCK, *[i for i, f in old])
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "",
        "An ID has two whole numbers",
        """
removed = r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000.5, approximate=False)
""",
    ),
    Right(
        "09.clock",
        """
removed = 0
for entry_id, _ in r.xrange(CLOCK, "-", f"({(seconds - 6 * 3600) * 1000}"):
    removed += r.xdel(CLOCK, entry_id)
""",
    ),
    Right(
        "09.clock",
        """
before = r.xlen(CLOCK)
r.execute_command("XTRIM", CLOCK, "MINID", (seconds - 6 * 3600) * 1000)
removed = before - r.xlen(CLOCK)
""",
    ),
    Right(
        "09.loss",
        """
lost = 0
for n in range(r.xinfo_stream(LOSS)["entries-added"]):
    there = any(fields["value"] == str(n) for _, fields in r.xrange(LOSS))
    given = any(fields["value"] == str(n) for _, fields in entries)
    if not there and not given:
        lost += 1
""",
    ),
    Right(
        "09.loss",
        """
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
lost = 0
lost += info["entries-added"]
lost -= group["entries-read"]
lost -= info["length"]
""",
    ),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = 0
needed = r.xpending(SHRINK, "mailing")["min"]
for entry_id, _ in r.xrange(SHRINK):
    if entry_id == needed:
        break
    r.xdel(SHRINK, entry_id)
    removed += 1
""",
    ),
    Right(
        "09.shrink",
        """
print(r.xgroup_destroy(SHRINK, "audit"))
from helpers.entries import id_key
ids = r.xpending(SHRINK, "mailing")["min"], r.xinfo_stream(SHRINK)["last-generated-id"]
minid = min(ids, key=id_key)
removed = r.xtrim(SHRINK, minid=minid, approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "the stream is right, but None isn't the number",
        """
print(r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, approximate=False))
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "",
        "have dashes, as in 'entries-added'",
        """
ids = []
for group in r.xinfo_groups(stream):
    p = r.xpending_range(stream, group["name"], "-", "+", count=1)
    ids += [group["last_delivered_id"]] + [line["message_id"] for line in p]
return min(ids, key=id_key)
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "the stream is right, but 15 isn't the number",
        """
from helpers.streams import trim_acknowledged
r.xgroup_destroy(SHRINK, "audit")
trim_acknowledged(r, SHRINK)
removed = r.xlen(SHRINK)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "maxlen-exact",
        "so it removes only full nodes, and twenty entries",
        """
from helpers.streams import oldest_needed

r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, minid=oldest_needed(r, SHRINK))
""",
    ),
    Tried(
        "09.shrink",
        "nearly",
        "forgotten-group",
        "so its last delivered ID never moves",
        """
from helpers.streams import trim_acknowledged
r.xgroup_setid(SHRINK, "audit", "$")
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "",
        "'<' not supported between instances of 'list' and 'str'.",
        """
ids = []
for group in r.xinfo_groups(stream):
    p = r.xpending_range(stream, group["name"], "-", "+", count=1)
    ids += [group["last-delivered-id"], p]
return min(ids)
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "nothing was removed: XTRIM removes",
        """
removed = len(r.xrange(CLOCK, '-', (seconds - 6 * 3600) * 1000))
""",
    ),
    Tried(
        "09.loss",
        "open",
        "",
        "`lost` is still None: in the cell above, set it",
        """
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
print(info["entries-added"] - info["length"] - group["entries-read"])
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "a read delivered more entries to `mailing`",
        """
from helpers.streams import trim_acknowledged
r.xgroup_destroy(SHRINK, "audit")
r.xreadgroup("mailing", "consumer1", {SHRINK: ">"})
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "isn't the number of entries removed: set",
        """
old = r.xrange(CLOCK, max=(seconds - 6 * 3600) * 1000)
r.xdel(CLOCK, *[i for i, _ in old])
removed = old
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "",
        "with its entries and groups",
        """
keep = r.xrange(CLOCK, min=(seconds - 6 * 3600) * 1000)
r.delete(CLOCK)
for i, f in keep:
    r.xadd(CLOCK, f, id=i)
removed = 14 - len(keep)
""",
    ),
    Tried(
        "09.needed",
        "nearly",
        "",
        "never asked which groups `09:needed:back`",
        'return f"{seconds * 1000}-{9 if stream == NEEDED else 1}"',
    ),
    Tried(
        "09.needed",
        "nearly",
        "",
        "never asked which groups `09:needed` has",
        """
if stream == "09:needed":
    return r.xpending(stream, "billing")["min"]
return r.xinfo_groups(stream)[0]["last-delivered-id"]
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "both calls returned the same ID",
        """
from helpers.streams import oldest_needed as theirs
return theirs(r, "09:needed")
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "as a list's sort() does",
        """
ids = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
    ids += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return ids.sort(key=id_key)
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "",
        "such as group['name']",
        """
ids = []
for group in r.xinfo_groups(stream):
    pending = r.xpending_range(stream, group, "-", "+", count=1)
    ids += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
return min(ids, key=id_key)
""",
    ),
    Tried(
        "09.loss",
        "hint",
        "",
        "or a dictionary in a reply to XINFO",
        """
info, groups = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
lost = info["entries-added"] - groups["entries-read"] - info["length"]
""",
    ),
    Tried(
        "09.loss",
        "hint",
        "trimmed-is-lost",
        "so now more are lost",
        """
r.xtrim(LOSS, maxlen=0, approximate=False)
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
lost = info["entries-added"] - group["entries-read"] - info["length"]
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "should not hold 4",
        """
r.xgroup_destroy(SHRINK, "audit")
removed = r.xtrim(SHRINK, maxlen=16, approximate=False)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "first-group",
        "`billing` is gone",
        """
for group in ("audit", "billing"):
    r.xgroup_destroy(SHRINK, group)
removed = r.xtrim(SHRINK, maxlen=15, approximate=False)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "",
        "with its entries and groups",
        """
r.delete(SHRINK)
removed = 20
""",
    ),
    Tried(
        "09.shrink",
        "nearly",
        "forgotten-group",
        "next year's `trim_acknowledged` would stop there",
        """
r.xgroup_setid(SHRINK, "audit", entries[5][0])
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Right(
        "09.clock",
        """
import time
removed = r.xtrim(CLOCK, minid=f"{int(time.time() - 6 * 3600) * 1000}-0", approximate=False)
""",
    ),
    Right(
        "09.clock",
        """
newest = int(r.xinfo_stream(CLOCK)["last-generated-id"].split("-")[0])
p = r.pipeline()
p.xtrim(CLOCK, minid=str(newest - 5 * 3_600_000), approximate=False)
[removed] = p.execute()
""",
    ),
    Right(
        "09.needed",
        """
def ids():
    for group in r.xinfo_groups(stream):
        yield group["last-delivered-id"]
        if first := r.xpending(stream, group["name"])["min"]:
            yield first
return sorted(ids(), key=id_key)[0]
""",
    ),
    Right(
        "09.needed",
        """
best = None
for g in r.xinfo_groups(stream):
    p = r.xpending(stream, g["name"])
    for i in (g["last-delivered-id"], p["min"]):
        if i and (best is None or tuple(map(int, i.split("-"))) < tuple(map(int, best.split("-")))):
            best = i
return best
""",
    ),
    Right(
        "09.loss",
        """
from helpers.snapshots import snapshot
shot = snapshot(r, LOSS, "mailing")
lost = shot.entries_added - shot.chosen.entries_read - shot.length
""",
    ),
    Right(
        "09.shrink",
        """
removed = -r.xlen(SHRINK)
r.xgroup_destroy(SHRINK, "audit")
trim_acknowledged(r, SHRINK)
removed = -removed - r.xlen(SHRINK)
""",
    ),
    Right(
        "09.shrink",
        """
p = r.pipeline()
p.xgroup_destroy(SHRINK, "audit")
p.xtrim(SHRINK, minid=entries[5][0], approximate=False)
_, removed = p.execute()
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "count-is-age",
        "7 is six and a half hours old",
        "newest = int(r.xrevrange(CLOCK, count=1)[0][0].split('-')[0])\n"
        "removed = r.xtrim(CLOCK, minid=newest - 6 * 3600 * 1000, approximate=False)",
    ),
    Tried(
        "09.loss",
        "open",
        "",
        "can't be negative",
        "info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)\n"
        "lost = info['length'] - info['entries-added'] + group['entries-read']",
    ),
    Tried(
        "09.clock",
        "hint",
        "count-is-age",
        "so it has to go, too",
        """
removed = r.xtrim(CLOCK, minid=(seconds - 7*3600) * 1000, approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "XRANGE only returns",
        """
removed = 0
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "forgotten-group",
        "ask all groups, and take the lowest",
        """
return r.xinfo_stream(stream)['last-generated-id']
""",
    ),
    Tried(
        "09.loss",
        "nearly",
        "",
        "not every server counts trimmed",
        """
info=r.xinfo_stream(LOSS); [g]=r.xinfo_groups(LOSS)
lost=g['lag']-info['length']
""",
    ),
    Tried(
        "09.loss",
        "hint",
        "lag-sees-loss",
        "add up the entries delivered",
        """
lost = len(r.xreadgroup("mailing","consumer1",{LOSS:"0"})[LOSS])
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "changed which entries `mailing` still gets",
        """
r.xgroup_setid(SHRINK,'mailing','$')
r.xgroup_destroy(SHRINK,'audit')
removed=trim_acknowledged(r,SHRINK)
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "",
        "your code contains no age",
        """
ids = [entry_id for entry_id, _ in r.xrange(CLOCK)]
removed = r.xtrim(CLOCK, minid=ids[8], approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "",
        "your code contains no age",
        """
removed = r.xdel(CLOCK, *[entry_id for entry_id, _ in r.xrange(CLOCK, count=8)])
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "expiry-per-entry",
        "all entries will disappear at once",
        """
r.expire(CLOCK, 21600)
removed = r.xtrim(CLOCK, minid=(seconds - 6 * 3600) * 1000, approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "but `seconds` counts seconds",
        """
r.xtrim(CLOCK, minid=seconds - 6 * 3600)
removed = r.xtrim(CLOCK, minid=seconds - 6 * 3600, approximate=False)
""",
    ),
    Right(
        "09.clock",
        """
from datetime import datetime, timedelta
limit = datetime.fromtimestamp(seconds) - timedelta(hours=6)
removed = r.xtrim(CLOCK, minid=int(limit.timestamp()) * 1000, approximate=False)
""",
    ),
    Right(
        "09.clock",
        """
pipe = r.pipeline(transaction=False)
for entry_id, fields in r.xrange(CLOCK):
    if id_key(entry_id)[0] < (seconds - 6 * 60 * 60) * 1000:
        pipe.xdel(CLOCK, entry_id)
removed = sum(pipe.execute())
""",
    ),
    Right(
        "09.needed",
        """
from helpers.snapshots import snapshot
groups = snapshot(r, stream).groups
ids = [g.last_delivered for g in groups] + [e.id for g in groups for e in g.entries]
return min(ids, key=id_key)
""",
    ),
    Right(
        "09.needed",
        """
ids = []
for group in r.xinfo_stream(stream, full=True)["groups"]:
    ids += [group["last-delivered-id"], *(line[0] for line in group["pending"])]
return min(ids, key=id_key)
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "return it exactly as the server sent it",
        """
ids = []
for group in r.xinfo_groups(stream):
    first = r.xpending(stream, group["name"])["min"]
    ids += [group["last-delivered-id"], *([first] if first else [])]
return min(ids, key=id_key)[0]
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "the ID of 9, the lowest that any group",
        """
return "0-0"
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "forgotten-group",
        "119 is what the fastest group needs",
        """
group = min(r.xinfo_groups(stream), key=lambda group: group["lag"])
return group["last-delivered-id"]
""",
    ),
    Tried(
        "09.needed",
        "nearly",
        "",
        "changed something on the server",
        """
ids = []
for group in r.xinfo_groups(stream):
    first = r.xpending(stream, group["name"])["min"]
    ids += [group["last-delivered-id"], *([first] if first else [])]
r.xtrim(stream, minid=min(ids, key=id_key), approximate=False)
return min(ids, key=id_key)
""",
    ),
    Tried(
        "09.needed",
        "nearly",
        "",
        "changed something on the server",
        """
ids = []
for group in r.xinfo_groups(stream):
    claimed = r.xautoclaim(stream, group["name"], "me", min_idle_time=0, count=1)[1]
    ids += [group["last-delivered-id"], *(entry_id for entry_id, fields in claimed)]
return min(ids, key=id_key)
""",
    ),
    Right(
        "09.loss",
        """
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
print("lag", group["lag"])
lost = info["entries-added"] - group["entries-read"] - info["length"]
""",
    ),
    Tried(
        "09.loss",
        "hint",
        "waiting-is-lost",
        "8 entries were never delivered",
        """
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
print("lag", group["lag"])
lost = info["entries-added"] - group["entries-read"]
""",
    ),
    Tried(
        "09.loss",
        "nearly",
        "",
        "changed something on the server",
        """
for n in range(4, 9):
    r.xadd(LOSS, {"value": n})
info, [group] = r.xinfo_stream(LOSS), r.xinfo_groups(LOSS)
lost = info["entries-added"] - group["entries-read"] - info["length"]
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "destroy that group, and trim again",
        """
for entry_id, _ in r.xreadgroup("audit", "auditor", {SHRINK: ">"}, count=5)[SHRINK]:
    r.xack(SHRINK, "audit", entry_id)
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "",
        "there was no such group",
        """
r.xgroup_destroy(SHRINK, "Audit")
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "forgotten-group",
        "has never received anything",
        """
r.xgroup_delconsumer(SHRINK, "audit", "consumer1")
""",
    ),
    Tried(
        "09.shrink",
        "nearly",
        "",
        "and leave that group alone",
        """
r.xgroup_destroy(SHRINK, "audit")
r.xgroup_destroy(SHRINK, "billing")
r.xgroup_create(SHRINK, "billing", id="$")
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Tried(
        "09.shrink",
        "open",
        "",
        "changed which entries `mailing` still gets",
        """
for group in ("audit", "billing", "mailing"):
    r.xgroup_destroy(SHRINK, group)
for group in ("billing", "mailing"):
    r.xgroup_create(SHRINK, group, id="0")
removed = r.xtrim(SHRINK, maxlen=15, approximate=False)
""",
    ),
    Right(
        "09.shrink",
        """
for group in r.xinfo_groups(SHRINK):
    if not group["consumers"]:
        r.xgroup_destroy(SHRINK, group["name"])
removed = 0
while trimmed := trim_acknowledged(r, SHRINK):
    removed += trimmed
""",
    ),
    Tried(
        "09.clock",
        "open",
        "",
        "the whole stream is gone",
        """
removed = r.expireat(CLOCK, seconds - 6 * 3600)
""",
    ),
    Tried(
        "09.needed",
        "open",
        "",
        "return it exactly as the server sent it",
        """
ids = [group["last-delivered-id"] for group in r.xinfo_groups(stream)]
return "(" + min(ids, key=id_key)
""",
    ),
    Tried(
        "09.shrink",
        "hint",
        "",
        "you worked on `audit`",
        """
r.delete("audit")
removed = trim_acknowledged(r, SHRINK)
""",
    ),
    Right(
        "09.needed",
        """
names = [group["name"] for group in r.xinfo_groups(stream)]
with r.pipeline() as pipe:
    pipe.watch(stream)
    pipe.multi()
    pipe.xinfo_groups(stream)
    for name in names:
        pipe.xpending(stream, name)
    groups, *pending = pipe.execute()
ids = [group["last-delivered-id"] for group in groups]
return min(ids + [each["min"] for each in pending if each["min"]], key=id_key)
""",
    ),
    Tried(
        "09.clock",
        "hint",
        "id-in-seconds",
        "so the ID must be the time six hours",
        """
removed = r.xtrim(CLOCK, minid=(seconds - 12 * 3600) * 1000, approximate=False)
""",
    ),
    Tried(
        "09.clock",
        "nearly",
        "",
        "your code contains no age",
        """
removed = 0
for entry_id, fields in r.xrange(CLOCK):
    if int(fields["value"]) < 8:
        removed += r.xdel(CLOCK, entry_id)
""",
    ),
    Tried(
        "09.loss",
        "nearly",
        "",
        "you never sent XINFO",
        """
lost = 12 - len(entries) - r.xlen(LOSS)
""",
    ),
    Tried(
        "09.needed",
        "hint",
        "",
        "the reply has nothing there",
        """
ids = []
for group in r.xinfo_groups(stream):
    ids.append(group["last-delivered-id"])
    ids.append(r.xpending(stream, group["name"])["min"])
return min(ids, key=id_key)
""",
    ),
]
