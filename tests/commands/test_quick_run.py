"""What a run without a path leaves out, and that it says so."""

import re
import subprocess
import sys

from tests.known_servers import environment_names_one, programs
from tests.notebook_runs import ROOT, environment

LONG = "test_latency_is_measured_under_load"
WHERE = ("tests/bench/test_bench.py", "tests/test_batches.py")
BARE = ("-o", f"testpaths={' '.join(WHERE)}")
SAID = "`python3 -m helpers test --all` runs them, too."


def collected(*arguments: str) -> str:
    """What pytest would run."""
    return ran("--collect-only", "-q", "--numprocesses=0", *arguments)


def ran(*arguments: str) -> str:
    """What pytest prints."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    ).stdout


def servers(told: str) -> set[str]:
    """The servers in the IDs of tests."""
    return set(re.findall(r"\[((?:valkey|redis)-\d[\d.]*)", told))


def test_a_run_without_a_path_leaves_out_long_tests_and_further_servers():
    """It takes what is quick, on one server, and says what it left out."""
    told = collected(*BARE)
    assert "test_bench.py::" in told and LONG not in told and SAID in told
    assert len(servers(told)) == 1 + environment_names_one()


def test_all_and_a_path_leave_out_nothing():
    """Both run the long tests, and on every server that is here."""
    for told in (collected("--all", *BARE), collected(*WHERE)):
        assert LONG in told and SAID not in told
        assert len(servers(told)) > len(programs())


def test_processes_of_such_a_run_leave_them_out_too():
    """Each of them collects the tests for itself."""
    told = ran("--numprocesses=1", *BARE, "-k", LONG)
    assert "no tests ran" in told and SAID in told and "INTERNALERROR" not in told
