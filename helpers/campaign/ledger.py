"""A record, outside the system under test, of what really happened: lines in files."""

import os
from pathlib import Path

STORED, HANDLED, BEGUN = "stored", "handled", "begun"


class Ledger:
    """The values of one process, which survive even a kill.

    Each note is one unbuffered write at the end of a file.
    """

    def __init__(self, directory: str | Path, who: str, what: str):
        self._file = os.open(
            Path(directory) / f"{who}.{what}", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600
        )

    def note(self, *values: int) -> None:
        """Add values."""
        os.write(self._file, b"".join(b"%d\n" % value for value in values))


def read(directory: Path, what: str, who: str = "*") -> list[int]:
    """Return the values noted by one process or by all; a value noted twice appears twice."""
    return [
        int(line)
        for path in sorted(directory.glob(f"{who}.{what}"))
        for line in path.read_bytes().split()
    ]


def size(directory: Path, what: str, who: str = "*") -> int:
    """Return the size of the notes, in bytes: enough to see that something happens."""
    return sum(path.stat().st_size for path in directory.glob(f"{who}.{what}"))


class Gate:
    """How far producers may go: the gate holds them back while a fault waits for its moment."""

    def __init__(self, directory: str | Path):
        self._path = Path(directory) / "gate"

    def open(self, limit: int) -> None:
        """Let values below `limit` through."""
        beside = self._path.with_suffix(".new")
        beside.write_text(str(limit))
        beside.replace(self._path)  # In one step, so that nobody reads half a number

    def limit(self) -> int:
        """Return the first value that must wait."""
        return int(self._path.read_text())
