"""What happened to which entry, by whom and when: a line each, in a file that every process of a
trial adds to."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

READY = "started"
BEGINS, DONE, RAISED, TURNED_AWAY = "began", "handled", "raised", "refused"
KILLED, ENDED, TOLD = "killed", "ended", "told to end"
"""What may have happened to an entry, and to a process; a fault of another kind has its name."""


@dataclass(frozen=True)
class Happening:
    """One line: seconds since 1970, which process, what it did, and to which value (None if it was
    about the process)."""

    at: float
    who: str
    did: str
    value: int | None


class Diary:
    """A trial's diary; each note is one write at the end of the file, so a kill loses none."""

    def __init__(self, directory: str | Path):
        self._path = Path(directory) / "diary"
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(self, who: str, did: str, value: int | None = None) -> None:
        """Add what happened just now."""
        os.write(self._file, json.dumps([time.time(), who, did, value]).encode() + b"\n")

    def read(self) -> list[Happening]:
        """Return all that has happened, in its order."""
        lines = self._path.read_bytes().splitlines()
        return sorted((Happening(*json.loads(line)) for line in lines), key=lambda each: each.at)
