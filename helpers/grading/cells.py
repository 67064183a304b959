"""The exercises' cells in a notebook: which is which, and what nbgrader wants to know about
them."""

import re
from typing import Any

CHECK = re.compile(r"""^[ \t]*check\(\s*["'](\d\d\.\w+)["']""", re.MULTILINE)
LOAD = re.compile(r"#?\s*%load solutions/(\d\d)_(\w+)\.py")
SCHEMA = 3
"""nbgrader's version of its metadata since 0.6."""


def checks_in(cell: dict[str, Any]) -> list[str]:
    """Return the names of the exercises that a cell checks."""
    return CHECK.findall(cell["source"]) if cell["cell_type"] == "code" else []


def check_in(cell: dict[str, Any]) -> str:
    """Return the name of the one exercise that a check cell of the course checks, "" for any other
    cell."""
    names = checks_in(cell)
    return names[0] if len(names) == 1 else ""


def loads_solution(cell: dict[str, Any]) -> bool:
    """Tell whether a cell is there to load a solution."""
    return cell["cell_type"] == "code" and bool(LOAD.match(cell["source"]))


def loaded_in(cell: dict[str, Any]) -> set[str]:
    """Return the exercise whose solution was loaded into a cell: %load puts the file below its own
    line."""
    found = LOAD.match(cell["source"])
    return {f"{found[1]}.{found[2]}"} if found and len(cell["source"].split("\n")) > 1 else set()


def mark(notebook: dict[str, Any]) -> None:
    """Give the check cells nbgrader's metadata: each is worth a point and locked, so that a
    learner's changes to it don't count.

    A stub has none. As a "solution" it would be cleared, stage and all, when nbgrader generates the
    learners' copies, and a cell without metadata is the learner's own anyway.
    """
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)
        if name := check_in(cell):
            cell["metadata"]["nbgrader"] = {
                "grade": True,
                "grade_id": name.replace(".", "-") + "-check",
                "locked": True,
                "points": 1,
                "schema_version": SCHEMA,
                "solution": False,
                "task": False,
            }
