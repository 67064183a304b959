"""Notebooks without solutions: no cell that loads one, and with every stub still to be done."""

from typing import Any

from helpers.connection.cells import PLACE
from helpers.grading.cells import check_in, loads_solution


def without_solutions(notebook: Any) -> None:
    """Drop the cells that load a solution and the sentences about them; renumber the cells from
    1."""
    notebook.cells = [cell for cell in notebook.cells if not loads_solution(cell)]
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(line for line in cell.source.split("\n") if "%load" not in line)
            continue
        if cell.get("execution_count"):
            cell.execution_count = count = count + 1
        for output in cell.get("outputs", []):
            if output.output_type == "execute_result":
                output.execution_count = count


def solved_stubs(notebook: Any) -> list[str]:
    """Name the exercises whose stub lost its place for the answer: somebody committed an answer."""
    pairs = zip(notebook.cells, notebook.cells[1:], strict=False)
    return [
        check_in(check) for stub, check in pairs if check_in(check) and PLACE not in stub.source
    ]
