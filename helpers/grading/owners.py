"""Whose hand-in is a file? Teachers, Moodle, Canvas and nbgrader name it in their own ways."""

import os
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

MOODLE = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>.*)", re.DOTALL
)
"""Moodle's "Download all submissions": a folder, or the beginning of a file's name."""

CANVAS = re.compile(
    r"(?P<name>[^_]+)(?:_LATE)?_(?P<number>\d{3,})_\d{3,}_(?P<file>.+)", re.DOTALL | re.IGNORECASE
)
"""Canvas' "Download Submissions": learner, user number, upload number."""

NUMBER = re.compile(r"(?<![^\W_])(\d\d)(?=_)")
"""Two digits at the start of a name or after a separator, and before "_"; learner07 isn't a
lesson."""

FILE_ENDING = re.compile(r"(\.ipynb.*|\.\w+)$", re.IGNORECASE)

ARCHIVE = ".zip"

NOBODY = "?"
"""The learner of a file whose name doesn't tell."""

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@dataclass(frozen=True, slots=True)
class Owner:
    """A learner, with the number that the platform gave them ("" if none), and their file's
    name."""

    name: str
    number: str
    file: str


def owner_of(relative: PurePath) -> Owner:
    """Recognize <learner>/…, <learner>_NN_….ipynb, and, at any depth, the names that Moodle and
    Canvas write."""
    parts = [shown(part) for part in relative.parts]
    for i, part in enumerate(parts):
        is_file = i == len(parts) - 1 or part.lower().endswith(ARCHIVE)
        if found := MOODLE.fullmatch(part) or (is_file and CANVAS.fullmatch(part)):
            file = "/".join(filter(None, [found["file"], *parts[i + 1 :]]))
            return Owner(found["name"], found["number"], file)
    if len(parts) > 1 and not parts[0].lower().endswith(ARCHIVE):
        return Owner(parts[0], "", "/".join(parts[1:]))
    if len(parts) > 1:
        return replace(owner_of(PurePath(parts[0])), file="/".join(parts))
    name, file = FILE_ENDING.sub("", parts[0]), parts[0]
    if start := lesson_number(file):
        name, file = file[: start.start()], file[start.start() :]
    return Owner(name.rstrip("_- ") or NOBODY, "", file)


def lesson_number(name: str) -> re.Match[str] | None:
    """Find the lesson's number: where one of our notebooks' names begins, else the first number."""
    numbers = list(NUMBER.finditer(name))
    names = tuple(path.stem for path in NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))
    ours = [number for number in numbers if name.startswith(names, number.start())]
    return next(iter(ours or numbers), None)


def shown(name: str) -> str:
    r"""Return any file's name as text: composed, a byte that isn't UTF-8 as \xf6."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))
