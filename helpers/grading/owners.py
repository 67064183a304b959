"""Whose hand-in a file is: teachers, Moodle, Canvas and nbgrader each put the learner into a name in their own way."""

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePath

MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.DOTALL)
"""Moodle's "Download all submissions": a folder, or the beginning of a file's name."""

CANVAS = re.compile(r"(?P<name>[^_]+)(?:_LATE)?_(?P<number>\d{3,})_\d{3,}_(?P<file>.+)", re.DOTALL | re.IGNORECASE)
"""Canvas' "Download Submissions": learner, user number, number of the upload."""

NUMBER = re.compile(r"(?<![^\W_])(\d\d)(?=_)")
"""Two digits at the start of a name or after a sign, and before "_"; learner07 is no lesson."""

ENDING = re.compile(r"(\.ipynb.*|\.\w+)$", re.IGNORECASE)

NOBODY = "?"
"""The learner of a file whose name doesn't tell."""

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass(frozen=True, slots=True)
class Owner:
    """A learner, the number that a platform gave them ("" if none), and what their file is called apart from that."""

    name: str
    number: str
    file: str


def owner_of(relative: PurePath) -> Owner:
    """Read DIR/<learner>/…, DIR/<learner>_NN_….ipynb, and the names that Moodle and Canvas give, at any depth."""
    parts = [shown(part) for part in relative.parts]
    for i, part in enumerate(parts):
        if found := MOODLE.fullmatch(part) or (i == len(parts) - 1 and CANVAS.fullmatch(part)):
            return Owner(found["name"], found["number"], "/".join(filter(None, [found["file"], *parts[i + 1:]])))
    if len(parts) > 1:
        return Owner(parts[0], "", "/".join(parts[1:]))
    start = lesson_number(parts[0])
    name = parts[0][: start.start()] if start else ENDING.sub("", parts[0])
    return Owner(name.rstrip("_- ") or NOBODY, "", parts[0][start.start():] if start else parts[0])


def lesson_number(name: str) -> re.Match[str] | None:
    """Find the lesson's number in a file's name: before the name of one of our notebooks, else the first that may be one."""
    numbers = list(NUMBER.finditer(name))
    names = tuple(path.stem for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    return next((n for n in numbers if name.startswith(names, n.start())), next(iter(numbers), None))


def shown(name: str) -> str:
    r"""Return a file's name as text that can be written anywhere: composed, and with \xf6 for a byte that isn't UTF-8."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))
