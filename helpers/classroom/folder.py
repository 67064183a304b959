"""The folder in which a class keeps everything: its data, its passwords, and its server's socket.

Only its owner can enter it, and each of its files is replaced whole or not at all.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from helpers.locks import alone_in
from helpers.servers.guard import paths

SOCKET_NAME = "server.sock"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files of one class are."""

    path: Path

    @property
    def roster(self) -> Path:
        """The CSV of all learners: name, user, database, url."""
        return self.path / "learners.csv"

    @property
    def lines(self) -> Path:
        """A command line for each learner to begin with."""
        return self.path / "lines.txt"

    @property
    def users(self) -> Path:
        """The server's own users file, with digests of their passwords."""
        return self.path / "users.acl"

    @property
    def teacher(self) -> Path:
        """The teacher's URL."""
        return self.path / "teacher.url"

    @property
    def socket(self) -> Path:
        """The server's Unix socket, for the teacher."""
        return self.path / SOCKET_NAME

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.path / "log"

    @property
    def settings(self) -> dict:
        """Where the server listens, as it was last started: {} before the first time."""
        with contextlib.suppress(FileNotFoundError):
            return json.loads((self.path / "settings.json").read_text("utf-8"))
        return {}

    def keep_settings(self, settings: dict) -> None:
        """Remember where the server listens."""
        with write_private(self.path / "settings.json") as file:
            json.dump(settings, file)

    def make(self) -> None:
        """Make the folder, or check that it can be used; raises RuntimeError with one sentence."""
        if not paths.fits(str(self.path), len(f"/{SOCKET_NAME}")):
            raise RuntimeError(
                f"{self.path} is too long a path for a server's socket: choose a shorter one."
            )
        if self.path.exists() and not self.settings and any(self.path.iterdir()):
            raise RuntimeError(
                f"{self.path} holds other files, and no class: choose a new or empty folder."
            )
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            paths.make_private(self.path)
        except RuntimeError:
            raise RuntimeError(f"{self.path} isn't a folder of yours: choose another.") from None

    def alone(self) -> contextlib.AbstractContextManager[None]:
        """Keep other commands from changing this class for now; raises RuntimeError if one is
        running."""
        busy = f"Another command is changing the class in {self.path}: wait for it to end."
        return alone_in(self.path, busy)


def default() -> Path:
    """Return the folder of a class unless the teacher names another: it's among the user's data."""
    data = os.environ.get("XDG_DATA_HOME") or ""
    base = Path(data) if os.path.isabs(data) else Path.home() / ".local" / "share"
    return base / "redis-streams-class"


@contextlib.contextmanager
def write_private(path: Path) -> Iterator[TextIO]:
    """Open a file for its owner alone; it replaces the old one once it is complete."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", newline="", encoding="utf-8") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
