"""Handlers that every programmer writes one day: no unfinished work is acknowledged, and no failure
goes unseen."""

import asyncio
import concurrent.futures
import functools
import multiprocessing
import sqlite3
import subprocess
import threading
from multiprocessing.pool import ThreadPool

import pytest

from helpers.consumer import Consumer
from helpers.streams import ensure_group, pending, read_group
from helpers.waiting import wait_until

GROUP = "consumerGroup"


@pytest.fixture
def filled(r, stream):
    """A stream with the values 0-2 and a group that has delivered nothing."""
    ensure_group(r, stream, GROUP)
    for n in range(3):
        r.xadd(stream, {"value": n})
    return stream


async def coroutine(entry):
    """Does nothing until it is awaited."""


def generator(entry):
    """Does nothing until somebody asks for its first value."""
    yield entry


async def asynchronous_generator(entry):
    """Does nothing, either."""
    yield entry


class Handler:
    """A handler as a method, and as a callable object."""

    async def handle(self, entry):
        """Does nothing until it is awaited."""

    async def __call__(self, entry):
        """Does nothing, either."""

    @staticmethod
    async def of_class(entry):
        """Does nothing, either."""


class Awaitable:
    """A hand-made awaitable."""

    def __await__(self):
        yield


def future(entry):
    """Work that an executor may still be doing."""
    return concurrent.futures.Future()


def of_a_pool(entry):
    """Work that another thread may still be at."""
    with ThreadPool(1) as pool:
        return pool.apply_async(print)


def command(entry):
    """A program that may still be at work; this one isn't, so that nothing is left behind."""
    with subprocess.Popen(["true"]) as process:
        return process


SEEN_AT_ONCE = {
    "coroutine": coroutine,
    "generator": generator,
    "asynchronous generator": asynchronous_generator,
    "method": Handler().handle,
    "object": Handler(),
    "partial": functools.partial(coroutine),
    "partial of a partial": functools.partial(functools.partial(generator)),
    "static method": Handler.of_class,
}
SEEN_WHEN_IT_RETURNS = {
    "coroutine": lambda entry: coroutine(entry),
    "generator": lambda entry: generator(entry),
    "asynchronous generator": lambda entry: asynchronous_generator(entry),
    "cached": functools.lru_cache(coroutine),
    "awaitable": lambda entry: Awaitable(),
    "future": future,
    "map": lambda entry: map(print, [entry]),
    "filter": lambda entry: filter(None, [entry]),
    "zip": lambda entry: zip([entry], [entry], strict=True),
    "iterator": lambda entry: iter([entry]),
    "list of coroutines": lambda entry: [coroutine(entry), coroutine(entry)],
    "dict of coroutines": lambda entry: {entry.id: coroutine(entry)},
    "result of a pool": of_a_pool,
    "thread": lambda entry: threading.Thread(target=print),
    "process": lambda entry: multiprocessing.Process(target=print),
    "command": command,
    "function that makes the handler": lambda entry: functools.partial(print, entry),
    "function without parentheses": lambda entry: print,
    "method without parentheses": lambda entry: Handler().handle,
}


@pytest.mark.parametrize("handler", SEEN_AT_ONCE.values(), ids=SEEN_AT_ONCE)
def test_a_function_that_only_prepares_its_work_is_refused_at_once(r, filled, handler):
    """Before anything is read."""
    with pytest.raises(TypeError, match="handle must be a plain function.*never handled"):
        Consumer(r, filled, GROUP, "alice", handler)
    assert r.xinfo_groups(filled)[0]["last-delivered-id"] == "0-0"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "limits", [{}, {"min_idle_ms": 50, "max_deliveries": 3}], ids=["no limit", "limit"]
)
@pytest.mark.parametrize("handler", SEEN_WHEN_IT_RETURNS.values(), ids=SEEN_WHEN_IT_RETURNS)
def test_what_returns_unfinished_work_is_not_acknowledged(r, filled, handler, limits):
    """It raises TypeError where the learner waits, with or without a limit; the entry is still
    pending."""
    with (
        pytest.raises(TypeError, match="isn't done|not done yet"),
        Consumer(r, filled, GROUP, "alice", handler, **limits) as consumer,
    ):
        consumer.drain()
    assert len(pending(r, filled, GROUP)) == 3 and consumer.handled == 0


@pytest.mark.parametrize(
    "result",
    [None, 0, "done", {"a": 1}, [1], sqlite3.connect(":memory:").execute("SELECT 1"), Handler],
    ids=lambda result: type(result).__name__,
)
def test_what_returns_a_value_has_done_its_work(r, filled, result):
    """A handler may return whatever it likes."""
    with Consumer(r, filled, GROUP, "alice", lambda entry: result) as consumer:
        consumer.drain()
    assert consumer.handled == 3


ERRORS = [
    SystemExit(3),
    asyncio.CancelledError(),
    GeneratorExit(),
    KeyboardInterrupt(),
    BaseException("odd"),
]


@pytest.mark.parametrize(
    "limits", [{}, {"min_idle_ms": 50, "max_deliveries": 3}], ids=["no limit", "limit"]
)
@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize(
    "wait",
    [
        lambda c: c.drain(),
        lambda c: c.wait(3),
        lambda c: wait_until(lambda: c.handled == 1, 5, "one"),
    ],
    ids=["drain", "wait", "the end of the block"],
)
def test_an_error_of_any_class_is_raised_where_the_learner_waits(r, filled, error, wait, limits):
    """Even sys.exit in a handler doesn't end a consumer silently; earlier entries are acknowledged,
    the rest pending."""

    def handle(entry):
        if entry.fields["value"] == "1":
            raise error

    with (
        pytest.raises(type(error)) as caught,
        Consumer(r, filled, GROUP, "alice", handle, **limits) as consumer,
    ):
        wait(consumer)
    assert "consumer 'alice'" in caught.value.__notes__[0]
    assert [line.deliveries for line in pending(r, filled, GROUP)] == [
        1,
        1,
    ] and consumer.handled == 1


def test_a_handler_can_stop_its_consumer(r, filled):
    """It stops after this entry, which is acknowledged; the rest of the batch is handed back at
    once."""

    consumer = Consumer(r, filled, GROUP, "alice", lambda entry: consumer.stop())
    with consumer:
        wait_until(
            lambda: len(pending(r, filled, GROUP, min_idle_ms=3_600_000)) == 2, 5, "the rest"
        )
    assert consumer.handled == 1
    with Consumer(
        r, filled, GROUP, "bob", lambda entry: None, min_idle_ms=60_000, max_deliveries=3
    ) as bob:
        bob.drain()
    assert bob.handled == 2


def test_a_consumer_that_an_error_ends_strands_nothing(r, filled):
    """The failed entry and the rest of the batch can be claimed at once; earlier entries are
    acknowledged."""

    def handle(entry):
        if entry.fields["value"] == "1":
            raise ValueError("not this one")

    with pytest.raises(ValueError), Consumer(r, filled, GROUP, "alice", handle) as consumer:
        consumer.drain()
    held = pending(r, filled, GROUP)
    assert len(held) == 2 and consumer.handled == 1
    assert [line.idle_ms >= 3_600_000 for line in held] == [True, True]


def test_a_stop_hands_back_what_an_earlier_life_left(r, filled):
    """They arrive one by one, and a consumer told to stop may not have reached all of them."""
    read_group(r, filled, GROUP, "alice", count=3)
    consumer = Consumer(r, filled, GROUP, "alice", lambda entry: consumer.stop())
    with consumer:
        wait_until(
            lambda: len(pending(r, filled, GROUP, min_idle_ms=3_600_000)) == 2, 5, "the rest"
        )
    assert consumer.handled == 1


def test_stop_from_outside_ends_after_the_entry_in_hand(r, filled):
    """Not after the whole batch: a service that must stop needn't wait for ten slow handlers."""
    at_work, go_on = threading.Event(), threading.Event()

    def handle(entry):
        at_work.set()
        go_on.wait(5)

    consumer = Consumer(r, filled, GROUP, "alice", handle)
    with consumer:
        assert at_work.wait(5)
        threading.Timer(0.05, go_on.set).start()
    assert consumer.handled == 1 and len(pending(r, filled, GROUP, min_idle_ms=3_600_000)) == 2


@pytest.mark.parametrize("wait", [lambda c: c.drain(), lambda c: c.wait(3)], ids=["drain", "wait"])
def test_a_handler_that_waits_for_its_own_consumer_is_told(r, filled, wait):
    """It would wait for itself."""
    consumer = Consumer(r, filled, GROUP, "alice", lambda entry: wait(consumer))
    with pytest.raises(RuntimeError, match="wait outside its handler"), consumer:
        consumer.drain()


def test_a_running_consumer_is_not_stepped_by_hand(r, filled):
    """Two that work on one batch would acknowledge each other's entries; a stopped consumer isn't
    stepped, either."""
    with (
        Consumer(r, filled, GROUP, "alice", lambda entry: None) as consumer,
        pytest.raises(RuntimeError, match="don't step it by hand"),
    ):
        consumer.step()
    with pytest.raises(RuntimeError, match="was stopped: create a new one"):
        consumer.step()
