"""What learners answer: right in another way than the solution, or wrong with the idea behind it.

A new wrong answer is one line: Wrong("NN.name", "the misconception's ID", "the code in the place of `# your code here`").
An answer that ends in an error is one, too: what it had done until then is what the check sees.
"""

from typing import NamedTuple


class Right(NamedTuple):
    """A correct answer that isn't the solution's."""

    exercise: str
    code: str


class Wrong(NamedTuple):
    """An answer that shows a misconception; "" means that no hint fits, and what is seen stands beside what is wanted."""

    exercise: str
    misconception: str
    code: str


RIGHT = [
    Right("02.start", 'ensure_group(r, "02:start", "readers")'),
    Right("02.start", 'r.xgroup_create("02:start", "readers")\nr.xgroup_setid("02:start", "readers", id="0-0")'),
    Right("02.repeat", """
r.xadd(AGAIN, {"value": "starting"})
try:
    r.xgroup_create(AGAIN, "workers", id="$", mkstream=True)
except ResponseError as error:
    if not str(error).startswith("BUSYGROUP"):
        raise
r.xadd(AGAIN, {"value": "started"})"""),
    Right("02.two", """
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
ensure_group(r, BOTH, "archive")
waiting = len(["alarm"])"""),
]

WRONG = [
    Wrong("02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers")'),
    Wrong("02.start", "dollar-hides", 'r.xgroup_create("02:start", "readers", id="$", mkstream=True)'),
    Wrong("02.start", "", 'r.xgroup_create("02:start", "reader", id="0")'),
    Wrong("02.repeat", "busygroup-stops", """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})"""),
    Wrong("02.repeat", "busygroup-destroy", """
r.xadd(AGAIN, {"value": "starting"})
r.xgroup_destroy(AGAIN, "workers")
r.xgroup_create(AGAIN, "workers", id="0")
r.xadd(AGAIN, {"value": "started"})"""),
    Wrong("02.repeat", "busygroup-destroy", 'r.delete(AGAIN)\nr.xadd(AGAIN, {"value": "starting"})\nensure_group(r, AGAIN, "workers")'),
    Wrong("02.repeat", "", 'ensure_group(r, AGAIN, "workers")\nr.xadd(AGAIN, {"value": "started"})'),
    Wrong("02.two", "dollar-hides", """
r.xgroup_create(BOTH, "archive")
r.xgroup_create(BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1"""),
    Wrong("02.two", "dollar-hides", """
r.xadd(BOTH, {"value": "alarm"})
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
waiting = 1"""),
    Wrong("02.two", "zero-everything", """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4"""),
    Wrong("02.two", "group-is-consumer", """
r.xgroup_create(BOTH, "programs", id="0")
r.xgroup_createconsumer(BOTH, "programs", "archive")
r.xgroup_createconsumer(BOTH, "programs", "alerts")
r.xadd(BOTH, {"value": "alarm"})"""),
    Wrong("02.two", "lag-number", """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = [group["lag"] for group in r.xinfo_groups(BOTH) if group["name"] == "alerts"][0]"""),
    Wrong("02.two", "", """
ensure_group(r, BOTH, "archive")
ensure_group(r, BOTH, "alerts", "$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 4"""),
]
