"""Attempts at the exercises of lesson 11, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "your SADD went to `prices`, but the value of `PRICES` is `11:fence:{0}:prices`",
        """
r.sadd("prices", price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "",
        "takes the lease away from its owner",
        """
r.delete(partition.lease)
partition.take()
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "`PRICES` lacks 10, 12, and holds",
        """
r.sadd(PRICES, entry.id)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "keeps the higher of two prices; it doesn't add them",
        """
r.sadd(PRICES, price)
r.zincrby(HIGHEST, price, "price")
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Right(
        "11.fence",
        """
with r.pipeline() as pipe:
    pipe.watch(partition.lease)
    if pipe.get(partition.lease) == partition.worker:
        pipe.multi()
        pipe.sadd(PRICES, price)
        pipe.zadd(HIGHEST, {"price": price}, gt=True)
        pipe.set(NOW, price)
        pipe.xack(FENCE, GROUP, entry.id)
        pipe.execute()
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "ack-first",
        "GT 10 price` came after its entry had been acknowledged",
        """
r.sadd(PRICES, price)
partition.finish(entry.id, "SET", NOW, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "ack-first",
        "SADD 11:fence:{0}:prices 10` came after",
        """
r.zadd(HIGHEST, {"price": price}, gt=True)
if partition.finish(entry.id, "SET", NOW, price):
    r.sadd(PRICES, price)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "look-then-act",
        "` although the script had just refused the entry",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "look-then-act",
        "Alice's XACK would have acknowledged it",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if not partition.finish(entry.id, "SET", NOW, price):
    r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "took an entry off the list before the script ran",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
r.xack(FENCE, GROUP, entry.id)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "no `SET` was sent to `now`",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Right(
        "11.fence",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if partition.finish(entry.id, "SET", NOW, price):
    r.xack(FENCE, GROUP, entry.id)  # Too much, but only for the owner
""",
    ),
    Right(
        "11.fence",
        """
script = '''
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('SADD', KEYS[3], ARGV[2])
redis.call('ZADD', KEYS[4], 'GT', ARGV[2], 'price')
redis.call('SET', KEYS[5], ARGV[2])
return redis.call('XACK', KEYS[1], ARGV[3], ARGV[4])
'''
keys = FENCE, partition.lease, PRICES, HIGHEST, NOW
r.eval(script, len(keys), *keys, partition.worker, price, GROUP, entry.id)
""",
    ),
    Right(
        "11.fence",
        """
if partition.take():
    r.sadd(PRICES, price)
    r.zadd(HIGHEST, {"price": price}, gt=True)
    partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "unacked",
        "2 entries pending: `partition.finish` sets",
        "partition.finish(entry.id, r.set(NOW, price))",
    ),
    Tried(
        "11.fence",
        "nearly",
        "",
        "you interrupted your cell",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
turns = 0
while not partition.finish(entry.id, "SET", NOW, price):
    partition.take()
    turns += 1
    if turns == 1100:
        raise KeyboardInterrupt
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "store the price in `now` with `SET`",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
r.zadd(NOW, {"price": price}, gt=True)
r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "put the customer's name there",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{{number}}}", {"customer": value, "value": customer})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "",
        "convert the text with its .encode()",
        """
r.xadd(f"11:route:{{{crc32(customer) % 4}}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "",
        "compare the arguments",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id)
""",
    ),
    Tried(
        "11.route",
        "hint",
        "",
        "but only XADD adds to a stream",
        """
r.rpush(f"11:route:{{{crc32(customer.encode()) % 4}}}", value)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "has 2 members, 10, 12",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {price: price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "look-then-act",
        "whatever you check first, Alice may freeze",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if int(price) > int(r.get(NOW) or 0):
    r.set(NOW, price)
r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "send SADD as well",
        """
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "NX never replaces a value",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SETNX", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "",
        "dir(…) lists the names that this object has",
        """
r.sadd(PRICES, price)
if r.get(partition.lease) == partition.name:
    r.set(NOW, price)
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "where other programs look for them.",
        """
r.xadd(f'11:route:{{{len(customer) % 4}}}', {'customer': customer, 'value': value})
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "so leave out the plain one",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
r.set(NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "open",
        "",
        "but the value of `NOW` is `11:fence:{0}:now`",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {'price': price}, gt=True)
partition.finish(entry.id, 'SET', 'now', price)
""",
    ),
    Tried(
        "11.route",
        "nearly",
        "",
        "your code never calls `crc32`",
        """
table = {"sam": 0, "ben": 1, "cleo": 2, "ann": 3}
r.xadd(f"11:route:{{{table[customer]}}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "what you stored lacks 5, 8",
        """
if customer == "sam":
    return
r.xadd(f"11:route:{{{crc32(customer.encode()) % 4}}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "holds 0, 1, 2, 3, … more than once",
        """
for _ in range(2):
    r.xadd(f"11:route:{{{crc32(customer.encode()) % 4}}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "",
        "a pipeline keeps its commands until execute()",
        """
pipe = r.pipeline()
pipe.xadd(f"11:route:{{{crc32(customer.encode()) % 4}}}", {"customer": customer, "value": value})
""",
    ),
    Right(
        "11.route",
        """
import binascii

number = binascii.crc32(customer.encode("ascii")) & 3
with r.pipeline() as pipe:
    pipe.xadd("11:route:{%d}" % number, {"customer": customer.encode(), "value": b"%d" % value})
    pipe.execute()
""",
    ),
    Right(
        "11.route",
        """
from helpers.partitions import partition_of, partition_stream

stream = partition_stream("11:route", partition_of(customer, 4))
r.xadd(stream, dict(customer=customer, value=value))
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "",
        "12` for the price 10",
        """
r.sadd(PRICES, 10, 12)
r.zadd(HIGHEST, {"price": 12})
partition.finish(entry.id, "SET", NOW, 12)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "gave one of these keys a different type",
        """
r.sadd(HIGHEST, price)
r.zadd(PRICES, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "keeps the higher of two",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, lt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "",
        "of members and scores, which is which",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {price: "price"}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "",
        "that is a whole entry, so send its ID",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "a `finish` with a different effect",
        """
partition.finish(entry.id, "SADD", PRICES, price)
partition.finish(entry.id, "ZADD", HIGHEST, "GT", price, "price")
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Right(
        "11.fence",
        """
with r.pipeline() as pipe:
    pipe.sadd(PRICES, price).zadd(HIGHEST, {"highest": float(price)}, gt=True).execute()
partition.finish(entry.id, "set", NOW, int(price))
""",
    ),
    Tried(
        "11.route",
        "hint",
        "",
        "but this exercise is about `11:route:{0}` to `11:route:{3}`",
        """
def partition_of(account):
    return f"11:orders:{{{crc32(account.encode()) % 4}}}"
r.xadd(partition_of(customer), {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "an entry lacks the field `customer`: give",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{{number}}}", {"value": value})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "instead of a number. Write three braces",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{number}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "they are named `11:route:{0}` to `11:route:{3}`",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{{number}}}:orders", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "removes orders already stored",
        """
number = crc32(customer.encode()) % 4
order = {"customer": customer, "value": value}
r.xadd(f"11:route:{{{number}}}", order, maxlen=1, approximate=False)
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "`DEL 11:route:{3}` removes orders",
        """
stream = f"11:route:{{{crc32(customer.encode()) % 4}}}"
r.delete(stream)
r.xadd(stream, {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "open",
        "",
        "what you stored lacks 5, 8",
        """
if customer != "sam":
    stream = f"11:route:{{{crc32(customer.encode()) % 4}}}"
    r.xadd(stream, {"customer": customer, "value": value}, maxlen=100)
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "contains a function instead of its result",
        """
def number():
    return crc32(customer.encode()) % 4
r.xadd("11:route:{%s}" % number, {"customer": customer, "value": value})
""",
    ),
    Right(
        "11.route",
        """
number = crc32(customer.encode())
while number >= 4:
    number -= number // 4 * 4
r.xadd("11:route:{{{}}}".format(number), {"value": value, "customer": customer})
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "",
        "your code names `bob`",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
bob.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "nearly",
        "",
        "your code names `alice`",
        """
if partition is alice:
    return
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "unacked",
        "Bob's `finish` was refused",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(twelve.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "unacked",
        "leave his lease alone",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
partition.give()
""",
    ),
    Tried(
        "11.fence",
        "open",
        "",
        "pass the ID of the entry that each call receives",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(price, "SET", NOW, entry.id)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "`now` is 10: Alice came late",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
r.zadd(HIGHEST, {"price": price}, nx=True)
r.set(NOW, price)
r.xack(FENCE, GROUP, entry.id)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "NX never replaces a value",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price, "NX")
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "it takes just the price",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price, "XX")
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "ack-first",
        "took an entry off the list before the script ran",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
r.xack(FENCE, GROUP, ten.id, twelve.id)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "but the value of `HIGHEST` is `11:fence:{0}:highest`",
        """
r.sadd(PRICES, price)
r.zadd("HIGHEST", {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "one-finish",
        "stored no price: compare it",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True, xx=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Right(
        "11.fence",
        """
for command in (("SADD", PRICES, price), ("ZADD", HIGHEST, "GT", price, "price")):
    r.execute_command(*command)
effect = "SET", NOW, price
if not partition.finish(entry.id, *effect):
    print(partition.worker, "came late")
""",
    ),
    Right(
        "11.fence",
        """
if r.get(partition.lease) != partition.worker:
    return
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": max(float(price), r.zscore(HIGHEST, "price") or 0)})
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.route",
        "hint",
        "one-stream",
        "must come from the customer",
        """
number = crc32(customer.encode()) % 4
r.xadd("11:route:{{0}}".format(number), {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.route",
        "hint",
        "another-name",
        "they are named `11:route:{0}` to",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{0{number}}}", {"customer": customer, "value": value})
""",
    ),
    Tried(
        "11.fence",
        "open",
        "",
        "now 12.0; 0 pending",
        """
r.sadd(PRICES, float(price))
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, float(price))
""",
    ),
]
