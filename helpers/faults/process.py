"""A separate process for a function of a notebook, to be killed, frozen or left to crash."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from helpers.faults import function_source
from helpers.waiting import wait_until

ENTRY = Path(__file__).with_name("process_main.py")


class Process:
    """Runs `work(r, *args)` in its own process, where `r` is that process's client.

        with Process(work, "alice") as process:
            process.wait()

    `work` is a function defined with def, in a notebook too; args are values that JSON can hold.
    `url` is the server's, as for connect(). The process is gone at the end of the with block, and
    when the notebook's kernel is gone, kill -9 included. Its output reaches no cell: it is in
    `printed`.
    """

    def __init__(self, work: Callable[..., object], *args: object, url: str | None = None):
        task = {"source": function_source.program(work), "function": work.__name__}
        self._task = json.dumps(task | {"args": args, "url": url}).encode() + b"\n"
        self._child: subprocess.Popen | None = None

    def __enter__(self) -> "Process":
        return self.start()

    def __exit__(self, *_) -> None:
        self.kill()

    def start(self) -> "Process":
        """Start the process. Raises RuntimeError if it was started before: a process runs once."""
        if self._child:
            raise RuntimeError("This process was started before: make another Process.")
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        # A session of its own, out of reach of an Interrupt; standard input is the line that it
        # hangs on.
        self._child = subprocess.Popen(
            [sys.executable, str(ENTRY)],
            stdin=subprocess.PIPE,
            stdout=self._printed,
            stderr=self._printed,
            # A kernel asks for colors, and from 3.13 on Python puts them into tracebacks
            env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHON_COLORS": "0"},
            start_new_session=True,
        )
        self._child.stdin.write(self._task)
        self._child.stdin.flush()
        return self

    @property
    def pid(self) -> int:
        """The process ID."""
        return self._running().pid

    @property
    def printed(self) -> str:
        """What the process has printed so far, errors included."""
        file = self._printed.fileno()
        return os.pread(file, os.fstat(file).st_size, 0).decode("utf-8", "replace")

    @property
    def status(self) -> int | None:
        """None while it runs; then 0, minus the signal that ended it, or 1 after an error."""
        return self._running().poll()

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for the end; return 0, or minus the number of the signal that ended it (-9).

        Raises RuntimeError with the process's own words if an error ended it, TimeoutError after
        `seconds`.
        """
        child = self._running()
        wait_until(lambda: child.poll() is not None, seconds, "the process to end")
        if child.returncode > 0:
            words = self.printed.strip().splitlines() or ["it said nothing"]
            raise RuntimeError(f"An error ended the process: {words[-1]}")
        return child.returncode

    def kill(self) -> int:
        """Kill the process as kill -9 does, unless it has ended already; return what `wait`
        would."""
        child = self._running()
        child.kill()
        child.wait()
        child.stdin.close()
        return child.returncode

    def terminate(self) -> None:
        """Stop the process with SIGTERM, as the system that runs it would."""
        self._running().terminate()

    def freeze(self) -> None:
        """Freeze the process, as a long pause of its machine would; its connections stay open."""
        self._running().send_signal(signal.SIGSTOP)

    @property
    def frozen(self) -> bool:
        """Tell whether the process is frozen: by `freeze`, or because it called freeze() itself."""
        return psutil.Process(self.pid).status() == psutil.STATUS_STOPPED

    def thaw(self) -> None:
        """Let it continue where it stopped."""
        self._running().send_signal(signal.SIGCONT)

    def _running(self) -> subprocess.Popen:
        if self._child is None:
            raise RuntimeError(
                "This process hasn't been started: use it in a with block, or call start()."
            )
        return self._child
