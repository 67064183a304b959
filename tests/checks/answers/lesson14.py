"""Answers to the exercises of lesson 14."""

from tests.checks.answers.kinds import Right, Wrong

LOOP = """
total = 0
for stream in STREAMS:
    for entry in read_group(r, stream, GROUP, "ann"):
        ack_with(r, stream, GROUP, entry.id, "INCR", keys[stream])
total = sum(int(r.get(key)) for key in keys.values())"""

SEND = """
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored"""

ANSWERS = [
    Right("14.spread", 'names = ["14:spread:{0}", "14:spread:{1}", "14:spread:{3}"]'),
    Right("14.spread", 'names = ("14:spread:{orders}", "14:spread:{eu}", "14:spread:{us}")'),
    Right("14.spread", 'names += ["14:spread:{3}:x", "14:spread:y{0}", "14:spread:{1}{3}"]'),
    Right(
        "14.spread",
        """
from redis.crc import key_slot
found = {}
for n in range(100):
    name = f"14:spread:{{{n}}}"
    found.setdefault(round(3 * key_slot(name.encode()) / 16384 - 0.5), name)
names = list(found.values())""",
    ),
    Wrong("14.spread", "tag-is-number", 'names = [f"14:spread:{{{n}}}" for n in range(3)]'),
    Wrong("14.spread", "tag-spreads", 'names = [f"14:spread:{{{n}}}" for n in (1, 2, 0, 3)][:3]'),
    Wrong("14.spread", "tag-spreads", 'names = [f"14:spread:{{{n}}}" for n in range(12)]'),
    Wrong("14.spread", "tag-is-whole", 'names = ["14:spread:a", "14:spread:b", "14:spread:c"]'),
    Wrong("14.spread", "tag-is-whole", 'names = ["14:spread:{}" + c for c in "abc"]'),
    Wrong("14.spread", "tag-first", 'names = ["14:spread:{0}:" + c for c in "abc"]'),
    Wrong("14.spread", "tag-first", 'names = ["orders:{0}", "orders:{1}", "orders:{3}"]'),
    Wrong("14.spread", "", "names = [0, 1, 3]"),
    Wrong("14.spread", "", 'names = ["14:spread:{0}", "14:spread:{1}"]'),
    Right("14.name", 'stream = "14:name:{orders}"' + SEND),
    Right("14.name", 'stream = "14:name:{x}:orders"' + SEND),
    Right("14.name", 'stream = "14:name:{orders:producer}"' + SEND),
    Right(
        "14.name",
        'stream = "14:name:}{a{b}"' + SEND.replace("(10)", "(5)") + SEND.replace("(10)", "(5, 10)"),
    ),
    Wrong("14.name", "tag-is-whole", 'stream = "14:name:{}orders"' + SEND),
    Wrong("14.name", "same-start", 'stream = "14:name:{orders"' + SEND),
    Wrong("14.name", "same-start", 'stream = "14:name:producer:till"' + SEND),
    Wrong("14.name", "tag-first", 'stream = "{14:name}:orders"' + SEND),
    Wrong("14.name", "name-is-all", 'stream = "14:name:{orders}"'),
    Wrong("14.name", "name-is-all", 'stream = "14:name:{orders}"' + SEND.replace("10", "9")),
    Wrong("14.name", "same-start", "stored = 10"),
    Wrong(
        "14.name",
        "name-is-all",
        'stream = "14:name:{orders}"\nstored = r.xadd(stream, {"value": 0})',
    ),
    Wrong("14.name", "", "stream = 14"),
    Right("14.count", "keys = {s: s + ':n' for s in STREAMS}" + LOOP),
    Right("14.count", "keys = {s: '14:count:sum' + s[9:] for s in STREAMS}" + LOOP),
    Right(
        "14.count", 'keys[STREAMS[0]], keys[STREAMS[1]] = "14:count:a{eu}", "14:count:b{us}"' + LOOP
    ),
    Right(
        "14.count",
        """
total = 0
for stream in STREAMS:
    keys[stream] = "14:count:done:" + stream.rpartition(":")[2]
    while entries := read_group(r, stream, GROUP, "ann", count=1):
        for entry in entries:
            total += ack_with(r, stream, GROUP, entry.id, "INCRBY", keys[stream], 1)""",
    ),
    Wrong("14.count", "one-for-all", 'keys = dict.fromkeys(STREAMS, "14:count:n")' + LOOP),
    Wrong("14.count", "one-for-all", 'keys = {STREAMS[0]: "14:count:{eu}:n"}'),
    Wrong("14.count", "same-start", "keys = {s: '14:count:' + s[-3:-1] for s in STREAMS}" + LOOP),
    Wrong("14.count", "same-start", "keys = {s: s.strip('}') for s in STREAMS}"),
    Wrong(
        "14.count",
        "tag-swapped",
        "keys = {s: t + ':n' for s, t in zip(STREAMS, STREAMS[::-1])}" + LOOP,
    ),
    Wrong("14.count", "effect-is-stream", "keys = {s: s for s in STREAMS}"),
    Wrong("14.count", "tag-first", "keys = {s: s[-4:] + ':14:count' for s in STREAMS}"),
    Wrong("14.count", "name-is-all", "keys = {s: s + ':n' for s in STREAMS}"),
    Wrong("14.count", "name-is-all", "keys = {s: s + ':n' for s in STREAMS}\ntotal = '5' + '5'"),
    Wrong("14.count", "", "total = 10"),
    Wrong("14.count", "", "keys = [s + ':n' for s in STREAMS]"),
]
