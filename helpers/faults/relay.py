"""A relay between clients and a server, whose links may look at what they pass on, or keep it."""

import contextlib
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from helpers.connection import addresses
from helpers.servers import shared
from helpers.servers.guard import paths


class Relay:
    """Passes everything on, both ways, between a Unix socket of this user and a server.

    `url` is the server's, as for connect(). Raises ValueError for TLS, into which nobody can look.
    """

    def __init__(self, url: str | None = None):
        address = addresses.choose(url)
        self._upstream = urlsplit(address.url if address else "unix://" + quote(shared.embedded()))
        if self._upstream.scheme == "rediss":
            raise ValueError(
                f"{type(self).__name__} can't look into TLS: give it a redis:// or unix:// address."
            )
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = False
        self._ending = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self._listener = self.listen()
        self._start(self._accept)
        return self

    def __exit__(self, *_) -> None:
        self._closing = True
        with socket.socket(self._listener.family) as knock, contextlib.suppress(OSError):
            # Closing a listener wakes no thread that waits for it
            knock.connect(self._listener.getsockname())
        self._threads[0].join()
        self.hang_up()
        # One of them may be running this, if it dropped the last reference to the relay
        for thread in {*self._threads} - {threading.current_thread()}:
            thread.join()
        for each in (self._listener, *self._open):
            each.close()
        self._ending.close()

    @property
    def url(self) -> str:
        """Where to connect; user, password and database are those of the server's URL."""
        user, separator, _ = self._upstream.netloc.rpartition("@")
        database = parse_qs(self._upstream.query).get("db", [""])[0]
        if not database and self._upstream.scheme == "redis":
            database = self._upstream.path.strip("/")
        return f"unix://{user}{separator}{quote(self._path)}?db={database or 0}"

    def _start(self, run, *arguments) -> threading.Thread:
        thread = threading.Thread(target=run, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def hang_up(self) -> None:
        """End all connections."""
        for each in list(self._open):
            cut(each)

    def listen(self) -> socket.socket:
        """Return what clients connect to: a Unix socket in a directory of its own."""
        directory = Path(
            tempfile.mkdtemp(prefix="redis-streams-proxy-", dir=paths.short_directory())
        )
        self._ending.callback(shutil.rmtree, directory, ignore_errors=True)
        self._path = str(directory / "proxy.sock")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self._path)
        listener.listen()
        return listener

    def _accept(self) -> None:
        """Serve one connection after another; one whose server is away is cut at once."""
        while True:
            client, _ = self._listener.accept()
            if self._closing:
                return client.close()
            try:
                upstream = self.dial()
            except OSError:
                client.close()
                continue
            self._open |= {client, upstream}
            link = self.link(client, upstream)
            self._start(self._serve, link, self._start(link.pass_requests))

    def _serve(self, link: "Link", requests: threading.Thread) -> None:
        """Pass on replies until the connection ends; then release all that it took."""
        link.pass_replies()
        requests.join()
        for each in (link.client, link.upstream):
            each.close()
            self._open.discard(each)
        self._threads.remove(requests)
        self._threads.remove(threading.current_thread())

    def dial(self) -> socket.socket:
        """Return a connection to the server; raises OSError if it's away."""
        if self._upstream.scheme == "redis":
            host, port = self._upstream.hostname or "localhost", self._upstream.port or 6379
            return socket.create_connection((host, port))
        upstream = socket.socket(socket.AF_UNIX)
        upstream.connect(unquote(self._upstream.path))
        return upstream

    def link(self, client: socket.socket, upstream: socket.socket) -> "Link":
        """Return a Link that passes on the data of one connection."""
        return Link(client, upstream)


class Link:
    """One client's connection and ours to the server; subclasses look at what passes."""

    def __init__(self, client: socket.socket, upstream: socket.socket):
        self.client, self.upstream = client, upstream

    def asked(self, data: bytes) -> None:
        """Look at what the client sends, before the server can answer it."""

    def answered(self, data: bytes) -> bool:
        """Look at what the server answers; False ends the connection instead."""
        return True

    def pass_requests(self) -> None:
        """Pass on what the client sends, until it has no more."""
        with contextlib.suppress(OSError):
            while data := self.client.recv(65536):
                self.asked(data)
                self.upstream.sendall(data)
        cut(self.upstream, socket.SHUT_WR)

    def pass_replies(self) -> None:
        """Pass on what the server answers."""
        with contextlib.suppress(OSError):
            while (data := self.upstream.recv(65536)) and self.answered(data):
                self.client.sendall(data)
        cut(self.client)


def cut(connection: socket.socket, how: int = socket.SHUT_RDWR) -> None:
    """End a connection, and wake whatever waits at either end of it."""
    with contextlib.suppress(OSError):
        connection.shutdown(how)
