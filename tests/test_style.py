"""The style of the code: ruff's layout and rules, comments that begin with a capital letter, no
nested ternaries."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in ("helpers", "tests", "notebooks/solutions")
    for path in (ROOT / folder).rglob("*.py")
)
CODE_WORD = re.compile(r"[a-z]\w*[-.(_/`]|[a-z]+:|[a-z]\w*\d")
"""The start of a name in code or on a command line: redis-py, step(), noqa: …"""

NAMES = {
    "asyncio",
    "nbval",
    "pip",
    "apt",
    "apt's",
    "uv",
    "redis",
    "pytest",
    "matplotlib",
    "nbgrader",
    "tornado",
    "tqdm",
    "ruff",
}
"""Programs whose names are in lower case."""


def ruff(*arguments: str) -> subprocess.CompletedProcess:
    """Run ruff over the whole course, with the settings of pyproject.toml."""
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def comments(source: str) -> list[str]:
    """Yield the text of each comment; of consecutive lines, only the first."""
    found, previous = [], -1
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT:
            continue
        alone = token.line.lstrip().startswith("#")
        if not (alone and previous == token.start[0] - 1):
            found.append(token.string.lstrip("#").strip())
        previous = token.start[0] if alone else -1
    return found


def small(source: str) -> list[str]:
    """The comments that begin in lower case, except with a name."""
    return [
        text
        for text in comments(source)
        if text[:1].islower() and not CODE_WORD.match(text) and text.split()[0] not in NAMES
    ]


def nested_ternaries(source: str) -> list[int]:
    """The lines in which a ternary contains another one."""
    outer = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.IfExp)]
    inner = [
        n for node in outer for n in ast.walk(node) if isinstance(n, ast.IfExp) and n is not node
    ]
    return sorted({node.lineno for node in inner})


def test_ruff_has_nothing_to_say():
    """`ruff check`: mistakes, the order of imports, lines of more than 100 columns, in notebooks
    too."""
    done = ruff("check", "--output-format", "concise")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_layout_is_ruffs():
    """`ruff format` would change nothing: run `.venv/bin/ruff format` before a commit."""
    done = ruff("format", "--check")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_comments_begin_with_a_capital_letter(path):
    """A comment is a sentence that says why; only a lower-case name may begin it otherwise."""
    assert small(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_ternary_holds_another(path):
    """Three outcomes take an if with three branches, or a table."""
    assert nested_ternaries(path.read_text("utf-8")) == []


def test_the_rules_can_fail():
    """A lower-case comment and a nested ternary are found; a lower-case name isn't."""
    assert small("# wrong\nx = 1  # also wrong\n\n# redis-py is a name\n# and goes on\n") == [
        "wrong",
        "also wrong",
    ]
    assert nested_ternaries("a = 1 if b else 2 if c else 3\n") == [1]
