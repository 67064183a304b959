"""The tables of solved exercises: CSV files for a spreadsheet, and a summary for the terminal."""

import codecs
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.grading.files import LEARNERS, TABLE
from helpers.grading.marking import Mark
from helpers.grading.roster import Roster
from helpers.spreadsheets import FORMULA

COLUMNS = ("learner", "id", "notebook", "exercise", "solved", "misconception", "seen")
OF_A_LEARNER = ("learner", "id", "points", "of", "seen")
NOTHING = "nothing was handed in"

RISKY = (*FORMULA, "\t", "\r")
"""A cell of ours never begins with these; some spreadsheets skip the last two."""


def refusal(folder: Path) -> str:
    """Say why the tables can't be written, "" if they can; to be asked before hours of work."""
    for path in (folder / TABLE, folder / LEARNERS):
        if path.exists() and not path.is_file():
            return f"{path} is not a file"
        try:
            if path.exists() and not _is_ours(path):
                return f"{path} is somebody else's table, and would be overwritten"
            _part(path).touch()
            _part(path).unlink()
        except OSError as error:
            return f"{folder} can't be written to ({error.strerror})"
    return ""


def _is_ours(path: Path) -> bool:
    """Tell whether `grade` wrote a table, or nobody did; nbgrader exports one of the same name."""
    with open(path, "rb") as file:
        return file.readline().removeprefix(codecs.BOM_UTF8)[:8] in (b"", b"learner,")


def write(folder: Path, marks: Iterable[Mark], roster: Roster | None = None) -> None:
    """Write both tables; each is replaced in one step, so it is complete at every moment."""
    marks = list(marks)
    _write(folder / TABLE, COLUMNS, map(_row, marks))
    names = sorted({m.exercise for m in marks if m.exercise})
    _write(folder / LEARNERS, (*OF_A_LEARNER, *names), learners(marks, names, roster))


def _row(m: Mark) -> tuple[str, ...]:
    hand_in, solved = m.hand_in, ("no", "yes")[m.solved]
    return (
        *(hand_in.learner, hand_in.id, hand_in.notebook),
        *(m.exercise, solved, m.misconception, m.seen),
    )


def learners(
    marks: list[Mark], names: list[str], roster: Roster | None = None
) -> Iterator[tuple[str, ...]]:
    """Return a row for each learner: a point for each exercise solved, "" for none handed in.

    A learner in the roster who handed in nothing has a row, too.
    """
    points: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for each in roster.learners if roster else ():
        points[each.name, each.id] = {}
    for m in marks:
        own = points[m.hand_in.learner, m.hand_in.id]
        if m.exercise and m.hand_in.counts:
            own[m.exercise] = max(own.get(m.exercise, 0), int(m.solved))
    handed_in = {(m.hand_in.learner, m.hand_in.id) for m in marks}
    for (learner, number), own in sorted(points.items()):
        cells = [str(own.get(name, "")) for name in names]
        seen = "" if (learner, number) in handed_in else NOTHING
        yield learner, number, str(sum(own.values())), str(len(names)), seen, *cells


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Write a table; its first bytes (utf-8-sig) tell spreadsheets the encoding."""
    with open(_part(path), "w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(columns)
        table.writerows([harmless(text) for text in row] for row in rows)
    _part(path).replace(path)


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows and never computes: one line, and no formula."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return f"'{line}" if line.lstrip().startswith(RISKY) or text.startswith(RISKY) else line


def summary(marks: Iterable[Mark], roster: Roster | None = None) -> str:
    """Say how many solved each exercise, with which misconceptions, what was not marked, and who in
    the roster handed in nothing or isn't in it."""
    marks = list(marks)
    lines = []
    for name in sorted({m.exercise for m in marks if m.exercise}):
        mine = [m for m in marks if m.exercise == name]
        ideas = Counter(m.misconception for m in mine if m.misconception).most_common()
        line = f"{name:<14} solved by {sum(m.solved for m in mine)} of {len(mine)}"
        if unseen := sum(not m.judged for m in mine):
            line += f", {unseen} not marked"
        if ideas:
            line += ": " + ", ".join(f"{idea} {times}×" for idea, times in ideas)
        lines.append(line)
    return "\n".join([*lines, *_left(marks), *(_enrolled(marks, roster) if roster else ())])


def _enrolled(marks: list[Mark], roster: Roster) -> Iterator[str]:
    """Compare the roster with those who handed in."""
    found = {m.hand_in.learner for m in marks}
    missing = [each.name for each in roster.learners if each.name not in found]
    if missing:
        yield harmless(
            f"{len(missing)} of {len(roster.learners)} handed in nothing: " + ", ".join(missing)
        )
    if others := sorted(found - {each.name for each in roster.learners}):
        yield harmless(f"{len(others)} not in the roster: " + ", ".join(others))


def _left(marks: list[Mark]) -> Iterator[str]:
    """Name the files that were not marked, each once, with the reason."""
    files = {m.hand_in.path: m for m in marks}
    for words, counts in (("not marked", True), ("replaced by another of the same learner", False)):
        these = [m for m in files.values() if not m.judged and m.hand_in.counts is counts]
        if these:
            yield f"{len(these)} of {len(files)} files {words}:"
        for m in these:
            yield harmless(f"  {m.hand_in.learner}: {m.hand_in.notebook}: {m.seen}")


def complete(marks: Iterable[Mark]) -> bool:
    """Tell whether everything that counts was marked."""
    return all(m.judged or not m.hand_in.counts for m in marks)
