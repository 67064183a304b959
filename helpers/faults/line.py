"""The line between a master and its replica: held, slow or cut, like a network on a bad day."""

import socket
import threading

from helpers.arguments import check_seconds
from helpers.faults.relay import Link, Relay
from helpers.servers.ports import HOST


class Line(Relay):
    """A line that a replica connects to instead of its master, at `port` of this machine.

        with Line(master.url) as line:
            replica.replicaof("127.0.0.1", line.port)

    Only the master's messages are held or late: the replica's, such as how far it is, always get
    through.
    """

    def __init__(self, url: str):
        super().__init__(url)
        self.delay = 0.0
        self._free, self._is_cut = threading.Event(), threading.Event()
        self._free.set()

    def __exit__(self, *_) -> None:
        self.cut()
        super().__exit__()

    @property
    def port(self) -> int:
        """Where the replica connects."""
        return self._listener.getsockname()[1]

    def hold(self) -> None:
        """Let nothing through, but lose nothing; the connection stays open."""
        self._free.clear()

    def release(self) -> None:
        """Pass on everything that was held, and everything after it."""
        self._free.set()

    def slow(self, seconds: float) -> None:
        """Delay everything that follows by this much."""
        check_seconds(seconds=seconds)
        self.delay = seconds

    def cut(self) -> None:
        """Lose everything on the line, and refuse further connections."""
        self._is_cut.set()
        self._free.set()
        self.hang_up()

    def listen(self) -> socket.socket:
        """Listen on a port, because a replica knows no Unix sockets."""
        return socket.create_server((HOST, 0))

    def dial(self) -> socket.socket:
        """Return a connection to the master, unless the line is cut."""
        if self._is_cut.is_set():
            raise ConnectionRefusedError("The line is cut.")
        return super().dial()

    def link(self, client: socket.socket, upstream: socket.socket) -> Link:
        """Return a link on which the master's messages may have to wait."""
        return _Held(self, client, upstream)

    def passes(self) -> bool:
        """Wait while the line is slow or held; tell whether the data may pass, or the line was
        cut."""
        self._is_cut.wait(self.delay)
        self._free.wait()
        return not self._is_cut.is_set()


class _Held(Link):
    """The connection of one replica."""

    def __init__(self, line: Line, client: socket.socket, upstream: socket.socket):
        super().__init__(client, upstream)
        self.line = line

    def answered(self, data: bytes) -> bool:
        """Pass on what the master sends when the line lets it through."""
        return self.line.passes()
