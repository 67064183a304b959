"""The commands of a hand-in, as its server saw them: nothing that its kernel claims or can
patch."""

import contextlib
import os
import re
import socket
import threading
import time
from collections import deque
from dataclasses import replace
from typing import Any

import hiredis

from helpers.connection.book import Book, Evidence
from helpers.connection.cells import FINE
from helpers.connection.sent import Sent, sent
from helpers.faults.relay import Link, Relay, cut

HOUSEKEEPING = {"AUTH", "CLIENT", "HELLO", "INFO", "PING", "SELECT", "UNWATCH"}
"""The commands that clients send by themselves, or that connect() sends to learn about the
server."""

CHECKING = {"GET", "HGET", "HGETALL", "LRANGE", "PTTL", "SMEMBERS", "XRANGE", "XREVRANGE", "ZRANGE"}
"""The commands with which checks read data, besides those that only look around."""

LISTENING = {b"SUBSCRIBE", b"PSUBSCRIBE", b"SSUBSCRIBE", b"MONITOR"}
"""Commands after which replies can no longer be matched."""

STILL_LISTENING = LISTENING | {b"UNSUBSCRIBE", b"PUNSUBSCRIBE", b"SUNSUBSCRIBE", b"PING", b"QUIT"}
"""The only commands that a connection may send from then on."""

MOST_BYTES, MOST_CONNECTIONS = 64 << 20, 200
"""The limit of one command or reply, and of a read: the grader's own memory is at stake."""

SCANNED_STAGE = re.compile(r"(\d\d:\w+)\*")
"""The SCAN pattern with which clean_slate begins to set a stage."""


class Witness(Relay):
    """Relays the commands of a hand-in's clients to `url`, and keeps a log as a kernel does.

    The log includes threads and pictures, so it may have more than the learner's own commands. Of
    the commands in a cell with a check, it has those that may change something.
    """

    def __init__(self, url: str):
        super().__init__(url)
        self.book = Book()
        self.book.begin("", True)
        self.lock, self.clearing = threading.Lock(), ""

    def listen(self) -> socket.socket:
        """Return a socket that a sandbox's user can connect to; its folder is ours alone."""
        listener = super().listen()
        os.chmod(listener.getsockname(), 0o666)
        return listener

    def dial(self) -> socket.socket:
        """Return a connection to the server; raises OSError if there are too many already."""
        if len(self._open) >= 2 * MOST_CONNECTIONS:
            raise ConnectionRefusedError(f"more than {MOST_CONNECTIONS} connections")
        return super().dial()

    def link(self, client: socket.socket, upstream: socket.socket) -> Link:
        """Return a link that notes its traffic."""
        return _Noting(self, client, upstream)

    def note(self, command: Sent) -> None:
        """Add a command with its answer; those of clean_slate begin an attempt instead."""
        with self.lock:
            known = command.words[0] in HOUSEKEEPING or self._checks(command)
            if not self._clears(command) and not known:
                self.book.note(command)

    def _checks(self, command: Sent) -> bool:
        """Tell whether this may be a check's look at the server; a learner's own in the same cell
        can't be told from it."""
        reads = command.looks or command.words[0] in CHECKING
        return reads and self.book.cell is not None and self.book.cell.checks

    def _clears(self, command: Sent) -> bool:
        """Tell whether clean_slate sent this: SCAN, then DEL if there is anything."""
        scans = command.words[0] == "SCAN" and len(command.words) > 3
        if scans and (found := SCANNED_STAGE.fullmatch(command.words[3])):
            stage = found[1]
            # A check may look for the stage's keys in the same way, and must not begin it again
            looks = self._checks(command) and stage in self.book.attempts
            if stage != self.clearing and not looks:
                self.book.begin(stage, True)
            self.clearing = stage
            return True
        stage, self.clearing = self.clearing, ""
        return bool(stage) and command.words[0] == "DEL" and command.key.startswith(stage)

    def begin_cell(self, source: str, checks: bool, ours: bool = False) -> None:
        """Note that a cell begins; a check cell, or a cell of the lesson, ends the attempt."""
        with self.lock:
            self.clearing = ""
            if checks or ours:
                self.book.close()
            self.book.begin_cell(source)
            self.book.cell.checks = checks

    def end_cell(self, source: str, ended: str = FINE, error: str = "") -> None:
        """Note how the cell ended."""
        with self.lock:
            self.book.end_cell(source, ended, error)

    def evidence(self, stage: str, skip: int, names: tuple[str, ...]) -> Evidence:
        """Return the evidence for one exercise; without a stage, every command on its keys."""
        with self.lock:
            if stage in self.book.attempts:
                return self.book.evidence(stage, skip, names)
            alone = self.book.evidence(stage, skip, names)
            all_sent = (c for each in self.book.attempts.values() for c in each.commands)
            own = tuple(c for c in all_sent if any(key.startswith(stage) for key in c.keys))
            return replace(alone, sent=own, watched=True)


class _Noting(Link):
    """A connection that matches commands with their replies.

    Unreadable commands are never passed on, so nothing is done that isn't in the log.
    """

    def __init__(self, witness: Witness, client: socket.socket, upstream: socket.socket):
        super().__init__(client, upstream)
        self.witness = witness
        self.commands, self.replies = _Reader(), _Reader()
        self.waiting: deque[tuple[tuple, float]] = deque()
        self.queued: list[tuple] = []
        self.listens = self.in_transaction = False

    def pass_requests(self) -> None:
        """Pass on the client's commands, rewritten from what was parsed."""
        with contextlib.suppress(OSError, hiredis.HiredisError, ValueError):
            while data := self.client.recv(65536):
                commands = self.commands.read(data)
                for command in commands:
                    self._expect(command)
                self.upstream.sendall(b"".join(map(_as_sent, commands)))
        cut(self.upstream, socket.SHUT_WR)

    def answered(self, data: bytes) -> bool:
        """Match the replies with the commands."""
        try:
            if self.listens and not self.waiting:
                return True
            for reply in self.replies.read(data):
                if self.waiting and not isinstance(reply, hiredis.PushNotification):
                    command, began = self.waiting.popleft()
                    self._settle(command, reply, time.monotonic() - began)
        except (hiredis.HiredisError, ValueError):
            return False
        return True

    def pass_replies(self) -> None:
        """Pass on the server's replies; at the end, note the commands that got none."""
        super().pass_replies()
        cut(self.upstream)
        for command, began in [*self.waiting]:
            self._settle(command, None, time.monotonic() - began)

    def _expect(self, command: Any) -> None:
        """Expect a command's reply; raises ValueError for a command that mustn't be passed on."""
        if not (isinstance(command, list) and command and _are_bytes(command)):
            raise ValueError("no command")
        name = command[0].upper()
        self.listens |= name in LISTENING
        hides = name == b"CLIENT" and command[1:2] and command[1].upper() == b"REPLY"
        if hides or self.listens and name not in STILL_LISTENING:
            raise ValueError("its answer couldn't be matched")
        if not self.listens:
            self.waiting.append((tuple(command), time.monotonic()))

    def _settle(self, command: tuple, reply: Any, seconds: float) -> None:
        """Note a command with its reply, which a transaction brings only with EXEC."""
        name = command[0].upper()
        if name in (b"EXEC", b"DISCARD", b"RESET"):
            replies = reply if isinstance(reply, list) else [reply] * len(self.queued)
            for queued, own in zip(self.queued, replies, strict=False):
                if name == b"EXEC":
                    self._note(queued, own, seconds, together=len(self.queued) > 1)
            self.queued, self.in_transaction = [], False
        elif self.in_transaction and reply == b"QUEUED":
            self.queued.append(command)
        elif name == b"MULTI":
            self.in_transaction |= reply == b"OK"
        else:
            self._note(command, reply, seconds)

    def _note(self, command: tuple, reply: Any, seconds: float, together: bool = False) -> None:
        error = reply if isinstance(reply, hiredis.ReplyError) else None
        self.witness.note(sent(command, None if error else reply, error, seconds, together))


class _Reader:
    """Reads commands or replies of bounded size."""

    def __init__(self):
        self._reader, self._fed = hiredis.Reader(), 0

    def read(self, data: bytes) -> list:
        """Return the complete items so far; raises HiredisError, or ValueError if one is too
        long."""
        self._reader.feed(data)
        self._fed += len(data)
        found = []
        while (item := self._reader.gets()) is not False:
            found.append(item)
        self._fed = 0 if found else self._fed
        if self._fed > MOST_BYTES:
            raise ValueError("too long")
        return found


def _are_bytes(words: list) -> bool:
    return all(isinstance(word, bytes) for word in words)


def _as_sent(command: list[bytes]) -> bytes:
    parts = [b"$%d\r\n%b\r\n" % (len(word), word) for word in command]
    return b"*%d\r\n%b" % (len(command), b"".join(parts))
