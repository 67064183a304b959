"""The demo: the Go program in Python, except that it ends when something goes wrong."""

import importlib
import os
import signal
import subprocess
import sys
import time

import pytest

from helpers.connection import connect
from helpers.servers.own import OwnServer
from helpers.streams import ensure_group
from helpers.waiting import wait_until

NUMBERS = [str(n) for n in range(10)]
CLOSING = ["Producer finished sending messages", "Consumer finished processing messages"]


@pytest.fixture(scope="module")
def own():
    """A separate server for the demo, because it uses the Go program's key names, which have no
    prefix."""
    with OwnServer() as server:
        yield server


def start(url: str) -> subprocess.Popen:
    """The demo as a process, against a given server."""
    command = [
        sys.executable,
        "-c",
        "import sys; from helpers.commands.demo import main; sys.exit(main([]))",
    ]
    return subprocess.Popen(
        command,
        env=os.environ | {"REDIS_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(url: str) -> tuple[int, list[str], str]:
    """Exit status, printed lines and errors of one demo."""
    process = start(url)
    out, err = process.communicate(timeout=20)
    return process.returncode, out.splitlines(), err


def test_every_run_prints_the_numbers_and_leaves_nothing_pending(own):
    """Twice in a row, with both closing lines."""
    for _ in range(2):
        status, lines, errors = run(own.url)
        assert (status, errors) == (0, "")
        assert [line for line in lines if line.isdigit()] == NUMBERS
        assert [line for line in lines if not line.isdigit()] == CLOSING
    with connect(own.url) as r:
        assert r.xpending("dataStream", "consumerGroup")["pending"] == 0


def test_a_run_after_a_crashed_one_prints_the_numbers(own):
    """Entries that a crashed run left pending, or never read, are acknowledged and not mistaken for
    this run's."""
    with connect(own.url) as r:
        ensure_group(r, "dataStream", "consumerGroup")
        for n in range(10):
            r.xadd("dataStream", {"value": n})
        r.xreadgroup("consumerGroup", "consumer1", {"dataStream": ">"}, count=7)
        status, lines, _ = run(own.url)
        assert status == 0 and [line for line in lines if line.isdigit()] == NUMBERS
        assert lines[-1].startswith("(10 entries that an earlier run had left")
        assert r.xpending("dataStream", "consumerGroup")["pending"] == 0


def test_a_side_that_fails_is_named_and_the_demo_ends(own):
    """A key of the wrong type: status 1 and a sentence, within five seconds."""
    with connect(own.url) as r:
        r.delete("dataStream")
        r.set("dataStream", "I am no stream")
        began = time.monotonic()
        status, _, errors = run(own.url)
        r.delete("dataStream")
    assert status == 1 and "WRONGTYPE" in errors and errors.count("\n") == 1
    assert time.monotonic() - began < 5


def test_a_server_that_vanishes_ends_the_demo():
    """Frozen in mid-run, the server answers nobody; the demo says so instead of hanging."""
    with OwnServer() as server:
        process = start(server.url)
        assert process.stdout.readline()
        server.kill()
        _, errors = process.communicate(timeout=20)
    assert process.returncode == 0 or "The demo failed" in errors


def test_an_interrupt_leaves_no_process(own):
    """Ctrl-C ends the demo, including both threads."""
    process = start(own.url)
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    wait_until(lambda: process.poll() is not None, 5, "the demo's end")


@pytest.mark.parametrize("command", ["demo", "doctor", "cover"])
def test_help_runs_nothing(command, capsys):
    """It says what the command does; an extra argument is refused."""
    main = importlib.import_module(f"helpers.commands.{command}").main
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0 and f"helpers {command}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as ended:
        main(["--nonsense"])
    assert ended.value.code == 2 and "--nonsense" in capsys.readouterr().err
