"""Lesson 14, Redis Cluster, on other kinds of servers; nbval compares it on the embedded one."""

import ast
import contextlib
import io

import pytest

from helpers.servers.guard.paths import binary
from helpers.servers.own import name_of
from tests.known_servers import programs
from tests.learners import notebook
from tests.notebook_rules import plain


def shown(source: str, names: dict) -> str:
    """Run a cell as a kernel would, and return what it prints and the value of its last line."""
    body = ast.parse(plain(source)).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(ast.Module(body, []), "cell", "exec"), names)
        value = last and eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        if value is not None:
            print(repr(value))
    return printed.getvalue()


@pytest.mark.long
@pytest.mark.parametrize("program", programs() or [binary()], ids=name_of)
def test_the_lesson_is_true_of_a_cluster_of_another_server(program):
    """Each cell shows its stored output if the six processes are of that kind."""
    names: dict = {}
    for number, cell in notebook("14").code:
        stored = "".join(
            output.get("text") or output["data"]["text/plain"] for output in cell.outputs
        )
        source = cell.source.replace("OwnCluster()", f"OwnCluster({program!r})")
        assert shown(source, names).strip() == stored.strip(), f"cell {number}"
    names["cluster"].close()
