"""Run a stage on a program, and report the result."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from helpers.checks import report
from helpers.checks.marks import noted
from helpers.checks.shown import Shown
from helpers.checks.stages import STAGES, StageTask
from helpers.checks.verdict import FAILED, HINT, SOLVED, UNTOUCHED, Verdict
from helpers.trial import leaving, reading, recovering
from helpers.trial.arena import Arena
from helpers.trial.diary import READY
from helpers.trial.hints import HINTS
from helpers.trial.reading import Finding
from helpers.trial.story import story

STUB = '''"""My consumer: lesson 17 puts it under faults."""

from os import environ

from helpers.connection import connect
from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
r = connect()  # REDIS_URL says which server

# your code here: read as CONSUMER, call handle(fields), acknowledge
'''
"""The code that a learner begins with."""


MISTAKES = (
    *("AttributeError", "ImportError", "IndentationError", "IndexError", "KeyError"),
    *("ModuleNotFoundError", "NameError", "RecursionError", "SyntaxError", "TypeError"),
    *("UnboundLocalError", "ValueError: not enough values", "ValueError: too many values"),
    *("redis.exceptions.DataError", "redis.exceptions.ResponseError"),
)
"""Errors that no fault raises: only a mistake in the program does, and it hides everything else."""


@dataclass(frozen=True)
class Step:
    """One stage: its task, its praise, and its faults."""

    task: str
    praise: str
    faults: Callable[[Arena], Finding | None]


STEPS = (
    Step(
        "read entries, handle them, acknowledge each, and go on.",
        "each entry was pending until it was handled, and acknowledged afterward.",
        reading.reads,
    ),
    Step(
        "handle the entries that an earlier run of the program read but didn't acknowledge.",
        "the program was killed in mid-batch, and nothing was lost.",
        reading.restarts,
    ),
    Step(
        "take over the entries that a dead consumer read but didn't acknowledge, and leave a "
        "live consumer its own.",
        "130 entries were taken over from the dead consumer, and none from the live one.",
        reading.claims,
    ),
    Step(
        "bury what can't be handled in four deliveries, and nothing else.",
        "three poison entries are dead letters, and none of their neighbors are.",
        recovering.buries,
    ),
    Step(
        "cope with replies that get lost on their way.",
        "two replies were lost, but no entry was lost or handled twice.",
        recovering.reconnects,
    ),
    Step(
        "live through an outage of the database to which `handle` writes.",
        "the database was down for three seconds, but no entry was lost or buried.",
        recovering.endures,
    ),
    Step(
        "end within four seconds of SIGTERM, and leave nothing that others must wait for.",
        "the entry in hand was finished, and a successor got the others at once.",
        leaving.leaves,
    ),
    Step(
        "keep the order of each key, with two consumers.",
        "two consumers kept each key in order, despite a slow entry, a failure and a kill -9.",
        leaving.orders,
    ),
)
"""In their order."""


MY_FILE = "my_consumer.py"
"""The learner's file: what it passes is noted for progress(), and what the tutorial's passes
isn't."""


def begin(path: str | Path) -> Path:
    """Write the stub, unless the file exists: your own code stays."""
    path = Path(path)
    if not path.exists():
        path.write_text(STUB, "utf-8")
    return path


def stage(number: int, path: str | Path = MY_FILE) -> Shown:
    """Put a program under the faults of one stage, 1 to 8, and report the result; takes up to 40
    seconds. Changes nothing but its own servers, which are gone afterward."""
    if number not in range(1, len(STEPS) + 1):
        raise ValueError(f"There are stages 1 to {len(STEPS)}, but no stage {number!r}.")
    path = Path(path)
    if not path.is_file():
        text = f"stage {number} can't be judged: there is no file {path.name}. Run begin() first."
        return Shown(Verdict(FAILED, (text,)))
    step = STEPS[number - 1]
    if path.read_text("utf-8") == STUB:
        return Shown(Verdict(UNTOUCHED, (f"not started yet: {step.task}",)))
    with Arena(path) as arena:
        found = step.faults(arena)
        verdict = _verdict(step, arena, found)
    return Shown(_counted(verdict, STAGES[number - 1]) if path.name == MY_FILE else verdict)


def _counted(verdict: Verdict, task: StageTask) -> Verdict:
    """Note a learner's own result, and tell the class's board, as `check` does."""
    verdict = noted(verdict, task)
    report.check(task.name, verdict)
    return verdict


def _verdict(step: Step, arena: Arena, found: Finding | None) -> Verdict:
    if found is None:
        return Verdict(SOLVED, (f"✓ solved: {step.praise}",))
    hint, value = found
    mistaken = arena.last_words.startswith(MISTAKES) and hint != "empty-reply"
    if arena.last_words and not arena.done() or mistaken:
        hint, value = "error", None
    if _unready(arena):
        hint, value = "unready", None
    if hint == "lost" and arena.calls("XGROUP|DELCONSUMER"):
        hint = "drops"
    if hint in ("robs", "twice") and arena.calls("XGROUP|SETID"):
        hint = "rewinds"
    done, dead, waiting = len(arena.done()), len(arena.dead()), len(arena.lines())
    lines = [
        f"not yet: {done} handled, {waiting} pending, {dead} dead-lettered.",
        f"hint: {HINTS[hint]}",
    ]
    if value is not None:
        told = story(value, arena.diary.read(), arena.whereabouts(value))
        lines.append(f"{told} {arena.remark}".rstrip())
    if arena.last_words:
        words = "".join(c for c in arena.last_words[:150] if c.isprintable())
        place = f", in line {arena.last_line}" if arena.last_line else ""
        also = "" if hint == "error" else "also, "
        lines.append(f"{also}the program ended with `{words}`{place}.")
    return Verdict(HINT, tuple(lines), hint)


def _unready(arena: Arena) -> bool:
    """Tell whether programs run, and none has ever started working."""
    alive = any(program.status is None for program in arena.programs.values())
    return alive and all(each.did != READY for each in arena.diary.read())
