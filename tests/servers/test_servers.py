"""How conftest.py sets up a run: its servers, with and without nbval, and writable places."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.servers.guard.paths import binary
from helpers.servers.own import name_of
from tests import known_servers
from tests.notebook_runs import command

ROOT = Path(__file__).parents[2]


def pytest_here(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a separate pytest in this checkout."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n0",
        "--color=no",
        "-p",
        "no:cacheprovider",
        *arguments,
    ]
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=100
    )


def test_course_servers_adds_a_server(tmp_path):
    """Each program in the list adds a server, under the name that it reports."""
    (tmp_path / "another").symlink_to(binary())
    told = pytest_here(
        "--collect-only",
        "tests/lessons/test_lesson09.py",
        COURSE_SERVERS=f"{tmp_path}/another{os.pathsep}",
    )
    ids = set(re.findall(rf"\[{re.escape(name_of(binary()))}_?\d\]", told.stdout))
    assert told.returncode == 0 and len(ids) == 2, told.stdout + told.stderr


def test_a_program_counts_once_wherever_it_is_named_from(tmp_path, monkeypatch):
    """A name on PATH and a relative path are made absolute, because servers start in a directory of
    their own."""
    (tmp_path / "redis-8").symlink_to(binary())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv(
        known_servers.FURTHER, os.pathsep.join(["redis-8", "./redis-8", str(tmp_path / "redis-8")])
    )
    assert known_servers.further() == [str(tmp_path / "redis-8")] * 3
    assert (
        known_servers.programs()[-1] == str(tmp_path / "redis-8")
        and known_servers.programs().count(str(tmp_path / "redis-8")) == 1
    )


@pytest.mark.parametrize("program", ["/bin/true", "/no/such/redis-server", "/"])
def test_what_is_no_server_is_named(program):
    """The sentence names a file that isn't a server, or doesn't exist."""
    with pytest.raises(
        ValueError, match=f"^{program} is not the program of a Redis or Valkey server$"
    ):
        name_of(program)


def test_a_wrong_list_of_servers_ends_the_run():
    """Rather than quietly skipping tests, it prints a sentence, and ends with the status of a wrong
    command line."""
    told = pytest_here("--collect-only", "tests/test_entries.py", COURSE_SERVERS="/bin/true")
    assert (
        told.returncode == 4
        and "COURSE_SERVERS: /bin/true is not the program of" in told.stdout + told.stderr
    )


def test_without_nbval_the_other_tests_run():
    """If nbval is missing or switched off, no notebook is run, and the last line says so."""
    told = pytest_here(
        "-p", "no:nbval", "tests/lessons/test_notebooks.py", "notebooks", "-k", "numbered"
    )
    assert told.returncode == 0 and "1 passed" in told.stdout, told.stdout + told.stderr
    assert "No notebook was run: nbval" in told.stdout


def test_with_nbval_notebooks_are_compared_without_an_option():
    """Bare `pytest` collects each notebook's cells, with the course's own time-out."""
    told = pytest_here("--collect-only", "notebooks/00_start_here.ipynb")
    assert told.returncode == 0 and "00_start_here.ipynb::Cell 0" in told.stdout, (
        told.stdout + told.stderr
    )


def test_matplotlib_keeps_its_files_where_it_can(tmp_path):
    """In a read-only place, it would warn, and the warning would appear in a lesson's output."""
    (tmp_path / "spy.py").write_text(
        "import os\ndef pytest_unconfigure(): print('It is', os.environ['MPLCONFIGDIR'])\n"
    )
    told = pytest_here(
        "-p",
        "spy",
        "--collect-only",
        "tests/test_entries.py",
        PYTHONPATH=str(tmp_path),
        MPLCONFIGDIR="/proc/no",
    )
    assert told.returncode == 0 and re.search(r"^It is /(?!proc)", told.stdout, re.MULTILINE), (
        told.stdout + told.stderr
    )


def test_notebooks_are_named_from_the_checkout():
    """So a checkout may be in a folder such as `course [1]`, without being taken for a test's
    parameter."""
    lesson = os.path.join("notebooks", "00_start_here.ipynb")
    assert command([ROOT / lesson])[-1] == lesson
