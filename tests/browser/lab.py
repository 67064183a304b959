"""A real JupyterLab, started as a learner starts it, and the copies of notebooks that the tests
open."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat

from helpers.waiting import wait_until
from tests.known_servers import listens

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/lab\S*\?token=(\w+)")
STARTED, ENDED = 90.0, 30.0
"""Seconds for JupyterLab to print its address, and to end with its kernels; an idle machine needs 3
and 1."""

WINDOWING = "@jupyterlab/notebook-extension:tracker"
THEME = "@jupyterlab/apputils-extension:themes"
STALE = "stored before this test"
"""Put in every output before a run, so that no stored output passes for a new one."""


class Lab:
    """A running JupyterLab: its process, its log, the folder that it shows, and its address."""

    def __init__(self, process: subprocess.Popen, log: Path, folder: Path):
        self.process, self.log, self.folder = process, log, folder
        self.address, self.base, self.token = "", "", ""

    def stored(self, name: str) -> nbformat.NotebookNode:
        """Read a notebook as the course stores it."""
        return nbformat.read(self.folder / "stored" / name, as_version=4)

    def wait(self, seconds: float = STARTED) -> "Lab":
        """Wait until it prints its address; raises TimeoutError, with what it printed instead."""
        try:
            found = wait_until(self._address, seconds, "JupyterLab's address")
        except (TimeoutError, RuntimeError) as error:
            raise type(error)(f"{error}\n{self.log.read_text()}") from None
        self.address, self.base, self.token = found[0], found[1], found[2]
        return self

    def _address(self) -> re.Match | None:
        if self.process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended with status {self.process.returncode}.")
        found = ADDRESS.search(self.log.read_text())
        return found if found and listens(found[1]) else None

    def ask(self, path: str, method: str = "GET", content: dict | None = None):
        """Call its REST interface; return the reply."""
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(
            self.base + path, data, {"Authorization": f"token {self.token}"}, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
        return json.loads(text) if text else None

    def set(self, plugin: str, **settings) -> None:
        """Change a plugin's settings, as the Settings menu does; pages opened from now on have
        them."""
        self.ask(f"/lab/api/settings/{plugin}", "PUT", {"raw": json.dumps(settings)})

    def kernels(self) -> list[dict]:
        """List the running kernels."""
        return self.ask("/api/kernels")

    def sessions(self) -> list[str]:
        """List the notebooks that have a kernel."""
        return [session["path"] for session in self.ask("/api/sessions")]

    def end_kernels(self) -> None:
        """Shut down every kernel, so that the next test begins with none."""
        for session in self.ask("/api/sessions"):
            self.ask(f"/api/sessions/{session['id']}", "DELETE")

    def quit(self) -> int:
        """Press Ctrl-C in its terminal; return its status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(ENDED)


def learner(home: Path, **more: str) -> dict[str, str]:
    """A newcomer's environment: an empty home, nothing set, no screen but the test's browser."""
    ours = re.compile(
        r"(REDIS|JUPYTER|IPYTHON|PYTEST|MPL|XDG|VIRTUAL_ENV|DISPLAY|WAYLAND_DISPLAY|BROWSER|NBGRADER|COURSE)"
    )
    places = {
        "HOME": home,
        "XDG_RUNTIME_DIR": home / "run",
        "REDIS_STREAMS_DIR": home / "run",
        "TMPDIR": home / "tmp",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return (
        {k: v for k, v in os.environ.items() if not ours.match(k)}
        | {k: str(v) for k, v in places.items()}
        | more
    )


@contextlib.contextmanager
def running(
    command: list[str], directory: Path, folder: Path, log: Path, environment: dict[str, str]
) -> Iterator[Lab]:
    """Start JupyterLab in its own terminal; in the end it is gone, whatever the test did."""
    with open(log, "wb") as out:
        process = subprocess.Popen(
            command,
            cwd=directory,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield Lab(process, log, folder)
    finally:
        if process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired, ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(ENDED)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextlib.contextmanager
def lab(folder: Path, home: Path, *arguments: str, log: str = "lab.log") -> Iterator[Lab]:
    """Run `python3 -m helpers lab` over a copy of the notebooks, with this checkout's helpers and
    its environment."""
    settled = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "jupyter",
        "IPYTHONDIR": "ipython",
    }
    environment = learner(home, **{name: str(home / place) for name, place in settled.items()})
    command = [sys.executable, "-m", "helpers", "lab", f"--ServerApp.root_dir={folder}", *arguments]
    with running(command, ROOT, folder, home / log, environment) as found:
        yield found.wait()


def copy(folder: Path) -> Path:
    """Copy the notebooks into folder/notebooks, without outputs that could pass for new ones;
    return folder.

    Unchanged copies go into folder/stored: somebody may change the checkout while a test runs.
    """
    for name in ("stored", "notebooks"):
        shutil.copytree(
            NOTEBOOKS, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
        )
    for path in (folder / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count = None
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=STALE)]
        nbformat.write(notebook, path)
    return folder
