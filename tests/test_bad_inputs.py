"""Wrong arguments: every public helper names the wrong one in one sentence, before doing
anything."""

import inspect
import math
import re

import pytest

from helpers import snapshots, streams, views
from helpers.consumer import Consumer
from helpers.faults import DroppingProxy
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.streams import Pending, ensure_group, pending, read_group
from helpers.waiting import wait_until

TEXTS = ["", None, 5, b"bytes"]
WHOLE = [0, -1, 1.5, True, "5"]
FROM_ZERO = [-1, 1.5, True, "5"]
IDS = ["abc", "", "1-2-3", "-1", "*", 1700000000.5, b"1-1", "9" * 30]
SECONDS = [-1, math.nan, math.inf, 1e10, 10**400, "5", True]

WRONG = {
    "stream": TEXTS,
    "group": TEXTS,
    "consumer": TEXTS,
    "command": TEXTS,
    "key": TEXTS,
    "reason": TEXTS,
    "besides": TEXTS[1:],
    "prefix": TEXTS,
    "start": [*IDS, ">"],
    "after": [*IDS, "$"],
    "entry_id": [*IDS, None, "0-0x"],
    "letter_id": [*IDS, None],
    "count": WHOLE,
    "limit": WHOLE,
    "min_idle_ms": FROM_ZERO,
    "block_ms": [-1, 0.5, "5", True, 5000],
    "entry_ids": ["1-1", None, 5, {"1-1"}, ["1-1", "abc"], [b"1-1"]],
    "entry": [None, "1-1", ("1-1", "alice", 0, 1)],
    "seconds": SECONDS,
    "stays_own": ["no", 1, None],
}
"""Wrong values for each parameter name; a name means the same in every helper."""

MAY_BE_NONE = {
    (streams.pending, "consumer"),
    (streams.pending, "entry_id"),
    *((f, "group") for f in (snapshots.snapshot, views.picture)),
}
FREE = {"r", "arguments"}
"""Parameters that aren't ours to judge: the client, and whatever an effect's command takes."""

RIGHT = {
    "stream": "{stream}",
    "group": "g",
    "consumer": "alice",
    "command": "INCR",
    "key": "{stream}:n",
    "reason": "why",
    "prefix": "{stream}",
    "entry_id": "1-1",
    "letter_id": "1-1",
    "entry_ids": ["1-1"],
    "min_idle_ms": 0,
    "entry": Pending("1-1", "alice", 0, 1),
    "limit": 5,
}


def public(module) -> list:
    """The public functions that a module or package itself defines."""
    found = [
        f
        for name, f in inspect.getmembers(module, inspect.isfunction)
        if f.__module__.startswith(module.__name__) and name[0] != "_"
    ]
    assert found, module
    return found


HELPERS = [*public(streams), snapshots.snapshot, views.picture]
CASES = [
    (helper, name)
    for helper in HELPERS
    for name in inspect.signature(helper).parameters
    if name not in FREE
]


@pytest.fixture
def used(r, stream):
    """A stream with one pending entry of three."""
    ensure_group(r, stream, "g")
    for n in range(3):
        r.xadd(stream, {"value": n}, id=f"1-{n + 1}")
    read_group(r, stream, "g", "alice", count=1)
    return stream


def everything(r, prefix) -> dict:
    """All keys under a prefix with their contents, and who has which entries pending."""
    return {key: contents(r, key) for key in sorted(r.scan_iter(prefix + "*", count=1000))}


def contents(r, key):
    """The contents of a key."""
    return (r.xrange(key), r.xpending(key, "g")) if r.type(key) == "stream" else r.dump(key)


@pytest.mark.parametrize("helper, name", CASES, ids=lambda part: getattr(part, "__name__", part))
def test_a_wrong_argument_is_named_and_nothing_is_done(r, prefix, used, helper, name):
    """ValueError or TypeError, one sentence with the argument's name, and the server unchanged."""
    parameters = inspect.signature(helper).parameters
    needed = {
        key
        for key, parameter in parameters.items()
        if parameter.default is parameter.empty and key not in FREE
    }
    right = {
        key: RIGHT[key].format(stream=used) if isinstance(RIGHT[key], str) else RIGHT[key]
        for key in needed
    }
    before = everything(r, prefix)
    for wrong in WRONG[name]:
        if wrong is None and (helper, name) in MAY_BE_NONE:
            continue
        with pytest.raises((ValueError, TypeError)) as caught:
            helper(*([r] if "r" in parameters else []), **(right | {name: wrong}))
        assert re.fullmatch(rf"[^\n]*\b{name}\b[^\n]*\.", str(caught.value)), (
            wrong,
            str(caught.value),
        )
    assert everything(r, prefix) == before


@pytest.mark.parametrize("seconds", SECONDS)
def test_a_wrong_time_never_waits_for_ever(r, used, seconds):
    """A wait for NaN seconds would never end; a consumer and a producer say so at once."""
    with (
        Consumer(r, used, "g", "alice", lambda entry: None) as consumer,
        Producer(r, used) as producer,
    ):
        for wait in (
            lambda: consumer.wait(1, seconds),
            lambda: consumer.drain(seconds),
            lambda: producer.flush(seconds),
        ):
            with pytest.raises(ValueError, match="seconds must be"):
                wait()
    with pytest.raises(ValueError, match="handled must be"):
        consumer.wait(handled="all")


def test_waiting_for_nan_seconds_ends():
    """The one loop in which everything waits can't run forever."""
    with pytest.raises(TimeoutError):
        wait_until(lambda: False, math.nan, "nothing")


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"command": ""}, "command must be text"),
        ({"command": None}, "command must be text"),
        ({"command": "XADD", "drop": -1}, "drop must be"),
        ({"command": "XADD", "drop": "1"}, "drop must be"),
    ],
)
def test_a_proxy_is_told_what_to_drop(embedded_url, arguments, words):
    """Before it opens a socket."""
    with pytest.raises(ValueError, match=words):
        DroppingProxy(embedded_url, **arguments)


def test_a_server_that_does_not_exist_is_named():
    """A wrong path ends in one sentence, and leaves no directory behind."""
    own = OwnServer("/no/such/redis-server")
    with pytest.raises(RuntimeError, match="/no/such/redis-server"):
        own.start()
    own.close()
    assert not own.directory.exists()


TOO_LONG = {"value": "x" * 100_000_000}


@pytest.mark.parametrize(
    "fields",
    [{}, None, [("value", 1)], {"value": None}, {"": 1}, TOO_LONG],
    ids=lambda fields: repr(fields)[:20],
)
def test_what_cannot_be_stored_is_not_queued(r, used, fields):
    """The sender gets the error at once, even for 100 MB; its next entry is stored."""
    with Producer(r, used) as producer:
        with pytest.raises((TypeError, ValueError), match="field"):
            producer.send(fields)
        producer.send({"value": "next"})
    assert producer.stored == 1 and r.xlen(used) == 4


def test_clearing_nothing_changes_nothing(r, used):
    """XACK without an ID is a server error; a step that handled nothing never sends it."""
    consumer = Consumer(
        r, used, "g", "bob", lambda entry: 1 / 0, min_idle_ms=60_000, max_deliveries=3, block_ms=1
    )
    assert consumer.step() == [] and len(pending(r, used, "g")) == 3
