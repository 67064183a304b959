"""Answers to the exercises of lesson 11."""

from tests.checks.answers.kinds import Right, Wrong

ADD = 'r.xadd(f"11:route:{{{number}}}", {"customer": customer, "value": value})'

ANSWERS = [
    Right(
        "11.route",
        """
from helpers.partitions import partition_of, partition_stream
r.xadd(partition_stream("11:route", partition_of(customer, 4)), {"customer": customer, "value": value})""",
    ),
    Right(
        "11.route",
        """
import zlib
name = "11:route:{" + str(zlib.crc32(bytes(customer, "utf-8")) % 4) + "}"
r.xadd(name, dict(value=value, customer=customer))""",
    ),
    Right(
        "11.route",
        """
partitions = ["11:route:{%d}" % n for n in range(4)]
with r.pipeline() as pipe:
    pipe.xadd(partitions[crc32(customer.encode()) % len(partitions)], {"customer": customer, "value": value})
    pipe.execute()""",
    ),
    Right(
        "11.route",
        """
from helpers.producer import Producer
number = crc32(customer.encode()) & 3
with Producer(r, f"11:route:{{{number}}}") as producer:
    producer.send({"customer": customer, "value": value})""",
    ),
    Wrong("11.route", "", "number = sum(customer.encode()) % 4\n" + ADD),
    Wrong(
        "11.route",
        "hash-is-stable",
        """
hash = len  # Python's own may by chance agree with crc32
number = hash(customer) % 4
"""
        + ADD,
    ),
    Wrong("11.route", "", "number = (crc32(customer.encode()) + 1) % 4\n" + ADD),
    Wrong("11.route", "", "number = crc32(customer.upper().encode()) % 4\n" + ADD),
    Wrong("11.route", "round-robin", "number = value % 4\n" + ADD),
    Wrong("11.route", "round-robin", "number = crc32(str(value).encode()) % 4\n" + ADD),
    Wrong("11.route", "round-robin", "number = crc32(f'{customer}{value}'.encode()) % 4\n" + ADD),
    Wrong("11.route", "one-stream", "number = 0\n" + ADD),
    Wrong(
        "11.route",
        "another-name",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{number}}", {"customer": customer, "value": value})""",
    ),
    Wrong("11.route", "one-stream", 'r.xadd("11:route", {"customer": customer, "value": value})'),
    Wrong(
        "11.route",
        "stream-per-key",
        'r.xadd(f"11:route:{customer}", {"customer": customer, "value": value})',
    ),
    Wrong(
        "11.route",
        "stream-per-key",
        'r.xadd(f"11:route:{{{customer}}}", {"customer": customer, "value": value})',
    ),
    Wrong(
        "11.route",
        "another-name",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{number}", {"customer": customer, "value": value})""",
    ),
    Wrong(
        "11.route",
        "",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"orders:{{{number}}}", {"customer": customer, "value": value})""",
    ),
    Wrong("11.route", "another-name", "number = crc32(customer.encode()) % 4 + 1\n" + ADD),
    Wrong("11.route", "", "number = crc32(customer.encode()) % 5\n" + ADD),
    Wrong(
        "11.route",
        "another-name",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{{number}}}", {customer: value})""",
    ),
    Wrong("11.route", "", "number = crc32(customer) % 4\n" + ADD),
    Wrong("11.route", "", "number = crc32(customer.encode()) % 4\n" + ADD + "\n" + ADD),
    Wrong(
        "11.route",
        "",
        """
number = crc32(customer.encode()) % 4
r.xadd(f"11:route:{{{number}}}", {"customer": customer, "value": value}, maxlen=2, approximate=False)""",
    ),
    Right(
        "11.fence",
        """
r.zadd(HIGHEST, {"price": float(price)}, gt=True)
r.sadd(PRICES, price)
done = partition.finish(entry.id, "SET", NOW, price)""",
    ),
    Right(
        "11.fence",
        """
with r.pipeline(transaction=True) as pipe:
    pipe.sadd(PRICES, price)
    pipe.zadd(HIGHEST, {"price": price}, gt=True)
    pipe.execute()
if not partition.finish(entry.id, "SET", NOW, price):
    print("too late")""",
    ),
    Right(
        "11.fence",
        """
from helpers.streams import ack_with
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
ack_with(r, FENCE, GROUP, entry.id, "SET", NOW, price)""",
    ),
    Right(
        "11.fence",
        """
r.sadd(PRICES, price)
known = r.zscore(HIGHEST, "price")
if known is None or float(price) > known:
    r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SET", NOW, price)""",
    ),
    Wrong(
        "11.fence",
        "late-write-wins",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
r.set(NOW, price)
r.xack(FENCE, GROUP, entry.id)""",
    ),
    Wrong(
        "11.fence",
        "late-write-wins",
        """
r.set(NOW, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
partition.finish(entry.id, "SADD", PRICES, price)""",
    ),
    Wrong(
        "11.fence",
        "late-write-wins",
        """
r.set(NOW, price)
r.sadd(PRICES, price)
partition.finish(entry.id, "ZADD", HIGHEST, "GT", price, "price")""",
    ),
    Wrong(
        "11.fence",
        "late-write-wins",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price})
partition.finish(entry.id, "SET", NOW, price)""",
    ),
    Wrong(
        "11.fence",
        "late-write-wins",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if partition.held or partition.worker == "alice":
    r.set(NOW, price)
r.xack(FENCE, GROUP, entry.id)""",
    ),
    Wrong(
        "11.fence",
        "look-then-act",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if r.get(partition.lease) == partition.worker:
    r.set(NOW, price)
    r.xack(FENCE, GROUP, entry.id)""",
    ),
    Wrong(
        "11.fence",
        "look-then-act",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if partition.take():
    r.set(NOW, price)
    r.xack(FENCE, GROUP, entry.id)""",
    ),
    Wrong(
        "11.fence",
        "look-then-act",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if r.xack(FENCE, GROUP, entry.id):
    r.set(NOW, price)""",
    ),
    Wrong(
        "11.fence",
        "ack-first",
        """
if partition.finish(entry.id, "SET", NOW, price):
    r.sadd(PRICES, price)
    r.zadd(HIGHEST, {"price": price}, gt=True)""",
    ),
    Wrong(
        "11.fence",
        "ack-first",
        """
partition.finish(entry.id, "SADD", PRICES, price)
partition.finish(entry.id, "ZADD", HIGHEST, "GT", price, "price")
partition.finish(entry.id, "SET", NOW, price)""",
    ),
    Wrong(
        "11.fence",
        "one-finish",
        """
partition.finish(entry.id, "SET", NOW, price)
partition.finish(entry.id, "SADD", PRICES, price)
partition.finish(entry.id, "ZADD", HIGHEST, "GT", price, "price")""",
    ),
    Wrong("11.fence", "one-finish", 'partition.finish(entry.id, "SET", NOW, price)'),
    Wrong(
        "11.fence",
        "unacked",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if partition is bob:
    r.set(NOW, price)""",
    ),
    Wrong(
        "11.fence",
        "unacked",
        """
r.sadd(PRICES, price)
r.zadd(HIGHEST, {"price": price}, gt=True)
if r.get(partition.lease) == partition.worker:
    r.set(NOW, price)
    r.xack(GROUP, FENCE, entry.id)""",
    ),
    Wrong("11.fence", "", "r.sadd(PRICES, price)"),
    Wrong(
        "11.fence",
        "unacked",
        """
r.zadd(HIGHEST, {"price": price}, gt=True)
r.set(NOW, price)
partition.finish(entry.id, price)""",
    ),
    Wrong("11.fence", "", 'partition.finish(entry["id"], "SET", NOW, price)'),
]
