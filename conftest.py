"""What every test of the course can use.

Fixtures, each run once per server (the embedded one, Debian's Redis 7.0, and one named by REDIS_URL or REDIS_HOST):

r       a connected client, made by helpers.connection.connect
url     where that server is: for a second client, or for a subprocess (as REDIS_URL)
prefix  "test:<random>:", the start of every key that the test may use; these keys are deleted afterwards
stream  prefix + "dataStream"

`server_name` is "valkey-9.1.2", "redis-7.0.15" and so on. A test that needs to run on one server only uses `embedded_url`.
"""

import contextlib
import functools
import os
import signal
import tempfile
import uuid
from collections import Counter
from pathlib import Path
from queue import Empty
from urllib.parse import quote

import pytest
from nbval.kernel import RunningKernel

import helpers.server
from helpers.connection import connect
from helpers.own_server import OwnServer
from helpers.streams import clean_slate
from tests import servers
from tests.notebook_runs import end_with_the_session_that_started_us

ROOT = Path(__file__).parent
SCRATCH = servers.scratch_directory()
"""All that a process of this session writes outside the checkout."""

PLACES = ["REDIS_STREAMS_DIR", "TMPDIR", "PYTEST_DEBUG_TEMPROOT", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "XDG_RUNTIME_DIR",
          "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]
"""How our programs and their children are told so; Chromium writes where the last two say, whatever its profile."""

ending = contextlib.ExitStack()
"""What this session has to stop."""


@functools.cache
def embedded() -> str:
    """The URL of the embedded server; this process holds a lease on it from now on."""
    return "unix://" + quote(helpers.server.embedded())


@functools.cache
def debian() -> str:
    """The URL of a Redis 7.0 of our own, started when first asked for."""
    return ending.enter_context(OwnServer(str(servers.DEBIAN_REDIS))).url


SERVERS = servers.servers(embedded, debian)


def pytest_configure(config):
    """Compare with the same few patterns from any directory, and keep this session's server and files apart from Lab's."""
    end_with_the_session_that_started_us()
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as in the background of a shell; tests that press Ctrl-C need it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "long: takes the better part of a minute, so its file begins first")
    if config.option.nbval_sanitize_with is None:
        config.option.nbval_sanitize_with = str(ROOT / "tests" / "nbval_sanitize.cfg")
    for name in PLACES:
        os.environ[name] = str(SCRATCH)
    tempfile.tempdir = str(SCRATCH)  # where nbval's kernels have their connection files; TMPDIR is for our children
    # Kept, because its list of fonts takes seconds to make; `python3 -m helpers test` has set a place of its own.
    os.environ.setdefault("MPLCONFIGDIR", str(ROOT / ".pytest_cache" / "matplotlib"))


def pytest_xdist_auto_num_workers(config) -> int:
    """Run everything in several processes, each with servers of its own: one more than there are cores, for much is waiting.

    One process does for what was named, and must do where a server was named: there, tests and lessons would share their keys.
    """
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return (os.cpu_count() or 1) + 1 if everything and not servers.environment_names_one() else 0


def pytest_collection_modifyitems(items):
    """Put first what takes longest, so that the other processes work beside it and nobody waits for it in the end."""
    items.sort(key=lambda item: not item.get_closest_marker("long"))


def pytest_collection_finish(session):
    """Hold the embedded server for the notebooks."""
    if not session.config.option.collectonly and not servers.environment_names_one():
        embedded()


def pytest_terminal_summary(terminalreporter):
    """Say plainly what was skipped and why, a line for each reason."""
    skipped = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.getreports("skipped"))
    for reason, times in skipped.most_common():
        terminalreporter.write_line(f"{times} skipped: {reason}")


def pytest_unconfigure():
    """Stop what this session started."""
    ending.close()


class KernelDied(RuntimeError):
    """The kernel's process ended while a cell was running."""


def get_message_or_notice_death(self, stream, timeout=None, *, get=RunningKernel.get_message):
    """Get a message as nbval does, but look every half second whether the kernel still lives.

    nbval alone waits for the cell's whole time-out; a crash would look like a cell that is slow.
    """
    waited = 0.0
    while True:
        try:
            return get(self, stream, timeout=0.5)
        except Empty:
            waited += 0.5
            if not self.is_alive():
                raise KernelDied("The kernel died while this cell was running: the cell, or a helper, ended its process.") from None
            if timeout is not None and waited >= timeout:
                raise


RunningKernel.get_message = get_message_or_notice_death


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
    """A client of the server under test; afterwards the keys under `prefix` are gone."""
    with connect(url) as client:
        yield client
        clean_slate(client, prefix)
