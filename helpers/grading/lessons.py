"""Which lesson is a notebook? Its cells tell, whatever the file is called."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from helpers.checks.lessons import find, lessons
from helpers.grading.cells import checks_in
from helpers.grading.notebooks import read
from helpers.grading.owners import NOTEBOOKS, lesson_number

ENOUGH = 3
"""Cells that a notebook must share with a lesson to be recognized as it; two lessons share one."""


def lesson_of(cells: Iterable[dict], name: str) -> str:
    """Return the lesson's number: by the check cells, else by the course's cells, else by name.

    "" if none of them tells.
    """
    checks = Counter(check[:2] for cell in cells for check in checks_in(cell) if find(check))
    shared = Counter(number for cell in cells for number in _origins().get(cell["source"], ()))
    for counts, least in ((checks, 1), (shared, ENOUGH)):
        for number, times in counts.most_common(1):
            if times >= least:
                return number
    return named(name)


def is_ours(source: str) -> bool:
    """Tell whether the course itself wrote a cell."""
    return source in _origins()


def named(name: str) -> str:
    """Return the lesson that a file is named after, "" for none that has exercises."""
    found = lesson_number(name.rpartition("/")[2])
    number = found[1] if found else ""
    return number * (number in lessons())


@cache
def _origins() -> dict[str, list[str]]:
    """Return for each cell of the course the lessons that have it."""
    found: dict[str, list[str]] = {}
    for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb")):
        for source in {cell["source"] for cell in read(path)}:
            found.setdefault(source, []).append(path.name[:2])
    return found
