"""The worker of lesson 15 as a process: its settings, its end, and its user's rights."""

import ast
import json
import re
from pathlib import Path

import pytest

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.faults import Program
from helpers.servers.own import OwnServer
from helpers.streams import dead_letters, ensure_group
from helpers.waiting import wait_until

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
WORKER = NOTEBOOKS / "service" / "worker.py"
STREAM, GROUP = "15:orders", "workers"


@pytest.fixture
def own():
    """A server whose data nobody else sees."""
    with OwnServer() as server:
        yield server


def lesson_rules() -> list[str]:
    """The rules that lesson 15 gives the worker's user."""
    cells = json.loads((NOTEBOOKS / "15_service.ipynb").read_text("utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    [rules] = [m[1] for text in sources if (m := re.search(r'RULES = (""".*?""")', text, re.S))]
    return ast.literal_eval(rules).split()


def test_a_worker_told_to_end_hands_back_what_is_too_new(own):
    """Status 0; an entry of a newer version isn't handled, and anybody may claim it."""
    r = connect(own.url)
    ensure_group(r, STREAM, GROUP)
    r.xadd(STREAM, {"item": "tea"})
    r.xadd(STREAM, {"v": 3, "item": "corn"})
    with Program(str(WORKER), REDIS_URL=own.url, STREAM=STREAM, NAME="alice") as worker:
        wait_until(lambda: "version 3" in worker.printed, 20, "both entries")
        worker.terminate()
        assert worker.wait() == 0
        assert "alice: 1 x tea" in worker.printed
        assert worker.printed.endswith("alice: ended\n")
    [line] = r.xpending_range(STREAM, GROUP, "-", "+", 10)
    assert line["time_since_delivered"] >= 60_000


def test_a_worker_without_a_stream_says_which_setting_is_missing(own):
    """It reads no stream by default, lest it handle somebody else's entries."""
    with (
        Program(str(WORKER), REDIS_URL=own.url) as worker,
        pytest.raises(RuntimeError, match="KeyError: 'STREAM'"),
    ):
        worker.wait()


def test_the_lessons_rules_are_enough_to_bury_poison(own):
    """The user may do all of a Consumer's work, including dead letters and tries."""
    admin = connect(own.url)
    admin.execute_command("ACL", "SETUSER", "worker", *lesson_rules())
    r = connect(own.url.replace("unix://", "unix://worker:secret@"))
    ensure_group(r, STREAM, GROUP)
    admin.xadd(STREAM, {"item": "poison"})

    def fail(entry):
        raise ValueError(entry.id)

    with Consumer(r, STREAM, GROUP, "alice", fail, min_idle_ms=50, max_deliveries=2) as consumer:
        wait_until(lambda: consumer.dead_lettered, 30, "the dead letter")
    assert [letter.fields["item"] for letter in dead_letters(admin, STREAM)] == ["poison"]
    assert [line["object"] for line in admin.acl_log() if line["object"] != "client|setinfo"] == []
