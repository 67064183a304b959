"""Other libraries, if installed, each used as its documentation recommends for speed."""

import asyncio
from collections.abc import Callable, Coroutine

from helpers.bench.ways import (
    BLOCK_MS,
    CONSUMER,
    GROUP,
    SECONDS,
    SIZE,
    STREAM,
    Way,
    Workload,
    add,
    with_producer,
)


async def both(
    job: Workload, produce: Callable[[], Coroutine], consume: Callable[[], Coroutine]
) -> None:
    """Produce and consume at the same time."""
    await asyncio.gather(produce(), consume())
    job.end()


def redis_asyncio(job: Workload) -> None:
    """Send pipelines of XADDs from redis-py's asyncio client."""
    from redis.asyncio import Redis

    async def run() -> None:
        async with Redis(port=job.port, decode_responses=True, legacy_responses=False) as r:

            async def produce() -> None:
                for batch in job.batches():
                    pipeline = r.pipeline(transaction=False)
                    for n in batch:
                        pipeline.xadd(STREAM, {"value": n})
                    await pipeline.execute()

            async def consume() -> None:
                while job.unfinished:
                    reply = await r.xreadgroup(GROUP, CONSUMER, {STREAM: ">"}, SIZE, BLOCK_MS)
                    entries = reply.get(STREAM, [])
                    job.values += [int(fields["value"]) for _, fields in entries]
                    if entries:
                        await r.xack(STREAM, GROUP, *(entry_id for entry_id, _ in entries))

            await both(job, produce, consume)

    asyncio.run(run())


def walrus(job: Workload) -> None:
    """Use a pipeline of its Database, and its ConsumerGroup."""
    from walrus import Database

    database = Database(port=job.port)
    group = database.consumer_group(GROUP, [STREAM], consumer=CONSUMER)

    def produce() -> None:
        for batch in job.batches():
            add(database, batch)

    def consume() -> None:
        while job.unfinished:
            for _, entries in group.read(count=SIZE, block=BLOCK_MS) or []:
                job.values += [int(fields[b"value"]) for _, fields in entries]
                getattr(group, STREAM).ack(*(entry_id for entry_id, _ in entries))

    with database:
        with_producer(job, produce, consume)


def valkey_glide(job: Workload) -> None:
    """Use the batches of its synchronous client."""
    import glide_sync as glide

    server = glide.NodeAddress("127.0.0.1", job.port)
    settings = glide.GlideClientConfiguration([server], request_timeout=5000)
    sender, reader = glide.GlideClient.create(settings), glide.GlideClient.create(settings)
    options = glide.StreamReadGroupOptions(count=SIZE, block_ms=BLOCK_MS)

    def produce() -> None:
        for values in job.batches():
            batch = glide.Batch(is_atomic=False)
            for n in values:
                batch.xadd(STREAM, [("value", str(n))])
            sender.exec(batch, raise_on_error=True)

    def consume() -> None:
        while job.unfinished:
            reply = reader.xreadgroup({STREAM: ">"}, GROUP, CONSUMER, options) or {}
            entries = reply.get(STREAM.encode(), {})
            job.values += [int(pairs[0][1]) for pairs in entries.values()]
            if entries:
                reader.xack(STREAM, GROUP, list(entries))

    try:
        with_producer(job, produce, consume)
    finally:
        sender.close()
        reader.close()


def coredis(job: Workload) -> None:
    """Use its pipelines; it is asyncio only."""
    from coredis import Redis

    async def run() -> None:
        async with Redis(port=job.port, decode_responses=True) as r:

            async def produce() -> None:
                for batch in job.batches():
                    async with r.pipeline(transaction=False) as pipeline:
                        for n in batch:
                            pipeline.xadd(STREAM, field_values={"value": n})

            async def consume() -> None:
                while job.unfinished:
                    reply = await r.xreadgroup(
                        GROUP, CONSUMER, streams={STREAM: ">"}, count=SIZE, block=BLOCK_MS
                    )
                    entries = (reply or {}).get(STREAM, ())
                    job.values += [int(entry.field_values["value"]) for entry in entries]
                    if entries:
                        await r.xack(STREAM, GROUP, [entry.identifier for entry in entries])

            await both(job, produce, consume)

    asyncio.run(run())


def faststream(job: Workload) -> None:
    """Use its broker: it publishes in pipelines; a subscriber gets and acknowledges batches."""
    import logging

    from faststream.redis import RedisBroker, StreamSub
    from redis.asyncio import Redis

    async def run() -> None:
        broker = RedisBroker(job.url, logger=logging.getLogger("silent"), log_level=logging.DEBUG)
        done = asyncio.Event()
        read = {"batch": True, "max_records": SIZE, "polling_interval": BLOCK_MS}

        @broker.subscriber(stream=StreamSub(STREAM, group=GROUP, consumer=CONSUMER, **read))
        async def handle(values: list[int]) -> None:
            job.values += values
            if not job.unfinished:
                done.set()

        async with broker, Redis(port=job.port) as r:
            await broker.start()
            for batch in job.batches():
                pipeline = r.pipeline(transaction=False)
                for n in batch:
                    await broker.publish(n, stream=STREAM, pipeline=pipeline)
                await pipeline.execute()
            await asyncio.wait_for(done.wait(), SECONDS)
            job.end()

    asyncio.run(run())


PEERS = [
    Way("redis.asyncio pipelined", redis_asyncio),
    Way("walrus pipelined", walrus, "walrus"),
    Way("valkey-glide batches", valkey_glide, "glide_sync"),
    Way("coredis pipelined", coredis, "coredis", part=0.5),
    Way("FastStream batches", faststream, "faststream", part=0.3),
]
