"""Attempts at the exercises of lesson 06, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "06.each",
        "nearly",
        "",
        "Carol had 2 entries in hand: claim one",
        """
previous = None
for h in hers:
    for i, f in r.xclaim(EACH, GROUP, "carol", 60_000, [h]):
        if previous: r.xack(EACH, GROUP, previous)
        handle(f)
        previous = i
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "remove only Frank",
        """
for i in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]], justid=True):
    done.append(r.xrange(LEAVE, i, i)[0][1]["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "grace")
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "",
        "in a loop, only if the condition is true",
        """
cursor = "0-0"
while cursor != "0-0":
    cursor, claimed, deleted = r.xautoclaim(
        OVER, GROUP, "rescuer", min_idle_time=60_000, start_id=cursor
    )
""",
    ),
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
        "4 is pending for Carol, too, so nobody else",
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
        "to the server, all five entries are still Frank's, whatever",
        'done = ["0", "1", "2", "3", "4"]',
    ),
    Tried(
        "06.each",
        "hint",
        "ack-first",
        "some entries are neither pending nor in `done` (0, 1, 2, 3, 4):",
        """
for entry_id in hers:
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "you removed Grace, but she should stay: remove only Frank, once",
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
        "with a min-idle time that is short enough.",
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
        "gave Nina entries that Mallory left",
        'r.xclaim(OVER, GROUP, "nina", 60_000, [i for i, _ in crashed])',
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "Grace didn't get all five entries",
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
        "Grace didn't get all five entries",
        """
new = r.xreadgroup(GROUP, "grace", {LEAVE: ">"}).get(LEAVE, [])
for i, f in new + franks[LEAVE]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "reply-shape",
        "which isn't one of the values",
        """
for entry_id in hers:
    claimed = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id], justid=True)
    handle({"value": claimed[0]})
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "restart-resumes",
        "The entries that you want are Mallory's, so claim them",
        """
for entry_id, fields in r.xreadgroup(GROUP, "carol", {EACH: "0"})[EACH]:
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.over",
        "hint",
        "delconsumer-frees",
        "you removed a consumer that still had entries pending",
        """
ids = [entry_id for entry_id, fields in crashed]
r.xclaim(OVER, GROUP, "rescuer", 60_000, ids)
r.xgroup_delconsumer(OVER, GROUP, "mallory")
r.xgroup_delconsumer(OVER, GROUP, "rescuer")
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "even if it's done or pending for somebody",
        """
r.xgroup_setid(OVER, GROUP, ninas[-1][0])
r.xreadgroup(GROUP, "rescuer", {OVER: ">"})
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "3 pending for Carol",
        """
for entry_id in reversed(hers):
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.over",
        "hint",
        "delconsumer-frees",
        "you removed a consumer",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000, count=1000)
r.xgroup_delconsumer(OVER, GROUP, "nina")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "same-name",
        "3 is still Mallory's",
        """
for entry_id, fields in r.xrange(EACH):
    handle(fields)
    r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "",
        "the group is gone",
        """
for entry_id, fields in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_destroy(LEAVE, GROUP)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "error-swallowed",
        "made 3 a dead letter",
        """
from helpers.consumer import Consumer
with Consumer(r, EACH, GROUP, "carol", lambda entry: handle(entry.fields),
              min_idle_ms=60_000, max_deliveries=2) as carol:
    carol.drain()
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "end the loop when the cursor is 0-0",
        """
cursor = "0-0"
while True:
    cursor, claimed, deleted = r.xautoclaim(OVER, GROUP, "rescuer", 60_000, start_id=cursor)
    if not claimed:
        raise KeyboardInterrupt
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "delconsumer-frees",
        "and remove him last",
        """
ids = [entry_id for entry_id, fields in franks[LEAVE]]
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, ids):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "restart-resumes",
        "The entries that you want are Mallory's, so claim them",
        """
while True:
    [(entry_id, fields)] = r.xreadgroup(GROUP, "carol", {EACH: ">"}, count=1)[EACH]
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.over",
        "hint",
        "one-autoclaim",
        "lists no more entries than its count",
        """
lines = r.xpending_range(OVER, GROUP, "-", "+", count=100, consumername="mallory")
r.xclaim(OVER, GROUP, "rescuer", 60_000, [line["message_id"] for line in lines])
""",
    ),
    Tried(
        "06.over",
        "hint",
        "restart-resumes",
        "an ID asks for the reader's own",
        """
r.xreadgroup(GROUP, "rescuer", {OVER: "0"}, count=130)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "reply-shape",
        "`done` should hold only the values",
        """
ids = r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]], justid=True)
done += ids
r.xack(LEAVE, GROUP, *ids)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "one-autoclaim",
        "a copy is a new entry",
        """
for i, fields in crashed:
    r.xadd(OVER, fields)
r.xreadgroup(GROUP, "rescuer", {OVER: ">"}, count=130)
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "you typed the result yourself: `done.extend(",
        """
for i in hers[:4]:
    r.xclaim(EACH, GROUP, "carol", 60000, [i])
    if i != hers[3]: r.xack(EACH, GROUP, i)
done.extend(["0","1","2"])
""",
    ),
    Tried(
        "06.leave",
        "nearly",
        "",
        "you typed the result yourself: `done = list(",
        """
ids = [i for i,_ in franks[LEAVE]]
r.xclaim(LEAVE, GROUP, "grace", 0, ids)
r.xack(LEAVE, GROUP, *ids)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
done = list("01234")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "check the IDs and the time",
        """
for n in range(5):
    for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [hers[0]]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.over",
        "hint",
        "",
        "you claimed for `Rescuer`",
        """
r.xclaim(OVER, GROUP, "Rescuer", 60_000, [i for i, _ in crashed])
""",
    ),
    Tried(
        "06.over",
        "hint",
        "one-autoclaim",
        "XRANGE or XCLAIM returns, yields (ID, fields) pairs",
        """
cursor = "0-0"
while True:
    cursor, claimed, deleted = r.xautoclaim(
        OVER, GROUP, "rescuer", 60_000, start_id=cursor, justid=True
    )
    if cursor == "0-0":
        break
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "",
        "or what XRANGE or XCLAIM returns",
        """
for entry_id, fields in franks:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "",
        "XGROUP DELCONSUMER removes just a consumer",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_destroy(LEAVE, GROUP)
""",
    ),
    Tried(
        "06.leave",
        "open",
        "",
        "`done` holds 0, 1, 2, 3, … more than once",
        """
for entry_id, fields in franks[LEAVE]:
    done.append(fields["value"])
    for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [entry_id]):
        done.append(f["value"])
        r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "",
        "picture() shows what is still waiting or pending",
        """
from helpers.consumer import Consumer
with Consumer(r, LEAVE, GROUP, "grace", lambda e: done.append(e.fields["value"]),
              min_idle_ms=60_000, max_deliveries=3) as grace:
    grace.drain(seconds=0.2)
""",
    ),
    Right(
        "06.each",
        """
for entry_id in hers:
    for claimed, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, claimed)
""",
    ),
    Right(
        "06.each",
        """
def one(entry_id):
    [(_, fields)] = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    handle(fields)
    return r.xack(EACH, GROUP, entry_id)
list(map(one, hers))
""",
    ),
    Right(
        "06.leave",
        """
mine = dict(r.xclaim(LEAVE, GROUP, "grace", 0, list(dict(franks[LEAVE]))))
done.extend(fields["value"] for fields in mine.values())
r.xack(LEAVE, GROUP, *mine)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.leave",
        """
cursor = "0-0"
while True:
    cursor, claimed, _ = r.xautoclaim(LEAVE, GROUP, "grace", 0, cursor, count=1)
    for entry_id, fields in claimed:
        done.append(fields["value"])
        r.xack(LEAVE, GROUP, entry_id)
    if cursor == "0-0":
        break
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "same-name",
        "the entries were claimed for `mallory`",
        """
for entry_id in hers:
    for claimed_id, fields in r.xclaim(EACH, GROUP, "mallory", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, claimed_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "reply-shape",
        "a claim returns only IDs",
        """
for entry_id in hers:
    for claimed_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id], justid=True):
        handle(fields)
        r.xack(EACH, GROUP, claimed_id)
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "a min-idle time of 30000 ms",
        """
for _ in range(2):
    cursor, claimed, deleted = r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=30_000)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "and let her stay",
        """
for entry_id, fields in r.xreadgroup(GROUP, "frank", {LEAVE: "0"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "the value 3 is in `done`, but `handle` never appends it",
        """
for entry_id in hers:
    for claimed_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        done.append(fields["value"])
        r.xack(EACH, GROUP, claimed_id)
""",
    ),
    Tried(
        "06.leave",
        "nearly",
        "",
        "runs before the entry is in `done`",
        """
for entry_id, fields in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]:
    r.xack(LEAVE, GROUP, entry_id)
    done.append(fields["value"])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.over",
        """
cursor = "0-0"
while True:
    cursor, claimed, _ = r.xautoclaim(OVER, GROUP, "rescuer", 60_000, start_id=cursor, justid=False)
    if cursor == "0-0":
        break
""",
    ),
    Right(
        "06.leave",
        """
from helpers.streams import remove_consumer
for entry_id, fields in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
remove_consumer(r, LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.each",
        """
while claimed := r.xautoclaim(EACH, GROUP, "carol", 60_000, count=1)[1]:
    [(entry_id, fields)] = claimed
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "leave the bookmark alone",
        """
r.xgroup_setid(EACH, GROUP, "0")
while reply := r.xreadgroup(GROUP, "carol", {EACH: ">"}, count=1):
    for entry_id, fields in reply[EACH]:
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "the group is gone",
        """
r.xgroup_destroy(EACH, GROUP)
r.xgroup_create(EACH, GROUP, id="0")
while reply := r.xreadgroup(GROUP, "carol", {EACH: ">"}, count=1):
    for entry_id, fields in reply[EACH]:
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "execute(), which sends them and returns their replies",
        """
pipe = r.pipeline()
for entry_id in hers:
    for _, fields in pipe.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        pipe.xack(EACH, GROUP, entry_id)
pipe.execute()
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "because the reply was empty",
        """
for entry_id in hers:
    r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    [(_, fields)] = r.xreadgroup(GROUP, "carol", {EACH: ">"}, count=1)[EACH]
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "the group is gone",
        """
r.xgroup_destroy(OVER, GROUP)
ensure_group(r, OVER, GROUP)
r.xreadgroup(GROUP, "nina", {OVER: ">"}, count=2)
r.xreadgroup(GROUP, "rescuer", {OVER: ">"})
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "a copy is a new entry",
        """
for entry_id, fields in crashed:
    r.xack(OVER, GROUP, entry_id)
    r.xadd(OVER, fields)
r.xreadgroup(GROUP, "rescuer", {OVER: ">"})
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "ack-first",
        "which replaces the list",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done = [fields["value"]]
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "nearly",
        "",
        "the group is gone",
        """
r.xgroup_destroy(LEAVE, GROUP)
ensure_group(r, LEAVE, GROUP)
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: ">"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
""",
    ),
    Tried(
        "06.leave",
        "open",
        "",
        "a copy is a new entry",
        """
for entry_id, fields in franks[LEAVE]:
    r.xack(LEAVE, GROUP, entry_id)
    r.xadd(LEAVE, fields)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: ">"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
""",
    ),
    Right(
        "06.each",
        """
for entry_id in list(hers):
    claimed = dict(r.xclaim(EACH, GROUP, "carol", min_idle_time=3_000_000, message_ids=(entry_id,)))
    if entry_id in claimed:
        handle(claimed[entry_id])
        assert r.xack(EACH, GROUP, entry_id) == 1
""",
    ),
    Right(
        "06.each",
        """
for entry_id in hers:
    if r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id], justid=True):
        [(_, fields)] = r.xrange(EACH, entry_id, entry_id)
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Right(
        "06.each",
        """
for entry_id in hers:
    r.execute_command("XCLAIM", EACH, GROUP, "carol", 60000, entry_id)
    for _, fields in r.xreadgroup(GROUP, "carol", {EACH: "0"})[EACH]:
        handle(fields)
        with r.pipeline() as p:
            p.xack(EACH, GROUP, entry_id)
            p.execute()
""",
    ),
    Right(
        "06.over",
        """
pipe = r.pipeline()
for i, _ in crashed:
    pipe.xclaim(OVER, GROUP, "rescuer", 60_000, [i])
pipe.execute()
""",
    ),
    Right(
        "06.over",
        """
start = "-"
while lines := r.xpending_range(OVER, GROUP, start, "+", 25, idle=60_000):
    r.xclaim(OVER, GROUP, "rescuer", 60_000, [l["message_id"] for l in lines])
    start = "(" + lines[-1]["message_id"]
""",
    ),
    Right(
        "06.leave",
        """
done += [f["value"] for _, f in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]]
p = r.pipeline()
p.xack(LEAVE, GROUP, *[i for i, _ in franks[LEAVE]])
p.xgroup_delconsumer(LEAVE, GROUP, "frank")
p.execute()
""",
    ),
    Right(
        "06.leave",
        """
def handle(entry_id, fields):
    done.append(fields["value"].encode())
    r.xack(LEAVE, GROUP, entry_id)
[handle(*pair) for pair in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]])]
r.execute_command("XGROUP DELCONSUMER", LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "claim the next one once the first is",
        """
cursor, claimed, deleted = r.xautoclaim(EACH, GROUP, "carol", min_idle_time=60_000, count=1)
for entry_id, fields in claimed:
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "Carol had 2 entries in hand",
        """
cursor = "0-0"
while True:
    cursor, claimed, _ = r.xautoclaim(EACH, GROUP, "carol", 60_000, start_id=cursor, count=2)
    for entry_id, fields in claimed:
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
    if cursor == "0-0":
        break
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "0, 1 and 2 in `done` and acknowledged",
        """
for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, hers[:2]):
    handle(fields)
    r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "ack-first",
        "some entries are neither pending nor in `done` (3)",
        """
for entry_id in hers:
    for _, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        try:
            handle(fields)
        except SystemError:
            print("power cut")
        r.xack(EACH, GROUP, entry_id)
r.xgroup_delconsumer(EACH, GROUP, "mallory")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "delconsumer-frees",
        "leave Mallory and Carol in the group",
        """
try:
    for entry_id in hers:
        for _, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
            handle(fields)
            r.xack(EACH, GROUP, entry_id)
finally:
    r.xgroup_delconsumer(EACH, GROUP, "carol")
""",
    ),
    Tried(
        "06.each",
        "hint",
        "reply-shape",
        "`done` holds {'value': '0'}",
        """
for entry_id in hers:
    for _, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        done.append(str(fields))
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "claim-all",
        "nobody else can claim it for a minute",
        """
for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, hers):
    handle(fields)
    r.xack(EACH, GROUP, entry)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "check the IDs and the time",
        """
if r.xclaim(EACH, GROUP, "carol", 60_000, [hers[0]]):
    for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [hers[0]]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "same-name",
        "`done` holds values of entries that Carol never claimed",
        """
done.extend(["0", "1", "2"])
r.xack(EACH, GROUP, *hers[:3])
""",
    ),
    Tried(
        "06.over",
        "hint",
        "zero-loop",
        "their idle time was reset",
        """
hers = r.xreadgroup(GROUP, "mallory", {OVER: "0"})[OVER]
r.xclaim(OVER, GROUP, "rescuer", 60_000, [i for i, f in hers])
""",
    ),
    Tried(
        "06.over",
        "hint",
        "delconsumer-frees",
        "claim all of Mallory's entries before you remove her",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "min-idle",
        "Set the min-idle time to a minute",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=0, count=1000)
r.xgroup_delconsumer(OVER, GROUP, "nina")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "you removed Grace",
        """
claimed = r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]])
r.xgroup_delconsumer(LEAVE, GROUP, "grace")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "ack-early",
        "all five entries are acknowledged, but `done` is empty",
        """
handled = []
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    handled.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "stays-listed",
        "remove the consumer `frank`",
        """
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "Frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "stays-listed",
        "in the group again, because you sent a command in his name",
        """
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
left = r.xreadgroup(GROUP, "frank", {LEAVE: "0"})
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "claimed nothing: you can claim only an entry",
        """
r.xclaim(LEAVE, GROUP, "grace", 60_000, [i for i, f in franks[LEAVE]])
for i, f in franks[LEAVE]:
    done.append(f["value"])
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "claimed nothing: you can claim only an entry",
        """
r.xclaim(LEAVE, GROUP, "grace", 60_000, [i for i, f in franks[LEAVE]])
for i, f in franks[LEAVE]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.leave",
        """
pipe = r.pipeline()
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    pipe.xack(LEAVE, GROUP, i)
    done.append(f["value"])
pipe.execute()
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "one-autoclaim",
        "`pending` lists 100 by default",
        """
from helpers.streams import claim, pending
for line in pending(r, OVER, GROUP, min_idle_ms=60_000):
    claim(r, OVER, GROUP, "rescuer", line.id, min_idle_ms=60_000)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "even `Grace` is a different consumer",
        """
for i, f in r.xclaim(LEAVE, GROUP, "Grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "your own code decides where the rescue ends",
        """
for entry_id in hers:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        if fields["value"] == "3":
            return
        handle(fields)
        r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "your own code decides where the rescue ends",
        """
for entry_id in hers[:3]:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        handle(fields)
        r.xack(EACH, GROUP, i)
r.xclaim(EACH, GROUP, "carol", 60_000, [hers[3]])
""",
    ),
    Tried(
        "06.each",
        "nearly",
        "",
        "your own code decides where the rescue ends",
        """
for entry_id in hers:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        if len(done) == 3: raise SystemError("power cut")
        done.append(fields["value"])
        r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "error-swallowed",
        "4 was handled, but 3 wasn't",
        """
for entry_id in hers:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        if fields["value"] != "3":
            handle(fields)
            r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "hint",
        "unacked",
        "acknowledge each entry after `handle` has returned",
        """
for entry_id in hers:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        done.append(fields["value"])
""",
    ),
    Tried(
        "06.each",
        "hint",
        "reply-shape",
        "`done` holds {'value': '0'}, which isn't one",
        """
for entry_id in hers:
    for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
        done.append(fields)
        r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.each",
        "open",
        "",
        "Inside a function or a generator, that happens only once",
        """
def rescue():
    for entry_id in hers:
        for i, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
            handle(fields)
            r.xack(EACH, GROUP, i)
""",
    ),
    Right(
        "06.each",
        """
def one(entry_id):
    claimed = r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id])
    if claimed:
        handle(dict(claimed)[entry_id])
        r.xack(EACH, GROUP, entry_id)
def all_of(ids):
    if ids:
        one(ids[0])
        all_of(ids[1:])
all_of(hers)
""",
    ),
    Right(
        "06.each",
        """
queue = list(hers)
while queue:
    p = r.pipeline()
    p.xclaim(EACH, GROUP, "carol", 60_000, [queue.pop(0)])
    for claimed in p.execute():
        for i, fields in claimed:
            handle(fields)
            r.xack(EACH, GROUP, i)
""",
    ),
    Right(
        "06.each",
        """
for line in r.xpending_range(EACH, GROUP, "-", "+", 10, consumername="mallory"):
    idle, entry_id = line["time_since_delivered"], line["message_id"]
    [(i, fields)] = r.xclaim(EACH, GROUP, "carol", idle, [entry_id])
    handle(fields)
    r.xack(EACH, GROUP, i)
""",
    ),
    Tried(
        "06.over",
        "nearly",
        "",
        "delivered Mallory's entries to her again",
        """
for i, f in r.xreadgroup(GROUP, "mallory", {OVER: "0"}, count=130)[OVER]:
    r.xclaim(OVER, GROUP, "rescuer", 0, [i])
""",
    ),
    Tried(
        "06.over",
        "hint",
        "ack-early",
        "claim Mallory's entries for `rescuer`, which will",
        """
from helpers.consumer import Consumer
with Consumer(r, OVER, GROUP, "rescuer", print, min_idle_ms=60_000, max_deliveries=5) as rescuer:
    rescuer.drain(seconds=0.3)
""",
    ),
    Right(
        "06.over",
        """
def take(cursor="0-0"):
    cursor, *_ = r.xautoclaim(OVER, GROUP, "rescuer", 60_000, cursor, count=7, justid=False)
    if cursor != "0-0":
        take(cursor)
take()
""",
    ),
    Right(
        "06.over",
        """
r.execute_command("XAUTOCLAIM", OVER, GROUP, "rescuer", 1_000_000, "-", "COUNT", 1000, "JUSTID")
""",
    ),
    Right(
        "06.over",
        """
while lines := r.xpending_range(OVER, GROUP, "-", "+", 50, consumername="mallory"):
    ids = [line["message_id"] for line in lines]
    r.xclaim(OVER, GROUP, "rescuer", min(line["time_since_delivered"] for line in lines) // 2, ids)
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "restart-resumes",
        "The entries that you want are Frank's",
        """
turns = 0
while True:
    turns += 1
    if turns == 9:
        raise KeyboardInterrupt
    for i, f in r.xreadgroup(GROUP, "grace", {LEAVE: ">"}).get(LEAVE, []):
        done.append(f["value"])
        r.xack(LEAVE, GROUP, i)
""",
    ),
    Tried(
        "06.leave",
        "open",
        "",
        "Grace has entries pending now: append",
        """
r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "nearly",
        "",
        "takes nothing from an entry: your code counts",
        """
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(len(done))
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "reply-shape",
        "a claim returns only IDs, without the fields",
        """
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]], justid=True):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "you removed Grace, but she should stay",
        """
for i, f in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, f in franks[LEAVE]]):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
from helpers.streams import remove_consumer
remove_consumer(r, LEAVE, GROUP, "grace")
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "delconsumer-frees",
        "and remove him last",
        """
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
for i, f in r.xautoclaim(LEAVE, GROUP, "grace", 0)[1]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
""",
    ),
    Right(
        "06.leave",
        """
def take(ids):
    for i in ids:
        while pair := r.xclaim(LEAVE, GROUP, "grace", 0, [i]):
            [(i, f)] = pair
            done.insert(len(done), f["value"])
            if r.xack(LEAVE, GROUP, i):
                break
take([l["message_id"] for l in r.xpending_range(LEAVE, GROUP, "-", "+", 9, "frank")])
assert r.xgroup_delconsumer(LEAVE, GROUP, "frank") == 0
""",
    ),
    Right(
        "06.leave",
        """
pipe = r.pipeline()
pipe.xautoclaim(LEAVE, GROUP, "grace", 0, count=10)
pipe.xgroup_delconsumer(LEAVE, GROUP, "frank")
(_, claimed, *_), dropped = pipe.execute()
for i, f in claimed:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
""",
    ),
    Right(
        "06.leave",
        """
claim = r.xclaim(LEAVE, GROUP, "grace", 0, [*dict(franks[LEAVE])])
done, ids = [f["value"] for _, f in claim], [i for i, _ in claim]
r.xack(LEAVE, GROUP, *ids) and r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Tried(
        "06.over",
        "hint",
        "ack-early",
        "but don't acknowledge any",
        """
r.xclaim(OVER, GROUP, "rescuer", 60_000, [i for i, f in crashed])
r.xack(OVER, GROUP, *[i for i, f in ninas])
""",
    ),
    Tried(
        "06.each",
        "hint",
        "",
        "a loop ends when its condition is false, or at `break`",
        """
turns = 0
while turns < len(hers) * 299:
    turns += 1
    for entry_id, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [hers[0]]):
        handle(fields)
        r.xack(EACH, GROUP, entry_id)
raise KeyboardInterrupt
""",
    ),
    Tried(
        "06.leave",
        "hint",
        "same-name",
        "some were Frank's until the end",
        """
r.xclaim(LEAVE, GROUP, "grace", 0, [franks[LEAVE][0][0]])
for i, f in franks[LEAVE]:
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.leave",
        """
claimed = r.xautoclaim(LEAVE, GROUP, "grace", 0, justid=True)
for i, f in r.xreadgroup(GROUP, "grace", {LEAVE: 0})[LEAVE]:
    done += list(f.values())
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
    Right(
        "06.each",
        """
while ids := r.xautoclaim(EACH, GROUP, "carol", 60_000, count=1, justid=True):
    [(_, fields)] = r.xrange(EACH, ids[0], ids[0])
    handle(fields)
    r.xack(EACH, GROUP, *ids)
""",
    ),
    Right(
        "06.leave",
        """
r.execute_command("XAUTOCLAIM", LEAVE, GROUP, "grace", 0, "0", "JUSTID")
for i, f in r.xrange(LEAVE):
    done.append(f["value"])
    r.xack(LEAVE, GROUP, i)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
""",
    ),
]
