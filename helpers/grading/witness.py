"""What a hand-in sent, as its server saw it: nothing that its kernel claims or can patch."""

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
from helpers.faults.relay import Link, Relay

HOUSEKEEPING = {"AUTH", "CLIENT", "HELLO", "INFO", "PING", "SELECT", "UNWATCH"}
"""What clients send by themselves, or connect() to find out about the server."""

SEVERAL_REPLIES = {b"SUBSCRIBE", b"PSUBSCRIBE", b"SSUBSCRIBE", b"MONITOR"}
"""Commands after which replies can no longer be matched."""

SCANNED_STAGE = re.compile(r"(\d\d:\w+)\*")
"""The pattern of SCAN with which clean_slate begins to set a stage."""


class Witness(Relay):
    """Passes on what a hand-in's clients send to `url`, and keeps a book as a kernel does.

    It sees threads, pictures and checks as well, so there may be more in it than the learner's own
    commands, and never less.
    """

    def __init__(self, url: str):
        super().__init__(url)
        self.book = Book()
        self.book.begin("", True)
        self.lock = threading.Lock()
        self.clearing = ""

    def link(self, client: socket.socket, upstream: socket.socket) -> Link:
        """Return a link that notes what passes."""
        return _Noting(self, client, upstream)

    def note(self, args: tuple, answer: Any, error: Exception | None, seconds: float) -> None:
        """Add a command with its answer; clean_slate's own begin an attempt instead."""
        command = sent(args, answer, error, seconds)
        with self.lock:
            if not self._clears(command) and command.words[0] not in HOUSEKEEPING:
                self.book.note(command)

    def _clears(self, command: Sent) -> bool:
        """Tell whether clean_slate sent this: SCAN, then DEL if there is anything."""
        scans = command.words[0] == "SCAN" and len(command.words) > 3
        if scans and (found := SCANNED_STAGE.fullmatch(command.words[3])):
            stage = found[1]
            if stage != self.clearing:
                self.book.begin(stage, True)
            self.clearing = stage
            return True
        stage, self.clearing = self.clearing, ""
        return bool(stage) and command.words[0] == "DEL" and command.key.startswith(stage)

    def begin_cell(self, source: str, checks: bool, ours: bool = False) -> None:
        """Note that a cell begins; a check, or the lesson's own cell, ends the attempt."""
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
        """Return what was seen for one exercise; without a stage, all that its keys were sent."""
        with self.lock:
            if stage in self.book.attempts:
                return self.book.evidence(stage, skip, names)
            alone = self.book.evidence(stage, skip, names)
            all_sent = (c for each in self.book.attempts.values() for c in each.commands)
            own = tuple(c for c in all_sent if any(key.startswith(stage) for key in c.keys))
            return replace(alone, sent=own, watched=True)


class _Noting(Link):
    """A connection whose commands are matched with their answers, as far as they can be read."""

    def __init__(self, witness: Witness, client: socket.socket, upstream: socket.socket):
        super().__init__(client, upstream)
        self.witness = witness
        self.commands, self.replies = hiredis.Reader(), hiredis.Reader()
        self.waiting: deque[tuple[tuple, float]] = deque()
        self.queued: list[tuple] = []
        self.reads = True

    def asked(self, data: bytes) -> None:
        """Read the commands in what the client sends."""
        for command in self._read(self.commands, data):
            named = isinstance(command, list) and command and isinstance(command[0], bytes)
            if not named or command[0].upper() in SEVERAL_REPLIES:
                self.reads = False
                return
            self.waiting.append((tuple(command), time.monotonic()))

    def answered(self, data: bytes) -> bool:
        """Match the replies with the commands."""
        for reply in self._read(self.replies, data):
            if isinstance(reply, hiredis.PushNotification):
                continue
            if not self.waiting:
                self.reads = False
                break
            command, began = self.waiting.popleft()
            self._settle(command, reply, time.monotonic() - began)
        return True

    def _settle(self, command: tuple, reply: Any, seconds: float) -> None:
        """Note a command with its reply; one in a transaction once EXEC brings it."""
        name = command[0].upper()
        if name == b"EXEC":
            replies = reply if isinstance(reply, list) else [reply] * len(self.queued)
            for queued, own in zip(self.queued, replies, strict=False):
                self._note(queued, own, seconds)
            self.queued = []
        elif name == b"DISCARD":
            self.queued = []
        elif reply == b"QUEUED" and name != b"ECHO":
            self.queued.append(command)
        elif name != b"MULTI":
            self._note(command, reply, seconds)

    def _note(self, command: tuple, reply: Any, seconds: float) -> None:
        if isinstance(reply, hiredis.ReplyError):
            self.witness.note(command, None, reply, seconds)
        else:
            self.witness.note(command, reply, None, seconds)

    def _read(self, reader: hiredis.Reader, data: bytes) -> list:
        """Return what is complete now; nothing any more once the link can't be read."""
        found = []
        try:
            if self.reads:
                reader.feed(data)
            while self.reads and (item := reader.gets()) is not False:
                found.append(item)
        except hiredis.HiredisError:
            self.reads = False
        return found
