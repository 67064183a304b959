"""Entries: what may be stored, what comes back, and how IDs are ordered."""

import math
import sys
from array import array
from datetime import datetime
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from itertools import chain
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.entries import id_key, split, to_entry, to_text


def flat(fields) -> list:
    """Names and values, one after the other, as XADD takes them."""
    names, values, _ = split(fields)
    return list(chain.from_iterable(zip(names, values, strict=True)))


class Color(Enum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


class Shade(StrEnum):
    DARK = "dark"


class Int64(int):
    """Like numpy's: an int that prints as something else."""


class Float64(float):
    """Like numpy's."""


ODD = [
    None,
    True,
    {},
    [],
    (),
    Decimal(1),
    datetime.now(),
    uuid4(),
    Color.RED,
    Level.HIGH,
    Shade.DARK,
    Int64(5),
    Int64(10**5000),
    Float64(1.5),
    Float64("nan"),
    1j,
    object(),
    bytearray(b"x"),
    memoryview(b"x"),
    array("b", b"x"),
    range(3),
    Exception,
    print,
]


@pytest.mark.parametrize("value", ODD, ids=lambda value: type(value).__name__)
def test_a_value_without_an_obvious_text_is_refused_by_field_name(value):
    """The sentence names the field, which redis-py's doesn't."""
    with pytest.raises(TypeError, match="field 'price'"):
        flat({"name": "x", "price": value})


@pytest.mark.parametrize(
    "fields, words",
    [
        ({}, "at least one field"),
        ({"a": math.nan}, "NaN"),
        ({"a": "\ud800"}, "surrogate"),
        ({"\ud800": 1}, "surrogate"),
        ({"a": "x" * 1_000_001}, "'a': 1,000,001 bytes are too many"),
        ({"x" * 1_000_001: 1}, "1,000,001 bytes are too many"),
        ({"a": "ö" * 500_001}, "'a': 1,000,002 bytes are too many"),
        ({"a": b"x" * 600_000, "b": "x" * 600_000}, "1,200,042 bytes together"),
        ({"x" * 999_999: 1}, "bytes together are too many"),
        ({str(n): n for n in range(3901)}, "3,901 fields are too many.*3,900"),
        ({"a": 1, b"a": 2}, "'a' is there twice"),
        ({b"a": 1, "b": 2, "a": 3}, "b'a' is there twice"),
        ({"ä": 1, "ä".encode(): 2}, "'ä' is there twice"),
    ],
)
def test_what_cannot_be_stored_is_refused(fields, words):
    """Empty entries, NaN, lone surrogates, values that are too long, and values that a reader would
    see only in part."""
    with pytest.raises(ValueError, match=words):
        flat(fields)


def test_what_may_change_is_made_bytes_not_text():
    """Otherwise str() of a bytearray would be stored: "bytearray(b'x')"."""
    for value in (bytearray(b"x"), memoryview(b"x")):
        with pytest.raises(TypeError, match=r"make it bytes\(\)"):
            flat({"a": value})


@pytest.mark.parametrize("limit", [640, 4300, 0])
@pytest.mark.parametrize("digits", [1, 18, 19, 20, 100, 640, 641, 4300, 4301, 5000, 100_000])
@pytest.mark.parametrize("sign", [1, -1])
def test_an_int_of_any_length_is_stored_or_refused(limit, digits, sign):
    """Whatever Python's limit for converting an int to text; beyond it, the client's packer would
    crash the interpreter."""
    before, value = sys.get_int_max_str_digits(), sign * 10 ** (digits - 1)
    sys.set_int_max_str_digits(limit)
    try:
        if limit and digits > limit:
            with pytest.raises(
                ValueError, match=f"field 'value': an int of about {digits:,} digits"
            ):
                flat({"value": value})
        else:
            assert str(flat({"value": value})[1]) == "-" * (sign < 0) + "1" + "0" * (digits - 1)
    finally:
        sys.set_int_max_str_digits(before)


def test_an_int_that_would_take_hours_to_become_text_is_refused():
    """Without Python's limit, ours still applies."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        with pytest.raises(ValueError, match="an int of about 30,103,000 digits"):
            flat({"value": 1 << 100_000_000})
    finally:
        sys.set_int_max_str_digits(before)


@pytest.mark.parametrize(
    "value, text",
    [
        (1e308, "1e+308"),
        (5e-324, "5e-324"),
        (-0.0, "-0.0"),
        (math.inf, "inf"),
        (0.1, "0.1"),
        (2**63, str(2**63)),
        (-(10**18), str(-(10**18))),
    ],
)
def test_numbers_at_their_ends_are_stored_exactly(value, text):
    """As Python writes them, so that float() and int() return the same number."""
    assert str(flat({"value": value})[1]) == text and type(value)(text) == value


def test_a_name_that_equals_an_earlier_one_is_checked_all_the_same():
    """A StrEnum equals its text, which has been seen before; it is refused as it was the first
    time."""
    for _ in range(2):
        with pytest.raises(TypeError, match="field name"):
            flat({Shade.DARK: 1})
        assert flat({"dark": 1}) == ["dark", 1]


def test_fields_that_change_while_they_are_sent_are_refused():
    """Half of an old state would be mixed with half of a new one, and with its neighbors."""

    class Changing(dict):
        def values(self):
            return list(super().values())[1:]

    with pytest.raises(ValueError, match="changed while it was sent"):
        flat(Changing(a=1, b=2))


def test_a_name_that_an_entry_has_twice_keeps_its_last_value():
    """XADD allows it; `raw` and `fields` agree."""
    entry = to_entry(b"1-1", [b"a", b"1", b"a", b"2"])
    assert entry.raw == {b"a": b"2"} and entry.fields == {"a": "2"}


@pytest.mark.parametrize("fields", [None, [("a", 1)], "a", {1: "a"}, {"": "a"}, {None: 1}])
def test_fields_are_a_dict_of_names(fields):
    """Anything but a dict with text names is refused."""
    with pytest.raises(TypeError):
        flat(fields)


scalars = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.binary(),
    st.integers(),
    st.floats(allow_nan=False),
)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1), scalars, min_size=1
    )
)
def test_what_is_stored_comes_back_as_text(fields):
    """Names and order are kept; values come back as text, with bytes that aren't UTF-8 escaped."""
    entry = to_entry(
        b"1-1", [data if isinstance(data, bytes) else str(data).encode() for data in flat(fields)]
    )
    expected = {
        name: to_text(value) if isinstance(value, bytes) else str(value)
        for name, value in fields.items()
    }
    assert entry.fields == expected and list(entry.fields) == list(fields)


@given(st.binary())
def test_any_bytes_become_text_that_can_be_printed(data):
    """One entry that isn't UTF-8 can't stop a batch, and its text can be sent again."""
    text = to_text(data)
    assert to_text(text.encode("utf-8")) == text


@given(st.lists(st.tuples(st.integers(0, 2**63), st.integers(0, 2**63))))
def test_ids_sort_as_the_server_sorts_them(pairs):
    """By milliseconds, then by sequence, as numbers."""
    ids = [f"{ms}-{seq}" for ms, seq in pairs]
    assert sorted(ids, key=id_key) == [f"{ms}-{seq}" for ms, seq in sorted(pairs)]


def test_a_trimmed_entry_has_no_fields():
    """The server answers None for the fields of an entry that was trimmed while it was pending."""
    assert to_entry(b"1-1", None).fields == {}
