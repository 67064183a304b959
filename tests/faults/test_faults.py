"""Deliberate faults: a process that can be killed, and a proxy that loses replies."""

import os
import signal
import subprocess
import sys
import textwrap
import threading

import hiredis
import psutil
import pytest
from redis import ConnectionError

from helpers.connection import connect
from helpers.faults import DroppingProxy, Process, crash, freeze
from helpers.faults.proxy import complete_commands
from helpers.servers.guard import paths
from helpers.servers.guard.process_exits import exists
from helpers.servers.own import OwnServer
from helpers.streams import ensure_group, pending
from helpers.waiting import wait_until

GROUP = "g"
TURNS = 2


def double(text):
    """Used by handle_and_crash, and pickled with it."""
    return TURNS * int(text)


def handle_and_crash(r, stream, crash_at):
    """Read four entries, acknowledge each, and crash before `crash_at` is acknowledged."""
    for entry_id, fields in r.xreadgroup(GROUP, "victim", {stream: ">"}, count=4)[stream]:
        print(double(fields["value"]))
        if fields["value"] == crash_at:
            crash()
        r.xack(stream, GROUP, entry_id)


def fail(r):
    """End with an error."""
    raise ValueError("no such luck")


def wait_for_ever(r, key):
    """Report that it is running, then do nothing until killed."""
    r.set(key, os.getpid())
    threading.Event().wait()


@pytest.fixture
def filled(r, stream):
    """A stream with the values 0 to 3 and a group at its start."""
    ensure_group(r, stream, GROUP)
    for n in range(4):
        r.xadd(stream, {"value": n})
    return stream


def test_crash_between_read_and_ack_leaves_entries_pending(r, url, filled):
    """Entries acknowledged before the crash are done; the rest are pending for the victim."""
    with Process(handle_and_crash, filled, "2", url=url) as process:
        assert process.wait() == -signal.SIGKILL
    assert [(line.consumer, line.deliveries) for line in pending(r, filled, GROUP)] == [
        ("victim", 1)
    ] * 2
    assert process.printed.split() == ["0", "2", "4"]


def test_without_a_crash_the_process_ends_well(r, url, filled):
    """The work is done, and the status is 0."""
    with Process(handle_and_crash, filled, "none", url=url) as process:
        assert process.wait() == 0
    assert pending(r, filled, GROUP) == []


def test_error_in_the_process_is_raised_where_one_waits(embedded_url):
    """Nothing fails unseen, and the message is the error's own."""
    with (
        Process(fail, url=embedded_url) as process,
        pytest.raises(RuntimeError, match="ValueError: no such luck"),
    ):
        process.wait()


def test_an_error_has_no_colors_where_a_kernel_asks_for_them(embedded_url, monkeypatch):
    """From 3.13 on, Python would put them into the traceback, which stories of lesson 17 quote."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    with (
        Process(fail, url=embedded_url) as process,
        pytest.raises(RuntimeError, match="ended the process: ValueError: no such luck$"),
    ):
        process.wait()
    assert "\x1b" not in process.printed


def test_leaving_the_with_block_kills(r, url, prefix):
    """No process outlives its block or is left as a zombie."""
    with Process(wait_for_ever, prefix + "up", url=url) as process:
        pid = int(wait_until(lambda: r.get(prefix + "up"), 10, "the process"))
        assert process.pid == pid and exists(pid)
    assert not exists(pid)


def test_frozen_process_goes_on_after_thawing(r, url, prefix):
    """A frozen process isn't dead: the system shows it as stopped until it thaws."""
    with Process(wait_for_ever, prefix + "up", url=url) as process:
        wait_until(lambda: r.get(prefix + "up"), 10, "the process")
        process.freeze()
        wait_until(lambda: process.frozen, 5, "a stopped process")
        process.thaw()
        wait_until(lambda: not process.frozen, 5, "a running process")


def freeze_at_once(r, key):
    """Report the process ID, and freeze."""
    r.set(key, os.getpid())
    freeze()
    r.set(key, "thawed")


def test_a_process_freezes_itself_at_the_line_that_says_so(r, url, prefix):
    """The code after the freeze runs once it is thawed, and not before."""
    with Process(freeze_at_once, prefix + "up", url=url) as process:
        wait_until(lambda: r.get(prefix + "up"), 10, "the process")
        wait_until(lambda: process.frozen, 5, "a stopped process")
        assert r.get(prefix + "up") == str(process.pid)
        process.thaw()
        assert process.wait() == 0 and r.get(prefix + "up") == "thawed"


@pytest.mark.parametrize("work", ["wait_for_ever", "freeze_at_once"])
def test_process_dies_with_its_owner(r, url, prefix, work):
    """When the kernel is killed with kill -9, its child processes are gone at once, frozen or
    not."""
    owner = textwrap.dedent("""
        import sys
        from helpers.faults import Process
        from tests.faults import test_faults
        Process(getattr(test_faults, sys.argv[3]), sys.argv[1], url=sys.argv[2]).start()
        sys.stdin.read()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", owner, prefix + "up", url, work], stdin=subprocess.PIPE
    ) as kernel:
        pid = int(wait_until(lambda: r.get(prefix + "up"), 20, "the process"))
        if work == "freeze_at_once":
            seen = psutil.Process(pid)
            wait_until(lambda: seen.status() == psutil.STATUS_STOPPED, 5, "a stopped process")
        kernel.kill()
    wait_until(lambda: not exists(pid), 5, "the end of the process")


def test_what_a_process_cannot_have_is_refused():
    """The notebook's client, or a function without a name, is refused before anything starts."""
    r = object()

    def uses_the_notebooks_client():
        r.ping()

    with pytest.raises(TypeError, match="'r', a object, which can't go to another process"):
        Process(uses_the_notebooks_client)
    with pytest.raises(TypeError, match="defined with def"):
        Process(lambda r: None)


@pytest.mark.parametrize("fault", [crash, freeze])
def test_a_fault_spares_everybody_else(fault):
    """A learner who calls crash() or freeze() in a cell keeps the kernel."""
    with pytest.raises(RuntimeError, match="call it in a function that a Process runs"):
        fault()


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_each_lost_reply_stores_the_entry_once_more(r, url, stream, retries):
    """Silent retries after three lost replies make four entries of one XADD; without them, the
    caller learns of the loss."""
    with DroppingProxy(url, command="XADD", drop=retries or 1) as proxy:
        unlucky = connect(proxy.url, retries=retries)
        if retries:
            unlucky.xadd(stream, {"value": 0})
        else:
            with pytest.raises(ConnectionError):
                unlucky.xadd(stream, {"value": 0})
        assert (proxy.sent, proxy.dropped) == (retries + 1, retries or 1)
    assert r.xlen(stream) == retries + 1


def test_lost_reply_of_a_read_strands_a_batch(r, url, filled):
    """The caller sees the second half; the first half is pending, and nobody knows."""
    with DroppingProxy(url, command="XREADGROUP") as proxy:
        reply = connect(proxy.url, retries=1).xreadgroup(GROUP, "c", {filled: ">"}, count=2)
    assert [fields["value"] for _, fields in reply[filled]] == ["2", "3"]
    assert len(pending(r, filled, GROUP)) == 4


def test_whole_pipeline_is_executed_before_the_cut(r, url, stream):
    """Of three XADDs in one pipeline, all are stored, though none is answered."""
    with DroppingProxy(url, command="XADD") as proxy:
        pipeline = connect(proxy.url).pipeline(transaction=True)
        for n in range(3):
            pipeline.xadd(stream, {"value": n})
        with pytest.raises(ConnectionError):
            pipeline.execute()
    assert r.xlen(stream) == 3


def test_other_commands_pass(r, url, stream):
    """Only replies to the named command are lost; large values pass in both directions."""
    value = "x" * 300_000
    with DroppingProxy(url, command="XREADGROUP") as proxy:
        connect(proxy.url).xadd(stream, {"value": value})
        assert connect(proxy.url).xrange(stream)[0][1]["value"] == value
        assert (proxy.sent, proxy.dropped) == (0, 0)


def test_proxy_leaves_nothing_behind(url):
    """Its threads, its socket and its directory are gone, even while a client waits."""
    before = set(threading.enumerate())
    directories = set(paths.short_directory().glob("redis-streams-proxy-*"))
    with DroppingProxy(url, command="XADD") as proxy:
        r = connect(proxy.url)
        errors = []
        waiting = threading.Thread(
            target=lambda: errors.extend(failure(lambda: r.blpop("none:such", 4)))
        )
        waiting.start()
        commands = lambda: {each["cmd"] for each in connect(url).client_list()}  # noqa: E731
        wait_until(lambda: "blpop" in commands(), 20, "the waiting client")
    waiting.join()
    assert errors and set(threading.enumerate()) <= before
    assert set(paths.short_directory().glob("redis-streams-proxy-*")) <= directories


def failure(call):
    """The error that a call raises, in a list."""
    try:
        call()
    except ConnectionError as error:
        return [error]
    return []


def test_proxy_of_a_server_that_is_away():
    """A client that connects is cut off, and can reconnect once the server is back."""
    with OwnServer() as own, DroppingProxy(own.url, command="XADD") as proxy:
        r = connect(proxy.url)
        own.kill()
        with pytest.raises(ConnectionError):
            r.ping()
        own.start()
        assert r.ping()


def test_proxy_of_a_port_and_a_database():
    """A TCP server works, and the rest of the URL besides host and port is kept."""
    with DroppingProxy("redis://ann:secret@localhost:7001/3", command="XADD") as proxy:
        assert proxy.url.startswith("unix://ann:secret@/") and proxy.url.endswith("?db=3")
    with pytest.raises(ValueError, match="TLS"):
        DroppingProxy("rediss://localhost", command="XADD")


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"*1\r\n$4\r\nping\r\n*2\r\n$4\r\nXLEN\r\n$1\r\ns\r\n", ["PING", "XLEN"]),
        (b"*2\r\n$4\r\nXLEN\r\n$1\r\ns", []),
        (b"*1\r\n$4\r\nPING\r\n*2\r\n$4\r\n", ["PING"]),
        (b"*1\r\n$9\r\n*1\r\n$1\r\n", []),
        (b"", []),
    ],
)
def test_names_of_commands(data, names):
    """Whole commands are named, whatever pieces they arrive in; a partial one is kept."""
    reader, found = hiredis.Reader(), []
    for byte in data:
        reader.feed(bytes([byte]))
        found += complete_commands(reader)
    assert found == names
