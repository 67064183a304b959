"""Producer with `confirm`: entries that count as stored are in a replica's memory, too."""

import pytest
import redis

from helpers.confirming import TooFewReplicas, confirmed_at_home
from helpers.connection import connect
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.servers.ports import HOST
from helpers.waiting import wait_until


@pytest.fixture
def pair(program):
    """A master and its replica: the replica's server, and a client of each."""
    with (
        OwnServer(program, tcp=True, repl_diskless_sync_delay=0) as master,
        OwnServer(program) as replica,
        connect(master.url) as r,
        connect(replica.url) as copy,
    ):
        copy.replicaof(HOST, master.port)
        wait_until(lambda: r.set("probe", 1) and r.wait(1, 100), 20, "the replica")
        yield replica, r, copy


def tries(r) -> int:
    """The number of calls of a script."""
    return r.info("commandstats").get("cmdstat_eval", {"calls": 0})["calls"]


def sent(r, *numbers: int, **settings) -> Producer:
    """Send numbers through a producer that requires a replica's confirmation."""
    with Producer(r, "s", confirm=1, **settings) as producer:
        for n in numbers:
            producer.send({"value": n})
    return producer


def url_of(r) -> str:
    """The URL of a client's server."""
    return f"unix://{r.get_connection_kwargs()['path']}"


def has_all(r) -> bool:
    """Tell whether the replica has confirmed everything that was written."""
    info = r.info("replication")
    return info["slave0"]["offset"] == info["master_repl_offset"]


def values(r) -> list[int]:
    """The values on a server."""
    return [int(fields["value"]) for _, fields in r.xrange("s")]


def test_what_is_stored_is_on_the_replica(pair):
    """At the moment when the producer says so, without another wait."""
    _, r, copy = pair
    with Producer(r, "s", confirm=1) as producer:
        for n in range(1200):
            producer.send({"value": n})
            if n % 300 == 0:
                producer.flush()
                assert copy.xlen("s") == n + 1
    assert values(copy) == list(range(1200))


def test_an_unconfirmed_batch_is_sent_again_and_stored_once(pair):
    """While the only replica is frozen, nothing counts as stored; once it thaws, everything does,
    once."""
    replica, r, copy = pair
    with Producer(r, "s", confirm=1, patience=30) as producer:
        replica.freeze()
        producer.send({"value": 0})
        before = tries(r)
        wait_until(lambda: tries(r) >= before + 3, 20, "three tries")
        assert producer.stored == 0 and r.xlen("s") == 1
        replica.thaw()
        producer.flush()
        assert producer.stored == 1
    assert values(r) == values(copy) == [0]


def test_when_patience_ends_the_error_says_what_is_not_confirmed(pair):
    """By number, however much of it is on the master."""
    replica, r, _ = pair
    with (
        pytest.raises(TooFewReplicas, match="0 of 1 replicas") as caught,
        Producer(r, "s", confirm=1, patience=2.0, batch=2) as producer,
    ):
        producer.send({"value": 0})
        producer.flush()
        replica.freeze()
        for n in (1, 2, 3):
            producer.send({"value": n})
    notes = " ".join(caught.value.__notes__)
    assert "3 may not be confirmed by 1 replica, from number 2 to 4" in notes
    assert producer.stored == 1


def test_a_failover_loses_nothing_that_counts_as_stored(pair):
    """The replica is cut off, and takes over: it has the confirmed entries, and the producer
    claimed no others."""
    _, r, copy = pair
    with (
        pytest.raises(TooFewReplicas),
        Producer(r, "s", producer_id="p", confirm=1, patience=2.0) as producer,
    ):
        for n in range(10):
            producer.send({"value": n})
        producer.flush()
        copy.replicaof("NO", "ONE")
        for n in range(10, 20):
            producer.send({"value": n})
    assert values(r) == list(range(20))  # The old master has everything
    assert values(copy) == list(range(producer.stored)) == list(range(10))
    with Producer(copy, "s", producer_id="p") as again:
        for n in range(again.stored, 20):
            again.send({"value": n})
    assert values(copy) == list(range(20))


def test_who_enters_again_knows_what_is_confirmed(pair):
    """`stored` counts a failed producer's unconfirmed entries only once a replica has them."""
    replica, r, copy = pair
    replica.freeze()
    with Producer(r, "s", producer_id="p") as hasty:
        hasty.send({"value": 0})
    with pytest.raises(TooFewReplicas):
        sent(r, producer_id="p", patience=0.3)
    replica.thaw()
    assert sent(r, producer_id="p").stored == 1
    assert values(copy) == [0]


def test_another_connection_knows_nothing_of_it(pair):
    """WAIT asks about its own connection's writes: on another one, it says yes at once."""
    replica, r, _ = pair
    with connect(url_of(r)) as other:
        other.ping()
        wait_until(lambda: has_all(r), 20, "the replica's last word")
        replica.freeze()
        with pytest.raises(TooFewReplicas):
            confirmed_at_home(r, "s", 1, ("XADD", "s", "*", "value", 0), 0.2)
        assert other.wait(1, 100) == 1


def test_more_replicas_than_there_are(pair):
    """One of two isn't enough, and the error says so."""
    _, r, _ = pair
    with (
        pytest.raises(TooFewReplicas, match="1 of 2 replicas confirmed in time"),
        Producer(r, "s", confirm=2, patience=2),
    ):
        pass


def test_a_wait_ends_before_the_clients_time_out(pair):
    """A client with a time-out of less than a second still gets WAIT's reply."""
    replica, r, _ = pair
    with connect(url_of(r), timeout=0.3) as hasty:
        replica.freeze()
        with pytest.raises(TooFewReplicas):
            confirmed_at_home(hasty, "s", 1, ("XADD", "s", "*", "value", 0), 10)


def test_what_the_server_refuses_comes_through(pair):
    """The error has its own words, not a lack of replicas."""
    _, r, _ = pair
    r.set("s", "I am no stream")
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        sent(r, 0)


@pytest.mark.parametrize("confirm", [-1, 1.5, True, None, "1"])
def test_a_wrong_number_of_replicas_is_named(r, stream, confirm):
    """In one sentence, before anything is sent."""
    with pytest.raises(ValueError, match="confirm must be a whole number from 0 up"):
        Producer(r, stream, confirm=confirm)
