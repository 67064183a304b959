"""Answers to the exercises of lesson 16."""

from tests.checks.answers.kinds import Right, Wrong

CHOICES = """
choices = {"presence": "pubsub", "payments": "stream", "thumbnails": "list",
           "audit": "disk", "scores": "pubsub", "accounts": "partitions"}
"""

ANSWERS = [
    Right(
        "16.rescue",
        """
for dead in ("cleo", "ann"):
    while r.llen(f"{RESCUE}:{dead}"):
        r.execute_command("LMOVE", f"{RESCUE}:{dead}", RESCUE, "RIGHT", "LEFT")""",
    ),
    Right(
        "16.rescue",
        """
own = [f"{RESCUE}:ann", f"{RESCUE}:cleo"]
with r.pipeline(transaction=True) as pipe:
    for key in reversed(own):
        values = r.lrange(key, 0, -1)
        pipe.lpush(RESCUE, *reversed(values))
        pipe.delete(key)
    pipe.execute()""",
    ),
    Wrong(
        "16.rescue",
        "two-commands",
        """
for dead in ("cleo", "ann"):
    while value := r.rpop(f"{RESCUE}:{dead}"):
        with r.pipeline() as pipe:
            pipe.lpush(RESCUE, value).execute()""",
    ),
    Right(
        "16.rescue",
        """
script = '''
while true do
  local value = redis.call('LMOVE', KEYS[1], KEYS[2], 'RIGHT', 'LEFT')
  if not value then return end
end'''
for name in ("cleo", "ben", "ann"):
    if not r.get(f"{RESCUE}:{name}:alive"):
        r.eval(script, 2, f"{RESCUE}:{name}", RESCUE)""",
    ),
    Right(
        "16.rescue",
        """
names = sorted(("ann", "ben", "cleo"), reverse=True)
dead = [n for n in names if r.ttl(f"{RESCUE}:{n}:alive") < 0]
for n in dead:
    for _ in range(r.llen(f"{RESCUE}:{n}")):
        r.lmove(f"{RESCUE}:{n}", RESCUE, src="RIGHT", dest="LEFT")""",
    ),
    Wrong(
        "16.rescue",
        "alive-is-dead",
        """
for name in ("cleo", "ben", "ann"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass""",
    ),
    Wrong(
        "16.rescue",
        "two-commands",
        """
for name in ("cleo", "ann"):
    values = r.lrange(f"{RESCUE}:{name}", 0, -1)
    r.lpush(RESCUE, *reversed(values))
    r.delete(f"{RESCUE}:{name}")""",
    ),
    Wrong(
        "16.rescue",
        "copied-is-moved",
        """
for name in ("cleo", "ann"):
    r.lpush(RESCUE, *reversed(r.lrange(f"{RESCUE}:{name}", 0, -1)))""",
    ),
    Wrong(
        "16.rescue",
        "own-list-waits",
        """
for name in ("cleo", "ann"):
    r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT")""",
    ),
    Wrong(
        "16.rescue",
        "own-list-waits",
        """
for name in ("cleo", "ann"):
    r.delete(f"{RESCUE}:{name}")""",
    ),
    Wrong(
        "16.rescue",
        "list-ends",
        """
for name in ("ann", "cleo"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "LEFT", "RIGHT"):
        pass""",
    ),
    Wrong(
        "16.rescue",
        "list-ends",
        """
for name in ("ann", "cleo"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
        pass""",
    ),
    Wrong(
        "16.rescue",
        "list-ends",
        """
for name in ("cleo", "ann"):
    while r.lmove(f"{RESCUE}:{name}", RESCUE, "LEFT", "LEFT"):
        pass""",
    ),
    Right(
        "16.cases",
        """
for case in choices:
    choices[case] = "pubsub"
choices.update(payments="stream", thumbnails="list", audit="disk", accounts="partitions")""",
    ),
    Right(
        "16.cases",
        """
names = ["pubsub", "stream", "list", "disk", "pubsub", "partitions"]
choices = dict(zip(choices, names))""",
    ),
    Right("16.cases", CHOICES + "choices = {k: str(v) for k, v in sorted(choices.items())}"),
    Right("16.cases", CHOICES + "choices['mine'] = None"),
    Wrong("16.cases", "pubsub-buffers", CHOICES + "choices['payments'] = 'pubsub'"),
    Wrong("16.cases", "safe-list", CHOICES + "choices['payments'] = 'list'"),
    Wrong("16.cases", "more-is-safer", CHOICES + "choices['payments'] = 'disk'"),
    Wrong("16.cases", "pubsub-shares", CHOICES + "choices['thumbnails'] = 'pubsub'"),
    Wrong("16.cases", "more-is-safer", CHOICES + "choices['thumbnails'] = 'stream'"),
    Wrong("16.cases", "pubsub-buffers", CHOICES + "choices['audit'] = 'list'"),
    Wrong("16.cases", "stream-on-disk", CHOICES + "choices['audit'] = 'stream'"),
    Wrong("16.cases", "group-keeps-order", CHOICES + "choices['accounts'] = 'stream'"),
    Wrong("16.cases", "pubsub-buffers", CHOICES + "choices['accounts'] = 'pubsub'"),
    Wrong("16.cases", "more-is-safer", CHOICES + "choices['accounts'] = 'disk'"),
    Wrong("16.cases", "keep-all", CHOICES + "choices['presence'] = 'stream'"),
    Wrong("16.cases", "keep-all", CHOICES + "choices['scores'] = 'list'"),
    Wrong("16.cases", "", CHOICES + "choices['scores'] = 'Kafka'"),
    Wrong("16.cases", "", CHOICES + "choices['audit'] = None"),
    Right(
        "16.move",
        """
with r.pipeline() as pipe:
    pipe.watch(MOVE)
    value = pipe.lindex(MOVE, 0)
    pipe.multi()
    pipe.xadd(MOVED, {"value": value})
    pipe.lpop(MOVE)
    pipe.execute()""",
    ),
    Right(
        "16.move",
        """
take = r.register_script(
    "local v = redis.call('LPOP', KEYS[1]) "
    "if v then return redis.call('XADD', KEYS[2], '*', 'value', v) end")
return take(keys=[MOVE, MOVED])""",
    ),
    Right(
        "16.move",
        """
r.execute_command(
    "EVAL", "redis.call('XADD', KEYS[2], '*', 'value', redis.call('LPOP', KEYS[1]))", 2, MOVE, MOVED)""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
first = r.lindex(MOVE, 0)
pipe = r.pipeline(transaction=True)
pipe.xadd(MOVED, {"value": first}).lpop(MOVE)
return pipe.execute()""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
r.xadd(MOVED, {"value": r.lpop(MOVE)})""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
value = r.lindex(MOVE, 0)
r.xadd(MOVED, {"value": value})
r.lpop(MOVE)""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
value = r.lpop(MOVE)
with r.pipeline() as pipe:
    pipe.xadd(MOVED, {"value": value})
    pipe.execute()""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
with r.pipeline(transaction=False) as pipe:
    pipe.xadd(MOVED, {"value": r.lindex(MOVE, 0)}).lpop(MOVE).execute()""",
    ),
    Wrong(
        "16.move",
        "copied-is-moved",
        """
r.xadd(MOVED, {"value": r.lindex(MOVE, 0)})""",
    ),
    Wrong(
        "16.move",
        "list-ends",
        """
r.eval("redis.call('XADD', KEYS[2], '*', 'value', redis.call('RPOP', KEYS[1]))", 2, MOVE, MOVED)""",
    ),
    Wrong(
        "16.move",
        "two-commands",
        """
r.lpop(MOVE)""",
    ),
    Wrong(
        "16.move",
        "copied-is-moved",
        """
r.eval("redis.call('XADD', KEYS[2], '*', 'number', redis.call('LPOP', KEYS[1]))", 2, MOVE, MOVED)""",
    ),
    Wrong(
        "16.move",
        "",
        """
r.eval("redis.call('XADD', KEYS[2], '*', 'value', redis.call('LPOP', KEYS[2]))", 2, MOVE, MOVED)""",
    ),
    Wrong("16.move", "", 'r.lmove(MOVE, MOVED, "LEFT", "RIGHT")'),
]
