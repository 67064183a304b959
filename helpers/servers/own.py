"""A separate server, for tests and lessons that break one: killed, frozen, started again on the
same data."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from helpers.servers import ports
from helpers.servers.guard import paths
from helpers.servers.guard.lease import ask, start_guard


def name_of(binary: str) -> str:
    """Return "redis-7.0.15" or "valkey-9.1.2", from a program's own `--version`; raises ValueError
    if it is no server's."""
    try:
        said = subprocess.run(
            [binary, "--version"], capture_output=True, text=True, check=False, timeout=20
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    if not (found := re.match(r"(\w+) server v=([\d.]+)", said)):
        raise ValueError(f"{binary} is not the program of a Redis or Valkey server")
    return "-".join(found.groups()).lower()


def program_of(info: Mapping[str, Any]) -> str | None:
    """Return the program of a server, by its INFO, to start another of the same kind; None if it
    isn't on this machine."""
    program = info.get("executable", "")
    return program if os.path.isfile(program) else None


class OwnServer:
    """A server in a new directory, on a Unix socket; both are gone when its owner is gone, kill -9
    included.

        with OwnServer(appendonly=True, appendfsync="always") as own:
            r = connect(own.url)

    `binary` is the embedded server's unless given, such as "/usr/bin/redis-server".
    `tcp` opens a port as well, `port`, on 127.0.0.1 alone; it stays the same until `close`.
    `settings` are the server's own, with _ for -.
    """

    def __init__(
        self,
        binary: str | None = None,
        *,
        appendonly: bool = False,
        tcp: bool = False,
        **settings: object,
    ):
        # The guard works in another directory
        self.binary = os.path.abspath(binary) if binary else paths.binary()
        self.settings = {"appendonly": "yes" if appendonly else "no"} | settings
        self.directory = Path()
        self.pid = self.port = 0
        self._ending = contextlib.ExitStack()
        self._tcp = tcp
        self._lease: socket.socket | None = None

    def __enter__(self) -> "OwnServer":
        return self.start()

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The Unix socket."""
        return self.directory / "server.sock"

    @property
    def url(self) -> str:
        """The socket as redis-py takes it."""
        return "unix://" + quote(str(self.path))

    def start(self) -> "OwnServer":
        """Start the server, or start it again on the same data; it replies once this returns.

        Raises RuntimeError with the server's own words if it ends instead.
        """
        if self._lease is None:
            self._start_guard()
        self.pid = int(self._ask("start").removeprefix("ready"))
        return self

    def kill(self) -> None:
        """End the server at once, as kill -9 does."""
        self._ask(f"signal {signal.SIGKILL:d}")

    def stop(self) -> None:
        """Stop the server as an operator does, with SIGTERM; one that does not end in five seconds
        is killed."""
        self._ask(f"signal {signal.SIGTERM:d}")

    def freeze(self) -> None:
        """Freeze the server: connections stay open, but get no replies."""
        self._ask(f"signal {signal.SIGSTOP:d}")

    def thaw(self) -> None:
        """Let a frozen server continue."""
        self._ask(f"signal {signal.SIGCONT:d}")

    def close(self) -> None:
        """End the server and remove its directory; both are gone when this returns."""
        if self._lease is None:
            return
        with self._lease as lease, contextlib.suppress(OSError):
            lease.shutdown(socket.SHUT_WR)
            lease.recv(1)  # The guard closes its end last of all.
        self._lease = None
        self._ending.close()
        # Still there only if the guard was killed.
        shutil.rmtree(self.directory, ignore_errors=True)

    def _start_guard(self) -> None:
        """Start a guard that knows one lease, ours."""
        settings = self.settings
        if self._tcp:
            self.port, claim = ports.claim_port()
            self._ending.enter_context(claim)
            settings = settings | {"port": self.port, "bind": ports.HOST}
        options = [
            word
            for name, value in settings.items()
            for word in (f"--{name.replace('_', '-')}", str(value))
        ]
        self.directory = Path(
            tempfile.mkdtemp(prefix="redis-streams-own-", dir=paths.short_directory())
        )
        self._lease, theirs = socket.socketpair()
        with theirs:
            start_guard("own", theirs, self.directory, self.binary, options)

    def _ask(self, request: str) -> str:
        """Send the guard a request."""
        answer = ask(self._lease, request) if self._lease else ""
        if not answer:
            raise RuntimeError("This server is closed: make another OwnServer.")
        return answer
