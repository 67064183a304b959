"""A hand-in's own server, in its own sandbox: a learner may tell it to write files or listen."""

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

import redis

from helpers.grading import sandbox
from helpers.servers.guard import paths
from helpers.waiting import wait_until

BOUNDED_SETTINGS = (
    *("--port", "0", "--save", "", "--appendonly", "no", "--dir", sandbox.HOME),
    *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
)
"""A learner's endless XADD runs into OutOfMemoryError instead of exhausting the teacher's
memory."""

BOUNDS = (f"--as={1 << 30}", f"--fsize={256 << 20}", "--core=0", "--nproc=64")
"""Limits of the process, whatever the server is told: bytes of memory, of a file, and threads."""

PROGRAMS = {"PATH": "/usr/bin:/bin"}

SERVER_SECONDS = 30.0


class SandboxedServer:
    """A server at `url`, a Unix socket; it ends with this object, and with this process."""

    def __init__(self):
        self._ending = contextlib.ExitStack()

    def __enter__(self) -> "SandboxedServer":
        with self._ending:
            place = paths.short(len("/grade-server-12345678/server.sock"))
            folder = self._ending.enter_context(
                tempfile.TemporaryDirectory(
                    prefix="grade-server-", dir=place, ignore_cleanup_errors=True
                )
            )
            if os.geteuid() == 0:
                os.chown(folder, sandbox.NOBODY_ID, sandbox.NOBODY_ID)
            path = Path(folder, "server.sock")
            self.url = f"unix://{path}"
            program = ["prlimit", *BOUNDS, "--", paths.binary(), "--unixsocket", str(path)]
            process = self._ending.enter_context(
                subprocess.Popen(
                    sandbox.command(
                        [*program, *BOUNDED_SETTINGS], PROGRAMS, written=[Path(folder)]
                    ),
                    env={},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
            self._ending.callback(process.kill)
            self._wait(process)
            self._ending = self._ending.pop_all()
        return self

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ending.close()

    def _wait(self, process: subprocess.Popen) -> None:
        """Return once the server answers; raises RuntimeError if it doesn't."""
        with contextlib.suppress(TimeoutError):
            wait_until(
                lambda: process.poll() is not None or self._answers(), SERVER_SECONDS, "its server"
            )
            if process.poll() is None:
                return
        raise RuntimeError("a server for the hand-in couldn't be started")

    def _answers(self) -> bool:
        with contextlib.suppress(redis.ConnectionError), redis.Redis.from_url(self.url) as r:
            return r.ping()
        return False
