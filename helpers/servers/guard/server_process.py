"""The server process that a guard runs."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

START_SECONDS = 30.0
"""Seconds that a server may take to start: 0.02 when empty (measured), more to load a file."""
SETTINGS = (
    *("--port", "0", "--unixsocketperm", "700", "--save", "", "--appendonly", "no"),
    *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


def die_with_guard() -> None:
    """Have Linux kill the server along with the guard; elsewhere the next guard ends it."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class ServerProcess:
    """The process and its socket: stopped, starting or ready; `trouble` says why stopped."""

    def __init__(
        self,
        directory: str,
        binary: str,
        settings: list[str],
        *,
        revive: bool,
        watch: Callable[[int], None],
    ):
        self.path, self.log = os.path.join(directory, "server.sock"), os.path.join(directory, "log")
        # By arguments alone: in a file, paths with spaces, quotes or # would have to be quoted.
        self.command = [binary, *SETTINGS, "--dir", directory, "--unixsocket", self.path, *settings]
        self.revive, self.watch = revive, watch
        self.state, self.trouble, self.pid, self.deadline = "stopped", "", 0, 0.0

    def want(self) -> None:
        """Start the process if it has ended or is about to."""
        if self.state == "ready" and self.dies():
            self.signal(signal.SIGTERM)
        if self.state == "stopped":
            self.start()

    def start(self) -> None:
        """Start the process, or note why it cannot be run; it can be used once `look` says so."""
        with contextlib.suppress(OSError):
            # Only a server that a killed guard left behind hears this.
            self.ask(b"SHUTDOWN NOSAVE\r\n")
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        try:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, preexec_fn=die_with_guard
            )
        except OSError as error:
            self.trouble = str(error)
            return
        self.pid, self.state = self.process.pid, "starting"
        self.deadline = time.monotonic() + START_SECONDS
        self.watch(self.pid)

    def look(self) -> str:
        """See how the process is; return what to tell those who wait for it, "" for nothing yet."""
        if self.state != "stopped" and self.process.poll() is not None:
            was_ready = self.state == "ready"
            self.state, self.trouble = "stopped", self.last_words()
            if was_ready and self.revive:
                self.start()
        elif self.state == "starting" and self.answers():
            self.state = "ready"
        elif self.state == "starting" and time.monotonic() > self.deadline:
            self.signal(signal.SIGKILL)
            self.trouble = f"no answer within {START_SECONDS:g} s"
        said = {"ready": f"ready {self.pid}", "stopped": f"error {self.trouble}"}
        return said.get(self.state, "")

    def dies(self) -> bool:
        """Tell whether nobody is behind the socket, or hangs up; a busy server does neither."""
        try:
            return not self.ask(b"PING\r\n")
        except (TimeoutError, BlockingIOError):
            return False
        except OSError:
            return True

    def answers(self) -> bool:
        """Tell whether our own process has loaded its data; one with a password answers NOAUTH."""
        try:
            reply = self.ask(b"INFO\r\n")
        except OSError:
            return False
        ours = b"\nprocess_id:%d\r" % self.pid in reply and b"\nloading:0\r" in reply
        return ours or reply.startswith(b"-NOAUTH")

    def ask(self, line: bytes) -> bytes:
        """Send a line, return the start of the reply; raises OSError if nobody answers."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(self.path)
            connection.sendall(line)
            return connection.recv(65536)

    def last_words(self) -> str:
        """Return the end of the log, where the server says why it ended."""
        with open(self.log, errors="replace") as log:
            return " ".join(log.read().split("\n")[-3:]).strip()

    def signal(self, number: int) -> None:
        """Send the process a signal, and see it end if the signal is one that ends it."""
        if self.state == "stopped":
            return
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            self.process.kill()
            self.process.wait()
            self.state = "stopped"
