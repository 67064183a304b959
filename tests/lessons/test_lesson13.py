"""Failover: the losses of a held line, what each command says about them, and numbered entries,
which are stored once even if they are sent again."""

from contextlib import nullcontext
from functools import partial

import pytest
from redis import ResponseError

from helpers.confirming import TooFewReplicas
from helpers.connection import connect
from helpers.faults import Pair
from helpers.outcomes import outcome
from helpers.producer import Producer
from helpers.streams import ensure_group, read_group
from helpers.waiting import wait_until
from tests.learners import notebook

GROUP = "consumerGroup"


@pytest.fixture
def pair(program, r):
    """A master and its replica, of the same program as the server under test."""
    with Pair(r) as pair:
        yield pair


@pytest.fixture
def master(pair):
    """A client of the master."""
    with connect(pair.master.url) as client:
        yield client


@pytest.fixture
def replica(pair):
    """A client of the replica."""
    with connect(pair.replica.url) as client:
        yield client


def numbered() -> str:
    """The script that the lesson shows."""
    [source] = [c.source for _, c in notebook("13").code if c.source.startswith("NUMBERED")]
    names: dict = {}
    exec(source, names)
    return names["NUMBERED"]


def values(r, stream) -> list[str]:
    """The values in a stream."""
    return [fields["value"] for _, fields in r.xrange(stream)]


@pytest.mark.parametrize("confirm", [0, 1])
def test_only_a_producer_that_confirms_knows_of_the_loss(pair, master, replica, confirm):
    """Without `confirm`, all ten count as stored, and five are gone; with it, five count, and those
    are there."""
    producer = Producer(master, "s", producer_id="till", confirm=confirm, patience=3)
    with pytest.raises(TooFewReplicas) if confirm else nullcontext(), producer:
        for number in range(5):
            producer.send({"value": number})
        producer.flush()
        assert master.wait(1, 4000) == 1
        pair.line.hold()
        for number in range(5, 10):
            producer.send({"value": number})
    pair.fail_over()
    assert producer.stored == (5 if confirm else 10) and values(replica, "s") == list("01234")


@pytest.mark.parametrize("way", ["numbered", "plain"])
def test_what_is_doubtful_may_be_sent_again_by_its_number(pair, master, replica, way):
    """Sent twice to a master that has it and once to one that doesn't: only numbers prevent
    duplicates."""
    script = numbered()

    def send(server, number):
        if way == "plain":
            return server.xadd("s", {"value": number})
        return server.eval(script, 2, "s", "s:producer", number, number)

    for number in range(1, 7):
        send(master, number)
        if number == 3:
            assert master.wait(1, 4000) == 1
            pair.line.hold()
    for number in range(4, 7):
        send(master, number)
    assert values(master, "s") == [*"123456", *("456" if way == "plain" else "")]
    pair.fail_over()
    for number in range(4, 7):
        send(replica, number)
    assert values(replica, "s") == list("123456")


def test_a_repeat_writes_so_that_wait_asks_about_it(pair, master):
    """WAIT on a connection that has written nothing asks about nothing, and confirms nothing."""
    script = numbered()
    master.eval(script, 2, "s", "s:producer", 1, 1)
    assert master.wait(1, 4000) == 1
    pair.line.hold()
    master.eval(script, 2, "s", "s:producer", 2, 2)
    with connect(pair.master.url) as other, other.pipeline(transaction=False) as pipe:
        assert pipe.eval(script, 2, "s", "s:producer", 2, 2).wait(1, 50).execute() == [2, 0]


def test_reading_ones_own_history_is_not_replicated(pair, master, replica):
    """The master has counted four deliveries, the replica one, until somebody claims the entry."""
    ensure_group(master, "s", GROUP)
    master.xadd("s", {"value": 1})
    [entry] = read_group(master, "s", GROUP, "alice")
    for _ in range(3):
        master.xreadgroup(GROUP, "alice", {"s": "0"})
    assert master.wait(1, 4000) == 1
    assert [deliveries(each) for each in (master, replica)] == [4, 1]
    master.xclaim("s", GROUP, "bob", 0, [entry.id])
    assert master.wait(1, 4000) == 1
    assert deliveries(replica) == deliveries(master) == 5


def deliveries(r) -> int:
    """The only pending entry's delivery count, according to the server."""
    [line] = r.xpending_range("s", GROUP, "-", "+", 10)
    return line["times_delivered"]


def test_min_replicas_lets_a_held_line_pass(pair, master):
    """The replica's reports still get through, so the master accepts entries that no replica has;
    cut off, it even refuses reads by a group."""
    ensure_group(master, "s", GROUP)
    master.config_set("min-replicas-to-write", 1)
    add = partial(outcome, master.xadd, "s", {"value": 1})
    # Redis 7.0 counts its replicas once a second
    wait_until(lambda: "NOREPLICAS" not in add(), 10, "a replica that counts")
    pair.line.hold()
    assert master.xlen("s") == 1 and "NOREPLICAS" not in add() and master.xlen("s") == 2
    pair.line.cut()
    wait_until(lambda: "NOREPLICAS" in add(), 10, "the end of the replica")
    with pytest.raises(ResponseError, match="NOREPLICAS"):
        master.xreadgroup(GROUP, "alice", {"s": ">"})
    assert master.xread({"s": "0"})
