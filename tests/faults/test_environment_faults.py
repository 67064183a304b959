"""Faults in the environment: no memory, a full disk, a wrong clock, a flush, an impatient learner,
a full class."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
import redis

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.servers.guard import paths
from helpers.servers.own import OwnServer
from helpers.streams import dead_letter_stream, ensure_group, is_done, pending
from helpers.waiting import wait_until

GROUP = "consumerGroup"


def numbers(r) -> list[int]:
    """The values in the stream, in order."""
    return [int(fields["value"]) for _, fields in r.xrange("s")]


def handle_all(r, handle=lambda entry: None, **settings) -> Consumer:
    """Consume until everything is done."""
    with Consumer(r, "s", GROUP, "alice", handle, **settings) as consumer:
        consumer.drain()
    return consumer


def test_a_server_out_of_memory_refuses_and_loses_nothing(program):
    """The producer gets the error when its patience runs out; stored entries are consumed all the
    same; with room again, it continues where it stopped."""
    with OwnServer(program, maxmemory=100_000_000) as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)
        with (
            pytest.raises(redis.exceptions.OutOfMemoryError),
            Producer(r, "s", producer_id="p", batch=10, patience=0.3) as producer,
        ):
            for n in range(100):
                producer.send({"value": n})
                if n == 50:
                    producer.flush()
                    r.config_set("maxmemory", 1)
        stored = r.xlen("s")
        assert numbers(r) == list(range(stored)) and stored >= 51
        handle_all(r)
        r.config_set("maxmemory", 100_000_000)
        with Producer(r, "s", producer_id="p") as producer:
            for n in range(producer.stored, 100):
                producer.send({"value": n})
        assert numbers(r) == list(range(100))


def test_poison_waits_while_there_is_no_memory_for_its_dead_letter(program):
    """The script adds before it acknowledges, so an entry whose dead letter is refused stays
    pending; the letter is written once there is room."""
    with OwnServer(program, maxmemory=100_000_000) as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)
        r.xadd("s", {"value": 1})
        r.config_set("maxmemory", 1)
        with pytest.raises(redis.ResponseError, match="OOM|maxmemory"):
            handle_all(r, lambda entry: 1 / 0, min_idle_ms=10, max_deliveries=2)
        assert len(pending(r, "s", GROUP)) == 1 and not r.exists(dead_letter_stream("s"))
        r.config_set("maxmemory", 100_000_000)
        handle_all(r, lambda entry: 1 / 0, min_idle_ms=10, max_deliveries=2)
        assert r.xlen(dead_letter_stream("s")) == 1


@pytest.fixture
def small_disk(tmp_path):
    """A disk of one megabyte."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(tmp_path)],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        pytest.skip(f"a small disk can't be mounted here: {done.stderr.strip()}")
    yield tmp_path
    subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_a_full_disk_loses_nothing_that_was_stored(program, small_disk):
    """With appendfsync always, the server exits rather than lie; on a larger disk, everything it
    confirmed is there, and it continues."""
    with (
        OwnServer(program, appendonly=True, appendfsync="always", dir=str(small_disk)) as own,
        connect(own.url) as r,
    ):
        with (
            pytest.raises(redis.RedisError),
            Producer(r, "s", producer_id="p", batch=10, patience=0.2) as producer,
        ):
            for n in range(20_000):
                producer.send({"value": n, "filler": "x" * 100})
            producer.flush(30)
        confirmed = producer.stored
        assert 0 < confirmed < 20_000
        subprocess.run(["mount", "-o", "remount,size=50m", str(small_disk)], check=True)
        own.start()
        with Producer(r, "s", producer_id="p") as producer:
            assert producer.stored >= confirmed
            for n in range(producer.stored, confirmed + 1000):
                producer.send({"value": n})
        assert numbers(r) == list(range(confirmed + 1000))


def test_a_clock_that_was_ahead_hurts_nobody(r, stream):
    """The last ID is a day in the future, as after a clock correction: IDs keep growing, and
    everything is delivered in order."""
    ensure_group(r, stream, GROUP)
    seconds, _ = r.time()
    ahead = r.xadd(stream, {"value": 0}, id=f"{(seconds + 86_400) * 1000}-0")
    with Producer(r, stream) as producer:
        for n in range(1, 50):
            producer.send({"value": n})
    assert {entry_id.partition("-")[0] for entry_id, _ in r.xrange(stream)} == {
        ahead.partition("-")[0]
    }
    seen = []
    with Consumer(
        r, stream, GROUP, "alice", lambda entry: seen.append(int(entry.fields["value"]))
    ) as consumer:
        consumer.drain()
    assert seen == list(range(50))


def test_a_flush_in_mid_run_is_noticed_on_both_sides(program):
    """Nobody carries on as if nothing had happened: the producer misses its confirmed entries, the
    consumer its group."""
    with OwnServer(program) as own, connect(own.url) as r, connect(own.url) as vandal:
        ensure_group(r, "s", GROUP)
        consumer = Consumer(r, "s", GROUP, "alice", lambda entry: None)
        with pytest.raises(redis.ResponseError, match="NOGROUP|UNBLOCKED"), consumer:
            with pytest.raises(redis.ResponseError, match="SEQGAP"), Producer(r, "s") as producer:
                producer.send({"value": 0})
                consumer.wait(handled=1)
                vandal.flushall()
                producer.send({"value": 1})
            consumer.wait(handled=2)
        assert not r.exists("s")


@pytest.fixture
def ctrl_c():
    """Let SIGINT raise KeyboardInterrupt, whatever the shell has set."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("moment", range(10))
@pytest.mark.filterwarnings("ignore:Of the entries sent")
@pytest.mark.usefixtures("ctrl_c")
def test_an_interrupt_at_any_moment_loses_nothing(r, stream, moment):
    """After ■ in a cell that produces and consumes, its threads end, and running the cell again
    finishes the work."""
    ensure_group(r, stream, GROUP)
    handled = []

    def cell(interrupted_at: int) -> None:
        def handle(entry) -> None:
            handled.append(int(entry.fields["value"]))
            if len(handled) == interrupted_at:
                signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

        with (
            Consumer(r, stream, GROUP, "alice", handle) as consumer,
            Producer(r, stream, producer_id="p", batch=7) as producer,
        ):
            for n in range(producer.stored, 300):
                producer.send({"value": n})
                if n < 100:
                    producer.flush()
            producer.flush()
            consumer.drain()

    before = set(threading.enumerate())  # A thread of an earlier test may end meanwhile
    with pytest.raises(KeyboardInterrupt):
        cell(interrupted_at=1 + 33 * moment)
    wait_until(lambda: before.issuperset(threading.enumerate()), 5, "the cell's threads to end")
    cell(interrupted_at=-1)
    assert (
        sorted(set(handled)) == list(range(300))
        and r.xlen(stream) == 300
        and is_done(r, stream, GROUP)
    )


CLASS = """
import os, sys
from helpers.connection import connect
from helpers.producer import Producer
for n in range(50):
    if os.fork() == 0:
        os.read(0, 1)
        r = connect()
        with Producer(r, "test:class") as producer:
            producer.send({"value": n})
        os.write(1, b"%d " % r.info("server")["process_id"])
        os.read(int(sys.argv[1]), 1)
        os._exit(0)
os.write(1, b"ready ")
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
"""
"""Fifty processes that run a lesson's first cells, and hold their leases until told to end.

They are forked, so that all begin at the same moment, when standard input ends, rather than one by
one as Python starts. They end with another pipe, or when the test's own process is gone.
"""


def words(out, count: int) -> list[bytes]:
    """Read that many words."""
    found = b""
    while len(found.split()) < count or not found.endswith(b" "):
        assert (data := os.read(out.fileno(), 4096)), "the class has ended too early"
        found += data
    return found.split()


def test_fifty_at_once_share_one_server():
    """A class that starts at the same moment gets one server for all, each entry stored once, and
    nothing left behind."""
    folder = Path(tempfile.mkdtemp(prefix="c-", dir=paths.short_directory()))
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("REDIS_")
    } | {"REDIS_STREAMS_DIR": str(folder)}
    end, ending = os.pipe()
    command = [sys.executable, "-c", CLASS, str(end)]
    with (
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            pass_fds=[end],
        ) as course,
        open(ending, "wb"),
    ):
        os.close(end)
        assert words(course.stdout, 1) == [b"ready"]
        course.stdin.close()
        assert len(set(words(course.stdout, 50))) == 1
        with connect(f"unix://{next(folder.glob('*/server.sock'))}") as r:
            assert sorted(int(fields["value"]) for _, fields in r.xrange("test:class")) == list(
                range(50)
            )
    wait_until(lambda: not list(folder.iterdir()), 10, "server and directory to be gone")
    folder.rmdir()
