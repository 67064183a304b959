"""The course's producer and consumer for asyncio, under the same faults."""

import asyncio

import redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from helpers import aio
from helpers.aio.in_task import ConsumerTask
from helpers.campaign.job import GROUP, STREAM, Handling, Job, suffered
from helpers.campaign.ledger import STORED, Ledger
from helpers.campaign.ours import LIMITS, PATIENCE, TIMEOUT, NoHandBack, OneEffect
from helpers.entries import Entry


class OneEffectTask(OneEffect, ConsumerTask):
    """Counts each entry in the script that acknowledges it, in a task."""


class NoHandBackTask(NoHandBack, ConsumerTask):
    """Doesn't hand its batch back when it ends, in a task."""


class OneEffectConsumer(aio.Consumer):
    """Counts each entry once."""

    task_kind = OneEffectTask


class NoHandBackConsumer(aio.Consumer):
    """Hands nothing back."""

    task_kind = NoHandBackTask


class AsyncHandling(Handling):
    """The same handling, without blocking the event loop."""

    def __init__(self, job: Job):
        super().__init__(job)
        self.database = redis.asyncio.Redis.from_url(job.database, retry=Retry(NoBackoff(), 0))

    async def __call__(self, entry: Entry) -> None:
        """Handle one entry."""
        value = suffered(entry.fields)
        await self.database.sadd("handled", value)
        self.handled.note(value)


async def storing(job: Job, confirm: int) -> None:
    """Store this producer's values; after a restart, continue from what the server has."""
    stored = Ledger(job.directory, job.who, STORED)
    settings = {"producer_id": job.who, "patience": PATIENCE, "confirm": confirm}
    async with (
        await aio.connect(job.url, timeout=TIMEOUT) as r,
        aio.Producer(r, STREAM, **settings) as producer,
    ):
        job.begin()
        stored.note(*job.values()[job.noted() : producer.stored])  # As in ours.py
        chunks = job.chunks(producer.stored)
        while chunk := await asyncio.to_thread(next, chunks, None):  # It waits for the gate
            for _, fields in chunk:
                await producer.send(fields)
            await producer.flush(PATIENCE)
            stored.note(*(value for value, _ in chunk))


async def handling(job: Job, kind: type[aio.Consumer]) -> None:
    """Handle entries until killed, or told to end."""
    async with await aio.connect(job.url, timeout=TIMEOUT) as r:
        consumer = kind(r, STREAM, GROUP, job.name, AsyncHandling(job), **LIMITS)
        job.begin()
        await consumer.run()


def produce(job: Job, *, confirm: int = 0) -> None:
    """Run a producer's process."""
    asyncio.run(storing(job, confirm))


def consume(job: Job, kind: type[aio.Consumer] = OneEffectConsumer) -> None:
    """Run a consumer's process."""
    asyncio.run(handling(job, kind))
