"""`grade` in a container, on a real Docker engine: marks, attacks, and an end in between."""

import csv
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.grading import container
from helpers.waiting import wait_until
from tests.grading.attacks import ATTACKS
from tests.grading.test_grade import FILE, ROOT, cells_of, hand_in, solved

pytestmark = pytest.mark.long

PLAIN_USER = 1234
"""Stands for whoever runs the tests, where that is root."""

KILLED = pytest.param(
    signal.SIGKILL,
    marks=pytest.mark.skipif(not shutil.which("setpriv"), reason="there is no setpriv"),
)

AS_A_PLAIN_USER = f"""
import encodings.utf_8_sig, os, sys  # This Python may be in a folder of root's
from helpers.commands import grade
from helpers.grading import container, hand_ins, roster, sandbox, table
if os.geteuid() == 0:
    os.setgroups([int(sys.argv[1])])
    os.setgid({PLAIN_USER})
    os.setuid({PLAIN_USER})
sys.exit(grade.main(sys.argv[2:]))
"""


@pytest.fixture(scope="module", autouse=True)
def no_engine():
    """Let these tests see Docker."""


@pytest.fixture(scope="module")
def group() -> int:
    """The group that may use the engine; skips the test where none answers."""
    ask = ["docker", "info", "--format", "{{.SecurityOptions}}"]
    done = subprocess.run(ask, capture_output=True, text=True) if shutil.which("docker") else None
    if not done or done.returncode:
        pytest.skip("no Docker engine answers, so nothing can be graded in a container")
    if any(word in done.stdout for word in container.FOREIGN):
        pytest.skip("the Docker engine gives users other numbers, so it isn't used for grading")
    socket = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").removeprefix("unix://")
    return os.stat(socket).st_gid if Path(socket).exists() else os.getgid()


@pytest.fixture
def bench(tmp_path, group, monkeypatch) -> Path:
    """A folder of the plain user's for hand-ins, and a PATH with Docker and without bwrap."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("docker", "setpriv"):
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    folder = tmp_path / "class 3, spring"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, PLAIN_USER, PLAIN_USER)
        for parent in folder.parents:
            if parent.stat().st_uid == 0 and parent != Path("/"):
                parent.chmod(parent.stat().st_mode | 0o055)
    return folder


def grading(folder: Path, group: int, *options: str) -> subprocess.Popen:
    """Start `grade` as a plain user, with a secret in the environment."""
    return subprocess.Popen(
        [sys.executable, "-c", AS_A_PLAIN_USER, str(group), str(folder), *options],
        cwd=ROOT,
        env=os.environ | {"TEACHERS_SECRET": "b7f1", "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def containers() -> str:
    """The IDs of the containers that run the grader's images."""
    found = subprocess.run(
        [shutil.which("docker"), "ps", "--all", "--format", "{{.Image}} {{.ID}}"],
        capture_output=True,
        text=True,
        check=True,
    )
    prefix = container.IMAGE.format("")
    return " ".join(line for line in found.stdout.splitlines() if line.startswith(prefix))


def attacks(folder: Path, socket: str = "/var/run/docker.sock") -> str:
    """A cell that tries every attack, and raises Reached if one reached something."""
    fields = {"grader": os.getpid(), "folder": folder, "neighbor": folder / "ann" / FILE}
    fields |= {"socket": socket, "port": 22, "root": "/course"}
    lines = ["class Reached(Exception): pass", "found = {}"]
    for attack in ATTACKS:
        lines += [attack.code.format(**fields), f"found[{attack.name!r}] = reached"]
    lines += [
        "import glob",
        "found['environment'] = any(b'b7f1' in open(p, 'rb').read()"
        " for p in glob.glob('/proc/[0-9]*/environ'))",
        "if any(found.values()): raise Reached(found)",
    ]
    return "\n".join(lines)


def table(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """The rows of the table so far."""
    if not (folder / "grades.csv").exists():
        return {}
    with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["learner"], row["exercise"]): row for row in csv.DictReader(file)}


def test_in_a_container_marks_are_right_and_attacks_reach_nothing(bench, group):
    """An attacker who then solves the exercise gets the point only if nothing was reached; what
    is written belongs to the caller."""
    hand_in(bench, f"ann/{FILE}", cells_of(start=solved("start")))
    hand_in(bench, f"eve/{FILE}", cells_of(start=f"{attacks(bench)}\n{solved('start')}"))
    reaching = attacks(bench, socket="/usr")  # Which is in sight, so this attack succeeds
    hand_in(bench, f"mal/{FILE}", cells_of(start=f"{reaching}\n{solved('start')}"))
    (bench.parent / "roster.csv").write_text("name\nann\neve\nmal\nzoe\n")
    child = grading(bench, group, "--cell-seconds=60", f"--roster={bench.parent / 'roster.csv'}")
    out, err = child.communicate(timeout=1200)
    assert child.returncode == 0, err
    found = {
        learner: row["solved"]
        for (learner, name), row in table(bench).items()
        if name == "02.start"
    }
    assert found == {"ann": "yes", "eve": "yes", "mal": "no"}, table(bench)
    assert "Reached" in table(bench)["mal", "02.start"]["seen"]
    assert "1 of 4 handed in nothing: zoe" in out and f"{bench / 'grades.csv'} has a line" in out
    assert (bench / "grades.csv").stat().st_uid == bench.stat().st_uid
    assert not containers()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, KILLED])
def test_an_end_in_a_container_leaves_nothing_and_the_next_run_goes_on(bench, group, number):
    """Marks given so far are kept, and the container is gone, even after kill -9."""
    hand_in(bench, f"ann/{FILE}", cells_of(start=solved("start")))
    hand_in(bench, f"zed/{FILE}", cells_of(start="while True: pass", two=solved("two")))
    options = ("--at-once=1", "--cell-seconds=8")
    child = grading(bench, group, *options)
    wait_until(lambda: table(bench) or child.poll() is not None, 1200, "ann's lines")
    child.send_signal(number)
    status = 130 if number != signal.SIGKILL else -signal.SIGKILL
    _, err = child.communicate(timeout=120)
    assert child.returncode == status, err
    wait_until(lambda: not containers(), 120, "the end of the container")
    assert {learner for learner, _ in table(bench)} == {"ann"}
    again = grading(bench, group, *options)
    _, err = again.communicate(timeout=600)
    assert again.returncode == 0 and "1 of 2 files are marked" in err, err
    assert table(bench)["zed", "02.two"]["solved"] == "yes"
    assert not containers() and not list(bench.glob(".grades*"))
