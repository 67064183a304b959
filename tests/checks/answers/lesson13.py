"""Answers to the exercises of lesson 13."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "13.confirm",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(1, ms)
""",
    ),
    Right(
        "13.confirm",
        """
pipe = server.pipeline(transaction=False)
pipe.xadd(CONFIRM, {"value": value}).execute_command("WAIT", 1, ms)
entry_id, replicas = pipe.execute()
return replicas == 1
""",
    ),
    Wrong(
        "13.confirm",
        "wait-0-ms",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(1, 0)
""",
    ),
    Wrong(
        "13.confirm",
        "wait-in-multi",
        """
with server.pipeline() as pipe:
    pipe.xadd(CONFIRM, {"value": value})
    pipe.wait(1, ms)
    return pipe.execute()[1]
""",
    ),
    Wrong(
        "13.confirm",
        "wait-in-multi",
        """
script = "redis.call('XADD', KEYS[1], '*', 'value', ARGV[1]) return redis.call('WAIT', 1, ARGV[2])"
return server.eval(script, 1, CONFIRM, value, ms)
""",
    ),
    Wrong("13.confirm", "id-is-proof", 'return server.xadd(CONFIRM, {"value": value})'),
    Wrong(
        "13.confirm",
        "reply-shape",
        """
with server.pipeline(transaction=False) as pipe:
    return pipe.xadd(CONFIRM, {"value": value}).wait(1, ms).execute()
""",
    ),
    Wrong(
        "13.confirm",
        "wait-anywhere",
        """
server.xadd(CONFIRM, {"value": value})
return watcher.wait(1, ms)
""",
    ),
    Wrong(
        "13.confirm",
        "wait-anywhere",
        """
server.xadd(CONFIRM, {"value": value})
return server.info("replication")["connected_slaves"]
""",
    ),
    Wrong(
        "13.confirm",
        "wait-first",
        """
replicas = server.wait(1, ms)
server.xadd(CONFIRM, {"value": value})
return replicas
""",
    ),
    Wrong(
        "13.confirm",
        "wait-0-replicas",
        """
server.xadd(CONFIRM, {"value": value})
return server.wait(0, ms)
""",
    ),
    Wrong(
        "13.confirm",
        "reply-lost",
        """
server.xadd(CONFIRM, {"value": value})
server.wait(1, ms)
""",
    ),
    Right(
        "13.doubt",
        """
script = server.register_script(NUMBERED)
for number in doubtful * 2:
    script(keys=[DOUBT, f"{DOUBT}:producer"], args=[number, number])
    server.wait(1, 10)
""",
    ),
    Wrong("13.doubt", "zero-is-stored", "server.wait(1, 50)"),
    Wrong(
        "13.doubt",
        "zero-is-refused",
        """
for number in doubtful:
    server.xadd(DOUBT, {"value": number})
""",
    ),
    Wrong(
        "13.doubt",
        "sequence-counts-calls",
        """
for number in reversed(doubtful):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
""",
    ),
    Wrong(
        "13.doubt",
        "key-per-call",
        """
for number, order in enumerate(doubtful, 1):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer:again", number, order)
""",
    ),
    Wrong(
        "13.doubt",
        "sequence-counts-calls",
        """
for number, order in enumerate(doubtful, 1):
    server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, order)
""",
    ),
    Wrong(
        "13.doubt",
        "",
        """
server.delete(DOUBT)
for number in range(1, 4):
    server.xadd(DOUBT, {"value": number})
""",
    ),
    Right(
        "13.gone",
        """
lost, ghosts = [], []
for entry_id, value in receipts.items():
    if not oslo.xrange(GONE, entry_id, entry_id):
        lost.append(value)
        if entry_id in mails:
            ghosts.append(value)
""",
    ),
    Right(
        "13.gone",
        """
here = dict(oslo.xrange(GONE))
gone = {i: receipts[i] for i in receipts if i not in here}
lost, ghosts = tuple(gone.values()), [gone[i] for i in mails if i in gone]
""",
    ),
    Wrong(
        "13.gone",
        "id-as-value",
        """
lost = [i for i in receipts if not oslo.xrange(GONE, i, i)]
ghosts = [i for i in lost if i in mails]
""",
    ),
    Wrong(
        "13.gone",
        "value-is-identity",
        """
values = [fields["value"] for _, fields in oslo.xrange(GONE)]
lost = [value for value in receipts.values() if value not in values]
ghosts = []
""",
    ),
    Wrong("13.gone", "length-shows-loss", "lost = list(receipts.values())[oslo.xlen(GONE):]"),
    Wrong(
        "13.gone",
        "last-id-decides",
        """
last = oslo.xinfo_stream(GONE)["last-generated-id"]
lost = [value for i, value in receipts.items() if i > last]
""",
    ),
    Wrong(
        "13.gone",
        "mailed-is-lost",
        """
here = dict(oslo.xrange(GONE))
lost = [value for i, value in receipts.items() if i not in here]
ghosts = [receipts[i] for i in mails]
""",
    ),
    Wrong(
        "13.gone",
        "old-is-lost",
        """
lost = [fields["value"] for _, fields in oslo.xrange(GONE)]
ghosts = lost
""",
    ),
]
