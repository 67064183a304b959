"""Entries: what may be stored, what comes back, and how IDs are ordered."""

import math
from datetime import datetime
from decimal import Decimal
from enum import Enum
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.entries import id_key, to_entry, to_flat, to_text


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize("value", [None, True, {}, [], (), Decimal(1), datetime.now(), uuid4(), Colour.RED, object()])
def test_a_value_without_an_obvious_text_is_refused_by_field_name(value):
    """The sentence names the field, which redis-py's doesn't."""
    with pytest.raises(TypeError, match="field 'price'"):
        to_flat({"name": "x", "price": value})


@pytest.mark.parametrize("fields, words", [
    ({}, "at least one field"), ({"a": math.nan}, "NaN"), ({"a": "\ud800"}, "surrogate"), ({"a": "x" * 1_000_001}, "too many"),
])
def test_what_cannot_be_stored_is_refused(fields, words):
    """Empty entries, NaN, lone surrogates and what is longer than a note."""
    with pytest.raises(ValueError, match=words):
        to_flat(fields)


@pytest.mark.parametrize("fields", [None, [("a", 1)], "a", {1: "a"}, {"": "a"}, {None: 1}])
def test_fields_are_a_dict_of_names(fields):
    """Anything but a dict with text names is refused."""
    with pytest.raises(TypeError):
        to_flat(fields)


scalars = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.binary(), st.integers(), st.floats(allow_nan=False))


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), scalars, min_size=1))
def test_what_is_stored_comes_back_as_text(fields):
    """Names and order are kept; values come back as their text, or as the escaped text of bytes that aren't UTF-8."""
    entry = to_entry(b"1-1", [data if isinstance(data, bytes) else str(data).encode() for data in to_flat(fields)])
    expected = {name: to_text(value) if isinstance(value, bytes) else str(value) for name, value in fields.items()}
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
