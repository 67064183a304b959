"""Answers to the exercises of lesson 02."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right("02.start", 'ensure_group(r, "02:start", "readers")'),
    Right(
        "02.start",
        'r.xgroup_create("02:start", "readers")\nr.xgroup_setid("02:start", "readers", id="0-0")',
    ),
    Wrong("02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers")'),
    Wrong(
        "02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers", id="$", mkstream=True)'
    ),
    Wrong("02.start", "", 'r.xgroup_create("02:start", "reader", id="0")'),
    Wrong(
        "02.start",
        "read-is-done",
        'ensure_group(r, EARLY_BIRD, "readers")\nr.xreadgroup("readers", "ann", {EARLY_BIRD: ">"})',
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
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-stops",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_destroy(AGAIN, "workers")
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        'r.delete(AGAIN)\nr.xadd(AGAIN, {"value": "starting"})\nensure_group(r, AGAIN, "workers")',
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xdel(AGAIN, yesterday[AGAIN][0][0])
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "busygroup-destroy",
        """
r.xack(AGAIN, "workers", yesterday[AGAIN][0][0])
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat", "", 'ensure_group(r, AGAIN, "workers")\nr.xadd(AGAIN, {"value": "started"})'
    ),
    Wrong(
        "02.repeat",
        "",
        """
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, GROUP)
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Wrong(
        "02.repeat",
        "",
        """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_setid(AGAIN, "workers", "0")
r.xadd(AGAIN, {"value": "started"})""",
    ),
    Right(
        "02.two",
        """
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
ensure_group(r, BOTH, "archive")
waiting = len(["alarm"])""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
r.xgroup_create(BOTH, "archive")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 1""",
    ),
    Wrong(
        "02.two",
        "read-is-done",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
alarm = r.xadd(BOTH, {"value": "alarm"})
waiting = len(r.xreadgroup("alerts", "a", {BOTH: ">"})[BOTH])
r.xack(BOTH, "alerts", alarm)""",
    ),
    Wrong(
        "02.two",
        "read-is-done",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
[(first, _), *rest] = r.xreadgroup("archive", "a", {BOTH: ">"})[BOTH]
r.xack(BOTH, "archive", first)""",
    ),
    Wrong(
        "02.two",
        "zero-everything",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4""",
    ),
    Wrong(
        "02.two",
        "group-is-consumer",
        """
r.xgroup_create(BOTH, "programs", id="0")
r.xgroup_createconsumer(BOTH, "programs", "archive")
r.xgroup_createconsumer(BOTH, "programs", "alerts")
r.xadd(BOTH, {"value": "alarm"})""",
    ),
    Wrong(
        "02.two",
        "",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
for turn in range(2):
    r.xadd(BOTH, {"value": "alarm"})
waiting = 2""",
    ),
    Wrong(
        "02.two",
        "lag-number",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = [group["lag"] for group in r.xinfo_groups(BOTH) if group["name"] == "alerts"][0]""",
    ),
    Wrong(
        "02.two",
        "dollar-hides",
        """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4""",
    ),
]
