"""A class on a separate server, with a database and a user for each learner, for tests of the
teacher's view."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import redis

from helpers.classroom.board import ClassBoard
from helpers.classroom.roster import Learner
from helpers.servers.own import OwnServer

NAMES = ("Ann", "Bob", "Cleo", "<script>document.title='taken'</script>")


@dataclass(frozen=True)
class School:
    """The server's URL for the teacher, the learners, and the board that looks at them."""

    url: str
    learners: list[Learner]
    board: ClassBoard
    server: OwnServer

    def client(self, number: int) -> redis.Redis:
        """Return a client with full rights on a learner's own database."""
        return redis.Redis.from_url(self.learners[number].url, socket_timeout=60)

    def row(self, number: int):
        """Return a learner's current row on the board."""
        user = self.learners[number].user
        return next(row for row in self.board.look() if row.user == user)


@contextlib.contextmanager
def school(names: tuple[str, ...] = NAMES) -> Iterator[School]:
    """Start a server with a learner for each name, and a board; both end with the test."""
    with OwnServer(databases=len(names) + 1, save="") as own:
        learners = [
            Learner(
                name,
                f"user{n}",
                n,
                own.url.replace("unix://", f"unix://user{n}:secret@") + f"?db={n}",
            )
            for n, name in enumerate(names, 1)
        ]
        with redis.Redis.from_url(own.url) as teacher:
            for each in learners:
                words = ("on", ">secret", "~*", "&*", "+@all", "resetdbs", f"db={each.database}")
                teacher.execute_command("ACL", "SETUSER", each.user, "reset", *words)
        with ClassBoard(own.url, learners) as board:
            yield School(own.url, learners, board, own)
