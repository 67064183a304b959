"""An outage isn't poison: pauses between tries, tries that count, a consumer that waits for its
handler's database."""

import logging
import threading
import time

import pytest
import redis

from helpers import notebook
from helpers.breaker import OPENS_AFTER
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.faults import DroppingProxy, Process
from helpers.retries import Retry
from helpers.servers.own import OwnServer
from helpers.stopwatch import RoundTrips
from helpers.streams import (
    claim,
    count_tries,
    dead_letters,
    ensure_group,
    errors_key,
    pending,
    read_group,
    tries_key,
)
from helpers.streams.tries import note_try
from helpers.waiting import wait_until

GROUP = "consumerGroup"
LIMITS = {"min_idle_ms": 200, "max_deliveries": 3}
PATIENT = {"min_idle_ms": 60_000, "max_deliveries": 3}


def fill(r, stream, *values) -> list[str]:
    """Create a group, and an entry for each value; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": value}) for value in values]


def quick(consumer):
    """The same rules, with pauses that a test can wait for."""
    for part in (consumer.pauses, consumer.breaker):
        part.first, part.longest = 0.01, 0.04
    return consumer


class Database:
    """A handler's database, which may be away."""

    def __init__(self, error=ConnectionError):
        self.away, self.error, self.calls, self.done = True, error, [], []

    def __call__(self, entry):
        value = entry.fields["value"]
        self.calls.append(value)
        if self.away:
            raise self.error("the database is away")
        if value == "poison":
            raise ValueError("poison")
        self.done.append(value)


# An outage


def test_nothing_is_buried_while_everything_fails(r, stream, caplog):
    """The breaker: with thirty entries and unspecific errors, only the poison among them is
    dead-lettered in the end."""
    values = [*map(str, range(15)), "poison", *map(str, range(15, 30))]
    fill(r, stream, *values)
    database = Database()
    with (
        caplog.at_level(logging.WARNING, "helpers.consumer"),
        quick(Consumer(r, stream, GROUP, "alice", database, **LIMITS)) as alice,
    ):
        wait_until(lambda: len(database.calls) > 40, 20, "forty failures")
        assert not dead_letters(r, stream)
        database.away = False
        alice.drain(20)
    assert sorted(database.done, key=int) == [str(n) for n in range(30)]
    assert [letter.fields["value"] for letter in dead_letters(r, stream)] == ["poison"]
    assert database.calls.count("poison") >= 3
    assert "looks like an outage" in caplog.text and "got through: going on" in caplog.text
    assert not r.exists(tries_key(stream, GROUP), errors_key(stream, GROUP))


def test_an_outage_stops_the_march_through_the_stream(r, stream):
    """After five failures in a batch of ten, the rest aren't tried right away."""
    fill(r, stream, *range(20))
    database = Database()
    alice = Consumer(r, stream, GROUP, "alice", database, **LIMITS)
    alice.step()
    assert len(database.calls) == OPENS_AFTER and alice.breaker.is_open
    alice.step()
    assert len(database.calls) == OPENS_AFTER + 1


def test_an_open_breaker_takes_new_entries_one_by_one(r, stream):
    """Each is a probe; ten at a time would all be held by a consumer that can't handle them."""
    fill(r, stream, *range(40))
    alice = quick(Consumer(r, stream, GROUP, "alice", Database(), block_ms=1, **PATIENT))
    for _ in range(25):
        alice.step()
    assert 10 < len(pending(r, stream, GROUP)) < 20


def test_after_a_failure_others_are_tried_first(r, stream):
    """Even if its pause is over: in an outage, one entry mustn't use up its tries alone."""
    fill(r, stream, *range(5))
    database = Database()
    alice = Consumer(r, stream, GROUP, "alice", database, count=1, **LIMITS)
    alice.pauses.first = alice.pauses.longest = 0
    for _ in range(5):
        alice.step()
    assert database.calls == [str(n) for n in range(5)] and alice.breaker.is_open


@pytest.mark.parametrize("returned", [Retry(), Retry, [1, Retry()]], ids=["one", "class", "list"])
def test_a_returned_exception_is_no_success(r, stream, returned):
    """A handler that forgot to raise it would lose its entry; asyncio.gather may return a list."""
    fill(r, stream, "0")
    with pytest.raises(TypeError, match="raise it, or its entry counts as done"):
        Consumer(r, stream, GROUP, "alice", lambda entry: returned).step()
    assert len(pending(r, stream, GROUP)) == 1


def test_a_program_that_is_told_to_end_in_an_outage_hands_its_entries_back(r, stream):
    """Both the entries it tried and those it put off: other consumers needn't wait for
    min_idle_ms."""
    fill(r, stream, *range(10))
    database = Database()
    with Consumer(r, stream, GROUP, "alice", database, **PATIENT) as alice:
        wait_until(lambda: alice.breaker.is_open, 5, "an outage")
    assert len(pending(r, stream, GROUP, min_idle_ms=3_600_000)) == 10
    database.away = False
    with Consumer(r, stream, GROUP, "bob", database, **PATIENT) as bob:
        bob.drain()
    assert bob.handled == 10


def test_a_database_that_is_stopped_and_started_costs_no_entry(r, stream):
    """A real one: a second server that the handler writes to."""
    fill(r, stream, *range(10))
    with OwnServer(appendonly=True, appendfsync="always") as own, connect(own.url) as database:
        own.kill()
        with quick(
            Consumer(
                r,
                stream,
                GROUP,
                "alice",
                lambda entry: database.rpush("done", entry.fields["value"]),
                **LIMITS,
            )
        ) as alice:
            wait_until(lambda: alice.failures > 8, 20, "failures")
            own.start()
            alice.drain(20)
        assert sorted(map(int, database.lrange("done", 0, -1))) == list(range(10))
    assert not dead_letters(r, stream)


# Failures that never count


@pytest.mark.parametrize(
    "error, options",
    [(Retry, {}), (TimeoutError, {"transient": (OSError,)})],
    ids=["Retry", "transient"],
)
def test_an_error_that_passes_is_tried_until_it_has_passed(r, stream, error, options):
    """With one entry, nothing else tells an outage from poison: it is tried more often than the
    limit."""
    fill(r, stream, "0")
    database = Database(error)
    with quick(Consumer(r, stream, GROUP, "alice", database, **LIMITS, **options)) as alice:
        wait_until(lambda: len(database.calls) > 6, 10, "more tries than the limit")
        database.away = False
        alice.drain()
    assert database.done == ["0"] and not dead_letters(r, stream)


def test_the_same_error_unnamed_is_poison(r, stream):
    """A single entry that fails says nothing about the others."""
    fill(r, stream, "0")
    database = Database()
    with quick(Consumer(r, stream, GROUP, "alice", database, **LIMITS)) as alice:
        alice.drain()
    assert database.calls == ["0"] * 3 and alice.dead_lettered == 1


def test_retry_works_without_a_limit(r, stream):
    """Any other error would end the consumer."""
    fill(r, stream, "0", "1")
    database = Database(Retry)
    with quick(Consumer(r, stream, GROUP, "alice", database)) as alice:
        wait_until(lambda: len(database.calls) > 4, 10, "some tries")
        database.away = False
        alice.drain()
    assert sorted(database.done) == ["0", "1"]


def test_retry_after_holds_an_entry_longer_than_min_idle(r, stream):
    """Its consumer keeps it from being claimed during the pause."""
    fill(r, stream, "0")
    calls = []

    def handle(entry):
        calls.append(time.monotonic())
        if len(calls) == 1:
            raise Retry(after=0.7)

    limits = {"min_idle_ms": 200, "max_deliveries": 3}
    with (
        Consumer(r, stream, GROUP, "alice", handle, **limits) as alice,
        Consumer(r, stream, GROUP, "bob", handle, **limits) as bob,
    ):
        wait_until(lambda: calls, 5, "the first try")
        bob.drain()
    assert calls[1] - calls[0] >= 0.7 and len(calls) == 2
    assert alice.handled + bob.handled == 1


@pytest.mark.parametrize("transient", [OSError, (OSError, "timeout"), ("OSError",), [OSError]])
def test_what_is_no_tuple_of_exceptions_is_refused(r, transient):
    """The sentence shows what was given."""
    with pytest.raises(ValueError, match="transient must be a tuple of exception classes"):
        Consumer(r, "test:s", "g", "c", print, transient=transient)


@pytest.mark.parametrize("after", [-1, float("nan"), float("inf"), "5", True])
def test_retry_after_must_be_seconds(after):
    """The error is raised where it is set."""
    with pytest.raises(ValueError, match="after must be a number of seconds"):
        Retry(after=after)


# Pauses


def test_a_retry_does_not_wait_for_min_idle(r, stream):
    """It comes after its own pause, a minute before others could claim the entry."""
    fill(r, stream, "0", "1")
    calls = []

    def handle(entry):
        calls.append(entry.fields["value"])
        if calls == ["0"]:
            raise ValueError("once")

    with quick(Consumer(r, stream, GROUP, "alice", handle, **PATIENT)) as alice:
        alice.drain(5)
    assert calls == ["0", "1", "0"]


def test_others_go_on_while_an_entry_pauses(r, stream):
    """Nobody waits behind it, and its pause isn't cut short."""
    fill(r, stream, *range(50))
    database = Database()

    def handle(entry):
        database.away = entry.fields["value"] == "0"
        database(entry)

    alice = Consumer(r, stream, GROUP, "alice", handle, **PATIENT)
    with alice:
        alice.wait(handled=49)
    assert database.calls.count("0") == 1 and len(database.done) == 49


def test_each_pause_is_longer(r, stream):
    """Between the tries of one entry, on the consumer's own clock."""
    fill(r, stream, "0")
    at = []

    def handle(entry):
        at.append(time.monotonic())
        if len(at) < 4:
            raise Retry

    alice = Consumer(r, stream, GROUP, "alice", handle, min_idle_ms=60_000, max_deliveries=2)
    alice.pauses.first, alice.pauses.longest = 0.05, 10
    with alice:
        alice.drain(20)
    pauses = [later - earlier for earlier, later in zip(at, at[1:], strict=False)]
    assert all(pause >= least for pause, least in zip(pauses, (0.025, 0.05, 0.1), strict=True))


@pytest.mark.parametrize(
    ("put_off", "said"), [(2, "4 times (2 by Retry or a transient error)"), (0, "2 times;")]
)
def test_the_closing_line_says_which_failures_were_asked_for(r, stream, monkeypatch, put_off, said):
    """Those of `Retry` and `transient`, apart from those that may be poison."""
    fill(r, stream, "0")
    lines, errors = [], [Retry] * put_off + [ValueError, ValueError]
    monkeypatch.setattr(notebook, "say", lines.append)

    def handle(entry):
        if errors:
            raise errors.pop(0)

    with quick(Consumer(r, stream, GROUP, "alice", handle, **LIMITS)) as alice:
        alice.drain(20)
    assert len(lines) == 1 and said in lines[0]


def test_an_entry_that_was_claimed_meanwhile_is_left_to_its_new_owner(r, stream):
    """A retry takes nothing from a working consumer."""
    [entry_id] = fill(r, stream, "0")
    alice = quick(Consumer(r, stream, GROUP, "alice", Database(), block_ms=1, **PATIENT))
    alice.step()
    claim(r, stream, GROUP, "bob", entry_id, min_idle_ms=0)
    wait_until(lambda: alice.pauses.due(time.monotonic()), 5, "the end of its pause")
    for _ in range(3):
        alice.step()
    assert alice.failures == 1 and entry_id not in alice.pauses
    assert pending(r, stream, GROUP)[0].consumer == "bob"


def test_a_lost_connection_does_not_cut_a_pause_short(r, stream):
    """Afterward, a consumer's pending entries come first, except those that are pausing."""
    fill(r, stream, "0", "1")
    database = Database()
    alice = Consumer(r, stream, GROUP, "alice", database, block_ms=1, **PATIENT)
    alice.step()
    alice.begin()
    alice.step()
    assert database.calls == ["0", "1"] and len(alice.pauses.all()) == 2


# Tries


def noted(r, stream, entry_id) -> int:
    """The number of an entry's tries that count."""
    return count_tries(r, stream, GROUP, entry_id)


def test_deliveries_are_no_tries(r, stream):
    """Read, claimed and claimed again, but never passed to a handler: any limit lets it through."""
    [entry_id] = fill(r, stream, "0")
    read_group(r, stream, GROUP, "bob")
    for _ in range(9):
        claim(r, stream, GROUP, "bob", entry_id, min_idle_ms=0)
    with Consumer(
        r, stream, GROUP, "bob", lambda entry: None, min_idle_ms=200, max_deliveries=2
    ) as bob:
        bob.drain()
    assert bob.handled == 1 and not dead_letters(r, stream)


@pytest.mark.parametrize("command", ["XREADGROUP", "XCLAIM", "EVAL"])
def test_a_lost_reply_is_no_try(r, url, stream, command):
    """If it was delivered, claimed, or counted, but the reply was lost, the handler still gets all
    its tries."""
    fill(r, stream, "poison")
    database = Database()
    database.away = False
    with (
        DroppingProxy(url, command=command, drop=2) as proxy,
        connect(proxy.url) as client,
        quick(Consumer(client, stream, GROUP, "alice", database, **LIMITS)) as alice,
    ):
        alice.drain(20)
        assert proxy.dropped == 2
    assert database.calls == ["poison"] * 3


def test_a_lost_reply_does_not_take_the_last_try(r, url, stream):
    """The server has counted the third of three, but no handler was called: it still gets its
    turn."""
    [entry_id] = fill(r, stream, "poison")
    read_group(r, stream, GROUP, "alice")
    for name in ("a:0", "a:1"):
        note_try(r, stream, GROUP, "alice", entry_id, name=name, counts=1)
    database = Database()
    with (
        DroppingProxy(url, command="EVAL") as proxy,
        connect(proxy.url) as client,
        quick(Consumer(client, stream, GROUP, "alice", database, **LIMITS)) as alice,
    ):
        alice.drain(20)
        assert proxy.dropped == 1
    assert database.calls == ["poison"] and alice.dead_lettered == 1


def work(r, stream):
    """A worker whose handler kills its process."""
    import os
    import signal

    from helpers.consumer import Consumer

    def handle(entry):
        r.rpush(stream + ":calls", entry.fields["value"])
        if entry.fields["value"] == "bomb":
            os.kill(os.getpid(), signal.SIGKILL)

    with Consumer(
        r, stream, "consumerGroup", "alice", handle, min_idle_ms=60_000, max_deliveries=2
    ) as alice:
        alice.drain()


def test_a_crash_in_the_handler_is_a_try(r, url, stream):
    """From the second delivery on, when an entry is delivered alone; its neighbors' tries are
    forgotten with their acknowledgments."""
    fill(r, stream, "0", "bomb", "1")
    statuses = []
    while len(statuses) < 4:
        with Process(work, stream, url=url) as process:
            statuses.append(process.wait(30))
    assert statuses == [-9, -9, -9, 0]
    assert r.lrange(stream + ":calls", 0, -1).count("bomb") == 3
    assert [letter.fields["value"] for letter in dead_letters(r, stream)] == ["bomb"]
    assert not r.exists(tries_key(stream, GROUP))


def test_a_group_that_is_set_back_keeps_its_tries(r, stream):
    """Delivery counts would start at 1 again."""
    [entry_id] = fill(r, stream, "poison")
    database = Database()
    database.away = False
    quick(Consumer(r, stream, GROUP, "alice", database, **PATIENT)).step()
    r.xgroup_setid(stream, GROUP, "0")
    quick(Consumer(r, stream, GROUP, "bob", database, **PATIENT)).step()
    assert noted(r, stream, entry_id) == 2 and pending(r, stream, GROUP)[0].deliveries == 1


def test_a_try_is_noted_once_and_only_by_the_owner(r, stream):
    """A repeat replaces its earlier count; entries that are done or claimed by others aren't
    touched."""
    [entry_id] = fill(r, stream, "0")
    read_group(r, stream, GROUP, "alice")
    me = r, stream, GROUP, "alice", entry_id
    for name, counts, error in (
        ("a:0", 1, "first"),
        ("a:0", 1, ""),
        ("a:1", 1, ""),
        ("a:1", 0, ""),
    ):
        note_try(*me, name=name, counts=counts, error=error)
    assert noted(r, stream, entry_id) == 1
    assert r.hget(errors_key(stream, GROUP), entry_id) == "first"
    claim(r, stream, GROUP, "bob", entry_id, min_idle_ms=0)
    note_try(*me, name="a:2", counts=1, error="late")
    r.xack(stream, GROUP, entry_id)
    r.delete(tries_key(stream, GROUP))
    note_try(r, stream, GROUP, "bob", entry_id, name="b:0", counts=1)
    assert not r.exists(tries_key(stream, GROUP))
    assert r.hget(errors_key(stream, GROUP), entry_id) == "first"


def test_what_goes_well_costs_nothing(r, url, stream):
    """As many round trips as before, and no key besides the stream."""
    fill(r, stream, *range(30))
    with connect(url) as client:
        consumer = Consumer(client, stream, GROUP, "alice", lambda entry: None, **PATIENT)
        consumer.step()
        with RoundTrips(client) as trips:
            consumer.round()
            consumer.round()
            consumer.flush()
    assert consumer.handled == 30 and trips.count == 3
    assert not r.exists(tries_key(stream, GROUP), errors_key(stream, GROUP))


def test_handlers_of_several_consumers_share_their_tries(r, stream):
    """The limit belongs to the entry, whoever tries it."""
    fill(r, stream, "poison")
    calls, lock = [], threading.Lock()

    def handle(entry):
        with lock:
            calls.append(entry.id)
        raise ValueError("poison")

    with (
        quick(Consumer(r, stream, GROUP, "alice", handle, **LIMITS)) as alice,
        quick(Consumer(r, stream, GROUP, "bob", handle, **LIMITS)),
    ):
        alice.drain()
    assert len(calls) == 3 and len(dead_letters(r, stream)) == 1


def test_a_server_that_is_away_ends_no_outage(r, stream):
    """Redis' own error in a handler with a limit is a failure like any other."""
    fill(r, stream, "0")

    def handle(entry):
        raise redis.ConnectionError("away")

    with quick(Consumer(r, stream, GROUP, "alice", handle, **LIMITS)) as alice:
        alice.drain()
    assert alice.dead_lettered == 1
