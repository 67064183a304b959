"""Producer: everything is stored once and in order, and no error gets lost."""

import threading
import time

import pytest
import redis

from helpers.connection import connect
from helpers.entries import split
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.waiting import wait_until


def values(r, stream) -> list[str]:
    """The values in the stream, as the server has them."""
    return [fields["value"] for _, fields in r.xrange(stream)]


def test_what_is_sent_is_stored_in_order(r, stream):
    """Leaving the with block waits until everything is stored."""
    with Producer(r, stream) as producer:
        for n in range(2500):
            producer.send({"value": n})
    assert producer.stored == 2500
    assert values(r, stream) == [str(n) for n in range(2500)]


def test_entries_with_many_fields_and_bytes_arrive_whole(r, stream):
    """A batch holds entries of different shapes."""
    with Producer(r, stream) as producer:
        producer.send({"a": 1})
        producer.send({"b": b"\x00", "c": "", "d": 1.5})
    assert [fields for _, fields in r.xrange(stream)] == [
        {"a": "1"},
        {"b": "\x00", "c": "", "d": "1.5"},
    ]


def test_a_batch_sent_twice_is_stored_once(r, stream):
    """The numbers tell the server which entries it already has, as after a lost reply."""
    with Producer(r, stream, producer_id="p") as producer:
        producer.send({"value": 0})
        producer.flush()
        producer.stored -= 1  # As if the reply had been lost
        producer.store_batch([split({"value": 0}), split({"value": 1})])
        producer.stored = 1
    assert values(r, stream) == ["0", "1"]


def test_a_producer_goes_on_after_its_own_last_entry(r, stream):
    """A second life of the same producer knows how many entries the first one stored."""
    for life in range(2):
        with Producer(r, stream, producer_id="p") as producer:
            assert producer.stored == 2 * life
            for n in range(producer.stored, producer.stored + 2):
                producer.send({"value": n})
    assert values(r, stream) == ["0", "1", "2", "3"]


def test_data_that_the_server_lost_is_noticed(r, stream):
    """If the server forgot acknowledged entries, the numbers have a gap."""
    with (
        pytest.raises(redis.ResponseError, match="SEQGAP"),
        Producer(r, stream, producer_id="p") as producer,
    ):
        producer.send({"value": 0})
        producer.flush()
        r.delete(stream, producer.sequence_key)
        producer.send({"value": 1})
    assert not r.exists(stream)


def test_an_error_is_raised_where_the_learner_waits(r, stream):
    """At the end of the block, in flush, and in the next send."""
    r.set(stream, "I am no stream")
    with (
        pytest.raises(redis.ResponseError, match="WRONGTYPE") as caught,
        Producer(r, stream) as producer,
    ):
        producer.send({"value": 0})
    assert "the producer of" in caught.value.__notes__[0]
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        producer.flush()
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        producer.send({"value": 0})


@pytest.mark.filterwarnings("ignore:Of the entries sent")
def test_an_error_of_the_block_itself_comes_through(r, stream):
    """The with block neither hides an error of the learner's own code, nor waits for a queue that
    is slow to empty."""
    with pytest.raises(ZeroDivisionError), Producer(r, stream, pace=30) as producer:
        for n in range(3):
            producer.send({"value": n})
        raise ZeroDivisionError


def test_what_was_sent_before_an_error_of_the_block_is_stored(r, stream):
    """The third entry can't be stored, and the learner gets the error; the first two were sent."""
    with pytest.raises(TypeError, match="'value'"), Producer(r, stream) as producer:
        for value in (0, 1, None):
            producer.send({"value": value})
    assert values(r, stream) == ["0", "1"]


@pytest.mark.filterwarnings("ignore:Of the entries sent")
def test_an_error_of_the_block_is_not_replaced_by_the_threads():
    """If both fail, the error of the learner's own code comes first."""
    with (
        OwnServer() as own,
        connect(own.url) as r,
        pytest.raises(ZeroDivisionError),
        Producer(r, "s", patience=0.2) as producer,
    ):
        own.kill()
        producer.send({"value": 0})
        raise ZeroDivisionError


def test_an_interrupt_of_the_block_waits_for_nothing(r, stream, monkeypatch):
    """Ctrl-C ends it at once; queued entries aren't stored."""
    flushed = []
    monkeypatch.setattr(Producer, "flush", lambda *_: flushed.append(1))
    with pytest.raises(KeyboardInterrupt), Producer(r, stream):
        raise KeyboardInterrupt
    assert not flushed


def test_a_full_queue_makes_the_caller_wait(r, stream):
    """A fast caller can't fill the memory: it waits for room, and nothing is lost."""
    with Producer(r, stream, queue=3, batch=1) as producer:
        for n in range(50):
            producer.send({"value": n})
            assert len(producer._queue) <= 3
    assert r.xlen(stream) == 50


def test_a_caller_who_waits_for_room_hears_of_an_error(r, stream):
    """A producer that fails wakes its senders instead of leaving them hanging."""
    r.set(stream, "I am no stream")
    with (
        pytest.raises(redis.ResponseError, match="WRONGTYPE"),
        Producer(r, stream, queue=1, batch=1) as producer,
    ):
        for n in range(50):
            producer.send({"value": n})


def test_natural_batches_save_round_trips(r, stream):
    """Entries that queued up during a call go into the next one."""
    before = r.info("commandstats").get("cmdstat_evalsha", {"calls": 0})["calls"]
    with Producer(r, stream) as producer:
        for n in range(2000):
            producer.send({"value": n})
    calls = r.info("commandstats")["cmdstat_evalsha"]["calls"] - before
    assert 4 <= calls < 1000


def test_a_server_that_does_not_come_back_is_an_error():
    """When its patience runs out, the producer stops; it doesn't hang."""
    with (
        OwnServer() as own,
        connect(own.url) as r,
        pytest.raises(redis.ConnectionError),
        Producer(r, "s", patience=0.2) as producer,
    ):
        own.kill()
        producer.send({"value": 0})


def test_an_outage_neither_loses_nor_doubles():
    """The server is killed and restarted while entries are sent; each is stored once, in order."""
    with OwnServer(appendonly=True, appendfsync="always") as own, connect(own.url) as r:
        with Producer(r, "s", batch=10) as producer:
            for n in range(1000):
                producer.send({"value": n})
                if n == 500:
                    own.kill()
                    own.start()
        assert values(r, "s") == [str(n) for n in range(1000)]


def test_stopping_takes_less_than_a_second(r, stream):
    """Whether idle or slowed down for an audience."""
    for pace in (0, 30):
        producer = Producer(r, stream, pace=pace).__enter__()
        producer.send({"value": 0})
        wait_until(lambda: producer.stored, 5, "the first entry")  # noqa: B023
        began = time.monotonic()
        producer.worker.stop()
        assert time.monotonic() - began < 1


def test_a_producer_that_is_not_running_says_so(r, stream):
    """Outside its with block there is no thread that could send."""
    producer = Producer(r, stream)
    with pytest.raises(RuntimeError, match="inside its with block"):
        producer.send({"value": 0})


def test_many_callers_share_one_producer(r, stream):
    """send() may be called from many threads; nothing is lost or doubled."""
    with Producer(r, stream) as producer:
        callers = [
            threading.Thread(target=lambda: [producer.send({"value": n}) for n in range(200)])
            for _ in range(5)
        ]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
    assert sorted(values(r, stream)) == sorted(5 * [str(n) for n in range(200)])


@pytest.mark.parametrize(
    "arguments",
    [
        {"batch": 0},
        {"batch": 1.5},
        {"queue": 0},
        {"queue": True},
        {"producer_id": ""},
        {"pace": -1},
        {"patience": None},
    ],
)
def test_wrong_arguments_are_named(r, stream, arguments):
    """The sentence names the argument."""
    with pytest.raises((ValueError, TypeError), match=next(iter(arguments))):
        Producer(r, stream, **arguments)
