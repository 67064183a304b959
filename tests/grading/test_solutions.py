"""The course's own solutions, handed in: each is marked as solved, also in the sandbox."""

import ast
import csv
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from helpers.checks.lessons import exercises, lessons
from helpers.grading import sandbox
from helpers.grading.table import TABLE
from tests.learners import notebook, position, solution
from tests.notebook_rules import NOTEBOOKS, plain

pytestmark = pytest.mark.long

HOW = ["--trust"] if sandbox.missing() else []
SECONDS = ["--cell-seconds", "60", "--seconds", "300"]


def solved(lesson: str) -> nbformat.NotebookNode:
    """A lesson cut down to its exercises, and to the imports and constants before them."""
    last = position(exercises(lesson)[-1])
    nodes = [
        node
        for place, cell in notebook(lesson).code
        if place < last
        for node in ast.parse(plain(cell.source)).body
        if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_constant(node)
    ]
    sources = [ast.unparse(ast.Module(nodes, [])) + "\nr = connect()"]
    for exercise in exercises(lesson):
        check = notebook(lesson).cells[position(exercise)].source
        sources += [solution(exercise).read_text("utf-8"), check]
    return nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))


def _is_constant(node: ast.stmt) -> bool:
    names = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
    return isinstance(node, ast.Assign) and all(name.isupper() for name in names)


def test_a_right_answer_is_marked_as_right(tmp_path: Path):
    """For every exercise, the commands that the grader sees from outside are enough, and not too
    many."""
    for lesson in lessons():
        nbformat.write(solved(lesson), tmp_path / f"ann_{lesson}_x.ipynb")
    command = [sys.executable, "-m", "helpers", "grade", str(tmp_path), *SECONDS, *HOW]
    done = subprocess.run(command, cwd=NOTEBOOKS.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with open(tmp_path / TABLE, encoding="utf-8-sig", newline="") as file:
        rows = {row["exercise"]: (row["solved"], row["seen"]) for row in csv.DictReader(file)}
    assert sorted(rows) == sorted(e.name for lesson in lessons() for e in exercises(lesson))
    assert {name: seen for name, (solved, seen) in rows.items() if solved != "yes"} == {}
