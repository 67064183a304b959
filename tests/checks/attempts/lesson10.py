"""Attempts at the exercises of lesson 10, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "10.five",
        "hint",
        "unacked",
        "returned 0: the group's name is `consumerGroup`",
        """
while reply := r.xreadgroup(GROUP, "a", {"10:five": ">"}, count=10):
    for i, f in reply["10:five"]:
        work(f)
    r.xack("10:five", "a", *[i for i, f in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "hint",
        "unacked",
        "are handled, before you read the next one.",
        """
ids = []
while reply := r.xreadgroup(GROUP, "a", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        ids.append(entry_id)
r.xack("10:five", GROUP, *ids)
""",
    ),
    Tried(
        "10.five",
        "hint",
        "unacked",
        "and read fewer entries at a time.",
        """
[(_, entries)] = r.xreadgroup(GROUP, "a", {"10:five": ">"}).items()
for entry_id, fields in entries:
    work(fields)
r.xack("10:five", GROUP, *[entry_id for entry_id, fields in entries])
""",
    ),
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
        "0 to 106 handled in order, at least half of them acknowledged and",
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
        "so call `execute()` once for each reply",
        """
pipeline = r.pipeline(transaction=False)
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=10):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        pipeline.xack("10:five", GROUP, entry_id)
pipeline.execute()
""",
    ),
    Tried(
        "10.five",
        "nearly",
        "",
        "you typed the result yourself: `done.extend(",
        """
done.extend(str(n) for n in range(107))
e = r.xreadgroup(GROUP,"alice",{"10:five":">"},count=107)["10:five"]
r.xack("10:five",GROUP,*[i for i,_ in e])
r.xreadgroup(GROUP,"alice",{"10:five":">"},count=10)
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "the stream isn't in the order that the task asks for",
        """
pipeline = r.pipeline(transaction=False)
for n in reversed(range(100)):
    pipeline.xadd("10:store", {"value": n})
pipeline.execute()
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "the stream lacks 0, 1, 2, 3, …, and holds value 0, value 1,",
        """
pipe = r.pipeline()
for n in range(100):
    pipe.xadd("10:store", {"value": f"value {n}"})
pipe.execute()
""",
    ),
    Tried(
        "10.store",
        "hint",
        "round-trip",
        "collect more commands before sending them",
        """
import threading
threads = [threading.Thread(target=r.xadd, args=("10:store", {"value": n})) for n in range(100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "`done` lacks 50, 51, 52, 53, …: go on until all are there",
        """
reply = r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50)
for entry_id, fields in reply["10:five"]:
    work(fields)
r.xack("10:five", GROUP, *[entry_id for entry_id, fields in reply["10:five"]])
""",
    ),
    Right(
        "10.five",
        """
todo = []
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=8):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        todo.append(entry_id)
    r.xack("10:five", GROUP, *todo)
    todo.clear()
""",
    ),
    Right(
        "10.five",
        """
handled, entries = [], []
while True:
    with r.pipeline(transaction=False) as pipe:
        if handled:
            pipe.xack("10:five", GROUP, *handled)
        pipe.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=5)
        entries = pipe.execute()[-1].get("10:five", [])
    if not entries:
        break
    for _, fields in entries:
        work(fields)
    handled = [entry_id for entry_id, _ in entries]
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "the stream lacks 0, and holds 100 instead",
        """
pipe = r.pipeline()
for n in range(1, 101):
    pipe.xadd('10:store', {'value': n})
pipe.execute()
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "no program survives a kill",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    entries = reply["10:five"]
    for entry_id, fields in entries:
        try:
            work(fields)
        except Killed:
            pass
    r.xack("10:five", GROUP, *[entry_id for entry_id, fields in entries])
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "your code never calls `work`",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    entries = reply["10:five"]
    for entry_id, fields in entries:
        done.append(fields["value"])
    r.xack("10:five", GROUP, *[entry_id for entry_id, fields in entries])
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "{'value': '0', 'n': '0'}",
        """
p = r.pipeline()
for n in range(100):
    p.xadd("10:store", {"value": n, "n": n})
p.execute()
""",
    ),
    Tried(
        "10.five",
        "hint",
        "xrange-delivers",
        "that the group hasn't delivered",
        """
r.xgroup_setid("10:five", GROUP, "$")
for entry_id, fields in r.xrange("10:five"):
    work(fields)
""",
    ),
    Tried(
        "10.five",
        "hint",
        "",
        "removed entries from the stream",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xdel("10:five", *(i for i, _ in reply["10:five"]))
""",
    ),
    Right(
        "10.store",
        """
import numpy as np
with r.pipeline(transaction=False) as p:
    for n in np.arange(100):
        p.xadd("10:store", {"value": int(n)})
        if n % 10 == 9:
            p.execute()
""",
    ),
    Right(
        "10.store",
        'r.transaction(lambda p: [p.xadd("10:store", {"value": n}) for n in range(100)])',
    ),
    Right(
        "10.five",
        """
done_ids = []
def flush():
    if done_ids:
        r.xack("10:five", GROUP, *done_ids)
        done_ids.clear()
for _ in range(7):
    for entry_id, fields in r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20)["10:five"]:
        work(fields)
        done_ids.append(entry_id)
        if len(done_ids) >= 9:
            flush()
    flush()
""",
    ),
    Right(
        "10.five",
        """
from itertools import islice
def stream():
    while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=53):
        yield reply["10:five"]
for batch in stream():
    [work(fields) for _, fields in batch]
    r.xack("10:five", GROUP, *[i for i, _ in batch])
""",
    ),
    Tried(
        "10.five",
        "nearly",
        "",
        "but you acknowledge in `finally`, which doesn't run when a program is killed",
        """
entries = r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=120)["10:five"]
handled = []
try:
    for entry_id, fields in entries:
        work(fields)
        handled.append(entry_id)
finally:
    r.xack("10:five", GROUP, *handled)
""",
    ),
    Tried(
        "10.five",
        "nearly",
        "",
        "but you acknowledge in `except`",
        """
handled = []
for entry_id, fields in r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=120)["10:five"]:
    try:
        work(fields)
    except Exception:
        r.xack("10:five", GROUP, *handled)
        raise
    handled.append(entry_id)
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "a function runs only when you call it",
        """
def go(size=10):
    for first in range(0, 100, size):
        pipe = r.pipeline(transaction=False)
        for n in range(first, first + size):
            pipe.xadd("10:store", {"value": n})
        pipe.execute()
""",
    ),
    Tried(
        "10.store",
        "hint",
        "one-entry-many-fields",
        "however many fields it has",
        """
p=r.pipeline()
for f in range(0,100,10):
    p.xadd('10:store', {str(n): n for n in range(f,f+10)})
p.execute()
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "90 of them were removed again",
        """
p = r.pipeline()
for n in range(100): p.xadd('10:store', {'value': n}, maxlen=10, approximate=False)
p.execute()
""",
    ),
    Tried(
        "10.five",
        "hint",
        "ack-each",
        "most entries still take one of their own",
        """
ids=[]
while reply := r.xreadgroup(GROUP, 'alice', {'10:five': '>'}, count=1):
    for i,f in reply['10:five']:
        work(f); ids.append(i)
    if len(ids)==20: r.xack('10:five', GROUP, *ids); ids=[]
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "sends only the commands that you added to the same",
        """
pipe = r.pipeline()
for n in range(100):
    r.pipeline().xadd("10:store", {"value": n})
pipe.execute()
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "added to the same pipeline earlier",
        """
pipe = r.pipeline()
pipe.execute()
for n in range(100):
    pipe.xadd("10:store", {"value": n})
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "the stream lacks 0, 1, 2, 3",
        """
for n in range(100):
    pipe = r.pipeline()
    pipe.xadd("10:store", {"value": n})
pipe.execute()
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "99 of them were removed again",
        """
pipe = r.pipeline()
for n in range(100):
    pipe.xadd("10:store", {"value": n}, maxlen=1, approximate=False)
pipe.execute()
""",
    ),
    Right(
        "10.store",
        """
def more(pipe, n):
    if n < 100:
        more(pipe.xadd("10:store", {"value": n}), n + 1)
    return pipe
more(r.pipeline(), 0).execute()
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "nothing can be handled after 107",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    handled = []
    for entry_id, fields in reply["10:five"]:
        if fields["value"] != "107":
            work(fields)
            handled.append(entry_id)
    r.xack("10:five", GROUP, *handled)
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "let its error end `consume`",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        with suppress(Killed):
            work(fields)
    r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "only 40 of the 107 handled entries",
        """
size = 40
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=size):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    if len(done) == size:
        r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "went through `work` more than once",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        work(fields)
    r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "`work` was never killed",
        """
entries = r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=107)["10:five"]
for entry_id, fields in entries:
    work(fields)
r.xack("10:five", GROUP, *[entry_id for entry_id, _ in entries])
""",
    ),
    Tried(
        "10.five",
        "nearly",
        "",
        "your code never calls `work`",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        if fields["value"] == "107":
            raise Killed
        done.append(fields["value"])
    r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "open",
        "",
        "the cell's `work` never puts it there",
        """
def work(fields):
    done.append(fields["value"])
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=20):
    for entry_id, fields in reply["10:five"]:
        work(fields)
    r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Tried(
        "10.five",
        "hint",
        "ack-each",
        "take one of their own",
        """
while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=10):
    for entry_id, fields in reply["10:five"]:
        work(fields)
        r.xpending("10:five", GROUP)
    r.xack("10:five", GROUP, *[entry_id for entry_id, _ in reply["10:five"]])
""",
    ),
    Right(
        "10.five",
        """
while entries := r.xreadgroup(GROUP, "bob", {"10:five": ">"}, count=12).get("10:five"):
    ids, fields = zip(*entries)
    list(map(work, fields))
    r.xack("10:five", GROUP, *ids)
""",
    ),
    Right(
        "10.five",
        """
def consume_rest():
    entries = r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=15).get("10:five", [])
    for _, fields in entries:
        work(fields)
    if entries:
        r.xack("10:five", GROUP, *[entry_id for entry_id, _ in entries])
        consume_rest()
consume_rest()
""",
    ),
    Tried(
        "10.store",
        "open",
        "",
        "isn't in the order",
        """
import threading
def part(first):
    pipe = r.pipeline()
    for n in range(first, first + 50):
        pipe.xadd("10:store", {"value": n})
    pipe.execute()
for first in (50, 0):
    thread = threading.Thread(target=part, args=(first,))
    thread.start()
    thread.join()
""",
    ),
    Tried(
        "10.store",
        "hint",
        "one-entry-many-fields",
        "a hundred entries take a hundred XADDs",
        """
pairs = [part for n in range(100) for part in ("value", n)]
r.execute_command("XADD", "10:store", "*", *pairs)
""",
    ),
    Tried(
        "10.store",
        "hint",
        "round-trip",
        "call `execute` less often",
        """
pipeline = r.pipeline(transaction=False)
for n in range(100):
    pipeline.xadd("10:store", {"value": n})
    pipeline.execute()
""",
    ),
]
