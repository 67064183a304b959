"""The commands of lessons: recorded from a real run with their replies, and replayed for many
learners."""

import asyncio
import socket
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from urllib.parse import unquote, urlsplit

import hiredis

from helpers.classroom.roster import Learner
from helpers.connection.packer import Packer
from tests.notebook_runs import run

Event = tuple[int, str, object]
"""A connection's number, "sent", "got" or "closed", and the command or the reply."""

OPENING = (b"HELLO", b"AUTH", b"SELECT")
"""Commands that a replay sends itself, with its own learner's user and database."""

UNCOMPARED = (b"CLIENT", b"TIME")
"""Commands whose replies differ from moment to moment."""

MOMENTS = {b"idle", b"inactive", b"seen-time", b"active-time"}
"""Fields of replies that differ from moment to moment."""


class Recorder:
    """A proxy in front of a server: `events` has the traffic, in order."""

    def __init__(self, server: Path, path: Path):
        self.server, self.events, self.path = server, [], path
        self._mutex, self._opened = threading.Lock(), 0
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        self._listener.listen(128)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            upstream = socket.socket(socket.AF_UNIX)
            upstream.connect(str(self.server))
            number = self._opened = self._opened + 1
            for source, target, word in ((client, upstream, "sent"), (upstream, client, "got")):
                threading.Thread(
                    target=self._pass, args=(number, source, target, word), daemon=True
                ).start()

    def _pass(self, number: int, source: socket.socket, target: socket.socket, word: str) -> None:
        reader = hiredis.Reader()
        while data := source.recv(1 << 16):
            reader.feed(data)
            with self._mutex:
                while (found := reader.gets()) is not False:
                    self.events.append((number, word, found))
                if word == "sent":  # The server gets the commands in the order of the events
                    target.sendall(data)
            if word == "got":  # Not while holding the mutex: the client may be sending, too
                target.sendall(data)
        if word == "sent":
            with self._mutex:
                self.events.append((number, "closed", None))
        target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Accept no more connections."""
        self._listener.close()


def record(files: Iterable[Path], server: Path, learner: Learner, path: Path) -> list[Event]:
    """Run notebooks as a learner through a recorder at a path, and return the recorded traffic."""
    recorder = Recorder(server, path)
    who = f"{learner.user}:{learner.password}"
    try:
        result = run(files, REDIS_URL=f"unix://{who}@{path}?db={learner.database}")
        assert result.status == 0, result.text
    finally:
        recorder.close()
    skipped: dict[int, int] = {}
    events = []
    for number, word, what in recorder.events:
        if word == "sent" and what[0].upper() in OPENING:
            skipped[number] = skipped.get(number, 0) + 1
        elif word == "got" and skipped.get(number):
            skipped[number] -= 1
        else:
            events.append((number, word, what))
    return list(_patient(events))


def _patient(events: list[Event]) -> Iterator[Event]:
    """Let each read that got entries wait as long as a busy machine needs."""
    replies: dict[int, list] = {}
    for number, word, what in events:
        if word == "got":
            replies.setdefault(number, []).append(what)
    for number, word, what in events:
        if word == "sent" and replies.get(number):
            reply = replies[number].pop(0)
            if b"BLOCK" in what and reply is not None:
                at = what.index(b"BLOCK") + 1
                what = [*what[:at], b"60000", *what[at + 1 :]]
        yield number, word, what


@dataclass
class Outcome:
    """The outcome of a learner's replay: wrong replies, number of commands, and the seconds of each
    command that doesn't block."""

    wrong: list[str]
    commands: int
    seconds: list[float]


class Replay:
    """One learner who repeats everything that was recorded, in order, over their own connections.

    The server's IDs differ from the recorded ones, so they are translated as they arrive.
    """

    def __init__(self, url: str, events: list[Event]):
        self.parts, self.events = urlsplit(url), events
        self.known: dict[bytes, bytes] = {}
        self.outcome = Outcome([], 0, [])
        self.lines: dict[int, tuple] = {}
        self.asked: dict[int, list] = {}

    async def run(self) -> Outcome:
        """Replay everything."""
        for number, word, what in self.events:
            if word == "sent":
                await self._send(number, what)
            elif word == "got":
                await self._get(number, what)
            elif number in self.lines:
                self.lines[number][1].close()
        return self.outcome

    async def _send(self, number: int, words: list) -> None:
        if number not in self.lines:
            await self._open(number)
        words = [self._translated(word) for word in words]
        self.asked[number].append((words, perf_counter()))
        self.outcome.commands += 1
        self.lines[number][1].write(b"".join(Packer().pack(*words)))

    def _translated(self, word: bytes) -> bytes:
        """Return a word with this learner's own ID in it, such as "(1700000000000-0"."""
        bare = word.removeprefix(b"(")
        return word[: len(word) - len(bare)] + self.known.get(bare, bare)

    async def _open(self, number: int) -> None:
        reader, writer = await asyncio.open_connection(self.parts.hostname, self.parts.port)
        self.lines[number] = reader, writer, hiredis.Reader()
        self.asked[number] = []
        user, password = unquote(self.parts.username), self.parts.password
        for words in (
            ("HELLO", "3", "AUTH", user, password),
            ("SELECT", self.parts.path.strip("/")),
        ):
            writer.write(b"".join(Packer().pack(*words)))
            await self._reply(number)

    async def _reply(self, number: int) -> object:
        reader, _, parser = self.lines[number]
        while (found := parser.gets()) is False:
            data = await reader.read(1 << 16)
            if not data:
                return hiredis.ReplyError("the server hung up")
            parser.feed(data)
        return found

    async def _get(self, number: int, recorded: object) -> None:
        words, began = self.asked[number].pop(0)
        now = await self._reply(number)
        if b"BLOCK" not in words:
            self.outcome.seconds.append(perf_counter() - began)
        if words[0].upper() == b"SCAN":  # The server returns keys in any order
            recorded, now = sorted(recorded[1]), sorted(now[1])
        if words[0].upper() not in UNCOMPARED and not self._alike(recorded, now):
            self.outcome.wrong.append(f"{words[:6]}: {recorded!r:.300} → {now!r:.300}")

    def _alike(self, recorded: object, now: object) -> bool:
        """Compare two replies, and learn which IDs correspond."""
        if is_time(recorded) and is_time(now):
            return True
        if isinstance(recorded, (list, tuple)) and isinstance(now, (list, tuple)):
            pairs = list(zip(recorded, now, strict=False))
            if is_pending(recorded):
                del pairs[-2]  # The idle time, or the time of delivery
            alike = [self._alike(*pair) for pair in pairs]  # Compare all of them, to learn all IDs
            return len(recorded) == len(now) and all(alike)
        if isinstance(recorded, dict) and isinstance(now, dict):
            names = [name for name in recorded if name not in MOMENTS]
            alike = [self._alike(recorded[name], now.get(name)) for name in names]
            return list(recorded) == list(now) and all(alike)
        if isinstance(recorded, bytes) and is_id(recorded) and isinstance(now, bytes):
            return is_id(now) and self.known.setdefault(recorded, now) == now
        if isinstance(recorded, Exception):
            return isinstance(now, Exception) and str(recorded).split()[0] == str(now).split()[0]
        return type(recorded) is type(now) and recorded == now


def is_id(text: bytes) -> bool:
    """Tell whether it is an ID made by a server: milliseconds since 1970, and a number."""
    milliseconds, dash, sequence = text.partition(b"-")
    return len(milliseconds) == 13 and bool(dash) and milliseconds.isdigit() and sequence.isdigit()


def is_time(reply: object) -> bool:
    """Tell whether it is a reply to TIME: seconds since 1970, and microseconds."""
    return (
        isinstance(reply, list)
        and len(reply) == 2
        and all(isinstance(part, bytes) and part.isdigit() for part in reply)
        and len(reply[0]) == 10
    )


def is_pending(reply: list) -> bool:
    """Tell whether it is a line of a pending entries list."""
    return (
        len(reply) in (3, 4)
        and isinstance(reply[0], bytes)
        and is_id(reply[0])
        and all(isinstance(part, int) for part in reply[-2:])
    )


def replayed(urls: list[str], events: list[Event]) -> Iterator[Outcome]:
    """Let all learners replay at once."""

    async def all_at_once() -> list[Outcome]:
        return await asyncio.gather(*(Replay(url, events).run() for url in urls))

    yield from asyncio.run(all_at_once())
