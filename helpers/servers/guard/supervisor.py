"""Keeping a server while there are leases, or processes that leases named."""

import contextlib
import fcntl
import os
import selectors
import shutil
import signal
import socket

from helpers.servers.guard.process_exits import ProcessExits
from helpers.servers.guard.server_process import ServerProcess

LINGER = 0.1
"""Seconds that a shared server waits for its next lease, and between two looks for one."""
START_POLL = 0.005
"""Seconds between two looks at a server that is starting."""
POLL = 0.5
"""Seconds between two looks at processes whose end wakes nobody."""


class Supervisor:
    """The guard's only thread: Linux would end the server with the thread that started it."""

    def __init__(self, mode: str, fd: str, directory: str, binary: str, *settings: str):
        self.shared, self.directory = mode == "shared", directory
        # Our directory, whatever its path comes to mean.
        self.opened = os.open(directory, os.O_RDONLY)
        self.lock = os.open("lock", os.O_RDWR | os.O_CREAT, 0o600, dir_fd=self.opened)
        self.selector = selectors.DefaultSelector()
        self.endings = ProcessExits(self.selector)
        self.server = ServerProcess(
            directory, binary, list(settings), revive=self.shared, watch=self.endings.watch
        )
        self.leases: set[socket.socket] = set()
        self.waiting: set[socket.socket] = set()
        self.first = socket.socket(fileno=int(fd))
        if self.shared:
            self.selector.register(self.first, selectors.EVENT_READ, self.accept)
        else:
            self.welcome(self.first)

    def run(self) -> None:
        """Serve leases until the last one, and each process that they named, is gone."""
        while True:
            events = self.selector.select(self.patience())
            for key, _ in events:
                key.data()
            if news := self.server.look():
                for lease in self.waiting:
                    self.answer(lease, news)
                self.waiting.clear()
            if not events and not self.needed() and self.alone():
                return

    def needed(self) -> bool:
        """Tell whether somebody holds a lease, or a process that a lease named is alive."""
        return bool(self.leases or self.endings.running.keys() - {self.server.pid})

    def patience(self) -> float | None:
        """Return how many seconds to wait for something to happen, None for as long as it takes."""
        polling = self.endings.look()
        if self.server.state == "starting":
            return START_POLL
        if not self.needed():
            return LINGER if self.shared else 0
        return POLL if polling else None

    def alone(self) -> bool:
        """Tell whether nobody is about to take a lease: then the newcomers' lock is ours for
        good."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def accept(self) -> None:
        """Accept a new lease, unless its holder has gone away meanwhile."""
        with contextlib.suppress(OSError):
            self.welcome(self.first.accept()[0])

    def welcome(self, lease: socket.socket) -> None:
        """Add a new lease."""
        self.leases.add(lease)
        self.selector.register(lease, selectors.EVENT_READ, lambda: self.hear(lease))

    def hear(self, lease: socket.socket) -> None:
        """Do what a lease asks, or forget it when its holder is gone.

        Requests are short and each waits for its answer, so what arrives at once is one whole
        request.
        """
        try:
            verb, *numbers = lease.recv(100).decode().split() or [""]
        except OSError:
            verb = ""
        if verb == "start":
            for pid in map(int, numbers):
                self.endings.watch(pid)
            self.server.want()
            self.waiting.add(lease)
        elif verb == "signal":
            self.server.signal(int(numbers[0]))
            self.answer(lease, "done")
        else:
            self.forget(lease)

    def answer(self, lease: socket.socket, line: str) -> None:
        """Answer a request; if its holder is gone, the next turn notices."""
        with contextlib.suppress(OSError):
            lease.sendall(line.encode("utf-8", "replace") + b"\n")

    def forget(self, lease: socket.socket) -> None:
        """Drop a lease; an owner's stays open, because its closing says that everything is gone."""
        self.selector.unregister(lease)
        self.leases.discard(lease)
        self.waiting.discard(lease)
        if self.shared:
            lease.close()

    def close(self) -> None:
        """End the server and remove the directory, unless its path means another one by now."""
        self.server.signal(signal.SIGKILL)
        if self.shared:
            for connection in (self.first, *self.leases):
                connection.close()  # Whoever waits for an answer notices, and lets go of the lock.
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.stat(self.directory), os.fstat(self.opened)):
                shutil.rmtree(self.directory, ignore_errors=True)
