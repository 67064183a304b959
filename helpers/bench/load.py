"""An offered load: entries due at an even rate, ways to send them, and how late each one
arrives."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import redis

from helpers.bench.rounds import own_garbage
from helpers.bench.ways import BLOCK_MS, CONSUMER, GROUP, SIZE, STREAM
from helpers.connection import connect
from helpers.faults import Process
from helpers.producer import Producer
from helpers.streams import ensure_group, read_group
from helpers.waiting import wait_until

TICK = 0.0005
"""Seconds, at least, between two checks for entries that are due."""

SENT = "bench:sent"
"""The key that tells the receiver, at the end, how many entries there are."""


@dataclass(frozen=True)
class Load:
    """Entries offered per second for some seconds, whether or not the sender keeps up."""

    rate: int
    seconds: float
    began: float = field(default_factory=time.perf_counter)

    def batches(self) -> Iterator[range]:
        """Yield the entries due by now, again and again; value n is due after n / rate seconds."""
        sent, clock = 0, threading.Event()
        while (passed := self.passed) < self.seconds:
            ready = int(passed * self.rate) + 1
            yield range(sent, ready)
            sent = ready
            clock.wait(max(TICK, sent / self.rate - self.passed))

    @property
    def passed(self) -> float:
        """Return the seconds since the start."""
        return time.perf_counter() - self.began

    @property
    def over(self) -> bool:
        """Tell whether time is up; a sender that can't keep up stops then."""
        return self.passed > self.seconds

    def late(self, arrivals: list[tuple[float, list[int]]]) -> list[float]:
        """Return how many seconds late each value arrived; `arrivals` holds the times."""
        return [at - self.began - value / self.rate for at, values in arrivals for value in values]


def one_by_one(r: redis.Redis, load: Load) -> None:
    """Send each entry with its own XADD."""
    for values in load.batches():
        for value in values:
            if load.over:
                return
            r.xadd(STREAM, {"value": value})


def fixed(r: redis.Redis, load: Load) -> None:
    """Send pipelines of 500, each as soon as it is full."""
    pipeline = r.pipeline(transaction=False)
    for values in load.batches():
        for value in values:
            pipeline.xadd(STREAM, {"value": value})
            if len(pipeline) == SIZE:
                pipeline.execute()
    pipeline.execute()


def natural(r: redis.Redis, load: Load) -> None:
    """Use the course's Producer, which sends whatever queued up during the last call."""
    with Producer(r, STREAM) as producer:
        for values in load.batches():
            for value in values:
                producer.send({"value": value})
            if load.over:
                return


def receive(r: redis.Redis) -> None:
    """Read until everything has arrived, then print the delivery times."""
    arrivals, delivered = [], 0
    with own_garbage():
        while r.get(SENT) != str(delivered):
            while entries := read_group(r, STREAM, GROUP, CONSUMER, count=SIZE, block_ms=BLOCK_MS):
                arrivals.append(
                    (time.perf_counter(), [int(entry.fields["value"]) for entry in entries])
                )
                delivered += len(entries)
    print(json.dumps(arrivals))


def under_load(
    url: str, sender: Callable[[redis.Redis, Load], None], rate: int, seconds: float
) -> dict[str, float | None]:
    """Offer entries at a rate; return how late each was delivered, and what part arrived in time.

    They are received in a separate process, as in production: in the sender's process, both sides
    would wait for the same interpreter lock.
    """
    with connect(url) as r:
        ensure_group(r, STREAM, GROUP)
        with Process(receive, url=url) as receiver:
            wait_until(
                lambda: r.xinfo_consumers(STREAM, GROUP) or receiver.status,
                30,
                "the receiver's first read",
            )
            with own_garbage():
                load = Load(rate, seconds)
                sender(r, load)
            r.set(SENT, r.xlen(STREAM))
            receiver.wait(30)
            waits = load.late(json.loads(receiver.printed))
    return percentiles(waits) | {"delivered %": 100 * len(waits) / (rate * seconds)}


def percentiles(seconds: list[float]) -> dict[str, float | None]:
    """Return the median and the 99th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return {
        f"p{part} ms": 1000 * ordered[len(ordered) * part // 100] if ordered else None
        for part in (50, 99)
    }
