"""Answers count as what they are, whatever types a Python programmer uses."""

import array
from collections import deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from helpers.checks.attempt import at_odds
from helpers.checks.exercise import Seen
from helpers.checks.lessons import find
from helpers.checks.plain_data import number, texts, to_plain
from helpers.snapshots import Snapshot

FIVES = [
    5,
    5.0,
    "5",
    b"5",
    Decimal(5),
    Decimal("5.0"),
    Fraction(5),
    np.int64(5),
    np.uint8(5),
    np.float32(5),
    np.array(5),
    np.str_("5"),
]


@pytest.mark.parametrize("value", FIVES, ids=lambda value: f"{type(value).__name__}-{value}")
def test_any_five_is_five(value):
    """Whatever library it comes from."""
    assert number(to_plain(value)) == 5


@pytest.mark.parametrize("value", [True, np.True_, None, "", "five", [5], {}, object(), 5j])
def test_what_is_no_number_is_none(value):
    """True isn't 1 here."""
    assert number(to_plain(value)) is None


LISTS = [
    [0, 1, 2],
    (0, 1, 2),
    range(3),
    deque([0, 1, 2]),
    {0: "a", 1: "b", 2: "c"}.keys(),
    {"a": 0, "b": 1, "c": 2}.values(),
    np.arange(3),
    np.arange(3.0),
    array.array("i", [0, 1, 2]),
    [Decimal(0), Fraction(1), np.int8(2)],
    ["0", b"1", 2.0],
]


@pytest.mark.parametrize("value", LISTS, ids=lambda value: type(value).__name__)
def test_any_list_is_a_list(value):
    """Any list of the same texts counts."""
    assert texts(to_plain(value)) == ["0", "1", "2"]


@pytest.mark.parametrize(
    "value", [(n for n in range(3)), iter([0, 1, 2]), map(int, "012"), reversed([2, 1, 0])]
)
def test_what_gives_its_items_once_is_not_used_up(value):
    """The check reads it twice, and the learner still has it; the hint says to make a list."""
    seen = [Seen(Snapshot(""), passed={"got": to_plain(value)}) for _ in range(2)]
    [told] = {at_odds(find("04.handover"), each) for each in seen}
    assert told.startswith("`got` is a ") and "list(…)" in told
    assert list(value) == [0, 1, 2]


@pytest.mark.parametrize(
    "value",
    [
        Decimal("nan"),
        Decimal("inf"),
        np.float64("nan"),
        np.zeros(10**6),
        np.zeros((99, 99)),
        "x" * 9**6,
    ],
    ids=lambda value: type(value).__name__,
)
def test_odd_numbers_and_large_arrays_are_small_data(value):
    """They never raise an error, and never take much room."""
    assert len(repr(to_plain(value))) < 500_000
