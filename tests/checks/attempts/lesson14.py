"""Attempts at the exercises of lesson 14, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

SEND = """
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored"""

COUNT = """
for stream in STREAMS:
    count(stream, keys[stream])
total = sum(int(r.get(key)) for key in keys.values())"""

ATTEMPTS = [
    Right("14.spread", 'for tag in "310":\n    names.append("14:spread:{" + tag + "}")'),
    Right("14.spread", 'names = ["14:spread:{" + str(n) + "}" for n in (7, 2, 4)]'),
    Right("14.spread", "names = ['14:spread:{10}', '14:spread:{9}', '14:spread:{8}']"),
    Right("14.spread", 'names = list(map("14:spread:{{{}}}:orders".format, (11, 6, 8)))'),
    Tried(
        "14.spread",
        "hint",
        "tag-is-number",
        "node 1 has no stream: a tag is hashed",
        'names = ["14:spread:{0}", "14:spread:{1}", "14:spread:{2}"]',
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-is-whole",
        "a name without a hash tag",
        'names = ["14:spread:0", "14:spread:1", "14:spread:3"]',
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-is-whole",
        "a name without a hash tag",
        'names = ["14:spread:{0", "14:spread:{1", "14:spread:{3"]',
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-first",
        "names with the same tag share a slot, whatever surrounds the tag",
        'names = ["{14:spread}:0", "{14:spread}:1", "{14:spread}:3"]',
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-spreads",
        "node 1 has no stream",
        'names = ["14:spread:{4}", "14:spread:{5}", "14:spread:{6}"]',
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-spreads",
        "you have more than three names: one for each master is",
        'names = [f"14:spread:{{{n}}}" for n in (3, 1, 0, 4)]',
    ),
    Tried("14.spread", "hint", "", "KeyError", 'names = ["14:spread:{tag}".format(n=3)]'),
    Tried("14.spread", "open", "", "three names that begin with 14:spread:", "names = [3, 1, 0]"),
    Right("14.name", 'stream = "14:name:{till}"' + SEND),
    Right("14.name", 'stream = "14:name:{14}:orders"' + SEND),
    Right("14.name", 'stream = "14:name:{orders}{x}"' + SEND),
    Right("14.name", 'stream = stream.replace("orders", "{orders}")' + SEND),
    Tried(
        "14.name", "hint", "same-start", "put braces around a part after `14:name:`", "stored = 1"
    ),
    Tried(
        "14.name",
        "hint",
        "same-start",
        "put braces around a part after `14:name:`",
        'stream = "14:name:(orders)"' + SEND,
    ),
    Tried(
        "14.name",
        "hint",
        "same-start",
        "close the braces around the part that both names share",
        'stream = "14:name:{orders"' + SEND,
    ),
    Tried("14.name", "hint", "tag-is-whole", "isn't a tag", 'stream = "14:name:orders{}"' + SEND),
    Tried("14.name", "hint", "tag-first", "begin with `14:name:`", 'stream = "{orders}"' + SEND),
    Tried(
        "14.name", "hint", "name-is-all", "the name is right. Now", 'stream = "14:name:{orders}"'
    ),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        "`stored` is 20",
        'stream = "14:name:{orders}"' + SEND + SEND,
    ),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        "the name is right. Now",
        'stream = "14:name:{orders}"\nstored = Producer(r, stream, producer_id="till").stored',
    ),
    Right("14.count", "for s in STREAMS:\n    keys[s] = s + ':orders'" + COUNT),
    Right("14.count", "keys = {s: f'14:count:{s[9:]}:n' for s in STREAMS}" + COUNT),
    Right("14.count", "keys = dict(zip(STREAMS, ['14:count:n{eu}', '14:count:n{us}']))" + COUNT),
    Right("14.count", "keys = {s: s + ':n' for s in STREAMS}" + COUNT + "\ntotal = float(total)"),
    Tried(
        "14.count",
        "hint",
        "one-for-all",
        "both streams are counted in one key",
        'keys = dict.fromkeys(STREAMS, "14:count:{eu}{us}")' + COUNT,
    ),
    Tried(
        "14.count",
        "hint",
        "same-start",
        "write the stream's tag, including the braces",
        'keys = {STREAMS[0]: "14:count:eu:n", STREAMS[1]: "14:count:us:n"}' + COUNT,
    ),
    Tried(
        "14.count",
        "hint",
        "tag-swapped",
        "the other stream's tag",
        'keys = dict(zip(STREAMS, ["14:count:{us}:n", "14:count:{eu}:n"]))' + COUNT,
    ),
    Tried(
        "14.count",
        "hint",
        "effect-is-stream",
        "can't be the stream itself",
        "keys = dict(zip(STREAMS, STREAMS))",
    ),
    Tried(
        "14.count",
        "hint",
        "one-for-all",
        "give the other stream a key, too",
        'keys = {STREAMS[1]: "14:count:{us}:n"}',
    ),
    Tried(
        "14.count",
        "hint",
        "tag-first",
        "begin with `14:count:`",
        'keys = dict(zip(STREAMS, ["{eu}:n", "{us}:n"]))',
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "the orders of 14:count:{eu} aren't acknowledged",
        "keys = {s: s + ':n' for s in STREAMS}",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "total = 55",
        "keys = {s: s + ':n' for s in STREAMS}" + COUNT + "\ntotal = '55'",
    ),
    Tried("14.count", "hint", "", "KeyError", COUNT),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        "no producer `till` has stored anything",
        """
stream = "14:name:{orders}"
for n in range(10):
    r.xadd(stream, {"value": n})
stored = 10
""",
    ),
    Tried(
        "14.name",
        "nearly",
        "name-is-all",
        "put the new name into `stream`",
        """
with Producer(r, "14:name:{orders}", producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "aren't acknowledged",
        """
keys = {stream: stream + ":done" for stream in STREAMS}
total = sum(r.xlen(stream) for stream in STREAMS)
""",
    ),
    Tried(
        "14.spread",
        "open",
        "",
        "a list of three names",
        """
names = {1: "14:spread:{0}", 2: "14:spread:{1}", 3: "14:spread:{3}"}
""",
    ),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        "set `stored` to `producer.stored`",
        """
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.send
""",
    ),
    Tried(
        "14.name",
        "hint",
        "same-start",
        "in an f-string, braces mark a variable",
        """
orders = "orders"
stream = f"14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-first",
        "must begin with `14:spread:`",
        """
names = [f'{{{n}}}14:spread' for n in (0, 1, 3)]
""",
    ),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        "the stream holds 1, 2, 3",
        """
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(1, 11):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "get each counter on its own",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = r.get(keys[STREAMS[0]]) + r.get(keys[STREAMS[1]])
""",
    ),
    Tried(
        "14.count",
        "hint",
        "effect-is-stream",
        "is the wrong way around",
        """
for stream in STREAMS:
    keys[stream + ":n"] = stream
    count(stream, stream + ":n")
total = sum(int(r.get(key)) for key in keys)
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "holds nothing, not 5",
        """
for stream in STREAMS:
    count(stream, stream + ":first")
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = sum(int(r.get(k) or 0) for k in keys.values())
""",
    ),
    Tried(
        "14.name",
        "nearly",
        "",
        "you typed the result yourself: `stored = 10`",
        """
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="till") as p:
    for n in range(10): p.send({"value": n})
stored = 10
""",
    ),
    Tried(
        "14.count",
        "nearly",
        "",
        "you typed the result yourself: `total = 10`",
        """
for s in STREAMS:
    keys[s] = s + ":n"
    count(s, keys[s])
total = 10
""",
    ),
    Tried(
        "14.count",
        "nearly",
        "",
        "use `count(stream, key)`, which counts and acknowledges in one step",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    for entry in read_group(r, stream, GROUP, "ann"):
        r.incr(keys[stream])
        r.xack(stream, GROUP, entry.id)
total = sum(int(r.get(key)) for key in keys.values())
""",
    ),
    Right(
        "14.name",
        """
stream = "14:name:{tea}"
with Producer(r, stream, producer_id="till") as producer:
    [producer.send({"value": n}) for n in range(10)]
    producer.flush()
    stored = producer.stored
""",
    ),
    Right(
        "14.name",
        """
stream = "{14:name:}"[1:-2] + ":{orders}"
producer = Producer(r, stream, producer_id="till")
with producer:
    for text in "0123456789":
        producer.send({"value": text})
stored = 0 + producer.stored
""",
    ),
    Right(
        "14.count",
        """
total = 0
for stream in STREAMS:
    keys[stream] = f"{stream}:handled"
    count(stream, keys[stream])
    total += int(r.get(keys[stream]))
""",
    ),
    Right(
        "14.count",
        """
keys |= {stream: stream + ":n" for stream in STREAMS}
for pair in keys.items():
    count(*pair)
total = sum(int(r.get(key)) for key in keys.values())
""",
    ),
    Tried(
        "14.count",
        "nearly",
        "",
        "a cluster refuses a command whose keys are in different slots",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = sum(map(int, r.mget(list(keys.values()))))
""",
    ),
    Tried(
        "14.spread",
        "open",
        "",
        "`names` is a dictionary",
        """
class Node:
    pass

names = {Node(): "14:spread:{0}", Node(): "14:spread:{2}", Node(): "14:spread:{3}"}
""",
    ),
    Right(
        "14.name",
        """
stream = "14:name:{till}:x"
p = Producer(r, stream, producer_id="till")
with p:
    [p.send({"n": n}) for n in range(10)]
    p.flush()
    stored = p.stored
""",
    ),
    Tried(
        "14.spread",
        "hint",
        "",
        "which yields its items only once",
        """
names = (f"14:spread:{{{tag}}}" for tag in (3, 1, 0))
""",
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-first",
        "three braces on each side",
        """
names = [f"14:spread:{{tag}}" for tag in (3, 1, 0)]
""",
    ),
    Tried(
        "14.spread",
        "open",
        "",
        "You set `name`, but the check looks at `names`",
        """
name = ["14:spread:{3}", "14:spread:{1}", "14:spread:{0}"]
""",
    ),
    Tried(
        "14.name",
        "hint",
        "name-is-all",
        'producer_id="till").',
        """
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="alice") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.count",
        "nearly",
        "",
        "doesn't use the counters: add up",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = sum(r.xlen(stream) for stream in STREAMS)
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "leave all reading to `count`",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    r.xreadgroup(GROUP, "bob", {stream: ">"})
    count(stream, keys[stream])
total = sum(int(r.get(key) or 0) for key in keys.values())
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "count each order once",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    for entry in read_group(r, stream, GROUP, "ann"):
        ack_with(r, stream, GROUP, entry.id, "INCRBY", keys[stream], 2)
total = sum(int(r.get(key)) for key in keys.values())
""",
    ),
    Tried(
        "14.count",
        "hint",
        "",
        "there is no such stream or group",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(keys[stream], stream)
""",
    ),
    Tried(
        "14.count",
        "open",
        "",
        "with the streams' full names",
        """
keys = ["14:count:{eu}:n", "14:count:{us}:n"]
for stream, key in zip(STREAMS, keys):
    count(stream, key)
total = sum(int(r.get(key)) for key in keys)
""",
    ),
    Right(
        "14.count",
        """
for stream in STREAMS:
    keys[stream] = stream.replace("count", "count:sum")
    count(stream, keys[stream])
with r.pipeline(transaction=False) as pipe:
    for key in keys.values():
        pipe.get(key)
    total = sum(map(int, pipe.execute()))
""",
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-first",
        "must begin with `14:spread:`",
        'names = ["node 1", "node 2", "node 3"]',
    ),
    Tried(
        "14.name",
        "hint",
        "",
        "an f-string treats what is in braces as a variable",
        'stream = f"14:name:{orders}"',
    ),
    Tried("14.name", "hint", "", "name 'Produce' is not defined", "Produce(r, stream)"),
    Tried(
        "14.name",
        "hint",
        "same-start",
        "in an f-string, braces mark a variable",
        """
orders = "orders"
stream = f"14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.name",
        "hint",
        "same-start",
        "put braces around a part after `14:name:`",
        """
stream = "14:name:tills"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Right(
        "14.name",
        """
orders = "orders"
stream = f"14:name:{{{orders}}}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
stored = producer.stored
""",
    ),
    Tried(
        "14.count",
        "hint",
        "name-is-all",
        "total = '55': all orders are counted",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = r.get(keys[STREAMS[0]]) + r.get(keys[STREAMS[1]])
""",
    ),
    Tried(
        "14.spread",
        "hint",
        "tag-is-whole",
        "`{}` isn't a tag",
        'names = ["14:spread:{}{3}", "14:spread:{}{4}", "14:spread:{}{0}"]',
    ),
    Tried(
        "14.spread",
        "open",
        "",
        "append() changes a list and returns nothing",
        'names = names.append("14:spread:{3}")',
    ),
    Tried(
        "14.spread",
        "hint",
        "",
        "so each round must change something that the condition",
        """
tag, names = 0, []
while len(names) < 3:
    name = f"14:spread:{{{tag}}}"
    if name not in names:
        names.append(name)
    else:
        raise KeyboardInterrupt
""",
    ),
    Right(
        "14.spread",
        """
found, n = {}, 0
while len(found) < 3:
    name = f"14:spread:{{{n}}}"
    found.setdefault(min(2, 3 * key_slot(name.encode()) // 16384), name)
    n += 1
names = list(found.values())
""".replace("found, n", "from redis.crc import key_slot\n\nfound, n"),
    ),
    *(
        Tried("14.name", "nearly", "", "the producer's own `stored`", code)
        for code in (
            'stream = "14:name:{orders}"' + SEND.replace("producer.stored", "r.xlen(stream)"),
            """
stream = "14:name:{orders}"
with Producer(r, stream, producer_id="till") as producer:
    for n in range(10):
        producer.send({"value": n})
        stored += 1
""",
        )
    ),
    Right(
        "14.name",
        """
def fill(name):
    with Producer(r, name, producer_id="till") as one:
        for n in range(10):
            one.send({"value": n})
    return getattr(one, "stored")

stored = fill(stream := "14:name:{till}")
""",
    ),
    *(
        Tried("14.count", "nearly", "", "doesn't use the counters", code)
        for code in (
            """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
total = 5 * len(STREAMS)
""",
            """
total = 0
for stream in STREAMS:
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
    total += 5
""",
        )
    ),
    Tried(
        "14.count",
        "open",
        "",
        "put the name of a counter into each keys[stream]",
        """
for stream in STREAMS:
    keys[stream] = count(stream, stream + ":n")
total = sum(int(r.get(stream + ":n")) for stream in STREAMS)
""",
    ),
    Tried(
        "14.count",
        "hint",
        "",
        "'NoneType' and 'int': one of the values is None",
        """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    for entry in read_group(r, stream, GROUP, "ann"):
        ack_with(r, stream, GROUP, entry.id, "INCR", keys[stream])
        total += 1
""",
    ),
    Right(
        "14.count",
        """
from functools import reduce

def done(before, stream):
    keys[stream] = stream + ":n"
    count(stream, keys[stream])
    return before + int(r.get(keys[stream]))

total = reduce(done, STREAMS, 0)
""",
    ),
    Tried(
        "14.count",
        "hint",
        "",
        "the dictionary doesn't have this key",
        """
for stream in STREAMS:
    count(keys[stream], stream)
""",
    ),
    Tried(
        "14.count",
        "nearly",
        "",
        "which counts and acknowledges in one step",
        """
with r.pipeline() as pipe:
    for stream in STREAMS:
        keys[stream] = stream + ":n"
        for entry in read_group(r, stream, GROUP, "ann"):
            pipe.incr(keys[stream])
            pipe.xack(stream, GROUP, entry.id)
    pipe.execute()
total = sum(int(r.get(key)) for key in keys.values())
""",
    ),
]
