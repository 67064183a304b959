"""The names in a teacher's roster: a CSV with a column `name`, from a spreadsheet or an editor."""

import re
import unicodedata
from pathlib import Path

from helpers import spreadsheets

MOST_NAMES = 9_999
"""The most learners of one class: each has one of the server's databases, except 0."""

LONGEST = 100
"""Characters that a name may have."""


def read(path: Path) -> list[str]:
    """Return the names, in the order of the file.

    Raises RuntimeError with one sentence that names the line if the file can't be understood or a
    name can't be used.
    """
    rows = spreadsheets.rows(path)
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if "name" not in head:
        found = f"begins with {_short(','.join(rows[0]))}" if rows else "is empty"
        raise RuntimeError(
            f"{path} {found}: its first line must name the columns, and one of them is `name`."
        )
    at, names = head.index("name"), {}
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            name = _tidy("".join(row[at : at + 1]))
            _check(path, number, name, names)
            names[name.casefold()] = (name, number)
    if not names:
        raise RuntimeError(f"{path} holds no names: write one on each line below `name`.")
    if len(names) > MOST_NAMES:
        raise RuntimeError(
            f"{path} holds {len(names):,} names: a class has {MOST_NAMES:,} at most."
        )
    return [name for name, _ in names.values()]


def _tidy(cell: str) -> str:
    """Return a name with one plain space between words, as spreadsheets don't always have, and each
    letter as one character."""
    return re.sub(r"[ \xa0\u202f]+", " ", unicodedata.normalize("NFC", cell)).strip()


def _check(path: Path, number: int, name: str, others: dict[str, tuple[str, int]]) -> None:
    """Raise RuntimeError with one sentence for a name that can't be used."""
    where = f"{path}, row {number}"
    if not name:
        raise RuntimeError(f"{where} has no name: write it, or delete the row.")
    if len(name) > LONGEST:
        raise RuntimeError(f"{where}: {_short(name)} is too long: {LONGEST} characters at most.")
    if not name.isprintable():
        raise RuntimeError(
            f"{where}: {_short(name)} holds a line break or another character that can't be "
            "printed: delete it."
        )
    if name.startswith(spreadsheets.FORMULA):
        raise RuntimeError(
            f"{where}: {_short(name)} begins with {name[0]!r}, which a spreadsheet takes for a "
            "formula: write the name without it."
        )
    if name.casefold() in others:
        earlier = others[name.casefold()][1]
        raise RuntimeError(
            f"{where}: {_short(name)} is also in row {earlier}: tell them apart, for example by "
            "the initial of a second name."
        )


def _short(text: str) -> str:
    """Return text as Python writes it, cut to fit a line."""
    return repr(text if len(text) <= 40 else text[:39] + "…")
