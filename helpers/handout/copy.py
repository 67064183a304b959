"""The learners' copy: everything that the course ships, except solutions and tests with answers."""

import re
from pathlib import Path

from helpers.connection.cells import PLACE
from helpers.handout.listing import LIST, as_list
from helpers.handout.shipped import Shipped
from helpers.handout.stubs import solved_stubs, without_solutions

TEACHERS = (
    ".ci/",
    ".github/",
    "notebooks/solutions/",
    "tests/browser/",
    "tests/checks/",
    "tests/grading/",
    "tests/handout/",
    "tests/trial/",
)
"""Folders that are no use to learners, or that contain answers."""

TEACHERS_PAGE = "docs/teaching.md"

LEFT_OUT = re.compile(r"docs/teaching\.md|tests/(learners|test_docs|lessons/test_lesson\d\d)\.py")
"""The teacher's page, and single tests that contain answers or need the solutions."""


class Solved(ValueError):
    """A stub has an answer in it; the text names it."""


def copy(course: Shipped, folder: Path) -> list[str]:
    """Write the copy and return the files for teachers only; raises Solved before it writes."""
    answers = set(filter(_for_teachers, course.files))
    files = {
        name: _for_learners(name, content)
        for name, content in course.files.items()
        if name not in answers
    }
    files[LIST] = as_list(files).encode()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o755 if name in course.programs else 0o644)
    folders = {top for top in TEACHERS if any(name.startswith(top) for name in answers)}
    return sorted(folders) + sorted(name for name in answers if not name.startswith(TEACHERS))


def _for_teachers(name: str) -> bool:
    return name.startswith(TEACHERS) or bool(LEFT_OUT.fullmatch(name))


def _for_learners(name: str, content: bytes) -> bytes:
    """Return a file in the form that learners get."""
    import nbformat

    if name == "README.md":
        lines = content.decode("utf-8").splitlines(keepends=True)
        return "".join(line for line in lines if TEACHERS_PAGE not in line).encode()
    if not (name.startswith("notebooks/") and name.endswith(".ipynb")):
        return content
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    if solved := solved_stubs(notebook):
        what = f"{name} holds an answer to {', '.join(solved)}"
        raise Solved(f'{what}: put the stub back, with its line "{PLACE}"')
    without_solutions(notebook)
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()
