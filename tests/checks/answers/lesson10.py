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
with Producer(r, "10:store") as producer:
    for n in range(100):
        producer.send({"value": n})""",
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
