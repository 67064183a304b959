"""The exercise cells in a notebook, and the metadata that nbgrader wants on them."""

import re
from typing import Any

CHECK = re.compile(r"""^[ \t]*check\(\s*["'](\d\d\.\w+)["']""", re.MULTILINE)
LOAD = re.compile(r"#?\s*%load solutions/(\d\d)_(\w+)\.py")
FIXED = {"locked": True, "points": 1, "schema_version": 3, "solution": False, "task": False}
"""The metadata that nbgrader, since version 0.6, expects on each check."""


def checks_in(cell: dict[str, Any]) -> list[str]:
    """Return the names of the exercises that a cell checks."""
    return CHECK.findall(cell["source"]) if cell["cell_type"] == "code" else []


def check_in(cell: dict[str, Any]) -> str:
    """Return the name of the one exercise that a cell checks, "" for any other cell."""
    first, *more = checks_in(cell) or [""]
    return "" if more else first


def loads_solution(cell: dict[str, Any]) -> bool:
    """Tell whether a cell is there to load a solution."""
    return cell["cell_type"] == "code" and bool(LOAD.match(cell["source"]))


def loaded_in(cell: dict[str, Any]) -> set[str]:
    """Return the exercise whose solution was loaded into a cell, below the %load line."""
    line, below, _ = cell["source"].partition("\n")
    found = LOAD.match(line)
    return {f"{found[1]}.{found[2]}"} if found and below else set()


def mark(notebook: dict[str, Any]) -> None:
    """Give check cells nbgrader's metadata: a point each, and locked against changes.

    A stub gets none: as a "solution", it would be cleared, stage and all, when nbgrader generates
    the learners' copies, and a cell without metadata is the learner's own anyway.
    """
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)
        if name := check_in(cell):
            grade_id = name.replace(".", "-") + "-check"
            cell["metadata"]["nbgrader"] = {"grade": True, "grade_id": grade_id} | FIXED
