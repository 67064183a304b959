"""A kernel that runs a stranger's cells; when it ends, all that it started ends, too."""

import ast
import contextlib
import json
import os
import resource
import signal
import sys
import threading
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

import psutil
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

TOKEN = "COURSE_GRADING"
"""In the environment of the kernel and of all that it starts, so that they can be found."""

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV", "PYTHONPATH")
"""What a learner's code gets of the teacher's environment: no passwords, no tokens."""

MEMORY, FILE = 4 << 30, 512 << 20
"""Bytes of address space (an idle kernel takes about 1 GB of it) and of a single file."""

SOCKET = len("/k-5")
"""Bytes by which the path of a kernel's last socket is longer than its directory's."""

READY_SECONDS, GRACE_SECONDS, POLL_SECONDS = 30.0, 3.0, 0.2
"""Seconds for a kernel to start, to obey an interrupt, and between two looks at it."""

QUIETLY = {"store_history": False, "allow_stdin": False}
ASK = "__import__('helpers.checks.plain_data', fromlist=['dumps']).dumps({})"


class Gone(RuntimeError):
    """The kernel has ended, or had to be ended."""


class Stopped(RuntimeError):
    """Raised when the person who started the run wants it to stop."""


class Kernel:
    """One kernel in a directory of its own, whose connect() leads to `url`."""

    def __init__(self, url: str, directory: Path, stopping: threading.Event):
        self.error = ""
        self._stopping, self._token = stopping, uuid.uuid4().hex
        home = str(directory)
        env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        env |= {"HOME": home, "TMPDIR": home, "REDIS_URL": url, TOKEN: self._token}
        env |= {"IPYTHONDIR": f"{home}/ipython", "MPLCONFIGDIR": f"{home}/mpl"}
        self._start = {"env": env, "cwd": home}
        self._manager = KernelManager(
            connection_file=f"{home}/kernel.json", transport="ipc", ip=f"{home}/k"
        )
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        self._manager._kernel_spec = KernelSpec(argv=argv)

    def __enter__(self) -> "Kernel":
        try:
            with open(os.devnull, "wb") as nowhere:
                self._manager.start_kernel(stdout=nowhere, stderr=nowhere, **self._start)
            self.pid = self._manager.provisioner.pid
            _limit(self.pid)
            self._client = self._manager.blocking_client()
            # What it prints is never even received
            self._client.start_channels(iopub=False, stdin=False, hb=False)
            self._reply(self._client.kernel_info(), READY_SECONDS)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        """End the kernel's process group, and whatever of its offspring has left that group."""
        if hasattr(self, "_client"):
            self._client.stop_channels()
        if hasattr(self, "pid"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            _sweep(self._token)
            self._manager.shutdown_kernel(now=True)

    def run(self, code: str, seconds: float) -> str:
        """Run a cell; return "" or what went wrong. Raises Gone if the kernel is lost.

        After `seconds` it is interrupted, and ended if it doesn't obey. `error` then holds its
        error's name and text, "" after an interrupt.
        """
        self.error, late = "", f"a cell took more than {seconds:g} s"
        sent = self._client.execute(code, **QUIETLY, stop_on_error=False)
        try:
            content = self._reply(sent, seconds)
        except TimeoutError:
            if not self._interrupted(sent):
                raise Gone(f"{late} and couldn't be interrupted") from None
            return late
        if content.get("status") == "ok":
            return ""
        self.error = f"{content.get('ename', 'an error')}: {content.get('evalue', '')}"[:300]
        return str(content.get("ename", "an error"))[:80]

    def value(self, name: str, seconds: float = GRACE_SECONDS) -> Any:
        """Return a variable as plain data, or None; it comes as JSON, and is never run."""
        asked = {"value": ASK.format(name)}
        sent = self._client.execute("", silent=True, **QUIETLY, user_expressions=asked)
        try:
            answer = self._reply(sent, seconds)["user_expressions"]["value"]["data"]["text/plain"]
            return json.loads(ast.literal_eval(answer)) if len(answer) < 1_000_000 else None
        except TimeoutError:
            self._interrupted(sent)
        except (KeyError, TypeError, ValueError, SyntaxError, RecursionError, MemoryError):
            pass  # No such name, or an answer that isn't JSON
        return None

    def _interrupted(self, sent: str) -> bool:
        """Interrupt a request; tell whether the kernel obeyed."""
        self._manager.interrupt_kernel()
        with contextlib.suppress(TimeoutError):
            self._reply(sent, GRACE_SECONDS)
            return True
        return False

    def _reply(self, sent: str, seconds: float) -> dict[str, Any]:
        """Wait for the answer to one request; raises TimeoutError, Gone or Stopped."""
        deadline = time.monotonic() + seconds
        while True:
            if self._stopping.is_set():
                raise Stopped
            with contextlib.suppress(Empty):
                message = self._client.get_shell_msg(
                    timeout=max(0.01, min(POLL_SECONDS, deadline - time.monotonic()))
                )
                if message["parent_header"].get("msg_id") == sent:
                    return message["content"]
                continue
            if not self._manager.is_alive():
                raise Gone("the kernel's process ended")
            if time.monotonic() > deadline:
                raise TimeoutError


def _limit(pid: int) -> None:
    """Bound memory and files of a process and its children; only Linux can from outside."""
    if hasattr(resource, "prlimit"):
        for name, most in (("AS", MEMORY), ("FSIZE", FILE), ("CORE", 0)):
            resource.prlimit(pid, getattr(resource, f"RLIMIT_{name}"), (most, most))


def _sweep(token: str) -> None:
    """Kill every process that carries this kernel's token, also in another session."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(TOKEN) == token:
                process.kill()
