"""Ways to produce, read through a group and acknowledge: redis-py's, and the course's own."""

import asyncio
import importlib.util
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import redis

from helpers import aio
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.threads import Worker

STREAM, GROUP, CONSUMER = "bench", "g", "c"
SIZE = 500
"""Entries per pipeline and per read: 500 are 3.5 times as fast as one, more gain nothing
(measured)."""

BLOCK_MS = 200
SECONDS = 60.0
"""How long one run may take; the slowest takes two seconds on an idle machine."""

OUR_SETTINGS = {"count": SIZE, "block_ms": BLOCK_MS, "min_idle_ms": 60_000, "max_deliveries": 3}
"""The settings of our own consumers."""

OUR_WAY, UNIT, ONE_BY_ONE = "helpers", "redis-py pipelined", "redis-py one by one"


@dataclass
class Workload:
    """One run: values 0 to `entries` - 1 go through the server at `port`; some are handled."""

    port: int
    entries: int
    values: list[int] = field(default_factory=list)
    ended: float = 0.0
    deadline: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    @property
    def url(self) -> str:
        """Return the server's address."""
        return f"redis://127.0.0.1:{self.port}"

    @property
    def unfinished(self) -> bool:
        """Tell whether entries are missing. Raises TimeoutError when it takes too long."""
        if time.monotonic() > self.deadline:
            raise TimeoutError(
                f"{len(self.values)} of {self.entries} entries were handled in {SECONDS:g} s."
            )
        return len(self.values) < self.entries

    def batches(self, size: int = SIZE) -> Iterable[range]:
        """Yield the values to send, up to `size` at a time."""
        firsts = range(0, self.entries, size)
        return (range(first, min(first + size, self.entries)) for first in firsts)

    def end(self) -> None:
        """Note the time of the last acknowledgment; closing doesn't count."""
        self.ended = time.perf_counter()


@dataclass(frozen=True)
class Way:
    """One way: its name, its function, the module it needs, and the part of the entries it runs
    on."""

    name: str
    run: Callable[[Workload], None]
    module: str = "redis"
    part: float = 1.0

    @property
    def installed(self) -> bool:
        """Tell whether its module can be imported."""
        return importlib.util.find_spec(self.module) is not None


def with_producer(job: Workload, produce: Callable[[], None], consume: Callable[[], None]) -> None:
    """Produce in a thread while consuming here; raise an error from either side."""
    producing = Worker(produce, "the producing side")
    producing.start()
    try:
        consume()
        job.end()
    finally:
        # After an interrupt, too: a thread still running while Python exits may crash it
        producing.stop()
    producing.check()


def add(r, values: Iterable[int], **limit: object) -> None:
    """Send XADDs in one pipeline of redis-py, or of a client with the same interface."""
    pipeline = r.pipeline(transaction=False)
    for n in values:
        pipeline.xadd(STREAM, {"value": n}, **limit)
    pipeline.execute()


def redis_py(job: Workload, batch: int) -> None:
    """Use pipelines of `batch` XADDs, or single ones; XREADGROUP with COUNT, and one XACK per
    reply."""
    r = redis.Redis(port=job.port, decode_responses=True, legacy_responses=False)

    def produce() -> None:
        for values in job.batches(batch):
            if batch == 1:
                r.xadd(STREAM, {"value": values[0]})
            else:
                add(r, values)

    def consume() -> None:
        while job.unfinished:
            reply = r.xreadgroup(GROUP, CONSUMER, {STREAM: ">"}, count=batch, block=BLOCK_MS)
            entries = reply.get(STREAM, [])
            job.values += [int(fields["value"]) for _, fields in entries]
            if entries:
                r.xack(STREAM, GROUP, *(entry_id for entry_id, _ in entries))

    with r:
        with_producer(job, produce, consume)


def helpers(job: Workload) -> None:
    """Use Producer and Consumer with all their safety."""

    def handle(entry) -> None:
        job.values.append(int(entry.fields["value"]))

    with (
        connect(job.url) as r,
        Consumer(r, STREAM, GROUP, CONSUMER, handle, **OUR_SETTINGS) as consumer,
        Producer(r, STREAM, batch=SIZE) as producer,
    ):
        for n in range(job.entries):
            producer.send({"value": n})
        consumer.wait(handled=job.entries, seconds=SECONDS)
        job.end()


def helpers_aio(job: Workload) -> None:
    """Use the asyncio Producer and Consumer, with an `async def` handler."""

    async def handle(entry) -> None:
        job.values.append(int(entry.fields["value"]))

    async def run() -> None:
        async with (
            await aio.connect(job.url) as r,
            aio.Consumer(r, STREAM, GROUP, CONSUMER, handle, **OUR_SETTINGS) as consumer,
            aio.Producer(r, STREAM, batch=SIZE) as producer,
        ):
            for n in range(job.entries):
                await producer.send({"value": n})
            await consumer.wait(handled=job.entries, seconds=SECONDS)
            job.end()

    asyncio.run(run())


WAYS = [
    Way(ONE_BY_ONE, lambda job: redis_py(job, 1), part=0.05),
    Way(UNIT, lambda job: redis_py(job, SIZE)),
    Way(OUR_WAY, helpers),
    Way("helpers.aio", helpers_aio),
]
