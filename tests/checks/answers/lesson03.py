"""Answers to the exercises of lesson 03."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "03.numbers",
        """
from helpers.producer import Producer
with Producer(r, NUMBERS) as producer:
    for n in range(10):
        producer.send({"value": str(n)})""",
    ),
    Wrong("03.numbers", "one-xadd", "r.xadd(NUMBERS, {str(n): n for n in range(10)})"),
    Wrong("03.numbers", "one-xadd", 'r.xadd(NUMBERS, {"value": str(list(range(10)))})'),
    Wrong("03.numbers", "", 'for n in range(1, 11):\n    r.xadd(NUMBERS, {"value": n})'),
    Wrong("03.numbers", "", 'for n in range(10):\n    r.xadd(NUMBERS, {"n": n})'),
    Right("03.fields", 'r.xadd("03:fields", {"item": "tea", "amount": "3", "price": "4.5"})'),
    Wrong(
        "03.fields",
        "one-xadd",
        'for pair in (("item", "tea"), ("amount", 3), ("price", 4.5)):\n    r.xadd(ORDERS, '
        "dict([pair]))",
    ),
    Wrong(
        "03.fields",
        "nested",
        'r.xadd(ORDERS, {"order": str({"item": "tea", "amount": 3, "price": 4.5})})',
    ),
    Wrong("03.fields", "", 'r.xadd(ORDERS, {"item": "tea", "amount": 3})'),
    Right(
        "03.types",
        """
highest, total = "0", 0.0
for _, fields in r.xrevrange(PRICES):
    highest = max(highest, fields["value"], key=int)
    total += float(fields["value"])""",
    ),
    Right(
        "03.types",
        """
prices = [int(fields["value"]) for _, fields in r.xrange(PRICES)]
highest, total = max(prices), str(sum(prices))""",
    ),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
highest = max(prices)
total = sum(map(int, prices))""",
    ),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
highest = max(map(int, prices))
total = "".join(prices)""",
    ),
    Wrong(
        "03.types",
        "keeps-type",
        """
prices = [fields["value"] for _, fields in r.xrange(PRICES)]
highest = max(prices, key=int)
total = sum(prices)""",
    ),
    Wrong("03.types", "", "highest, total = 20, 41"),
    Right(
        "03.readings",
        """
with Producer(r, READINGS, batch=1) as producer:
    for value in measured:
        producer.send({"sensor": "attic"} if value is None else {"sensor": "attic", "value": str(value)})""",
    ),
    Wrong(
        "03.readings",
        "xadd-is-producer",
        """
r.xadd(READINGS, {"value": 21, "sensor": "attic"})
r.xadd(READINGS, {"sensor": "attic"})
r.xadd(READINGS, {"value": 23, "sensor": "attic"})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
with Producer(r, READINGS) as producer:
    for value in measured:
        producer.send({"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": str(value)})""",
    ),
    Wrong(
        "03.readings",
        "gap-dropped",
        """
for value in measured:
    if value:
        r.xadd(READINGS, {"sensor": "attic", "value": value})""",
    ),
    Wrong(
        "03.readings",
        "none-is-value",
        """
for value in measured:
    r.xadd(READINGS, {"sensor": "attic", "value": value or ""})""",
    ),
]
