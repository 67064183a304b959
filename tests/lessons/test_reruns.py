"""Cells run twice, late and out of order: a learner gets an answer, or Redis' own error."""

from pathlib import Path

import nbformat
import pytest

from tests.kernels import Kernel

pytestmark = pytest.mark.long
LESSONS = sorted((Path(__file__).parents[2] / "notebooks").glob("0[0-4]_*.ipynb"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_cells_can_be_run_twice_and_backwards(lesson, embedded_url, monkeypatch):
    """Each cell twice from the top, then all but the first from the end: BUSYGROUP is the only
    error."""
    monkeypatch.setenv("REDIS_URL", embedded_url)
    monkeypatch.chdir(lesson.parent)
    cells = [
        cell.source
        for cell in nbformat.read(lesson, as_version=4).cells
        if cell.cell_type == "code"
    ]
    kernel = Kernel()
    try:
        kernel.wait()
        order = [cell for cell in cells for _ in range(2)] + cells[:0:-1]
        errors = [
            f"{shown['ename']}: {shown['evalue']} in {cell}"
            for cell in order
            for shown in kernel.shown(cell)
            if "ename" in shown
        ]
    finally:
        kernel.end()
    assert [error for error in errors if not error.startswith("ResponseError: BUSYGROUP")] == []
