"""Attempts at the exercises of lesson 11, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
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
        "still pending",
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
        "a text's .encode() returns",
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
        "whatever you check before it, Alice may freeze",
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
        "send SADD and ZADD as well",
        """
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)
""",
    ),
    Tried(
        "11.fence",
        "hint",
        "late-write-wins",
        "SETNX never replaces a value",
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
        "dir(…) lists the names that it has",
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
        "where other programs look.",
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
        "but its key is `NOW`",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {'price': price}, gt=True)
partition.finish(entry.id, 'SET', 'now', price)
""",
    ),
]
