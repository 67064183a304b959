"""Every file of a class, and the reason it isn't a hand-in: nothing is passed over in silence."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import helpers
from helpers.grading.archives import UNPACKED, Refused, unpack
from helpers.grading.owners import shown

TABLE, LEARNERS = "grades.csv", "learners.csv"
"""The files that `grade` writes into the folder: one row per exercise, and one per learner."""

OTHERS = {TABLE, LEARNERS, "__MACOSX", "__pycache__", "desktop.ini", "Thumbs.db", "timestamp.txt"}
"""Files that systems, nbgrader and `grade` put next to the hand-ins; hidden ones, too."""

PRINTED = (".pdf", ".htm", ".html", ".doc", ".docx", ".odt", ".png", ".jpg")
"""What a learner may hand in for a notebook, which no other name makes one."""

ARCHIVES = (".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")

LINK = "it is a link, which may lead anywhere and is not followed: put the file itself there"
SPECIAL = "it is neither a file nor a folder"
EMPTY = "the folder is empty: nothing was handed in"
ZIP = "it is an archive within archives"
NO_NOTEBOOK = "the archive holds no notebook: ask for the file whose name ends in .ipynb"

ANYTHING = "it is not a notebook: ask for the file whose name ends in .ipynb"
PYTHON = "it is a Python program: ask for the file whose name ends in .ipynb"

COURSE = Path(helpers.__file__).parent
"""What nbgrader hands out and collects along with the lessons."""

MANY = 10
"""So many files without a notebook are one line: a learner may hand in the whole course."""

NESTED = 2
"""Levels of archives within archives: a platform's, and a learner's in it."""


def everything(top: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file of a class: a notebook with "", any other with the reason it can't be
    marked.

    A notebook in an archive is below `unpacked(top)`. Raises OSError if the class can't be read.
    """
    forget_unpacked(top)
    for path, trouble in _listed(top):
        if trouble == ZIP:
            yield from _archived(path, unpacked(top) / path.relative_to(top), NESTED)
        else:
            yield path, trouble


def unpacked(top: Path) -> Path:
    """Return the folder for the contents of archives."""
    return top / UNPACKED


def forget_unpacked(top: Path) -> None:
    """Remove that folder; a link in its place is removed, not followed."""
    if unpacked(top).is_symlink():
        unpacked(top).unlink()
    shutil.rmtree(unpacked(top), ignore_errors=True)


def _listed(top: Path) -> Iterator[tuple[Path, str]]:
    for path in _visible(top):
        if path.is_dir() and not path.is_symlink():
            yield from list(_in_short(path)) or [(path, EMPTY)]
        else:
            yield from _below(path)


def _in_short(path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what is below a path; a folder of MANY files without a notebook is one line, or none if
    it is the course's own."""
    found = list(_below(path))
    if len(found) <= MANY:
        yield from found
    elif all(trouble in (ANYTHING, PYTHON) for _, trouble in found):
        if path.name != COURSE.name:
            yield path, f"none of the {len(found)} files in it is a notebook"
    else:
        for inner in _visible(path):
            yield from _in_short(inner)


def _archived(archive: Path, folder: Path, deep: int) -> Iterator[tuple[Path, str]]:
    """Yield an archive's notebooks; if it has none, the archive itself."""
    try:
        unpack(archive, folder)
    except Refused as error:
        yield archive, str(error)
        return
    found = []
    for path, trouble in _below(folder):
        if trouble == ZIP and deep > 1:
            inner = path.rename(path.with_name(path.name + ".part"))
            found += _archived(inner, path, deep - 1)
        elif not trouble or trouble == ZIP:
            found.append((path, trouble))
    yield from found or [(archive, NO_NOTEBOOK)]


def _below(path: Path) -> Iterator[tuple[Path, str]]:
    try:
        mode = path.lstat().st_mode
        inside = _visible(path) if stat.S_ISDIR(mode) else []
    except OSError as error:
        yield path, f"the folder can't be read ({type(error).__name__})"
        return
    for inner in inside:
        yield from _below(inner)
    if stat.S_ISREG(mode):
        yield path, _wrong_name(path.name)
    elif not stat.S_ISDIR(mode):
        yield path, LINK if stat.S_ISLNK(mode) else SPECIAL


def _visible(folder: Path) -> list[Path]:
    """List a folder without the files that systems and programs keep for themselves; raises
    OSError."""
    names = sorted(os.listdir(folder))
    return [folder / n for n in names if not n.startswith(".") and n not in OTHERS]


def _wrong_name(name: str) -> str:
    """Say why a file with this name isn't read, "" for a notebook's."""
    low = name.lower()
    if name.endswith(".ipynb"):
        return ""
    if low.endswith(".zip"):
        return ZIP
    if low.endswith(ARCHIVES):
        return "it is an archive: unpack it here, and grade again"
    if ".ipynb" in low and not low.endswith(PRINTED):
        ending = shown(name[low.index(".ipynb") :])
        return f"its name ends in {ending}: rename it so that it ends in .ipynb, and grade again"
    return PYTHON if low.endswith(".py") else ANYTHING
