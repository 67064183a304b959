"""The notebooks on each other server, twice in a row; nbval itself compares them with the embedded
one in the same run."""

import pytest

from helpers.servers.guard.paths import binary
from helpers.servers.own import OwnServer, name_of
from tests.known_servers import programs
from tests.notebook_rules import NOTEBOOKS, read
from tests.notebook_runs import run

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))


@pytest.fixture(scope="module", params=programs() or [binary()], ids=name_of)
def other(request) -> str:
    """The address of a server that isn't the embedded one or, where none is installed, of a second
    Valkey; empty at first."""
    with OwnServer(request.param) as own:
        yield own.url


@pytest.mark.long
@pytest.mark.parametrize("turn", ["on an empty server", "on a used one"])
def test_notebooks_pass(other, turn):
    """Every cell gives what is stored."""
    result = run(FILES, REDIS_URL=other)
    assert result.status == 0, result.text
    assert result.passed == sum(len(read(path).code) for path in FILES)
