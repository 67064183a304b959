"""Lesson 05: the original program breaks each of the five promises, and the fixed one keeps them.

The programs are the notebook's own cells.
"""

import ast
import contextlib
import io

import pytest

from helpers.streams import clean_slate
from tests.learners import notebook
from tests.notebook_rules import plain

DEMO, REPAIRED, IMPORTED = 1, 2, 3
"""The notebook defines consume() three times."""

NUMBERS = list(range(10))


class Program:
    """The definitions in the notebook's cells, up to one of its versions of consume()."""

    def __init__(self, r, version: int):
        self.names: dict[str, object] = {}
        consumers = 0
        for _, cell in notebook("05").code:
            source = plain(cell.source)
            consumers += "def consume(" in source
            if source.startswith("BEHIND"):
                break  # The exercises
            if consumers <= version and not (version == DEMO and 'start="0"' in source):
                self._define(source)
        self.names["r"] = r
        clean_slate(r, "05:")

    def _define(self, source: str) -> None:
        """Run the imports, the definitions and the constants of a cell, and nothing else."""
        kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef)
        for node in ast.parse(source).body:
            if (
                isinstance(node, kinds)
                or source.startswith(("from", "import"))
                and isinstance(node, ast.Assign)
            ):
                exec(compile(ast.Module([node], []), "notebook", "exec"), self.names)

    def play(self, *mishaps: str) -> list[int]:
        """Reproduce the mishaps, then start the program; return the values it handles."""
        handled: list[int] = []
        with contextlib.redirect_stdout(io.StringIO()):
            for mishap in mishaps:
                self.names[mishap]()
        self.names["create_group"]()
        self.names["consume"](handled.append)
        return handled

    def left(self) -> tuple[int, int]:
        """The group's lag and pending count."""
        [group] = self.names["r"].xinfo_groups(self.names["STREAM"])
        return group["lag"], group["pending"]


@pytest.fixture(params=[REPAIRED, IMPORTED], ids=["repaired", "imported"])
def repaired(request, r):
    """The program, fixed by hand, and with the course's Consumer."""
    yield Program(r, request.param)
    clean_slate(r, "05:")


@pytest.fixture
def demo(r):
    """The Go program's logic."""
    yield Program(r, DEMO)
    clean_slate(r, "05:")


def test_demo_loses_what_came_before_the_group(demo):
    """`$` hides ten entries, and a lag of 0 calls that done."""
    assert (demo.play("early_producer"), demo.left()) == ([], (0, 0))


def test_repaired_nothing_is_lost_before_the_group(repaired):
    """The group begins at 0."""
    assert (repaired.play("early_producer"), repaired.left()) == (NUMBERS, (0, 0))


def test_demo_takes_a_value_for_the_end(demo):
    """Yesterday's 9 ends today's run: ten entries wait."""
    assert (demo.play("yesterday_without_consumer", "produce"), demo.left()) == (NUMBERS, (10, 0))


def test_repaired_no_sentinel_in_the_data(repaired):
    """Both days are handled."""
    assert (repaired.play("yesterday_without_consumer", "produce"), repaired.left()) == (
        NUMBERS * 2,
        (0, 0),
    )


def test_demo_never_gets_its_history(demo):
    """Seven entries stay pending, however often it is started."""
    assert (demo.play("crash", "produce"), demo.left()) == (NUMBERS, (0, 7))


def test_repaired_own_history_comes_first(repaired):
    """Pending entries are handled, before new ones."""
    assert (repaired.play("crash", "produce"), repaired.left()) == (NUMBERS[3:] + NUMBERS, (0, 0))


def test_demo_strands_the_rest_of_a_batch(demo):
    """16 of 20 values are handled, 4 stay pending."""
    assert (len(demo.play("two_producers")), demo.left()) == (16, (0, 4))


def test_repaired_no_stranded_rest(repaired):
    """All 20 values are handled."""
    assert (sorted(repaired.play("two_producers")), repaired.left()) == (
        sorted(NUMBERS * 2),
        (0, 0),
    )


def test_demo_makes_a_number_up(demo):
    """A word is handled as 0, and acknowledged."""
    assert (demo.play("a_word"), demo.left()) == ([8, 0, 10], (0, 0))


def test_repaired_an_error_ends_the_run_loudly(repaired):
    """The word raises, and stays pending with the entries after it."""
    with pytest.raises(ValueError, match="nine"):
        repaired.play("a_word")
    assert repaired.left() == (0, 2)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("-5", -5),
        ("+5", 5),
        ("nine", 0),
        ("", 0),
        ("1_000", 0),
        (" 7", 0),
        ("٣", 0),
        ("3.5", 0),
    ],
)
def test_the_demo_reads_numbers_as_go_does(demo, text, number):
    """strconv.Atoi takes a sign and the digits 0 to 9, and nothing else."""
    assert demo.names["to_number"](text) == number
