"""The gates can fail: doctored copies of real notebooks turn red, and an untouched copy stays
green."""

import re

import pytest

from helpers.servers.own import OwnServer
from tests import canaries
from tests.canaries import CHEAP, beginning
from tests.notebook_rules import NOTEBOOKS, Notebook, ran_once_in_order
from tests.notebook_runs import Result, run

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def verdict(tmp_path_factory) -> Result:
    """Pytest's results for all copies from tests/canaries.py."""
    copies = canaries.make(tmp_path_factory.mktemp("copies"))
    with OwnServer() as own:
        # Outside the checkout, it isn't found automatically
        return run([copies], "-p", "conftest", REDIS_URL=own.url)


def failed(verdict: Result, name: str) -> list[str]:
    """The cells of one copy that turned red."""
    return re.findall(
        rf"^(?:FAILED|ERROR) .*{name}/lesson\.ipynb::(Cell \d+)", verdict.text, re.MULTILINE
    )


def test_an_honest_copy_stays_green(verdict):
    """So the others turn red only because they were doctored."""
    assert failed(verdict, "honest") == [], verdict.text
    assert verdict.passed > 3


def test_a_changed_output_turns_red(verdict):
    """An extra character in a stored output is noticed, in that cell."""
    assert len(failed(verdict, "altered")) == 1


def test_a_dead_kernel_is_noticed_at_once(verdict):
    """It is reported as such, without waiting for the cell's time-out."""
    assert failed(verdict, "deadly") == ["Cell 3"]
    assert "The kernel died while this cell was running" in verdict.text


def test_acknowledging_before_handling_turns_red(verdict):
    """A consumer that acknowledges first loses the entry on which it fails; the lesson shows that
    it must not."""
    assert failed(verdict, "hasty") != [], verdict.text


def test_stripped_outputs_turn_red():
    """nbval passes a notebook without outputs; our rule doesn't."""
    nb = beginning(CHEAP)
    for cell in nb.cells:
        cell.update(execution_count=None, outputs=[]) if cell.cell_type == "code" else None
    assert ran_once_in_order(Notebook(NOTEBOOKS / CHEAP, nb)) != []
