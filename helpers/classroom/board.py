"""Watch a class: in a browser, or in the terminal."""

import ipaddress
import secrets
import shutil
import sys
from collections.abc import Sequence

from redis import RedisError

from helpers.classroom import pull, terminal
from helpers.classroom.pictures import pictures
from helpers.classroom.roster import Learner
from helpers.classroom.rows import LearnerRow, by_need, row
from helpers.connection import connect
from helpers.connection.addresses import in_url
from helpers.screen import repeat
from helpers.views import Picture

OTHER_LINES = 8
"""Lines of a terminal that no learner takes: the notes for all, the table's head, the last line."""


class ClassBoard:
    """Reads the standings of the learners in a roster, over the teacher's own connections; `url` is
    the server's Unix socket, as `server.teacher_url` returns it."""

    def __init__(self, url: str, learners: Sequence[Learner]):
        self.url, self.learners = url, learners
        self.teacher = connect(url)

    def look(self) -> list[LearnerRow]:
        """Return everybody's row, those who need help first."""
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
        with connect(f"{self.url}?db={learner.database}") as r:
            return pictures(r, standing)

    def __enter__(self) -> "ClassBoard":
        return self

    def __exit__(self, *error: object) -> None:
        self.teacher.close()


def in_terminal(board: ClassBoard, every: float, looks: int | None) -> None:
    """Show the board until Ctrl-C, or `looks` times; raises RuntimeError with one sentence if the
    server fails."""

    def text() -> str:
        most = len(board.learners)
        if sys.stdout.isatty():
            most = max(1, shutil.get_terminal_size().lines - OTHER_LINES)
        try:
            return terminal.text(board.look(), most)
        except (RedisError, OSError) as error:
            raise RuntimeError(f"The class server doesn't answer: {error}") from None

    repeat(text, every, looks)


def in_browser(board: ClassBoard, host: str, port: int) -> None:
    """Serve the page until Ctrl-C, and print its address, token included; raises RuntimeError with
    one sentence if it can't."""
    # Imported here, because the terminal needs none of it
    import asyncio

    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets

    from helpers.classroom.page import application

    async def serve() -> None:
        token = secrets.token_urlsafe(24)
        sockets = bind_sockets(port, host)
        HTTPServer(application(token, board.look, board.draw)).add_sockets(sockets)
        print(f"The board: http://{in_url(host)}:{sockets[0].getsockname()[1]}/?token={token}")
        print("Anybody who has this address can get in. Ctrl-C ends the board.", flush=True)
        if not ipaddress.ip_address(host).is_loopback:
            print("Other machines can open it, and nothing is encrypted on the way:", flush=True)
            print("use it only on a network you trust, or put TLS in front of it.", flush=True)
        await asyncio.Event().wait()

    try:
        asyncio.run(serve())
    except OSError as error:
        raise RuntimeError(
            f"The board can't listen at {host}, port {port} ({error.strerror}): choose another "
            "port with --port."
        ) from None
