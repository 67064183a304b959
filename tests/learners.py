"""A learner who does one exercise of a notebook: the stub, filled in, in a namespace like the
notebook's."""

import ast
import contextlib
import io
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import redis

from helpers.checks.exercise import Exercise
from helpers.connection import evidence
from helpers.connection.cells import PLACE
from helpers.connection.noting import NotingClient
from helpers.grading.cells import check_in
from helpers.streams import clean_slate
from tests.notebook_rules import NOTEBOOKS, Notebook, plain, read

SOLUTIONS = NOTEBOOKS / "solutions"


@cache
def notebook(lesson: str) -> Notebook:
    """Read the notebook of a lesson."""
    [path] = NOTEBOOKS.glob(f"{lesson}_*.ipynb")
    return read(path)


def position(exercise: Exercise) -> int:
    """Find the exercise's check cell."""
    return next(
        i for i, cell in notebook(exercise.name[:2]).code if check_in(cell) == exercise.name
    )


def stub(exercise: Exercise) -> str:
    """Return the source of the exercise's stub cell."""
    return notebook(exercise.name[:2]).cells[position(exercise) - 1].source


def solution(exercise: Exercise) -> Path:
    """Return the path of the exercise's solution."""
    return SOLUTIONS / f"{exercise.name.replace('.', '_')}.py"


def filled(exercise: Exercise, answer: str) -> str:
    """Return the stub with an answer below the place for it."""
    before, _, after = stub(exercise).partition(PLACE)
    answer = PLACE + "\n" + answer.strip("\n")
    indent = before[len(before.rstrip(" ")) :]
    return (
        before[: len(before) - len(indent)]
        + "\n".join(indent + line for line in answer.splitlines())
        + after
    )


IMPORTS = (ast.Import, ast.ImportFrom)


class Learner:
    """Runs cells as a kernel would, with the notebook's imports and names from before the exercise.
    Inside evidence.record(), the commands of its client are noted."""

    def __init__(self, r: redis.Redis, exercise: Exercise):
        self.exercise = exercise
        self.error: Exception | None = None
        self.names: dict[str, Any] = {}
        clean_slate(r, exercise.name[:2] + ":")
        exec(_before(exercise.name), self.names)
        self.names["r"] = NotingClient(connection_pool=r.connection_pool) if evidence.kept() else r

    def run(self, source: str) -> str:
        """Run a cell; return its output. An error is kept, because a learner would go on to the
        check cell."""
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            try:
                with evidence.cell(source):
                    exec(compile(source, "cell", "exec"), self.names)
            except Exception as error:
                self.error = error
        return printed.getvalue()

    def check(self) -> str:
        """Run the check cell; unlike the cell before it, it must not fail."""
        with (
            contextlib.redirect_stdout(io.StringIO()) as printed,
            evidence.cell(self.exercise.call),
        ):
            exec(self.exercise.call, self.names)
        return printed.getvalue()


@cache
def _before(name: str) -> CodeType:
    """Compile the imports and constants of the cells down to the check of an exercise."""
    nodes: list[ast.stmt] = []
    for _, cell in notebook(name[:2]).code:
        nodes += ast.parse(plain(cell.source)).body
        if check_in(cell) == name:
            break
    kept = [node for node in nodes if isinstance(node, IMPORTS) or _is_constant(node)]
    return compile(ast.Module(kept, []), "notebook", "exec")


def _is_constant(node: ast.AST) -> bool:
    """Tell whether a line names keys in capitals, such as STREAM, GROUP = "02:dataStream",
    "consumerGroup"."""
    if not isinstance(node, ast.Assign) or any(
        isinstance(part, ast.Call) for part in ast.walk(node.value)
    ):
        return False
    return all(
        name.id.isupper()
        for target in node.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    )
