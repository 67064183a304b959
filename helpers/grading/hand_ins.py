"""What was handed in below a folder: each file, whose it is, of which lesson, and why it can't be marked if it can't."""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from helpers.grading.lessons import lesson_of, named
from helpers.grading.notebooks import Unreadable, read
from helpers.grading.owners import NOBODY, Owner, owner_of, shown

TABLE = "grades.csv"
"""What `grade` writes into the folder."""

NOT_HANDED_IN = {TABLE, "__MACOSX", "__pycache__", "desktop.ini", "Thumbs.db", "timestamp.txt"}
"""Names of what systems, nbgrader and this command put beside the learners' files; hidden files are none of theirs, either."""

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar")

FOLDER = "(folder)"
"""In the place of a file's name."""

LINK = "it is a link, which may lead anywhere and is not followed: put the file itself there"
SPECIAL = "it is neither a file nor a folder"
EMPTY = "the folder is empty: nothing was handed in"
NO_LESSON = "no lesson with exercises: neither its cells nor its name, such as 02_…, tell which"


@dataclass(frozen=True, slots=True, eq=False)
class HandIn:
    """One file; `trouble` says why it can't be marked ("" if it can), `note` what a teacher should know about it.

    `counts` is false for one that another hand-in of the same learner and lesson replaces.
    """

    path: Path
    learner: str
    notebook: str
    lesson: str = ""
    trouble: str = ""
    note: str = ""
    counts: bool = True
    cells: list[dict] = field(default_factory=list, repr=False)


def find(folder: Path) -> list[HandIn]:
    """List what was handed in below a folder, or in its `submitted` if it is nbgrader's, sorted by learner."""
    top = root(folder)
    files = list(_everything(top))
    owners = {path: owner_of(path.relative_to(top) / (FOLDER if path.is_dir() else "")) for path, _ in files}
    names = _names(set(owners.values()))
    found = [_hand_in(path, owners[path], names, trouble) for path, trouble in files]
    return sorted(_newest(found), key=lambda h: (h.learner, h.notebook))


def root(folder: Path) -> Path:
    """Return the folder whose folders are the learners': nbgrader keeps them in `submitted`, beside its own."""
    return folder / "submitted" if (folder / "submitted").is_dir() else folder


def _everything(top: Path) -> Iterator[tuple[Path, str]]:
    """Go through a class: each file with "", all else with the reason why it can't be one."""
    for path in _visible(top):
        if path.is_dir() and not path.is_symlink():
            yield from list(_below(path)) or [(path, EMPTY)]
        else:
            yield from _below(path)


def _below(path: Path) -> Iterator[tuple[Path, str]]:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISDIR(mode):
            for inner in _visible(path):
                yield from _below(inner)
            return
    except OSError as error:
        yield path, f"the folder can't be read ({type(error).__name__})"
        return
    kinds = {stat.S_IFREG: "", stat.S_IFLNK: LINK}
    yield path, kinds.get(stat.S_IFMT(mode), SPECIAL)


def _visible(folder: Path) -> list[Path]:
    """List a folder without what Jupyter, or the system, keeps for itself; raises OSError."""
    return [folder / name for name in sorted(os.listdir(folder)) if not name.startswith(".") and name not in NOT_HANDED_IN]


def _names(owners: set[Owner]) -> dict[Owner, str]:
    """Name the learners: two who have the same name are told apart by their numbers."""
    namesakes = Counter(name for name, _ in {(o.name, o.number) for o in owners})
    return {o: f"{o.name} ({o.number})" if o.number and namesakes[o.name] > 1 else o.name for o in owners}


def _hand_in(path: Path, owner: Owner, names: dict[Owner, str], trouble: str) -> HandIn:
    hand_in = HandIn(path, names[owner], owner.file, named(owner.file), trouble or _wrong_name(path.name))
    if hand_in.trouble:
        return hand_in if path.suffix == ".ipynb" else replace(hand_in, lesson="")
    try:
        cells = read(path)
    except Unreadable as error:
        return replace(hand_in, trouble=str(error))
    lesson = lesson_of(cells, owner.file)
    renamed = f"(lesson {lesson} by its cells, although its name says {hand_in.lesson})" if hand_in.lesson not in ("", lesson) else ""
    return replace(hand_in, lesson=lesson, trouble="" if lesson else NO_LESSON, note=renamed, cells=cells)


def _wrong_name(name: str) -> str:
    """Say why a file with this name isn't read, "" for a notebook's."""
    low = name.lower()
    if name.endswith(".ipynb"):
        return ""
    if low.endswith(ARCHIVES):
        return "it is an archive: unpack it here, and grade again"
    if ".ipynb" in low:
        return f"its name ends in {shown(name[low.index('.ipynb'):])}: rename it so that it ends in .ipynb, and grade again"
    kind = "a Python program" if low.endswith(".py") else "not a notebook"
    return f"it is {kind}: ask for the file whose name ends in .ipynb"


def _newest(found: list[HandIn]) -> list[HandIn]:
    """Let one hand-in of each learner and lesson count: the newest that can be read; the others say which does."""
    groups: dict[tuple[str, str], list[HandIn]] = defaultdict(list)
    for hand_in in found:
        groups[hand_in.learner, hand_in.lesson].append(hand_in)
    result = []
    for (learner, lesson), group in groups.items():
        if learner == NOBODY or not lesson:
            result += group
            continue
        *older, newest = sorted(group, key=lambda h: (not h.trouble, _changed(h.path), len(h.notebook), h.notebook))
        result += [newest, *(_aside(h, newest) for h in older)]
    return result


def _aside(older: HandIn, newest: HandIn) -> HandIn:
    if older.trouble:  # it may be the better one, so it stays a hand-in that was not marked
        return replace(older, lesson="")
    then, now = (datetime.fromtimestamp(_changed(h.path)).isoformat(" ", "seconds") for h in (older, newest))
    return replace(older, counts=False, trouble=f"changed {then}; {newest.notebook}, changed {now}, counts in its place")


def _changed(path: Path) -> float:
    return path.lstat().st_mtime
