"""A class for a test: in its own folder, and gone with the session, even after kill -9."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import redis

from helpers.classroom import roster, server
from helpers.classroom.folder import Folder
from helpers.classroom.roster import Learner
from helpers.connection import connect
from helpers.servers import ports


class Classroom:
    """A class in a folder, and the command for it."""

    def __init__(self, path: Path, port: int):
        self.folder, self.port = Folder(path / "class"), port
        self.names = path / "roster.csv"
        self.ending = contextlib.ExitStack()

    def run(self, verb: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run `python3 -m helpers class VERB` in a separate process."""
        command = [sys.executable, "-m", "helpers", "class", verb, *arguments]
        done = subprocess.run(
            [*command, "--data", str(self.folder.path)], capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr
        return done

    def up(self, names: str, *arguments: str) -> subprocess.CompletedProcess:
        """Write a roster, and run `class up` with it; the server ends with this session."""
        self.names.write_text(f"name\n{names}\n", "utf-8")
        done = self.run("up", "--roster", str(self.names), "--port", str(self.port), *arguments)
        if server.is_up(self.folder):
            with server.teacher(self.folder) as r:
                pid = r.info("server")["process_id"]
            # Reads until its standard input is closed, by us or by our death
            watcher = subprocess.Popen(
                ["sh", "-c", f"read nothing; kill -9 {pid} 2>/dev/null"], stdin=subprocess.PIPE
            )
            self.ending.callback(watcher.communicate)
        return done

    def learners(self) -> list[Learner]:
        """Return the class's learners."""
        return roster.read(self.folder.roster)

    def client(self, number: int) -> redis.Redis:
        """Return the client of a learner, counted from 0."""
        return self.ending.enter_context(connect(self.learners()[number].url))


@contextlib.contextmanager
def classroom() -> Iterator[Classroom]:
    """Make a place for a class."""
    path = Path(tempfile.mkdtemp(prefix="class-"))
    port, claim = ports.claim_port()
    room = Classroom(path, port)
    with claim, room.ending:
        yield room
    shutil.rmtree(path, ignore_errors=True)
