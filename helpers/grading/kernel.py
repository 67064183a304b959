"""A kernel that runs a stranger's cells in a sandbox; everything it started ends with it."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psutil

from helpers.grading import sandbox
from helpers.grading.inside import GRACE_SECONDS, MOST_OF_AN_ERROR

TOKEN = "COURSE_GRADING"
"""Set in the environment of the kernel and everything it starts, so that they can be found."""

PASSED_ON = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "VIRTUAL_ENV")
"""The parts of the teacher's environment that a learner's code gets: no passwords, no tokens."""

BOUNDED = {"AS": 4 << 30, "FSIZE": 256 << 20, "CORE": 0}
CROWD = {"NPROC": 256, "NOFILE": 1024}
"""Bytes of address space (an idle kernel takes about 1 GB), of a file and of a core dump; threads
and processes, of which a kernel has about 20; open files. Without a sandbox, the limit on processes
would count all of the user's."""

TOGETHER = 3 << 30
"""Bytes of memory that all processes of a sandbox may use together."""

LAUNCH = "from helpers.grading.inside import main; main({}, {})"

SOCKET = len("/k-5")
"""Bytes by which the path of a kernel's last socket is longer than its directory's path."""

KERNEL_SECONDS, POLL_SECONDS, WEIGH_SECONDS = 60.0, 0.2, 1.0
"""Seconds for a kernel to start, between two checks that it's alive, and between two of its
memory."""

LONGEST_ANSWER = 1 << 20
"""Bytes; an honest one is at most half as long."""


class Gone(RuntimeError):
    """The kernel has ended, or had to be ended."""


class Stopped(RuntimeError):
    """Raised when the person who started the run wants it to stop."""


class Kernel:
    """One kernel whose connect() uses `url`, a Unix socket; in a sandbox unless told otherwise.

    Without a sandbox it works in `directory`.
    """

    def __init__(
        self, url: str, directory: Path, stopping: threading.Event, *, sandboxed: bool = True
    ):
        self.error = ""
        self._url, self._stopping, self._sandboxed = url, stopping, sandboxed
        self._home = sandbox.HOME if sandboxed else str(directory)
        self._token, self._number, self._weighed = uuid.uuid4().hex, 0, 0.0

    def __enter__(self) -> "Kernel":
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(KERNEL_SECONDS)
        self._received = bytearray()
        try:
            with theirs:
                self._process = self._start(theirs.fileno())
            self.pid = self._process.pid
            self._ask({"code": "", "seconds": KERNEL_SECONDS}, KERNEL_SECONDS)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        """End the kernel and everything it has started, also in another session."""
        self._channel.close()
        if hasattr(self, "pid"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            if not self._sandboxed:
                _sweep(self._token)
            self._process.wait()

    def run(self, code: str, seconds: float) -> str:
        """Run a cell; return "" or a description of what went wrong. Raises Gone if the kernel is
        lost.

        After `seconds`, it is interrupted, and killed if it doesn't obey. `error` then has its
        error's name and text, "" after an interrupt.
        """
        self.error, late = "", f"a cell took more than {seconds:g} s"
        answer = self._ask({"code": code, "seconds": seconds}, seconds)
        if answer.get("late"):
            if answer.get("obeyed") is not True:
                raise Gone(f"{late} and couldn't be interrupted")
            return late
        if "error" not in answer:
            return ""
        name, text = (str(answer.get(part, ""))[:MOST_OF_AN_ERROR] for part in ("error", "text"))
        self.error = f"{name}: {text}"
        return name[:80] or "an error"

    def value(self, name: str, seconds: float = GRACE_SECONDS) -> Any:
        """Return a variable as plain data, or None; it arrives as JSON, and none of its code
        runs."""
        with contextlib.suppress(KeyError, TypeError, ValueError, RecursionError):
            return json.loads(self._ask({"name": name, "seconds": seconds}, seconds)["value"])
        return None

    def _start(self, channel: int) -> subprocess.Popen:
        """Start the process with a socket of ours."""
        env = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        env |= {"HOME": self._home, "TMPDIR": self._home, "REDIS_URL": self._url}
        env |= {TOKEN: self._token, "IPYTHONDIR": f"{self._home}/ipython"}
        env |= {"MPLCONFIGDIR": f"{self._home}/mpl"}
        limits = BOUNDED | (CROWD if self._sandboxed else {})
        program = [sys.executable, "-c", LAUNCH.format(channel, limits)]
        options: dict[str, Any] = {"env": env, "cwd": self._home}
        if self._sandboxed:
            path = Path(unquote(urlsplit(self._url).path))
            program = sandbox.command(program, env, shown=[path])
            options = {"env": {}}
        nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        return subprocess.Popen(
            program, pass_fds=[channel], start_new_session=True, **nowhere, **options
        )

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """Return the answer to one request; raises Gone or Stopped.

        `inside` keeps the same deadline, so an answer is late here only if the hand-in interfered.
        """
        self._number += 1
        deadline = time.monotonic() + seconds + 2 * GRACE_SECONDS
        try:
            self._channel.sendall(json.dumps(request | {"number": self._number}).encode() + b"\n")
        except OSError:
            raise Gone("the kernel's process ended") from None
        try:
            answer = json.loads(self._line(deadline, seconds))
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.get("number") != self._number:
            raise Gone("the kernel's process answered what it wasn't asked")
        return answer

    def _line(self, deadline: float, seconds: float) -> bytes:
        """Receive one line, checking meanwhile whether to continue."""
        data = b""
        while b"\n" not in self._received:
            if self._stopping.is_set():
                raise Stopped
            if len(self._received) > LONGEST_ANSWER:
                raise Gone("the kernel's process answered without an end")
            if time.monotonic() > deadline:
                raise Gone(f"a cell took more than {seconds:g} s and couldn't be interrupted")
            if select.select([self._channel], [], [], POLL_SECONDS)[0]:
                with contextlib.suppress(ConnectionResetError):
                    data = self._channel.recv(65536)
                self._received += data
                if not data:
                    raise Gone("the kernel's process ended")
            elif self._process.poll() is not None:
                raise Gone("the kernel's process ended")
            self._weigh()
        line, _, self._received = self._received.partition(b"\n")
        return bytes(line)

    def _weigh(self) -> None:
        """Raise Gone if all its processes together use too much memory."""
        if time.monotonic() - self._weighed < WEIGH_SECONDS:
            return
        self._weighed = time.monotonic()
        # Count memory shared by forks once, which takes longer to measure
        if _memory(self.pid, "rss") > TOGETHER and _memory(self.pid, "pss") > TOGETHER:
            raise Gone(f"it took more than {TOGETHER >> 20:,} MB of memory")


def _memory(pid: int, kind: str) -> int:
    """Return the bytes used by all processes below one; a process that ends counts 0."""
    total = 0
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                look = process.memory_full_info if kind == "pss" else process.memory_info
                total += getattr(look(), kind)
    return total


def _sweep(token: str) -> None:
    """Kill every process that carries this kernel's token, also in another session."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(TOKEN) == token:
                process.kill()
