"""Runs of all notebooks beside the tests: a second core has nothing better to do."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALONE = "NOTEBOOKS_ALONE"
"""Set in the environment of a run of notebooks, so that it never starts another one in its turn."""


@dataclass(frozen=True)
class Result:
    """How one run of pytest over notebooks ended."""

    passed: int
    text: str
    status: int


def command(paths: Iterable[Path], *options: str) -> list[str]:
    """The command that compares these notebooks, and them alone, with their stored outputs."""
    if not (paths := list(paths)):
        raise ValueError("name a notebook: without one, pytest would run everything")
    settings = ["-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider"]
    quiet = ["-q", "--no-header", "--color=no"]
    return [sys.executable, "-m", "pytest", "--nbval", *settings, *quiet, *options, *map(str, paths)]


def environment(**more: str) -> dict[str, str]:
    """Our own environment, without options meant for this session alone."""
    return {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"} | {ALONE: "1"} | more


def result_of(status: int, text: str) -> Result:
    """Read the last line that pytest printed."""
    passed = re.search(r"(\d+) passed", text)
    return Result(int(passed[1]) if passed else 0, text, status)


def run_copy(path: Path) -> Result:
    """Compare notebooks outside the checkout with their stored outputs, on a server of their own and under our settings."""
    # Outside, pytest finds no conftest.py by itself.
    done = subprocess.run(command([path], "-p", "conftest"), env=environment(), cwd=ROOT, capture_output=True, text=True)
    return result_of(done.returncode, done.stdout + done.stderr)


class Passes:
    """All notebooks on one server, one pass after the other, in the background.

    Two passes at once on one server would disturb each other: the keys of a lesson are the same in both.
    """

    def __init__(self, url: str, paths: Iterable[Path], passes: int):
        self._stopping = False
        self._process: subprocess.Popen | None = None
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._results = [self._pool.submit(self._run, command(paths), environment(REDIS_URL=url)) for _ in range(passes)]

    def _run(self, command: list[str], env: dict[str, str]) -> Result:
        if self._stopping:
            return Result(0, "stopped before it began", -1)
        self._process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        text, _ = self._process.communicate()
        return result_of(self._process.returncode, text)

    def wait(self, number: int, seconds: float) -> Result:
        """Wait for pass `number`, counted from 0; raises TimeoutError after `seconds`."""
        return self._results[number].result(timeout=seconds)

    def stop(self) -> None:
        """End whatever is still running: nobody waits for it any more."""
        self._stopping = True
        if self._process and self._process.poll() is None:
            self._process.terminate()
        self._pool.shutdown(cancel_futures=True)
