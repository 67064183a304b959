"""Attempts at the exercises of lesson 04, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "04.turns",
        "hint",
        "",
        "you can claim only an entry that is pending",
        """
for i, (entry_id, fields) in enumerate(r.xrange(DEAL)):
    r.xclaim(DEAL, "team", "ann" if i % 2 == 0 else "bob", 0, [entry_id])
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "leave the odd values pending",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got = [fields["value"] for entry_id, fields in entries]
r.xack(EVEN, "team", *[entry_id for entry_id, fields in entries])
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "zero-from-start",
        "to get new entries, read with `>`",
        """
for turn in range(3):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
    r.xreadgroup("team", "bob", {DEAL: "0"}, count=1)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-loop",
        "acknowledge each entry once its value is in `handled`",
        """
while entries := r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]:
    handled += [fields["value"] for entry_id, fields in entries]
    if len(handled) > 30:
        raise KeyboardInterrupt
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "`got` lacks 1, 3: Ann reads five, and all five values go in",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    if int(fields["value"]) % 2 == 0:
        got.append(fields["value"])
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "one-read",
        "in 300 calls; 0 pending, 15 not delivered. hint: work() was called for the same entries",
        """
entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)[LOOP]
turns = 0
while entries:
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
    turns += 1
    if turns == 30:
        raise KeyboardInterrupt
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-once",
        "pass the ID of every entry",
        """
while True:
    begun = r.xpending(LOOP, "team")["pending"]
    for after in ("0", ">"):
        entries = r.xreadgroup("team", "ann", {LOOP: after}, count=10).get(LOOP, [])
        for entry_id, fields in entries:
            work(entry_id, fields)
    if not entries:
        break
    r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "these are an entry's fields, so send its ID",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", f)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "one-read",
        "the same entries again and again, because you read only",
        """
reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
for turn in range(3):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "the entries that Ann had started are handled. A read with an ID never",
        """
for i, f in r.xreadgroup("team", "ann", {CRASH: "0"}, count=3)[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "and the reply was 3: that many pending entries were dropped",
        """
for who in ("ann", "bob") * 3:
    r.xreadgroup("team", who, {DEAL: ">"}, count=1)
r.xgroup_delconsumer(DEAL, "team", "bob")
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "and the reply was 3: that many pending entries were dropped",
        """
r.xgroup_delconsumer(CRASH, "team", "ann")
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "restart-resumes",
        "the group is done, but bob helped",
        """
for who, a in (("ann", "0"), ("bob", ">")):
    for i, f in r.xreadgroup("team", who, {CRASH: a})[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "no-count",
        "nothing is left to deliver, but 5 to 9 should still be waiting:",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"})
for i, f in reply[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "five entries are pending, but `got` is empty. They are in",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5):
    got.append(f["value"])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "keeps-type",
        "your code stopped at the first entry. Its value is text",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if f["value"] % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "you sent `XREADGROUP GROUP consumerGroup ann COUNT 5",
        """
for i, f in r.xreadgroup(GROUP, "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "you read as `consumer1` (`XREADGROUP GROUP team consumer1",
        """
for i, f in r.xreadgroup("team", "consumer1", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "you sent `XACK 04:handover consumerGroup",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, GROUP, i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "read-is-pending",
        "you acknowledged the odd values: acknowledge the even values",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    if int(f["value"]) % 2 == 0:
        got.append(f["value"])
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        '`got` holds IDs: append fields["value"], from the other half',
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(i)
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "`got` holds whole entries or their fields",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f)
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "you worked on `04:dataStream` (`XREADGROUP GROUP team ann",
        """
for i, f in r.xreadgroup("team", "ann", {STREAM: ">"}, count=5)[STREAM]:
    got.append(f["value"])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "you worked on `team` (`XACK team 04:handover",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack("team", EVEN, i)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "zero-from-start",
        "an ID such as 0 asks for the consumer's own pending",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: "0"}, count=5)[EVEN]:
    got.append(f["value"])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "xrange-delivers",
        "nothing was delivered, because XRANGE and XREAD only look at",
        """
for i, f in r.xrange(EVEN, count=5):
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "got` is '4', not a list: make it a list",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got = f["value"]
    if int(got) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Tried("04.handover", "open", "", "", "got = [0, 1, 2, 3, 4]"),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "all five entries are still pending, but only 1 and 3 should be:",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
got = [f["value"] for i, f in reply[EVEN]]
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "you sent `XACK 04:handover team 4`, and the reply was 0:",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", f["value"])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "no-count",
        "nothing is left to deliver, but 5 to 9 should still be waiting:",
        """
for i, f in r.xreadgroup("team", "ann", {EVEN: ">"}, count=10)[EVEN][:5]:
    got.append(f["value"])
    if int(f["value"]) % 2 == 0:
        r.xack(EVEN, "team", i)
""",
    ),
    Right(
        "04.handover",
        """
got = []
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5).get(EVEN, []):
    got += [int(fields["value"])]
    if got[-1] % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.handover",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got = [fields["value"] for _, fields in entries]
r.xack(EVEN, "team", *[i for i, f in entries if f["value"] in "02468"])
""",
    ),
    Right(
        "04.handover",
        """
entries = dict(r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN])
got = tuple(f["value"] for f in entries.values())
for i in list(entries)[::2]:
    r.xack(EVEN, "team", i)
""",
    ),
    Right(
        "04.handover",
        """
for _ in range(5):
    for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=1, block=100)[EVEN]:
        got.append(fields["value"])
        if not int(fields["value"]) & 1:
            r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "each consumer got three entries in a row: a group doesn't make",
        """
r.xreadgroup("team", "ann", {DEAL: ">"}, count=3)
r.xreadgroup("team", "bob", {DEAL: ">"}, count=3)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "one consumer got all six entries: whichever consumer asks",
        'r.xreadgroup("team", "ann", {DEAL: ">"})',
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "Ann and Bob took turns, but Bob asked first, so he got the",
        """
for _ in range(3):
    r.xreadgroup("team", "bob", {DEAL: ">"}, count=1)
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "one consumer got all six entries: whichever consumer asks",
        """
for _ in range(6):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "you read as `Bob` (`XREADGROUP GROUP team Bob COUNT 1",
        """
for _ in range(3):
    r.xreadgroup("team", "Ann", {DEAL: ">"}, count=1)
    r.xreadgroup("team", "Bob", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "you sent `XREADGROUP GROUP consumerGroup ann COUNT 1",
        """
for _ in range(3):
    r.xreadgroup(GROUP, "ann", {DEAL: ">"}, count=1)
    r.xreadgroup(GROUP, "bob", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "you worked on `04:dataStream` (`XREADGROUP GROUP team ann",
        """
for _ in range(3):
    r.xreadgroup("team", "ann", {STREAM: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "all six entries are dealt out, but not the way the task asks:",
        """
for _ in range(3):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=2)
    r.xreadgroup("team", "bob", {DEAL: ">"}, count=2)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "zero-from-start",
        "an ID such as 0 asks for the consumer's own pending",
        """
for _ in range(3):
    r.xreadgroup("team", "ann", {DEAL: "0"}, count=1)
    r.xreadgroup("team", "bob", {DEAL: "0"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "open",
        "",
        "",
        """
for _ in range(2):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
    r.xreadgroup("team", "bob", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "you sent `XCLAIM 04:turns team bob 0",
        """
ids = [i for i, f in r.xrange(DEAL)]
r.xclaim(DEAL, "team", "ann", 0, ids[::2])
r.xclaim(DEAL, "team", "bob", 0, ids[1::2])
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "read-is-pending",
        "an entry that you acknowledge is no longer pending: deal",
        """
for _ in range(3):
    for name in ("ann", "bob"):
        for i, f in r.xreadgroup("team", name, {DEAL: ">"}, count=1)[DEAL]:
            r.xack(DEAL, "team", i)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "each consumer got three entries in a row: a group doesn't make",
        """
for name in ("ann", "bob"):
    for _ in range(3):
        r.xreadgroup("team", name, {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "xrange-delivers",
        "XREAD and XRANGE only look at entries and deliver nothing:",
        'r.xread({DEAL: "0"}, count=1)',
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "Ann and Bob took turns, but Bob asked first, so he got the",
        """
for n in range(6):
    r.xreadgroup("team", "ann" if n % 2 else "bob", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "you sent `XREADGROUP GROUP ann team COUNT 1 STREAMS",
        """
for _ in range(3):
    r.xreadgroup("ann", "team", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "nearly",
        "",
        "your cell ended with KeyError: '04:turns', because the reply was empty",
        """
for _ in range(4):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)[DEAL]
    r.xreadgroup("team", "bob", {DEAL: ">"}, count=1)[DEAL]
""",
    ),
    Right(
        "04.turns",
        """
for n in range(6):
    r.xreadgroup("team", ["ann", "bob"][n % 2], {DEAL: ">"}, count=1)
""",
    ),
    Right(
        "04.turns",
        """
from itertools import cycle
for n, name in zip(range(6), cycle(["ann", "bob"])):
    r.xreadgroup("team", name, {DEAL: ">"}, 1)
""",
    ),
    Right(
        "04.turns",
        """
r.xreadgroup("team", "ann", {DEAL: ">"})
ids = [i for i, f in r.xrange(DEAL)]
r.xclaim(DEAL, "team", "bob", 0, ids[1::2])
""",
    ),
    Right(
        "04.turns",
        """
name, other = "ann", "bob"
while r.xreadgroup("team", name, {DEAL: ">"}, count=1):
    name, other = other, name
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "your cell ended with KeyError: '04:loop', because the reply was empty",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "one-read",
        "COUNT only limits each reply, and more entries are waiting:",
        """
reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
for i, f in reply[LOOP]:
    work(i, f)
    r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "all 25 entries are done, but you typed the number of rounds",
        """
for _ in range(3):
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-first",
        "an entry wasn't pending during its call to work(), so a crash",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        r.xack(LOOP, "team", i)
        work(i, f)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "lag-0-done",
        "all the work is done, but the server doesn't know that:",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "no-count",
        "more than ten entries were pending at once, and after a",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=25):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "you sent `XREADGROUP GROUP consumerGroup ann COUNT 10",
        """
while reply := r.xreadgroup(GROUP, "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, GROUP, i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-zero",
        "you sent `XACK 04:loop consumerGroup",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, GROUP, i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "reply-shape",
        "a reply is a dictionary, so a loop over it yields stream",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "your cell ended with TypeError: work() missing 1 required",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "zero-from-start",
        "an ID such as 0 asks for the consumer's own pending",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: "0"}, count=10)[LOOP]:
    pass
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "you read as `consumer1` (`XREADGROUP GROUP team consumer1",
        """
while reply := r.xreadgroup("team", "consumer1", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "xrange-delivers",
        "work() got entries that were never delivered, because",
        """
for i, f in r.xrange(LOOP):
    work(i, f)
    r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-once",
        "XACK acknowledges only the entries whose IDs you pass, not",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
    r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-first",
        "you acknowledged entries without calling work() for any of",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "reply-shape",
        "you looked up a key that isn't there: you read",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[STREAM]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "you worked on `04:dataStream` (`XACK 04:dataStream",
        "consume(print)",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "you interrupted your cell: a loop ends when",
        """
while True:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10, block=50).get(LOOP, [])
    for i, f in entries:
        work(i, f)
        r.xack(LOOP, "team", i)
    if len(entries) < 10:
        raise KeyboardInterrupt
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-deletes",
        "entries are gone from the stream, but some are still pending:",
        """
while r.xinfo_groups(LOOP)[0]["lag"]:
    for i, f in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)[LOOP]:
        work(i, f)
        r.xdel(LOOP, i)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-zero",
        "you sent `XACK 04:loop team 24`, and the reply was 0: none",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
        if r.xack(LOOP, "team", f["value"]): pass
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "one-read",
        "COUNT only limits each reply, and more entries are waiting:",
        """
entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, [])
while entries:
    for i, f in entries:
        work(i, f)
        r.xack(LOOP, "team", i)
    break
""",
    ),
    Right(
        "04.loop",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    if not reply:
        break
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Right(
        "04.loop",
        """
entries = True
while entries:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=5, block=100).get(LOOP, [])
    for i, f in entries:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Right(
        "04.loop",
        """
def entries():
    while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
        yield from reply[LOOP]
for i, f in entries():
    work(i, f)
    r.xack(LOOP, "team", i)
""",
    ),
    Right(
        "04.loop",
        """
for turn in range(100):
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=1)
    if LOOP not in reply: break
    [(i, f)] = reply[LOOP]
    work(i, f)
    r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "restart-resumes",
        "`>` asks only for entries that the group hasn't delivered yet:",
        """
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "the entries that Ann had started are handled. A read with an ID never",
        """
for i, f in r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "restart-resumes",
        "everything was handled, but in the wrong order: first handle",
        """
for a in (">", "0"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "lag-0-done",
        "the lag is 0, but done also means that nothing is pending",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.append(f["value"])
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "the entries that Ann had started are handled. A read with an ID never",
        """
for i, f in lost[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "xrange-delivers",
        "XRANGE only looks at entries: 3 to 6 haven't been delivered",
        """
for i, f in r.xrange(CRASH):
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.done",
        """
r.xgroup_setid(CRASH, "team", "0")
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-first",
        "entries whose values aren't in `handled` are no longer pending",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "the entries that Ann had started are handled. A read with an ID never",
        """
while reply := r.xreadgroup("team", "ann", {CRASH: "0"}):
    for i, f in reply[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
    if len(handled) > 20: break
    if not reply[CRASH]: break
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "an ID instead of `>` returns a consumer's *own* pending",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ben", {CRASH: a})[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "you sent `XREADGROUP GROUP consumerGroup ann STREAMS",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup(GROUP, "ann", {CRASH: a})[CRASH]:
        handled.append(f["value"])
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-zero",
        "you sent `XACK 04:done consumerGroup",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, GROUP, i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "reply-shape",
        '`handled` should hold only values: take fields["value"] from',
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.append(f)
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "one-read",
        "COUNT only limits each reply, and more entries are waiting:",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a}, count=2)[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Tried("04.done", "open", "", "", "handled = [0, 1, 2, 3, 4, 5, 6]"),
    Tried(
        "04.done",
        "hint",
        "",
        "your cell ended with TypeError: list indices must be",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a}).items():
        handled.append(f["value"])
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-zero",
        "you sent `XACK 04:done team",
        """
old = r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]
for i, f in old + r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", lost[CRASH][0][0])
""",
    ),
    Tried(
        "04.done",
        "hint",
        "restart-resumes",
        "everything was handled, but in the wrong order: first handle",
        """
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
for i, f in lost[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-first",
        "entries whose values aren't in `handled` are no longer pending",
        """
r.xack(CRASH, "team", *[i for i, f in lost[CRASH]])
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "`handled` lacks 0: a read returns the entries after its ID",
        """
for i, f in r.xreadgroup("team", "ann", {CRASH: lost[CRASH][0][0]})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.done",
        """
for start in "0", ">":
    while entries := r.xreadgroup("team", "ann", {CRASH: start}, count=2).get(CRASH):
        for i, f in entries:
            handled.append(int(f["value"]))
            r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.done",
        """
for i, f in lost[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.done",
        """
both = r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]
both += r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]
handled.extend(f["value"] for i, f in both)
r.xack(CRASH, "team", *dict(both))
""",
    ),
    Right(
        "04.done",
        """
from collections import deque
handled = deque()
def handle(i, f):
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
for i, f in r.xreadgroup("team", "ann", {CRASH: "0-0"}).get(CRASH, []):
    handle(i, f)
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"}, block=100).get(CRASH, []):
    handle(i, f)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-deletes",
        "entries are gone from the stream: to say that an entry is done",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
        r.xdel(LOOP, i)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "you knew, or asked, how many entries there are",
        """
n = r.xlen(LOOP)
while n > 0:
    for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
        n -= 1
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "the group is gone, and with it the record",
        """
for entry_id, fields in r.xrange(CRASH):
    handled.append(fields["value"])
r.xgroup_destroy(CRASH, "team")
ensure_group(r, CRASH, "team", start="$")
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "two arguments are in the wrong order",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        work(fields, entry_id)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "lag-0-done",
        "0, 1, 2 are still pending",
        """
for entry_id, fields in lost[CRASH]:
    handled.append(fields["value"])
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "of 25 entries, in 50 calls",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "keys in brackets",
        """
for start in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: start})[CRASH]:
        r.xack(CRASH, "team", entry_id)
        handled.append(fields.value)
""",
    ),
    Tried(
        "04.handover",
        "nearly",
        "",
        "you typed the result yourself: `got = ",
        """
e = r.xreadgroup("team","ann",{EVEN:">"},count=5)[EVEN]
r.xack(EVEN,"team",e[0][0],e[2][0],e[4][0])
got = ["0","1","2","3","4"]
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "`handled = [str(n) for n in range(7)]`",
        """
r.xack(CRASH,"team",*[i for i,_ in lost[CRASH]])
for i,_ in r.xreadgroup("team","ann",{CRASH:">"})[CRASH]:
    r.xack(CRASH,"team",i)
handled = [str(n) for n in range(7)]
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "only work() should add to that stream, so call it instead",
        """
while reply := r.xreadgroup("team","ann",{LOOP:">"},count=10):
    for i, f in reply[LOOP]:
        r.xadd("04:loop:done", {"value": f["value"], "pending": 1, "in_hand": 1})
        r.xack(LOOP, "team", i)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "`got` lacks 4: Ann reads five, and all five values go in",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=4)[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.handover",
        """
ids, fields = zip(*r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN])
got += [each["value"] for each in fields]
r.xack(EVEN, "team", *ids[::2])
""",
    ),
    Right(
        "04.handover",
        """
while len(got) < 5:
    reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=1)
    (entry_id, fields), = reply[EVEN]
    got.insert(len(got), fields["value"])
    int(fields["value"]) % 2 or r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.done",
        """
def finish(after):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after}).get(CRASH, []):
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
for after in "0", ">":
    finish(after)
""",
    ),
    Right(
        "04.done",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup("team", "ann", {CRASH: after}, count=2).get(CRASH):
        handled = handled + [fields["value"] for _, fields in entries]
        r.xack(CRASH, "team", *dict(entries))
""",
    ),
    Right(
        "04.loop",
        """
entries = True
while entries:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=1).get(LOOP)
    for pair in entries or ():
        work(*pair)
        r.xack(LOOP, "team", pair[0])
""",
    ),
    Right(
        "04.loop",
        """
def batches():
    while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
        yield reply[LOOP]
for batch in batches():
    for entry_id, fields in batch:
        work(entry_id, fields)
    r.xack(LOOP, "team", *[entry_id for entry_id, _ in batch])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "you read with NOACK",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5, noack=True)
got = [fields["value"] for entry_id, fields in reply[EVEN]]
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "all six entries are dealt out, but not the way the task asks:",
        """
entries = r.xreadgroup("team", "ann", {DEAL: ">"})[DEAL]
for entry_id, fields in entries:
    if int(fields["value"]) % 2 == 0:
        r.xclaim(DEAL, "team", "bob", 0, [entry_id])
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "take-turns",
        "have Ann ask for one entry, then Bob",
        """
for n in range(6):
    r.xreadgroup("team", "ann" if n < 3 else "bob", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "your loop stopped because you knew, or asked, how many",
        """
done = False
while not done:
    for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
        if fields["value"] == "24":
            done = True
            break
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "You replaced the exercise's `work`, which records each call",
        """
def work(entry_id, fields):
    print(fields)
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "run the cell above again, and read only five",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
got = [fields["value"] for entry_id, fields in reply[EVEN]]
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
got = [fields["value"] for entry_id, fields in reply[EVEN]]
for entry_id, fields in reply[EVEN]:
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "runs before the entry is in `handled`",
        """
for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        r.xack(CRASH, "team", entry_id)
        handled.append(fields["value"])
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "runs before the entry is in `handled`",
        """
for after in ("0", ">"):
    entries = r.xreadgroup("team", "ann", {CRASH: after}).get(CRASH, [])
    r.xack(CRASH, "team", *[entry_id for entry_id, fields in entries])
    handled += [fields["value"] for entry_id, fields in entries]
""",
    ),
    Right(
        "04.done",
        """
def finish(after):
    reply = r.xreadgroup("team", "ann", {CRASH: after})
    for entry_id, fields in reply.get(CRASH, []):
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
finish("0")
finish(">")
""",
    ),
    Right(
        "04.loop",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=3, block=50)
    if not reply:
        break
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Right(
        "04.done",
        """
def finish(entry_id):
    r.xack(CRASH, "team", entry_id)

for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        finish(entry_id)
""",
    ),
    Right(
        "04.done",
        """
r.xack(CRASH, "team", "1-1")  # A first try, of what XACK replies
for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.turns",
        "open",
        "",
        "You still have to deal out 4, 5: go on in the same way.",
        """
for turn in range(2):
    for name in ("ann", "bob"):
        r.xreadgroup("team", name, {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "keeps-type",
        "your code never got to its XACK, so check the condition",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    if fields["value"] in (0, 2, 4):
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "`got` holds whole entries or their fields: append only",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields)
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "Still pending: 4. Acknowledge every even value, and leave",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got = [fields["value"] for _, fields in reply]
for i in range(0, 4, 2):
    r.xack(EVEN, "team", reply[i][0])
""",
    ),
    Tried(
        "04.handover",
        "nearly",
        "",
        "`got.append(n)` takes nothing from an entry: your code",
        """
for n in range(5):
    [(entry_id, fields)] = r.xreadgroup("team", "ann", {EVEN: ">"}, count=1)[EVEN]
    got.append(n)
    if n % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "Your loop ended before work() got 20, 21, 22, 23, 24",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    if len(reply.get(LOOP, [])) < 10:
        break
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "all 25 entries are done, but your loop stopped because you knew",
        """
done = 0
while done < 25:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
        done += 1
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "your loop asks XINFO whether to go on, and a lag can be None",
        """
while r.xinfo_groups(LOOP)[0]["lag"]:
    for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "reply-shape",
        '`handled` should hold only values: take fields["value"] from',
        """
for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(entry_id)
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "`handled.append(len(handled))` takes nothing from an entry:",
        """
for n, after in enumerate(("0", ">")):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(len(handled))
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-first",
        "entries whose values aren't in `handled` are no longer pending",
        """
for after in ("0", ">"):
    handled = []
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Right(
        "04.handover",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
for index in range(len(entries)):
    entry_id, fields = entries[index]
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
#restart
""",
    ),
    Right(
        "04.handover",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
index = 0
while index < len(entries):
    value = int(entries[index][1]["value"])
    got.append(value)
    if value % 2 == 0:
        r.xack(EVEN, "team", entries[index][0])
    index += 1
""",
    ),
    Right(
        "04.handover",
        """
def read_five():
    values = []
    for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
        values.append(fields["value"])
        if int(fields["value"]) % 2 == 0:
            r.xack(EVEN, "team", entry_id)
    return values
got = read_five()
""",
    ),
    Right(
        "04.handover",
        """
def handle(number):
    got.append(number)
    return number % 2 == 0
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    if handle(int(fields["value"])):
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.handover",
        """
(stream, entries), = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5).items()
for e in entries:
    match e:
        case (entry_id, {"value": v}):
            got += [v]
            int(v) % 2 or r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.done",
        """
old = r.xreadgroup("team", "ann", {CRASH: "0-0"})[CRASH]
new = r.xreadgroup("team", "ann", {CRASH: ">"}, block=100)[CRASH]
handled = [f["value"] for i, f in old + new]
r.xack(CRASH, "team", *[i for i, f in old + new])
#restart
""",
    ),
    Tried(
        "04.handover",
        "nearly",
        "",
        "`got.append(n)` takes nothing from an entry: your code",
        """
from itertools import count
number = count()
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    n = next(number)
    got.append(n)
    if n % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "nearly",
        "",
        "`got = list(range(len(reply[EVEN])))` takes nothing from an",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
got = list(range(len(reply[EVEN])))
for i in got[::2]:
    r.xack(EVEN, "team", reply[EVEN][i][0])
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "the last reply wasn't empty: keep reading",
        """
while True:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, [])
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
    if len(entries) < 10:
        break
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "you used the course's `Consumer`: write its loop",
        """
from helpers.consumer import Consumer
with Consumer(r, LOOP, "team", "ann", lambda e: work(e.id, e.fields)) as c:
    c.drain()
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "which a read returned: call work() for every entry",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    entry_id, fields = reply[LOOP][0]
    work(entry_id, fields)
    r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.turns",
        "open",
        "",
        "have Ann and Bob take turns with one entry each",
        """
for n in range(3):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.turns",
        "open",
        "",
        "You still have to deal out 3, 4, 5: go on in the same way",
        """
for name in ("ann", "bob", "ann"):
    r.xreadgroup("team", name, {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "XACK needs the group before the IDs",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]:
    handled.append(int(fields["value"]))
    r.xack(CRASH, entry_id)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "the group is gone, and with it the record",
        """
r.xgroup_destroy(CRASH, "team")
ensure_group(r, CRASH, "team")
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "leave the bookmark alone",
        """
r.xgroup_setid(DEAL, "team", "$")
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "and end the loop when there are none",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.turns",
        "open",
        "",
        "go on in the same way",
        """
r.xreadgroup("team", "ann", {DEAL: "0"})
r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "Your reads also took 5",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=6)[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "whether that part of your code runs",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
got = [fields["value"] for _, fields in reply[EVEN]]

def acknowledge_even():
    for entry_id, fields in reply[EVEN]:
        if int(fields["value"]) % 2 == 0:
            r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "ValueError: invalid literal for int()",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
for entry_id, fields in reply[EVEN]:
    got.append(fields["value"])
    if int(entry_id) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "",
        "not 'dict'",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
for entry_id, fields in reply[EVEN]:
    got.append(fields["value"])
    if int(fields) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "You set `gott`",
        """
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
gott = [fields["value"] for _, fields in reply[EVEN]]
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "`handled` lacks 0, 1, 2: a read",
        """
last = lost[CRASH][-1][0]
for after in (last, ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "lag-0-done",
        "2 is still pending: a read with the ID 0",
        """
for after, count in (("0", 2), (">", 4)):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after}, count)[CRASH]:
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "open",
        "",
        "`handled` is empty",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "open",
        "",
        "more than once",
        """
for after in (">", "0"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        if after == "0":
            r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "too many values to unpack (expected 1)",
        """
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    [(entry_id, fields)] = entries
    work(entry_id, fields)
    r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "Up to 25 entries were pending at once",
        """
ids = []
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    for entry_id, fields in entries:
        work(entry_id, fields)
        ids.append(entry_id)
r.xack(LOOP, "team", *ids)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "more than once for some entries",
        """
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    for entry_id, fields in entries:
        work(entry_id, fields)
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "xrange-delivers",
        "wasn't pending at that moment",
        """
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    for entry_id, fields in r.xrange(LOOP):
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "which counts as true, so end the loop when reply[stream] is empty",
        """
for after in ("0", ">"):
    while reply := r.xreadgroup("team", "ann", {CRASH: after}):
        if not reply[CRASH]:
            raise KeyboardInterrupt  # It would go on forever
        for entry_id, fields in reply[CRASH]:
            handled.append(fields["value"])
            r.xack(CRASH, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "no new entries arrive, so end the loop when a reply is empty",
        """
while True:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, [])
    if not entries:
        raise KeyboardInterrupt  # It would go on forever
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "`got` is empty: append the value of each of the five",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "`got` should be a list of just the five values",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got.append([fields["value"] for _, fields in entries])
r.xack(EVEN, "team", *[entry_id for entry_id, _ in entries][::2])
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "reply-shape",
        "`got` should be a list of just the five values",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got = {entry_id: fields["value"] for entry_id, fields in entries}
for entry_id, value in got.items():
    if int(value) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "open",
        "",
        "`got` lacks 0, 1, 2, 3, …, and holds value, value",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got += fields
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "your code contains an XACK, but never sent one: check its parentheses",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack
""",
    ),
    Tried(
        "04.handover",
        "hint",
        "ack-zero",
        "whether that part of your code runs at all",
        """
entries = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]
got = [fields["value"] for _, fields in entries]

def acknowledge():
    for entry_id, _ in entries[::2]:
        r.xack(EVEN, "team", entry_id)
""",
    ),
    Right(
        "04.handover",
        """
r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
entries = r.xreadgroup("team", "ann", {EVEN: "0"})[EVEN]
got = [fields["value"] for _, fields in entries]
with r.pipeline() as pipeline:
    for entry_id, fields in entries:
        if int(fields["value"]) % 2 == 0:
            pipeline.xack(EVEN, "team", entry_id)
    pipeline.execute()
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "read-is-pending",
        "you read with NOACK, so the entries were never pending",
        """
for turn in range(3):
    r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
    r.xreadgroup("team", "bob", {DEAL: ">"}, count=1, noack=True)
""",
    ),
    Tried(
        "04.turns",
        "hint",
        "",
        "removed entries from the stream, which the task doesn't ask for",
        """
for entry_id, fields in r.xrange(DEAL):
    if int(fields["value"]) % 2:
        r.xdel(DEAL, entry_id)
r.xreadgroup("team", "ann", {DEAL: ">"})
""",
    ),
    Right(
        "04.turns",
        """
with r.pipeline() as pipeline:
    for turn in range(3):
        pipeline.xreadgroup("team", "ann", {DEAL: ">"}, count=1)
        pipeline.xreadgroup("team", "bob", {DEAL: ">"}, count=1)
    pipeline.execute()
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "you typed the number of rounds",
        """
for n in range(4):
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for entry_id, fields in reply.get(LOOP, []):
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "Your code read nothing: a loop runs only while",
        """
while r.xpending(LOOP, "team")["pending"] > 0:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for entry_id, fields in reply.get(LOOP, []):
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "Your loop ended before work() got 1, 3, 5",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        if int(fields["value"]) % 2 == 0:
            work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "ack-first",
        "you read with NOACK, so the entries were never pending",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10, noack=True):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "lag-0-done",
        "your code contains an XACK, but never sent one, so check",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        if work(entry_id, fields):
            r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "",
        "because the reply was empty",
        """
entries = [1]
while entries:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP)
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.loop",
        "open",
        "",
        "Still pending: 24. Acknowledge each entry",
        """
prev = None
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        if prev:
            r.xack(LOOP, "team", prev)
        work(entry_id, fields)
        prev = entry_id
""",
    ),
    Tried(
        "04.loop",
        "hint",
        "",
        "this isn't an entry ID",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply.items():
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "acknowledged a new entry before Ann was done with",
        """
for after in (">", "0"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(f["value"])
        r.xack(CRASH, "team", i)
handled.sort()
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "acknowledged a new entry before Ann was done with",
        """
handled = set()
for a in (">", "0"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.add(int(f["value"]))
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "you typed the values yourself, in `handled = [",
        """
handled = ["0", "1", "2"]
r.xack(CRASH, "team", *[i for i, f in lost[CRASH]])
for i, f in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "nearly",
        "",
        "`done(i)` runs before the entry is in `handled`",
        """
def done(i):
    r.xack(CRASH, "team", i)
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        done(i)
        handled.append(f["value"])
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-deletes",
        "some are still pending: XDEL only deletes",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled.append(f["value"])
        r.xdel(CRASH, i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "zero-from-start",
        "`handled` lacks 0: a read returns the entries after its ID",
        """
start = lost[CRASH][0][0]
for i, f in r.xreadgroup("team", "ann", {CRASH: start})[CRASH]:
    handled.append(f["value"])
    r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "ack-first",
        "append each value, keep it there",
        """
values = []
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        values.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Tried(
        "04.done",
        "hint",
        "",
        "or append() or sort() returned it",
        """
for a in ("0", ">"):
    for i, f in r.xreadgroup("team", "ann", {CRASH: a})[CRASH]:
        handled = handled.append(f["value"])
        r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.loop",
        """
def rounds():
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, [])
    for i, f in entries:
        work(i, f)
        r.xack(LOOP, "team", i)
    if entries:
        rounds()
rounds()
""",
    ),
    Right(
        "04.loop",
        """
for reply in iter(lambda: r.xreadgroup("team", "ann", {LOOP: ">"}, count=10), {}):
    for i, f in reply[LOOP]:
        work(i, f)
        r.xack(LOOP, "team", i)
""",
    ),
    Right(
        "04.loop",
        """
while batch := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP):
    with r.pipeline() as p:
        for i, f in batch:
            work(i, f)
            p.xack(LOOP, "team", i)
        p.execute()
""",
    ),
    Right(
        "04.loop",
        """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    if not reply: break
    for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: "0"})[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
""",
    ),
    Right(
        "04.done",
        """
from itertools import chain
def read(after):
    return r.xreadgroup("team", "ann", {CRASH: after}).get(CRASH, [])
for i, f in chain(read("0"), read(">")):
    handled.append(int(f["value"]))
    r.xack(CRASH, "team", i)
""",
    ),
    Right(
        "04.done",
        """
with r.pipeline() as p:
    for after in ("0", ">"):
        for i, f in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
            handled.append(f["value"])
            p.xack(CRASH, "team", i)
    p.execute()
""",
    ),
    Tried(
        "04.loop",
        "nearly",
        "one-read",
        "you typed the number of rounds",
        """
def one_round():
    for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)

for turn in range(4):
    one_round()
""",
    ),
    Right(
        "04.done",
        """
handled = []
r.xreadgroup("team", "ann", {CRASH: ">"})  # Now everything is pending for Ann
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)
""",
    ),
]
