"""helpers.aio: the Producer and Consumer for asyncio keep the rules of their threaded
counterparts."""

import asyncio
import time

import pytest
import redis

from helpers import aio
from helpers.confirming import TooFewReplicas
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.faults import DroppingProxy
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.streams import dead_letters, ensure_group, is_done
from tests.aio.conftest import GROUP


def number(entry) -> int:
    """The value of an entry."""
    return int(entry.fields["value"])


async def nothing(entry) -> None:
    """Handle an entry by doing nothing."""


def test_what_is_sent_is_stored_and_handled_once_and_in_order(r, stream, loop_run):
    """Entries keep being sent while handlers wait."""
    ensure_group(r, stream, GROUP)
    handled = []

    async def handle(entry):
        await asyncio.sleep(0)
        handled.append(number(entry))

    async def main(client):
        async with (
            aio.Consumer(client, stream, GROUP, "alice", handle, count=100) as consumer,
            aio.Producer(client, stream) as producer,
        ):
            for n in range(2500):
                await producer.send({"value": n})
            await producer.flush()
            assert producer.stored == 2500
            await consumer.drain(20)
            assert consumer.handled == 2500

    loop_run(main)
    assert handled == list(range(2500)) and is_done(r, stream, GROUP)


def test_the_event_loop_goes_on_while_a_consumer_waits(r, stream, loop_run, ids):
    """A handler may wait for another task on the same loop and client."""

    async def main(client):
        async def handle(entry):
            await asyncio.wait_for(told.wait(), 20)

        told = asyncio.Event()
        async with aio.Consumer(client, stream, GROUP, "alice", handle) as consumer:
            while not await client.xpending(stream, GROUP):
                await asyncio.sleep(0)
            told.set()
            await consumer.wait(10)

    loop_run(main)
    assert is_done(r, stream, GROUP)


@pytest.mark.parametrize("drop", [1, 3])
def test_a_lost_reply_neither_doubles_nor_strands(r, url, stream, drop):
    """A batch whose reply is lost is stored once, and the entries of a lost read are handled."""
    ensure_group(r, stream, GROUP)
    handled = []

    async def main():
        with (
            DroppingProxy(url, command="EVALSHA", drop=drop) as stores,
            DroppingProxy(url, command="XREADGROUP", drop=drop) as reads,
        ):
            async with (
                await aio.connect(stores.url) as to_store,
                await aio.connect(reads.url) as to_read,
            ):
                async with aio.Producer(to_store, stream, batch=10) as producer:
                    for n in range(100):
                        await producer.send({"value": n})
                handle = lambda entry: handled.append(number(entry))  # noqa: E731
                async with aio.Consumer(to_read, stream, GROUP, "alice", handle) as consumer:
                    await consumer.drain()
                assert (stores.dropped, reads.dropped) == (drop, drop)

    asyncio.run(asyncio.wait_for(main(), 30))
    assert r.xlen(stream) == 100 and sorted(handled) == list(range(100))


def test_an_outage_of_the_server_neither_loses_nor_doubles(program):
    """The server is killed and restarted while both are working."""
    handled = []

    async def main(own):
        async def handle(entry):
            handled.append(number(entry))

        async with (
            await aio.connect(own.url) as client,
            aio.Consumer(client, "s", GROUP, "alice", handle) as consumer,
            aio.Producer(client, "s", batch=10) as producer,
        ):
            for n in range(500):
                await producer.send({"value": n})
                if n == 250:
                    own.kill()
                    own.start()
            await producer.flush(20)
            await consumer.drain(20)

    with OwnServer(program, appendonly=True, appendfsync="always") as own:
        with connect(own.url) as r:
            ensure_group(r, "s", GROUP)
        asyncio.run(asyncio.wait_for(main(own), 60))
        with connect(own.url) as r:
            assert [int(fields["value"]) for _, fields in r.xrange("s")] == list(range(500))
    assert set(handled) == set(range(500))


def test_an_error_of_the_handler_is_raised_where_somebody_waits(r, stream, loop_run, ids):
    """In wait(), and at the end of the block; the entry stays pending."""

    async def handle(entry):
        raise ValueError("boom")

    async def main(client):
        consumer = aio.Consumer(client, stream, GROUP, "alice", handle)
        with pytest.raises(ValueError, match="boom") as caught:
            async with consumer:
                await consumer.wait(1)
        assert caught.value.__notes__ == ["This happened in the task of consumer 'alice'."]
        with pytest.raises(ValueError, match="boom"):
            await consumer.drain()
        with pytest.raises(RuntimeError, match="was started before"):
            await consumer.run()

    loop_run(main)
    assert r.xpending(stream, GROUP)["pending"] == 10


def test_poison_is_dead_lettered_with_its_error(r, stream, loop_run, ids):
    """After two tries; meanwhile the others are handled."""

    async def handle(entry):
        if number(entry) == 3:
            raise ValueError("boom")

    async def main(client):
        settings = {"min_idle_ms": 400, "max_deliveries": 2}
        async with aio.Consumer(client, stream, GROUP, "alice", handle, **settings) as consumer:
            await consumer.drain(20)
            assert consumer.dead_lettered == 1 and consumer.handled == 9

    loop_run(main)
    (letter,) = dead_letters(r, stream)
    assert letter.fields["dead:id"] == ids[3] and letter.fields["dead:error"] == "ValueError: boom"


def test_steps_by_hand(r, stream, loop_run, ids):
    """Each handles a batch and acknowledges it before it returns."""

    async def main(client):
        consumer = aio.Consumer(client, stream, GROUP, "alice", nothing, count=4)
        assert [entry.id for entry in await consumer.step()] == ids[:4]
        assert r.xpending(stream, GROUP)["pending"] == 0
        assert len(await consumer.step()) == 4 and consumer.handled == 8

    loop_run(main)


def test_waiting_inside_the_own_handler_is_refused(r, stream, loop_run, ids):
    """It would never return."""

    async def main(client):
        async def handle(entry):
            await consumer.drain()

        consumer = aio.Consumer(client, stream, GROUP, "alice", handle)
        with pytest.raises(RuntimeError, match="would never end"):
            async with consumer:
                await consumer.wait(1)

    loop_run(main)


def test_a_handler_may_stop_its_consumer(r, stream, loop_run, ids):
    """It stops after the current entry; the rest is handed back."""

    async def main(client):
        async def handle(entry):
            await consumer.stop()

        consumer = aio.Consumer(client, stream, GROUP, "alice", handle)
        await consumer.run()
        assert consumer.handled == 1

    loop_run(main)
    assert r.xautoclaim(stream, GROUP, "bob", 3_600_000)[1][0][0] == ids[1]


def test_never_more_connections_than_said(program):
    """Four consumers and a producer share two connections, and everything is handled."""
    most, handled = 0, []

    async def main(own, r):
        async def handle(entry):
            nonlocal most
            handled.append(number(entry))
            most = max(most, len(r.client_list(_type="normal")))

        async with (
            await aio.connect(own.url, connections=2) as client,
            asyncio.TaskGroup() as group,
        ):
            consumers = [
                aio.Consumer(client, "s", GROUP, name, handle, block_ms=50) for name in "abcd"
            ]
            for consumer in consumers:
                group.create_task(consumer.run())
            async with aio.Producer(client, "s", batch=5) as producer:
                for n in range(100):
                    await producer.send({"value": n})
            while len(handled) < 100:
                await asyncio.sleep(0)
            for consumer in consumers:
                await consumer.stop()

    with OwnServer(program) as own, connect(own.url) as r:
        ensure_group(r, "s", GROUP)
        asyncio.run(asyncio.wait_for(main(own, r), 30))
        assert sorted(handled) == list(range(100)) and is_done(r, "s", GROUP)
    assert most == 3  # The third is that of `r`


def test_a_full_queue_makes_the_sender_wait(r, stream, loop_run):
    """Nothing is lost, and memory use stays small."""

    async def main(client):
        async with aio.Producer(client, stream, queue=3, batch=2) as producer:
            for n in range(50):
                await producer.send({"value": n})
                assert len(producer._inner._queue) <= 3

    loop_run(main)
    assert [fields["value"] for _, fields in r.xrange(stream)] == [str(n) for n in range(50)]


def test_a_producer_goes_on_after_its_own_last_entry(r, stream, loop_run):
    """Across both kinds: the server remembers one and the same number."""

    async def main(client):
        async with aio.Producer(client, stream, producer_id="p") as producer:
            assert producer.stored == 1
            await producer.send({"value": 1})

    with Producer(r, stream, producer_id="p") as producer:
        producer.send({"value": 0})
    loop_run(main)
    assert int(r.get(producer.sequence_key).split()[0]) == r.xlen(stream) == 2


def test_an_error_of_the_server_is_raised_where_the_sender_waits(r, stream, loop_run):
    """With the numbers of the entries that may not be stored."""
    r.set(stream, "I am no stream")

    async def main(client):
        async with aio.Producer(client, stream) as producer:
            await producer.send({"value": 0})

    with pytest.raises(redis.ResponseError, match="WRONGTYPE") as caught:
        loop_run(main)
    assert "1 may not be stored, from number 1 to 1" in " ".join(caught.value.__notes__)


def test_confirm_asks_replicas(program):
    """If there are none, the producer says so."""

    async def main(own):
        async with await aio.connect(own.url) as client:
            with pytest.raises(TooFewReplicas, match="0 of 1 replicas"):
                async with aio.Producer(client, "s", confirm=1, patience=0.2):
                    pass

    with OwnServer(program) as own:
        asyncio.run(asyncio.wait_for(main(own), 60))


def test_a_cancelled_producer_names_what_may_not_be_stored(r, stream, loop_run):
    """In a warning, as after Ctrl-C."""

    async def main(client):
        async with aio.Producer(client, stream, pace=30) as producer:
            for n in range(3):
                await producer.send({"value": n})
            raise asyncio.CancelledError

    began = time.monotonic()
    with (
        pytest.warns(RuntimeWarning, match="may not be stored, from number 2 to 3|1 to 3"),
        pytest.raises(asyncio.CancelledError),
    ):
        loop_run(main)
    assert time.monotonic() - began < 20


def plain(entry):
    """Handle an entry without waiting."""


def gives_later(entry):
    """Never run this body."""
    yield entry


@pytest.mark.parametrize("handle", [plain, lambda entry: nothing(entry)], ids=["plain", "lambda"])
def test_a_plain_function_works(r, stream, loop_run, ids, handle):
    """So does one that returns an awaitable."""

    async def main(client):
        async with aio.Consumer(client, stream, GROUP, "alice", handle) as consumer:
            await consumer.drain()

    loop_run(main)


def test_a_handler_that_only_prepares_its_work_is_refused(r, stream, loop_run):
    """A generator would never run."""

    async def main(client):
        with pytest.raises(TypeError, match="only prepares its work"):
            aio.Consumer(client, stream, GROUP, "alice", gives_later)
        with pytest.raises(TypeError, match="must be a function"):
            aio.Consumer(client, stream, GROUP, "alice", None)

    loop_run(main)


def test_each_kind_names_the_other(r, stream, loop_run):
    """An async handler, or a client of the wrong kind, gets a sentence that says where it
    belongs."""

    async def main(client):
        with pytest.raises(TypeError, match=r"helpers\.aio has a Consumer for async functions"):
            Consumer(r, stream, GROUP, "alice", nothing)
        for kind in (lambda: Producer(client, stream), lambda: ensure_group(client, stream, GROUP)):
            with pytest.raises(TypeError, match=r"helpers\.aio has a Producer and a Consumer"):
                kind()
        for kind in (
            lambda: aio.Producer(r, stream),
            lambda: aio.Consumer(r, stream, GROUP, "alice", nothing),
        ):
            with pytest.raises(TypeError, match=r"that aio\.connect\(\) returned, not Redis"):
                kind()
        with pytest.raises(TypeError, match="without decode_responses=True"):
            aio.Producer(redis.asyncio.Redis(), stream)

    loop_run(main)


def test_a_server_that_is_not_there_is_refused_at_once():
    """In the words of the threaded connect()."""
    with pytest.raises(redis.ConnectionError, match="nothing listens"):
        asyncio.run(aio.connect("redis://127.0.0.1:1"))


@pytest.mark.parametrize("connections", [0, None, 1.5])
def test_a_wrong_number_of_connections_is_named(connections):
    """Before anything is opened."""
    with pytest.raises(ValueError, match="connections must be a whole number"):
        asyncio.run(aio.connect(connections=connections))
