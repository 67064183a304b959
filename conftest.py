"""What every test of the course can use.

Fixtures, each run once per server: the embedded one, Debian's redis-server, those whose programs
COURSE_SERVERS lists (separated as in PATH), and the one that REDIS_URL or REDIS_HOST names. A bare
run takes the first and the last of these, and leaves out the tests marked `long`.

r       a connected client, made by helpers.connection.connect
url     where that server is: for a second client, or for a subprocess (as REDIS_URL)
program what starts another server of the same kind, one that the test may ruin
prefix  "test:<random>:", the start of every key that the test may use; they are deleted afterward
stream  prefix + "dataStream"

`server_name` is "valkey-9.1.2", "redis-7.0.15" and so on. A test that needs to run on one server
only uses `embedded_url`.
"""

import contextlib
import functools
import os
import signal
import tempfile
import uuid
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import settings

import helpers.servers.shared
from helpers.checks.marks import PROGRESS_VARIABLE
from helpers.connection import connect
from helpers.servers.own import OwnServer
from helpers.setup.jupyter_home import can_be_written
from helpers.streams import clean_slate
from tests import known_servers
from tests.notebook_runs import end_with_the_session_that_started_us

settings.register_profile("course", deadline=None)  # A busy machine is slow, not wrong
settings.load_profile("course")

ROOT = Path(__file__).parent
SCRATCH = known_servers.scratch_directory()
"""All that a process of this session writes outside the checkout."""

PLACES = [
    "REDIS_STREAMS_DIR",
    "TMPDIR",
    "PYTEST_DEBUG_TEMPROOT",
    "IPYTHONDIR",
    "JUPYTER_RUNTIME_DIR",
    "XDG_RUNTIME_DIR",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
]
"""How our programs and their children are told so; Chromium writes where those of configuration and
cache say, whatever its profile."""

ending = contextlib.ExitStack()
"""What this session has to stop."""


@functools.cache
def embedded() -> str:
    """The URL of the embedded server; this process holds a lease on it from now on."""
    return "unix://" + quote(helpers.servers.shared.embedded())


@functools.cache
def started(program: str) -> str:
    """The URL of a server of our own that runs this program, started when first asked for."""
    return ending.enter_context(OwnServer(program)).url


try:
    SERVERS = known_servers.servers(embedded, started)
except ValueError as error:
    pytest.exit(f"{known_servers.FURTHER}: {error}.", returncode=pytest.ExitCode.USAGE_ERROR)

QUICK = [SERVERS[0], *(SERVERS[-1:] if known_servers.environment_names_one() else [])]
"""The servers of a bare run."""


def pytest_addoption(parser):
    """Let a bare run take minutes less than everything does."""
    parser.addoption(
        "--all",
        action="store_true",
        help="run everything: the long tests as well, and on every server that is here",
    )


def pytest_configure(config):
    """Keep this session's server and files apart from Lab's."""
    config.option.quick = without_path(config) and not config.option.all
    end_with_the_session_that_started_us()
    # As in the background of a shell; tests that press Ctrl-C need it
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line(
        "markers", "long: takes the better part of a minute, so a bare run leaves it out"
    )
    if config.pluginmanager.hasplugin("nbval"):
        config.pluginmanager.import_plugin("tests.nbval_settings")
    for name in PLACES:
        os.environ[name] = str(SCRATCH)
    os.environ.pop(PROGRESS_VARIABLE, None)  # Below XDG_STATE_HOME nobody has solved anything yet
    # Where nbval's kernels have their connection files; TMPDIR is for our children
    tempfile.tempdir = str(SCRATCH)
    # Kept where that is possible, because its list of fonts takes seconds to make; in a place that
    # can't be written, it would warn.
    theirs = filter(None, [os.environ.get("MPLCONFIGDIR")])
    places = [*map(Path, theirs), ROOT / ".pytest_cache" / "matplotlib", SCRATCH / "matplotlib"]
    os.environ["MPLCONFIGDIR"] = str(next(filter(can_be_written, places)))


def pytest_xdist_auto_num_workers(config) -> int:
    """Run everything in several processes, each with servers of its own: two more than there are
    cores, for much is waiting.

    One process does for what was named, and must do where a server was named: there, tests and
    lessons would share their keys.
    """
    alone = not without_path(config) or known_servers.environment_names_one()
    return 0 if alone else (os.cpu_count() or 1) + 2


def without_path(config) -> bool:
    """Tell whether nobody has said which tests to run."""
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS


def pytest_xdist_make_scheduler(config, log):
    """Keep together what needs each other, and no more."""
    from tests.scheduling import FileAndServerScheduling  # Xdist is only here if it is active

    return FileAndServerScheduling(config, log, [server.name for server in SERVERS])


def pytest_collection_modifyitems(config, items):
    """Put first what takes longest, so that the other processes work beside it and nobody waits for
    it in the end; a bare run leaves it out."""
    items.sort(key=lambda item: not item.get_closest_marker("long"))
    if config.option.quick:
        left_out = [item for item in items if not is_quick(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = filter(is_quick, items)


def is_quick(item) -> bool:
    """Tell whether a bare run includes a test: one of a few seconds, on the course's own server or
    the one that the environment names."""
    run_on = getattr(item, "callspec", None) and item.callspec.params.get("server")
    return not item.get_closest_marker("long") and (not run_on or run_on in QUICK)


def pytest_collection_finish(session):
    """Hold the embedded server for the notebooks."""
    if not session.config.option.collectonly and not known_servers.environment_names_one():
        embedded()


def pytest_terminal_summary(terminalreporter):
    """Say plainly what was skipped and why, a line for each reason, and whether notebooks could be
    run."""
    skipped = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
    )
    for reason, times in skipped.most_common():
        terminalreporter.write_line(f"{times} skipped: {reason}")
    if getattr(terminalreporter.config.option, "quick", False):
        terminalreporter.write_line(
            "The long tests and those on further servers were left out; "
            "`python3 -m helpers test --all` runs them, too."
        )
    if not terminalreporter.config.pluginmanager.hasplugin("nbval"):
        terminalreporter.write_line(
            "No notebook was run: nbval, which compares their outputs, isn't installed or "
            "is switched off."
        )


def pytest_unconfigure():
    """Stop what this session started."""
    ending.close()


@pytest.fixture(params=SERVERS, ids=lambda server: server.name)
def server(request):
    """One server under test."""
    if request.param.absent:
        pytest.skip(request.param.absent)
    return request.param


@pytest.fixture
def server_name(server) -> str:
    """The server's name and version, as in the test's ID."""
    return server.name


@pytest.fixture
def url(server) -> str:
    """Where the server under test is."""
    return server.url()


@pytest.fixture
def program(server) -> str:
    """The program of a server under test."""
    if not server.program:
        pytest.skip(
            "Only a server of our own may be ruined, and not the one that REDIS_URL or "
            "REDIS_HOST names."
        )
    return server.program


@pytest.fixture
def embedded_url() -> str:
    """Where the embedded server is, for a test that needs to run once only."""
    return embedded()


@pytest.fixture
def prefix() -> str:
    """The start of the name of every key that this test may use."""
    return f"test:{uuid.uuid4().hex[:8]}:"


@pytest.fixture
def stream(prefix) -> str:
    """The name of a stream of this test's own."""
    return prefix + "dataStream"


@pytest.fixture
def r(url, prefix):
    """A client of the server under test; afterward the keys under `prefix` are gone."""
    with connect(url) as client:
        yield client
        clean_slate(client, prefix)
