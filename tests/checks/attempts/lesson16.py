"""Attempts at the exercises of lesson 16, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "16.cases",
        "hint",
        "stream-on-disk",
        "terabytes",
        """
choices |= {"presence": "pubsub", "payments": "stream", "thumbnails": "stream"}
choices |= {"audit": "stream", "scores": "list", "accounts": "partitions"}
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "in the dictionary `choices`",
        'choices = ["pubsub", "stream", "list", "disk", "pubsub", "partitions"]',
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "would duplicate",
        """
value = r.lindex(MOVE, 0)
r.eval("redis.call('XADD', KEYS[2], '*', 'value', ARGV[1])", 2, MOVE, MOVED, value)
r.lpop(MOVE)
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "move values from each dead worker's list until LMOVE returns None",
        """
for name in ("cleo", "ann"):
    while r.lmove("{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass
""",
    ),
    Tried(
        "16.cases",
        "hint",
        "keep-all",
        "Which of the five ways stores nothing",
        """
choices.update(presence="pubsub", payments="stream", thumbnails="list")
choices.update(audit="disk", scores="partitions", accounts="partitions")
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "is a pipeline: a command in a pipeline",
        """
with r.pipeline() as pipe:
    value = pipe.lpop(MOVE)
    pipe.xadd(MOVED, {"value": value})
    pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "alive-is-dead",
        "whose `:alive` key is gone",
        """
for name in ("cleo", "ben", "ann"):
    if r.exists(f"{RESCUE}:{name}:alive"):
        while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
            pass
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "would duplicate",
        """
value = r.lindex(MOVE, 0)
with r.pipeline(transaction=False) as pipe:
    pipe.xadd(MOVED, {"value": value})
    pipe.lpop(MOVE)
    pipe.execute()
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "check that KEYS and ARGV have every item",
        """
r.eval("redis.call('XADD', KEYS[2], '*', 'value', redis.call('LPOP', KEYS[1]))", 1, MOVE, MOVED)
""",
    ),
    Tried(
        "16.rescue",
        "nearly",
        "two-commands",
        "in one command and removed them in another",
        """
with r.pipeline(transaction=False) as pipe:
    pipe.lpush(RESCUE, 4, 3, 1, 0)
    pipe.delete(f"{RESCUE}:ann", f"{RESCUE}:cleo")
    pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "EXISTS returns 0 for its `:alive` key",
        """
for name in ("cleo", "ben", "ann"):
    if r.exists(f"{RESCUE}:{name}:alive") is False:
        while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
            pass
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "which isn't a dictionary",
        """
choices = ['pubsub', 'stream', 'list', 'disk', 'pubsub', 'partitions']
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "`payment` isn't one of the cases",
        """
choices |= {"presence": "pubsub", "payment": "stream", "thumbnails": "list", "audit": "disk"}
choices |= {"scores": "pubsub", "accounts": "partitions"}
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "but only XADD adds to a stream",
        """
r.lmove(MOVE, MOVED, "LEFT", "RIGHT")
""",
    ),
    Tried(
        "16.move",
        "hint",
        "copied-is-moved",
        "has the field item",
        """
pop = "local v = redis.call('LPOP', KEYS[1]) "
r.eval(pop + "redis.call('XADD', KEYS[2], '*', 'item', v)", 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "hint",
        "two-commands",
        "was refused: Wrong number of args",
        """
try:
    pop = "local v = redis.call('LPOP', KEYS[1]) "
    r.eval(pop + "redis.call('XADD', KEYS[2], 'value', v)", 2, MOVE, MOVED)
except Exception as error:
    pass
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "copied-is-moved",
        "used to hold 5, 6, 7, 8, 9",
        """
r.rename(f"{RESCUE}:ann", RESCUE)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent the BLPOP before the XADD, so a crash in between would lose",
        """
key, value = r.blpop(MOVE)
r.xadd(MOVED, {"value": value})
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent the LTRIM before the XADD, so a crash in between would lose",
        """
value = r.lindex(MOVE, 0)
r.ltrim(MOVE, 1, -1)
r.xadd(MOVED, {"value": value})
""",
    ),
    Tried(
        "16.rescue",
        "nearly",
        "",
        "with different values in the lists, this would be wrong. Move",
        """
with r.pipeline() as p:
    p.lpush(RESCUE, 4, 3, 1, 0); p.delete(RESCUE + ":ann", RESCUE + ":cleo"); p.execute()
""",
    ),
    Tried(
        "16.move",
        "hint",
        "copied-is-moved",
        "take a single value per call, without a loop",
        '''
script = """
while true do
  local v = redis.call('LPOP', KEYS[1])
  if not v then return end
  redis.call('XADD', KEYS[2], '*', 'value', v)
end"""
r.eval(script, 2, MOVE, MOVED)
''',
    ),
    Tried(
        "16.move",
        "open",
        "",
        "holds 0,1,2,3,4,5,6,7,8,9,10,11",
        """
whole = "table.concat(redis.call('LRANGE', KEYS[1], 0, -1), ',')"
script = f"redis.call('XADD', KEYS[2], '*', 'value', {whole}) redis.call('DEL', KEYS[1])"
r.eval(script, 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "open",
        "",
        "check the order of its keys, and its conditions",
        """
take = "local v = redis.call('LPOP', KEYS[1]) "
r.eval(take + "if v then redis.call('XADD', KEYS[2], '*', 'value', v) end", 2, MOVED, MOVE)
""",
    ),
    Right(
        "16.rescue",
        """
for name in ("cleo", "ann"):
    while value := r.lindex(f"{RESCUE}:{name}", -1):
        with r.pipeline() as pipe:
            pipe.rpop(f"{RESCUE}:{name}").lpush(RESCUE, value).execute()
""",
    ),
    Right(
        "16.rescue",
        '''
move = """
local values = redis.call('LRANGE', KEYS[1], 0, -1)
for i = #values, 1, -1 do redis.call('LPUSH', KEYS[2], values[i]) end
redis.call('DEL', KEYS[1])"""
for name in ("cleo", "ben", "ann"):
    if not r.exists(f"{RESCUE}:{name}:alive"):
        r.eval(move, 2, f"{RESCUE}:{name}", RESCUE)
''',
    ),
    Right(
        "16.move",
        '''
script = """
for _, value in ipairs(redis.call('LRANGE', KEYS[1], 0, 0)) do
  redis.call('XADD', KEYS[2], '*', 'value', value)
  redis.call('LTRIM', KEYS[1], 1, -1)
end"""
return r.eval(script, 2, MOVE, MOVED)
''',
    ),
    Right(
        "16.move",
        """
def move(pipe):
    value = pipe.lindex(MOVE, 0)
    pipe.multi()
    pipe.xadd(MOVED, {"value": value})
    pipe.lrem(MOVE, 1, value)
r.transaction(move, MOVE)
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "answered with ['pubsub']",
        """
ways = ["pubsub", "stream", "list", "disk", "pubsub", "partitions"]
choices = {case: [way] for case, way in zip(choices, ways)}
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "what the script did before stays done",
        """
script = '''local v = redis.call('LPOP', KEYS[1])
redis.call('XAD', KEYS[2], '*', 'value', v)'''
r.eval(script, 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "list-ends",
        "start with the worker that took the newest",
        """
for name in ("ann", "cleo"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "LEFT", "LEFT"):
        pass
""",
    ),
    Right(
        "16.rescue",
        """
for name in ("cleo", "ann"):
    while r.rpoplpush(f"16:rescue:{name}", "16:rescue") is not None:
        pass
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "You set `choice`, but the check looks at `choices`",
        """
choice = {"presence": "pubsub", "payments": "stream"}
""",
    ),
    Tried(
        "16.move",
        "hint",
        "another-name",
        "your command named the keys 16:move, 16:stream",
        """
take = "local v = redis.call('LPOP', KEYS[1]) "
r.eval(take + "redis.call('XADD', KEYS[2], '*', 'value', v)", 2, MOVE, "16:stream")
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "write `local` before the first use",
        """
take = "value = redis.call('LPOP', KEYS[1]) "
r.eval(take + "redis.call('XADD', KEYS[2], '*', 'value', value)", 2, MOVE, MOVED)
""",
    ),
    Right(
        "16.move",
        """
script = r.register_script(
    "local v = redis.call('LPOP', KEYS[1]) "
    "if v then return redis.call('XADD', KEYS[2], '*', 'value', v) end"
)
script([MOVE, MOVED])
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "between",
        """
with r.pipeline() as pipe:
    pipe.lpop(MOVE)
    value = pipe.execute()[0]
    pipe.xadd(MOVED, {"value": value})
    pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "nearly",
        "",
        "only the worker itself may change that key",
        """
for name in ("cleo", "ann"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass
r.delete(f"{RESCUE}:ben:alive")
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "alive-is-dead",
        "you sent `DEL 16:rescue:ben:alive`",
        """
r.delete(f"{RESCUE}:ben:alive")
for name in ("cleo", "ben", "ann"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass
""",
    ),
    Right(
        "16.rescue",
        """
with r.pipeline() as pipe:
    pipe.watch(RESCUE)
    now = pipe.lrange(RESCUE, 0, -1)
    back = pipe.lrange(RESCUE + ":ann", 0, -1) + pipe.lrange(RESCUE + ":cleo", 0, -1)
    pipe.multi()
    pipe.delete(RESCUE, RESCUE + ":ann", RESCUE + ":cleo")
    pipe.rpush(RESCUE, *back, *now)
    pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "first argument is the list to move from",
        """
for name in ("cleo", "ann"):
    while r.lmove(RESCUE, f"{RESCUE}:{name}", "LEFT", "RIGHT"):
        pass
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "a pipeline keeps its commands until execute()",
        """
pipe = r.pipeline()
pipe.xadd(MOVED, {"value": r.lindex(MOVE, 0)})
pipe.lpop(MOVE)
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "list-ends",
        "empty one worker's list before you start on the next",
        """
for _ in range(2):
    for name in ("cleo", "ann"):
        r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT")
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "list-ends",
        "take values from each list's right end, where the newest one is.",
        """
for name in ("cleo", "ann"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "LEFT", "LEFT"):
        pass
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "list-ends",
        ": start with the worker that took the newest",
        """
for name in ("ann", "cleo"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass
""",
    ),
    Tried(
        "16.move",
        "hint",
        "two-commands",
        "so the value it took from the list is gone",
        """
take = "local value = redis.call('LPOP', KEYS[1])"
r.eval(take + " redis.call('XADD', KEYS[2], 'value', value)", 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "two movers could both add it",
        """
value = r.lindex(MOVE, 0)
with r.pipeline() as pipe:
    pipe.lpop(MOVE)
    pipe.xadd(MOVED, {"value": value})
    pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "alive-is-dead",
        "you put the value 2 back",
        """
for name in ("cleo", "ben", "ann"):
    with r.pipeline() as pipe:
        pipe.lpush(RESCUE, *r.lrange(f"{RESCUE}:{name}", 0, -1)[::-1])
        if name != "ben":
            pipe.delete(f"{RESCUE}:{name}")
        pipe.execute()
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "list-ends",
        "put the rescued values at its left end, before those already waiting there",
        """
while r.lmove(f"{RESCUE}:cleo", RESCUE, "RIGHT", "LEFT"):
    pass
while r.lmove(f"{RESCUE}:ann", RESCUE):
    pass
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "and move them there with LMOVE",
        """
for name in ("cleo", "ann"):
    while r.lmove(f"{RESCUE}:{name}", f"{RESCUE}:ben", "RIGHT", "LEFT"):
        pass
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "move values from there to `16:rescue` until LMOVE returns None",
        """
for name in ("cleo", "ann"):
    r.lmove(f"{RESCUE}:{name}", f"{RESCUE}:{name}", "RIGHT", "LEFT")
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "EXISTS returns 0 for its `:alive` key",
        """
for name in ("cleo", "ben", "ann"):
    if r.get(f"{RESCUE}:{name}:alive") == 0:
        r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT")
""",
    ),
    Tried(
        "16.rescue",
        "hint",
        "own-list-waits",
        "`r` sent nothing: a command is sent when your code calls it",
        """
def rescue(name):
    r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT")
map(rescue, ("cleo", "ann"))
""",
    ),
    Right(
        "16.rescue",
        """
for name in ("cleo", "ann"):
    list(iter(lambda: r.rpoplpush(f"{RESCUE}:{name}", RESCUE), None))
""",
    ),
    Right(
        "16.rescue",
        """
def back(pipe):
    values = pipe.lrange(f"{RESCUE}:ann", 0, -1) + pipe.lrange(f"{RESCUE}:cleo", 0, -1)
    pipe.multi()
    pipe.lpush(RESCUE, *values[::-1])
    pipe.delete(f"{RESCUE}:ann", f"{RESCUE}:cleo")
r.transaction(back, f"{RESCUE}:ann", f"{RESCUE}:cleo")
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "one of",
        """
choices |= {"presence": "pubsub", "payments": "stream", "audit": "disk"}
choices |= {"scores": "pubsub", "accounts": "partitions"}
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "`thumbnails` is answered with 'List'",
        """
choices |= {"presence": "pubsub", "payments": "stream", "thumbnails": "List"}
choices |= {"audit": "disk", "scores": "pubsub", "accounts": "partitions"}
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "You set `choice`, but the check looks at `choices`",
        'choice = dict(presence="pubsub", payments="stream", thumbnails="list", audit="disk")',
    ),
    Right(
        "16.cases",
        """
ways = {"pubsub": ["presence", "scores"], "stream": ["payments"], "list": ["thumbnails"]}
ways |= {"disk": ["audit"], "partitions": ["accounts"]}
choices = {case: way for way, cases in ways.items() for case in cases}
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent two scripts for each value",
        """
value = r.eval("return redis.call('LPOP', KEYS[1])", 1, MOVE)
r.eval("redis.call('XADD', KEYS[1], '*', 'value', ARGV[1])", 1, MOVED, value)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent two scripts for each value",
        """
add = "redis.call('XADD', KEYS[2], '*', 'value', redis.call('LINDEX', KEYS[1], 0))"
r.eval(add, 2, MOVE, MOVED)
r.eval("redis.call('LPOP', KEYS[1])", 1, MOVE)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent the LPOP before the XADD, so a crash in between would lose",
        """
value = r.lpop(MOVE)
r.eval("redis.call('XADD', KEYS[1], '*', 'value', ARGV[1])", 1, MOVED, value)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "you sent the EVAL before the XADD, so a crash in between would lose",
        """
value = r.eval("return redis.call('LPOP', KEYS[1])", 1, MOVE)
r.xadd(MOVED, {"value": value})
""",
    ),
    Tried(
        "16.move",
        "hint",
        "two-commands",
        "check the script's keys and conditions",
        """
take = "local v = redis.call('LPOP', KEYS[1]) "
add = "if v == nil then redis.call('XADD', KEYS[2], '*', 'value', v) end"
r.eval(take + add, 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "hint",
        "another-name",
        "your command named the keys 1, 6, :, m, …",
        """
script = r.register_script(
    "local v = redis.call('LPOP', KEYS[1]) redis.call('XADD', KEYS[2], '*', 'value', v)"
)
script(MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "your code chose the value before the transaction",
        """
value = 12 - r.llen(MOVE)
with r.pipeline() as pipe:
    pipe.lpop(MOVE)
    pipe.xadd(MOVED, {"value": value})
    pipe.execute()
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "after watch(), commands are sent at once until multi()",
        """
with r.pipeline() as pipe:
    pipe.watch(MOVE)
    value = pipe.lindex(MOVE, 0)
    pipe.xadd(MOVED, {"value": value})
    pipe.lpop(MOVE)
    pipe.execute()
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "a script doesn't know Python's names",
        """
script = "redis.call('XADD', MOVED, '*', 'value', redis.call('LPOP', MOVE))"
r.eval(script, 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.move",
        "hint",
        "",
        "the script isn't valid Lua",
        """
take = "local v = redis.call('LPOP', KEYS[1]) "
r.eval(take + "redis.call('XADD', KEYS[2], *, 'value', v)", 2, MOVE, MOVED)
""",
    ),
    Right(
        "16.move",
        """
script = "redis.call('XADD', KEYS[2], '*', 'value', redis.call('LPOP', KEYS[1]))"
with r.lock("16:move:lock", timeout=5):
    r.eval(script, 2, MOVE, MOVED)
""",
    ),
    Right(
        "16.move",
        """
sha = r.script_load(
    "local v = redis.call('LMPOP', 1, KEYS[1], 'LEFT')[2][1] "
    "return redis.call('XADD', KEYS[2], '*', 'value', v)"
)
r.evalsha(sha, 2, MOVE, MOVED)
""",
    ),
    Tried(
        "16.cases",
        "hint",
        "more-is-safer",
        "deposits and withdrawals of each account must stay in order",
        """
choices |= {"presence": "stream", "payments": "stream", "thumbnails": "list"}
choices |= {"audit": "disk", "scores": "pubsub", "accounts": "disk"}
""",
    ),
    Tried(
        "16.move",
        "open",
        "",
        "and holds oldest, oldest",
        'r.xadd(MOVED, {"value": "oldest"})',
    ),
]
