"""The learners in a class, from a CSV written by a school or a spreadsheet, and who handed in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers import spreadsheets

NAMED_IN, ID_COLUMNS = (
    ("name", "learner", "student", "full name"),
    ("id", "number", "student id", "id number"),
)
"""Columns that a roster may have, in upper or lower case; Canvas calls its own Student and ID."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One learner, with the school's ID, "" if none."""

    name: str
    id: str = ""


class Roster:
    """The learners of a class, found by the names and numbers on their hand-ins."""

    def __init__(self, learners: Iterable[Enrolled]):
        self.learners = list(learners)
        spellings = [(key, each) for each in self.learners for key in _keys(each.name)]
        times = Counter(key for key, _ in spellings)
        # If two match, it is neither
        self._by_name = {key: each for key, each in spellings if times[key] == 1}
        self._by_id = {each.id: each for each in self.learners if each.id}

    def find(self, name: str, number: str = "") -> Enrolled | None:
        """Return the learner for a name and a platform's number, None if unknown."""
        known = (self._by_id.get(number), self._by_id.get(name), self._by_name.get(_spelled(name)))
        return next(filter(None, known), None)


def read(path: Path) -> Roster:
    """Read a roster; raises RuntimeError with a sentence if it can't be understood."""
    rows = [row for row in spreadsheets.rows(path) if any(row)]
    columns = [cell.strip().casefold() for cell in rows[0]] if rows else []
    at = next((columns.index(name) for name in NAMED_IN if name in columns), None)
    if at is None:
        raise RuntimeError(f"{path} has no column `name`: its first line must name the columns.")
    numbers = next((columns.index(name) for name in ID_COLUMNS if name in columns), len(columns))
    cells = [[cell.strip() for cell in (*row, "", "")] for row in rows[1:]]
    found = [Enrolled(row[at], "".join(row[numbers : numbers + 1])) for row in cells if row[at:]]
    if not (found := [each for each in found if each.name]):
        raise RuntimeError(f"{path} names nobody: write a learner on each line.")
    return Roster(found)


def _keys(name: str) -> set[str]:
    """Return the forms that platforms give a name: for Ann Lee, also "Lee, Ann" and Canvas'
    leeann."""
    words = _plain(name).split()
    return {"".join(words[i:] + words[:i]) for i in range(len(words))}


def _spelled(name: str) -> str:
    return "".join(_plain(name).split())


def _plain(name: str) -> str:
    """Return a name in lower case without accents, with spaces for all other characters."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w]|_", " ", "".join(c for c in letters if not unicodedata.combining(c)))
