"""Runs of all notebooks beside the tests: a second core has nothing better to do."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
ALONE = "NOTEBOOKS_ALONE"
"""Set in the environment of a run of notebooks, so that it never starts another one in its turn.

Its value is the end of a pipe, which closes when the session that started it is gone, kill -9 included.
"""


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
    return {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"} | more


def end_with_the_session_that_started_us() -> None:
    """In a background run: end at once when that session is gone; its servers are gone, too."""

    def watch() -> None:
        os.read(int(os.environ[ALONE]), 1)
        os._exit(1)

    if ALONE in os.environ:
        threading.Thread(target=watch, daemon=True).start()


class Background:
    """Runs of pytest over notebooks, one after the other in a thread, while the tests go on.

    Two runs at once would be no faster on two cores, and on one server they would disturb each other.
    """

    def __init__(self):
        self._stopping = False
        self._process: subprocess.Popen | None = None
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._results: dict[str, Future[Result]] = {}

    def add(self, name: str, paths: Iterable[Path], *options: str, **environ: str) -> None:
        """Run these notebooks when those that were added before have ended."""
        self._results[name] = self._pool.submit(self._run, command(paths, *options), environment(**environ))

    def _run(self, command: list[str], env: dict[str, str]) -> Result:
        if self._stopping:
            return Result(0, "stopped before it began", -1)
        theirs, ours = os.pipe()
        try:
            self._process = subprocess.Popen(
                command, env=env | {ALONE: str(theirs)}, pass_fds=[theirs], cwd=ROOT,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            os.close(theirs)
            text, _ = self._process.communicate()
        finally:
            os.close(ours)
        passed = re.search(r"(\d+) passed", text)
        return Result(int(passed[1]) if passed else 0, text, self._process.returncode)

    def wait(self, name: str, seconds: float) -> Result:
        """Wait for the run of that name; raises TimeoutError after `seconds`."""
        return self._results[name].result(timeout=seconds)

    def stop(self) -> None:
        """End whatever is still running: nobody waits for it any more."""
        self._stopping = True
        if self._process and self._process.poll() is None:
            self._process.terminate()
        self._pool.shutdown(cancel_futures=True)
