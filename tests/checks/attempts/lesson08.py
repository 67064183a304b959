"""Attempts at the exercises of lesson 08, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "a crash between your commands would",
        """
for entry in work:
    if r.sadd("08:count:seen", entry.id):
        p = r.pipeline()
        p.hincrby("08:count:till", "sum", entry.fields["value"])
        p.xack("08:count", GROUP, entry.id)
        p.execute()
""",
    ),
    Tried(
        "08.line",
        "open",
        "",
        "you passed `store` the producer key `08:producer`",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        store(keys=["08:line", "08:producer"], args=[n, v])
""",
    ),
    Tried(
        "08.count",
        "hint",
        "idmp-exactly-once",
        "sum 5` doesn't check whether",
        """
from helpers.streams import ack_with
for entry in work:
    r.hincrby("08:count:till", "sum", entry.fields["value"])
    amount = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "a crash between your commands would lose",
        """
from helpers.streams import ack_with
for entry in work:
    if ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", 0):
        r.hincrby("08:count:till", "sum", entry.fields["value"])
""",
    ),
    Right(
        "08.count",
        """
from helpers.streams import ack_with
r.hset("08:count:till", "sum", 0)
for entry in work:
    amount = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
""",
    ),
    Tried(
        "08.count",
        "hint",
        "ack-first",
        "took an entry off the list before the script ran",
        """
from helpers.streams import ack_with
for entry in work:
    amount = entry.fields["value"]
    r.xack("08:count", GROUP, entry.id)
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
""",
    ),
    Right(
        "08.count",
        """
for entry in work:
    if r.xpending_range("08:count", GROUP, entry.id, entry.id, 1):
        r.execute_command("MULTI")
        r.hincrby("08:count:till", "sum", entry.fields["value"])
        r.xack("08:count", GROUP, entry.id)
        r.execute_command("EXEC")
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "remember-in-python",
        "your program removed the repeats",
        """
for entry in {entry.id: entry for entry in work}.values():
    r.execute_command("MULTI")
    r.hincrby("08:count:till", "sum", entry.fields["value"])
    r.xack("08:count", GROUP, entry.id)
    r.execute_command("EXEC")
""",
    ),
    Tried(
        "08.line",
        "hint",
        "repeat-is-known",
        "a Producer gives every value a new number, so a value that came",
        """
with Producer(r, "08:line") as producer:
    for first, values in calls:
        for value in values:
            producer.send({"value": value})
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "another-name",
        "08:pay:till isn't a hash with a whole number in the field `sum`",
        '''
gate = look + """
if line == nil then return end
redis.call('INCRBY', KEYS[2], ARGV[3])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "the stream is KEYS[1], and the hash is KEYS[2]",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[1], 'sum', ARGV[3])
redis.call('XACK', KEYS[2], ARGV[1], ARGV[2])"""
''',
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "the sum is right, but you set it yourself",
        """
r.hset("08:count:till", "sum", 35)
r.xack("08:count", GROUP, *[entry.id for entry in entries])
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "the entries are right, but only because you removed the repeats",
        """
for value in ["a", "b", "a", "d"]:
    r.xadd("08:line", {"value": value})
""",
    ),
    Tried(
        "08.line",
        "hint",
        "",
        "you worked on `08:lines`",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        store(keys=["08:lines", "08:lines:producer"], args=[n, v])
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "the server refused a command that the script calls",
        'gate = GATED.replace("XACK", "XPENDING")',
    ),
    Tried(
        "08.line",
        "hint",
        "",
        "removed entries from the stream",
        """
for n, value in enumerate("abad", 1):
    store(["08:line", "08:line:p"], [n, value])
r.xtrim("08:line", maxlen=3, approximate=False)
""",
    ),
    Tried(
        "08.line",
        "hint",
        "another-name",
        "the first key is the stream",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line:producer", "08:line"], args=[number, value])
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "effect-is-enough",
        "5 is still pending",
        """
gate = look + '''
if not line then return 0 end
redis.call('HSET', KEYS[2], 'sum', ARGV[3])
redis.call('XACK', KEYS[1], ARGV[2], ARGV[1])
return 1
'''
""",
    ),
    Tried(
        "08.line",
        "hint",
        "sequence-counts-calls",
        "even an equal one",
        """
sent = []
for first, values in calls:
    for number, value in enumerate(values, first):
        if value not in sent:
            store(keys=["08:line", "08:line:producer"], args=[number, value])
            sent.append(value)
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "",
        "send its text, which is its .script",
        '''
gate = r.register_script(look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])""")
''',
    ),
    Tried(
        "08.pay",
        "nearly",
        "effect-is-enough",
        "HSET overwrites an old sum",
        '''
gate = look + """
if not line then return 0 end
redis.call('HSET', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "begin the script with `look +`",
        '''
gate = """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.line",
        "hint",
        "",
        "the script compares something that isn't a number",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line", "08:line:producer"], args=[value, number])
""",
    ),
    Tried(
        "08.line",
        "hint",
        "repeat-is-known",
        "a Producer gives every value a new number",
        """
with Producer(r, "08:line", producer_id="line") as producer:
    for first, values in calls:
        for value in values:
            producer.send({"value": value})
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "effect-is-enough",
        "HSETNX leaves it as it is",
        '''
gate = look + """
if line then
  redis.call('HSETNX', KEYS[2], 'sum', ARGV[3])
  return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
end"""
''',
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "a crash between two of your commands",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        if r.sadd("08:line:seen", number):
            r.xadd("08:line", {"value": value})
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "a crash between your commands would lose an amount",
        """
for entry in work:
    if r.sadd("08:count:seen", entry.id):
        r.hincrby("08:count:till", "sum", entry.fields["value"])
    r.xack("08:count", GROUP, entry.id)
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "let one script send them all",
        """
from helpers.consumer import Consumer
def add(entry):
    r.hincrby("08:count:till", "sum", entry.fields["value"])
with Consumer(r, "08:count", GROUP, "alice", add) as c:
    c.drain()
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "leave that to the script `gate`",
        """
r.hset("08:pay:till", "sum", 5)
r.xack("08:pay", GROUP, five.id)
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "you sent `HINCRBY 08:pay:till sum 5`",
        """
r.hincrby("08:pay:till", "sum", 5)
r.xack("08:pay", GROUP, five.id)
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "leave that to the script `gate`",
        """
r.hincrby("08:pay:till", "sum", 5)
r.xack("08:pay", GROUP, five.id)
gate = look + " if not line then return 0 end return 1"
""",
    ),
    Tried(
        "08.pay",
        "open",
        "",
        "did nothing: check the order of its keys, and its conditions",
        '''
gate = look + """
if line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])"""
''',
    ),
    Right(
        "08.pay",
        '''
gate = look + """
if line then
  redis.call('HSET', KEYS[2], 'sum', (redis.call('HGET', KEYS[2], 'sum') or 0) + ARGV[3])
  return redis.call('XACK', KEYS[1], unpack(ARGV, 1, 2))
end
return 0"""
''',
    ),
    Right(
        "08.pay",
        '''
gate = """
local lines = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if #lines == 0 then return redis.status_reply('closed') end
redis.call('HINCRBYFLOAT', KEYS[2], 'sum', ARGV[3])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return redis.status_reply('open')"""
''',
    ),
    Tried(
        "08.count",
        "open",
        "",
        "the sum is 20, and no entry will be delivered again",
        """
from helpers.streams import ack_with
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HSET", "08:count:till", "sum", entry.fields["value"])
""",
    ),
    Tried(
        "08.count",
        "open",
        "",
        "the sum is 3, and no entry will be delivered again",
        """
from helpers.streams import ack_with
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", 1)
""",
    ),
    Tried(
        "08.line",
        "hint",
        "another-name",
        "the first key that you passed to `store` is `08:lines`",
        """
for first, values in calls:
    for n, value in enumerate(values, first):
        store(keys=["08:lines", "08:line:p"], args=[n, value])
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "nothing may follow `return` in its block",
        """
gate = look + '''
if not line then return 0 end
return redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.count",
        "hint",
        "",
        "your cell ended with ResponseError: Wrong number",
        """
from helpers.streams import ack_with
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", entry.fields["value"])
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "use ARGV[3], which holds each entry's own amount",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', 5)
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "effect-is-enough",
        "because it stayed pending",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XDEL', KEYS[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "open",
        "",
        "`gate` is still None",
        '''
script = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "is a Python function",
        """
def gate():
    r.hincrby("08:pay:till", "sum", 5)
    r.xack("08:pay", GROUP, five.id)
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "",
        "with your own script",
        '''
MINE = """
local last = tonumber(redis.call('GET', KEYS[2]) or 0)
if tonumber(ARGV[1]) <= last then return 0 end
redis.call('XADD', KEYS[1], '*', 'value', ARGV[2])
redis.call('SET', KEYS[2], ARGV[1])
return 1"""
mine = r.register_script(MINE)
for first, values in calls:
    for number, value in enumerate(values, first):
        mine(keys=["08:line", "08:line:producer"], args=[number, value])
''',
    ),
    Tried(
        "08.line",
        "nearly",
        "",
        "your code doesn't use `calls`",
        """
for number, value in enumerate("abad", 1):
    store(keys=["08:line", "08:line:producer"], args=[number, value])
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "",
        "the server saw only 3 of them",
        """
from helpers.streams import ack_with
for entry in entries:
    amount = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "",
        "the server saw only 5 of them",
        """
from helpers.streams import ack_with
for entry in work[:5]:
    amount = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "",
        "the server saw only 3 of them",
        """
seen = set()
for entry in work:
    if entry.id in seen or not r.xpending_range("08:count", GROUP, "-", "+", 10):
        continue
    seen.add(entry.id)
    with r.pipeline() as p:
        p.hincrby("08:count:till", "sum", entry.fields["value"])
        p.xack("08:count", GROUP, entry.id)
        p.execute()
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "a crash between your commands",
        """
total = sum(int(e.fields["value"]) for e in entries)
from helpers.streams import ack_with
ack_with(r, "08:count", GROUP, entries[0].id, "HINCRBY", "08:count:till", "sum", total)
r.xack("08:count", GROUP, entries[1].id, entries[2].id)
""",
    ),
    Right(
        "08.pay",
        '''
gate = look + """
if line then
  local sum = redis.call('HINCRBY', KEYS[2], 'sum', tonumber(ARGV[3]))
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
  return sum
end
"""
''',
    ),
    Right(
        "08.pay",
        '''
gate = look + """
if type(line) ~= 'table' then return 'again' end
local ok = redis.pcall('HINCRBY', KEYS[2], 'sum', ARGV[3])
if type(ok) == 'table' and ok.err then return ok end
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Right(
        "08.pay",
        """
gate = f'''{look}
return line and {{redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3]),
                  redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])}}
'''
""",
    ),
    Right(
        "08.line",
        """
pipe = r.pipeline()
for first, values in calls:
    for number, value in enumerate(values, first):
        store(["08:line", "08:line:x"], [number, value], client=pipe)
pipe.execute()
""",
    ),
    Right(
        "08.line",
        """
for first, values in calls:
    for i in range(len(values)):
        r.eval(ONE, 2, "08:line", "08:line:producer:1", first + i, values[i])
""",
    ),
    Right(
        "08.line",
        """
numbered = [(first + i, value) for first, values in calls for i, value in enumerate(values)]
for pair in numbered:
    store(keys=("08:line", b"08:line:producer"), args=pair)
""",
    ),
    Right(
        "08.count",
        """
from helpers.streams import ack_with
for entry in work:
    amount = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", amount)
    r.xack("08:count", GROUP, entry.id)
""",
    ),
    Right(
        "08.count",
        """
from helpers.streams import ack_with
effect = "HINCRBYFLOAT", "08:count:till", "sum"
print([ack_with(r, "08:count", GROUP, e.id, *effect, float(e.fields["value"])) for e in work])
""",
    ),
    Right(
        "08.count",
        '''
GATE = """
if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1) == 1 then
  redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
  return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
end
return 0"""
gate = r.register_script(GATE)
for entry in work:
    gate(["08:count", "08:count:till"], [GROUP, entry.id, entry.fields["value"]])
''',
    ),
    Tried(
        "08.count",
        "nearly",
        "remember-in-python",
        "a second consumer that got the same entry would add its amount again",
        """
seen = {}
for entry in work:
    seen[entry.id] = int(entry.fields["value"])
pipe = r.pipeline(transaction=True)
for entry_id, amount in seen.items():
    pipe.hincrby("08:count:till", "sum", amount)
    pipe.xack("08:count", GROUP, entry_id)
pipe.execute()
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "",
        "you used 4 producer keys",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        store(keys=["08:line", f"08:line:{n}"], args=[1, v])
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "",
        "a Producer gives each value a new number",
        """
last = 0
with Producer(r, "08:line", producer_id="p") as producer:
    for first, values in calls:
        for n, v in enumerate(values, first):
            if n > last:
                producer.send({"value": v}); last = n
""",
    ),
    Tried(
        "08.line",
        "hint",
        "equal-is-repeat",
        "an equal value isn't necessarily a repeat",
        """
seen=set()
with Producer(r, "08:line", producer_id="p") as producer:
    for first, values in calls:
        for v in values:
            if v not in seen:
                producer.send({"value": v}); seen.add(v)
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "because the server refused the repeated IDs",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        try:
            r.xadd("08:line", {"value": v}, id=f"{n}-0")
        except ResponseError:
            pass
""",
    ),
    Tried(
        "08.line",
        "hint",
        "repeat-is-known",
        "each XADD creates a new ID",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        r.xadd("08:line", {"value": v})
        r.set("08:line:producer", n)
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "between your check and your XADD",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        last = int(r.get("08:line:producer") or 0)
        if n == last + 1:
            p = r.pipeline()
            p.xadd("08:line", {"value": v})
            p.set("08:line:producer", n)
            p.execute()
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "'then' expected near 'is': in Lua",
        '''
gate = look + """
if line is nil then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "Lua doesn't know `call`",
        '''
gate = look + """
if not line then return 0 end
call('HINCRBY', KEYS[2], 'sum', ARGV[3])
call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "with `redis.call('HINCRBY', …)`",
        '''
gate = look + """
if not line then return 0 end
redis.hincrby(KEYS[2], 'sum', ARGV[3])
redis.xack(KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "HGET, for example, returns false",
        '''
gate = look + """
if not line then return 0 end
local s = redis.call('HGET', KEYS[2], 'sum') + ARGV[3]
redis.call('HSET', KEYS[2], 'sum', s)
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "script-once",
        "as in `look`",
        '''
gate = """
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "write `local` before",
        '''
gate = """
line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "hint",
        "effect-is-enough",
        "before any `return`",
        '''
gate = look + """
if line then
  return redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
end
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
''',
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "never ran your script for 7",
        '''
script = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
r.eval(script, 2, "08:pay", "08:pay:till", GROUP, five.id, 5)
''',
    ),
    Tried(
        "08.line",
        "hint",
        "idmp-exactly-once",
        "this server refused IDMP",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        r.xadd("08:line", {"value": v}, idmp=("line", str(n)))
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "ack-first",
        "your script acknowledges an entry before it adds",
        '''
S = """if redis.call("XACK", KEYS[1], ARGV[1], ARGV[2]) == 1 then
    redis.call("HINCRBY", KEYS[2], "sum", ARGV[3])
end"""
for entry in work:
    r.eval(S, 2, "08:count", "08:count:till", GROUP, entry.id, entry.fields["value"])
''',
    ),
    Tried(
        "08.count",
        "nearly",
        "ack-first",
        "your script acknowledges an entry before it adds",
        '''
look = "local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]"
g = look + """
if not line then return 0 end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])"""
for entry in work:
    r.eval(g, 2, "08:count", "08:count:till", GROUP, entry.id, entry.fields["value"])
''',
    ),
    Tried(
        "08.count",
        "nearly",
        "",
        "a Consumer handles each pending entry only once",
        """
from helpers.streams import ack_with
from helpers.consumer import Consumer
class Till(Consumer):
    def acknowledge(self, entries):
        for entry in entries:
            ack_with(self.r, self.stream, self.group, entry.id,
                     "HINCRBY", self.stream + ":till", "sum", entry.fields["value"])
with Till(r, "08:count", GROUP, "alice", lambda e: None) as t:
    t.drain()
""",
    ),
    Tried(
        "08.count",
        "hint",
        "idmp-exactly-once",
        "more than once. Let one script check",
        """
total=0
for e in work:
    total += int(e.fields["value"])
    r.hset("08:count:till", "sum", total)
    r.xack("08:count", GROUP, e.id)
""",
    ),
    Tried(
        "08.count",
        "hint",
        "idmp-exactly-once",
        "An entry that stays pending is added on every try",
        '''
g = """
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[2], ARGV[1])"""
for entry in work:
    r.eval(g, 2, "08:count", "08:count:till", GROUP, entry.id, entry.fields["value"])
''',
    ),
    Right(
        "08.count",
        """
for e in work:
    if not r.exists(f"08:count:done:{e.id}"):
        p = r.pipeline()
        p.set(f"08:count:done:{e.id}", 1)
        p.hincrby("08:count:till", "sum", e.fields["value"])
        p.xack("08:count", GROUP, e.id)
        p.execute()
""",
    ),
    Tried(
        "08.count",
        "hint",
        "another-name",
        "but the sum belongs in the field `sum` of `08:count:till`: pass HINCRBY, that key",
        """
for entry in work:
    value = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:sum", "sum", value)
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "effect-is-enough",
        "HSET overwrites an old sum",
        """
gate = look + '''
if not line then return 0 end
local old = redis.call('HGET', KEYS[2], 'sum')
redis.call('HSET', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "nearly",
        "",
        "end the script early if `line` is nil",
        """
gate = look + '''
if #line == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "open",
        "",
        "add each amount to KEYS[2], that call's hash",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', '08:pay:till', 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "ack-first",
        "nothing was added to `sum` in KEYS[2]",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', '08:pay:sum', 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "and then the amount, which is ARGV[3]",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], ARGV[3], 'sum')
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "arguments are in ARGV",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', amount)
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "script_load returns only its SHA1",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
gate = r.script_load(gate)
""",
    ),
    Tried(
        "08.pay",
        "open",
        "",
        "use ARGV[3], which holds each entry's own amount",
        """
gate = look + '''
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', 1)
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Right(
        "08.pay",
        """
gate = look + '''
if not line then return 0 end
local old = redis.call('HGET', KEYS[2], 'sum')
if old then
  redis.call('HSET', KEYS[2], 'sum', old + ARGV[3])
else
  redis.call('HSET', KEYS[2], 'sum', ARGV[3])
end
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Right(
        "08.pay",
        """
gate = look + '''
if not line then return redis.error_reply('CLOSED nothing is pending') end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
'''
""",
    ),
    Right(
        "08.pay",
        """
gate = look + '''
local stream, till = KEYS[1], KEYS[2]
local group, id, amount = unpack(ARGV)
local function done() return redis.call('XACK', stream, group, id) end
return line and redis.call('HINCRBY', till, 'sum', amount) and done() or 0
'''
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "between your check and your XADD",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        if r.xlen("08:line") < number:
            r.xadd("08:line", {"value": value})
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "before the server saw them",
        """
seen = set()
with r.pipeline() as pipe:
    for first, values in calls:
        for number, value in enumerate(values, first):
            if number not in seen:
                seen.add(number)
                pipe.xadd("08:line", {"value": value})
    pipe.execute()
""",
    ),
    Tried(
        "08.line",
        "nearly",
        "remember-in-python",
        "a crash between two of your commands",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        if not r.hexists("08:numbers", number):
            r.hset("08:numbers", number, value)
            r.xadd("08:line", {"value": value})
r.delete("08:numbers")
""",
    ),
    Tried(
        "08.line",
        "hint",
        "repeat-is-known",
        "and the value's own number",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        r.xadd("08:line", {"value": value, "number": number})
""",
    ),
    Tried(
        "08.line",
        "hint",
        "",
        "deleted the stream with its entries",
        """
K = ["08:line", "08:line:producer"]
for first, values in calls:
    for number, value in enumerate(values, first):
        store(K, [number, value])
r.delete("08:line")
for first, values in calls:
    for number, value in enumerate(values, first):
        store(K, [number, value])
""",
    ),
    Right(
        "08.line",
        """
def send(first, values):
    if values:
        store(keys=["08:line", "08:line:producer"], args=[first, values[0]])
        send(first + 1, values[1:])
for call in calls:
    send(*call)
""",
    ),
    Right(
        "08.line",
        """
from itertools import chain, count
pairs = chain.from_iterable(zip(count(first), values) for first, values in calls)
while pair := next(pairs, None):
    store(client=r, keys=("08:line", "08:line:x"), args=[str(pair[0]), pair[1].encode()])
""",
    ),
    Tried(
        "08.count",
        "hint",
        "idmp-exactly-once",
        "which may be empty, but is never nil",
        '''
script = """
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])"""
for entry in work:
    r.eval(script, 2, "08:count", "08:count:till", GROUP, entry.id, entry.fields["value"])
''',
    ),
    Tried(
        "08.count",
        "hint",
        "idmp-exactly-once",
        "more than once. Let one script check whether the entry is pending, add the entry",
        """
from helpers.streams import ack_with

total = sum(int(entry.fields["value"]) for entry in entries)
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", total)
""",
    ),
    Tried(
        "08.count",
        "hint",
        "",
        "removed entries from the stream",
        """
from helpers.streams import ack_with

for entry in work:
    value = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", value)
    r.xdel("08:count", entry.id)
""",
    ),
    Right(
        "08.count",
        """
from helpers.consumer import Consumer
from helpers.streams import ack_with
class Till(Consumer):
    def acknowledge(self, entries):
        for entry in entries:
            ack_with(self.r, self.stream, self.group, entry.id,
                     "HINCRBY", self.stream + ":till", "sum", entry.fields["value"])
Till(r, "08:count", GROUP, "alice", print).acknowledge(work)
""",
    ),
    Right(
        "08.count",
        """
for entry in work:
    with r.pipeline() as pipe:
        pipe.watch("08:count", "08:count:till")
        if pipe.xpending_range("08:count", GROUP, entry.id, entry.id, 1):
            pipe.multi()
            pipe.hincrby("08:count:till", "sum", entry.fields["value"])
            pipe.xack("08:count", GROUP, entry.id)
            pipe.execute()
""",
    ),
    Tried(
        "08.pay",
        "hint",
        "lua-is-python",
        "KEYS and ARGV begin with [1]",
        '''
gate = look + """
if not line then return end
redis.call('HINCRBY', KEYS[0], 'sum', ARGV[2])
return redis.call('XACK', KEYS[0], ARGV[0], ARGV[1])
"""
''',
    ),
    Tried(
        "08.line",
        "hint",
        "",
        "EVALSHA takes the SHA1",
        """
for first, values in calls:
    for number, value in enumerate(values, first):
        r.evalsha(ONE, 2, "08:line", "08:line:producer", number, value)
""",
    ),
    Tried(
        "08.count",
        "nearly",
        "effect-is-enough",
        "but you set it yourself",
        """
from helpers.streams import ack_with
for entry in work:
    value = entry.fields["value"]
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", value)
r.hset("08:count:till", "sum", 35)
""",
    ),
    Right(
        "08.count",
        '''
GATE = """
if redis.call('SADD', KEYS[3], ARGV[2]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])"""
for entry in work:
    keys = "08:count", "08:count:till", "08:count:seen"
    r.eval(GATE, 3, *keys, GROUP, entry.id, entry.fields["value"])
''',
    ),
]
