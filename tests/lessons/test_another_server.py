"""The notebooks on every other server, twice in a row; nbval itself compares them on the embedded
one in the same run."""

import pytest

from helpers.servers.guard.paths import binary
from helpers.servers.own import OwnServer, name_of
from tests.known_servers import programs
from tests.notebook_rules import NOTEBOOKS, read
from tests.notebook_runs import run

PARTS = 4
"""The number of parts that the notebooks are split into, each with its own server, so that parts
can run in parallel."""
FILES = sorted(NOTEBOOKS.glob("*.ipynb"))
WHERE = [
    pytest.param((program, FILES[part::PARTS]), id=f"{name_of(program)}-part {part}")
    for program in programs() or [binary()]
    for part in range(PARTS)
]


@pytest.fixture(scope="module", params=WHERE)
def other(request):
    """A server other than the embedded one or, if none is installed, a second Valkey, initially
    empty; and the notebooks that run on it."""
    program, files = request.param
    with OwnServer(program) as own:
        yield own.url, files


@pytest.mark.long
@pytest.mark.parametrize("turn", ["on an empty server", "on a used one"])
def test_notebooks_pass(other, turn):
    """Every cell gives its stored output."""
    url, files = other
    result = run(files, REDIS_URL=url)
    assert result.status == 0, result.text
    assert result.passed == sum(len(read(path).code) for path in files)
