"""Hostile hand-ins: none reaches anything from the sandbox, and each would if its protection were
missing."""

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.grading import sandbox
from helpers.grading.kernel import Kernel
from helpers.grading.server import SandboxedServer
from helpers.grading.witness import Witness
from tests.grading.attacks import ATTACKS
from tests.notebook_rules import NOTEBOOKS

ROOT = NOTEBOOKS.parent
SECRET = "teachers-password-b7f1"
SECONDS = 60

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(bool(sandbox.missing()), reason=f"no sandbox: {sandbox.missing()}"),
]


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> Iterator[dict[str, object]]:
    """Others' property: a neighbor's hand-in, keys, a server's socket, a listening port.

    Anyone may read and write it, so that only the sandbox is in the way.
    """
    folder = tmp_path_factory.mktemp("others")
    (folder / ".ssh").mkdir()
    for name in (".ssh/id", "02.ipynb", "server.sock"):
        (folder / name).write_text("theirs")
        (folder / name).chmod(0o666)
    for each in (folder, folder / ".ssh", *folder.parents):
        if each.stat().st_uid == os.geteuid() and each != Path("/"):
            each.chmod(each.stat().st_mode | 0o055)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield {
            "grader": os.getpid(),
            "folder": folder,
            "neighbor": folder / "02.ipynb",
            "socket": folder / "server.sock",
            "port": listener.getsockname()[1],
            "root": ROOT,
        }


@pytest.fixture(scope="module")
def server() -> Iterator[Witness]:
    """A hand-in's server, behind the grader's witness."""
    with SandboxedServer() as own, Witness(own.url) as witness:
        yield witness


@pytest.fixture(scope="module")
def prisoner(server, tmp_path_factory) -> Iterator[Kernel]:
    """A kernel in the sandbox, for attacks that leave it unchanged."""
    with started(server, tmp_path_factory.mktemp("unused")) as found:
        yield found


def started(server: Witness, folder: Path) -> Kernel:
    """A kernel in a sandbox, not entered yet."""
    return Kernel(server.url, folder, threading.Event())


def reached(prisoner: Kernel, code: str) -> object:
    """The value that an attack claims to have reached."""
    assert prisoner.run(code, SECONDS) == "", prisoner.error
    return prisoner.value("reached")


@pytest.fixture
def changed(monkeypatch):
    """Change the command of each sandbox made from now on."""

    def change(how, *seen: Path) -> None:
        command = sandbox.command
        monkeypatch.setattr(sandbox, "command", lambda *a, **b: how(command(*a, **b, written=seen)))

    return change


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_an_attack_reaches_nothing(prisoner, places, attack):
    """Neither others' files, processes and servers, nor the system, nor the course's answers."""
    assert not reached(prisoner, attack.code.format(**places))


@pytest.mark.parametrize("attack", ATTACKS, ids=str)
def test_an_attack_would_succeed_without_its_protection(server, places, changed, tmp_path, attack):
    """The test above can fail: after one change to the sandbox, the attack reaches something."""
    changed(attack.change, *[Path(attack.seen.format(**places))] * bool(attack.seen))
    with started(server, tmp_path) as prisoner:
        assert reached(prisoner, attack.code.format(**places))
