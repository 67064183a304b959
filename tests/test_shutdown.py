"""A consumer as a program: SIGTERM ends it after the entry in hand, and leaves nothing waiting."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap

import pytest

from helpers.connection import can
from helpers.consumer import Consumer
from helpers.streams import ensure_group, pending, remove_consumer
from helpers.waiting import wait_until

GROUP = "consumerGroup"

WORKER = """
import sys
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.waiting import wait_until

url, stream, kind = sys.argv[1:]
r = connect(url)

def handle(entry):
    r.rpush(stream + ":begun", entry.id)
    wait_until(lambda: r.exists(stream + ":go"), 20, "the word to go on")
    while kind == "endless":
        pass
    if kind == "told":  # A signal is heard a moment after it was sent
        wait_until(consumer.worker.stopping.is_set, 20, "the signal")
    r.rpush(stream + ":handled", entry.id)

limits = {"min_idle_ms": 600_000, "max_deliveries": 3} if kind == "claiming" else {}
consumer = Consumer(r, stream, "consumerGroup", "alice", handle, count=10, **limits)
consumer.run()
print("ended")
"""


@pytest.fixture
def ids(r, stream):
    """A group and ten entries."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(10)]


@pytest.fixture
def start(r, url, stream, ids):
    """Start a worker, and wait until it is handling its first entry."""
    workers = []

    def start(*before, kind="plain"):
        command = [*before, sys.executable, "-c", textwrap.dedent(WORKER), url, stream, kind]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        workers.append(worker)
        wait_until(lambda: r.exists(stream + ":begun"), 20, "the worker's first entry")
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.communicate()


def finished(r, stream, worker) -> str:
    """Let the handler continue, and wait for the worker to end; return its output."""
    r.set(stream + ":go", 1)
    return worker.communicate(timeout=20)[0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_program_after_the_entry_in_hand(r, stream, start, ids, number):
    """Status 0; that entry is acknowledged, and anybody may claim the nine others at once."""
    worker = start(kind="told")
    worker.send_signal(number)
    assert finished(r, stream, worker) == "ended\n" and worker.returncode == 0
    assert r.lrange(stream + ":handled", 0, -1) == ids[:1]
    idle = pending(r, stream, GROUP, min_idle_ms=3_600_000)
    assert [(line.id, line.deliveries) for line in idle] == [(each, 1) for each in ids[1:]]


def test_whoever_takes_over_removes_the_name(r, stream, start, ids):
    """Alice's entries were handed back; Bob claims them, and when he ends, neither name is left."""
    worker = start(kind="claiming")
    worker.terminate()
    finished(r, stream, worker)
    held = [] if can(r, "XNACK") else ["alice"]
    assert [each["name"] for each in r.xinfo_consumers(stream, GROUP)] == held
    handled = []

    def handle(entry):
        handled.append(entry.id)
        if entry.id == ids[-1]:
            os.kill(os.getpid(), signal.SIGTERM)

    Consumer(r, stream, GROUP, "bob", handle, min_idle_ms=600_000, max_deliveries=3).run()
    assert sorted(handled) == sorted(set(ids) - set(r.lrange(stream + ":handled", 0, -1)))
    assert r.xinfo_consumers(stream, GROUP) == []


def test_a_name_that_holds_something_stays(r, stream, ids):
    """Bob claims one entry of Alice's two, so her name must stay when he ends."""
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=2)
    r.xclaim(stream, GROUP, "alice", 0, ids[:1], idle=3_600_000)
    limits = {"min_idle_ms": 600_000, "max_deliveries": 3}
    bob = Consumer(r, stream, GROUP, "bob", lambda entry: None, **limits)
    bob.step()
    bob.leave()
    assert [each["name"] for each in r.xinfo_consumers(stream, GROUP)] == ["alice"]


def test_a_second_signal_ends_the_program_at_once(r, stream, start, ids):
    """A handler that never returns keeps nobody waiting; its batch stays pending."""
    worker = start(kind="endless")
    r.set(stream + ":go", 1)
    worker.send_signal(signal.SIGTERM)
    # The second is sent repeatedly, because the first may still be on its way
    wait_until(
        lambda: worker.send_signal(signal.SIGTERM) or worker.poll() is not None, 10, "its end"
    )
    # By our own handler, or by the default one if a signal came while Python shut down
    assert worker.returncode in (128 + signal.SIGTERM, -signal.SIGTERM)
    assert len(pending(r, stream, GROUP)) == 10


AS_PID_1 = "unshare", "--pid", "--fork", "--kill-child", "--map-root-user", "--user"


def test_the_first_process_of_a_container_ends_too(r, stream, start, ids):
    """As PID 1, it has no default for SIGTERM: without its own handler, it would keep running."""
    if not shutil.which("unshare") or subprocess.run([*AS_PID_1, "true"]).returncode:
        pytest.skip("unshare isn't installed or not allowed here (in a chroot): nothing is PID 1")
    worker = start(*AS_PID_1, kind="told")
    children = subprocess.run(
        ["pgrep", "-P", str(worker.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    subprocess.run(["kill", "-TERM", *children], check=True)
    assert finished(r, stream, worker) == "ended\n" and worker.returncode == 0


def test_a_name_goes_once_it_holds_nothing(r, stream, start, ids):
    """A worker that has handled everything leaves no consumer behind."""
    worker = start()
    r.set(stream + ":go", 1)
    wait_until(lambda: r.llen(stream + ":handled") == 10, 10, "ten handled entries")
    worker.terminate()
    worker.communicate(timeout=20)
    assert r.xinfo_consumers(stream, GROUP) == []


def test_a_consumer_that_holds_entries_is_not_removed(r, stream, ids):
    """XGROUP DELCONSUMER would lose them."""
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=1)
    assert remove_consumer(r, stream, GROUP, "alice") is False
    r.xack(stream, GROUP, ids[0])
    assert remove_consumer(r, stream, GROUP, "alice") is True
    assert r.xinfo_consumers(stream, GROUP) == []


def test_an_error_ends_the_program_with_it(r, stream, ids):
    """run() raises what ended the consumer."""

    def handle(entry):
        raise ValueError("boom")

    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(ValueError, match="boom"):
        Consumer(r, stream, GROUP, "alice", handle).run()
    assert signal.getsignal(signal.SIGTERM) is before
