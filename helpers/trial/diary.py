"""The events of each entry, by whom and when: one line each, in a file that all processes of a
trial append to."""

import json
import os
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

READY = "started"
BEGINS, DONE, RAISED, TURNED_AWAY = "began", "handled", "raised", "refused"
KILLED, ENDED, TOLD = "killed", "ended", "told to end"
"""The events of an entry, and of a process; faults of other kinds have names of their own."""

MOST_ALIKE = 1000
"""The most equal notes of one process: a program that tries without a pause makes a million in a
minute, and a stage counts to a hundred."""


@dataclass(frozen=True)
class Happening:
    """One line: seconds since 1970, the process, the event, and the value (None if it was about the
    process)."""

    at: float
    who: str
    did: str
    value: int | None


class Diary:
    """A trial's diary; each note is one write at the end of the file, so a kill loses none.

    After MOST_ALIKE equal notes, a process stops repeating them.
    """

    def __init__(self, directory: str | Path):
        self._path = Path(directory) / "diary"
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._noted: Counter[tuple] = Counter()
        self._happenings: list[Happening] = []
        self._at = 0

    def note(self, who: str, did: str, value: int | None = None) -> None:
        """Add an event that just happened."""
        self._noted[did, value] += 1
        if self._noted[did, value] <= MOST_ALIKE:
            os.write(self._file, json.dumps([time.time(), who, did, value]).encode() + b"\n")

    def read(self) -> list[Happening]:
        """Return all events so far, in order."""
        with self._path.open("rb") as file:
            file.seek(self._at)
            whole = file.read().rpartition(b"\n")[0]
        if whole:
            self._at += len(whole) + 1
            self._happenings += [Happening(*json.loads(line)) for line in whole.splitlines()]
            self._happenings.sort(key=lambda each: each.at)
        return self._happenings
