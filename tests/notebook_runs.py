"""Runs of notebooks in a separate pytest: on another server, or on doctored copies."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALONE = "NOTEBOOKS_ALONE"
"""An environment variable of such a run: the end of a pipe, which closes when the session that
started it is gone, even by kill -9."""


@dataclass(frozen=True)
class Result:
    """How one run of pytest over notebooks ended."""

    passed: int
    text: str
    status: int


def command(paths: Iterable[Path], *options: str) -> list[str]:
    """The command that compares only these notebooks with their stored outputs."""
    if not (paths := list(paths)):
        raise ValueError("name a notebook: without one, pytest would run everything")
    settings = ["-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider"]
    quiet = ["-q", "--no-header", "--color=no", "--numprocesses=0"]
    # Relative to the checkout: pytest takes a [ in a path for the start of parameters.
    names = [os.path.relpath(path, ROOT) for path in paths]
    return [sys.executable, "-m", "pytest", "--nbval", *settings, *quiet, *options, *names]


def environment(**more: str) -> dict[str, str]:
    """Our own environment, without options meant only for this session."""
    return {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"} | more


def end_with_the_session_that_started_us() -> None:
    """In such a run, exit at once when that session is gone, because its servers are gone, too."""

    def watch() -> None:
        os.read(int(os.environ[ALONE]), 1)
        os._exit(1)

    if ALONE in os.environ:
        threading.Thread(target=watch, daemon=True).start()


def run(paths: Iterable[Path], *options: str, **environ: str) -> Result:
    """Run these notebooks to the end, in a separate pytest, which ends with this process, even
    after kill -9."""
    theirs, ours = os.pipe()
    try:
        done = subprocess.run(
            command(paths, *options),
            env=environment(**environ, **{ALONE: str(theirs)}),
            pass_fds=[theirs],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    passed = re.search(r"(\d+) passed", done.stdout)
    return Result(int(passed[1]) if passed else 0, done.stdout, done.returncode)
