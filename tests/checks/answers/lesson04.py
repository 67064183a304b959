"""Answers to the exercises of lesson 04."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "04.turns",
        """
r.xgroup_createconsumer(DEAL, "team", "bob")
for n in range(6):
    r.xreadgroup("team", "bob" if n % 2 else "ann", {DEAL: ">"}, count=1, block=100)""",
    ),
    Wrong(
        "04.turns",
        "take-turns",
        'r.xreadgroup("team", "ann", {DEAL: ">"})\nr.xreadgroup("team", "bob", {DEAL: ">"})',
    ),
    Wrong(
        "04.turns",
        "take-turns",
        'r.xreadgroup("team", "ann", {DEAL: ">"}, count=3)\nr.xreadgroup("team", "bob", '
        '{DEAL: ">"}, count=3)',
    ),
    Wrong("04.turns", "zero-from-start", 'r.xreadgroup("team", "ann", {DEAL: "0"}, count=1)'),
    Wrong(
        "04.turns",
        "read-is-pending",
        """
for n in range(6):
    [(entry_id, fields)] = r.xreadgroup("team", "bob" if n % 2 else "ann", {DEAL: ">"}, count=1)[DEAL]
    r.xack(DEAL, "team", entry_id)""",
    ),
    Wrong("04.turns", "", 'r.xreadgroup("team", "ann", {DEAL: ">"}, count=1)'),
    Right(
        "04.handover",
        """
for turn in range(5):
    [(entry_id, fields)] = r.xreadgroup("team", "ann", {EVEN: ">"}, count=1)[EVEN]
    got.append(int(fields["value"]))
r.xack(EVEN, "team", *[e["message_id"] for e in r.xpending_range(EVEN, "team", "-", "+", 10)][::2])""",
    ),
    Wrong(
        "04.handover",
        "xrange-delivers",
        """
for entry_id, fields in r.xrange(EVEN, count=5):
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)""",
    ),
    Wrong(
        "04.handover",
        "zero-from-start",
        'reply = r.xreadgroup("team", "ann", {EVEN: "0"}, count=5)',
    ),
    Wrong(
        "04.handover",
        "",
        """
for turn in range(2):
    for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
        got.append(fields["value"])""",
    ),
    Wrong(
        "04.handover",
        "",
        'r.xgroup_setid(EVEN, "team", "$")\ngot = [str(n) for n in range(5)]',
    ),
    Wrong("04.handover", "", 'r.xgroup_destroy(EVEN, "team")'),
    Wrong(
        "04.handover",
        "no-count",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"})[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)""",
    ),
    Wrong("04.handover", "reply-shape", 'got = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)'),
    Wrong(
        "04.handover",
        "reply-shape",
        'got = list(r.xreadgroup("team", "ann", {EVEN: ">"}, count=5))',
    ),
    Wrong(
        "04.handover",
        "reply-shape",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5):
    got.append(fields["value"])""",
    ),
    Wrong(
        "04.handover",
        "reply-shape",
        """
for stream, entries in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5).items():
    got = entries""",
    ),
    Wrong(
        "04.handover",
        "keeps-type",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    if fields["value"] % 2 == 0:
        r.xack(EVEN, "team", entry_id)""",
    ),
    Wrong(
        "04.handover",
        "ack-deletes",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xdel(EVEN, entry_id)""",
    ),
    Wrong(
        "04.handover",
        "ack-zero",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "teem", entry_id)""",
    ),
    Wrong(
        "04.handover",
        "",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
    got.append(fields["value"])
    r.xack(EVEN, "team", entry_id)""",
    ),
    Right(
        "04.done",
        """
from helpers.consumer import Consumer
with Consumer(r, CRASH, "team", "ann", lambda entry: handled.append(int(entry.fields["value"]))) as consumer:
    consumer.drain()""",
    ),
    Wrong(
        "04.done",
        "restart-resumes",
        """
for entry in r.xpending_range(CRASH, "team", "-", "+", 10):
    [(entry_id, fields)] = r.xclaim(CRASH, "team", "ben", 0, [entry["message_id"]])
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)
for entry_id, fields in r.xreadgroup("team", "ben", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)""",
    ),
    Wrong(
        "04.done",
        "restart-resumes",
        """
for after in (">", "0"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        if fields["value"] in handled:
            continue
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)""",
    ),
    Wrong(
        "04.done",
        "restart-resumes",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)""",
    ),
    Wrong(
        "04.done",
        "lag-0-done",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])""",
    ),
    Wrong(
        "04.done",
        "zero-from-start",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: "0"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)""",
    ),
    Wrong(
        "04.done",
        "ack-first",
        """
for entry in r.xpending_range(CRASH, "team", "-", "+", 10):
    r.xack(CRASH, "team", entry["message_id"])
for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)""",
    ),
    Wrong("04.done", "", "handled = list(range(7))"),
    Right(
        "04.loop",
        """
while True:
    entries = r.xreadgroup("team", "ann", {LOOP: ">"}, count=3, block=50).get(LOOP, [])
    for entry_id, fields in entries:
        work(entry_id, fields)
    if not entries:
        break
    r.xack(LOOP, "team", *[entry_id for entry_id, _ in entries])""",
    ),
    Wrong(
        "04.loop",
        "zero-from-start",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: "0"}, count=10)[LOOP]:
    for entry_id, fields in reply:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)""",
    ),
    Wrong(
        "04.loop",
        "ack-first",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        r.xack(LOOP, "team", entry_id)
        work(entry_id, fields)""",
    ),
    Wrong(
        "04.loop",
        "ack-first",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10, noack=True):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)""",
    ),
    Wrong(
        "04.loop",
        "lag-0-done",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)""",
    ),
    Wrong(
        "04.loop",
        "ack-zero",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, GROUP, entry_id)""",
    ),
    Wrong(
        "04.loop",
        "no-count",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"})[LOOP]:
    work(entry_id, fields)
    r.xack(LOOP, "team", entry_id)""",
    ),
    Wrong(
        "04.loop",
        "ack-once",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
    r.xack(LOOP, "team", entry_id)""",
    ),
    Wrong(
        "04.loop",
        "one-read",
        """
for entry_id, fields in r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)[LOOP]:
    work(entry_id, fields)
    r.xack(LOOP, "team", entry_id)""",
    ),
    Wrong(
        "04.loop",
        "ack-first",
        """
while reply := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10):
    for entry_id, fields in reply[LOOP]:
        r.xack(LOOP, "team", entry_id)""",
    ),
    Wrong(
        "04.done",
        "ack-deletes",
        """
for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup("team", "ann", {CRASH: after})[CRASH]:
        handled.append(fields["value"])
        r.xdel(CRASH, entry_id)""",
    ),
]
