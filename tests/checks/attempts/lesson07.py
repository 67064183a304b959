"""Attempts at the exercises of lesson 07, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "`word` was tried, but is still Alice's and counts as",
        """
for line in pending(r, DECIDE, GROUP):
    for _ in range(limit):
        try:
            handle({"value": "word"})
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "",
        "you asked about `07:dataStream` (`XPENDING 07:dataStream",
        """
for line in pending(r, STREAM, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, STREAM, GROUP, line, "poison")
""",
    ),
    Tried("07.replay", "open", "", "3,50 and 4,20 at the end of the stream", "prices = [3.5, 4.2]"),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "3,50, 4,20 came back, failed again",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda e: prices.append(float(e.fields["value"])),
              min_idle_ms=100, max_deliveries=3) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "poison-passes",
        "nothing pending by consumer 'alice'.",
        """
def handle(entry):
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except Exception:
        raise Retry("away")

through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "your handler hasn't gone through the outage yet",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("away") from None
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "ack-buries",
        "`ten` was paid, as text: convert the value with `int`,",
        """
def handle(entry):
    try:
        shop.rpush("paid", entry.fields["value"])
    except redis.ConnectionError:
        raise Retry("away") from None

through_an_outage(handle)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "limit-is-beyond",
        "d was delivered three times, so move it, too: entries at",
        """
lines = [line for line in pending(r, POISON, GROUP) if line.deliveries >= 3]
dead_letter(r, POISON, GROUP, lines[0], "poison")
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "another-name",
        "your push goes to a server other than the payments'",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        r.rpush("07:outage:paid", number)
    except redis.ConnectionError:
        raise Retry("away") from None

through_an_outage(handle)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "look-by-reading",
        "delivered the entries again",
        """
r.xautoclaim(POISON, GROUP, "alice", 0)
for line in pending(r, POISON, GROUP):
    if line.deliveries > 3:
        dead_letter(r, POISON, GROUP, line, "too often")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "limit-is-beyond",
        "b was delivered four times",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries == 3:
        dead_letter(r, POISON, GROUP, line, "three times")
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "doesn't end with TypeError: tuple indices",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)

def handle(entry):
    prices.append(float(entry["value"].replace(",", ".")))

with Consumer(r, PRICES, GROUP, "alice", handle, min_idle_ms=100, max_deliveries=3) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        'it must have called `shop.rpush("paid", number)`',
        """
def handle(entry):
    number = int(entry.fields["value"])
    paid.append(number)

through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        'it must have called `shop.rpush("paid", number)`',
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("payments", number)
    except redis.ConnectionError:
        raise Retry("database away") from None

through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "`raise` it",
        """
def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        return Retry("the database is away")
through_an_outage(pay)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "ack-buries",
        "counts its own tries",
        """
with Consumer(r, POISON, GROUP, "alice", lambda entry: None,
              min_idle_ms=100, max_deliveries=3) as alice:
    alice.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "another-name",
        "takes the stream that the entries came from",
        """
def read_price(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES + ":dead", letter.id)
with Consumer(r, PRICES, GROUP, "alice", read_price) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "keeps-type",
        "holds text",
        """
def read_price(entry):
    prices.append(entry.fields["value"].replace(",", "."))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", read_price) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "takes a point for the comma",
        """
def read_price(entry):
    prices.append(int(entry.fields["value"].replace(",", "")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", read_price) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "instead of making its own",
        """
def read_price(entry):
    prices = []
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", read_price) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "not all of them are handled",
        """
def read_price(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
Consumer(r, PRICES, GROUP, "alice", read_price, count=1).step()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "takes a point for the comma",
        """
for letter in dead_letters(r, PRICES):
    if "," in letter.fields["value"]:
        replay(r, PRICES, letter.id)
def read_price(entry):
    prices.append(round(float(entry.fields["value"].replace(",", "."))))
with Consumer(r, PRICES, GROUP, "bob", read_price) as c:
    c.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "because your cell ended before that",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))

through_an_outage(pay, transient=redis.ConnectionError)
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "once each: only the handler appends",
        """
def read_price(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        read_price(letter)
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", read_price) as c:
    c.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "your handler hasn't gone through the outage yet",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))
with Consumer(r, OUTAGE, GROUP, "alice", pay) as c:
    c.drain()
""",
    ),
]
