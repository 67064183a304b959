"""Answers to the exercises of lesson 10."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
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
from helpers.producer import Producer
with Producer(r, "10:store") as producer:
    for n in range(100):
        producer.send({"value": n})""",
    ),
    Right(
        "10.store",
        """
for first in range(0, 100, 25):
    p = r.pipeline(transaction=False)
    for n in range(first, first + 25):
        p.xadd("10:store", {"value": n})
    p.execute()""",
    ),
    Right(
        "10.store",
        """
with r.pipeline() as p:
    [p.xadd("10:store", {"value": str(n)}) for n in range(100)]
    p.execute()""",
    ),
    Right(
        "10.store",
        "r.eval(\"for n = 0, 99 do redis.call('XADD', KEYS[1], '*', 'value', n) end\", 1, \"10:store\")",
    ),
    Right(
        "10.store",
        """
p = r.pipeline()
for n in range(100):
    p.xadd("10:store", {"value": n}, maxlen=50)
p.execute()""",
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
        "10.store",
        "round-trip",
        """
for n in range(100):
    p = r.pipeline()
    p.xadd("10:store", {"value": n})
    p.execute()""",
    ),
    Wrong(
        "10.store",
        "pipeline-unsent",
        """
p = r.pipeline()
for n in range(100):
    p.xadd("10:store", {"value": n})""",
    ),
    Wrong(
        "10.store", "one-entry-many-fields", 'r.xadd("10:store", {f"v{n}": n for n in range(100)})'
    ),
    Wrong(
        "10.store",
        "round-trip",
        """
p = r.pipeline()
for n in range(100):
    r.xadd("10:store", {"value": n})
p.execute()""",
    ),
    Wrong(
        "10.store",
        "",
        """
p = r.pipeline()
for n in range(1, 101):
    p.xadd("10:store", {"value": n})
p.execute()""",
    ),
    Wrong(
        "10.store",
        "round-trip",
        """
p = r.pipeline()
for n in range(100):
    p.xadd("10:store", {"value": n})
    p.execute()""",
    ),
    Wrong(
        "10.store",
        "",
        """
p = connect().pipeline()
for n in range(100):
    p.xadd("10:store", {"value": n})
p.execute()""",
    ),
    Wrong(
        "10.store",
        "",
        """
p = r.pipeline()
for n in range(100):
    p.xadd(STREAM, {"value": n})
p.execute()""",
    ),
    Wrong(
        "10.store",
        "round-trip",
        """
for first in range(0, 100, 5):
    p = r.pipeline()
    for n in range(first, first + 5):
        p.xadd("10:store", {"value": n})
    p.execute()""",
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
    Right(
        "10.five",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=30).get("10:five"):
    for _, fields in reply:
        work(fields)
    r.xack("10:five", GROUP, *dict(reply))""",
    ),
    Right(
        "10.five",
        """
for _ in range(3):
    ids = []
    for entry_id, fields in r.xreadgroup(GROUP, "bob", {"10:five": ">"}, count=40)["10:five"]:
        work(fields)
        ids.append(entry_id)
    r.xack("10:five", GROUP, *ids)""",
    ),
    Right(
        "10.five",
        """
from helpers.consumer import Consumer
c = Consumer(r, "10:five", GROUP, "alice", lambda e: work(e.fields), count=20)
while True:
    c.step()""",
    ),
    Right(
        "10.five",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    p = r.pipeline()
    for entry_id, fields in reply["10:five"]:
        p.xack("10:five", GROUP, entry_id)
        work(fields)
    p.execute()""",
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
        "noack",
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
    Wrong(
        "10.five",
        "xrange-delivers",
        """
for entry_id, fields in r.xrange("10:five"):
    work(fields)
    r.xack("10:five", GROUP, entry_id)""",
    ),
    Wrong(
        "10.five",
        "xrange-delivers",
        """
entries = r.xrange("10:five", count=50)
for entry_id, fields in entries: work(fields)
r.xack("10:five", GROUP, *[i for i, _ in entries])
entries = r.xrange("10:five", min="(" + entries[-1][0])
for entry_id, fields in entries: work(fields)""",
    ),
    Wrong(
        "10.five",
        "ack-first",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    r.xack("10:five", GROUP, *[i for i, _ in reply["10:five"]])
    for entry_id, fields in reply["10:five"]:
        work(fields)""",
    ),
    Wrong(
        "10.five",
        "unacked",
        """
for entry_id, fields in r.xreadgroup(GROUP, "alice", {"10:five": ">"})["10:five"]:
    work(fields)""",
    ),
    Wrong(
        "10.five",
        "unacked",
        """
reply = r.xreadgroup(GROUP, "alice", {"10:five": ">"})["10:five"]
for entry_id, fields in reply:
    work(fields)
r.xack("10:five", GROUP, *[i for i, _ in reply])""",
    ),
    Wrong(
        "10.five",
        "ack-once",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=10):
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
        work(fields)
    r.xack("10:five", "alice", *[i for i, _ in reply["10:five"]])""",
    ),
    Wrong(
        "10.five",
        "",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
    for entry_id, fields in reply["10:five"]:
        try:
            work(fields)
        except Killed:
            pass
    r.xack("10:five", GROUP, *[i for i, _ in reply["10:five"]])""",
    ),
    Wrong(
        "10.five",
        "round-trip",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=1):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        r.xack("10:five", GROUP, entry_id)""",
    ),
    Wrong(
        "10.five",
        "round-trip",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=4):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, *[i for i, _ in reply["10:five"]])""",
    ),
    Wrong(
        "10.five",
        "zero-from-start",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": "0"}, count=50):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, *[i for i, _ in reply["10:five"]])""",
    ),
]
