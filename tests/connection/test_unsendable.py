"""Arguments that Redis can't take: one sentence names it and says what to send instead."""

import collections
import dataclasses
import datetime
import decimal
import enum
import uuid

import numpy
import pytest
import redis

from helpers.connection import connect
from helpers.connection.unsendable import explain
from helpers.entries import to_entry
from helpers.streams import pending

ID = "1700000000000-0"
PAIR = (ID, {"value": "a"})
ENTRY = to_entry(ID.encode(), {b"value": b"a"})
ROW = {"message_id": ID, "consumer": "alice", "time_since_delivered": 1, "times_delivered": 1}
EACH = "for entry in entries] for all"


class Color(enum.IntEnum):
    """An int that redis-py refuses."""

    RED = 1


@dataclasses.dataclass
class Order:
    """An object that somebody may want to store."""

    pixels: int = 7


IDS = [
    ([PAIR], "send entry[0] of one entry, or *[entry[0] " + EACH),
    ((PAIR, PAIR), "send entry[0] of one entry, or *[entry[0] " + EACH),
    ([(ID, None)], "send entry[0] of one entry, or *[entry[0] " + EACH),
    (PAIR, "a whole entry, so send its ID, entry[0]"),
    (list(PAIR), "a whole entry, so send its ID, entry[0]"),
    (
        {"00:finish": [PAIR]},
        "go through reply['00:finish']; entry[0] is the ID of each",
    ),
    (ENTRY, "send its ID, entry.id"),
    ([ENTRY], "send entry.id of one entry, or *[entry.id " + EACH),
    (ROW, "send its ID, entry['message_id']"),
    ([ROW], "send entry['message_id'] of one entry, or *[entry['message_id'] " + EACH),
    ([ID, ID], "put * before it"),
    ([], "is a list, []: for several arguments put * before it"),
    ({ID}, "put * before it"),
    (collections.deque([ID]), "put * before it"),
    ((entry_id for entry_id in [ID]), "is a generator: for several arguments put * before it"),
    (None, "is None: leave it out"),
]

VALUES = [
    (None, "is None: leave it out, or send ''"),
    (True, "is True: send 1 or 0"),
    (False, "is False: send 1 or 0"),
    ([1, 2], "is a list, [1, ...]: "),
    ({"a": 1}, "is a dict, {'a': 1}: convert it to text with json.dumps()"),
    ({1: [2]}, "convert it to text with json.dumps()"),
    ({}, "is a dict, {}: "),
    ((1, 2), "json.dumps(list(...))"),
    (range(3), "json.dumps(list(...))"),
    (
        Order(),
        "is an Order, Order(pixels=7): convert it to text with json.dumps(dataclasses.asdict(...))",
    ),
    (Color.RED, "send its .value"),
    (datetime.date(2024, 2, 29), "is a date, datetime.date(2024, 2, 29): send its .isoformat()"),
    (decimal.Decimal("1.5"), "is a Decimal, Decimal('1.5'): convert it to text first, with str()"),
    (uuid.UUID(int=7), "convert it to text first, with str()"),
    (numpy.int64(3), "is an int64, np.int64(3): send its .item()"),
    (numpy.array([1]), "put * before it"),
    (len, "call it, with parentheses"),
    (Order, "call it, with parentheses"),
    (redis.Redis().pipeline(), "is a pipeline: a command in a pipeline returns the pipeline"),
    (object(), "is an object: convert it to text first"),
    (["x" * 1000], "is a list, ['xxxxxxxxxxxx...xxxxxxxxxxxxx']: "),
]


def refusal(call) -> str:
    """Return the one sentence with which redis.DataError refuses a call, with no other error
    chained to it."""
    with pytest.raises(redis.DataError) as caught:
        call()
    assert caught.value.__context__ is None
    assert (
        str(caught.value).endswith(".")
        and "\n" not in str(caught.value)
        and len(str(caught.value)) < 300
    )
    return str(caught.value)


@pytest.mark.parametrize(("value", "words"), IDS, ids=lambda value: type(value).__name__)
def test_what_is_no_entry_id_is_named(r, stream, value, words):
    """Whatever part of a reply is passed to XACK, the sentence says how to write the ID."""
    sentence = refusal(lambda: r.xack(stream, "consumerGroup", value))
    assert (
        sentence.startswith("XACK's argument 3, after 'consumerGroup', is ") and words in sentence
    )


@pytest.mark.parametrize(("value", "words"), VALUES, ids=lambda value: type(value).__name__)
def test_what_is_no_value_is_named(r, stream, value, words):
    """For any value that can't be stored, the sentence names its field and a way to fix it; nothing
    is stored."""
    sentence = refusal(lambda: r.xadd(stream, {"pixels": 1, "value": value}))
    assert sentence.startswith("XADD's argument 6, after 'value', is ") and words in sentence
    assert r.exists(stream) == 0


def test_replies_as_they_come_are_understood(r, stream):
    """Replies to XREADGROUP, XAUTOCLAIM and XPENDING, and the lines that the helpers make of the
    last."""
    r.xgroup_create(stream, "g", id="0", mkstream=True)
    r.xadd(stream, {"value": "a"})
    reply = r.xreadgroup("g", "alice", {stream: ">"})
    assert f"through reply[{stream!r}]" in refusal(lambda: r.xack(stream, "g", reply))
    for entries, part in [
        (reply[stream], "[0]"),
        (r.xautoclaim(stream, "g", "bob", 0)[1], "[0]"),
        (r.xpending_range(stream, "g", "-", "+", 1), "['message_id']"),
        (pending(r, stream, "g"), ".id"),
    ]:
        assert f"send entry{part} of one" in refusal(
            lambda given=entries: r.xack(stream, "g", given)
        )
        assert f"send its ID, entry{part}" in refusal(
            lambda given=entries: r.xack(stream, "g", given[0])
        )


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda r: r.xlen(None), "XLEN's argument 1 is None: "),
        (lambda r: r.xrange("s", PAIR), "XRANGE's argument 2, after 's', is a tuple, "),
        (lambda r: r.xgroup_create("s", None), "XGROUP CREATE's argument 2, after 's', is None: "),
        (
            lambda r: r.xreadgroup("g", "c", {"s": [ID]}),
            "XREADGROUP's argument 6, after 's', is a list, ",
        ),
        (lambda r: r.execute_command(b"XLEN", ["s"]), "XLEN's argument 1 is a list, ['s']: "),
        (
            lambda r: r.pipeline().xadd("s", {"value": 1}).xack("s", "g", [PAIR]).execute(),
            "XACK's argument 3, after 'g', is a list, ",
        ),
    ],
)
def test_every_command_names_its_argument(r, call, sentence):
    """Keys, groups and IDs, two-word commands, bytes as a name, and pipelines."""
    assert refusal(lambda: call(r)).startswith(sentence)


@pytest.mark.parametrize(
    ("call", "needed"),
    [
        (lambda r: r.xack("s", "g", *[]), "XACK needs at least one entry ID"),
        (lambda r: r.xdel("s", *[]), "XDEL needs at least one entry ID"),
        (lambda r: r.delete(*[]), "DEL needs at least one key"),
        (lambda r: r.unlink(*[]), "UNLINK needs at least one key"),
        (lambda r: r.exists(*[]), "EXISTS needs at least one key"),
    ],
)
def test_an_empty_list_of_ids_or_keys_is_named(r, call, needed):
    """`*ids` with nothing in it is refused before anything is sent."""
    assert (
        refusal(lambda: call(r))
        == f"{needed}, and got none: check that the list after * isn't empty."
    )


@pytest.mark.parametrize("command", ["AUTH", "HELLO", "ACL SETUSER", "CONFIG SET", "auth"])
def test_no_password_is_shown(r, command):
    """For commands that may contain one, the sentence names only the argument and its type."""
    sentence = refusal(lambda: r.execute_command(command, "swordfish", ["swordfish"]))
    assert (
        sentence.startswith(f"{command}'s argument 2 is a list: ") and "swordfish" not in sentence
    )


def test_what_only_seems_to_fit_is_no_wrong_accusation():
    """If every argument has a type that Redis takes, none is named."""
    assert (
        explain(("XLEN", "s"))
        == "an argument of XLEN can't be sent: convert it to plain text, bytes, int or float."
    )
    assert explain((None, "s")) == "the name of a command must be text, not None."


def test_a_refusal_hides_no_earlier_error(r):
    """A learner's error that is being handled stays in the chain, alone."""
    with pytest.raises(redis.DataError) as caught:
        try:
            raise KeyError("mine")
        finally:
            r.xlen(None)
    assert isinstance(caught.value.__context__, KeyError) and not caught.value.__suppress_context__


def test_a_value_that_cannot_be_shown_is_still_named(r):
    """A broken __repr__ doesn't replace the sentence."""

    class Broken:
        def __repr__(self):
            raise RuntimeError("no repr")

    assert refusal(lambda: r.xlen(Broken())).startswith("XLEN's argument 1 is a Broken")


def test_the_client_goes_on(embedded_url):
    """Nothing was sent, so the same connection is reused."""
    with connect(embedded_url) as r:
        number = r.client_id()
        refusal(lambda: r.xlen(None))
        assert r.client_id() == number
