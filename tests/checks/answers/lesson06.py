"""Answers to the exercises of lesson 06."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "06.each",
        """
while line := r.xpending_range(EACH, GROUP, "-", "+", count=1, idle=60_000):
    for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [line[0]["message_id"]]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)""",
    ),
    Right(
        "06.each",
        """
cursor = "0-0"
while True:
    cursor, claimed, _ = r.xautoclaim(EACH, GROUP, "carol", min_idle_time=60_000, start_id=cursor, count=1)
    for entry_id, fields in claimed:
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
    if cursor == "0-0":
        break""",
    ),
    Right(
        "06.each",
        """
from helpers.streams import claim, pending
for line in pending(r, EACH, GROUP):
    entry = claim(r, EACH, GROUP, "carol", line.id, min_idle_ms=100_000)
    handle(entry.fields)
    r.xack(EACH, GROUP, entry.id)""",
    ),
    Wrong(
        "06.each",
        "error-swallowed",
        """
from helpers.consumer import Consumer
c = Consumer(r, EACH, GROUP, "carol", lambda e: handle(e.fields), min_idle_ms=60_000, max_deliveries=10)
for _ in range(9): c.step()""",
    ),
    Wrong(
        "06.each",
        "claim-all",
        """
for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, hers):
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "claim-all",
        """
cursor, claimed, _ = r.xautoclaim(EACH, GROUP, "carol", min_idle_time=60_000)
for entry_id, fields in claimed:
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "ack-first",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    r.xack(EACH, GROUP, entry_id)
    handle(fields)""",
    ),
    Wrong(
        "06.each",
        "unacked",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    handle(fields)""",
    ),
    Wrong(
        "06.each",
        "min-idle",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 0, [entry_id])
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "min-idle",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60, [entry_id])
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "error-swallowed",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    try:
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
    except SystemError:
        pass""",
    ),
    Wrong(
        "06.each",
        "zero-loop",
        """
for entry_id, fields in r.xclaim(EACH, GROUP, "mallory", 60_000, hers):
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "same-name",
        """
for entry_id, fields in r.xrange(EACH):
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "restart-resumes",
        """
for entry_id, fields in r.xreadgroup(GROUP, "carol", {EACH: ">"})[EACH]:
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "min-idle",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 7_200_000, [entry_id])
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "",
        """
for entry_id in hers:
    entry_id, fields = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "unacked",
        """
for entry_id in hers:
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    handle(fields)
    r.xack(GROUP, EACH, entry_id)""",
    ),
    Wrong(
        "06.each",
        "claim-all",
        """
for entry_id in hers:
    r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
for entry_id, fields in r.xreadgroup(GROUP, "carol", {EACH: "0"})[EACH]:
    handle(fields)
    r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "delconsumer-frees",
        """
r.xgroup_delconsumer(EACH, GROUP, "mallory")
for entry_id in hers:
    for _, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)""",
    ),
    Wrong(
        "06.each",
        "same-name",
        """
for entry_id in hers:
    for _, fields in r.xclaim(EACH, GROUP, "Carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)""",
    ),
    Right(
        "06.over",
        'r.xclaim(OVER, GROUP, "rescuer", 60_000, [entry_id for entry_id, fields in crashed], justid=True)',
    ),
    Right(
        "06.over",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=3_000_000, count=1000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
    ),
    Right(
        "06.over",
        """
while r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)[1]:
    pass""",
    ),
    Right(
        "06.over",
        """
for line in r.xpending_range(OVER, GROUP, "-", "+", 1000, "mallory"):
    r.xclaim(OVER, GROUP, "rescuer", 60_000, [line["message_id"]])""",
    ),
    Right(
        "06.over",
        """
from helpers.streams import claim, pending
for line in r.xpending_range(OVER, GROUP, "-", "+", 1000, idle=1_000_000):
    claim(r, OVER, GROUP, "rescuer", line["message_id"], min_idle_ms=1_000_000)""",
    ),
    Right("06.over", 'r.xclaim(OVER, GROUP, "rescuer", 0, [i for i, _ in crashed])'),
    Wrong("06.over", "one-autoclaim", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)'),
    Wrong(
        "06.over", "min-idle", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=0, count=1000)'
    ),
    Wrong(
        "06.over", "min-idle", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60, count=1000)'
    ),
    Wrong("06.over", "zero-loop", 'r.xreadgroup(GROUP, "mallory", {OVER: "0"}, count=130)'),
    Wrong(
        "06.over",
        "delconsumer-frees",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
    ),
    Wrong(
        "06.over",
        "ack-early",
        """
cursor, claimed, deleted = r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000, count=200)
r.xack(OVER, GROUP, *(entry_id for entry_id, fields in claimed))""",
    ),
    Wrong(
        "06.over",
        "",
        'r.xclaim(OVER, GROUP, "saviour", 60_000, [entry_id for entry_id, fields in crashed])',
    ),
    Wrong("06.over", "zero-loop", 'r.xautoclaim(OVER, GROUP, "mallory", min_idle_time=60_000)'),
    Wrong(
        "06.over",
        "min-idle",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=0, count=1000)
r.xclaim(OVER, GROUP, "nina", 0, [entry_id for entry_id, fields in ninas])""",
    ),
    Wrong(
        "06.over", "min-idle", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=50, count=1000)'
    ),
    Wrong(
        "06.over", "", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=4_000_000, count=1000)'
    ),
    Wrong(
        "06.over",
        "delconsumer-frees",
        """
r.xgroup_delconsumer(OVER, GROUP, "mallory")
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000, count=1000)""",
    ),
    Wrong(
        "06.over",
        "ack-early",
        """
for entry_id, fields in crashed:
    r.xclaim(OVER, GROUP, "rescuer", 60_000, [entry_id])
    r.xack(OVER, GROUP, entry_id)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
    ),
    Wrong("06.over", "restart-resumes", 'r.xreadgroup(GROUP, "rescuer", {OVER: ">"})'),
    Wrong("06.over", "", 'r.xclaim(OVER, GROUP, "rescue", 60_000, [i for i, _ in crashed])'),
    Wrong(
        "06.over",
        "one-autoclaim",
        'r.xclaim(OVER, GROUP, "rescuer", 60_000, hers if 0 else [i for i, _ in crashed][:100])',
    ),
    Wrong("06.over", "", 'r.xautoclaim(GROUP, OVER, "rescuer", min_idle_time=60_000)'),
    Wrong(
        "06.over",
        "min-idle",
        """
r.xgroup_setid(OVER, GROUP, "0")
r.xreadgroup(GROUP, "rescuer", {OVER: ">"})""",
    ),
    Right(
        "06.leave",
        """
for entry_id, fields in franks[LEAVE]:
    r.xclaim(LEAVE, GROUP, "grace", 0, [entry_id], justid=True)
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: "0"})[LEAVE]:
    done.append(int(fields["value"]))
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Right(
        "06.leave",
        """
while claimed := r.xautoclaim(LEAVE, GROUP, "grace", min_idle_time=0, count=1)[1]:
    for entry_id, fields in claimed:
        done.append(fields["value"])
        r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Right(
        "06.leave",
        """
from helpers.streams import claim, pending
for line in pending(r, LEAVE, GROUP):
    entry = claim(r, LEAVE, GROUP, "grace", line.id, min_idle_ms=0)
    done += [int(entry.fields["value"])]
    r.xack(LEAVE, GROUP, line.id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Right(
        "06.leave",
        """
ids = [i for i, _ in franks[LEAVE]]
claimed = r.xclaim(LEAVE, GROUP, "grace", 0, ids)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
done = {f["value"] for _, f in claimed}
r.xack(LEAVE, GROUP, *ids)""",
    ),
    Right(
        "06.leave",
        """
from helpers.consumer import Consumer
with Consumer(r, LEAVE, GROUP, "grace", lambda e: done.append(e.fields["value"]), min_idle_ms=1, max_deliveries=9) as grace:
    grace.drain()
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong("06.leave", "delconsumer-frees", 'r.xgroup_delconsumer(LEAVE, GROUP, "frank")'),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
r.xclaim(LEAVE, GROUP, "grace", 60_000, [i for i, _ in franks[LEAVE]])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "ack-deletes",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xdel(LEAVE, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "same-name",
        """
for entry_id, fields in r.xreadgroup(GROUP, "frank", {LEAVE: "0"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "unacked",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "ack-early",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "stays-listed",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
r.xgroup_setid(LEAVE, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: ">"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: ">"}).get(LEAVE, []):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
for entry_id, fields in franks[LEAVE]:
    done.append(fields["value"])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "same-name",
        """
for entry_id, fields in franks[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "ack-early",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "reply-shape",
        """
done = r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]])
r.xack(LEAVE, GROUP, *[i for i, _ in done])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong("06.leave", "", "r.xgroup_destroy(LEAVE, GROUP)"),
    Wrong(
        "06.leave",
        "ack-first",
        """
ids = [i for i, _ in franks[LEAVE]]
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, ids):
    if int(fields["value"]) % 2:
        done.append(fields["value"])
r.xack(LEAVE, GROUP, *ids)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong("06.leave", "", 'r.xclaim(LEAVE, GROUP, "grace", 0, franks[LEAVE])'),
    Wrong(
        "06.leave",
        "unacked",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xack(LEAVE, "grace", entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: "0"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
]
