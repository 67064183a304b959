"""What lessons and the README promise is kept: what they print, what they count, what they fill."""

import re
import subprocess
import sys

import pytest

from helpers.servers.own import OwnServer
from tests.notebook_rules import NOTEBOOKS, read, text_of
from tests.notebook_runs import ROOT, environment

LESSONS = [read(path) for path in sorted(NOTEBOOKS.glob("*.ipynb"))]


def test_sources_that_lessons_print_show_no_internals():
    """A learner reads them, and nobody explains a name that begins with an underscore."""
    printed = {
        f"{lesson.path.stem} [{i}]": text_of(output)
        for lesson in LESSONS
        for i, cell in lesson.code
        if "getsource(" in cell.source
        for output in cell.outputs
    }
    assert len(printed) >= 8
    internal = r"\b_\w+|NEVER_DECODE"
    shown = {where: re.findall(internal, text) for where, text in printed.items()}
    assert {where: names for where, names in shown.items() if names} == {}


def test_a_lesson_fills_a_servers_memory():
    """A full server is promised: a lesson fills one of its own, and shows what it answers then."""
    filling = {
        lesson.number: [cell.source for _, cell in lesson.code if "maxmemory=" in cell.source]
        for lesson in LESSONS
        if any("OutOfMemoryError" in text for _, _, text in lesson.outputs())
    }
    assert list(filling) == ["15"] and filling["15"]
    assert all("OwnServer(" in source for source in filling["15"])


def test_prose_quotes_no_figure_of_a_campaign():
    """Such a figure depends on the command, so it stands with it in docs/measurements.md."""
    figure = re.compile(r"\d[\d,]* (?:\w+ )?(?:innocent|stranded)|(?:lost|stranded) \d[\d,]{2,}")
    quoted = [
        (lesson.number, found)
        for lesson in LESSONS
        for _, cell in lesson.prose
        for found in figure.findall(cell.source)
    ]
    assert quoted == []
    assert figure.search("the version that claims batches dead-lettered 159 innocent ones")


@pytest.mark.long
def test_the_tests_pass_at_a_tcp_address_with_a_database():
    """They take any address in REDIS_URL, and append nothing to it that it has already."""
    files = ["tests/connection/test_connection.py", "tests/commands/test_demo.py"]
    with OwnServer(tcp=True) as own:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--numprocesses=0", *files],
            cwd=ROOT,
            env=environment(REDIS_URL=f"redis://127.0.0.1:{own.port}/0"),
            capture_output=True,
            text=True,
            timeout=300,
        )
    assert run.returncode == 0, run.stdout[-3000:]
