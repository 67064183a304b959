"""Attempts at the exercises of lesson 10, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "10.store",
        "hint",
        "",
        "you worked on `10:dataStream`, but this exercise is about",
        """
from helpers.producer import Producer
with Producer(r, STREAM) as producer:
    for n in range(100):
        producer.send({"value": n})
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "0 to 106 handled in order, in at most 43 round trips, at",
        "done.extend(range(107))",
    ),
    Tried("10.store", "not started", "", "", "# A pipeline, I think"),
    Tried(
        "10.store",
        "hint",
        "round-trip",
        "call the pipeline's own `xadd`",
        """
pipeline = r.pipeline(transaction=False)
for n in range(100):
    r.xadd("10:store", {"value": n})
pipeline.execute()
""",
    ),
    Tried(
        "10.five",
        "hint",
        "unacked",
        "so call that once for each reply",
        """
pipeline = r.pipeline(transaction=False)
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=10):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        pipeline.xack("10:five", GROUP, entry_id)
pipeline.execute()
""",
    ),
]
