"""Answers to the exercises of lesson 08."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "08.line",
        """
for first, values in calls:
    for n, value in enumerate(values, first):
        r.eval(ONE, 2, "08:line", "08:line:till", n, value)""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for number, value in enumerate(values, 1):
        store(keys=["08:line", "08:line:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "repeat-is-known",
        """
for _, values in calls:
    for value in values:
        r.xadd("08:line", {"value": value})""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for n, (first, values) in enumerate(calls):
    for number, value in enumerate(values, 1):
        store(keys=["08:line", f"08:line:call:{n}"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
number = 0
for first, values in calls:
    for value in values:
        number += 1
        store(keys=["08:line", "08:line:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "delete-duplicates",
        """
seen = set()
for first, values in calls:
    for number, value in enumerate(values, first):
        entry_id = r.xadd("08:line", {"value": value})
        if number in seen:
            r.xdel("08:line", entry_id)
        seen.add(number)""",
    ),
    Wrong(
        "08.line",
        "equal-is-repeat",
        """
seen = set()
for _, values in calls:
    for value in values:
        if value not in seen:
            r.xadd("08:line", {"value": value})
        seen.add(value)""",
    ),
    Wrong("08.line", "", 'store(keys=["08:line", "08:line:producer"], args=[1, "a"])'),
    Wrong(
        "08.line",
        "",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line", "08:producer"], args=[number, value])""",
    ),
    Wrong(
        "08.line",
        "",
        """
stored = 0
for first, values in calls:
    for n, value in enumerate(values, first):
        if n == stored + 1:
            r.xadd("08:line", {"value": value})
            stored = n""",
    ),
    Right(
        "08.count",
        """
for entry in work:
    if r.xack("08:count", GROUP, entry.id):
        r.hincrby("08:count:till", "sum", int(entry.fields["value"]))""",
    ),
    Wrong(
        "08.count",
        "idmp-exactly-once",
        """
for entry in work:
    r.hincrby("08:count:till", "sum", int(entry.fields["value"]))
    r.xack("08:count", GROUP, entry.id)""",
    ),
    Wrong(
        "08.count",
        "ack-first",
        """
for entry in work:
    r.xack("08:count", GROUP, entry.id)""",
    ),
    Wrong(
        "08.count",
        "ack-first",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HSET", "08:count:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "effect-is-enough",
        """
for entry in entries:
    r.hincrby("08:count:till", "sum", int(entry.fields["value"]))""",
    ),
]
