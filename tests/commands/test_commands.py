"""`python3 -m helpers COMMAND`: it lists commands, passes arguments on, and leaves nothing
behind."""

import asyncio
import atexit
import contextlib
import errno
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import nbformat
import psutil
import pytest
from jupyter_server.base.websocket import WebSocketMixin
from nbclient import NotebookClient
from nbformat import v4
from nbformat.sign import NotebookNotary
from tornado.websocket import websocket_connect

from helpers import commands
from helpers.commands import doctor, record
from helpers.connection import addresses
from helpers.handout import recording
from helpers.servers.guard import paths
from helpers.servers.own import OwnServer
from helpers.setup import environment as bootstrap
from helpers.setup import jupyter_home, lab_settings
from helpers.waiting import wait_until
from tests.known_servers import listens

ROOT = Path(__file__).parents[2]
SIGNALS_END_IT = (
    "import signal, sys; [signal.signal(n, signal.SIG_DFL) for n in (signal.SIGINT, signal.SIGHUP)]"
)
"""In the background of a shell, or under nohup, a program starts with one of them ignored."""


@contextlib.contextmanager
def started(command: list[str], log: Path, **environment: str) -> Iterator[subprocess.Popen]:
    """Run a program in its own session, with its output in `log`; kill whatever is left of it at
    the end."""
    with open(log, "wb") as out:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
            env=os.environ | environment,
        )
    try:
        yield child
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def passed_on(code: str, before: str = "pass") -> list[str]:
    """The command line of a process that runs `before`, then hands over to one that runs `code`."""
    return [
        sys.executable,
        "-c",
        f"{SIGNALS_END_IT}; {before}; from helpers.commands import pass_on; "
        f"exit(pass_on([{sys.executable!r}, '-c', {code!r}]))",
    ]


# Which command


def test_an_unknown_command_gets_the_list(capsys):
    """A typo gets the list of commands, and status 2."""
    assert commands.main(["lba"]) == 2
    error = capsys.readouterr().err
    assert (
        error.startswith("There is no command 'lba'. The commands are: bench, campaign, ")
        and error.count("\n") == 1
    )


def test_no_command_gets_the_list(capsys):
    """`python3 -m helpers` alone lists the commands."""
    assert commands.main([]) == 2
    assert "lab" in capsys.readouterr().err


@pytest.mark.parametrize("name", commands.names())
def test_a_command_has_a_main_and_stands_in_help(name, capsys):
    """Each module in commands/ can be run, and --help lists it with the first line of its
    docstring."""
    assert callable(importlib.import_module(f"helpers.commands.{name}").main)
    assert commands.main(["--help"]) == 0
    assert re.search(rf"^  {name} +\w.{{10,}}", capsys.readouterr().out, re.MULTILINE)


def test_arguments_and_status_are_passed_on(monkeypatch):
    """The command gets the arguments after its name, and its status is returned."""
    seen = []
    monkeypatch.setattr(bootstrap, "ensure", lambda: sys.executable)
    monkeypatch.setattr(doctor, "main", lambda argv: seen.append(argv) or 7)
    assert commands.main(["doctor", "redis://x", "-v"]) == 7 and seen == [["redis://x", "-v"]]


def test_another_python_is_asked_by_a_subprocess(monkeypatch):
    """If this isn't the course's environment, the environment's Python runs the same command."""
    seen = []
    monkeypatch.setattr(bootstrap, "ensure", lambda: "/elsewhere/bin/python")
    monkeypatch.setattr(commands, "pass_on", lambda command, env: seen.append(command) or 3)
    assert commands.main(["lab", "--port", "9000"]) == 3
    assert seen == [["/elsewhere/bin/python", "-m", "helpers", "lab", "--port", "9000"]]


def test_ctrl_c_ends_quietly(monkeypatch, capsys):
    """Status 130, as shells have it, and no traceback."""

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "ensure", interrupted)
    assert commands.main(["lab"]) == 130 and capsys.readouterr().err == ""


def test_a_package_that_cannot_be_imported_gets_a_sentence(monkeypatch, capsys):
    """Redis was removed from .venv: the sentence says what is missing and what to do, without a
    traceback."""
    monkeypatch.setattr(bootstrap, "ensure", lambda: sys.executable)
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.delitem(sys.modules, "helpers.commands.demo", raising=False)
    for name in [
        name
        for name in sys.modules
        if name.startswith("helpers.") and not name.startswith("helpers.commands")
    ]:
        monkeypatch.delitem(sys.modules, name)
    assert commands.main(["demo"]) == 1
    said = capsys.readouterr().err
    assert (
        "redis" in said
        and f"delete the folder {ROOT / '.venv'}, then run the same command again" in said
        and "Traceback" not in said
    )


# Settings in the environment


def run_command(*words: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command of the course as a user does, with additional environment variables."""
    command = [sys.executable, "-m", "helpers", *words]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=100
    )


NO_UTF_8 = {"LC_ALL": "C"} | (
    {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"} if str(ROOT).isascii() else {}
)
"""A locale without UTF-8; in a folder whose name needs it, a Python told to do without doesn't
start at all."""


@pytest.fixture
def strange(tmp_path) -> dict[str, str]:
    """An environment set up for other projects, with their modules, kernel, profile, startup file
    and styles."""
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise ImportError('other helpers')\n")
    (tmp_path / "redis.py").write_text("raise ImportError('another redis')\n")
    (tmp_path / "startup.py").write_text("print('startup'); 1 / 0\n")
    (tmp_path / "kernels" / "python3").mkdir(parents=True)
    (tmp_path / "kernels" / "python3" / "kernel.json").write_text(
        '{"argv": ["false"], "display_name": "?", "language": "python"}'
    )
    (tmp_path / "site" / "lib" / f"python3.{sys.version_info[1]}" / "site-packages").mkdir(
        parents=True
    )
    unwritable = dict.fromkeys(
        (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTER_RUNTIME_DIR",
            "IPYTHONDIR",
            "MPLCONFIGDIR",
        ),
        "/proc/no",
    )
    return (
        unwritable
        | {
            "PYTHONPATH": str(tmp_path),
            "PYTHONHOME": sys.base_prefix,
            "PYTHONSTARTUP": str(tmp_path / "startup.py"),
            "PYTHONOPTIMIZE": "2",
            "PYTHONWARNINGS": "error",
            "PYTHONDEVMODE": "1",
            "PYTHONVERBOSE": "1",
            "PYTHONIOENCODING": "ascii",
            "PYTHONPROFILEIMPORTTIME": "1",
            "PYTHONMALLOCSTATS": "1",
            "MPLBACKEND": "nonsense",
            "MATPLOTLIBRC": "/no/such/style",
            "JUPYTER_PATH": str(tmp_path),
            "VIRTUAL_ENV": str(tmp_path / "site"),
            "FORCE_COLOR": "1",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTEST_PLUGINS": "no_such_plugin",
        }
        | NO_UTF_8
    )


def test_lessons_are_green_whatever_the_environment_is_set_to(strange):
    """A notebook that imports helpers, redis and matplotlib passes, and the run says which settings
    it ignored."""
    ended = run_command(
        "test", "-n0", "-q", "-p", "no:cacheprovider", "notebooks/00_start_here.ipynb", **strange
    )
    said = ended.stderr.decode(errors="replace")
    assert ended.returncode == 0 and b" passed" in ended.stdout, (
        ended.stdout.decode(errors="replace") + said[-2000:]
    )
    assert (
        "The course runs without your PYTHONHOME, PYTHONPATH, " in said
        and "MPLCONFIGDIR is /proc/no, where nothing can" in said
    )


def test_a_notebook_is_recorded_whatever_the_environment_is_set_to(strange, tmp_path, monkeypatch):
    """Another kernel of the same name, another profile and a startup file don't affect the stored
    outputs."""
    path = tmp_path / "below" / "lesson.ipynb"
    path.parent.mkdir()
    nbformat.write(
        v4.new_notebook(
            cells=[v4.new_code_cell("import matplotlib.pyplot, redis, helpers; print('fine')")]
        ),
        path,
    )
    code = (
        "import sys; from pathlib import Path; from helpers.handout import recording; from "
        "helpers.setup import jupyter_home; jupyter_home.settle();"
        "sys.exit(recording.record(Path(sys.argv[1])))"
    )
    for name in strange.keys() & set(os.environ):
        monkeypatch.delenv(name)
    ended = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        env=os.environ
        | {name: strange[name] for name in ("JUPYTER_PATH", "VIRTUAL_ENV", "IPYTHONDIR")},
    )
    assert ended.returncode == 0, ended.stderr
    assert nbformat.read(path, as_version=4).cells[0].outputs[0].text == "fine\n"


def test_help_is_printed_in_any_encoding():
    """A terminal without … gets its escape, and no traceback."""
    ended = run_command("--help", PYTHONIOENCODING="ascii", **NO_UTF_8)
    assert ended.returncode == 0 and rb"\u2026" in ended.stdout, ended.stderr


# Signals and status across the process outside the environment


def test_a_childs_status_comes_back(tmp_path):
    """The outer process ends as the inner one did."""
    with started(passed_on("exit(9)"), tmp_path / "log") as outer:
        assert outer.wait(20) == 9


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_to_the_outer_process_reaches_the_inner_one(tmp_path, number, status):
    """`kill PID` ends both; the status tells the signal."""
    code = f"{SIGNALS_END_IT}; print('up', flush=True); signal.pause()"
    with started(passed_on(code), tmp_path / "log") as outer:
        wait_until(lambda: "up" in (tmp_path / "log").read_text(), 20, "the inner process to start")
        inner = psutil.Process(outer.pid).children()
        outer.send_signal(number)
        assert outer.wait(20) == status
    assert len(inner) == 1 and not inner[0].is_running()
    assert "Traceback" not in (tmp_path / "log").read_text()


EARLY = (
    "import os, subprocess; start = subprocess.Popen; subprocess.Popen = "
    "lambda *a, **k: os.kill(os.getpid(), signal.SIGTERM) or start(*a, **k)"
)
"""Code that sends the process SIGTERM just before it starts another."""


def test_a_signal_that_comes_early_reaches_the_inner_process_too(tmp_path):
    """If sent while the inner process is starting, it must not leave that process orphaned."""
    with started(passed_on("import signal; signal.pause()", EARLY), tmp_path / "log") as outer:
        assert outer.wait(20) == 143
    assert (tmp_path / "log").read_text() == ""


# Where files are written


def test_files_stay_in_the_environment(monkeypatch):
    """Jupyter, IPython and matplotlib write into the environment, unless the user named another
    place."""
    for name in (
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
        "JUPYTER_CONFIG_DIR",
        "MPLCONFIGDIR",
        "PATH",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("IPYTHONDIR", "/of/the/user")
    home = jupyter_home.settle()
    assert os.environ["JUPYTER_RUNTIME_DIR"] == str(home / "runtime") and home.is_relative_to(
        sys.prefix
    )
    assert os.environ["IPYTHONDIR"] == "/of/the/user"
    assert os.environ["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_a_place_that_can_be_written_stays_the_users(tmp_path, monkeypatch, capsys):
    """It is created silently if necessary; one that can't be written is replaced, with a
    message."""
    assert jupyter_home.chosen("IPYTHONDIR", tmp_path) == Path(os.environ["IPYTHONDIR"])
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "new"))
    assert (
        jupyter_home.chosen("IPYTHONDIR", tmp_path) == tmp_path / "new"
        and capsys.readouterr().err == ""
    )
    monkeypatch.setenv("IPYTHONDIR", "/proc/no")
    assert jupyter_home.chosen("IPYTHONDIR", tmp_path) == tmp_path
    assert (
        capsys.readouterr().err
        == f"IPYTHONDIR is /proc/no, where nothing can be written: {tmp_path} is used instead.\n"
    )


# Lab


def test_root_is_allowed_only_when_it_is_root(monkeypatch):
    """Jupyter's own warning stays for everybody else."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert lab_settings.server_settings()["ServerApp"]["allow_root"] is False
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert lab_settings.server_settings()["ServerApp"]["allow_root"] is True


def test_a_browser_opens_only_where_there_is_a_display(monkeypatch):
    """A text browser that takes over the terminal is no help."""
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert not lab_settings.has_browser()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert lab_settings.has_browser()


def test_a_broken_notebook_does_not_keep_lab_from_starting(tmp_path, monkeypatch):
    """The others are still trusted."""
    (tmp_path / "notebooks").mkdir()
    for name, text in (
        ("a", "{}"),
        ("b", "not JSON"),
        ("c", json.dumps(v4.new_notebook(cells=[v4.new_code_cell("1")]))),
    ):
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(text)
    monkeypatch.setattr(lab_settings, "ROOT", tmp_path)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    lab_settings.trust_lessons()
    with NotebookNotary() as notary:
        assert notary.check_signature(
            nbformat.read(tmp_path / "notebooks" / "c.ipynb", as_version=4)
        )


def test_no_ping_cuts_a_connection():
    """A pinging server first checks after one interval for a pong within the time-out, and hangs up
    if there was none."""

    class Socket(WebSocketMixin):
        settings = lab_settings.server_settings()["ServerApp"]["tornado_settings"]

    assert not Socket().ping_interval or Socket().ping_timeout > Socket().ping_interval


def fetch(address: str, path: str, **options):
    """Ask a Jupyter server for JSON; `address` is the printed one, with its token."""
    base, _, token = address.partition("?token=")
    request = urllib.request.Request(
        base.partition("/lab")[0] + path, headers={"Authorization": f"token {token}"}, **options
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


async def run_in_kernel(address: str, kernel: str, code: str) -> str:
    """Run code as a notebook in the browser does; return its status."""
    header = {
        "msg_id": "1",
        "msg_type": "execute_request",
        "username": "",
        "session": "test",
        "version": "5.4",
    }
    message = {
        "header": header,
        "parent_header": {},
        "metadata": {},
        "channel": "shell",
        "content": {"code": code, "silent": False},
    }
    token = address.partition("?")[2]
    server = address.partition("/lab")[0].replace("http", "ws")
    place = f"{server}/api/kernels/{kernel}/channels?session_id=test&{token}"
    channel = await asyncio.wait_for(websocket_connect(place), 20)
    await channel.write_message(json.dumps(message))
    async with asyncio.timeout(30):
        while (answer := json.loads(await channel.read_message()))["msg_type"] != "execute_reply":
            pass
    channel.close()
    return answer["content"]["status"]


def test_lab_serves_the_first_lesson_and_leaves_nothing(tmp_path):
    """It prints its address, asks nothing, fetches no news, trusts its lessons, writes nothing to
    the home folder, and ends on one Ctrl-C."""
    log, home = tmp_path / "log", tmp_path / "home"
    home.mkdir()
    places = {"HOME": str(home), "JUPYTER_RUNTIME_DIR": f"{tmp_path}/runtime"}
    with started([sys.executable, "-m", "helpers", "lab", "--no-browser"], log, **places) as outer:
        pattern = r"http://127\.0\.0\.1:\d+/lab/tree/notebooks/00_start_here\.ipynb\?token=\w{40,}"
        address = wait_until(lambda: re.search(pattern, log.read_text()), 60, "Lab's address")[0]
        wait_until(lambda: listens(address), 20, "Lab at its address")
        settings = fetch(address, "/lab/api/settings/@jupyterlab/apputils-extension:notification")[
            "schema"
        ]["properties"]
        assert (settings["fetchNews"]["default"], settings["checkForUpdates"]["default"]) == (
            "false",
            False,
        )
        cells = fetch(address, "/api/contents/notebooks/02_create_the_group.ipynb")["content"][
            "cells"
        ]
        assert {cell["metadata"]["trusted"] for cell in cells if cell["cell_type"] == "code"} == {
            True
        }
        kernel = fetch(address, "/api/kernels", data=b'{"name": "python3"}', method="POST")
        assert (
            asyncio.run(
                run_in_kernel(
                    address, kernel["id"], "from helpers.connection import connect; connect()"
                )
            )
            == "ok"
        )
        family = psutil.Process(outer.pid).children(recursive=True)
        outer.send_signal(signal.SIGINT)
        assert outer.wait(20) == 0
        assert psutil.wait_procs(family, 5)[1] == []
    assert (
        list(home.rglob("*")) + list((tmp_path / "runtime").glob("*-*")) == []
        and "Traceback" not in log.read_text()
    )


# Doctor


def test_doctor_names_the_server_and_why(url, monkeypatch, capsys):
    """A few lines: Python, packages, server with its version and the reason, lessons, tests."""
    monkeypatch.setenv("REDIS_URL", url)
    assert doctor.main([]) == 0
    found = capsys.readouterr().out
    place = re.escape(addresses.choose(url).shown)
    assert re.search(
        rf"^Server +(Redis|Valkey) \d+\.\d+\.\d+, at {place}, because of REDIS_URL$",
        found,
        re.MULTILINE,
    )
    assert "Lessons   00 to 17 run on it" in found
    assert len(found.splitlines()) == 5


def test_doctor_says_why_there_is_no_server_and_no_password(monkeypatch, capsys):
    """If nobody answers, it prints the address it tried, without secrets, and ends with status
    1."""
    monkeypatch.setenv("REDIS_URL", "redis://teacher:s3cret@127.0.0.1:1")
    assert doctor.main([]) == 1
    found = capsys.readouterr().out
    assert "REDIS_URL" in found and "127.0.0.1:1" in found and "s3cret" not in found


@pytest.fixture
def user(r, url, prefix) -> Iterator[Callable[..., str]]:
    """Provide a function that makes a user without a password who may use all commands but those
    named; it returns the server's address for that user."""
    made = []

    def make(*rules: str) -> str:
        name = f"{prefix.replace(':', '-')}{len(made)}"
        made.append(name)
        r.execute_command("ACL SETUSER", name, "on", "nopass", "~*", "&*", "+@all", *rules)
        scheme, _, place = url.partition("://")
        return f"{scheme}://{name}:any@{place.rpartition('@')[2]}"

    yield make
    for name in made:
        r.acl_deluser(name)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (["-@write"], "XADD, XGROUP, XREADGROUP, .*DEL"),
        (["-evalsha"], "EVALSHA"),
        (["-xgroup"], "XGROUP"),
        (["resetkeys", "~somebody-else:*"], "XADD, XGROUP, .*DEL"),
    ],
    ids=["read only", "no scripts", "no groups", "no keys"],
)
def test_doctor_says_what_a_user_may_not_do(user, rules, words, capsys):
    """The lessons can't run, whatever the server's version; it prints one line about the server and
    ends with status 1."""
    assert doctor.main([user(*rules)]) == 1
    found = capsys.readouterr().out
    refused = (
        rf"^Lessons +need what this server refuses: {words} \(.*permission.*\)\. Ask whoever "
        r"runs the server"
    )
    assert re.search(refused, found, re.MULTILINE) and " run on it" not in found, found
    assert found.count("\nServer ") == 1


def test_doctor_says_what_it_cannot_know(user, capsys):
    """If COMMAND is forbidden, the available commands are unknown; the lessons run all the same."""
    assert doctor.main([user("-command")]) == 0
    found = capsys.readouterr().out
    assert re.search(
        r"^Lessons +00 to 17 run on it; .*whether 06 can show XNACK \(Redis 8.8\) isn't known",
        found,
        re.MULTILINE,
    ), found
    assert found.count("\nServer ") == 1


def test_doctor_names_a_replica(capsys):
    """It answers, but accepts no writes."""
    with OwnServer(replicaof="127.0.0.1 1", replica_serve_stale_data="yes") as own:
        assert doctor.main([own.url]) == 1
    found = capsys.readouterr().out
    assert re.search(
        r"^Lessons +need what this server refuses: XADD, .*\(.*replica", found, re.MULTILINE
    ), found


def test_doctor_knows_a_server_whose_info_is_renamed(tmp_path, capsys):
    """It is neither too old nor another kind of server: HELLO identifies it, and lessons run on
    it."""
    command = [
        paths.binary(),
        "--port",
        "0",
        "--save",
        "",
        "--unixsocket",
        "s",
        "--rename-command",
        "INFO",
        "SECRET",
    ]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as server:
        try:
            wait_until((tmp_path / "s").exists, 20, "the server")
            assert doctor.main([f"unix://{quote(str(tmp_path))}/s"]) == 0
        finally:
            server.kill()
    found = capsys.readouterr().out
    assert (
        re.search(r"^Lessons +00 to 17 run on it", found, re.MULTILINE)
        and "Server    Valkey" in found
    ), found


def test_doctor_leaves_no_key(r, url):
    """The keys on which it tries the commands are gone."""
    doctor.main([url])
    assert list(r.scan_iter("00:doctor:*")) == []


def test_doctor_without_redis_says_so(monkeypatch, capsys):
    """If redis was removed from .venv, it prints three lines, and no traceback."""
    monkeypatch.setattr(bootstrap, "missing", lambda: ["redis 8.1.0"])
    monkeypatch.setitem(sys.modules, "redis", None)
    monkeypatch.delitem(sys.modules, "helpers.connection.findings", raising=False)
    assert doctor.main([]) == 1
    found = capsys.readouterr().out
    assert (
        "missing: redis 8.1.0. Delete .venv" in found
        and "Server    not looked for, because redis can't be imported." in found
    )


def test_doctor_names_what_is_missing(embedded_url, monkeypatch, capsys):
    """It names a package that was removed or changed by hand."""
    monkeypatch.setattr(bootstrap, "missing", lambda: ["redis 8.1.0"])
    assert doctor.main([embedded_url]) == 1
    assert "missing: redis 8.1.0. Delete .venv" in capsys.readouterr().out


# Record


@pytest.fixture(scope="module")
def recorded(tmp_path_factory) -> tuple[nbformat.NotebookNode, Path]:
    """A notebook with awkward outputs, before and after recording: an entry ID, a display, a
    prediction's output, a library's error."""
    sources = [
        (
            "print('1700000000000-7', end='')\nimport time; print(' ID', f'{time.time_ns() "
            "// 1_000_000}-0')",
            [],
        ),
        ("import json; json.loads('{')", ["raises-exception"]),
        ("6 * 7", ["hide-output"]),
    ]
    cells = [
        v4.new_code_cell(source, metadata={"tags": tags, "scrolled": True})
        for source, tags in sources
    ]
    path = tmp_path_factory.mktemp("recorded") / "99_recorded.ipynb"
    nbformat.write(v4.new_notebook(cells=cells, metadata={"widgets": {"state": 1}}), path)
    before = nbformat.read(path, as_version=4)
    assert recording.record(path) == 0
    return before, path


@pytest.fixture
def notebook(tmp_path) -> Path:
    """A notebook whose only cell fails."""
    path = tmp_path / "99_broken.ipynb"
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell("1 / 0")]), path)
    return path


def test_a_second_record_changes_nothing(recorded):
    """If the tests would see no difference, not a byte of the file differs."""
    _, path = recorded
    first = path.read_bytes()
    assert recording.record(path) == 0
    assert path.read_bytes() == first


def test_a_record_is_tidy(recorded):
    """Its counts run from 1 to n, outputs are collapsed where asked, and nothing depends on the
    machine or the time."""
    before, path = recorded
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.id for cell in cells] == [cell.id for cell in before.cells]
    assert [cell.execution_count for cell in cells] == [1, 2, 3]
    assert [cell.metadata.get("jupyter") for cell in cells] == [
        None,
        None,
        {"outputs_hidden": True},
    ]
    text = path.read_text("utf-8")
    assert [
        word
        for word in ("scrolled", "widgets", '"execution"', '"version"', sys.base_prefix)
        if word in text
    ] == []


def test_a_notebook_that_fails_is_left_as_it_was(notebook, capsys):
    """The author sees which cell failed; the stored outputs stay."""
    before = notebook.read_bytes()
    assert recording.record(notebook) == 1
    assert (
        notebook.read_bytes() == before
        and "99_broken.ipynb failed and is left as it was" in capsys.readouterr().err
    )


def old_notebook(**changes) -> dict:
    """A notebook of two cells as JSON, in the format before cells had IDs, unless changed."""
    cells = [
        {
            "cell_type": "code",
            "source": source,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for source in ("1", "2")
    ]
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells} | changes


@pytest.mark.parametrize(
    "change",
    [{}, {"nbformat_minor": 2}, {"nbformat_minor": 5}, {"same": "id"}],
    ids=["4.4", "4.2", "no IDs", "same IDs"],
)
def test_an_old_notebook_is_brought_up_to_date(change, tmp_path):
    """If it was saved before cells had IDs, or with a duplicate ID, each cell gets a unique one,
    and a second recording changes nothing."""
    notebook = old_notebook(**change)
    if notebook.pop("same", ""):
        notebook["nbformat_minor"] = 5
        for cell in notebook["cells"]:
            cell["id"] = "same"
    path = tmp_path / "99_old.ipynb"
    path.write_text(json.dumps(notebook))
    assert recording.record(path) == 0
    first = json.loads(path.read_text())
    assert len({cell["id"] for cell in first["cells"]}) == 2 and [
        cell["execution_count"] for cell in first["cells"]
    ] == [1, 2]
    assert recording.record(path) == 0 and json.loads(path.read_text()) == first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        json.dumps(old_notebook(nbformat=5)),
        "\udce9",
        json.dumps(old_notebook(cells=None)),
        json.dumps(old_notebook(cells=[{"cell_type": "code"}])),
    ],
)
def test_what_is_no_notebook_is_left_as_it_was(text, tmp_path, capsys):
    """Status 1 and one sentence."""
    path = tmp_path / "99_none.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert recording.record(path) == 1
    said = capsys.readouterr().err
    assert (
        said.startswith(
            "99_none.ipynb failed and is left as it was. It can't be read as a notebook: "
        )
        and said.count("\n") == 1
    )
    assert path.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_write_that_fails_leaves_the_notebook_whole(recorded, tmp_path, monkeypatch, capsys):
    """If the disk fills up while the outputs are written, only the old file is there."""
    path = tmp_path / "99_kept.ipynb"
    path.write_bytes(recorded[1].read_bytes())

    def full(notebook, place):
        Path(place).write_text("{")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(nbformat, "write", full)
    assert recording.record(path) == 1 and "No space left on device" in capsys.readouterr().err
    assert path.read_bytes() == recorded[1].read_bytes() and [
        found.name for found in tmp_path.iterdir()
    ] == [path.name]


def test_a_kernel_that_does_not_start_leaves_nothing_behind(
    notebook, tmp_path, monkeypatch, capsys
):
    """The author gets one sentence, without a traceback at exit, and a later Ctrl-C reaches our own
    code."""
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    (tmp_path / "kernels" / "python3").mkdir(parents=True)
    spec = {"argv": ["false"], "display_name": "Broken", "language": "python"}
    (tmp_path / "kernels" / "python3" / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    pending = []
    monkeypatch.setattr(atexit, "register", pending.append)
    monkeypatch.setattr(atexit, "unregister", lambda call: call in pending and pending.remove(call))
    assert recording.record(notebook) == 1
    assert "99_broken.ipynb failed and is left as it was" in capsys.readouterr().err
    assert not any(isinstance(getattr(call, "__self__", None), NotebookClient) for call in pending)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before
    assert signal.set_wakeup_fd(-1) == -1


def test_record_knows_its_notebooks(capsys):
    """A number without a notebook gets one sentence and status 2."""
    assert record.main(["77"]) == 2
    assert "begins with 77" in capsys.readouterr().err


def test_the_test_command_returns_pytests_status(tmp_path, monkeypatch):
    """Arguments reach pytest, which runs at the top of the checkout wherever it was called, and its
    status is returned."""
    seen = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        pytest,
        "main",
        lambda argv: seen.append((argv, Path.cwd())) or pytest.ExitCode.NO_TESTS_COLLECTED,
    )
    assert importlib.import_module("helpers.commands.test").main(["-k", "connect"]) == 5
    assert seen == [(["--nbval", "-k", "connect"], ROOT)]


def test_what_is_skipped_says_why(tmp_path):
    """The run ends with a plain reason, given once however many tests are skipped."""
    (tmp_path / "conftest.py").write_text(
        f"import runpy\npytest_terminal_summary = runpy.run_path({str(ROOT / 'conftest.py')!r})"
        "['pytest_terminal_summary']"
    )
    (tmp_path / "test_a.py").write_text(
        "import pytest\n@pytest.mark.parametrize('n', range(3))\ndef test_a(n): "
        "pytest.skip('no tea')\n"
        "def test_b(): pytest.skip('no cake')\ndef test_c(): pass"
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:valkey",
        "-c",
        os.devnull,
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    told = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "3 skipped: no tea\n1 skipped: no cake\n" in told.stdout, told.stdout + told.stderr
