"""Answers to the exercises of lesson 07."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "07.decide",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries < limit:
        entry_id, fields = r.xclaim(DECIDE, GROUP, "bob", 1000, [line.id])[0]
        try:
            handle(fields)
            r.xack(DECIDE, GROUP, entry_id)
        except Exception as error:
            print(error)
    else:
        dead_letter(r, DECIDE, GROUP, line, "too often")""",
    ),
    Right(
        "07.decide",
        """
from helpers.streams import claim
lines = pending(r, DECIDE, GROUP)
for line in [l for l in lines if l.deliveries >= limit]:
    dead_letter(r, DECIDE, GROUP, line, "x")
for line in [l for l in lines if l.deliveries < limit]:
    entry = claim(r, DECIDE, GROUP, "bob", line.id, min_idle_ms=60_000)
    try:
        handle(entry.fields)
    except ValueError:
        pass
    else:
        r.xack(DECIDE, GROUP, line.id)""",
    ),
    Right(
        "07.decide",
        """
for line in r.xpending_range(DECIDE, GROUP, "-", "+", 10):
    i = line["message_id"]
    [(_, fields)] = r.xrange(DECIDE, i, i)
    if line["times_delivered"] >= limit:
        r.xadd(DECIDE + ":dead", fields | {"dead:id": i})
        r.xack(DECIDE, GROUP, i)
        continue
    r.xclaim(DECIDE, GROUP, "bob", 0, [i])
    try:
        handle(fields)
    except ValueError:
        continue
    r.xack(DECIDE, GROUP, i)""",
    ),
    Right(
        "07.decide",
        """
from contextlib import suppress
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
    else:
        for i, f in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
            with suppress(ValueError):
                handle(f)
                r.xack(DECIDE, GROUP, i)""",
    ),
    Wrong(
        "07.decide",
        "limit-after",
        """
for line in pending(r, DECIDE, GROUP):
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        if line.deliveries >= limit:
            [line] = [l for l in pending(r, DECIDE, GROUP) if l.id == line.id]
            dead_letter(r, DECIDE, GROUP, line, "failed")""",
    ),
    Wrong(
        "07.decide",
        "limit-after",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries > limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "first-failure",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError as error:
        [again] = [l for l in pending(r, DECIDE, GROUP) if l.id == i]
        dead_letter(r, DECIDE, GROUP, again, str(error))""",
    ),
    Wrong(
        "07.decide",
        "poison-stops",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    handle(f)
    r.xack(DECIDE, GROUP, i)""",
    ),
    Wrong(
        "07.decide",
        "uncounted-try",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xrange(DECIDE, line.id, line.id)
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "ack-buries",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        r.xack(DECIDE, GROUP, line.id)
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "ack-buries",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
    except ValueError:
        pass
    r.xack(DECIDE, GROUP, i)""",
    ),
    Wrong(
        "07.decide",
        "unacked",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "copy-is-move",
        """
for line in pending(r, DECIDE, GROUP):
    [(i, f)] = r.xrange(DECIDE, line.id, line.id)
    if line.deliveries >= limit:
        r.xadd(DECIDE + ":dead", f)
        continue
    r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "neighbors-guilty",
        """
for line in pending(r, DECIDE, GROUP):
    dead_letter(r, DECIDE, GROUP, line, "crashed")""",
    ),
    Wrong(
        "07.decide",
        "claim-to-look",
        """
for i, f in r.xclaim(DECIDE, GROUP, "bob", 60_000, [l.id for l in pending(r, DECIDE, GROUP)]):
    [line] = [l for l in pending(r, DECIDE, GROUP) if l.id == i]
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "claim-to-look",
        """
for line in pending(r, DECIDE, GROUP):
    [(i, f)] = r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id])
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line.id, "limit")""",
    ),
    Wrong(
        "07.decide",
        "uncounted-try",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")
        continue
    [(i, f)] = r.xclaim(DECIDE, GROUP, "alice", 60_000, [line.id])
    try:
        handle(f)
        r.xack(DECIDE, GROUP, i)
    except ValueError:
        pass""",
    ),
    Wrong(
        "07.decide",
        "",
        """
for line in pending(r, DECIDE, GROUP):
    if line.deliveries >= limit:
        dead_letter(r, DECIDE, GROUP, line, "limit")""",
    ),
    Wrong(
        "07.decide",
        "restart-resumes",
        """
with Consumer(r, DECIDE, GROUP, "bob", lambda e: handle(e.fields)) as bob:
    bob.drain(seconds=0.5)""",
    ),
    Wrong(
        "07.decide",
        "restart-resumes",
        """r.xreadgroup(GROUP, "bob", {DECIDE: ">"})""",
    ),
    Wrong(
        "07.decide",
        "limit-after",
        """
with Consumer(r, DECIDE, GROUP, "bob", lambda e: handle(e.fields), min_idle_ms=100, max_deliveries=limit) as c:
    c.drain()""",
    ),
    Right(
        "07.limit",
        """
for line in reversed(pending(r, POISON, GROUP)):
    if line.deliveries > 2:
        [(_, fields)] = r.xrange(POISON, line.id, line.id)
        r.xadd(POISON + ":dead", fields | {"dead:reason": "poison"})
        r.xack(POISON, GROUP, line.id)""",
    ),
    Right(
        "07.limit",
        '[dead_letter(r, POISON, GROUP, l, "x") for l in pending(r, POISON, GROUP) if l.deliveries > 2]',
    ),
    Right(
        "07.limit",
        """
for line in r.xpending_range(POISON, GROUP, "-", "+", 10):
    if line["times_delivered"] >= 3:
        i = line["message_id"]
        r.eval(DEAD_LETTER, 3, POISON, POISON + ":dead", "07:limit:errors", GROUP, i, "alice", line["times_delivered"], "dead:reason", "x")""",
    ),
    Right(
        "07.limit",
        """
with Consumer(r, POISON, GROUP, "bob", lambda e: None, min_idle_ms=3_600_000, max_deliveries=3) as c:
    pass
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Right(
        "07.limit",
        """
pipe = r.pipeline(transaction=True)
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        fields = dict(r.xrange(POISON, line.id, line.id))[line.id]
        pipe.xadd("07:limit:dead", {"dead:id": line.id, **fields})
        pipe.xack(POISON, GROUP, line.id)
pipe.execute()""",
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
        "r.xack(POISON, GROUP, *(line.id for line in pending(r, POISON, GROUP) if line.deliveries >= 3))",
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
        "neighbors-guilty",
        """
for line in pending(r, POISON, GROUP):
    dead_letter(r, POISON, GROUP, line, "too often")""",
    ),
    Wrong(
        "07.limit",
        "",
        "r.xdel(POISON, *(line.id for line in pending(r, POISON, GROUP) if line.deliveries >= 3))",
    ),
    Wrong(
        "07.limit",
        "limit-is-beyond",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries > 3:
        dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "limit-is-two",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 2:
        dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "look-by-reading",
        """
r.xreadgroup(GROUP, "alice", {POISON: "0"})
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "look-by-reading",
        """
r.xreadgroup(GROUP, "alice", {POISON: "0"})
r.xreadgroup(GROUP, "alice", {POISON: "0"})
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "neighbors-guilty",
        """
for line in pending(r, POISON, GROUP):
    dead_letter(r, POISON, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xack(POISON, GROUP, line.id)""",
    ),
    Wrong(
        "07.limit",
        "copy-is-move",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xadd("07:limit:dead", r.xrange(POISON, line.id, line.id)[0][1])""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xadd("07:dead", r.xrange(POISON, line.id, line.id)[0][1])
        r.xack(POISON, GROUP, line.id)""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        r.xdel(POISON, line.id)
        r.xack(POISON, GROUP, line.id)""",
    ),
    Wrong(
        "07.limit",
        "ack-early",
        """
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, "limit")
    else:
        r.xack(POISON, GROUP, line.id)""",
    ),
    Wrong(
        "07.limit",
        "ack-buries",
        """
with Consumer(r, POISON, GROUP, "alice", lambda e: None, min_idle_ms=1, max_deliveries=3) as c:
    c.drain()""",
    ),
    Wrong(
        "07.limit",
        "",
        """
for line in pending(r, STREAM, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, STREAM, GROUP, line, "x")""",
    ),
    Wrong(
        "07.limit",
        "",
        """
for entry in r.xrange(POISON):
    dead_letter(r, POISON, GROUP, entry[0], "x")""",
    ),
    Wrong(
        "07.limit",
        "limit-is-beyond",
        'dead_letter(r, POISON, GROUP, pending(r, POISON, GROUP)[1], "x")',
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
    Right(
        "07.replay",
        """
def handle(e): prices.append(float(e.fields["value"].replace(",", ".")))
a, free, b = dead_letters(r, PRICES)
replay(r, PRICES, b.id); replay(r, PRICES, a.id)
Consumer(r, PRICES, GROUP, "carl", handle).step()""",
    ),
    Right(
        "07.replay",
        """
from decimal import Decimal
def handle(e): prices.append(Decimal(e.fields["value"].replace(",", ".")))
for l in dead_letters(r, PRICES):
    try:
        Decimal(l.fields["value"].replace(",", "."))
    except Exception:
        continue
    replay(r, PRICES, l.id)
with Consumer(r, PRICES, GROUP, "alice", handle, min_idle_ms=100, max_deliveries=3) as c:
    c.drain()""",
    ),
    Right(
        "07.replay",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        replay(r, PRICES, l.id)
for i, f in r.xreadgroup(GROUP, "alice", {PRICES: ">"})[PRICES]:
    prices.append(float(f["value"].replace(",", ".")))
    r.xack(PRICES, GROUP, i)""",
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
        "keeps-type",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", lambda entry: prices.append(entry.fields["value"].replace(",", "."))) as consumer:
    consumer.drain()""",
    ),
    Wrong(
        "07.replay",
        "replay-edited",
        """
for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        r.xadd(PRICES, {"value": letter.fields["value"].replace(",", ".")})
        r.xdel(PRICES + ":dead", letter.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-all",
        """
def handle(e): prices.append(float(e.fields["value"].replace(",", ".")))
for l in dead_letters(r, PRICES):
    replay(r, PRICES, l.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as c:
    c.drain()""",
    ),
    Wrong(
        "07.replay",
        "replay-all",
        """
def handle(e): prices.append(float(e.fields["value"].replace(",", ".")))
for l in dead_letters(r, PRICES):
    replay(r, PRICES, l.id)
with Consumer(r, PRICES, GROUP, "alice", handle, min_idle_ms=50, max_deliveries=2) as c:
    c.drain()""",
    ),
    Wrong(
        "07.replay",
        "replay-leaves",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        r.xadd(PRICES, {"value": l.fields["value"]})
for i, f in r.xreadgroup(GROUP, "alice", {PRICES: ">"})[PRICES]:
    prices.append(float(f["value"].replace(",", ".")))
    r.xack(PRICES, GROUP, i)""",
    ),
    Wrong(
        "07.replay",
        "replay-note",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        r.xadd(PRICES, l.fields)
        r.xdel(PRICES + ":dead", l.id)
for i, f in r.xreadgroup(GROUP, "alice", {PRICES: ">"})[PRICES]:
    prices.append(float(f["value"].replace(",", ".")))
    r.xack(PRICES, GROUP, i)""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        prices.append(float(l.fields["value"].replace(",", ".")))""",
    ),
    Wrong(
        "07.replay",
        "replay-loses",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        prices.append(float(l.fields["value"].replace(",", ".")))
        r.xdel(PRICES + ":dead", l.id)""",
    ),
    Wrong(
        "07.replay",
        "replay-edited",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        r.xadd(PRICES, {"value": l.fields["value"].replace(",", ".")})
        r.xdel(PRICES + ":dead", l.id)
with Consumer(r, PRICES, GROUP, "alice", lambda e: prices.append(float(e.fields["value"]))) as c:
    c.drain()""",
    ),
    Wrong(
        "07.replay",
        "replay-is-handled",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        replay(r, PRICES, l.id)
with Consumer(r, PRICES, GROUP, "alice", lambda e: prices.append(float(e.fields["value"]))) as c:
    c.drain()""",
    ),
    Wrong(
        "07.replay",
        "replay-is-handled",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        replay(r, PRICES, l.id)""",
    ),
    Wrong(
        "07.replay",
        "keeps-type",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        replay(r, PRICES, l.id)
with Consumer(r, PRICES, GROUP, "alice", lambda e: prices.append(e.fields["value"])) as c:
    c.drain()""",
    ),
    Wrong(
        "07.replay",
        "",
        """
for l in dead_letters(r, PRICES):
    if "," in l.fields["value"]:
        replay(r, PRICES, l)""",
    ),
    Wrong(
        "07.replay",
        "replay-loses",
        """
r.delete(PRICES + ":dead")
for v in ("3,50", "4,20"):
    r.xadd(PRICES, {"value": v})
with Consumer(r, PRICES, GROUP, "alice", lambda e: prices.append(float(e.fields["value"].replace(",", ".")))) as c:
    c.drain()""",
    ),
    Right(
        "07.outage",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))

through_an_outage(pay, transient=(redis.ConnectionError,))""",
    ),
    Right(
        "07.outage",
        """
def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.RedisError as error:
        raise Retry(after=0.05) from error

through_an_outage(pay)""",
    ),
    Right(
        "07.outage",
        """
def pay(entry):
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except ValueError:
        raise
    except Exception:
        raise Retry()

through_an_outage(pay)""",
    ),
    Right(
        "07.outage",
        """
class Away(Exception):
    pass

def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.ping()
    except redis.ConnectionError:
        raise Away
    shop.rpush("paid", number)

through_an_outage(pay, transient=(Away, Retry))""",
    ),
    Wrong(
        "07.outage",
        "outage-is-poison",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "outage-is-poison",
        """
def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except OSError:
        raise Retry

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "outage-is-poison",
        """
def pay(entry):
    for _ in range(3):
        try:
            return shop.rpush("paid", int(entry.fields["value"]))
        except redis.ConnectionError as error:
            last = error
    raise last

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "poison-passes",
        """
def pay(entry):
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except Exception:
        raise Retry

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "poison-passes",
        """
def pay(entry):
    shop.rpush("paid", int(entry.fields["value"]))

through_an_outage(pay, transient=(Exception,))""",
    ),
    Wrong(
        "07.outage",
        "poison-passes",
        """
def pay(entry):
    try:
        shop.rpush("paid", int(entry.fields["value"]))
    except ValueError:
        raise Retry

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "return-is-done",
        """
def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError as error:
        print(error)

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "ack-buries",
        """
def pay(entry):
    try:
        number = int(entry.fields["value"])
    except ValueError:
        return
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry

through_an_outage(pay)""",
    ),
    Wrong(
        "07.outage",
        "handler-waits",
        """
def pay(entry):
    number = int(entry.fields["value"])
    while True:
        try:
            shop.rpush("paid", number)
            return
        except redis.ConnectionError:
            continue

through_an_outage(pay)""",
    ),
]
