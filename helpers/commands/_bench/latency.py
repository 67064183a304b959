"""How long it takes from XADD to delivery: alone, beside PING, Pub/Sub and BLPOP, and under an offered load."""

import queue
import threading
import time
from collections.abc import Callable, Iterator

import redis

from helpers.commands._bench.rounds import server
from helpers.commands._bench.ways import BLOCK_MS, CONSUMER, GROUP, SIZE, STREAM
from helpers.connection import connect
from helpers.producer import Producer
from helpers.streams import ensure_group, read_group
from helpers.workers import Worker

RATES = (500, 5_000, 20_000, 100_000, 150_000)
TICK = 0.001
"""Seconds between two looks at which entries are due."""


def measure(progress: Callable[[str], None], quick: bool) -> dict[str, list[dict]]:
    """Two tables, in milliseconds."""
    times, seconds = (200, 0.5) if quick else (2000, 2.0)
    alone, loaded = [], []
    for name, way in (("PING", ping), ("Pub/Sub", pubsub), ("BLPOP", blpop), ("XADD to delivery", stream)):
        progress(name)
        with server() as (port, _), connect(f"redis://127.0.0.1:{port}") as r:
            alone.append({"way": name} | percentiles(way(r, times)))
    for rate in RATES[::2] if quick else RATES:
        for name, sender in (("one by one", one_by_one), ("fixed 500", fixed), ("natural", natural)):
            progress(f"{name}, {rate} per s")
            with server() as (port, _), connect(f"redis://127.0.0.1:{port}") as r:
                loaded.append({"way": name, "offered per s": rate} | under_load(r, sender, rate, seconds))
    return {"From sending to receiving, one at a time": alone, "From XADD to delivery, under load": loaded}


def percentiles(seconds: list[float]) -> dict[str, float | None]:
    """The median and the 99th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return {f"p{part} ms": 1000 * ordered[len(ordered) * part // 100] if ordered else None for part in (50, 99)}


def ping(r: redis.Redis, times: int) -> list[float]:
    """One round trip."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        r.ping()
        taken.append(time.perf_counter() - began)
    return taken


def relay(times: int, send: Callable[[float], object], receive: Callable[[], float | None]) -> list[float]:
    """Send the time, receive it in another thread, and send the next one only then."""
    received: queue.SimpleQueue[float] = queue.SimpleQueue()

    def listen() -> None:
        while not worker.stopping.is_set():
            if (sent := receive()) is not None:
                received.put(time.perf_counter() - sent)

    worker = Worker(listen, "the receiving side")
    worker.start()
    try:
        taken = []
        for _ in range(times):
            send(time.perf_counter())
            taken.append(received.get(timeout=5))
        return taken
    finally:
        worker.stop()


def pubsub(r: redis.Redis, times: int) -> list[float]:
    """PUBLISH to a subscriber."""
    with r.pubsub(ignore_subscribe_messages=True) as subscriber:
        subscriber.subscribe(STREAM)
        subscriber.get_message(timeout=1)  # the confirmation

        def receive() -> float | None:
            message = subscriber.get_message(timeout=BLOCK_MS / 1000)
            return float(message["data"]) if message else None

        return relay(times, lambda now: r.publish(STREAM, repr(now)), receive)


def blpop(r: redis.Redis, times: int) -> list[float]:
    """RPUSH to a client that waits in BLPOP."""

    def receive() -> float | None:
        item = r.blpop(["list"], timeout=BLOCK_MS / 1000)
        return float(item[1]) if item else None

    return relay(times, lambda now: r.rpush("list", repr(now)), receive)


def stream(r: redis.Redis, times: int) -> list[float]:
    """XADD to a consumer that waits in XREADGROUP."""
    ensure_group(r, STREAM, GROUP)

    def receive() -> float | None:
        entries = read_group(r, STREAM, GROUP, CONSUMER, block_ms=BLOCK_MS)
        return float(entries[0].fields["sent"]) if entries else None

    return relay(times, lambda now: r.xadd(STREAM, {"sent": now}), receive)


def due(rate: int, seconds: float) -> Iterator[list[float]]:
    """Say again and again which entries are due: their times, at an even rate, whether or not the sender keeps up."""
    began, sent, clock = time.perf_counter(), 0, threading.Event()
    while (now := time.perf_counter() - began) < seconds:
        ready = int(now * rate)
        yield [began + n / rate for n in range(sent, ready)]
        sent = ready
        clock.wait(TICK)


def one_by_one(r: redis.Redis, rate: int, seconds: float) -> None:
    """One XADD for each entry; gives up when the time is over, however many are still due."""
    end = time.perf_counter() + seconds
    for times in due(rate, seconds):
        for at in times:
            if time.perf_counter() > end:
                return
            r.xadd(STREAM, {"due": at})


def fixed(r: redis.Redis, rate: int, seconds: float) -> None:
    """A pipeline of 500, sent when it is full."""
    pipeline = r.pipeline(transaction=False)
    for times in due(rate, seconds):
        for at in times:
            pipeline.xadd(STREAM, {"due": at})
            if len(pipeline) == SIZE:
                pipeline.execute()
    pipeline.execute()


def natural(r: redis.Redis, rate: int, seconds: float) -> None:
    """The course's Producer: whatever queued up while the last call was under way."""
    end = time.perf_counter() + seconds
    with Producer(r, STREAM) as producer:
        for times in due(rate, seconds):
            for at in times:
                producer.send({"due": at})
            if time.perf_counter() > end:
                return


def under_load(r: redis.Redis, sender: Callable, rate: int, seconds: float) -> dict[str, float | None]:
    """Offer entries at a rate, and note for each how long after it was due it was delivered; and what part came in time."""
    ensure_group(r, STREAM, GROUP)
    waits: list[float] = []

    def listen() -> None:
        while not worker.stopping.is_set():
            entries = read_group(r, STREAM, GROUP, CONSUMER, count=SIZE, block_ms=BLOCK_MS)
            now = time.perf_counter()
            waits.extend(now - float(entry.fields["due"]) for entry in entries)

    worker = Worker(listen, "the receiving side")
    worker.start()
    sender(r, rate, seconds)
    worker.wait(lambda: len(waits) == r.xlen(STREAM), 10, "the delivery of what was sent")
    worker.stop()
    return percentiles(waits) | {"delivered %": 100 * len(waits) / (rate * seconds)}
