"""Wrong consumers: a right one, or a tutorial's, with one rule left out."""

from dataclasses import dataclass
from pathlib import Path

DESIGNS = Path(__file__).parent / "designs"
SOLUTION = Path(__file__).parents[2] / "notebooks" / "solutions" / "17_my_consumer.py"
RIGHT = {
    "solution": SOLUTION,
    "batches": DESIGNS / "batches.py",
    "history": DESIGNS / "history.py",
    "let_it_crash": DESIGNS / "let_it_crash.py",
}
PLAIN = SOLUTION.parents[1] / "service" / "tutorial.py"


@dataclass(frozen=True)
class Wrong:
    """A program, the stage that catches it, the hint that it gets, and its changes."""

    hint: str
    stage: int
    base: Path
    changes: tuple[tuple[str, str], ...]

    @property
    def source(self) -> str:
        """The program; a change without an effect is an error in the table."""
        text = self.base.read_text("utf-8")
        for old, new in self.changes:
            assert old in text, old
            text = text.replace(old, new)
        return text


def simple(hint: str, stage: int, *changes: tuple[str, str]) -> Wrong:
    """Change a tutorial's consumer."""
    return Wrong(hint, stage, PLAIN, changes)


def without(hint: str, stage: int, base: str, *changes: tuple[str, str]) -> Wrong:
    """Leave a rule out of a right consumer."""
    return Wrong(hint, stage, RIGHT[base], changes)


def indented(code: str) -> str:
    """Return code as part of a loop."""
    return "".join(f"    {line}\n" for line in code.splitlines())


IMPORT = "from helpers.trial.work import handle\n"
LOOP = "while True:\n    for entry_id, fields in read"
ACK = "        r.xack(STREAM, GROUP, entry_id)\n"
HANDLE = "        handle(fields)\n"
START = "# From here on, forever\n"
HISTORY = """while old := read("0"):
    for entry_id, fields in old:
        handle(fields)
        r.xack(STREAM, GROUP, entry_id)
"""
CLAIM = """for entry_id, fields in r.xautoclaim(STREAM, GROUP, CONSUMER, 2000)[1]:
    handle(fields)
    r.xack(STREAM, GROUP, entry_id)
"""
REMOVE = """    for each in r.xinfo_consumers(STREAM, GROUP):
        if each["idle"] > 2000:
            r.xgroup_delconsumer(STREAM, GROUP, each["name"])
"""
CLAIM_ONE_PAGE = """swept = False
while True:
    if not swept:
        for entry_id, fields in r.xautoclaim(STREAM, GROUP, CONSUMER, 2000)[1]:
            swept = True
            handle(fields)
            r.xack(STREAM, GROUP, entry_id)
    for entry_id, fields in read"""
SHRUG = """import redis
while True:
    try:
        entries = read(">", block=500)
    except redis.RedisError:
        continue
    for entry_id, fields in entries:
        handle(fields)
        try:
            r.xack(STREAM, GROUP, entry_id)
        except redis.RedisError:
            pass
"""
STUBBORN = """import redis
while True:
    try:
        entries = read("0") or read(">", block=500)
    except redis.RedisError:
        continue
    while entries:
        try:
            for entry_id, fields in entries:
                handle(fields)
                r.xack(STREAM, GROUP, entry_id)
            entries = []
        except redis.RedisError:
            continue
"""
WHOLE_LOOP = LOOP + '(">", block=500):\n' + HANDLE + ACK
SWALLOW = "        except ConnectionError:\n            return 0\n"

WRONG = [
    simple("error", 1, ("STREAM, GROUP, entry_id)", "STREAM, GROUP, entry)")),
    simple("unready", 1, (IMPORT, f"import time\ntime.sleep(600)\n{IMPORT}")),
    simple("nothing", 1, ('read(">", block=500)', 'read("0")')),
    simple("no-handle", 1, (HANDLE, "")),
    simple("ends", 1, (LOOP, LOOP.replace("while", "if"))),
    simple("empty-reply", 1, (".get(STREAM, [])", "[STREAM]")),
    simple(
        "no-group",
        1,
        ("GROUP, CONSUMER, {STREAM: after}", '{STREAM: "0"}'),
        ("xreadgroup", "xread"),
    ),
    simple(
        "other-group",
        1,
        ("GROUP, CONSUMER, {STREAM", '"mine", CONSUMER, {STREAM'),
        (START, 'r.xgroup_create(STREAM, "mine", id="0")\n'),
    ),
    simple("no-ack", 1, ("r.xack(STREAM, GROUP, entry_id)", "r.xdel(STREAM, entry_id)")),
    simple("ack-nothing", 1, ("xack(STREAM, GROUP,", "xack(GROUP, STREAM,")),
    simple("ack-first", 1, (HANDLE + ACK, ACK + HANDLE)),
    simple("noack", 1, (ACK, ""), ("block=500", "block=500, noack=True")),
    simple("other-name", 1, ("GROUP, CONSUMER, {STREAM", 'GROUP, "me", {STREAM')),
    simple("lost", 2, (HANDLE + ACK, ACK + HANDLE), (START, HISTORY)),
    simple("only-new", 2),
    simple("no-ack", 2, (START, HISTORY.replace(ACK, ""))),
    simple("zero-forever", 2, ('read(">", block=500)', 'read("0")')),
    simple(
        "history-page",
        2,
        (START, HISTORY.replace('while old := read("0"):', 'if old := read("0"):')),
    ),
    simple("never-claims", 3, (START, HISTORY)),
    simple("drops", 3, (START, HISTORY), (LOOP, LOOP.replace(":\n", ":\n" + REMOVE, 1))),
    simple("claims-once", 3, (START, HISTORY + CLAIM)),
    simple("one-page", 3, (LOOP, CLAIM_ONE_PAGE)),
    simple(
        "claimed-unhandled",
        3,
        (LOOP, LOOP.replace(":\n", ":\n    r.xautoclaim(STREAM, GROUP, CONSUMER, 2000)\n")),
    ),
    without(
        "claims-late",
        3,
        "history",
        (
            'LEASE_MS, IDLE_MS, MOST = f"{STREAM}:owner", 2000, 2000',
            'LEASE_MS, IDLE_MS, MOST = f"{STREAM}:owner", 2000, 60_000',
        ),
    ),
    simple(
        "ack-nothing",
        3,
        (LOOP, LOOP.replace(":\n", ":\n" + indented(CLAIM.replace(ACK[4:], "")), 1)),
    ),
    simple(
        "error",
        3,
        (LOOP, LOOP.replace(":\n", ":\n" + indented(CLAIM.replace("[1]", "")), 1)),
    ),
    simple("rewinds", 3, (START, 'r.xgroup_setid(STREAM, GROUP, "0")\n')),
    without("robs", 3, "solution", ("CONSUMER else IDLE_MS", "CONSUMER else 0")),
    without(
        "first-failure",
        4,
        "solution",
        (
            "        except ValueError:\n            return None\n",
            '        except ValueError:\n            r.xadd(f"{STREAM}:dead", fields)\n            return r.xack(STREAM, GROUP, entry_id)\n',
        ),
    ),
    without("neighbors", 4, "history", ("count=1", "count=10")),
    without(
        "poison-acked",
        4,
        "solution",
        (
            "        except ValueError:\n            return None\n",
            "        except ValueError:\n            return r.xack(STREAM, GROUP, entry_id)\n",
        ),
    ),
    without(
        "other-fields",
        4,
        "solution",
        ('"{STREAM}:dead", entry[1])', '"{STREAM}:dead", {"entry": str(entry)})'),
    ),
    without("same-delivery", 4, "solution", ("except ConnectionError:", "except Exception:")),
    without("buried-unacked", 4, "solution", ("            r.xack(STREAM, GROUP, entry[0])\n", "")),
    without(
        "counts-in-memory",
        4,
        "history",
        (
            '    return r.xpending_range(STREAM, GROUP, entry_id, entry_id, 1)[0]["times_delivered"] > MOST',
            "    told_of[entry_id] = told_of.get(entry_id, 0) + 1\n    return told_of[entry_id] > MOST",
        ),
        ("told = []", "told, told_of = [], {}"),
    ),
    simple("dies-of-poison", 4, (START, HISTORY)),
    simple(
        "not-again",
        4,
        (
            HANDLE,
            "        try:\n            handle(fields)\n        except ValueError:\n            continue\n",
        ),
    ),
    without(
        "no-limit",
        4,
        "solution",
        ("MOST_DELIVERIES, PAUSE = 2000, 4, ", "MOST_DELIVERIES, PAUSE = 2000, 4000, "),
    ),
    simple("lost-read", 5, (WHOLE_LOOP, SHRUG)),
    simple("handles-again", 5, (WHOLE_LOOP, STUBBORN)),
    without(
        "outage-is-poison",
        6,
        "history",
        (
            "            mine()\n            time.sleep(0.1)\n            if told:\n                return 0\n",
            "            return time.sleep(0.1)\n",
        ),
    ),
    without(
        "dies-of-outage",
        6,
        "solution",
        ("except ConnectionError:", "except redis.ConnectionError:"),
    ),
    simple(
        "outage-acked",
        6,
        (
            HANDLE,
            "        try:\n            handle(fields)\n        except ConnectionError:\n            pass\n",
        ),
    ),
    simple(
        "outage-left",
        6,
        (
            HANDLE,
            "        try:\n            handle(fields)\n        except ConnectionError:\n            continue\n",
        ),
    ),
    without(
        "hammers",
        6,
        "solution",
        ("            lease.take()\n            time.sleep(PAUSE)\n", "            lease.take()\n"),
    ),
    without("no-handler", 7, "solution", ("signal.signal(", "(lambda *_: None)(")),
    without(
        "exits-at-once",
        7,
        "solution",
        ("lambda *_: told_to_end.append(True)", "lambda *_: exit(0)"),
    ),
    without("deaf", 7, "solution", ("lambda *_: told_to_end.append(True)", "lambda *_: None")),
    without("finishes-batch", 7, "batches", ("entries and not told and", "entries and")),
    without("keeps-batch", 7, "batches", ("if own:", "if False:")),
    simple("two-at-once", 8),
    without(
        "overtakes-failed",
        8,
        "batches",
        (
            "    except ValueError:\n        return False\n",
            "    except ValueError:\n        return lease.take()\n",
        ),
    ),
    without(
        "overtakes-dead",
        8,
        "history",
        ("2000, 2000", "2000, 5000"),
        ('    if r.xpending(STREAM, GROUP)["pending"]:\n        return []\n', ""),
    ),
]
"""Each is caught by its stage, and gets its own hint."""
