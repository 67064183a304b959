"""The table of who solved what: a CSV file for a spreadsheet, and a summary for the terminal."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.grading.files import TABLE
from helpers.grading.marking import Mark

COLUMNS = ("learner", "notebook", "exercise", "solved", "misconception", "seen")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula; the last four are full-width (OWASP, CSV Injection)."""


def refusal(folder: Path) -> str:
    """Say why the table can't be written, "" if it can: to be asked before hours of work."""
    path = folder / TABLE
    if path.exists() and not path.is_file():
        return f"{path} is not a file"
    try:
        _part(path).touch()
        _part(path).unlink()
    except OSError as error:
        return f"{folder} can't be written to ({error.strerror})"
    return ""


def write(path: Path, marks: Iterable[Mark]) -> None:
    """Write the marks; the file is replaced in one step, so that it is complete at any moment."""
    with open(_part(path), "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for m in marks:
            solved = ("no", "yes")[m.solved]
            cells = (m.hand_in.learner, m.hand_in.notebook, m.exercise, solved, m.misconception)
            table.writerow([harmless(text) for text in (*cells, m.seen)])
    _part(path).replace(path)


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows and never computes: one line, and no formula."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return f"'{line}" if line.lstrip().startswith(RISKY) or text.startswith(RISKY) else line


def summary(marks: Iterable[Mark]) -> str:
    """Say how many solved each exercise, with which misconceptions, and what was not marked."""
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
    return "\n".join([*lines, *_left(marks)])


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
    """Tell whether all that counts was marked."""
    return all(m.judged or not m.hand_in.counts for m in marks)
