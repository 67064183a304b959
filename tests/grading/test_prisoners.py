"""Hostile hand-ins' effects on their own kernel and server end with them, and are bounded."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import redis

from helpers.grading import kernel, sandbox
from helpers.grading.kernel import Gone, Kernel
from helpers.grading.server import SandboxedServer
from helpers.grading.witness import Witness
from helpers.waiting import wait_until
from tests.grading.attacks import with_all_processes
from tests.notebook_rules import NOTEBOOKS
from tests.processes import living

SECRET = "teachers-password-b7f1"
SECONDS = 60

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(sandbox.missing()), reason=f"no sandbox: {sandbox.missing()}"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Witness]:
    """A hand-in's server, behind the grader's witness."""
    with SandboxedServer() as own, Witness(own.url) as witness:
        yield witness


@pytest.fixture
def prisoner(server, tmp_path) -> Iterator[Kernel]:
    """A kernel in a sandbox."""
    with Kernel(server.url, tmp_path, threading.Event()) as found:
        yield found


def running(marker: str) -> list[psutil.Process]:
    """Return the processes that have a word on their command line."""
    found = [p for p in psutil.process_iter(["cmdline"]) if marker in (p.info["cmdline"] or [])]
    return living(found)


ESCAPE = """
import os, subprocess
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.environ.clear()
        os.execv("/bin/sleep", ["sleep", "{marker}"])
    os._exit(0)
"""


@pytest.mark.parametrize("protected", [True, False])
def test_what_leaves_its_session_ends_with_the_kernel(server, tmp_path, monkeypatch, protected):
    """Forked twice, in its own session, without an environment; it survives only if the sandbox
    shows the machine's processes."""
    marker = f"{600 + os.getpid() / 1e7:.7f}"
    if not protected:
        command = sandbox.command
        monkeypatch.setattr(
            sandbox, "command", lambda *a, **b: with_all_processes(command(*a, **b))
        )
    with Kernel(server.url, tmp_path, threading.Event()) as prisoner:
        prisoner.run(ESCAPE.format(marker=marker), SECONDS)
        wait_until(lambda: running(marker), 20, "the process that tries to escape")
    if protected:
        wait_until(lambda: not running(marker), 20, "its end")
    survivors = running(marker)
    for each in survivors:
        each.kill()
    assert bool(survivors) is not protected


def test_a_grader_that_is_killed_leaves_no_sandbox(tmp_path):
    """kill -9 of the grader ends kernels and servers."""
    code = (
        "import threading, time\nfrom pathlib import Path\n"
        "from helpers.grading.kernel import Kernel\n"
        "from helpers.grading.server import SandboxedServer\n"
        "from helpers.grading.witness import Witness\n"
        "with SandboxedServer() as own, Witness(own.url) as w:\n"
        "    with Kernel(w.url, Path(), threading.Event()) as k:\n"
        "        print(flush=True)\n"
        "        threading.Event().wait()\n"
    )
    grader = subprocess.Popen(
        [sys.executable, "-c", code], cwd=NOTEBOOKS.parent, stdout=subprocess.PIPE
    )
    grader.stdout.readline()
    started = psutil.Process(grader.pid).children(recursive=True)
    assert {"bwrap", "valkey-server"} <= {each.name() for each in started}
    grader.kill()
    grader.wait()
    psutil.wait_procs(started, timeout=20)
    assert not living(started)
    grader.stdout.close()


LOOK_AROUND = """
import glob, os
found = [str(dict(os.environ))]
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        found.append(open(path, errors="replace").read())
    except OSError:
        pass
reached = [text for text in found if "{secret}" in text]
"""


@pytest.mark.parametrize("protected", [True, False])
def test_the_graders_environment_is_nowhere(server, tmp_path, monkeypatch, protected):
    """Neither in the kernel, nor in the process that made the sandbox."""
    monkeypatch.setenv("CLOUD_TOKEN", SECRET)
    if not protected:
        command = sandbox.command
        shown = ["--setenv", "CLOUD_TOKEN", SECRET]
        monkeypatch.setattr(
            sandbox,
            "command",
            lambda p, *a, **b: _before_the_last_dashes(command(p, *a, **b), p, shown),
        )
    with Kernel(server.url, tmp_path, threading.Event()) as prisoner:
        prisoner.run(LOOK_AROUND.format(secret=SECRET), SECONDS)
        assert bool(prisoner.value("reached")) is not protected


def _before_the_last_dashes(words: list[str], program: list[str], more: list[str]) -> list[str]:
    at = len(words) - len(program) - 1
    return [*words[:at], *more, *words[at:]]


@pytest.mark.parametrize("name", [*kernel.BOUNDED, *kernel.CROWD])
def test_a_limit_cannot_be_raised(server, tmp_path, monkeypatch, name):
    """Without the limit, there is nothing to raise."""
    code = (
        "import resource\n"
        f"before = resource.getrlimit(resource.RLIMIT_{name})\n"
        "try:\n"
        f"    resource.setrlimit(resource.RLIMIT_{name}, (before[1] + 1, before[1] + 1))\n"
        "    reached = True\n"
        "except (ValueError, OSError):\n"
        "    reached = False"
    )
    most = (kernel.BOUNDED | kernel.CROWD)[name]
    with Kernel(server.url, tmp_path, threading.Event()) as prisoner:
        assert prisoner.run(code, SECONDS) == ""
        assert prisoner.value("reached") is False and prisoner.value("before") == [most, most]


BOMB = """
import os, signal
children = []
try:
    while len(children) < 400:
        child = os.fork()
        if child == 0:
            signal.pause()
        children.append(child)
except OSError:
    pass
born = len(children)
"""


@pytest.mark.parametrize("protected", [True, False])
def test_a_fork_bomb_is_bounded(server, tmp_path, monkeypatch, protected):
    """Whoever runs the grader, even root."""
    if not protected:
        monkeypatch.setattr(kernel, "CROWD", {})
    with Kernel(server.url, tmp_path, threading.Event()) as prisoner:
        prisoner.run(BOMB, SECONDS)
        assert (prisoner.value("born") < 256) is protected
    assert not psutil.pid_exists(prisoner.pid)


def test_memory_is_bounded_in_all_processes_together(prisoner, monkeypatch):
    """There may be many small ones."""
    monkeypatch.setattr(kernel, "TOGETHER", 400 << 20)
    with pytest.raises(Gone, match="of memory"):
        prisoner.run(
            "import os, signal, time\n"
            "for n in range(6):\n"
            "    if os.fork() == 0:\n"
            "        kept = b'x' * 100_000_000\n"
            "        signal.pause()\n"
            "time.sleep(60)",
            SECONDS,
        )


def test_nobody_outside_reaches_a_port(prisoner):
    """It listens in its own network."""
    assert not prisoner.run(
        "import socket\ns = socket.create_server(('0.0.0.0', 0))\nport = s.getsockname()[1]",
        SECONDS,
    )
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", prisoner.value("port")), 5)


CHANNEL = """
import os, socket, stat
fds = [int(n) for n in os.listdir("/proc/self/fd")]
def kind(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode) and socket.socket(fileno=os.dup(fd)).family
    except OSError:
        return 0
def peer(fd):
    s = socket.socket(fileno=os.dup(fd))
    try:
        return s.getpeername(), s.getsockname()
    except OSError:
        return None
channels = [fd for fd in fds if kind(fd) == socket.AF_UNIX and peer(fd) == ("", "")]
"""


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("b'x' * 3_000_000", "without an end"),
        ("b'[' * 100_000 + b'\\n'", "wasn't asked"),
        ("b'{\"number\": 1}\\n'", "wasn't asked"),
        ("b'\\xff\\n'", "wasn't asked"),
    ],
)
def test_odd_answers_end_only_the_hand_in(prisoner, said, words):
    """Whatever it writes to the grader's channel, through any socket."""
    prisoner.run(CHANNEL, SECONDS)
    with pytest.raises(Gone, match=words):
        prisoner.run(
            f"import time\nfor fd in channels:\n    os.write(fd, {said})\ntime.sleep(30)", SECONDS
        )
        prisoner.value("fds")


def test_endless_output_reaches_nobody(prisoner):
    """It is neither received nor kept; the cell ends at its limit."""
    before = psutil.Process().memory_info().rss
    try:
        said = prisoner.run("while True: print('x' * 100_000)", 3)
    except Gone as error:  # A busy machine may not get the interrupt through
        said = str(error)
    assert said.startswith("a cell took more than 3 s")
    assert psutil.Process().memory_info().rss - before < 50 << 20


# Its own server


@pytest.fixture
def own() -> Iterator[SandboxedServer]:
    """A server that may be broken."""
    with SandboxedServer() as found:
        yield found


def test_a_server_listens_to_nobody_else(own):
    """CONFIG SET port opens a port in the server's own network."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with redis.Redis.from_url(own.url) as r:
        r.config_set("protected-mode", "no")
        assert r.config_set("port", port)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), 5)


def test_a_server_calls_nobody(own):
    """Neither as a replica of the teacher's server, nor to send it keys."""
    with socket.create_server(("127.0.0.1", 0)) as teachers, redis.Redis.from_url(own.url) as r:
        port = teachers.getsockname()[1]
        r.set("k", 1)
        with pytest.raises(redis.RedisError):
            r.execute_command("MIGRATE", "127.0.0.1", port, "k", 0, 1000)
        r.replicaof("127.0.0.1", port)
        wait_until(lambda: r.info("replication")["master_link_status"] == "down", 20, "its try")
        teachers.settimeout(2)
        with pytest.raises(TimeoutError):
            teachers.accept()


def test_a_server_writes_into_its_own_memory_alone(own):
    """An append-only file fills only a bounded disk, and `dir` can't be moved."""
    folder = Path(own.url.removeprefix("unix://")).parent
    with redis.Redis.from_url(own.url) as r:
        r.config_set("appendonly", "yes")
        r.save()
        with pytest.raises(redis.ResponseError):
            r.config_set("dir", str(folder))
        for refused in ("DEBUG SLEEP 0", "MODULE LOAD /tmp/x.so"):
            with pytest.raises(redis.ResponseError):
                r.execute_command(*refused.split())
    assert [each.name for each in folder.iterdir()] == ["server.sock"]


def test_a_server_has_bounded_memory_whatever_it_is_told(own):
    """Without maxmemory, it ends at its process's limit."""
    with redis.Redis.from_url(own.url, socket_timeout=20) as r:
        r.config_set("maxmemory", 0)
        with pytest.raises(redis.RedisError):
            for number in range(1200):
                r.set(f"k{number}", b"x" * 1_000_000)


def test_a_signal_ends_all_at_once(prisoner):
    """When it is killed from outside, nothing of a sandbox remains."""
    inside = psutil.Process(prisoner.pid).children(recursive=True)
    assert len(inside) >= 2
    os.kill(prisoner.pid, signal.SIGKILL)
    psutil.wait_procs(inside, timeout=20)
    assert not living(inside)
