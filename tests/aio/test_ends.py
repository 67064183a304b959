"""An asyncio consumer that is canceled, alone or with others, or ended by a signal, strands
nothing."""

import asyncio
import signal
import subprocess
import sys
import textwrap
import threading

import pytest

from helpers import aio
from helpers.faults.relay import Link, Relay
from helpers.streams import ensure_group, pending
from helpers.waiting import wait_until
from tests.aio.conftest import GROUP

HOUR_MS = 3_600_000


class HoldingLink(Link):
    """Passes a reply on only when the relay allows it."""

    def __init__(self, relay, client, upstream):
        super().__init__(client, upstream)
        self.relay = relay

    def answered(self, data: bytes) -> bool:
        """Wait until the relay lets replies go on."""
        return self.relay.open.wait(20)


class Holding(Relay):
    """A relay that can hold replies back after the server has carried out the command."""

    def __init__(self, url: str):
        super().__init__(url)
        self.open = threading.Event()
        self.open.set()

    def link(self, client, upstream) -> Link:
        """Return a link that may hold replies."""
        return HoldingLink(self, client, upstream)


@pytest.fixture
def holding(url):
    """Start a relay in front of the server under test."""
    with Holding(url) as relay:
        yield relay
        relay.open.set()


def handed_back(r, stream) -> list[str]:
    """The IDs that anybody may claim at once, after one delivery each."""
    lines = pending(r, stream, GROUP, min_idle_ms=HOUR_MS)
    assert {line.deliveries for line in lines} <= {1}
    return [line.id for line in lines]


async def until(condition) -> None:
    """Wait until a condition holds, up to the test's own deadline."""
    while not condition():
        await asyncio.sleep(0.005)


def test_a_cancelled_handler_hands_the_rest_back(r, stream, loop_run, ids):
    """Entries handled before are acknowledged; the current entry and those after it can be claimed
    at once."""
    begun = []

    async def handle(entry):
        begun.append(entry.id)
        if len(begun) == 3:
            await asyncio.Event().wait()

    async def main(client):
        consumer = aio.Consumer(client, stream, GROUP, "alice", handle, block_ms=4000)
        running = asyncio.create_task(consumer.run())
        await until(lambda: len(begun) == 3)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert consumer.handled == 2

    loop_run(main)
    assert handed_back(r, stream) == ids[2:] and len(pending(r, stream, GROUP)) == 8


def test_a_consumer_that_an_error_ends_strands_nothing(r, stream, loop_run, ids):
    """The failed entry and the rest of the batch can be claimed at once."""

    async def handle(entry):
        raise ValueError("not this one")

    async def main(client):
        with pytest.raises(ValueError):
            await aio.Consumer(client, stream, GROUP, "alice", handle).run()

    loop_run(main)
    assert handed_back(r, stream) == ids


def test_a_cancelled_block_cancels_the_handler(r, stream, loop_run, ids):
    """`async with` ends as soon as its handler does."""
    begun = asyncio.Event()

    async def handle(entry):
        begun.set()
        await asyncio.Event().wait()

    async def block(client):
        async with aio.Consumer(client, stream, GROUP, "alice", handle):
            await asyncio.Event().wait()

    async def main(client):
        running = asyncio.create_task(block(client))
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    loop_run(main)
    assert handed_back(r, stream) == ids


def test_a_cancellation_is_heard_while_a_block_drains(r, stream, url, ids):
    """Even when it arrives just after a command was sent, where Python 3.11 would swallow it, the
    rest is handed back at once."""

    async def cancelled_in_the_fourth() -> None:
        fourth = asyncio.Event()

        async def handle(entry):
            if entry.id == ids[3]:
                fourth.set()
                await asyncio.Event().wait()

        async def work(server):
            async with aio.Consumer(server, stream, GROUP, "alice", handle) as consumer:
                await consumer.drain(20)

        async with await aio.connect(url) as server:
            task = asyncio.create_task(work(server))
            await asyncio.wait_for(fourth.wait(), 20)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asyncio.wait_for(task, 4)

    asyncio.run(cancelled_in_the_fourth())
    assert handed_back(r, stream) == ids[3:]


def test_a_handler_may_finish_what_it_does_when_cancelled(r, stream, loop_run, ids):
    """A handler that catches the cancellation and returns has handled its entry."""
    begun = asyncio.Event()

    async def handle(entry):
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return

    async def main(client):
        running = asyncio.create_task(aio.Consumer(client, stream, GROUP, "alice", handle).run())
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    loop_run(main)
    assert handed_back(r, stream) == ids[1:] and len(pending(r, stream, GROUP)) == 9


def test_a_cancelled_read_strands_nothing(r, stream, holding, ids):
    """The server has delivered, and the reply is on its way: the read awaits it, and its entries
    are handed back."""
    handled = []

    async def main():
        async with await aio.connect(holding.url) as client:
            await client.ping()
            consumer = aio.Consumer(client, stream, GROUP, "alice", handled.append)
            holding.open.clear()
            running = asyncio.create_task(consumer.run())
            # First the read of pending entries is held, then that of new ones
            while not pending(r, stream, GROUP):
                await asyncio.sleep(0.005)
                holding.open.set()
                holding.open.clear()
            running.cancel()
            await asyncio.sleep(0)
            holding.open.set()
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(asyncio.wait_for(main(), 30))
    assert handed_back(r, stream) == [each for each in ids if each not in [e.id for e in handled]]


def test_after_a_cancelled_step_the_next_one_begins_with_what_it_lost(r, stream, holding, ids):
    """The reply is lost, so its entries are pending under the consumer's own name: each is handled
    once."""
    handled = []

    async def main():
        async with await aio.connect(holding.url) as client:
            consumer = aio.Consumer(client, stream, GROUP, "alice", handled.append, count=4)
            await consumer.step()
            holding.open.clear()
            step = asyncio.create_task(consumer.step())
            await until(lambda: pending(r, stream, GROUP))
            step.cancel()
            with pytest.raises(asyncio.CancelledError):
                # Its acknowledgments are sent all the same, and their reply is held, too
                await until(lambda: step.done() or holding.open.set())
                await step
            while len(handled) < 10:
                await consumer.step()

    asyncio.run(asyncio.wait_for(main(), 30))
    assert [entry.id for entry in handled] == ids and not pending(r, stream, GROUP)


def test_after_a_step_whose_handler_was_cancelled_the_next_one_begins_with_its_batch(
    r, stream, loop_run, ids
):
    """The entries it had read are pending under its own name; nothing newer is handled first."""
    handled, patient = [], asyncio.Event()

    async def handle(entry):
        if not handled:
            await patient.wait()
        handled.append(entry.id)

    async def main(client):
        consumer = aio.Consumer(client, stream, GROUP, "alice", handle, count=4)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await consumer.step()
        patient.set()
        while len(handled) < 10:
            await consumer.step()

    loop_run(main)
    assert handled == ids and not pending(r, stream, GROUP)


def test_whatever_moment_a_step_is_cancelled_at_nothing_is_lost(r, stream, loop_run):
    """A hundred entries arrive while steps are canceled again and again."""
    ensure_group(r, stream, GROUP)
    handled = []

    async def main(client):
        consumer = aio.Consumer(client, stream, GROUP, "alice", handled.append, block_ms=50)
        for n in range(100):
            step = asyncio.create_task(consumer.step())
            await client.xadd(stream, {"value": n})
            for _ in range(n % 7):
                await asyncio.sleep(0)
            step.cancel()
            await asyncio.wait({step})
        while pending(r, stream, GROUP) or len({entry.id for entry in handled}) < 100:
            await consumer.step()

    loop_run(main)
    assert len({entry.id for entry in handled}) == 100


def test_when_one_of_a_group_fails_the_others_strand_nothing(r, stream, loop_run, ids):
    """A TaskGroup cancels the other consumers: entries that they handled are acknowledged, the rest
    handed back."""
    handled, begun = [], []

    async def fails(entry):
        await until(lambda: len(begun) == 2)
        raise ValueError("boom")

    async def handle(entry):
        if entry.id in (ids[4], ids[8]):  # The second entry of its consumer
            begun.append(entry.id)
            await asyncio.Event().wait()
        handled.append(entry.id)

    async def main(client):
        async with asyncio.TaskGroup() as group:
            for name, of in (("alice", fails), ("bob", handle), ("carol", handle)):
                consumer = aio.Consumer(client, stream, GROUP, name, of, count=3)
                before = len(pending(r, stream, GROUP))
                group.create_task(consumer.run())
                await until(lambda: len(pending(r, stream, GROUP)) > before)  # noqa: B023

    with pytest.raises(ExceptionGroup) as caught:
        loop_run(main)
    assert [str(each) for each in caught.value.exceptions] == ["boom"]
    assert sorted(handled) == [ids[3], ids[6], ids[7]]
    assert handed_back(r, stream)[-3:] == [ids[4], ids[5], ids[8]]


WORKER = """
import asyncio, sys
from helpers import aio

url, stream, endless = sys.argv[1:]

async def main():
    async with await aio.connect(url) as r:

        async def handle(entry):
            await r.rpush(stream + ":begun", entry.id)
            while not await r.exists(stream + ":go"):
                await asyncio.sleep(0.005)
            while endless == "endless":
                pass
            await r.rpush(stream + ":handled", entry.id)

        async with asyncio.TaskGroup() as group:
            for name in ("alice", "bob"):
                consumer = aio.Consumer(r, stream, "consumerGroup", name, handle, count=5)
                group.create_task(consumer.run())

asyncio.run(main())
print("ended")
"""


@pytest.fixture
def start(r, url, stream, ids):
    """Start a program with two consumers, and wait until both are handling their first entry."""
    workers = []

    def start(endless="no"):
        command = [sys.executable, "-c", textwrap.dedent(WORKER), url, stream, endless]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        workers.append(worker)
        wait_until(lambda: r.llen(stream + ":begun") == 2, 30, "both first entries")
        return worker

    yield start
    for worker in workers:
        worker.kill()
        worker.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_consumers_after_the_entry_in_hand(r, stream, start, ids, number):
    """Status 0; both entries are acknowledged, and the eight others are handed back."""
    worker = start()
    worker.send_signal(number)
    r.set(stream + ":go", 1)
    assert worker.communicate(timeout=30)[0] == "ended\n" and worker.returncode == 0
    assert sorted(r.lrange(stream + ":handled", 0, -1)) == [ids[0], ids[5]]
    assert handed_back(r, stream) == [*ids[1:5], *ids[6:]]


def test_a_second_signal_ends_the_program_at_once(r, stream, start, ids):
    """Even while a handler blocks the event loop."""
    worker = start(endless="endless")
    r.set(stream + ":go", 1)
    # Repeatedly, because the first may still be on its way
    wait_until(
        lambda: worker.send_signal(signal.SIGTERM) or worker.poll() is not None, 20, "its end"
    )
    assert worker.returncode in (128 + signal.SIGTERM, -signal.SIGTERM)


def test_a_name_goes_once_it_holds_nothing(r, stream, start, ids):
    """Programs that have handled everything leave no consumer behind."""
    worker = start()
    r.set(stream + ":go", 1)
    wait_until(lambda: r.llen(stream + ":handled") == 10, 20, "ten handled entries")
    worker.terminate()
    worker.communicate(timeout=30)
    assert r.xinfo_consumers(stream, GROUP) == []


def test_signals_are_the_programs_own_again(r, stream, loop_run, ids):
    """After the last consumer has ended, but not before."""
    before = signal.getsignal(signal.SIGTERM)

    async def main(client):
        first, second = (aio.Consumer(client, stream, GROUP, n, lambda entry: None) for n in "ab")
        tasks = [asyncio.create_task(each.run()) for each in (first, second)]
        await until(lambda: first.handled + second.handled == 10)
        await first.stop()
        await tasks[0]
        assert signal.getsignal(signal.SIGTERM) is not before
        await second.stop()
        await tasks[1]

    loop_run(main)
    assert signal.getsignal(signal.SIGTERM) is before
