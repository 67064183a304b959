"""Answers to the exercises of lesson 08."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "08.pay",
        '''
gate = """
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if #line == 1 then
  redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
end"""''',
    ),
    Right(
        "08.pay",
        '''
gate = look + """
if line then
  redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
  return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
end"""''',
    ),
    Right(
        "08.pay",
        "gate = look + \" if line == nil then return 0 end redis.call('HINCRBYFLOAT', KEYS[2], 'sum', ARGV[3]) redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) return 1\"",
    ),
    Right(
        "08.pay",
        '''
gate = look + """
if not line then return 'closed' end
local old = redis.call('HGET', KEYS[2], 'sum') or 0
redis.call('HSET', KEYS[2], 'sum', old + ARGV[3])
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
return 'open'
"""''',
    ),
    Right(
        "08.pay",
        "gate = look + \"if not line then return 0 end redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3]) return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])\"",
    ),
    Wrong("08.pay", "ack-first", "gate = GATED"),
    Wrong(
        "08.pay",
        "ack-first",
        '''
gate = """if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then
  redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
end"""''',
    ),
    Wrong(
        "08.pay",
        "ack-first",
        '''
gate = look + """
if not line then return 0 end
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
"""''',
    ),
    Wrong(
        "08.pay",
        "ack-first",
        '''
gate = look + """
if not line then return 0 end
redis.pcall('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "script-once",
        '''
gate = look + """
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "effect-is-enough",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
"""''',
    ),
    Wrong(
        "08.pay",
        "",
        '''
gate = look + """
if line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "lua-is-python",
        '''
gate = look + """
if line is None: return 0
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "lua-is-python",
        '''
gate = """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "lua-is-python",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[2])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong(
        "08.pay",
        "another-name",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'total', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""''',
    ),
    Wrong("08.pay", "", "gate = ACK_WITH"),
    Wrong(
        "08.pay",
        "lua-is-python",
        """
def gate(entry):
    return ack_with(r, "08:pay", GROUP, entry.id, "HINCRBY", "08:pay:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.pay",
        "effect-is-enough",
        '''
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[2], ARGV[1])
"""''',
    ),
    Wrong("08.pay", "", "gate = look"),
    Right(
        "08.line",
        """
for first, values in calls:
    for n, value in enumerate(values, first):
        r.eval(ONE, 2, "08:line", "08:line:till", n, value)""",
    ),
    Right(
        "08.line",
        """
for first, values in calls:
    for n in range(len(values)):
        store(keys=["08:line", "08:line:p"], args=[first + n, values[n]])""",
    ),
    Right(
        "08.line",
        """
number = 1
for first, values in calls:
    for value in values[max(0, number - first):]:
        number = store(keys=["08:line", "08:line:x"], args=[number, value]) + 1""",
    ),
    Right(
        "08.line",
        """
sha = r.script_load(ONE)
for first, values in calls:
    for n, v in enumerate(values, start=first):
        r.evalsha(sha, 2, "08:line", "08:line:producer", n, v)""",
    ),
    Right(
        "08.line",
        """
pipe = r.pipeline()
for first, values in calls:
    for n, v in enumerate(values, start=first):
        store(keys=["08:line", "08:line:producer"], args=[n, v], client=pipe)
pipe.execute()""",
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
        "key-per-call",
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
        "remember-in-python",
        """
stored = 0
for first, values in calls:
    for n, value in enumerate(values, first):
        if n == stored + 1:
            r.xadd("08:line", {"value": value})
            stored = n""",
    ),
    Wrong(
        "08.line",
        "remember-in-python",
        """
stored = {}
for first, values in calls:
    for n, v in enumerate(values, first):
        if n not in stored:
            stored[n] = r.xadd("08:line", {"value": v})
r.set("08:line:producer", 4)""",
    ),
    Wrong(
        "08.line",
        "remember-in-python",
        """
stored = {}
for first, values in calls:
    for n, v in enumerate(values, first):
        if n not in stored:
            stored[n] = r.xadd("08:line", {"value": v})""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for n, v in enumerate(values, first + 1):
        store(keys=["08:line", "08:line:producer"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for n, v in enumerate(values, first - 1):
        store(keys=["08:line", "08:line:producer"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for n, v in enumerate(values):
        store(keys=["08:line", "08:line:producer"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in calls:
    for v in values:
        store(keys=["08:line", "08:line:producer"], args=[first, v])""",
    ),
    Wrong(
        "08.line",
        "",
        """
for first, values in calls:
    store(keys=["08:line", "08:line:producer"], args=[first, values])""",
    ),
    Wrong(
        "08.line",
        "",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        store(keys=["08:line", "08:producer"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "",
        """
for first, values in calls:
    for n, v in enumerate(values, first):
        store(keys=["08:once", "08:once:producer:till"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "key-per-call",
        """
for first, values in sorted(calls):
    for n, v in enumerate(values, first):
        store(keys=["08:line", f"08:line:{first}"], args=[n, v])""",
    ),
    Wrong(
        "08.line",
        "equal-is-repeat",
        """
seen = set()
n = 0
for first, values in calls:
    for v in values:
        if v not in seen:
            n += 1
            store(keys=["08:line", "08:line:producer"], args=[n, v])
        seen.add(v)""",
    ),
    Wrong(
        "08.line",
        "repeat-is-known",
        """
with Producer(r, "08:line", producer_id="till") as producer:
    for first, values in calls:
        for v in values:
            producer.send({"value": v})""",
    ),
    Wrong(
        "08.line",
        "sequence-counts-calls",
        """
for first, values in reversed(calls):
    for n, v in enumerate(values, first):
        store(keys=["08:line", "08:line:producer"], args=[n, v])""",
    ),
    Right(
        "08.count",
        """
for entry in work:
    r.eval(ACK_WITH, 2, "08:count", "08:count:till", GROUP, entry.id, "HINCRBY", "sum", entry.fields["value"])""",
    ),
    Right(
        "08.count",
        """
from helpers.streams import ack_once
for entry in work:
    ack_once(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", int(entry.fields["value"]))""",
    ),
    Right(
        "08.count",
        '''
gate = """
local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""
count = r.register_script(gate)
for entry in work:
    count(keys=["08:count", "08:count:till"], args=[GROUP, entry.id, entry.fields["value"]])''',
    ),
    Right(
        "08.count",
        """
for entry in work:
    if r.xpending_range("08:count", GROUP, entry.id, entry.id, 1):
        pipe = r.pipeline(transaction=True)
        pipe.hincrby("08:count:till", "sum", entry.fields["value"])
        pipe.xack("08:count", GROUP, entry.id)
        pipe.execute()""",
    ),
    Wrong(
        "08.count",
        "remember-in-python",
        """
done = set()
for entry in work:
    if entry.id not in done:
        done.add(entry.id)
        pipe = r.pipeline()
        pipe.hincrby("08:count:till", "sum", entry.fields["value"])
        pipe.xack("08:count", GROUP, entry.id)
        pipe.execute()""",
    ),
    Wrong(
        "08.count",
        "effect-is-enough",
        """
for entry in entries:
    pipe = r.pipeline(transaction=False)
    pipe.hincrby("08:count:till", "sum", entry.fields["value"])
    pipe.xack("08:count", GROUP, entry.id)
    pipe.execute()""",
    ),
    Wrong(
        "08.count",
        "ack-first",
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
        "",
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
    Wrong(
        "08.count",
        "ack-first",
        """
for entry in work:
    r.eval(GATED, 2, "08:count", "08:count:till", GROUP, entry.id, entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "ack-first",
        """
gated = r.register_script(GATED)
for entry in work:
    gated(keys=["08:count", "08:count:till"], args=[GROUP, entry.id, entry.fields["value"]])""",
    ),
    Wrong(
        "08.count",
        "effect-is-enough",
        """
seen = set()
for entry in work:
    if entry.id not in seen:
        r.hincrby("08:count:till", "sum", int(entry.fields["value"]))
        r.xack("08:count", GROUP, entry.id)
        seen.add(entry.id)""",
    ),
    Wrong(
        "08.count",
        "another-name",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "total", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "another-name",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "",
        """
for entry in work:
    ack_with(r, "08:count", "alice", entry.id, "HINCRBY", "08:count:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "another-name",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "sum", "08:count:till", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "",
        """
for entry in work[:2]:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "HINCRBY", "08:count:till", "sum", 1)""",
    ),
    Wrong(
        "08.count",
        "",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry, "HINCRBY", "08:count:till", "sum", entry.fields["value"])""",
    ),
    Wrong(
        "08.count",
        "another-name",
        """
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id, "INCRBY", "08:count:till", entry.fields["value"])""",
    ),
]
