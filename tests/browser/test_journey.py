"""A newcomer's journey: clone, one command, lessons 00 to 04 with every exercise, and out again,
with nothing left behind."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from helpers.waiting import wait_until
from tests.browser import lab as labs
from tests.browser.page import SCREEN, Sheet

LESSONS = [
    "00_start_here.ipynb",
    "01_connect.ipynb",
    "02_create_the_group.ipynb",
    "03_produce.ipynb",
    "04_consume_and_ack.ipynb",
]
PREPARED = 500.0
"""Seconds for the environment: pip's cache and an idle machine need 30."""


@pytest.fixture
def step(capsys, record_property):
    """Provide a function that logs how long the step just finished took."""
    last = [time.monotonic()]

    def step(what: str) -> None:
        took, last[0] = time.monotonic() - last[0], time.monotonic()
        record_property(what, round(took, 1))
        with capsys.disabled():
            print(f"\n  {took:6.1f} s  {what}", end="", flush=True)

    return step


def newcomer(home: Path) -> dict[str, str]:
    """A newcomer's environment, except for the cache and settings of pip and uv: another download
    would prove nothing."""
    ours = Path(sys.prefix, "bin")
    path = [part for part in os.environ["PATH"].split(os.pathsep) if Path(part) != ours]
    kept = {
        "PIP_CACHE_DIR": Path.home() / ".cache" / "pip",
        "UV_CACHE_DIR": Path.home() / ".cache" / "uv",
        "PIP_CONFIG_FILE": Path.home() / ".config" / "pip" / "pip.conf",
        # pip asks rustc for its version, and rustup would write to the home folder
        "RUSTUP_HOME": Path.home() / ".rustup",
    }
    kept = {
        name: os.environ.get(name, str(place))
        for name, place in kept.items()
        if place.exists() or name in os.environ
    }
    # This interpreter comes first: pyenv's `python3` looks for it in the home folder.
    found = labs.learner(
        home, PATH=os.pathsep.join([str(Path(sys.base_prefix, "bin")), *path]), **kept
    )
    found.pop("REDIS_STREAMS_DIR")  # The clone's own server is separate from all others
    return found


def clone_to(clone: Path) -> None:
    """Clone the last commit; in a container, the checkout may belong to another user, which Git
    refuses unless told otherwise."""
    if not shutil.which("git") or not (labs.ROOT / ".git").exists():
        pytest.skip(
            "the journey begins with git clone: this isn't a Git checkout, or Git is missing"
        )
    trusting = clone.with_name("gitconfig")
    trusting.write_text("[safe]\n\tdirectory = *\n")
    environment = os.environ | {"GIT_CONFIG_GLOBAL": str(trusting)}
    subprocess.run(
        ["git", "clone", "--quiet", "--no-hardlinks", str(labs.ROOT), str(clone)],
        check=True,
        env=environment,
    )


def processes(home: Path) -> list[str]:
    """The processes that were started from there."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("HOME") == str(home):
                found.append(" ".join(process.cmdline()))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def test_a_newcomer(browser, tmp_path, step, shots):
    """Every step succeeds, every exercise of lessons 00 to 04 is solved, and nothing remains
    outside the clone except the marks for solved exercises."""
    clone, home = tmp_path / "course", tmp_path / "home"
    clone_to(clone)
    step("git clone")
    environment = newcomer(home)
    with labs.running(
        ["python3", "-m", "helpers", "lab"], clone, clone, tmp_path / "lab.log", environment
    ) as lab:
        lab.wait(PREPARED)
        step("python3 -m helpers lab: the environment, and JupyterLab's address")
        lab.set(labs.WINDOWING, windowingMode="none")
        with browser.new_context(viewport=SCREEN) as context:
            walk(Sheet(context.new_page(), lab), step, shots)
        assert processes(home) != []
        assert lab.quit() == 0
        step("Ctrl-C")
    wait_until(lambda: not processes(home), 30, "the last process to end")
    step("the last process has ended")
    left = [path.relative_to(home) for path in home.rglob("*") if not path.is_dir()]
    assert {str(path.parent) for path in left} == {".local/state/redis-streams-course/solved"}
    untracked = subprocess.run(
        ["git", "-C", str(clone), "status", "--porcelain"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert [line for line in untracked.splitlines() if not line.startswith(" M notebooks/")] == []


def walk(sheet: Sheet, step, shots: Path) -> None:
    """Follow the printed address, then each lesson's link to the next; run each, and solve its
    exercises."""
    sheet.page.goto(sheet.lab.address)
    for number, name in enumerate(LESSONS):
        if number:
            sheet.cells.last.get_by_role("link").last.click()
        sheet.wait_loaded(name)
        sheet.clear()
        sheet.run_all()
        assert sheet.failed() == []
        solved = sheet.solve_all()
        assert solved or name == LESSONS[-1]  # It judges a file instead
        assert all(answer.startswith("✓ solved") for answer in solved)
        step(f"{name}, {len(solved)} exercises")
    sheet.shot(sheet.page, shots / "journey.png")
