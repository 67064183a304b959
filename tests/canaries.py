"""Doctored copies of real notebooks, which must turn red, and an untouched one, which must not."""

import copy
import shutil
from pathlib import Path

import nbformat

from tests.notebook_rules import NOTEBOOKS
from tests.notebook_runs import ROOT

CHEAP = "00_start_here.ipynb"
CONSUMER = "04_consume_and_ack.ipynb"

HASTY = """

def _acknowledge_first(self, entry, *, then=Consumer._handles):
    self.r.xack(self.stream, self.group, entry.id)
    return then(self, entry)


Consumer._handles = _acknowledge_first
"""
"""Appended to helpers/consumer.py: entries lost in a crash are lost for good."""


def beginning(name: str, code_cells: int = 3) -> nbformat.NotebookNode:
    """A real notebook's cells up to its third code cell: enough for a canary, and quick."""
    nb = nbformat.read(NOTEBOOKS / name, as_version=4)
    ends = [i + 1 for i, cell in enumerate(nb.cells) if cell.cell_type == "code"]
    nb.cells = nb.cells[: ends[code_cells - 1]]
    return nb


def save(nb: nbformat.NotebookNode, directory: Path) -> None:
    """Write a notebook into a new directory, which is also its kernel's working directory."""
    directory.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, directory / "lesson.ipynb")


def altered(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same with an extra character in its first stored output."""
    nb = copy.deepcopy(nb)
    output = next(output for cell in nb.cells for output in cell.get("outputs", []))
    if output.output_type == "stream":
        output.text += "!"
    else:
        output.data["text/plain"] += "!"
    return nb


def deadly(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same with a final cell that kills its kernel."""
    nb = copy.deepcopy(nb)
    nb.cells.append(
        nbformat.v4.new_code_cell("import os\nos.kill(os.getpid(), 9)", execution_count=4)
    )
    return nb


def with_the_helpers_beside_it(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same with a first cell that puts the kernel's directory ahead of the installed helpers
    and of PYTHONPATH."""
    nb.cells.insert(
        0, nbformat.v4.new_code_cell('import sys\nsys.path.insert(0, "")', execution_count=1)
    )
    return nb


def make(copies: Path) -> Path:
    """Write all copies, each in its own directory below `copies`; return that."""
    cheap = beginning(CHEAP)
    save(cheap, copies / "honest")
    save(altered(cheap), copies / "altered")
    save(deadly(cheap), copies / "deadly")
    shutil.copytree(
        ROOT / "helpers", copies / "hasty" / "helpers", ignore=shutil.ignore_patterns("__pycache__")
    )
    with open(copies / "hasty" / "helpers" / "consumer.py", "a") as consumer:
        consumer.write(HASTY)
    save(
        with_the_helpers_beside_it(nbformat.read(NOTEBOOKS / CONSUMER, as_version=4)),
        copies / "hasty",
    )
    return copies
