"""What learners answer: right in another way than the solution, or wrong with the idea behind it.

A new wrong answer is one line: Wrong("NN.name", "the misconception's ID", "the code in the place of
`# your code here`"). An answer that ends in an error is one, too: what it had done until then is
what the check sees.
"""

from typing import NamedTuple


class Right(NamedTuple):
    """A correct answer that isn't the solution's."""

    exercise: str
    code: str


class Wrong(NamedTuple):
    """An answer that shows a misconception; "" means that no hint fits, and what is seen stands
    beside what is wanted."""

    exercise: str
    misconception: str
    code: str


RIGHT = [
    Right(
        "00.finish",
        'r.xack(FINISH, GROUP, *[line["message_id"] for line in r.xpending_range(FINISH, '
        'GROUP, "-", "+", 10)])',
    ),
    Right(
        "00.account",
        """
[group] = r.xinfo_groups(ACCOUNT)
waiting, unfinished = group["lag"], group["pending"]""",
    ),
    Right("01.patience", "import redis\npatient = redis.Redis(socket_timeout=8.5)"),
    Right("01.patience", "import redis\npatient = redis.Redis(socket_timeout=None)"),
    Right("01.address", 'address = "redis://:tea%234@localhost?db=2"'),
    Right("01.missed", 'reply = r.xread({"01:missed": "0-0"}, count=1, block=50)[MISSED][0]'),
    Right(
        "01.late",
        """
for turn in range(99):
    if news := hasty.xread({LATE: "0-0"}, count=1, block=150):
        break""",
    ),
    Right(
        "03.numbers",
        """
from helpers.producer import Producer
with Producer(r, NUMBERS) as producer:
    for n in range(10):
        producer.send({"value": str(n)})""",
    ),
    Right("03.fields", 'r.xadd("03:fields", {"item": "tea", "amount": "3", "price": "4.5"})'),
    Right(
        "03.types",
        """
dearest, total = "0", 0.0
for _, fields in r.xrevrange(PRICES):
    dearest = max(dearest, fields["value"], key=int)
    total += float(fields["value"])""",
    ),
    Right(
        "03.types",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
dearest, total = max(prices), str(sum(prices))""",
    ),
    Right(
        "03.readings",
        """
with Producer(r, READINGS, batch=1) as producer:
    for value in measured:
        producer.send({"sensor": "attic"} if value is None else {"sensor": "attic", "value": str(value)})""",
    ),
    Right(
        "03.readings",
        """
r.xadd(READINGS, {"value": 21, "sensor": "attic"})
r.xadd(READINGS, {"sensor": "attic"})
r.xadd(READINGS, {"value": 23, "sensor": "attic"})""",
    ),
    Right(
        "04.turns",
        """
r.xgroup_createconsumer(DEAL, "team", "bob")
for n in range(6):
    r.xreadgroup("team", "bob" if n % 2 else "ann", {DEAL: ">"}, count=1, block=100)""",
    ),
    Right(
        "04.handover",
        """
for turn in range(5):
    [(entry_id, fields)] = r.xreadgroup("team", "ann", {EVEN: ">"}, count=1)[EVEN]
    got.append(int(fields["value"]))
r.xack(EVEN, "team", *[e["message_id"] for e in r.xpending_range(EVEN, "team", "-", "+", 10)][::2])""",
    ),
    Right(
        "04.done",
        """
from helpers.consumer import Consumer
with Consumer(r, CRASH, "team", "ann", lambda entry: handled.append(int(entry.fields["value"]))) as consumer:
    consumer.drain()""",
    ),
    Right(
        "04.done",
        """
for entry in r.xpending_range(CRASH, "team", "-", "+", 10):
    [(entry_id, fields)] = r.xclaim(CRASH, "team", "ben", 0, [entry["message_id"]])
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)
for entry_id, fields in r.xreadgroup("team", "ben", {CRASH: ">"})[CRASH]:
    handled.append(fields["value"])
    r.xack(CRASH, "team", entry_id)""",
    ),
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
    Right("02.start", 'ensure_group(r, "02:start", "readers")'),
    Right(
        "02.start",
        'r.xgroup_create("02:start", "readers")\nr.xgroup_setid("02:start", "readers", id="0-0")',
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="$", mkstream=True)
except ResponseError as error:
    if not str(error).startswith("BUSYGROUP"):
        raise
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Right(
        "02.two",
        """
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
ensure_group(r, BOTH, "archive")
waiting = len(["alarm"])""",
    ),
    Right(
        "05.behind",
        """
r.xgroup_destroy(BEHIND, GROUP)
ensure_group(r, BEHIND, GROUP)
while entries := r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=1).get(BEHIND):
    done.append(int(entries[0][1]["value"]))
    r.xack(BEHIND, GROUP, entries[0][0])""",
    ),
    Right(
        "05.night",
        """
from helpers.consumer import Consumer
try:
    with Consumer(r, NIGHT, GROUP, "consumer1", lambda entry: numbers.append(int(entry.fields["value"]))) as consumer:
        consumer.drain()
except ValueError as error:
    ended_by = error""",
    ),
    Right(
        "09.clock",
        """
old = [i for i, _ in r.xrange(CLOCK, max=(seconds - 6 * 3600) * 1000)]
removed = r.xdel(CLOCK, *old)""",
    ),
    Right(
        "09.loss",
        """
[group] = r.xinfo_groups(LOSS)
given = 4
lost = r.xinfo_stream(LOSS)["entries-added"] - given - len(r.xrange(LOSS, min="(" + group["last-delivered-id"]))""",
    ),
    Right(
        "09.shrink",
        """
r.xgroup_destroy(SHRINK, "audit")
first = r.xpending_range(SHRINK, "mailing", "-", "+", count=1)[0]["message_id"]
removed = r.xtrim(SHRINK, minid=first, approximate=False)""",
    ),
    Right(
        "07.limit",
        """
for line in reversed(pending(r, POISON, GROUP)):
    if line.deliveries > 2:
        [(_, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", fields)
        r.xack(POISON, GROUP, line.id)""",
    ),
    Right(
        "07.replay",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})
        r.xdel(PRICES + ":dead", letter.id)
for entry in read_group(r, PRICES, GROUP, "bob"):
    prices.append(float(entry.fields["value"].replace(",", ".")))
    r.xack(PRICES, GROUP, entry.id)""",
    ),
    Right(
        "08.line",
        """
for first, values in calls:
    for n, value in enumerate(values, first):
        r.eval(ONE, 2, "08:line", "08:line:till", n, value)""",
    ),
    Right(
        "08.count",
        """
for entry in work:
    if r.xack("08:count", GROUP, entry.id):
        r.hincrby("08:count:till", "sum", int(entry.fields["value"]))""",
    ),
    Right(
        "06.over",
        'r.xclaim(OVER, GROUP, "rescuer", 60_000, [entry_id for entry_id, fields in '
        "crashed], justid=True)",
    ),
    Right(
        "06.over",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=3_000_000, count=1000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
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
        "10.store",
        """
pipeline = r.pipeline()
for n in range(100):
    pipeline.xadd("10:store", {"n": n})
pipeline.execute()""",
    ),
    Right(
        "10.store",
        """
with Producer(r, "10:store") as producer:
    for n in range(100):
        producer.send({"value": n})""",
    ),
    Right(
        "10.five",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    handled = []
    try:
        for entry_id, fields in reply["10:five"]:
            work(fields)
            handled.append(entry_id)
    finally:
        r.xack("10:five", GROUP, *handled)""",
    ),
    Right(
        "10.five",
        """
consumer = Consumer(r, "10:five", GROUP, "alice", lambda entry: work(entry.fields), count=25)
while consumer.step():
    continue""",
    ),
]

WRONG = [
    Wrong(
        "00.finish", "ack-deletes", "r.xdel(FINISH, *[entry_id for entry_id, fields in entries])"
    ),
    Wrong("00.finish", "", "r.xack(FINISH, GROUP, entries[0][0])"),
    Wrong("00.finish", "busygroup-destroy", 'r.xgroup_delconsumer(FINISH, GROUP, "alice")'),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 3, 4"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 7, 3"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 4, 7"),
    Wrong("00.account", "read-is-done", "waiting, unfinished = 4, 0"),
    Wrong("00.account", "read-is-pending", "waiting, unfinished = 4, 5"),
    Wrong("00.account", "", "waiting = 4"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 9, 2"),
    Wrong("01.patience", "block-socket", "patient = connect()"),
    Wrong("01.patience", "block-socket", "patient = connect(timeout=0.8)"),
    Wrong("01.patience", "block-equal", "patient = connect(timeout=8)"),
    Wrong("01.patience", "block-equal", "patient = connect(timeout=8.05)"),
    Wrong("01.patience", "units", "patient = connect(timeout=9000)"),
    Wrong("01.patience", "", "patient = 9"),
    Wrong("01.address", "raw-password", 'address = "redis://:tea#4@localhost:6379/2"'),
    Wrong("01.address", "database-name", 'address = "redis://:tea%234@localhost:6379/orders"'),
    Wrong("01.address", "user-slot", 'address = "redis://tea%234@localhost:6379/2"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6379/3"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6379/2?db=3"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6380/2"'),
    Wrong("01.address", "", 'address = "rediss://:tea%234@localhost:6379/2"'),
    Wrong("01.address", "", "address = connect"),
    Wrong("01.missed", "xread-dollar", 'reply = r.xread({MISSED: "$"}, block=50)'),
    Wrong("01.missed", "", "reply = r.xread"),
    Wrong("01.late", "block-0", 'block_ms = 0\nnews = hasty.xread({LATE: "0"}, block=block_ms)'),
    Wrong(
        "01.late",
        "block-socket",
        'block_ms = 1000\nnews = hasty.xread({LATE: "0"}, block=block_ms)',
    ),
    Wrong("01.late", "block-socket", "block_ms = 450"),
    Wrong("01.late", "units", 'block_ms = 0.2\nnews = hasty.xread({LATE: "0"}, block=block_ms)'),
    Wrong(
        "01.late", "empty-is-end", 'block_ms = 50\nnews = hasty.xread({LATE: "0"}, block=block_ms)'
    ),
    Wrong("03.numbers", "one-xadd", "r.xadd(NUMBERS, {str(n): n for n in range(10)})"),
    Wrong("03.numbers", "one-xadd", 'r.xadd(NUMBERS, {"value": str(list(range(10)))})'),
    Wrong("03.numbers", "", 'for n in range(1, 11):\n    r.xadd(NUMBERS, {"value": n})'),
    Wrong("03.numbers", "", 'for n in range(10):\n    r.xadd(NUMBERS, {"n": n})'),
    Wrong(
        "03.fields",
        "one-xadd",
        'for pair in (("item", "tea"), ("amount", 3), ("price", 4.5)):\n    r.xadd(ORDERS, '
        "dict([pair]))",
    ),
    Wrong(
        "03.fields",
        "nested",
        'r.xadd(ORDERS, {"order": str({"item": "tea", "amount": 3, "price": 4.5})})',
    ),
    Wrong("03.fields", "", 'r.xadd(ORDERS, {"item": "tea", "amount": 3})'),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
dearest = max(prices)
total = sum(map(int, prices))""",
    ),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
dearest = max(map(int, prices))
total = "".join(prices)""",
    ),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
dearest = max(prices, key=int)
total = sum(prices)""",
    ),
    Wrong("03.types", "", "dearest, total = 20, 41"),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": str(value)})""",
    ),
    Wrong(
        "03.readings",
        "gap-dropped",
        """
for value in measured:
    if value:
        r.xadd(READINGS, {"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": value or ""})""",
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
        "no-count",
        """
for turn in range(2):
    for entry_id, fields in r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)[EVEN]:
        got.append(fields["value"])""",
    ),
    Wrong(
        "04.handover",
        "no-count",
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
    Wrong("02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers")'),
    Wrong(
        "02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers", id="$", mkstream=True)'
    ),
    Wrong("02.start", "", 'r.xgroup_create("02:start", "reader", id="0")'),
    Wrong(
        "02.start",
        "read-is-done",
        'ensure_group(r, EARLY_BIRD, "readers")\nr.xreadgroup("readers", "ann", {EARLY_BIRD: ">"})',
    ),
    Wrong(
        "02.repeat",
        "busygroup-stops",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_destroy(AGAIN, "workers")
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        'r.delete(AGAIN)\nr.xadd(AGAIN, {"value": "starting"})\nensure_group(r, AGAIN, "workers")',
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xdel(AGAIN, yesterday[AGAIN][0][0])
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xack(AGAIN, "workers", yesterday[AGAIN][0][0])
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat", "", 'ensure_group(r, AGAIN, "workers")\nr.xadd(AGAIN, {"value": "started"})'
    ),
    Wrong(
        "02.repeat",
        "",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, GROUP)
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_setid(AGAIN, "workers", "0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
r.xgroup_create(BOTH, "archive")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 1""",
    ),
    Wrong(
        "02.two",
        "read-is-done",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
alarm = r.xadd(BOTH, {"value": "alarm"})
waiting = len(r.xreadgroup("alerts", "a", {BOTH: ">"})[BOTH])
r.xack(BOTH, "alerts", alarm)""",
    ),
    Wrong(
        "02.two",
        "read-is-done",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
[(first, _), *rest] = r.xreadgroup("archive", "a", {BOTH: ">"})[BOTH]
r.xack(BOTH, "archive", first)""",
    ),
    Wrong(
        "02.two",
        "zero-everything",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4""",
    ),
    Wrong(
        "02.two",
        "group-is-consumer",
        """
r.xgroup_create(BOTH, "programs", id="0")
r.xgroup_createconsumer(BOTH, "programs", "archive")
r.xgroup_createconsumer(BOTH, "programs", "alerts")
r.xadd(BOTH, {"value": "alarm"})""",
    ),
    Wrong(
        "02.two",
        "",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
for turn in range(2):
    r.xadd(BOTH, {"value": "alarm"})
waiting = 2""",
    ),
    Wrong(
        "02.two",
        "lag-number",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = [group["lag"] for group in r.xinfo_groups(BOTH) if group["name"] == "alerts"][0]""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4""",
    ),
    Wrong(
        "05.behind",
        "dollar-hides",
        'r.xgroup_createconsumer(BEHIND, GROUP, "c")\nr.xreadgroup(GROUP, "c", {BEHIND: ">"})',
    ),
    Wrong(
        "05.behind",
        "dollar-hides",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong("05.behind", "nogroup-never", "r.xgroup_destroy(BEHIND, GROUP)"),
    Wrong(
        "05.behind",
        "nogroup-never",
        """
r.delete(BEHIND)
for n in range(10):
    r.xadd(BEHIND, {"value": n})
r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})""",
    ),
    Wrong(
        "05.behind",
        "bookmark-reads",
        'done += [fields["value"] for entry_id, fields in r.xrange(BEHIND)]',
    ),
    Wrong(
        "05.behind",
        "unacked",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
done += [fields["value"] for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]]""",
    ),
    Wrong(
        "05.behind",
        "ack-first",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    r.xack(BEHIND, GROUP, entry_id)
    if fields["value"] == "3":
        break
    done.append(fields["value"])
r.xack(BEHIND, GROUP, *(line["message_id"] for line in r.xpending_range(BEHIND, GROUP, "-", "+", count=10)))""",
    ),
    Wrong("05.behind", "", 'r.xgroup_setid(BEHIND, GROUP, id="0")'),
    Wrong(
        "05.behind",
        "",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "somebody", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-as-value",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
        for entry_id, fields in entries:
            numbers.append(int(fields["value"]) if fields["value"].isdecimal() else 0)
            r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "restart-resumes",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"})[NIGHT]:
    numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    try:
        numbers.append(int(fields["value"]))
    except ValueError as error:
        ended_by = error
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    try:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
    except ValueError as error:
        ended_by = error""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT][:2]:
    numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "unacked",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    numbers.append(int(fields["value"]))""",
    ),
    Wrong("05.night", "", "numbers.append(3)"),
    Wrong(
        "05.night",
        "",
        """
try:
    for entry_id, fields in entries:
        numbers.append(int(fields["value"]))
except ValueError as error:
    ended_by = error""",
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
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xinfo_groups(LOSS)[0]["lag"]'),
    Wrong("09.loss", "lag-sees-loss", 'lost = r.xpending(LOSS, "mailing")["pending"]'),
    Wrong(
        "09.loss", "trimmed-is-lost", 'lost = r.xinfo_stream(LOSS)["entries-added"] - r.xlen(LOSS)'
    ),
    Wrong("09.loss", "", "lost = 7"),
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
    Wrong(
        "07.limit",
        "copy-is-move",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xadd(POISON + ":dead", {"value": r.xrange(POISON, line.id, line.id)[0][1]["value"]})""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        "r.xack(POISON, GROUP, *(line.id for line in pending(r, POISON, GROUP) if "
        "line.deliveries >= 3))",
    ),
    Wrong(
        "07.limit",
        "look-by-reading",
        """
r.xreadgroup(GROUP, "alice", {POISON: "0"})
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "limit-is-beyond",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries > 3:
        dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "neighbours-guilty",
        """
for line in pending(r, POISON, GROUP):
    dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "",
        "r.xdel(POISON, *(line.id for line in pending(r, POISON, GROUP) if line.deliveries >= 3))",
    ),
    Wrong(
        "07.replay",
        "replay-all",
        """
for letter in dead_letters(r, PRICES):
    replay(r, PRICES, letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-note",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, letter.fields)
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-leaves",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})""",
    ),
    Wrong(
        "07.replay",
        "replay-loses",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        prices.append(float(letter.fields["value"].replace(",", ".")))
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-is-handled",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
        prices.append(float(letter.fields["value"].replace(",", ".")))""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: prices.append(entry.fields["value"].replace(",", "."))) as consumer:
    consumer.drain()""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"].replace(",", ".")})
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for number, value in enumerate(values, 1):
        store(keys=["08:line", "08:line:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "repeat-is-known",
        """
for _, values in calls:
    for value in values:
        r.xadd("08:line", {"value": value})""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for n, (first, values) in enumerate(calls):
    for number, value in enumerate(values, 1):
        store(keys=["08:line", f"08:line:call:{n}"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
number = 0
for first, values in calls:
    for value in values:
        number += 1
        store(keys=["08:line", "08:line:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "delete-duplicates",
        """
seen = set()
for first, values in calls:
    for number, value in enumerate(values, first):
        entry_id = r.xadd("08:line", {"value": value})
        if number in seen:
            r.xdel("08:line", entry_id)
        seen.add(number)""",
    ),
    Wrong(
        "08.line",
        "equal-is-repeat",
        """
seen = set()
for _, values in calls:
    for value in values:
        if value not in seen:
            r.xadd("08:line", {"value": value})
        seen.add(value)""",
    ),
    Wrong("08.line", "", 'store(keys=["08:line", "08:line:producer"], args=[1, "a"])'),
    Wrong(
        "08.line",
        "",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line", "08:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "",
        """
stored = 0
for first, values in calls:
    for n, value in enumerate(values, first):
        if n == stored + 1:
            r.xadd("08:line", {"value": value})
            stored = n""",
    ),
    Wrong(
        "08.count",
        "idmp-exactly-once",
        """
for entry in work:
    r.hincrby("08:count:till", "sum", int(entry.fields["value"]))
    r.xack("08:count", GROUP, entry.id)""",
    ),
    Wrong(
        "08.count",
        "ack-first",
        """
for entry in work:
    r.xack("08:count", GROUP, entry.id)""",
    ),
    Wrong(
        "08.count",
        "ack-first",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HSET", "08:count:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "effect-is-enough",
        """
for entry in entries:
    r.hincrby("08:count:till", "sum", int(entry.fields["value"]))""",
    ),
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
        "ack-first",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "10.store",
        "round-trip",
        """
for n in range(100):
    r.xadd("10:store", {"value": n})""",
    ),
    Wrong(
        "10.store", "one-entry-many-fields", 'r.xadd("10:store", {str(n): n for n in range(100)})'
    ),
    Wrong(
        "10.store",
        "pipeline-unsent",
        """
pipeline = r.pipeline(transaction=False)
for n in range(100):
    pipeline.xadd("10:store", {"value": n})
r.xlen("10:store")""",
    ),
    Wrong(
        "10.store",
        "",
        """
pipeline = r.pipeline(transaction=False)
for n in range(99):
    pipeline.xadd("10:store", {"value": n})
pipeline.execute()""",
    ),
    Wrong(
        "10.five",
        "ack-first",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    r.xack("10:five", GROUP, *(entry_id for entry_id, _ in reply["10:five"]))
    for entry_id, fields in reply["10:five"]:
        work(fields)""",
    ),
    Wrong(
        "10.five",
        "ack-first",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50, noack=True):
    for entry_id, fields in reply["10:five"]:
        work(fields)""",
    ),
    Wrong(
        "10.five",
        "ack-once",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=5):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, entry_id)""",
    ),
    Wrong(
        "10.five",
        "ack-once",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, entry_id)""",
    ),
    Wrong(
        "10.five",
        "unacked",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    for entry_id, fields in reply["10:five"]:
        work(fields)""",
    ),
    Wrong(
        "10.five",
        "unacked",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=500):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, *(entry_id for entry_id, _ in reply["10:five"]))""",
    ),
    Wrong(
        "10.five",
        "ack-each",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        r.xack("10:five", GROUP, entry_id)""",
    ),
    Wrong(
        "10.five",
        "round-trip",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=1):
    [(entry_id, fields)] = reply["10:five"]
    work(fields)
    r.xack("10:five", GROUP, entry_id)""",
    ),
]
