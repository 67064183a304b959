"""Answers to the exercises of lesson 07."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "07.limit",
        """
for line in reversed(pending(r, POISON, GROUP)):
    if line.deliveries > 2:
        [(_, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", fields)
        r.xack(POISON, GROUP, line.id)""",
    ),
    Wrong(
        "07.limit",
        "copy-is-move",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xadd(POISON + ":dead", {"value": r.xrange(POISON, line.id, line.id)[0][1]["value"]})""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        "r.xack(POISON, GROUP, *(line.id for line in pending(r, POISON, GROUP) if "
        "line.deliveries >= 3))",
    ),
    Wrong(
        "07.limit",
        "look-by-reading",
        """
r.xreadgroup(GROUP, "alice", {POISON: "0"})
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "limit-is-beyond",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries > 3:
        dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "neighbours-guilty",
        """
for line in pending(r, POISON, GROUP):
    dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "",
        "r.xdel(POISON, *(line.id for line in pending(r, POISON, GROUP) if line.deliveries >= 3))",
    ),
    Right(
        "07.replay",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})
        r.xdel(PRICES + ":dead", letter.id)
for entry in read_group(r, PRICES, GROUP, "bob"):
    prices.append(float(entry.fields["value"].replace(",", ".")))
    r.xack(PRICES, GROUP, entry.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-all",
        """
for letter in dead_letters(r, PRICES):
    replay(r, PRICES, letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-note",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, letter.fields)
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-leaves",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})""",
    ),
    Wrong(
        "07.replay",
        "replay-loses",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        prices.append(float(letter.fields["value"].replace(",", ".")))
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-is-handled",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
        prices.append(float(letter.fields["value"].replace(",", ".")))""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: prices.append(entry.fields["value"].replace(",", "."))) as consumer:
    consumer.drain()""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"].replace(",", ".")})
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
]
