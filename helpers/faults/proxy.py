"""A proxy that loses replies: the server did what it was asked, and the client can't know."""

import contextlib
import socket
import threading

import hiredis

from helpers.arguments import check_text, check_whole
from helpers.faults.relay import Link, Relay, cut


class DroppingProxy(Relay):
    """Passes everything on, except the first `drop` replies to `command`.

        with DroppingProxy(command="XADD", drop=1) as proxy:
            unlucky = connect(proxy.url)

    `url` is the server's, as for connect(). The proxy is a Unix socket that only this user can
    open. The commands of a script are one EVALSHA. `sent` counts how often `command` came through,
    `dropped` the lost replies.
    """

    def __init__(self, url: str | None = None, *, command: str, drop: int = 1):
        check_text(command=command)
        check_whole(0, drop=drop)
        super().__init__(url)
        self.command, self.drop = command.upper(), drop
        self.sent = self.dropped = 0
        self._mutex = threading.Lock()

    def link(self, client: socket.socket, upstream: socket.socket) -> Link:
        """Return a link that may lose replies."""
        return _Losing(self, client, upstream)

    def loses_reply(self, names: list[str]) -> bool:
        """Count the command; tell whether the reply that comes next is to be lost."""
        with self._mutex:
            self.sent += names.count(self.command)
            loses = self.command in names and self.drop > 0
            self.drop -= loses
            return loses


class _Losing(Link):
    """A connection whose reply may be lost."""

    def __init__(self, proxy: DroppingProxy, client: socket.socket, upstream: socket.socket):
        super().__init__(client, upstream)
        self.proxy, self.loses, self.reader = proxy, False, hiredis.Reader()

    def asked(self, data: bytes) -> None:
        """Note whether the reply to come will be lost."""
        self.reader.feed(data)
        self.loses = self.loses or self.proxy.loses_reply(complete_commands(self.reader))

    def answered(self, data: bytes) -> bool:
        """Pass replies on until one is to be lost; the server finishes what it was sent."""
        if not self.loses:
            return True
        cut(self.upstream, socket.SHUT_WR)
        with contextlib.suppress(OSError):
            while self.upstream.recv(65536):
                pass
        self.proxy.dropped += 1
        return False


def complete_commands(reader: hiredis.Reader) -> list[str]:
    """Return the names of the commands that have come whole, in capitals. A client sends a command
    as the server sends a list of texts."""
    return [words[0].decode("ascii", "replace").upper() for words in iter(reader.gets, False)]
