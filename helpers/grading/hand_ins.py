"""The hand-ins: whose they are, for which lesson, their cells, and why some can't be marked."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from helpers.grading.files import everything, forget_unpacked, unpacked
from helpers.grading.lessons import lesson_of, named
from helpers.grading.notebooks import Unreadable, read
from helpers.grading.owners import NOBODY, Owner, owner_of
from helpers.grading.roster import Roster

FOLDER = "(folder)"
"""Shown instead of a file's name."""

NO_LESSON = "no lesson with exercises: neither its cells nor its name, such as 02_…, tell which"


@dataclass(frozen=True, slots=True, eq=False)
class HandIn:
    """One file, with its cells if it can be marked; else `trouble` says why it can't.

    `id` is the learner's ID in the roster or else on the platform, "" if in neither. `note` is for
    the teacher. `counts` is false if another hand-in of the same learner and lesson replaces it.
    """

    path: Path
    learner: str
    notebook: str
    id: str = ""
    lesson: str = ""
    trouble: str = ""
    note: str = ""
    counts: bool = True
    cells: list[dict] = field(default_factory=list, repr=False)


def find(folder: Path, roster: Roster | None = None) -> list[HandIn]:
    """List what was handed in below a folder, sorted by learner; raises OSError.

    A learner in the roster gets the name from there, however a platform writes it.
    """
    top = root(folder)
    troubles = dict(everything(top))
    owners = {path: _owner(path, top) for path in troubles}
    names = _names(set(owners.values()))
    found = [_hand_in(path, o, names[o], troubles[path]) for path, o in owners.items()]
    if roster:
        found = [_enrolled(h, owners[h.path], roster) for h in found]
    newest = _newest(found)
    forget_unpacked(top)  # Everything has been read
    return sorted(newest, key=lambda h: (h.learner, h.notebook))


def root(folder: Path) -> Path:
    """Return the folder that contains the learners' folders: nbgrader keeps them in `submitted`."""
    submitted = folder / "submitted"
    return submitted if submitted.is_dir() else folder


def _owner(path: Path, top: Path) -> Owner:
    archived = path.is_relative_to(unpacked(top))
    relative = path.relative_to(unpacked(top) if archived else top)
    return owner_of(relative / FOLDER if path.is_dir() else relative)


def _enrolled(hand_in: HandIn, owner: Owner, roster: Roster) -> HandIn:
    """Name a hand-in's learner as the roster does."""
    known = roster.find(owner.name, owner.number)
    return replace(hand_in, learner=known.name, id=known.id) if known else hand_in


def _names(owners: set[Owner]) -> dict[Owner, str]:
    """Name the learners: two with the same name are told apart by their numbers."""
    namesakes = Counter(name for name, _ in {(o.name, o.number) for o in owners})
    alike = {o for o in owners if o.number and namesakes[o.name] > 1}
    return {o: f"{o.name} ({o.number})" if o in alike else o.name for o in owners}


def _hand_in(path: Path, owner: Owner, learner: str, trouble: str) -> HandIn:
    says = named(owner.file) if path.suffix == ".ipynb" else ""
    hand_in = HandIn(path, learner, owner.file, owner.number, says, trouble)
    if trouble:
        return hand_in
    try:
        cells = read(path)
    except Unreadable as error:
        return replace(hand_in, trouble=str(error))
    hand_in = replace(hand_in, lesson=lesson_of(cells, owner.file), cells=cells)
    if not hand_in.lesson:
        return replace(hand_in, trouble=NO_LESSON)
    if says in ("", hand_in.lesson):
        return hand_in
    note = f"(lesson {hand_in.lesson} by its cells, although its name says {says})"
    return replace(hand_in, note=note)


def _newest(found: list[HandIn]) -> list[HandIn]:
    """Count one hand-in per learner and lesson: the newest that can be read."""
    groups: dict[tuple[str, str], list[HandIn]] = defaultdict(list)
    for hand_in in found:
        groups[hand_in.learner, hand_in.lesson].append(hand_in)
    result = []
    for (learner, lesson), group in groups.items():
        if learner == NOBODY or not lesson:
            result += group
            continue
        *others, newest = sorted(group, key=_rank)
        result += [newest, *(_aside(other, newest) for other in others)]
    return result


def _rank(h: HandIn) -> tuple:
    """Rank by time; of two that were copied at once, "02 (1).ipynb" came after "02.ipynb"."""
    return not h.trouble, _changed(h), len(h.notebook), h.notebook


def _aside(other: HandIn, newest: HandIn) -> HandIn:
    """Note which hand-in counts; an unreadable one may be the better one, so it stays unmarked."""
    if other.trouble:
        return replace(other, lesson="")
    then, now = (
        datetime.fromtimestamp(_changed(h)).isoformat(" ", "seconds") for h in (other, newest)
    )
    reason = f"changed {then}; {newest.notebook}, changed {now}, counts in its place"
    return replace(other, counts=False, trouble=reason)


def _changed(h: HandIn) -> float:
    return h.path.lstat().st_mtime
