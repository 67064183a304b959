"""Every file of a class, and why it can't be a hand-in: nothing is passed over in silence."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from helpers.grading.owners import shown

TABLE = "grades.csv"
"""What `grade` writes into the folder."""

OTHERS = {TABLE, "__MACOSX", "__pycache__", "desktop.ini", "Thumbs.db", "timestamp.txt"}
"""What systems, nbgrader and `grade` put beside the hand-ins, as they do with hidden files."""

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")

LINK = "it is a link, which may lead anywhere and is not followed: put the file itself there"
SPECIAL = "it is neither a file nor a folder"
EMPTY = "the folder is empty: nothing was handed in"


def everything(top: Path) -> Iterator[tuple[Path, str]]:
    """Go through a class: each notebook with "", all else with the reason why it can't be marked.

    Raises OSError if the class itself can't be read.
    """
    for path in _visible(top):
        if path.is_dir() and not path.is_symlink():
            yield from list(_below(path)) or [(path, EMPTY)]
        else:
            yield from _below(path)


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
    """List a folder without what systems and programs keep for themselves; raises OSError."""
    names = sorted(os.listdir(folder))
    return [folder / n for n in names if not n.startswith(".") and n not in OTHERS]


def _wrong_name(name: str) -> str:
    """Say why a file with this name isn't read, "" for a notebook's."""
    low = name.lower()
    if name.endswith(".ipynb"):
        return ""
    if low.endswith(ARCHIVES):
        return "it is an archive: unpack it here, and grade again"
    if ".ipynb" in low:
        ending = shown(name[low.index(".ipynb") :])
        return f"its name ends in {ending}: rename it so that it ends in .ipynb, and grade again"
    kind = {".py": "a Python program"}.get(low[-3:], "not a notebook")
    return f"it is {kind}: ask for the file whose name ends in .ipynb"
