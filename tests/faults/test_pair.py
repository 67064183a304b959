"""A master and its replica, on a line that can hold, slow or lose data; nothing of them stays."""

import gc
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from helpers.connection import CannotConnect, connect
from helpers.faults import Line, Pair
from helpers.servers.guard import paths
from helpers.servers.guard.paths import binary
from helpers.servers.own import OwnServer, program_of
from helpers.servers.ports import HOST
from helpers.waiting import wait_until

ROOT = Path(__file__).parents[2]
SLOW = 20.0
"""Seconds that something may take on a busy machine; an idle one needs less than one."""


@pytest.fixture
def pair(program, r):
    """A master and its replica, of the same program as the server under test."""
    with Pair(r) as pair:
        yield pair


@pytest.fixture
def master(pair):
    """A client of the master."""
    with connect(pair.master.url) as client:
        yield client


@pytest.fixture
def replica(pair):
    """A client of the replica."""
    with connect(pair.replica.url) as client:
        yield client


def test_a_pair_runs_the_program_of_the_server(master, replica, r):
    """Both are of the same kind as the server under test, and one is the other's replica."""
    for each in (master, replica):
        assert program_of(each.info("server")) == program_of(r.info("server")) is not None
    assert (master.role()[0], replica.role()[0]) == ("master", "slave")


def test_what_a_server_on_another_machine_runs_is_not_known():
    """Then the embedded program is used."""
    assert program_of({}) is program_of({"executable": "/no/such/redis-server"}) is None


def test_a_user_who_may_not_ask_gets_the_embedded_program(program):
    """As on a class server, which forbids INFO."""
    with OwnServer(program) as own, connect(own.url) as admin:
        admin.acl_setuser("ann", enabled=True, nopass=True, keys=["*"], commands=["+@all", "-info"])
        with connect(own.url.replace("unix://", "unix://ann:any@")) as ann, Pair(ann) as pair:
            assert pair.master.binary == binary()


def test_a_held_line_lets_nothing_through_and_loses_nothing(pair, master, replica):
    """Five entries arrive, five wait, and once released, they arrive as well. The replica's answers
    always get through, so the master believes it to be healthy."""
    for value in range(5):
        master.xadd("s", {"value": value})
    assert master.wait(1, 5000) == 1
    pair.line.hold()
    for value in range(5, 10):
        master.xadd("s", {"value": value})
    assert master.wait(1, 50) == 0 and replica.xlen("s") == 5
    assert master.info("replication")["slave0"]["state"] == "online"
    pair.line.release()
    wait_until(lambda: replica.xlen("s") == 10, SLOW, "the held entries")


def test_a_held_line_stays_up_for_as_long_as_a_learner_thinks(master, replica):
    """By default, a replica hangs up after 60 silent seconds, and WAIT returns 0 from then on."""
    for each in (master, replica):
        assert int(each.config_get("repl-timeout")["repl-timeout"]) >= 24 * 60 * 60


def test_what_is_on_the_line_is_lost_with_the_master(pair, master, replica):
    """Five of ten acknowledged entries are gone after the failover, and the replica is a master."""
    for value in range(5):
        master.xadd("s", {"value": value})
    assert master.wait(1, 5000) == 1
    pair.line.hold()
    for value in range(5, 10):
        master.xadd("s", {"value": value})
    pair.fail_over()
    assert [fields["value"] for _, fields in replica.xrange("s")] == list("01234")
    assert replica.role()[0] == "master" and replica.xadd("s", {"value": "new"})


def test_an_old_master_comes_back_as_a_replica(pair, master, replica):
    """It throws away entries that the new master never had."""
    pair.line.hold()
    master.xadd("s", {"value": "lost"})
    pair.fail_over()
    kept = replica.xadd("s", {"value": "kept"})
    pair.rejoin()
    assert master.role()[0] == "slave" and [i for i, _ in master.xrange("s")] == [kept]


def test_a_slow_line_takes_its_time(pair, master):
    """A confirmation can't arrive before the entry that it confirms; a negative time is refused."""
    pair.line.slow(0.2)
    master.xadd("s", {"value": 1})
    began = time.monotonic()
    assert master.wait(1, 5000) == 1 and time.monotonic() - began >= 0.2
    with pytest.raises(ValueError, match="seconds must be a number of seconds from 0 up, not -1"):
        pair.line.slow(-1)


def test_a_line_that_is_cut_stays_cut(pair, master, replica):
    """The replica tries to reconnect, and gets nothing."""
    pair.line.cut()
    wait_until(lambda: master.info("replication")["connected_slaves"] == 0, SLOW, "the end")
    tries = lambda: replica.info("replication")["master_link_down_since_seconds"] >= 1  # noqa: E731
    wait_until(tries, SLOW, "another try")
    assert replica.info("replication")["master_link_status"] == "down"


def test_a_line_whose_master_is_away(program):
    """A client that connects is cut off, and can reconnect once the master is back."""
    with OwnServer(program) as own, Line(own.url) as line:
        own.kill()
        with pytest.raises(CannotConnect, match="hung up at once"):
            connect(f"redis://127.0.0.1:{line.port}")
        own.start()
        assert connect(f"redis://127.0.0.1:{line.port}").ping()


@pytest.mark.parametrize("ends", ["closed", "forgotten"])
def test_nothing_of_a_pair_stays(embedded_url, ends):
    """Servers, threads and directories are gone once it is closed or garbage-collected, even while
    the line is held."""
    before = set(threading.enumerate())
    with connect(embedded_url) as r:
        pair = Pair(r)
    servers = [psutil.Process(each.pid) for each in (pair.master, pair.replica)]
    directories = [each.directory for each in (pair.master, pair.replica)]
    with connect(pair.master.url) as master:
        pair.line.hold()
        master.xadd("s", {"value": 1})
    if ends == "closed":
        pair.close()
    del pair
    gc.collect()
    wait_until(lambda: not any(each.is_running() for each in servers), SLOW, "the servers to end")
    wait_until(lambda: set(threading.enumerate()) <= before, SLOW, "the threads to end")
    assert not any(directory.exists() for directory in directories)


def test_a_pair_may_be_freed_by_a_thread_of_its_line(embedded_url):
    """Python collects garbage in any thread; a thread of the line that ends it can't wait for
    itself."""
    before = set(threading.enumerate())
    with connect(embedded_url) as r:
        pair = Pair(r)
    servers = [psutil.Process(each.pid) for each in (pair.master, pair.replica)]
    line, pair.itself = pair.line, pair
    line.link = lambda *sockets: gc.collect() and type(line).link(line, *sockets)
    del pair
    with socket.create_connection((HOST, line.port)):
        wait_until(lambda: not any(each.is_running() for each in servers), SLOW, "the servers")
        wait_until(lambda: set(threading.enumerate()) <= before, SLOW, "the threads to end")


def test_a_pair_ends_with_its_owner():
    """After kill -9 of the owner, such as a notebook's kernel, both servers are gone, and the line
    leaves no directory."""
    before = set(paths.short_directory().glob("redis-streams-proxy-*"))
    code = (
        "from helpers.connection import connect; from helpers.faults import Pair\n"
        "pair = Pair(connect()); print(pair.master.pid, pair.replica.pid, flush=True); input()"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    servers = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
    owner.kill()
    owner.communicate()
    wait_until(lambda: not any(each.is_running() for each in servers), SLOW, "the servers to end")
    assert set(paths.short_directory().glob("redis-streams-proxy-*")) <= before
