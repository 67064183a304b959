"""Produce: how the server stores a value, and how long IDs keep growing."""

import json

import pytest
import redis

from helpers.entries import id_key

FAR = "99999999999999-5"
"""An ID that no clock reaches before the year 5138."""


def test_a_value_is_bytes_to_the_server(r, stream):
    """A number comes back as text, JSON as the same text, and None isn't stored at all."""
    text = json.dumps({"item": "tea", "amount": 3})
    r.xadd(stream, {"number": 0, "order": text})
    with pytest.raises(redis.DataError):
        r.xadd(stream, {"value": None})
    assert [fields for _, fields in r.xrange(stream)] == [{"number": "0", "order": text}]


@pytest.mark.parametrize("empty", ["xtrim", "xdel"])
def test_ids_grow_as_long_as_the_key_lives(r, stream, empty):
    """Even in an emptied stream, and with a clock that is behind the last ID."""
    r.xadd(stream, {"value": 0}, id=FAR)
    r.xtrim(stream, maxlen=0, approximate=False) if empty == "xtrim" else r.xdel(stream, FAR)
    assert id_key(r.xadd(stream, {"value": 1})) > id_key(FAR)


def test_ids_begin_anew_with_a_key_that_was_deleted(r, stream):
    """So an ID saved earlier may be greater than new ones."""
    r.xadd(stream, {"value": 0}, id=FAR)
    r.delete(stream)
    assert id_key(r.xadd(stream, {"value": 1})) < id_key(FAR)
