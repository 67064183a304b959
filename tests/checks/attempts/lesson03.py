"""Attempts at the exercises of lesson 03, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "03.readings",
        "hint",
        "one-xadd",
        "an entry without `sensor` doesn't say where",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic"})
        if value:
            producer.send({"value": value})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "one-xadd",
        "to add ten entries, call XADD ten times",
        """
r.xadd(NUMBERS, {"value": n for n in range(10)})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the entries have different fields: give each",
        """
for n in range(10):
    r.xadd(NUMBERS, {n: n})
""",
    ),
    Right(
        "03.fields",
        """
r.xadd(ORDERS, {"item": "packet of tea", "amount": 3, "price": "4.50"})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "from 0 to 9, in that order",
        """
for n in reversed(range(10)):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "the entry lacks amount = 3, and holds ammount = 3 instead",
        'r.xadd(ORDERS, {"item": "tea", "ammount": 3, "price": 4.5})',
    ),
    Tried(
        "03.types",
        "open",
        "",
        "`highest` is the sum; `total` is the highest price",
        """
prices = [int(fields["value"]) for entry_id, fields in r.xrange(PRICES)]
total, highest = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "7 is the lowest of these prices",
        """
prices = [int(fields["value"]) for entry_id, fields in r.xrange(PRICES)]
highest, total = prices[0], sum(prices)
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the stream should not hold 10",
        """
for n in range(11):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the stream lacks 9: add every number from 0 to 9",
        """
for n in range(9):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "more than once: once is enough",
        """
for n in 2 * list(range(10)):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "MAXLEN removes the oldest entries",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": n}, maxlen=5, approximate=False)
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "the whole order into a single entry, even though",
        """
for packet in range(3):
    r.xadd(ORDERS, {"item": "tea", "amount": 1, "price": 4.5})
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "the entry lacks price = 4.5, and holds price = 4,5 instead",
        'r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": "4,5"})',
    ),
    Tried(
        "03.types",
        "open",
        "",
        "`highest` is the last price; `total` is the number of prices",
        """
highest = r.xrevrange(PRICES, count=1)[0][1]["value"]
total = r.xlen(PRICES)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "`total` is None, which isn't a number",
        """
highest = max(int(fields["value"]) for entry_id, fields in r.xrange(PRICES))
""",
    ),
    Right("03.fields", 'r.xadd(ORDERS, {"item": "tea", "amount": "3", "price": "4.50"})'),
    Tried(
        "03.readings",
        "nearly",
        "xadd-is-producer",
        "the entries are right, but you used XADD: send all three",
        """
for value in measured:
    fields = {"sensor": "attic"}
    if value is not None:
        fields["value"] = value
    r.xadd(READINGS, fields)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "another-type",
        "RPUSH` creates a key of another type, which holds no",
        "r.rpush(NUMBERS, *range(10))",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "you worked on `03:dataStream` (`XADD 03:dataStream * value",
        """
for n in range(10):
    r.xadd(STREAM, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(1, 11):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(9):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "your cell ended with DataError: XADD fields must be a",
        """
for n in range(10):
    r.xadd(NUMBERS, n)
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(10):
    r.xadd(NUMBERS, {n: n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(10):
    r.xadd(NUMBERS, {"values": n})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "one-xadd",
        "call XADD once for each number, in a loop",
        'r.xadd(NUMBERS, {"value": range(10)})',
    ),
    Tried(
        "03.numbers",
        "hint",
        "one-xadd",
        "call XADD once for each number, in a loop",
        'r.xadd(NUMBERS, {"value": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]})',
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "you worked on `NUMBERS` (`XADD NUMBERS * value 9`), but",
        """
for n in range(10):
    r.xadd("NUMBERS", {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": "n"})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "another-type",
        "SET` creates a key of another type, which holds no",
        """
for n in range(10):
    r.set(NUMBERS, n)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "your cell ended with ResponseError: The ID specified in",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": n}, id=n)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "one-xadd",
        "to add ten entries, call XADD ten times",
        'r.xadd(NUMBERS, {"value": 0})',
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in reversed(range(10)):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for _ in range(2):
    for n in range(10):
        r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "your cell ended with NameError: name 'xadd' is not defined:",
        """
for n in range(10):
    xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": n}, maxlen=5, approximate=False)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "one-xadd",
        "one XADD adds one entry, whatever you put into it",
        'r.xadd(NUMBERS, {"value": "0 to 9"})',
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": float(n)})
""",
    ),
    Right(
        "03.numbers",
        """
for n in range(0, 10):
    r.xadd("03:numbers", {"value": str(n)})
""",
    ),
    Right(
        "03.numbers",
        """
for n in "0123456789":
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Right(
        "03.numbers",
        """
n = 0
while n < 10:
    r.xadd(NUMBERS, {"value": n})
    n += 1
""",
    ),
    Right(
        "03.numbers",
        """
pipeline = r.pipeline()
for n in range(10):
    pipeline.xadd(NUMBERS, {"value": n})
pipeline.execute()
""",
    ),
    Right("03.numbers", "[r.xadd(NUMBERS, dict(value=n)) for n in range(10)]"),
    Tried(
        "03.fields",
        "hint",
        "one-xadd",
        "your three XADDs added three entries, which could go to",
        """
r.xadd(ORDERS, {"item": "tea"})
r.xadd(ORDERS, {"amount": 3})
r.xadd(ORDERS, {"price": 4.5})
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "nested",
        "you put the whole order into one field, where",
        """
import json
r.xadd(ORDERS, {"order": json.dumps({"item": "tea", "amount": 3, "price": 4.5})})
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "nested",
        "the dictionary that XADD takes *is* the entry's fields, and",
        'r.xadd(ORDERS, {"order": {"item": "tea", "amount": 3, "price": 4.5}})',
    ),
    Tried("03.fields", "open", "", "", 'r.xadd(ORDERS, {"item": "tea", "amount": 3})'),
    Tried(
        "03.fields", "open", "", "", 'r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": "4,5"})'
    ),
    Tried(
        "03.fields", "open", "", "", 'r.xadd(ORDERS, {"item": "tea", "quantity": 3, "price": 4.5})'
    ),
    Tried(
        "03.fields",
        "hint",
        "",
        "your cell ended with TypeError: StreamCommands.xadd() got",
        'r.xadd(ORDERS, item="tea", amount=3, price=4.5)',
    ),
    Tried(
        "03.fields",
        "hint",
        "",
        "you worked on `03:dataStream` (`XADD 03:dataStream * item",
        'r.xadd(STREAM, {"item": "tea", "amount": 3, "price": 4.5})',
    ),
    Tried(
        "03.fields", "open", "", "", 'r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 13.5})'
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "",
        """
for _ in range(3):
    r.xadd(ORDERS, {"item": "tea", "amount": 1, "price": 4.5})
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "another-type",
        "HSET` creates a key of another type, which holds no",
        'r.hset(ORDERS, mapping={"item": "tea", "amount": 3, "price": 4.5})',
    ),
    Tried(
        "03.fields", "open", "", "", 'r.xadd(ORDERS, {"item": "Tea", "amount": 3, "price": 4.5})'
    ),
    Tried(
        "03.fields",
        "hint",
        "nested",
        "you put the whole order into one field, where",
        'r.xadd(ORDERS, {"value": "tea 3 4.5"})',
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "",
        'r.xadd(ORDERS, {"item": "tea", "amount": "3 packets", "price": 4.5})',
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "",
        """
for _ in range(2):
    r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 4.5})
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "",
        "your cell ended with DataError: XADD fields must be a",
        'r.xadd(ORDERS, ["tea", 3, 4.5])',
    ),
    Tried(
        "03.fields",
        "hint",
        "nested",
        "the dictionary that XADD takes *is* the entry's fields, and",
        'r.xadd(ORDERS, {"value": {"item": "tea"}})',
    ),
    Tried(
        "03.fields",
        "hint",
        "",
        "your cell ended with DataError: XADD's argument 4, after",
        'r.xadd(ORDERS, {"item": ("tea", 3, 4.5)})',
    ),
    Right("03.fields", 'r.xadd(ORDERS, {"price": 4.5, "amount": 3, "item": "tea"})'),
    Right(
        "03.fields",
        """
fields = dict(item="tea", amount=3, price=4.5)
r.xadd(ORDERS, fields)
""",
    ),
    Right(
        "03.fields",
        """
from decimal import Decimal
r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": str(Decimal("4.5"))})
""",
    ),
    Right(
        "03.fields",
        """
from helpers.producer import Producer
with Producer(r, ORDERS) as producer:
    producer.send({"item": "tea", "amount": 3, "price": 4.5})
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "`total` must be a number, but what you read from a stream",
        """
prices = [f["value"] for i, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "7 is the lowest of these prices, but as text,",
        """
prices = [f["value"] for i, f in r.xrange(PRICES)]
highest = max(prices)
total = sum(int(p) for p in prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "an entry is an (ID, fields) pair, and the",
        """
prices = r.xrange(PRICES)
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "",
        """
prices = [int(f["value"]) for i, f in r.xrange(PRICES)]
highest = max(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "because as text, '7' sorts after '20'",
        """
prices = [int(f["value"]) for i, f in r.xrange(PRICES)]
highest, total = min(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "adding text to text just makes longer text: convert",
        """
prices = [f["value"] for i, f in r.xrange(PRICES)]
highest, total = max(prices, key=int), "".join(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "you worked on `03:dataStream`, but this exercise is about",
        """
prices = [int(f["value"]) for i, f in r.xrange(STREAM)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "an entry is an (ID, fields) pair, and the",
        """
prices = [int(f["price"]) for i, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "an entry is an (ID, fields) pair, and the",
        """
prices = [int(f) for i, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried("03.types", "open", "", "", "highest, total = 20, 41"),
    Tried(
        "03.types",
        "open",
        "",
        "",
        """
highest = r.xrevrange(PRICES, count=1)[0][1]["value"]
total = 42
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "7 is the lowest of these prices, but as text,",
        """
prices = sorted(f["value"] for i, f in r.xrange(PRICES))
highest, total = prices[-1], sum(map(int, prices))
""",
    ),
    Tried("03.types", "open", "", "", "highest, total = 7 > 20, 42"),
    Tried(
        "03.types",
        "open",
        "",
        "",
        """
prices = [int(f["value"]) for i, f in r.xrange(PRICES)]
total, highest = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "an entry is an (ID, fields) pair, and the",
        """
prices = [int(v) for v in r.xrange(PRICES).values()]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "",
        """
prices = [int(f["value"]) for i, f in r.xrange(PRICES)]
highest, total = max(prices), len(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "your cell ended with NameError: name 'measured' is not",
        "highest, total = max(measured), 1",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "an entry is an (ID, fields) pair, and the",
        """
prices = [int(f["value"]) for i, f in r.xrange(PRICES)]
highest, total = max(r.xrange(PRICES)), sum(prices)
""",
    ),
    Right(
        "03.types",
        """
highest, total = 0, 0
for entry_id, fields in r.xrange(PRICES):
    price = int(fields["value"])
    highest = price if price > highest else highest
    total = total + price
""",
    ),
    Right(
        "03.types",
        """
prices = sorted(float(f["value"]) for _, f in r.xread({PRICES: "0"})[PRICES])
highest, total = prices[-1], sum(prices)
""",
    ),
    Right(
        "03.types",
        """
from decimal import Decimal
prices = [Decimal(f["value"]) for _, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Right(
        "03.types",
        """
import numpy
prices = numpy.array([int(f["value"]) for _, f in r.xrange(PRICES)])
highest, total = prices.max(), prices.sum()
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "`None` can't be stored, so the program stopped at the gap",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "the text 'None' looks like a reading, and `int()` fails",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": str(value)})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "gap-dropped",
        "you sent no entry for the gap, but a missing reading is news, too: send an entry",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        if value is not None:
            producer.send({"sensor": "attic", "value": value})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "gap-dropped",
        "an entry without fields can't be stored, and nobody would",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value} if value else {})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "the second entry has a `value`, '', though there was no",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value or ""})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "the second entry has a `value`, '0', though there was no",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value or 0})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "your cell ended with TypeError: field 'value': list can't",
        """
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": measured})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "you worked on `03:dataStream` (`XADD 03:dataStream * sensor",
        """
for value in measured:
    fields = {"sensor": "attic"}
    if value: fields["value"] = value
    r.xadd(STREAM, fields)
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "your cell ended with TypeError: fields must be a dict such",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send(value)
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"value": value} if value else {"sensor": "attic"})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "your cell ended with RuntimeError: this producer isn't",
        """
producer = Producer(r, READINGS)
for value in measured:
    producer.send({"sensor": "attic", "value": value} if value else {"sensor": "attic"})
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "The second entry has the first one's value, although",
        """
fields = {"sensor": "attic"}
with Producer(r, READINGS) as producer:
    for value in measured:
        if value is not None:
            fields["value"] = value
        producer.send(fields)
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "your cell ended with TypeError: Producer.__init__() missing",
        """
with Producer(READINGS) as producer:
    pass
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "gap-dropped",
        "you sent no entry for the gap, but a missing reading is news, too: send an entry",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        try:
            producer.send({"sensor": "attic", "value": value})
        except TypeError:
            pass
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "your cell ended with TypeError: Producer.send() got an",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send(sensor="attic", value=value)
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "",
        """
with Producer(r, READINGS) as producer:
    for value in (21, 23):
        producer.send({"sensor": "attic", "value": value})
    producer.send({"sensor": "attic"})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "the second entry has a `value`, 'gap', though there was no",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": "gap" if value is None else value})
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"attic": value} if value else {"attic": ""})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "",
        "you worked on `readings`, but this exercise is",
        """
with Producer(r, "readings") as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value} if value else {"sensor": "attic"})
""",
    ),
    Right(
        "03.readings",
        """
from helpers.producer import Producer
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic"} | ({} if value is None else {"value": value}))
""",
    ),
    Right(
        "03.readings",
        """
from helpers.producer import Producer
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": measured[0]})
    producer.send({"sensor": "attic"})
    producer.send({"sensor": "attic", "value": measured[2]})
""",
    ),
    Right(
        "03.readings",
        """
from helpers.producer import Producer
with Producer(r, READINGS) as producer:
    for value in measured:
        fields = {"sensor": "attic", "value": value}
        producer.send({name: v for name, v in fields.items() if v is not None})
""",
    ),
    Right(
        "03.readings",
        """
from helpers.producer import Producer
with Producer(r, READINGS, pace=0.01) as producer:
    for value in measured:
        fields = dict(sensor="attic")
        if value:
            fields.update(value=str(value))
        producer.send(fields)
    producer.flush()
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "removed entries from the stream",
        """
ids = [r.xadd(NUMBERS, {"value": n}) for n in range(10)]
r.xdel(NUMBERS, ids[0])
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "`r` sent nothing",
        """
added = (r.xadd(NUMBERS, {"value": n}) for n in range(10))
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "",
        "compare the arguments with those in the lesson",
        """
r.xadd(ORDERS, item="tea", amount=3, price=4.5)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "leave the ID out",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": n}, id=n)
""",
    ),
    Tried(
        "03.types",
        "nearly",
        "",
        "you typed the result yourself: `highest, total = (20, 42)`",
        """
highest, total = 20, 42
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the stream isn't in the order that the task asks for",
        """
for n in range(9, -1, -1):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Right(
        "03.types",
        """
highest = total = 0
for _, fields in r.xrevrange(PRICES):
    price = int(fields["value"])
    total += price
    if price > highest:
        highest = price
""",
    ),
    Right(
        "03.types",
        """
from functools import reduce
numbers = [*map(int, (fields["value"] for _, fields in r.xrange(PRICES)))]
*_, highest = sorted(numbers)
total = reduce(int.__add__, numbers)
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "each entry lacks value, and holds number instead",
        """
for n in range(10):
    r.xadd(NUMBERS, {"number": n})
""",
    ),
    Tried(
        "03.fields",
        "hint",
        "nested",
        "pass `item`, `amount` and `price` directly.",
        """
r.xadd(ORDERS, {"order": {"item": "tea", "amount": 3, "price": 4.5}})
""",
    ),
    Tried(
        "03.readings",
        "hint",
        "none-is-value",
        "with only the field `sensor`.",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value})
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "although the sensor didn't answer: create a new",
        """
fields = {"sensor": "attic"}
with Producer(r, READINGS) as producer:
    for value in measured:
        if value is not None:
            fields["value"] = value
        producer.send(fields)
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "isn't in the order that the task asks for",
        """
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": 21})
    producer.send({"sensor": "attic", "value": 23})
    producer.send({"sensor": "attic"})
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "reading = 21",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        fields = {"sensor": "attic"}
        if value is not None:
            fields["reading"] = value
        producer.send(fields)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "by exactly these names",
        """
values = [int(fields["value"]) for entry_id, fields in r.xrange(PRICES)]
print(max(values), sum(values))
""",
    ),
    Right(
        "03.types",
        """
highest = total = 0
for entry_id, fields in r.xrange(PRICES):
    price = int(fields["value"])
    total += price
    if price > highest:
        highest = price
""",
    ),
    Right(
        "03.types",
        """
from functools import reduce
prices = sorted(int(fields["value"]) for _, fields in r.xrange(PRICES, "-", "+"))
highest = prices[-1]
total = reduce(lambda a, b: a + b, prices)
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "You added the same order 2 times: once is enough.",
        """
r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 4.5})
r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 4.5})
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "you worked on `03:dataStream`, but this exercise is about",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(STREAM)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "the highest price and the sum of 7, 20, 15, as numbers;",
        """
prices = [int(f["value"]) for _, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices) / len(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "the highest price and the sum of 7, 20, 15, as numbers;",
        """
prices = map(int, [f["value"] for _, f in r.xrange(PRICES)])
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "the stream should not hold 99: leave that out.",
        """
r.xadd(PRICES, {"value": 99})
prices = [int(f["value"]) for _, f in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "is a list, [0]",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": [n]})
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "the entry lacks",
        """
r.xadd(ORDERS, {"item": "packets of tea"})
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "Put the whole order into a single entry",
        """
for _ in range(3):
    r.xadd(ORDERS, {"item": "tea"})
""",
    ),
    Tried(
        "03.fields",
        "open",
        "",
        "One of your entries holds the whole order",
        """
r.xadd(ORDERS, {"item": "tea", "amount": 3})
r.xadd(ORDERS, {"item": "tea", "amount": 3, "price": 4.5})
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "not the highest: compare the prices",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
highest, total = prices[0], sum(prices)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "which isn't a number",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
highest, total = max(prices), f"{sum(prices)} euros"
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "is max itself, which isn't a number",
        """
highest, total = max, sum
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "create a new dictionary each time, and leave",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value or 21})
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "Only the first reading is there",
        """
try:
    with Producer(r, READINGS) as producer:
        for value in measured:
            producer.send({"sensor": "attic", "value": value})
except TypeError as error:
    print(error)
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "each entry should not hold second",
        """
for n in range(0, 10, 2):
    r.xadd(NUMBERS, {"value": n, "second": n + 1})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the entries have different fields: give each entry just one",
        """
r.xadd(NUMBERS, {"value": 0, "color": "red"})
for n in range(1, 10):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "open",
        "",
        "the stream lacks 0: add every number from 0 to 9, as range(10) yields them",
        """
for n in range(10):
    if n:
        r.xadd(NUMBERS, {"value": n})
""",
    ),
    Tried(
        "03.numbers",
        "hint",
        "",
        "your `DEL 03:numbers` deleted the stream",
        """
for n in range(10):
    r.xadd(NUMBERS, {"value": n})
clean_slate(r, NUMBERS)
""",
    ),
    Right(
        "03.numbers",
        """
r.xadd(NUMBERS, {"value": 1})  # A slip, so begin again
r.delete(NUMBERS)
for n in range(10):
    r.xadd(NUMBERS, {"value": n})
""",
    ),
    Right(
        "03.numbers",
        """
def add(n):
    if n > 0:
        add(n - 1)
    r.xadd(NUMBERS, {"value": n})

add(9)
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "`highest` is 0, so no price went into it.",
        """
highest, total = 0, 0
for _, fields in r.xrange(PRICES):
    if int(fields["value"]) < highest:
        highest = int(fields["value"])
    total += int(fields["value"])
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "not 'list': int() and float() convert a single text",
        """
prices = int([fields["value"] for _, fields in r.xrange(PRICES)])
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "reply-shape",
        "loop over `entry_id, fields`",
        """
prices = [fields.values() for _, fields in r.xrange(PRICES)]
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "keeps-type",
        "7 is the lowest of these prices, not the highest",
        """
prices = sorted(int(fields["value"]) for _, fields in r.xrange(PRICES))
highest, total = prices[0], sum(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "a generator or map() had already yielded its items",
        """
prices = (int(fields["value"]) for _, fields in r.xrange(PRICES))
total = sum(prices)
highest = max(prices)
""",
    ),
    Tried(
        "03.types",
        "hint",
        "",
        "this is a single number where Python needs several",
        """
for _, fields in r.xrange(PRICES):
    prices = int(fields["value"])
highest, total = max(prices), sum(prices)
""",
    ),
    Tried(
        "03.types",
        "nearly",
        "",
        "`highest` in `highest, total = (20, sum(prices))` doesn't come from",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
highest, total = 20, sum(prices)
""",
    ),
    Tried(
        "03.types",
        "nearly",
        "",
        "doesn't come from anything that the server returned",
        """
prices = [7, 20, 15]
highest, total = max(prices), sum(prices)
""",
    ),
    Right(
        "03.types",
        """
total, highest = 0, 0
for _, fields in r.xrange(PRICES):
    total, highest = total + int(fields["value"]), max(highest, int(fields["value"]))
""",
    ),
    Tried(
        "03.readings",
        "nearly",
        "xadd-is-producer",
        "you used XADD: send all three with a Producer",
        """
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": 21})
r.xadd(READINGS, {"sensor": "attic"})
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": 23})
""",
    ),
    Tried(
        "03.readings",
        "nearly",
        "xadd-is-producer",
        "you used XADD: send all three with a Producer",
        """
from threading import Thread

def produce():
    for value in measured:
        fields = {"sensor": "attic"}
        if value is not None:
            fields["value"] = value
        r.xadd(READINGS, fields)

thread = Thread(target=produce)
thread.start()
thread.join()
""",
    ),
    Tried(
        "03.readings",
        "open",
        "",
        "lacks (sensor = attic, value = 21), (sensor = attic), (sensor = attic, value = 23), and",
        """
with Producer(r, READINGS) as producer:
    producer.send({"sensor": "attic", "value": str(measured)})
""",
    ),
    Right(
        "03.readings",
        """
for value in measured:
    with Producer(r, READINGS) as producer:
        producer.send({"sensor": "attic"} | ({} if value is None else {"value": value}))
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "`compute` sets a local `highest` of its own: return it",
        """
def compute():
    prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
    highest, total = max(prices), sum(prices)

compute()
""",
    ),
    Tried(
        "03.types",
        "open",
        "",
        "sort() changes a list and returns nothing",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
total = sum(prices)
highest = prices.sort()
""",
    ),
]
