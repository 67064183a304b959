"""Attempts at the exercises of lesson 07, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "07.decide",
        "nearly",
        "",
        "came before you added the copy",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        r.xack(DECIDE, GROUP, line.id)
        r.xadd(DECIDE + ":dead", {**r.xrange(DECIDE, line.id, line.id)[0][1], "dead:id": line.id})
        continue
    for i, f in r.xclaim(DECIDE, GROUP, "bob", 0, [line.id]):
        try:
            handle(f)
            r.xack(DECIDE, GROUP, i)
        except ValueError: pass
""",
    ),
    Tried(
        "07.limit",
        "nearly",
        "",
        "add the copy first, or let one script do both",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, f)] = r.xrange(POISON, line.id, line.id)
        r.xack(POISON, GROUP, line.id)
        r.xadd(POISON + ":dead", {**f, "dead:reason": "x"})
""",
    ),
    Tried(
        "07.limit",
        "open",
        "",
        "nothing was moved",
        """
for line in pending(r, POISON, GROUP, min_idle_ms=3_600_000):
    dead_letter(r, POISON, GROUP, line, "x")
""",
    ),
    Tried(
        "07.limit",
        "open",
        "",
        "07:limit:dead holds b, d more than once",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, f)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", {**f, "dead:reason": "x"})
        dead_letter(r, POISON, GROUP, line, "x")
""",
    ),
    Tried(
        "07.replay",
        "nearly",
        "",
        "`XDEL 07:replay:dead ",
        """
def handle(e):
    prices.append(float(e.fields["value"].replace(",", ".")))
for l in dead_letters(r, PRICES):
    if l.fields["value"] != "free":
        r.xdel(PRICES + ":dead", l.id)
        r.xadd(PRICES, {"value": l.fields["value"]})
with Consumer(r, PRICES, GROUP, "alice", handle) as c:
    c.drain()
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "claim-to-look",
        "came after you had listed the pending entries, so `dead_letter`",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xclaim(POISON, GROUP, "bob", 0, [line.id])
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "claim-to-look",
        "JUSTID` came after you had listed",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xclaim(POISON, GROUP, "bob", 0, [line.id], justid=True)
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "look-by-reading",
        "counted as another delivery, but a, c and e must",
        """
r.xautoclaim(POISON, GROUP, "bob", 0)
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "claim-to-look",
        "Move it without claiming or",
        """
for line in pending(r, DECIDE, GROUP):
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        if line.deliveries >= limit:
            dead_letter(r, DECIDE, GROUP, line, "poison")
            continue
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "claim-to-look",
        "which brought b to the limit",
        """
r.xautoclaim(DECIDE, GROUP, "bob", 60_000)
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "poison")
        continue
    [(entry_id, fields)] = r.xrange(DECIDE, line.id, line.id)
    try:
        handle(fields)
    except ValueError:
        continue
    r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.limit",
        "open",
        "",
        "a dead letter doesn't contain its entry's own fields",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xadd("07:limit:dead", {"value": line.id, "reason": "poison"})
        r.xack(POISON, GROUP, line.id)
""",
    ),
    Tried(
        "07.replay",
        "open",
        "",
        "nothing has been replayed yet",
        """
def collect(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

with Consumer(r, PRICES, GROUP, "alice", collect) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "`word` was tried, but it's still pending for Alice and counts as",
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
        "3,50, 4,20 failed again after the replay",
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
        "nothing pending by consumer 'alice'",
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
        "`through_an_outage` hasn't run your handler yet",
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
        "`ten` was paid, as text: before the push, convert",
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
        "your push doesn't go to the payments' database",
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
        "XPENDING, which lists entries without delivering them",
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
        "doesn't fail with TypeError: tuple indices",
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
        'it must call `shop.rpush("paid", number)`',
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
        'it must call `shop.rpush("paid", number)`',
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
        "counts only its own attempts",
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
        "the stream that the entries came from",
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
        "`prices` lacks 3.5, 4.2, and holds 350, 420 instead",
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
        "keeping it in a different list",
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
        "not all of them have been handled",
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
        "`prices` lacks 3.5, 4.2, and holds 4, 4 instead",
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
        "once is enough. Only the handler should append",
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
        "`through_an_outage` hasn't run your handler yet",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))
with Consumer(r, OUTAGE, GROUP, "alice", pay) as c:
    c.drain()
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "you typed the result yourself: `tried.extend(",
        """
a, bomb, word, b = pending(r, DECIDE, GROUP)
dead_letter(r, DECIDE, GROUP, bomb, "limit")
for x in (a, word, b):
    r.xclaim(DECIDE, GROUP, "bob", 0, [x.id])
r.xack(DECIDE, GROUP, a.id, b.id)
tried.extend(["a","word","b"]); done.extend("ab")
""",
    ),
    Tried(
        "07.replay",
        "nearly",
        "",
        "you typed the result yourself: `prices = [3.5, 4.2]`",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free": replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: None) as c: c.drain()
prices = [3.5, 4.2]
""",
    ),
    Tried(
        "07.replay",
        "nearly",
        "",
        "have the consumer's handler append each number",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        prices.append(float(letter.fields["value"].replace(",", ".")))
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: None) as c: c.drain()
""",
    ),
    Tried(
        "07.replay",
        "nearly",
        "",
        "`prices` in `prices.append(float(",
        """
for letter in dead_letters(r, PRICES)[::2]:
    replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: None) as consumer:
    consumer.drain()
for text in ("3,50", "4,20"):
    prices.append(float(text.replace(",", ".")))
""",
    ),
    Tried(
        "07.outage",
        "nearly",
        "",
        "have the handler do that",
        """
through_an_outage(lambda entry: int(entry.fields["value"]) and None)
shop.rpush("paid", 30, 12)
paid = shop.lrange("paid", 0, -1)
""",
    ),
    Tried(
        "07.decide",
        "open",
        "",
        "`tried` holds word more than once",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(entry_id, fields)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    for attempt in range(2):
        try:
            handle(fields)
            r.xack(DECIDE, GROUP, entry_id)
            break
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "limit-after",
        "counts only its own attempts",
        """
with Consumer(r, DECIDE, GROUP, "bob", lambda entry: handle(entry.fields),
              min_idle_ms=60_000, max_deliveries=limit) as bob:
    bob.drain()
""",
    ),
    Right(
        "07.decide",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, f"{line.deliveries} deliveries")
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 0, [line.id]):
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Right(
        "07.decide",
        """
lines = pending(r, DECIDE, GROUP)
poison = {line.id for line in lines if not line.deliveries < limit}
for line in lines:
    if line.id in poison:
        dead_letter(r, DECIDE, GROUP, line, "limit")
from contextlib import suppress
for line in lines:
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 1000, [line.id]):
        with suppress(ValueError):
            handle(fields)
            r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Right(
        "07.replay",
        """
class Prices:
    def __call__(self, entry):
        prices.append(float(".".join(entry.fields["value"].split(","))))
for letter in dead_letters(r, PRICES):
    letter.fields["value"] == "free" or replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "carl", Prices()) as carl:
    carl.drain()
""",
    ),
    Right(
        "07.replay",
        """
got = {}
def keep(entry):
    got[entry.id] = entry.fields["value"]
letters = [letter for letter in dead_letters(r, PRICES) if "," in letter.fields["value"]]
back = [replay(r, PRICES, letter.id) for letter in letters]
with Consumer(r, PRICES, GROUP, "alice", keep) as consumer:
    consumer.drain()
prices = [float(text.replace(",", ".")) for text in got.values()]
""",
    ),
    Right(
        "07.outage",
        """
def pay(entry):
    number = int(entry.fields["value"])
    with shop.pipeline() as pipe:
        pipe.rpush("paid", number)
        try:
            pipe.execute()
        except redis.ConnectionError as error:
            raise Retry(str(error)) from error
through_an_outage(pay)
""",
    ),
    Right(
        "07.outage",
        """
through_an_outage(
    lambda entry: shop.rpush("paid", int(entry.fields["value"])),
    transient=(redis.ConnectionError, redis.TimeoutError),
)
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-loses",
        "leave it among the dead letters",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
    else:
        r.xdel(PRICES + ":dead", letter.id)
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "has no note",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        [(_, fields)] = r.xrange(DECIDE, line.id, line.id)
        r.xadd("07:decide:dead", fields)
        r.xack(DECIDE, GROUP, line.id)
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "were still pending for Alice",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(entry_id, fields)] = r.xrange(DECIDE, line.id, line.id)
    try:
        handle(fields)
        r.xack(DECIDE, GROUP, entry_id)
    except ValueError:
        r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
""",
    ),
    Tried(
        "07.limit",
        "nearly",
        "",
        "has no note",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd("07:limit:dead", fields)
        r.xack(POISON, GROUP, line.id)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "",
        "removed entries from the stream",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd("07:limit:dead", fields)
        r.xdel(POISON, line.id)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "neighbors-guilty",
        "has reached three",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries <= 3:
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "",
        "one of the two is text",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= "3":
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "printing it",
        """
def handle(entry):
    print(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)

with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "replay-leaves",
        "more than once: push",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("x")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "before that, it must call",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.set("paid", number)
    except redis.ConnectionError:
        raise Retry("x")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "first-failure",
        "became dead letters: your handler failed with TypeError",
        """
def handle(fields):
    number = int(fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("x")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "call `through_an_outage(handle)` below",
        """
bank.start()
def handle(entry):
    shop.rpush("paid", int(entry.fields["value"]))
with Consumer(r, OUTAGE, GROUP, "alice", handle, min_idle_ms=100, max_deliveries=3) as c:
    c.drain()
paid = shop.lrange("paid", 0, -1)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "each call stops the database",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError as error:
        raise Retry
through_an_outage(handle)
through_an_outage(handle)
""",
    ),
    Right(
        "07.decide",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
claimed = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id for line in pending(r, DECIDE, GROUP)])
for entry_id, fields in claimed:
    try:
        handle(fields)
        r.xack(DECIDE, GROUP, entry_id)
    except ValueError as error:
        print(error)
""",
    ),
    Right(
        "07.limit",
        """
for line in r.xpending_range(POISON, GROUP, "-", "+", 100):
    if line["times_delivered"] >= 3:
        i = line["message_id"]
        [(_, fields)] = r.xrange(POISON, i, i)
        with r.pipeline() as p:
            p.xadd(POISON + ":dead", {**fields, "dead:id": i, "dead:reason": "too often"})
            p.xack(POISON, GROUP, i)
            p.execute()
""",
    ),
    Right(
        "07.replay",
        """
from decimal import Decimal
def handle(entry):
    prices.append(Decimal(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)

with Consumer(r, PRICES, GROUP, "bob", handle, count=1) as consumer:
    consumer.drain(seconds=5)
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-loses",
        "3,50, 4,20 were neither replayed nor left among the dead letters",
        """
def fixed(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    try:
        fixed(letter)
        r.xdel(PRICES + ":dead", letter.id)
    except ValueError:
        pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "restart-resumes",
        "only while it runs",
        """
bob = Consumer(r, DECIDE, GROUP, "bob", lambda entry: handle(entry.fields),
               min_idle_ms=60_000, max_deliveries=limit)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "claim-to-look",
        "the bomb is now pending for Bob, although",
        """
for line in pending(r, DECIDE, GROUP):
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        if fields["value"] == "bomb":
            continue
        try:
            handle(fields)
            r.xack(DECIDE, GROUP, entry_id)
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "neighbors-guilty",
        "you dead-lettered b without calling `handle`",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries > 1:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "is pending for `carol`",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "carol", 60_000, [line.id]):
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "counts as delivered 1 time, but",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id], justid=True)
    [(entry_id, fields)] = r.xrange(DECIDE, line.id, line.id)
    try:
        handle(fields)
        r.xack(DECIDE, GROUP, entry_id)
    except ValueError:
        pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "uncounted-try",
        "counts as delivered 3 times",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
r.xautoclaim(DECIDE, GROUP, "bob", 60_000)
for entry_id, fields in r.xreadgroup(GROUP, "bob", {DECIDE: "0"})[DECIDE]:
    try:
        handle(fields)
        r.xack(DECIDE, GROUP, entry_id)
    except ValueError:
        pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "",
        "NameError",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(fields)
        except ValueError:
            contnue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "ack-buries",
        "the copies went to `07:dead`",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        [(_, fields)] = r.xrange(DECIDE, line.id, line.id)
        r.xadd("07:dead", fields)
        r.xack(DECIDE, GROUP, line.id)
        continue
    for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(fields)
        except ValueError:
            continue
        r.xack(DECIDE, GROUP, entry_id)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "copy-is-move",
        "returned 0: the group's name is `consumerGroup`",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", {**fields, "dead:reason": "poison"})
        r.xack(POISON, "alice", i)
""",
    ),
    Tried(
        "07.limit",
        "nearly",
        "",
        "no note that `replay` can tell",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", {**fields, "note": "delivered too often"})
        r.xack(POISON, GROUP, i)
""",
    ),
    Tried(
        "07.limit",
        "nearly",
        "",
        "`a` is now pending for bob",
        """
r.xautoclaim(POISON, GROUP, "bob", 0, justid=True)
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "neighbors-guilty",
        "has reached three",
        """
new = r.xreadgroup(GROUP, "alice", {POISON: ">"})
for line in pending(r, POISON, GROUP):
    if line.deliveries <= 3:
        dead_letter(r, POISON, GROUP, line, "poison")
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-leaves",
        "A dead letter has an ID of its own",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})
        r.xdel(PRICES + ":dead", letter.fields["dead:deliveries"])
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-edited",
        "doesn't have the same fields as the original",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"], "again": "yes"})
        r.xdel(PRICES + ":dead", letter.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "open",
        "",
        "found no dead letter",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.fields["dead:deliveries"])
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "replay-leaves",
        "stayed pending after being paid",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        pass
    raise Retry("the database is down")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "",
        "you interrupted your cell",
        """
def wait_until(*waiting):
    raise KeyboardInterrupt
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("the database is down") from None
through_an_outage(handle)
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "By then, its number must be in `prices`",
        """
def handle(entry):
    try:
        prices.append(float(entry.fields["value"]))
    except ValueError:
        pass
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "",
        "compare its name and its arguments with those",
        """
from helpers.streams import dead_letters
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letters(r, POISON, GROUP, line, "too often")
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "passed `word` to `dead_letter`, too",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
    else:
        for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
            try:
                handle(fields)
                r.xack(DECIDE, GROUP, entry_id)
            except ValueError as error:
                dead_letter(r, DECIDE, GROUP, line, str(error))
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "delivered the bomb again",
        """
claimed = dict(r.xautoclaim(DECIDE, GROUP, "bob", 60_000)[1])
for line in pending(r, DECIDE, GROUP):
    if line.deliveries > limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    try:
        handle(claimed[line.id])
        r.xack(DECIDE, GROUP, line.id)
    except ValueError:
        pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "claim-to-look",
        "which brought a to the limit",
        """
r.xautoclaim(DECIDE, GROUP, "bob", 60_000)
r.xreadgroup(GROUP, "bob", {DECIDE: "0"})
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
""",
    ),
    Right(
        "07.decide",
        """
def one(line):
    if line.deliveries >= limit:
        return dead_letter(r, DECIDE, GROUP, line, "limit")
    _, [(entry_id, fields)], *_ = r.xautoclaim(DECIDE, GROUP, "bob", 60_000, line.id, count=1)
    try:
        handle(fields)
    except ValueError as error:
        return error
    return r.xack(DECIDE, GROUP, entry_id)
print([one(line) for line in pending(r, DECIDE, GROUP)])
""",
    ),
    Tried(
        "07.limit",
        "nearly",
        "",
        "your code never looks at a delivery count",
        """
lines = pending(r, POISON, GROUP)
dead_letter(r, POISON, GROUP, lines[1], "four times")
dead_letter(r, POISON, GROUP, lines[3], "three times")
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "look-by-reading",
        "instead of reading or claiming",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "too often")
    else:
        r.xclaim(POISON, GROUP, "alice", 0, [line.id])
""",
    ),
    Right(
        "07.limit",
        '''
MOVE = """
for _, line in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 10)) do
  if line[4] >= 3 then
    local fields = redis.call('XRANGE', KEYS[1], line[1], line[1])[1][2]
    fields[#fields + 1] = 'dead:reason'
    fields[#fields + 1] = 'limit'
    redis.call('XADD', KEYS[2], '*', unpack(fields))
    redis.call('XACK', KEYS[1], ARGV[1], line[1])
  end
end"""
r.eval(MOVE, 2, POISON, POISON + ":dead", GROUP)
''',
    ),
    Tried(
        "07.replay",
        "hint",
        "ack-deletes",
        "entries of 07:replay were deleted",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
        r.xdel(PRICES, letter.fields["dead:id"])
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "`prices` lacks 3.5, 4.2, and holds ['first', 3.5]",
        """
def handle(entry):
    name = "second" if prices else "first"
    prices.append((name, float(entry.fields["value"].replace(",", "."))))
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "after the replay, run a consumer",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
""",
    ),
    Right(
        "07.replay",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] == "free":
        continue
    replay(r, PRICES, letter.id)
    for entry_id, fields in r.xreadgroup(GROUP, "alice", {PRICES: ">"})[PRICES]:
        prices.append(float(fields["value"].replace(",", ".")))
        r.xack(PRICES, GROUP, entry_id)
""",
    ),
    Tried(
        "07.outage",
        "nearly",
        "",
        "leave `bank` alone",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        bank.start()
        shop.rpush("paid", number)
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "nearly",
        "",
        "your code mentions `ten`",
        """
def handle(entry):
    if entry.fields["value"] == "ten":
        dead_letter(r, OUTAGE, GROUP, entry, "no number")
        return
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except redis.ConnectionError:
        raise Retry("down")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "nearly",
        "",
        "reads a list other than `paid`",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("07:outage:paid", number)
    except redis.ConnectionError:
        raise Retry("down")
through_an_outage(handle)
paid = shop.lrange("07:outage:paid", 0, -1)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "handler-waits",
        "leave `after` out",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry(after=60)
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "return-is-done",
        "let it leave the handler",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("down")
    finally:
        return number
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "first-failure",
        "for one value convert it to text, such as json.dumps(list(...)).",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush(paid, number)
    except redis.ConnectionError:
        raise Retry("down")
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "poison-passes",
        "use `Retry` and `transient` for errors from the database",
        """
def handle(entry):
    shop.rpush("paid", int(entry.fields["value"]))
through_an_outage(handle, transient=(ValueError,))
""",
    ),
    Right(
        "07.outage",
        """
class Pay:
    def __call__(self, entry):
        shop.execute_command("RPUSH", "paid", int(entry.fields["value"]))
through_an_outage(Pay(), transient=(redis.RedisError,))
""",
    ),
    Right(
        "07.outage",
        """
from contextlib import contextmanager

@contextmanager
def outages():
    try:
        yield
    except (redis.ConnectionError, redis.TimeoutError) as error:
        raise Retry(str(error)) from error

def handle(entry):
    number = int(entry.fields["value"])
    with outages():
        shop.lpush("paid", number)

through_an_outage(handle=handle)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "ack-buries",
        "word was acknowledged, but neither handled nor dead-lettered: acknowledge",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    fields = r.xrange(DECIDE, line.id, line.id)[0][1]
    try:
        handle(fields)
        r.xack(DECIDE, GROUP, line.id)
    except ValueError:
        r.xadd(DECIDE, fields)
        r.xack(DECIDE, GROUP, line.id)
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "",
        "removed entries from the stream",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        r.xdel(DECIDE, line.id)
        continue
    for i, f in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(f)
            r.xack(DECIDE, GROUP, i)
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.decide",
        "open",
        "",
        "`done` holds a, b more than once",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    try:
        [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
        handle(f)
        done.append(f["value"])
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass
""",
    ),
    Tried(
        "07.decide",
        "hint",
        "ack-buries",
        "a dead letter doesn't contain its entry's own fields",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        r.xadd("07:decide:dead", {"dead:id": line.id, "dead:reason": "limit"})
        r.xack(DECIDE, GROUP, line.id)
        continue
    for i, f in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        try:
            handle(f)
            r.xack(DECIDE, GROUP, i)
        except ValueError:
            pass
""",
    ),
    Tried(
        "07.decide",
        "nearly",
        "",
        "which only `handle` should fill",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    for i, f in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
        if f["value"] == "word":
            tried.append("word")
            continue
        handle(f)
        r.xack(DECIDE, GROUP, i)
""",
    ),
    Tried(
        "07.limit",
        "hint",
        "ack-buries",
        "doesn't add to a stream: add each copy with XADD",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        [(i, f)] = r.xrange(POISON, line.id, line.id)
        r.rpush(POISON + ":dead", f["value"])
        r.xack(POISON, GROUP, line.id)
""",
    ),
    Tried(
        "07.replay",
        "hint",
        "replay-is-handled",
        "a replayed entry is still pending",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
for i, f in r.xreadgroup(GROUP, "alice", {PRICES: ">"})[PRICES]:
    prices.append(float(f["value"].replace(",", ".")))
""",
    ),
    Tried(
        "07.replay",
        "open",
        "",
        "what was replayed holds 3,50, 4,20 more than once",
        """
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"]})
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "handler-waits",
        "your handler raised too few errors",
        """
def handle(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
        r.xack(OUTAGE, GROUP, entry.id)
    except redis.ConnectionError:
        r.xadd(OUTAGE, entry.fields)
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "nearly",
        "",
        "because the database was down; otherwise, it would have been paid",
        """
def handle(entry):
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except redis.ConnectionError:
        raise Retry("down")
    except ValueError:
        shop.rpush("paid", entry.fields["value"])
through_an_outage(handle)
""",
    ),
    Tried(
        "07.outage",
        "hint",
        "outage-is-poison",
        "neither an `OSError`",
        """
def handle(entry):
    number = int(entry.fields["value"])
    shop.rpush("paid", number)
through_an_outage(handle, transient=(OSError,))
""",
    ),
]
