"""Attempts at the exercises of lesson 02, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "02.two",
        "open",
        "",
        "you used a value as a field's name",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", start="$")
r.xadd(BOTH, {"alarm": 1})
waiting = 1
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "you used a value as a field's name",
        """
r.xadd(AGAIN, {"starting": 1})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"started": 1})
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "your cell ended with DataError: XGROUP CREATE's argument",
        'r.xgroup_create(EARLY_BIRD, ["readers"], id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "the group starts after the ID that you gave (by default",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="0")
r.xgroup_createconsumer(EARLY_BIRD, "readers", "ann")
r.xgroup_setid(EARLY_BIRD, "readers", "$")
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "add it once the group exists, even if the group isn't new.",
        """
r.xadd(AGAIN, {"value": "starting", "then": "started"})
ensure_group(r, AGAIN, "workers")
""",
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "the group starts after the ID that you gave (by default",
        'r.xgroup_create(EARLY_BIRD, "readers")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you worked on `02:early` (`XGROUP CREATE 02:early readers",
        'r.xgroup_create(EARLY, "readers", id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you worked on `02:dataStream` (`XGROUP CREATE 02:dataStream",
        'r.xgroup_create(STREAM, "readers", id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "you added entries yourself, but the group should get just",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="$")
for n in range(5):
    r.xadd(EARLY_BIRD, {"value": n})
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:start reader 0`: the group is",
        'r.xgroup_create(EARLY_BIRD, "reader", id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "group-is-consumer",
        "there's no stream with the name that you gave first: XGROUP CREATE",
        'r.xgroup_create("readers", EARLY_BIRD, id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:start consumerGroup 0`: the",
        'r.xgroup_create(EARLY_BIRD, GROUP, id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "your cell ended with ResponseError: Invalid stream ID",
        'r.xgroup_create(EARLY_BIRD, "readers", id="-")',
    ),
    Right("02.start", 'r.xgroup_create(EARLY_BIRD, "readers", id="1")'),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "the group starts after the ID that you gave (by default",
        'ensure_group(r, EARLY_BIRD, "readers", "$")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "your cell ended with TypeError: r must be a client that",
        'ensure_group(EARLY_BIRD, "readers")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:start consumerGroup 0 MKSTREAM`:",
        'ensure_group(r, "02:start", GROUP)',
    ),
    Tried(
        "02.start",
        "hint",
        "create-moves",
        "the group already exists, with its bookmark at the end",
        """
r.xgroup_create(EARLY_BIRD, "readers")
r.xgroup_create(EARLY_BIRD, "readers", id="0")
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you worked on `02:start `",
        'r.xgroup_create("02:start ", "readers", id="0", mkstream=True)',
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "you added entries yourself, but the group should get just",
        """
clean_slate(r, EARLY_BIRD)
ensure_group(r, EARLY_BIRD, "readers")
for n in range(5):
    r.xadd(EARLY_BIRD, {"value": n})
""",
    ),
    Tried(
        "02.start",
        "hint",
        "read-is-done",
        "somebody has read from the group, so its entries count as",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="0")
r.xreadgroup("readers", "ann", {EARLY_BIRD: ">"})
""",
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "a group starts *after* the ID that you give, and you gave",
        """
first = r.xrange(EARLY_BIRD, count=1)[0][0]
r.xgroup_create(EARLY_BIRD, "readers", id=first)
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:start Readers 0`: the group is",
        'r.xgroup_create(EARLY_BIRD, "Readers", id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "your cell ended with NameError: name 'xgroup_create' is not",
        'xgroup_create(EARLY_BIRD, "readers", id="0")',
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "the group starts after the ID that you gave (by default",
        """
r.xgroup_create(EARLY_BIRD, "readers", id=0, mkstream=True)
r.xgroup_setid(EARLY_BIRD, "readers", "$")
""",
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "you added entries yourself, but the group should get just",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="$")
r.xadd(EARLY_BIRD, {"value": 5})
""",
    ),
    Right("02.start", 'r.xgroup_create(EARLY_BIRD, "readers", id=0)'),
    Right(
        "02.start",
        """
r.xgroup_create(EARLY_BIRD, "readers", "0", mkstream=True)
picture(r, EARLY_BIRD, "readers")
""",
    ),
    Right(
        "02.start",
        """
r.xgroup_create("02:start", "readers")
r.xgroup_destroy("02:start", "readers")
r.xgroup_create("02:start", "readers", id="0")
""",
    ),
    Right(
        "02.start",
        """
if not r.xinfo_groups(EARLY_BIRD):
    ensure_group(r, EARLY_BIRD, "readers", start="0-0")
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "both entries are there, but nothing made sure that the",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "the program ended at BUSYGROUP, which only means that the",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_create(AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "",
        "you worked on `02:dataStream` (`XADD 02:dataStream * value",
        """
r.xadd(STREAM, {"value": "starting"})
ensure_group(r, STREAM, "workers")
r.xadd(STREAM, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-destroy",
        "yesterday's entry must stay in the stream, and stay",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_destroy(AGAIN, "workers")
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "",
        """
r.xadd(AGAIN, {"value": "started"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "starting"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "make sure that the group exists after adding `starting`",
        """
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "starting"})
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "your code goes on after any error",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except:
    r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "make sure that the group exists after adding `starting`",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xadd(AGAIN, {"value": "started"})
ensure_group(r, AGAIN, "workers")
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:repeat worker 0 MKSTREAM`: the",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "worker")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "read-is-done",
        "you read the new entries, so they're pending, too: the",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
r.xreadgroup("workers", "ann", {AGAIN: ">"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "",
        "your cell ended with DataError: XADD fields must be a",
        'r.xadd(AGAIN, "starting")',
    ),
    Tried("02.repeat", "open", "", "", 'ensure_group(r, AGAIN, "workers")'),
    Tried(
        "02.repeat",
        "open",
        "",
        "",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "Started"})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "",
        """
for _ in range(2):
    r.xadd(AGAIN, {"value": "starting"})
    ensure_group(r, AGAIN, "workers")
    r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "",
        """
r.xadd(AGAIN, {"starting": "1"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"started": "1"})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "with the values `starting` and `started`",
        """
if not r.xinfo_groups(AGAIN):
    r.xgroup_create(AGAIN, "workers", id="0")
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "",
        "you sent `XGROUP CREATE 02:repeat workers2 0`: the group is",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_create(AGAIN, "workers2", id="0")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
if ensure_group(r, AGAIN, "workers"):
    print("new")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
if "workers" not in [group["name"] for group in r.xinfo_groups(AGAIN)]:
    r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    assert "BUSYGROUP" in str(error)
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
def start():
    r.xadd(AGAIN, {"value": "starting"})
    ensure_group(r, AGAIN, "workers", "$")
    r.xadd(AGAIN, {"value": "started"})
start()
""",
    ),
    Tried(
        "02.two",
        "hint",
        "read-is-done",
        "you read entries, so they count as delivered: run the",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = len(r.xreadgroup("alerts", "a", {BOTH: ">"})[BOTH])
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "alerts` has no alarm to deliver, because its bookmark",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_setid(BOTH, "alerts", "$")
waiting = 1
""",
    ),
    Right(
        "02.two",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = "1"
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "`waiting` must be a number, but the lag of `alerts` is",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = r.xinfo_groups(BOTH)[0]["lag"]
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "4 includes entries from before `alerts` was created",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "you added the alarm after creating `alerts`, and nobody has",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 0
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
waiting = 0
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "the groups are right, but `waiting` is still None: set",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "the bookmark of `archive` comes after entries that the",
        """
r.xgroup_create(BOTH, "archive")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alert", id="$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "the starting points are swapped",
        """
r.xgroup_create(BOTH, "archive", id="$")
r.xgroup_create(BOTH, "alerts", id="0")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "alerts` has no alarm to deliver, because its bookmark",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 0
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"alarm": 1})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "you worked on `02:early` (`XADD 02:early * value alarm`),",
        """
r.xgroup_create(EARLY, "archive", id="0")
r.xgroup_create(EARLY, "alerts", id="$")
r.xadd(EARLY, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "`waiting` must be a number, but the lag of `alerts` is",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = [g["lag"] for g in r.xinfo_groups(BOTH)]
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "`waiting` must be a number, but the lag of `alerts` is",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
[group] = r.xinfo_groups(BOTH)
waiting = group["lag"]
""",
    ),
    Tried("02.two", "open", "", "`alerts` with only the alarm", "waiting = 1"),
    Right(
        "02.two",
        """
ensure_group(r, BOTH, "alerts", "$")
ensure_group(r, BOTH, "archive")
before = r.xlen(BOTH)
r.xadd(BOTH, {"value": "alarm"})
waiting = r.xlen(BOTH) - before
""",
    ),
    Right(
        "02.two",
        """
r.xgroup_create(BOTH, "archive", id=0)
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
last = [g for g in r.xinfo_groups(BOTH) if g["name"] == "alerts"][0]["last-delivered-id"]
waiting = len(r.xrange(BOTH, min="(" + last))
""",
    ),
    Right(
        "02.two",
        """
r.xgroup_create(BOTH, "alerts", id="0")
r.xgroup_setid(BOTH, "alerts", "$")
r.xgroup_create(BOTH, "archive", id="0")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Right(
        "02.two",
        """
end = r.xrevrange(BOTH, count=1)[0][0]
r.xgroup_create(BOTH, "alerts", id=end)
r.xgroup_create(BOTH, "archive", id="0")
r.xadd(BOTH, {"value": "alarm"})
picture(r, BOTH, "alerts")
waiting = "1"
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "`waiting` must be a number: count",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
alarm = r.xadd(BOTH, {"value": "alarm"})
waiting = r.xrange(BOTH, alarm)
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "the short IDs (0, $, >) work only in some commands",
        """
r.xgroup_create(EARLY_BIRD, "readers", id=">")
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "the stream should not hold workers: leave that out",
        """
for value in ("starting", "workers", "started"):
    r.xadd(AGAIN, {"value": value})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "this moves the bookmark, which must stay where it was",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xgroup_setid(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.start",
        "hint",
        "create-moves",
        "creating the group again doesn't move",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="$")
ensure_group(r, EARLY_BIRD, "readers", start="0")
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "goes on after any error from XGROUP CREATE",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "goes on after any error from XGROUP CREATE",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except Exception as error:
    print(error)
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "goes on after any error from XGROUP CREATE",
        """
r.xadd(AGAIN, {"value": "starting"})
print(outcome(r.xgroup_create, AGAIN, "workers"))
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "goes on after any error from XGROUP CREATE",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except ResponseError:
    print("it is there")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="$", mkstream=True)
except ResponseError as error:
    if not str(error).startswith("BUSYGROUP"):
        raise
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "the entry `started` is missing: the `try` ended at",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
    r.xadd(AGAIN, {"value": "started"})
except ResponseError:
    pass
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "both entries are there, but nothing made sure that the",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, STREAM, "workers")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "open",
        "",
        "the stream lacks started, and holds starting instead.",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "starting"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "both entries are there, but nothing made sure that the",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, "workers", AGAIN)
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "the stream lacks alarm: add it after creating the groups.",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 0
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "the stream lacks alarm: add it after creating the groups.",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "zero-everything",
        "`alerts` should get only later entries, but it starts",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id=r.xrange(BOTH)[1][0])
r.xadd(BOTH, {"value": "alarm"})
waiting = 2
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "There is no group `archive`.",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_destroy(BOTH, "archive")
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "your `DEL 02:two` deleted the stream with its entries and",
        """
r.delete(BOTH)
r.xgroup_create(BOTH, "archive", id="0", mkstream=True)
r.xgroup_create(BOTH, "alerts", id="0")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "the starting points are swapped: `archive` needs every",
        """
ensure_group(r, BOTH, "alerts")
ensure_group(r, BOTH, "archive", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "you worked on `archive` (`XGROUP CREATE archive 02:two 0`),",
        """
r.xgroup_create("archive", BOTH, id="0")
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "`r` sent nothing: a command is sent when your code calls it",
        """
r.xgroup_create
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "There is no group `archive` and no group `alerts`",
        """
waiting = 1
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "or create the group there and catch BUSYGROUP",
        'r.xadd(AGAIN, {"value": "starting"})\nr.xadd(AGAIN, {"value": "started"})',
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "the group starts after the ID that you gave",
        """
r.xgroup_create(EARLY_BIRD, "readers")
print(r.xreadgroup("readers", "ann", {EARLY_BIRD: ">"}))
""",
    ),
    Tried(
        "02.start",
        "hint",
        "",
        "which the task doesn't ask for",
        """
r.xgroup_create(EARLY_BIRD, "readers", id="0")
r.xdel(EARLY_BIRD, r.xrange(EARLY_BIRD)[0][0])
""",
    ),
    Right(
        "02.start",
        """
r.xadd(EARLY, {"value": 6})
r.xgroup_create(EARLY_BIRD, "readers", id="0")
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "your cell ended before adding it",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except redis.ResponseError:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "add it once the group exists",
        """
r.xadd(AGAIN, {"value": "starting"})
print(outcome(r.xgroup_create, AGAIN, "workers"))
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "your code goes on after any error",
        """
with r.pipeline() as p:
    p.xadd(AGAIN, {"value": "starting"})
    p.xgroup_create(AGAIN, "workers")
    p.xadd(AGAIN, {"value": "started"})
    p.execute(raise_on_error=False)
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "your code goes on after any error",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="0")
except ResponseError:
    print("already exists")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "there's no stream with the name that you gave first",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_create("alerts", BOTH, id="$")
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "you worked on `02:dataStream`",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(STREAM, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "4 includes entries from before",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
print(r.xreadgroup("alerts", "a", {BOTH: ">"}))
r.xadd(BOTH, {"value": "alarm"})
waiting = 4
""",
    ),
    Tried(
        "02.two",
        "hint",
        "read-is-done",
        "you read entries, so they count as delivered",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
print(r.xreadgroup("archive", "a", {BOTH: ">"}))
waiting = 0
""",
    ),
    Tried(
        "02.two",
        "hint",
        "dollar-hides",
        "and creating it again doesn't move its bookmark",
        """
r.xgroup_create(BOTH, "archive")
ensure_group(r, BOTH, "archive")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "is not defined: Python doesn't know this name",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except BUSYGROUP:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "`except` takes a class, such as ResponseError",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except "BUSYGROUP":
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.two",
        "hint",
        "",
        "another argument is already in its place",
        """
r.xgroup_create(BOTH, "archive", "alerts", id="0")
""",
    ),
    Tried(
        "02.start",
        "hint",
        "dollar-hides",
        "run the cell above again, and only create the group",
        """
for n in range(5):
    r.xadd(EARLY_BIRD, {"value": n})
r.xgroup_create(EARLY_BIRD, "readers", id="0")
""",
    ),
    Right(
        "02.start",
        """
[(first, _)] = r.xrange(EARLY_BIRD, count=1)
ms, number = first.split("-")
r.xgroup_create(EARLY_BIRD, "readers", id=f"{int(ms) - 1}-{number}")
""",
    ),
    Right(
        "02.start",
        """
r.execute_command("XGROUP", "CREATE", EARLY_BIRD, "readers", 0)
""",
    ),
    Right(
        "02.start",
        """
while not r.xinfo_groups(EARLY_BIRD):
    ensure_group(r, EARLY_BIRD, "readers")
picture(r, EARLY_BIRD, "readers")
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "your cell ended before adding it",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except BUSYGROUP:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "go on only after BUSYGROUP",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except:
    exists = True
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "go on only after BUSYGROUP",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as BUSYGROUP:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "go on only after BUSYGROUP",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    if "BUSYGROUP" in str(error):
        print("it exists")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "go on only after BUSYGROUP",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    if "BUSYGROUP" not in str(error):
        print(error)
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "let any other error stop the program",
        """
r.xadd(AGAIN, {"value": "starting"})
result = outcome(r.xgroup_create, AGAIN, "workers")
if "BUSYGROUP" in str(result):
    print("fine")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "let any other error stop the program",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except Exception:
    message = "group already exists"
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    match str(error).split():
        case ["BUSYGROUP", *_]:
            pass
        case _:
            raise
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
BUSY = "BUSYGROUP"
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    if BUSY not in str(error):
        raise
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
found = outcome(r.xgroup_create, AGAIN, "workers")
if found is not True and "BUSYGROUP" not in found:
    raise SystemExit(found)
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    if "already exists" in str(error):
        print("fine")
    else:
        raise
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
def start():
    r.xadd(AGAIN, {"value": "starting"})
    try:
        r.xgroup_create(AGAIN, "workers")
    except ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):
            return
    r.xadd(AGAIN, {"value": "started"})


start()
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError as error:
    if "BUSYGROUP" in str(error):
        r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
while "BUSYGROUP" not in str(outcome(r.xgroup_create, AGAIN, "workers")):
    print("not yet")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xinfo_consumers(AGAIN, "workers")
except ResponseError:
    r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "There is no group `alerts`",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "There is no group `archive`",
        """
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "There is no group `archive`",
        """
r.xgroup_create(BOTH, "archiv", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
""",
    ),
    Tried(
        "02.two",
        "hint",
        "lag-number",
        "set exactly this name",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
Waiting = 1
""",
    ),
    Right(
        "02.two",
        """
for name, start in {"archive": "0", "alerts": "$"}.items():
    ensure_group(r, BOTH, name, start)
alarm = r.xadd(BOTH, {"value": "alarm"})
waiting = len(r.xrange(BOTH, alarm))
""",
    ),
    Right(
        "02.two",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
starts = {group["name"]: group["last-delivered-id"] for group in r.xinfo_groups(BOTH)}
waiting = len(r.xread({BOTH: starts["alerts"]})[BOTH])
""",
    ),
    Right(
        "02.two",
        """
with r.pipeline() as p:
    p.xgroup_create(BOTH, "archive", id="0")
    p.xgroup_create(BOTH, "alerts")
    p.xadd(BOTH, {"value": "alarm"})
    p.execute()
waiting = r.xlen(BOTH) - 3
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "busygroup-stops",
        "if it didn't, this code wouldn't create it",
        """
r.xadd(AGAIN, {"value": "starting"})
if "workers" in str(r.xinfo_groups(AGAIN)):
    r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "busygroup-stops",
        "returns False if the group already exists",
        """
r.xadd(AGAIN, {"value": "starting"})
assert ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Tried(
        "02.repeat",
        "hint",
        "",
        "but this exercise is about `02:repeat`.",
        """
r.xadd("workers", {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd("workers", {"value": "started"})
""",
    ),
    Tried(
        "02.two",
        "open",
        "",
        "the stream lacks alarm, and holds l, r, m instead",
        """
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
for value in "alarm":
    r.xadd(BOTH, {"value": value})
waiting = 5
""",
    ),
    Tried(
        "02.start",
        "open",
        "",
        "the entries are already there, so just create",
        """
for n in range(5):
    r.xadd(EARLY_BIRD, {"value": n})
""",
    ),
    Tried(
        "02.repeat",
        "nearly",
        "",
        "and let any other error stop the program",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    ensure_group(r, AGAIN, "workers")
except ResponseError:
    pass
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers")
except ResponseError:
    ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
""",
    ),
    Right(
        "02.repeat",
        """
r.xadd(AGAIN, {"value": "starting"})
try:
    ensure_group(r, AGAIN, "workers")
except ResponseError as error:
    print(error)
    raise
r.xadd(AGAIN, {"value": "started"})
""",
    ),
]
