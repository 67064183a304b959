"""A proxy that loses replies: the server does what it was asked, and the client never learns of
it."""

import contextlib
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from helpers.arguments import check_text, check_whole
from helpers.connection import addresses
from helpers.faults.resp import commands
from helpers.servers import shared
from helpers.servers.guard import paths


class DroppingProxy:
    """Passes everything on, except the replies to `command`: the first `drop` of them are lost,
    along with the connection.

        with DroppingProxy(command="XADD", drop=1) as proxy:
            unlucky = connect(proxy.url)

    `url` is the server's, as for connect(). The proxy is a Unix socket that only this user can
    open. The commands of a script are one EVALSHA. `sent` counts how often `command` came through,
    `dropped` the lost replies.
    """

    def __init__(self, url: str | None = None, *, command: str, drop: int = 1):
        check_text(command=command)
        check_whole(0, drop=drop)
        address = addresses.choose(url)
        self._upstream = urlsplit(address.url if address else "unix://" + quote(shared.embedded()))
        if self._upstream.scheme == "rediss":
            raise ValueError(
                "DroppingProxy can't look into TLS: give it a redis:// or unix:// address."
            )
        self.command, self.drop = command.upper(), drop
        self.sent = self.dropped = 0
        self._mutex = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = False

    def __enter__(self) -> "DroppingProxy":
        self._directory = Path(
            tempfile.mkdtemp(prefix="redis-streams-proxy-", dir=paths.short_directory())
        )
        self._path = str(self._directory / "proxy.sock")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self._path)
        self._listener.listen()
        self._start(self._accept)
        return self

    def __exit__(self, *_) -> None:
        self._closing = True
        with socket.socket(socket.AF_UNIX) as knock, contextlib.suppress(OSError):
            knock.connect(self._path)  # Closing a listener wakes nobody who waits for it
        self._threads[0].join()
        for each in list(self._open):
            cut(each)
        for thread in self._threads:
            thread.join()
        for each in (self._listener, *self._open):
            each.close()
        shutil.rmtree(self._directory, ignore_errors=True)

    @property
    def url(self) -> str:
        """Where to connect; user, password and database are those of the server's URL."""
        user, separator, _ = self._upstream.netloc.rpartition("@")
        named = parse_qs(self._upstream.query).get("db", [""])[0]
        database = named or (
            self._upstream.path.strip("/") if self._upstream.scheme == "redis" else ""
        )
        return f"unix://{user}{separator}{quote(self._path)}?db={database or 0}"

    def _start(self, run) -> None:
        self._threads.append(threading.Thread(target=run, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        """Serve one connection after another; one whose server is away is cut at once."""
        while True:
            client, _ = self._listener.accept()
            if self._closing:
                return client.close()
            try:
                upstream = self._dial()
            except OSError:
                client.close()
                continue
            self._open |= {client, upstream}
            link = _Link(self, client, upstream)
            self._start(link.pass_requests)
            self._start(link.pass_replies)

    def _dial(self) -> socket.socket:
        if self._upstream.scheme == "redis":
            return socket.create_connection(
                (self._upstream.hostname or "localhost", self._upstream.port or 6379)
            )
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(unquote(self._upstream.path))
        return upstream

    def _loses_reply(self, names: list[str]) -> bool:
        """Count the command; tell whether the reply that comes next is to be lost."""
        with self._mutex:
            self.sent += names.count(self.command)
            loses = self.command in names and self.drop > 0
            self.drop -= loses
            return loses


class _Link:
    """One client's connection and ours to the server."""

    def __init__(self, proxy: DroppingProxy, client: socket.socket, upstream: socket.socket):
        self.proxy, self.client, self.upstream = proxy, client, upstream
        self.loses = False

    def pass_requests(self) -> None:
        """Pass on what the client sends, until it has no more."""
        rest = b""
        with contextlib.suppress(OSError):
            while data := self.client.recv(65536):
                names, rest = commands(rest + data)
                # Noted before the server can answer
                self.loses = self.loses or self.proxy._loses_reply(names)
                self.upstream.sendall(data)
        cut(self.upstream, socket.SHUT_WR)

    def pass_replies(self) -> None:
        """Pass on what the server answers, until an answer is to be lost."""
        with contextlib.suppress(OSError):
            while data := self.upstream.recv(65536):
                if self.loses:
                    return self.lose()
                self.client.sendall(data)
        cut(self.client)

    def lose(self) -> None:
        """Let the server finish what it was sent (it answers with the end of the connection), then
        cut the client off."""
        cut(self.upstream, socket.SHUT_WR)
        with contextlib.suppress(OSError):
            while self.upstream.recv(65536):
                pass
        self.proxy.dropped += 1
        cut(self.client)


def cut(connection: socket.socket, how: int = socket.SHUT_RDWR) -> None:
    """End a connection for whoever waits at either end of it."""
    with contextlib.suppress(OSError):
        connection.shutdown(how)
