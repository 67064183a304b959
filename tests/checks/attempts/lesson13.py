"""Attempts at the exercises of lesson 13, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "13.confirm",
        "hint",
        "",
        "your cell ended with NameError: name 'stream' is not defined",
        """
server.xadd(stream, {"value": value})
return server.wait(1, ms)
""",
    ),
    Right(
        "13.confirm",
        """
with server.client() as one:
    one.xadd(CONFIRM, {"value": value})
    return one.wait(1, ms)
""",
    ),
    Right(
        "13.confirm",
        """
pipe = server.pipeline(False).xadd("13:confirm", {"value": str(value)})
return str(pipe.wait(1, ms).execute()[1])
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "check the order of the arguments",
        """
for number in doubtful:
    server.eval(NUMBERED, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-stored",
        "send the doubtful orders again",
        "return server.ping()",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-refused",
        "after the slow night, an order is there twice: when WAIT",
        """
if server.wait(1, 20) == 0 or server.xlen(DOUBT) > 3:
    for number in doubtful:
        server.xadd(DOUBT, {"value": number})
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-refused",
        "delete nothing",
        """
server.xtrim(DOUBT, maxlen=0, approximate=False)
for number in doubtful:
    server.xadd(DOUBT, {"value": number})
""",
    ),
    Right(
        "13.doubt",
        """
for number in range(1, 7):
    server.eval(NUMBERED, 2, DOUBT, "13:doubt:producer", number, str(number))
""",
    ),
    Right(
        "13.doubt",
        """
stored = int(server.get(DOUBT + ":producer"))
for number in doubtful:
    if number > stored:
        with server.pipeline(transaction=False) as pipe:
            pipe.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
            pipe.wait(1, 20)
            pipe.execute()
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "",
        "your cell ended with NameError: name 'acknowledgments' is not defined",
        "lost = [value for value in acknowledgments.values()]",
    ),
    Tried(
        "13.gone",
        "hint",
        "last-id-decides",
        "look up each receipt",
        """
first = oslo.xrange(GONE, count=1)[0][0]
lost = [value for i, value in receipts.items() if i < first]
ghosts = []
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "`lost` is right",
        """
here = [i for i, _ in oslo.xrange(GONE)]
lost = [receipts[i] for i in receipts if i not in here]
ghosts = ["tea", "bread", "salt", "corn"]
""",
    ),
    Right(
        "13.gone",
        """
kept = oslo.xrange(GONE)
ids = {i for i, _ in kept}
missing = [i for i in receipts if i not in ids]
lost = [receipts[i] for i in missing]
ghosts = [receipts[i] for i in missing if i in mails]
""",
    ),
    Right(
        "13.gone",
        """
old = len([i for i, _ in oslo.xrange(GONE) if i in receipts])
lost = list(receipts.values())[old:]
ghosts = [receipts[i] for i in mails if i in list(receipts)[old:]]
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-anywhere",
        "went to the course's own server",
        """
with r.pipeline(transaction=False) as pipe:
    pipe.xadd(CONFIRM, {"value": value})
    pipe.wait(1, 1)
    return pipe.execute()[1]
""",
    ),
    Tried(
        "13.doubt",
        "nearly",
        "sequence-counts-calls",
        "XADD doesn't raise the producer's number",
        """
have = [fields["value"] for entry_id, fields in server.xrange(DOUBT)]
for number in doubtful:
    if str(number) not in have:
        server.xadd(DOUBT, {"value": number})
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "no server is running there now",
        """
for number in doubtful:
    berlin.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "neither night has ended",
        """
for number in doubtful:
    server.eval(NUMBERED, 2, DOUBT, f"{DOUBT}:producer:{number}", number, number)
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-0-replicas",
        "WAIT's first argument is the number of replicas",
        """
with server.pipeline(transaction=False) as pipe:
    pipe.xadd(CONFIRM, {"value": value})
    pipe.wait(ms, 1)
    return pipe.execute()[1]
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "wait-anywhere",
        "you asked this one replica yourself: WAIT asks",
        """
server.xadd(CONFIRM, {"value": value})
oslo = connect(trial.replica.url)
try:
    wait_until(lambda: oslo.xlen(CONFIRM) == server.xlen(CONFIRM), ms / 1000, "the copy")
except Exception:
    return 0
return 1
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "check that KEYS and ARGV have every item",
        """
for number in doubtful:
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "neither night has ended. hint: your cell ended with ResponseError: WRONGTYPE",
        """
for number in doubtful:
    server.eval(NUMBERED, 2, DOUBT + ":producer", DOUBT, number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "refused a number (SEQGAP)",
        """
for number in doubtful:
    try:
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer:till", number, number)
    except Exception:
        pass
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-stored",
        "Oslo is missing 5, 6",
        """
for number in doubtful:
    return server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-refused",
        "orders that were confirmed are gone",
        """
server.delete(DOUBT, DOUBT + ":producer")
for number in doubtful:
    server.xadd(DOUBT, {"value": number})
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "old-is-lost",
        "but in the wrong sequence",
        """
there = {i for i, _ in oslo.xrange(GONE)}
lost = sorted(value for i, value in receipts.items() if i not in there)
ghosts = sorted(receipts[i] for i in mails if i not in there)
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "has only orders that were confirmed by email",
        """
there = {i for i, _ in oslo.xrange(GONE)}
lost = [receipts[i] for i in mails if i not in there]
ghosts = lost
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "",
        "so connect to one that is running",
        """
there = {i for i, _ in berlin.xrange(GONE)}
lost = [value for i, value in receipts.items() if i not in there]
ghosts = [receipts[i] for i in mails if i not in there]
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "zero-is-refused",
        "you sent more XADDs than there were calls",
        """
server.xadd(CONFIRM, {"value": value})
for _ in range(3):
    have = server.wait(1, ms)
    if have == 0:
        server.xadd(CONFIRM, {"value": value})
return have
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "",
        "call it, with parentheses",
        """
pipe = server.pipeline(transaction=False)
pipe.xadd(CONFIRM, {"value": value})
pipe.wait(1, ms)
answers = pipe.execute
return answers[1]
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "",
        "so send this to the master",
        """
oslo = connect(trial.replica.url)
oslo.xadd(CONFIRM, {"value": value})
return oslo.wait(1, ms)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "key-per-call",
        "which nothing else may change",
        """
server.set(DOUBT + ":producer", 3)
for number in doubtful:
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "a single text with all of them",
        """
there = {i for i, _ in oslo.xrange(GONE)}
lost = ", ".join(v for i, v in receipts.items() if i not in there)
ghosts = ", ".join(receipts[i] for i in mails if i not in there)
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "wait-anywhere",
        "add the entries to `13:confirm`",
        """
server.xadd("13:confirmed", {"value": value})
return server.wait(1, ms)
""",
    ),
    Tried(
        "13.gone",
        "nearly",
        "",
        "you typed the result yourself: `lost = [",
        """
lost = ["tea","bread","salt","corn"]; ghosts = ["bread","salt"]
""",
    ),
    Tried(
        "13.doubt",
        "open",
        "",
        "the stream lacks 4, and holds 7 instead",
        """
have = {f["value"] for _, f in server.xrange(DOUBT)}
number = len(have)
for order in doubtful:
    if str(order) not in have:
        number += 1
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, order + 1)
""",
    ),
    Right(
        "13.gone",
        """
lost, ghosts = [], []
for entry_id, value in receipts.items():
    if not oslo.xrange(GONE, entry_id, entry_id):
        lost.append(value)
        ghosts += [value] * (entry_id in mails)
""",
    ),
    Right(
        "13.gone",
        """
gone = [*dict.fromkeys(receipts)]
for entry_id, _ in oslo.xrange(GONE):
    if entry_id in gone:
        gone.remove(entry_id)
lost = list(map(receipts.get, gone))
ghosts = [receipts[entry_id] for entry_id in gone if entry_id in set(mails)]
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "",
        "for `ms=100`: pass `ms` to WAIT",
        """
with server.pipeline(transaction=False) as pipe:
    pipe.xadd(CONFIRM, {"value": value})
    pipe.wait(1, 4000)
    return pipe.execute()[1]
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "wait-anywhere",
        "only XADD adds an entry",
        """
server.rpush(CONFIRM, value)
return server.wait(1, ms)
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "wait-anywhere",
        "belongs in the field `value`",
        """
server.xadd(CONFIRM, {"order": value})
return server.wait(1, ms)
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-anywhere",
        "you sent no WAIT, and only WAIT tells",
        """
server.xadd(CONFIRM, {"value": value})
return server.xlen(CONFIRM)
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-0-ms",
        "with 0 ms, WAIT waits forever",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(1, ms // 1000)
""",
    ),
    Right(
        "13.confirm",
        """
import numpy as np

server.xadd(CONFIRM, {"value": value})
return np.int64(server.execute_command("WAIT", "1", str(ms)))
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "Use `server`",
        """
for number in doubtful:
    r.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "under the keys `13:doubt` and `13:doubt:producer`",
        """
for number in doubtful:
    server.eval(NUMBERED, 2, "13:orders", "13:orders:producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "if it takes several keys, their order",
        """
for number in doubtful:
    try:
        server.eval(NUMBERED, 2, DOUBT + ":producer", DOUBT, number, number)
    except Exception:
        pass
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "",
        "a pipeline keeps its commands until execute()",
        """
pipe = server.pipeline()
for number in doubtful:
    pipe.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "open",
        "",
        "should not hold 7",
        """
for number in range(1, 8):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "Send each order with its own number",
        """
for number, order in enumerate(doubtful):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, order)
""",
    ),
    Right(
        "13.doubt",
        """
script = server.register_script(NUMBERED)
for number in doubtful:
    script([DOUBT, f"{DOUBT}:producer"], [number, number])
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "whose own entry IDs",
        """
here = {i for i, _ in oslo.xrange(GONE)}
lost = [value for i, value in receipts.items() if i not in here]
ghosts = [value for value in lost if value in [receipts[i] for i in mails]]
""",
    ),
    Tried(
        "13.gone",
        "nearly",
        "",
        "you didn't ask Oslo",
        """
lost = list(receipts.values())[4:]
ghosts = [receipts[i] for i in list(receipts)[4:] if i in mails]
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "not a number, a dictionary",
        """
here = {i for i, _ in oslo.xrange(GONE)}
lost = {i: value for i, value in receipts.items() if i not in here}
ghosts = {i: receipts[i] for i in mails if i not in here}
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "old-is-lost",
        "returns (ID, fields) pairs",
        """
lost = [value for i, value in receipts.items() if i not in oslo.xrange(GONE)]
ghosts = [receipts[i] for i in mails if i not in oslo.xrange(GONE)]
""",
    ),
    Right(
        "13.gone",
        """
import numpy as np

here = dict(oslo.xrange(GONE))
lost = np.array([value for i, value in receipts.items() if i not in here])
ghosts = tuple(receipts[i] for i in mails if i not in here)
""",
    ),
    Right(
        "13.confirm",
        "replicas = server.pipeline(transaction=False)\n"
        "replicas.xadd(CONFIRM, {'value': value})\n"
        "return replicas.wait(1, ms).execute()[-1]",
    ),
    Tried(
        "13.confirm",
        "hint",
        "reply-shape",
        "`store` returned True or False",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(1, ms) > 1
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-anywhere",
        "you sent no WAIT",
        """
return bool(server.xadd(CONFIRM, {"value": value}))
""",
    ),
    Tried(
        "13.doubt",
        "nearly",
        "sequence-counts-calls",
        "7, would be refused",
        """
server.delete(DOUBT)
for n in range(1, 7):
    server.xadd(DOUBT, {"value": n})
""",
    ),
    Tried(
        "13.doubt",
        "nearly",
        "zero-is-refused",
        "deleted the confirmed orders",
        """
server.delete(DOUBT, DOUBT + ":producer")
for n in range(1, 7):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", n, n)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "sequence-counts-calls",
        "don't change these keys in any other way",
        """
server.delete(DOUBT + ":producer")
for n in doubtful:
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", n, n)
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "",
        "your `DEL 13:gone` deleted all that was there",
        """
oslo.delete(GONE)
have = {entry_id for entry_id, fields in oslo.xrange(GONE)}
lost = [value for entry_id, value in receipts.items() if entry_id not in have]
ghosts = [receipts[entry_id] for entry_id in mails if entry_id not in have]
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "wait-anywhere",
        "you asked this one replica yourself",
        """
entry_id = server.xadd(CONFIRM, {"value": value})
oslo = connect(trial.replica.url)
try:
    wait_until(lambda: oslo.xrange(CONFIRM, entry_id), min(ms, 500) / 1000, "the copy")
except TimeoutError:
    return 0
return 1
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "",
        "never uses its argument `ms`",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(1, 100)
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-first",
        "Write first, then ask",
        """
pipe = server.pipeline(False)
pipe.wait(1, ms)
pipe.xadd(CONFIRM, {"value": value})
return pipe.execute()[0]
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-anywhere",
        "the connection that sent WAIT wrote nothing",
        """
watcher.xadd(CONFIRM, {"value": value})
return server.wait(1, ms)
""",
    ),
    Tried(
        "13.confirm",
        "open",
        "",
        "`store` returned -1, -1, -1, -1",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(0, ms) - 1
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "",
        "your cell ended with TimeoutError: no replica",
        """
server.xadd(CONFIRM, {"value": value})
if server.wait(1, ms) == 0:
    raise TimeoutError("no replica")
return 1
""",
    ),
    Right(
        "13.confirm",
        """
from time import monotonic

end, have = monotonic() + ms / 1000, 0
server.xadd(CONFIRM, {"value": value})
while not have and monotonic() < end:
    have = server.wait(1, 10)
return have
""",
    ),
    Right(
        "13.confirm",
        """
def ask(*commands):
    pipe = server.pipeline(transaction=False)
    for each in commands:
        pipe.execute_command(*each)
    return pipe.execute()

return ask(("XADD", CONFIRM, "*", "value", value), ("WAIT", 1, ms)).pop()
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "key-per-call",
        "the server recognizes a repeat by its number and key",
        """
for number in doubtful:
    last = int(server.get(DOUBT + ":producer"))
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", last + 1, number)
""",
    ),
    Tried(
        "13.doubt",
        "hint",
        "zero-is-stored",
        "send the doubtful orders again",
        """
if int(server.get(DOUBT + ":producer")) == 6:
    for number in doubtful:
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Tried(
        "13.doubt",
        "open",
        "",
        "an entry has no field `value`",
        """
for number in doubtful:
    server.xadd(DOUBT, {"order": number})
""",
    ),
    Right(
        "13.doubt",
        """
have = {fields["value"] for _, fields in server.xrange(DOUBT)}
for number in doubtful:
    if str(number) not in have:
        server.xadd(DOUBT, {"value": number})
        server.incr(DOUBT + ":producer")
""",
    ),
    Right(
        "13.doubt",
        """
def go(rest):
    if rest:
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", rest[0], rest[0])
        go(rest[1:])

go(doubtful)
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "mailed-is-lost",
        "only those lost orders whose own entry IDs",
        """
here = {i for i, _ in oslo.xrange(GONE)}
lost = [v for i, v in receipts.items() if i not in here]
ghosts = [receipts[i] for i in reversed(mails) if i not in here]
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "",
        "there are more or fewer parts than names",
        """
lost = []
for i, value in receipts:
    if not oslo.xrange(GONE, i, i):
        lost.append(value)
""",
    ),
    Tried(
        "13.gone",
        "nearly",
        "",
        "you didn't use `mails` for `ghosts`",
        """
here = {i for i, _ in oslo.xrange(GONE)}
lost = [v for i, v in receipts.items() if i not in here]
ghosts = lost[1:3]
""",
    ),
    Right(
        "13.gone",
        """
now = connect(trial.replica.url)
here = {i for i, _ in now.xrange(GONE)}
lost = [v for i, v in receipts.items() if i not in here]
ghosts = [receipts[i] for i in mails if i not in here]
""",
    ),
    Right(
        "13.gone",
        """
there, last = set(), "-"
while chunk := oslo.xrange(GONE, last, count=2):
    there |= {i for i, _ in chunk}
    last = "(" + chunk[-1][0]
lost, ghosts = [], []
for i, value in receipts.items():
    if i not in there:
        lost.append(value)
        if i in mails:
            ghosts.append(value)
""",
    ),
    Tried(
        "13.confirm",
        "hint",
        "wait-0-replicas",
        "Return WAIT's reply, and check your call",
        """
server.xadd(CONFIRM, {"value": value})
return 0 * server.wait(1, ms)
""",
    ),
    Tried(
        "13.confirm",
        "nearly",
        "zero-is-refused",
        "a replica may still get the entry",
        """
entry_id = server.xadd(CONFIRM, {"value": value})
replicas = server.wait(1, ms)
if not replicas:
    server.xdel(CONFIRM, entry_id)
return replicas
""",
    ),
    Tried(
        "13.gone",
        "hint",
        "id-as-value",
        "look up each value with `receipts[entry_id]`",
        "lost = ghosts = new",
    ),
    Tried(
        "13.gone",
        "open",
        "",
        "sort() changes a list and returns nothing",
        """
here = dict(oslo.xrange(GONE))
lost = [value for i, value in receipts.items() if i not in here].sort()
ghosts = [receipts[i] for i in mails if i not in here]
""",
    ),
]
