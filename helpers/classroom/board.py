"""Look at a class again and again: in a browser, or in the terminal."""

import secrets
import shutil
import sys
import time
from collections.abc import Sequence
from typing import Protocol

from redis import RedisError

from helpers.classroom import pull, terminal
from helpers.classroom.pictures import pictures
from helpers.classroom.rows import Row, by_need, row
from helpers.views import Picture

CLEAR = "\x1b[H\x1b[2J"
"""Moves a terminal's cursor home, and clears the screen."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class Learner(Protocol):
    """What the board needs of a roster's line."""

    name: str
    user: str
    database: int


class ClassBoard:
    """Reads the standings of the learners in a roster, with the teacher's own connection."""

    def __init__(self, url: str, learners: Sequence[Learner]):
        self.url, self.learners = url, learners
        self.teacher = pull.client(url, 0)

    def look(self) -> list[Row]:
        """Return everybody's row, first who needs help."""
        now_ms, found = pull.standings(self.teacher, [each.database for each in self.learners])
        return by_need(
            row(each.name, each.user, standing, now_ms)
            for each, standing in zip(self.learners, found, strict=True)
        )

    def draw(self, user: str) -> list[Picture | str] | None:
        """Return a learner's pictures; None if there's no such learner."""
        learner = next((each for each in self.learners if each.user == user), None)
        if learner is None:
            return None
        _, [standing] = pull.standings(self.teacher, [learner.database])
        with pull.client(self.url, learner.database) as r:
            return pictures(r, standing)

    def close(self) -> None:
        """Close the connection."""
        self.teacher.close()


def show(board: ClassBoard, every: float, looks: int | None) -> int:
    """Show the board in the terminal until Ctrl-C, or `looks` times; 1 if the server fails."""
    left = looks
    try:
        while True:
            on_screen = sys.stdout.isatty()
            most = shutil.get_terminal_size().lines - 8 if on_screen else len(board.learners)
            said = terminal.text(board.look(), max(1, most))
            print((CLEAR if on_screen else "") + said, flush=True)
            left = left and left - 1
            if left == 0:
                return 0
            time.sleep(every)
    except (RedisError, OSError) as error:
        print(f"The class server doesn't answer: {error}", file=sys.stderr)
        return 1


def serve(board: ClassBoard, host: str, port: int) -> int:
    """Serve the page until Ctrl-C; print its address, token included. 1 if the port is taken."""
    # Here, because the terminal needs none of it
    import asyncio

    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets

    from helpers.classroom.page import application

    async def run() -> None:
        token = secrets.token_urlsafe(24)
        server = HTTPServer(application(token, board.look, board.draw))
        sockets = bind_sockets(port, host)
        server.add_sockets(sockets)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{sockets[0].getsockname()[1]}/?token={token}"
        print(
            f"The board: {address}\nWhoever has this address sees it. Ctrl-C ends it.", flush=True
        )
        if host not in LOOPBACK:
            print(
                "Other machines can open it, and the way there isn't encrypted: put it behind TLS, "
                "or use a network that you trust.",
                flush=True,
            )
        await asyncio.Event().wait()

    try:
        asyncio.run(run())
    except OSError as error:
        print(f"The board can't listen on {host}, port {port}: {error.strerror}.", file=sys.stderr)
        return 1
    return 0
