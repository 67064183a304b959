"""Attempts at the exercises of lesson 01, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "01.missed",
        "nearly",
        "",
        "`reply` lacks the stream's name or the entry's ID",
        """
reply = r.xread({MISSED: "0"})[MISSED][0][1]["value"]
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "put streams and IDs together in one dictionary",
        """
reply = r.xread(MISSED, "0")
""",
    ),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "write only its number there, without `#`",
        """
address = "redis://:tea%234@localhost:6379/#2"
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "in `news`, and stop reading",
        """
block_ms = 100
while not news:
    if hasty.xread({LATE: "0"}, block=block_ms):
        raise KeyboardInterrupt  # Later on it comes at once, each time
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "encode only the password",
        """
from urllib.parse import quote
address = quote("redis://:tea#4@localhost:6379/2")
""",
    ),
    Right("01.address", 'address = "redis://default:tea%234@localhost:6379/2"'),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "`$` stands for the last entry at the moment of the call, and",
        'reply = r.xread({MISSED: "$"})',
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your cell ended with DataError: XREAD streams must be a non",
        "reply = r.xread(MISSED)",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "you worked on `01:dataStream` (`XREAD STREAMS 01:dataStream",
        'reply = r.xread({STREAM: "0"})',
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "you worked on `01:missd` (`XREAD STREAMS 01:missd 0`), but",
        'reply = r.xread({"01:missd": "0"})',
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "XRANGE returns the entry, too, but it can't wait for new ones",
        "reply = r.xrange(MISSED)",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "No XREAD sent by `r` returned this entry",
        'reply = "early bird"',
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "Your read got the entry, but you didn't keep it",
        'r.xread({MISSED: "0"})',
    ),
    Right("01.missed", "reply = r.xread({MISSED: first})"),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "`$` stands for the last entry at the moment of the call, and",
        'reply = r.xread({MISSED: "$"}, block=0)',
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your cell ended with KeyError: '01:dataStream': the dictionary",
        'reply = r.xread({MISSED: "0"})[STREAM]',
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your cell ended with ResponseError: The > ID can be",
        'reply = r.xread({MISSED: ">"})',
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your cell ended with DataError: XREAD count must be a",
        'reply = r.xread(MISSED, "0")',
    ),
    Tried("01.missed", "open", "", "", "reply = r.xlen(MISSED)"),
    Tried(
        "01.missed",
        "hint",
        "",
        "your cell ended with ResponseError: WRONGTYPE Operation",
        "reply = r.get(MISSED)",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "you worked on `MISSED` (`XREAD STREAMS MISSED 0`), but this",
        'reply = r.xread({"MISSED": "0"})',
    ),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "`$` stands for the last entry at the moment of the call, and",
        """
r.xadd(MISSED, {"value": "early bird"})
reply = r.xread({MISSED: "$"})
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "Your read got the entry, but you didn't keep it",
        'answer = r.xread({MISSED: "0"})',
    ),
    Right("01.missed", 'reply = r.xread({"01:missed": 0})'),
    Right("01.missed", 'reply = r.xread(streams={MISSED: "0-0"}, block=100)'),
    Right(
        "01.missed",
        """
reply = r.xread({MISSED: "0"}, count=1)
print(reply)
""",
    ),
    Tried(
        "01.patience",
        "hint",
        "block-equal",
        "the server and the client give up at about the same moment",
        "patient = connect(timeout=8)",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with TypeError: connect() takes a URL as",
        "patient = connect(8)",
    ),
    Tried(
        "01.patience",
        "hint",
        "units",
        "is over a quarter of an hour: BLOCK is in",
        "patient = connect(timeout=10000)",
    ),
    Tried(
        "01.patience",
        "hint",
        "units",
        "is over a quarter of an hour: BLOCK is in",
        "patient = connect(timeout=9_000)",
    ),
    Tried(
        "01.patience",
        "hint",
        "block-socket",
        "`patient` gives up while the server is still waiting: give",
        "patient = connect()",
    ),
    Tried(
        "01.patience",
        "open",
        "",
        "by exactly this name",
        "r.timeout = 10",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with TypeError: connect() got an unexpected",
        "patient = connect(socket_timeout=10)",
    ),
    Tried(
        "01.patience",
        "hint",
        "block-socket",
        "your cell ended with TimeoutError: Timeout reading from",
        'patient = r.xread({STREAM: "$"}, block=8000)',
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with TypeError: connect() got an unexpected",
        "patient = connect(block=8000)",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with ValueError: timeout must be a number",
        'patient = connect(timeout="10")',
    ),
    Tried(
        "01.patience",
        "hint",
        "block-socket",
        "`patient` gives up while the server is still waiting: give",
        "patient = hasty",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with ValueError: timeout must be a number",
        "patient = connect(timeout=0)",
    ),
    Tried(
        "01.patience",
        "hint",
        "block-equal",
        "the server and the client give up at about the same moment",
        "patient = connect(timeout=8.1)",
    ),
    Tried("01.patience", "open", "", "", "patient = 10"),
    Tried("01.patience", "open", "", "", "patient = connect"),
    Tried(
        "01.patience",
        "open",
        "",
        "by exactly this name",
        "client = connect(timeout=10)",
    ),
    Right(
        "01.patience",
        """
import redis
patient = redis.Redis(socket_timeout=10)
""",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "your cell ended with ValueError: timeout must be a number",
        "patient = connect(timeout=None)",
    ),
    Right("01.patience", "patient = connect(timeout=9)"),
    Right("01.patience", "patient = connect(timeout=20)"),
    Right(
        "01.patience",
        """
patience = 9.5
patient = connect(None, timeout=patience)
""",
    ),
    Right(
        "01.patience",
        """
patient = connect(timeout=60)
patient.ping()
""",
    ),
    Right(
        "01.patience",
        """
hasty = connect(timeout=1)
patient = connect(timeout=15)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "xread-dollar",
        "with `$`, each read waits only for entries that arrive during",
        """
block_ms = 100
for _ in range(3):
    news = hasty.xread({LATE: "$"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "you got the entry, but your read didn't wait for it:",
        """
import time
time.sleep(1)
block_ms = 100
news = hasty.xread({LATE: "0"})
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
block_ms = 100
while not news:
    news = r.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "1 read by `hasty` ended in a time-out, and a reply that",
        """
block_ms = 700
while not news:
    try:
        news = hasty.xread({LATE: "0"}, block=block_ms)
    except Exception:
        pass
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "1 read by `hasty` ended in a time-out, and a reply that",
        """
from redis import TimeoutError
block_ms = 2000
while not news:
    try:
        news = hasty.xread({LATE: "0"}, block=block_ms)
    except TimeoutError:
        pass
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "you asked 3 times, but the entry arrived later: keep",
        """
block_ms = 100
for _ in range(3):
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "one of your reads got the entry, but `news` doesn't hold",
        """
block_ms = 240
for _ in range(6):
    news = hasty.xread({LATE: "$"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "block-socket",
        "hasty` gives up after half a second, and with this BLOCK",
        """
block_ms = 1000
news = hasty.xread({LATE: "0"}, block=1000)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
hasty = connect(timeout=5)
block_ms = 2000
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "units",
        "your read sent `block_ms` as the COUNT",
        """
block_ms = 100
news = hasty.xread({LATE: "0"}, block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "units",
        "BLOCK takes a whole number of milliseconds; only the",
        """
block_ms = 0.1
while not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "you added the entry yourself, but it arrives on its own",
        """
block_ms = 100
r.xadd(LATE, {"value": "at last"})
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "",
        "you worked on `01:dataStream` (`XREAD BLOCK 100 STREAMS",
        """
block_ms = 100
while not news:
    news = hasty.xread({STREAM: "0"}, block=block_ms)
    if news: break
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "none of the XREADs in the cell itself got this entry",
        """
block_ms = 100
news = {LATE: [("1-0", {"value": "at last"})]}
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
block_ms = 5000
news = r.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried("01.late", "open", "", "", "block_ms = 200"),
    Tried(
        "01.late",
        "nearly",
        "",
        "`block_ms` is None, but your read had a BLOCK of 100",
        """
while not news:
    news = hasty.xread({LATE: "0"}, block=100)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "you got the entry, but your read didn't wait for it:",
        """
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"})
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "an empty reply only says that nothing arrived within one",
        """
block_ms = 100
while not news:
    hasty.xread({LATE: "0"}, block=block_ms)
    break
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "you got the entry, but your read didn't wait for it:",
        """
block_ms = None
while not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "block-socket",
        "hasty` gives up after half a second, and with this BLOCK",
        """
block_ms = 800
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Right(
        "01.late",
        """
block_ms = 300
while not (news := hasty.xread({LATE: "0"}, block=block_ms)):
    pass
""",
    ),
    Right(
        "01.late",
        """
block_ms = 50
while True:
    news = hasty.xread({LATE: "0"}, block=block_ms)
    if news:
        break
""",
    ),
    Right(
        "01.late",
        """
block_ms = 200
reply = {}
while LATE not in reply:
    reply = hasty.xread({LATE: 0}, count=1, block=block_ms)
news = reply[LATE]
""",
    ),
    Right(
        "01.late",
        """
block_ms = 100
for turn in range(100):
    news = news or hasty.xread({LATE: "0"}, block=block_ms)
    if news: break
""",
    ),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "databases have numbers, not names, and for a name, redis-py",
        'address = "redis://:tea%234@localhost:6379/orders"',
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "in a URL, `#` starts a new part, so it would cut",
        'address = "redis://:tea#4@localhost:6379/2"',
    ),
    Tried(
        "01.address",
        "hint",
        "user-slot",
        "the password needs the colon in front of it",
        'address = "redis://tea%234@localhost:6379/2"',
    ),
    Tried("01.address", "open", "", "", 'address = "redis://orders:tea%234@localhost:6379/2"'),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "in a URL, `#` starts a new part, so it would cut",
        'address = "redis://:tea\\\\#4@localhost:6379/2"',
    ),
    Tried("01.address", "open", "", "", 'address = "redis://:tea%4@localhost:6379/2"'),
    Tried("01.address", "open", "", "", 'address = "redis://localhost:6379/2"'),
    Tried("01.address", "open", "", "", 'address = "redis://:%23@localhost:6379/2"'),
    Tried("01.address", "open", "", "", 'address = "redis://:tea%234@localhost:6379"'),
    Tried("01.address", "open", "", "", 'address = "redis://:tea%234@127.0.0.1:6379/2"'),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "your connect() could read the address, but found no server",
        'address = connect("redis://:tea%234@localhost:6379/2")',
    ),
    Tried("01.address", "open", "", "", 'address = "localhost:6379/2"'),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "databases have numbers, not names, and for a name, redis-py",
        'address = address.replace("#", "%23")',
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "in a URL, `#` starts a new part, so it would cut",
        'address = address.replace("orders", "2")',
    ),
    Tried("01.address", "open", "", "", 'address = "redis://:tea4@localhost:6379/2"'),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "in a URL, `#` starts a new part, so it would cut",
        "connect(address)",
    ),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "databases have numbers, not names, and for a name, redis-py",
        'address = "redis://:tea%234@localhost:6379/db2"',
    ),
    Right("01.address", 'address = "redis://:tea%23%34@localhost:6379/02"'),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "in a URL, `#` starts a new part, so it would cut",
        'address = "redis://:tea#4@localhost:6379/orders"',
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
block_ms = 2000
news = connect(timeout=5).xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "xread-dollar",
        "this time the entry arrived while a read was waiting, but `$`",
        """
block_ms = 350
while not news:
    news = hasty.xread({LATE: "$"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "your program slept, and then read once",
        """
from time import sleep
block_ms = 100
sleep(1.2)
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Right(
        "01.late",
        """
block_ms = 200

def ask(client):
    return client.xread({LATE: "0"}, block=block_ms)

while not news:
    news = ask(hasty)
""",
    ),
    Right("01.address", 'address = "redis://:tea%234@localhost:6379/2/"'),
    Right("01.address", 'address = "redis://:tea%234@localhost/2"'),
    Right(
        "01.address",
        """
from urllib.parse import quote
address = f"redis://:{quote('tea#4')}@localhost:6379/2"
""",
    ),
    Right("01.address", 'address = address.replace("#", "%23").replace("orders", "2")'),
    Right("01.address", 'address = "redis://:tea%234@localhost:6379?db=2"'),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "a loop runs only if its condition is true",
        """
block_ms = 400
while news is None:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "XREAD returns entries *after* an ID",
        """
[(early, _)] = r.xrange(MISSED)
reply = r.xread({MISSED: early})
""",
    ),
    Tried(
        "01.address",
        "hint",
        "user-slot",
        "the user's name, a colon and the password",
        """
address = "redis://tea%234:@localhost:6379/2"
""",
    ),
    Tried(
        "01.late",
        "hint",
        "",
        "you worked on `01:late `",
        """
block_ms = 200
while not news:
    news = hasty.xread({"01:late ": "0"}, block=block_ms)
    if len(hasty.xrange(LATE)):
        break
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "but you didn't keep it: write",
        """
r.xread({MISSED: "0"})
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "it can't wait for new ones",
        """
reply = r.xrange(MISSED, "-", "+")
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "No XREAD sent by `r` returned this entry",
        """
reply = {MISSED: [("1-0", {"value": "early bird"})]}
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "No XREAD sent by `r` returned this entry",
        """
from redis import Redis
other = Redis(connection_pool=r.connection_pool)
reply = other.xread({MISSED: "0"})["01:missed"]
""",
    ),
    Tried(
        "01.patience",
        "open",
        "",
        "by exactly this name",
        """
client = connect(timeout=10)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "",
        "`block_ms` is 0.3, but your read had a BLOCK of 300",
        """
block_ms = 0.3
while not news:
    news = hasty.xread({LATE: "0"}, block=int(block_ms * 1000))
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "Python couldn't read the cell, so it ran none of it",
        """
XREAD STREAMS 01:missed 0
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your `DEL 01:missed` deleted the stream with its entries",
        """
r.delete(MISSED)
reply = r.xread({MISSED: "0"})
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "your `DEL 01:missed` deleted the stream with its entries",
        """
reply = r.xread({MISSED: "0"})
r.delete(MISSED)
""",
    ),
    Tried(
        "01.patience",
        "hint",
        "block-socket",
        "you don't need to read anything here: just set `patient`",
        """
patient = r.xread({STREAM: "$"}, block=100)
""",
    ),
    Tried(
        "01.patience",
        "open",
        "",
        "a client from connect() whose socket time-out is longer",
        """
patient = connect(timeout=10).ping()
""",
    ),
    Tried(
        "01.late",
        "hint",
        "",
        "you worked on `01:missed` (`XREAD BLOCK 100 STREAMS",
        """
block_ms = 100
while not news:
    news = hasty.xread({MISSED: "0"}, block=block_ms)
    raise KeyboardInterrupt  # It would go on forever
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "none of the XREADs in the cell itself got this entry",
        """
block_ms = 100
while not news:
    news = hasty.xrange(LATE)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "your program looked again and again, and then read once,",
        """
block_ms = 100
while not hasty.xlen(LATE):
    pass
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "",
        "your cell ended with UnboundLocalError: cannot access local",
        """
block_ms = 100
def ask():
    while not news:
        news = hasty.xread({LATE: "0"}, block=block_ms)
ask()
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "`address` still holds your colleague's text: assign your",
        """
adress = "redis://:tea%234@localhost:6379/2"
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "`address` holds a space or a line break, which counts as",
        """
address = " redis://:tea%234@localhost:6379/2"
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "`address` holds a space or a line break, which counts as",
        """
address = "redis://:tea%234@localhost:6379/2 "
""",
    ),
    Tried(
        "01.missed", "open", "", "`reply = r.xread` doesn't call the function", "reply = r.xread"
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "`address` still holds your colleague's text",
        """
address.replace("#", "%23").replace("orders", "2")
""",
    ),
    Tried(
        "01.missed",
        "nearly",
        "",
        "`reply` lacks the stream's name or the entry's ID",
        """
for entry_id, fields in r.xread({MISSED: "0"})[MISSED]:
    reply = fields
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "`>` is only for groups",
        """
reply = r.xread({MISSED: ">"})
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "the count, a number above 0",
        """
reply = r.xread({MISSED: 0}, count=0)
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "",
        "in one dictionary",
        """
reply = r.xread([MISSED, "0"])
""",
    ),
    Tried(
        "01.address",
        "hint",
        "user-slot",
        "its user is 'tea#4', it names no password",
        'address = "redis://tea%234@localhost:6379/2"',
    ),
    Tried(
        "01.address",
        "open",
        "",
        "must start with redis://",
        """
address = "redis//:tea#4@localhost:6379/2"
""",
    ),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "the database comes after the port and a `/`",
        """
address = "redis://:tea%234@localhost:6379#2"
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "`%3A` is an encoded `:`",
        """
address = "redis://%3Atea%234@localhost:6379/2"
""",
    ),
    Tried(
        "01.address",
        "hint",
        "database-name",
        "write only the number after the port and a `/`",
        """
address = "redis://:tea%234@localhost:6379/orders/2"
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "`$` stands for the last entry at the moment of the call, and",
        """
reply = r.xread({STREAM: "0", MISSED: "$"})
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "without BLOCK, the server replies at once",
        """
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"}, count=1)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "your read didn't wait: without BLOCK",
        """
block_ms = 100
news = hasty.xread({LATE: "0"}, count=1)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "your read didn't wait: without BLOCK",
        """
block_ms = 100
for _ in range(3):
    news = hasty.xread({LATE: "0"})
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "Set `block_ms` to a number, pass",
        """
news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
hasty = connect(timeout=0.3)
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "a function only if it is called",
        """
block_ms = 100
def wait():
    while not news:
        news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "open",
        "",
        "`news = hasty.xread` doesn't call the function",
        """
block_ms = 100
while not news:
    news = hasty.xread
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "you asked 2 times, but the entry arrived later: keep",
        """
block_ms = 100
news = hasty.xread({LATE: "0"}, block=block_ms)
if not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Right(
        "01.late",
        """
r.xadd(STREAM, {"value": "x"})
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "empty-is-end",
        "instead, read with a BLOCK",
        """
import time
block_ms = 100
while not news:
    time.sleep(1)
    news = hasty.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "its database is '1'",
        """
address = "redis://:tea%234@localhost:6379/1"
connect(address)
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "set `address` to the text that you passed",
        """
connect("redis://:tea%234@localhost:6379/2")
""",
    ),
    Tried(
        "01.late",
        "hint",
        "block-socket",
        "STREAMS 01:late 0` failed: TimeoutError",
        """
block_ms = 5000
try:
    news = hasty.xread({LATE: "0"}, block=block_ms)
except Exception as error:
    print(error)
""",
    ),
    Tried(
        "01.patience",
        "hint",
        "",
        "`block` is an argument of a read",
        """
patient = connect(block=8000)
""",
    ),
    Tried(
        "01.missed",
        "nearly",
        "",
        "`reply` lacks the stream's name or the entry's ID",
        """
reply = [fields for entry_id, fields in r.xread({MISSED: "0"})[MISSED]]
""",
    ),
    Tried(
        "01.missed",
        "nearly",
        "",
        "`reply` lacks the stream's name or the entry's ID",
        """
reply = r.xread({MISSED: "0"})[MISSED]
""",
    ),
    Tried(
        "01.missed",
        "nearly",
        "",
        "`reply` lacks the stream's name or the entry's ID",
        """
r.xread({MISSED: "0"})
reply = r.xrange(MISSED)
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "and `reply` is True.",
        """
reply = bool(r.xread({MISSED: "0"}))
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "the entry is already there, so just read it",
        """
reply = r.xadd(MISSED, {"value": "early bird"})
""",
    ),
    Tried(
        "01.missed",
        "open",
        "",
        "XREVRANGE returns the entry, too",
        """
reply = r.xrevrange(MISSED)
""",
    ),
    Tried(
        "01.missed",
        "hint",
        "xread-dollar",
        "`$` stands for the last entry",
        """
reply = r.xread({MISSED: "$", STREAM: "0"})
""",
    ),
    Right(
        "01.missed",
        """
with r.pipeline() as p:
    p.xread({MISSED: "0"})
    [reply] = p.execute()
""",
    ),
    Right(
        "01.missed",
        """
reply = list(r.xread({MISSED: "0", STREAM: "$"}).items())
""",
    ),
    Right(
        "01.missed",
        """
reply = r.execute_command("XREAD", "STREAMS", MISSED, "0")
""",
    ),
    Tried(
        "01.patience",
        "open",
        "",
        "Call that function, and set `patient` to what it returns",
        """
def patient():
    return connect(timeout=10)
""",
    ),
    Tried(
        "01.patience",
        "open",
        "",
        "`patient` is a collection, not a client",
        """
patient = connect(timeout=10),
""",
    ),
    Right(
        "01.patience",
        """
def make(ms):
    return connect(timeout=ms / 1000 + 3)


patient = make(8000)
""",
    ),
    Right(
        "01.patience",
        """
(patient := connect(timeout=30)).ping()
""",
    ),
    Right(
        "01.patience",
        """
patient = type(r)(socket_timeout=12)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "block-socket",
        "another client got the entry, but the original `hasty` can",
        """
block_ms = 100
print(hasty.ping())
while not news:
    news = r.xread({LATE: "0"}, block=block_ms)
""",
    ),
    Tried(
        "01.late",
        "nearly",
        "",
        "your read had a BLOCK of 100",
        """
while LATE not in news:
    news = hasty.xread({LATE: "0"}, block=100)
block_ms = 200
""",
    ),
    Right(
        "01.late",
        """
block_ms = 120


def wait():
    return hasty.xread({LATE: "0"}, block=block_ms) or wait()


news = wait()
""",
    ),
    Right(
        "01.late",
        """
block_ms = 200
listen = hasty.xread
while not (news := listen({LATE: "0"}, block=block_ms)):
    print(hasty.ping())
""",
    ),
    Right(
        "01.late",
        """
block_ms = 250
while not news:
    with hasty.pipeline() as p:
        p.xread({LATE: "0"}, block=block_ms)
        [news] = p.execute()
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "until the entry arrives, and don't use a thread",
        """
from threading import Thread

block_ms = 100


def wait():
    global news
    while not news:
        news = hasty.xread({LATE: "0"}, block=block_ms)


waiting = Thread(target=wait)
waiting.start()
waiting.join()
""",
    ),
    Tried(
        "01.late",
        "hint",
        "units",
        "your read sent `block_ms` as the COUNT",
        """
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"}, count=block_ms)
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "`address` still holds your colleague's text",
        """
print(outcome(connect, "redis://:tea%234@localhost:6379/orders"))
""",
    ),
    Tried(
        "01.address",
        "hint",
        "raw-password",
        "set `address` to the text that you passed",
        """
address = outcome(connect, "redis://:tea%234@localhost:6379/2")
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "`address` has too many colons for a host and a port",
        """
address = "redis://:tea%234@localhost:6379:2"
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "and a password an @ after it",
        """
address = "redis://:tea%234localhost:6379/2"
""",
    ),
    Tried(
        "01.address",
        "open",
        "",
        "`address` has an unknown option 'database'",
        """
address = "redis://:tea%234@localhost:6379?database=2"
""",
    ),
    Tried(
        "01.address",
        "not started",
        "",
        "so far your code changes nothing",
        """
print(address)
""",
    ),
    Right(
        "01.address",
        """
address = "redis://{}:{}@{}:{}/{}".format("", "tea%234", "localhost", 6379, 2)
""",
    ),
    Right(
        "01.address",
        """
from urllib.parse import quote_plus

head, tail = address.split("tea#4")
address = head + quote_plus("tea#4") + tail.replace("orders", "2")
""",
    ),
    Right(
        "01.address",
        """
address = "redis://:tea%234@localhost:6379/2"
print(outcome(connect, address))
""",
    ),
    Tried(
        "01.late",
        "hint",
        "empty-is-end",
        "in `news`, and stop reading",
        """
block_ms = 100
result = {}
while not result:
    result = hasty.xread({LATE: "0"}, block=block_ms)
print(result)
""",
    ),
]
