"""The solutions: each is its stub's whole cell with the answer filled in."""

from pathlib import Path
from typing import Any

from helpers.connection.cells import PLACE
from helpers.grading.cells import check_in

MARK = "# One answer"
"""Marks a solution's answer where the stub has PLACE, so that the two can be told apart."""


def solved(stub: str, solution: str) -> str:
    """Return the stub with a solution's answer; the solution may still have an older stub's stage.

    A solution without MARK is just an answer. If code follows the place, the answer ends at its
    first blank line.
    """
    before, _, after = stub.partition(PLACE)
    answer = solution.partition(f"{MARK}\n")[2] or solution
    if after:
        answer = answer.partition("\n\n")[0]
    return f"{before}{MARK}\n{answer.rstrip()}{after}\n"


def renew(notebook: Any, folder: Path) -> None:
    """Give each solution of a notebook the stage of its stub; none is created."""
    for stub, check in zip(notebook.cells, notebook.cells[1:], strict=False):
        path = folder / f"{check_in(check).replace('.', '_')}.py"
        if check_in(check) and PLACE in stub.source and path.is_file():
            path.write_text(solved(stub.source, path.read_text("utf-8")), "utf-8")
