"""Consumer: handles, then acknowledges; takes its own pending entries first; raises errors where
the learner waits; survives an outage."""

import threading
import time

import pytest
import redis

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.events import ACKED, Log
from helpers.pauses import SLOWER_VARIABLE
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.stopwatch import RoundTrips
from helpers.streams import dead_letter_stream, ensure_group, is_done, pending, read_group
from helpers.waiting import wait_until

GROUP = "consumerGroup"


@pytest.fixture
def filled(r, stream):
    """A stream with the values 0-9 and a group that has delivered nothing."""
    ensure_group(r, stream, GROUP)
    for n in range(10):
        r.xadd(stream, {"value": n})
    return stream


def failing_at(value, seen):
    """A handler that notes its values, and fails at one of them."""

    def handle(entry):
        seen.append(entry.fields["value"])
        if entry.fields["value"] == value:
            raise ValueError(f"I don't like {value}")

    return handle


def test_a_step_handles_then_acknowledges(r, filled):
    """While the handler runs, the entry is still pending."""
    during = []
    consumer = Consumer(
        r,
        filled,
        GROUP,
        "alice",
        lambda entry: during.append(r.xpending(filled, GROUP)["pending"]),
        count=3,
    )
    assert [entry.fields["value"] for entry in consumer.step()] == ["0", "1", "2"]
    assert during == [3, 3, 3]
    assert r.xpending(filled, GROUP)["pending"] == 0 and consumer.handled == 3


def test_a_thread_acknowledges_along_with_its_next_read(r, url, filled):
    """Ten entries, one per read: eleven round trips, and only the entry being handled is
    pending."""
    during = []
    with connect(url) as client:
        consumer = Consumer(
            client,
            filled,
            GROUP,
            "alice",
            lambda entry: during.append(r.xpending(filled, GROUP)["pending"]),
            count=1,
        )
        consumer.step()  # Reads its own pending entries, by hand
        with RoundTrips(client) as trips, consumer:
            consumer.wait(handled=10)
    assert during == [1] * 10 and r.xpending(filled, GROUP)["pending"] == 0
    assert trips.count <= 12


def test_what_a_failed_read_takes_along_is_not_counted(r, filled):
    """The group is gone when its first acknowledgment arrives: nothing was acknowledged, so nothing
    is counted."""
    consumer = Consumer(
        r, filled, GROUP, "alice", lambda entry: r.xgroup_destroy(filled, GROUP), count=1
    )
    with pytest.raises(redis.ResponseError, match="^NOGROUP"), consumer:
        consumer.wait(handled=10)
    assert consumer.handled == 0


def test_an_error_in_a_step_comes_through_and_loses_nothing(r, filled):
    """Entries handled before it are acknowledged; the failing entry and its successors stay
    pending."""
    consumer = Consumer(r, filled, GROUP, "alice", failing_at("2", []), count=5)
    with pytest.raises(ValueError, match="I don't like 2"):
        consumer.step()
    assert r.xpending(filled, GROUP)["pending"] == 3 and consumer.handled == 2


def test_after_a_restart_own_pending_entries_come_first(r, filled):
    """More of them than fit into one page, in order, before anything new."""
    read_group(r, filled, GROUP, "alice", count=5)
    seen = []
    consumer = Consumer(
        r, filled, GROUP, "alice", lambda entry: seen.append(entry.fields["value"]), count=2
    )
    while consumer.step():
        pass
    assert seen == [str(n) for n in range(10)]
    assert r.xpending(filled, GROUP)["pending"] == 0


def test_another_consumers_entries_are_left_alone(r, filled):
    """Without min_idle_ms nobody's work is taken away."""
    read_group(r, filled, GROUP, "bob", count=4)
    consumer = Consumer(r, filled, GROUP, "alice", lambda entry: None, count=10)
    assert len(consumer.step()) == 6 and consumer.step() == []
    assert {line.consumer for line in pending(r, filled, GROUP)} == {"bob"}


def test_the_thread_handles_everything_and_drain_waits_for_it(r, filled):
    """drain returns when both halves of done hold."""
    with Consumer(r, filled, GROUP, "alice", lambda entry: None) as consumer:
        consumer.drain()
        assert consumer.handled == 10
    assert (r.xinfo_groups(filled)[0]["lag"], r.xpending(filled, GROUP)["pending"]) == (0, 0)


def test_drain_waits_for_the_count_of_what_the_server_has_acknowledged_already(r, filled):
    """The server is done a moment before the thread has counted, and callers of drain read
    `handled` next."""
    counting = threading.Event()

    class Slow(Log):
        def add(self, what, value="", consumer=""):
            if what == ACKED:
                counting.wait(10)
            super().add(what, value, consumer)

    with Consumer(r, filled, GROUP, "alice", lambda entry: None, log=Slow()) as consumer:
        wait_until(lambda: is_done(r, filled, GROUP), 5, "the acknowledgments")
        with pytest.raises(TimeoutError, match="nothing pending"):
            consumer.drain(seconds=0.2)
        counting.set()
        consumer.drain()
        assert consumer.handled == 10


@pytest.mark.parametrize("wait", [lambda c: c.wait(handled=10), lambda c: c.drain()])
def test_an_error_in_the_thread_is_raised_where_the_learner_waits(r, filled, wait):
    """At once, not at the end of the time-out."""
    began = time.monotonic()
    with (
        pytest.raises(ValueError, match="I don't like 2") as caught,
        Consumer(r, filled, GROUP, "alice", failing_at("2", [])) as consumer,
    ):
        wait(consumer)
    assert time.monotonic() - began < 5
    assert "consumer 'alice'" in caught.value.__notes__[0]


def test_an_error_nobody_waited_for_is_raised_at_the_end_of_the_block(r, filled):
    """Leaving the block checks the thread."""
    seen = []
    with (
        pytest.raises(ValueError, match="I don't like 2"),
        Consumer(r, filled, GROUP, "alice", failing_at("2", seen)),
    ):
        wait_until(lambda: "2" in seen, 5, "the handler")


def test_a_consumer_that_is_not_running_is_not_waited_for(r, filled):
    """Without a thread, waiting would never end."""
    consumer = Consumer(r, filled, GROUP, "alice", lambda entry: None)
    with pytest.raises(RuntimeError, match="isn't running"):
        consumer.wait(handled=1)
    with consumer:
        consumer.drain()
    with pytest.raises(RuntimeError, match="isn't running"):
        consumer.wait(handled=11)


def test_waiting_in_vain_ends_with_a_sentence(r, filled):
    """The sentence says what it waited for."""
    with (
        pytest.raises(TimeoutError, match="11 handled entries"),
        Consumer(r, filled, GROUP, "alice", lambda entry: None) as consumer,
    ):
        consumer.wait(handled=11, seconds=0.2)


def reading(r) -> bool:
    """Tell whether a client of the server is waiting in XREADGROUP."""
    return any("xreadgroup" in client["cmd"] for client in r.client_list())


def test_an_idle_consumer_stops_within_a_second(r, stream):
    """BLOCK is bounded, so stop() needn't wait for an entry."""
    ensure_group(r, stream, GROUP)
    with Consumer(r, stream, GROUP, "alice", lambda entry: None):
        wait_until(lambda: reading(r), 5, "the consumer's first read")
        began = time.monotonic()
    assert time.monotonic() - began < 1


def test_a_lost_connection_is_survived_and_nothing_is_left_behind(r, url, filled):
    """After an outage, the consumer first looks for entries delivered while nobody listened."""
    seen = set()
    with (
        connect(url) as own,
        Consumer(
            own, filled, GROUP, "alice", lambda entry: seen.add(entry.fields["value"]), count=2
        ) as consumer,
    ):
        consumer.wait(handled=2)
        for round_trip in range(3):
            for client in r.client_list():
                if client["id"] != str(r.client_id()) and "xreadgroup" in client["cmd"]:
                    r.client_kill_filter(_id=client["id"])
            r.xadd(filled, {"value": 10 + round_trip})
        # Not wait(handled=13): the lost reply may be the one to XACK, and that isn't
        # counted
        consumer.drain()
    assert seen == {str(n) for n in range(13)}
    assert r.xpending(filled, GROUP)["pending"] == 0


def test_a_consumer_reads_on_after_the_server_came_back():
    """After it was killed and restarted with its data, the server finds its consumer waiting."""
    with OwnServer(appendonly=True, appendfsync="always") as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)
        with Consumer(r, "s", GROUP, "alice", lambda entry: None) as consumer:
            for life in range(2):
                wait_until(lambda: reading(r), 5, "the consumer's read")
                r.xadd("s", {"value": life})
                consumer.wait(handled=life + 1)
                own.kill()
                own.start()


def test_too_few_replicas_are_waited_for(program):
    """A master that may not write also refuses a group's reads and acknowledgments; producer and
    consumer continue once it may."""

    def refused(command):
        stats = r.info("commandstats").get(f"cmdstat_{command}", {})
        return stats.get("rejected_calls", 0) > 0

    with OwnServer(program) as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)

        def handle(entry):
            if not refused("xack"):
                r.config_set("min-replicas-to-write", 1)  # Before the acknowledgment

        with Consumer(r, "s", GROUP, "alice", handle) as consumer, Producer(r, "s") as producer:
            producer.send({"value": 0})
            wait_until(lambda: refused("xack") and refused("xreadgroup"), 5, "refused consumers")
            producer.send({"value": 1})
            wait_until(lambda: refused("set"), 5, "a refused producer")
            r.config_set("min-replicas-to-write", 0)
            producer.flush()
            consumer.drain()
        assert [fields["value"] for _, fields in r.xrange("s")] == ["0", "1"]


def test_a_server_that_stays_away_ends_the_consumer():
    """When its patience runs out, the error is raised where the learner waits."""
    with OwnServer() as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)
        with (
            pytest.raises(redis.ConnectionError),
            Consumer(r, "s", GROUP, "alice", lambda entry: None, patience=0.2) as consumer,
        ):
            own.kill()
            consumer.wait(handled=1)


def test_no_group_is_an_error_not_a_silent_loop(r, stream):
    """A group that was deleted in mid-run ends the consumer loudly."""
    ensure_group(r, stream, GROUP)
    with (
        pytest.raises(redis.ResponseError, match="NOGROUP|UNBLOCKED"),
        Consumer(r, stream, GROUP, "alice", lambda entry: None) as consumer,
    ):
        wait_until(lambda: reading(r), 5, "the consumer's first read")
        r.delete(stream)
        consumer.wait(handled=1)


def test_with_a_limit_a_failing_entry_is_retried_then_dead_lettered(r, filled):
    """The others are handled once; the poison one is tried up to the limit, and then kept for a
    human."""
    seen = []
    with Consumer(
        r, filled, GROUP, "alice", failing_at("3", seen), min_idle_ms=20, max_deliveries=3
    ) as consumer:
        consumer.drain()
    assert seen.count("3") == 3 and len(seen) == 12
    assert consumer.dead_lettered == 1 and len(consumer.errors) == 3
    [(_, fields)] = r.xrange(dead_letter_stream(filled))
    assert (fields["value"], fields["dead:deliveries"]) == ("3", "3")


def test_what_a_dead_consumer_left_is_claimed(r, filled):
    """Entries that have been idle long enough are claimed, in order, each with one more
    delivery."""
    read_group(r, filled, GROUP, "bob", count=4)
    with Consumer(
        r, filled, GROUP, "alice", lambda entry: None, min_idle_ms=50, max_deliveries=3
    ) as consumer:
        consumer.drain()
        assert consumer.handled == 10


def test_work_in_progress_is_not_claimed(r, filled):
    """An entry stays with its consumer until it has been idle for min_idle_ms."""
    read_group(r, filled, GROUP, "bob", count=4)
    consumer = Consumer(
        r,
        filled,
        GROUP,
        "alice",
        lambda entry: None,
        min_idle_ms=60_000,
        max_deliveries=3,
        block_ms=1,
    )
    assert sum(len(consumer.step()) for _ in range(4)) == 6
    assert {line.consumer for line in pending(r, filled, GROUP)} == {"bob"}


def test_a_trimmed_entry_is_counted_and_acknowledged(r, filled):
    """It has no fields, so the handler isn't called for it."""
    ids = [entry.id for entry in read_group(r, filled, GROUP, "alice", count=3)]
    r.xtrim(filled, maxlen=7, approximate=False)
    seen = []
    consumer = Consumer(
        r, filled, GROUP, "alice", lambda entry: seen.append(entry.fields["value"]), count=10
    )
    while not consumer.step():
        pass
    assert seen == [str(n) for n in range(3, 10)] and list(consumer.trimmed) == ids[:3]
    assert r.xpending(filled, GROUP)["pending"] == 0


def test_an_interrupted_handler_loses_nothing(r, filled):
    """Ctrl-C in a step: handled entries are acknowledged, the rest stay pending."""

    def handle(entry):
        if entry.fields["value"] == "2":
            raise KeyboardInterrupt

    consumer = Consumer(r, filled, GROUP, "alice", handle)
    with pytest.raises(KeyboardInterrupt):
        consumer.step()
    assert r.xpending(filled, GROUP)["pending"] == 8


def test_consumers_share_the_work(r, stream):
    """Each entry is handled once, whoever handles it."""
    ensure_group(r, stream, GROUP)
    seen, lock = [], threading.Lock()

    def handle(entry):
        with lock:
            seen.append(entry.fields["value"])

    with (
        Consumer(r, stream, GROUP, "alice", handle) as alice,
        Consumer(r, stream, GROUP, "bob", handle) as bob,
    ):
        for n in range(300):
            r.xadd(stream, {"value": n})
        alice.drain()
    assert sorted(seen, key=int) == [str(n) for n in range(300)]
    assert alice.handled + bob.handled == 300


@pytest.mark.parametrize(
    "arguments",
    [
        {"count": 0},
        {"count": "5"},
        {"count": 1.5},
        {"count": True},
        {"block_ms": 0},
        {"block_ms": 0.5},
        {"block_ms": 4900},
        {"block_ms": 6000},
        {"min_idle_ms": 100},
        {"max_deliveries": 3},
        {"min_idle_ms": 0, "max_deliveries": 3},
        {"max_deliveries": -1, "min_idle_ms": 5},
        {"name": ""},
        {"group": ""},
        {"stream": ""},
        {"name": None},
        {"handle": None},
        {"pace": -1},
        {"patience": "long"},
    ],
)
def test_wrong_arguments_are_named(r, arguments):
    """The sentence names the argument; BLOCK must stay well below the client's socket time-out."""
    words = (
        "min_idle_ms|max_deliveries"
        if {"min_idle_ms", "max_deliveries"} & set(arguments)
        else next(iter(arguments))
    )
    given = {"stream": "test:s", "group": "g", "name": "c", "handle": print} | arguments
    with pytest.raises((ValueError, TypeError), match=words):
        Consumer(
            r,
            given.pop("stream"),
            given.pop("group"),
            given.pop("name"),
            given.pop("handle"),
            **given,
        )


def test_a_shorter_time_out_allows_a_shorter_block_only(url):
    """The limit is the client's own."""
    with (
        connect(url, timeout=0.3) as r,
        pytest.raises(ValueError, match="block_ms=200 must stay more than 100 ms below"),
    ):
        Consumer(r, "test:s", "g", "c", print)


@pytest.mark.parametrize(("slower", "seen"), [("4", 0.4), ("", 0.1), ("soon", 0.1), ("-2", 0.1)])
def test_on_a_projector_what_is_paced_is_slower(r, filled, monkeypatch, slower, seen):
    """Only paces meant for the eye, and never beyond min_idle_ms."""
    monkeypatch.setenv(SLOWER_VARIABLE, slower)
    assert Consumer(r, filled, GROUP, "alice", print, pace=0.1).pace == pytest.approx(seen)
    assert Producer(r, filled, pace=0.1).pace == pytest.approx(seen)
    assert Consumer(r, filled, GROUP, "alice", print, pace=0.01).pace == 0.01
    limits = {"min_idle_ms": 200, "max_deliveries": 2}
    assert Consumer(r, filled, GROUP, "alice", print, pace=0.1, **limits).pace == 0.1
