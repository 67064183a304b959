"""The gates can fail: doctored copies of real notebooks turn red, and an honest copy stays green."""

import copy
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from tests.notebook_rules import NOTEBOOKS, Notebook, ran_once_in_order
from tests.notebook_runs import ROOT, Result, run_copy

CHEAP = "00_start_here.ipynb"
CONSUMER = "04_consume_and_ack.ipynb"

HASTY = '''

def _acknowledge_first(self, entry, *, then=Consumer._handles):
    self.acknowledge([entry])
    return then(self, entry)


Consumer._handles = _acknowledge_first
'''
"""Put at the end of helpers/consumer.py: what is lost in a crash is lost for good."""


def beginning(name: str, code_cells: int = 3) -> nbformat.NotebookNode:
    """A real notebook's cells up to its third code cell: enough for a canary, and quick."""
    nb = nbformat.read(NOTEBOOKS / name, as_version=4)
    ends = [i + 1 for i, cell in enumerate(nb.cells) if cell.cell_type == "code"]
    nb.cells = nb.cells[: ends[code_cells - 1]]
    return nb


def save(nb: nbformat.NotebookNode, directory: Path) -> None:
    """Write a notebook as the only one of a new directory, which is its kernel's working directory, too."""
    directory.mkdir(exist_ok=True)
    nbformat.write(nb, directory / "lesson.ipynb")


def altered(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same with one character more in its first stored output."""
    nb = copy.deepcopy(nb)
    output = next(output for cell in nb.cells for output in cell.get("outputs", []))
    if output.output_type == "stream":
        output.text += "!"
    else:
        output.data["text/plain"] += "!"
    return nb


def deadly(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The same with a last cell that kills its kernel."""
    nb = copy.deepcopy(nb)
    nb.cells.append(nbformat.v4.new_code_cell("import os\nos.kill(os.getpid(), 9)", execution_count=4))
    return nb


@pytest.fixture(scope="module")
def verdict(tmp_path_factory) -> Result:
    """One run of pytest over all doctored copies, each in a directory of its own, on the embedded server."""
    copies = tmp_path_factory.mktemp("copies")
    cheap = beginning(CHEAP)
    save(cheap, copies / "honest")
    save(altered(cheap), copies / "altered")
    save(deadly(cheap), copies / "deadly")
    shutil.copytree(ROOT / "helpers", copies / "hasty" / "helpers", ignore=shutil.ignore_patterns("__pycache__"))
    with open(copies / "hasty" / "helpers" / "consumer.py", "a") as consumer:
        consumer.write(HASTY)
    save(nbformat.read(NOTEBOOKS / CONSUMER, as_version=4), copies / "hasty")
    return run_copy(copies)


def failed(verdict: Result, name: str) -> list[str]:
    """The cells of one copy that turned red."""
    return re.findall(rf"^(?:FAILED|ERROR) .*{name}/lesson\.ipynb::(Cell \d+)", verdict.text, re.MULTILINE)


def test_an_honest_copy_stays_green(verdict):
    """What turns the others red is what was done to them."""
    assert failed(verdict, "honest") == [], verdict.text
    assert verdict.passed > 3


def test_a_changed_output_turns_red(verdict):
    """One character more in one stored output is noticed, in that cell."""
    assert len(failed(verdict, "altered")) == 1


def test_a_dead_kernel_is_noticed_at_once(verdict):
    """It is named as such, and does not wait for the cell's time-out."""
    assert failed(verdict, "deadly") == ["Cell 3"]
    assert "The kernel died while this cell was running" in verdict.text


def test_acknowledging_before_handling_turns_red(verdict):
    """A consumer that acknowledges first loses what it was handling when it failed; the lesson shows that it must not."""
    assert failed(verdict, "hasty") != [], verdict.text


def test_stripped_outputs_turn_red():
    """nbval passes a notebook without outputs; our rule does not."""
    nb = beginning(CHEAP)
    for cell in nb.cells:
        cell.update(execution_count=None, outputs=[]) if cell.cell_type == "code" else None
    assert ran_once_in_order(Notebook(NOTEBOOKS / CHEAP, nb)) != []
