"""How long from XADD to delivery: alone, compared with PING, Pub/Sub and BLPOP; and under load."""

import queue
import time
from collections.abc import Callable

import redis

from helpers.bench.load import fixed, natural, one_by_one, percentiles, under_load
from helpers.bench.rounds import bench_server
from helpers.bench.ways import BLOCK_MS, CONSUMER, GROUP, STREAM
from helpers.connection import connect
from helpers.streams import ensure_group, read_group
from helpers.threads import Worker

SENDERS = {"one by one": one_by_one, "fixed 500": fixed, "natural": natural}
RATES = (500, 5_000, 20_000, 100_000, 150_000)


def measure(progress: Callable[[str], None], quick: bool) -> dict[str, list[dict]]:
    """Return two tables, in milliseconds."""
    times, seconds = (200, 0.5) if quick else (2000, 2.0)
    alone, loaded = [], []
    alone_ways = {"PING": ping, "Pub/Sub": pubsub, "BLPOP": blpop, "XADD to delivery": stream}
    for name, way in alone_ways.items():
        progress(name)
        with bench_server() as (port, _), connect(f"redis://127.0.0.1:{port}") as r:
            alone.append({"way": name} | percentiles(way(r, times)))
    for rate in RATES[:: 1 + quick]:
        for name, sender in SENDERS.items():
            progress(f"{name}, {rate} per s")
            with bench_server() as (port, _):
                waits = under_load(f"redis://127.0.0.1:{port}", sender, rate, seconds)
            loaded.append({"way": name, "offered per s": rate} | waits)
    titles = "From sending to receiving, one at a time", "From XADD to delivery, under load"
    return dict(zip(titles, (alone, loaded), strict=True))


def ping(r: redis.Redis, times: int) -> list[float]:
    """Time one round trip."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        r.ping()
        taken.append(time.perf_counter() - began)
    return taken


def relay(
    times: int, send: Callable[[float], object], receive: Callable[[], list[str]]
) -> list[float]:
    """Send the time and receive it in another thread; only then send the next one."""
    received: queue.SimpleQueue[float] = queue.SimpleQueue()

    def listen() -> None:
        while not worker.stopping.is_set():
            for sent in receive():
                received.put(time.perf_counter() - float(sent))

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
        subscriber.get_message(timeout=1)  # Confirms the subscription

        def receive() -> list[str]:
            messages = [subscriber.get_message(timeout=BLOCK_MS / 1000)]
            return [message["data"] for message in messages if message]

        return relay(times, lambda now: r.publish(STREAM, repr(now)), receive)


def blpop(r: redis.Redis, times: int) -> list[float]:
    """RPUSH to a client blocked in BLPOP, which returns the list's name and an item."""

    def receive() -> list[str]:
        return (r.blpop(["list"], timeout=BLOCK_MS / 1000) or [])[1:]

    return relay(times, lambda now: r.rpush("list", repr(now)), receive)


def stream(r: redis.Redis, times: int) -> list[float]:
    """XADD to a consumer blocked in XREADGROUP."""
    ensure_group(r, STREAM, GROUP)

    def receive() -> list[str]:
        entries = read_group(r, STREAM, GROUP, CONSUMER, block_ms=BLOCK_MS)
        return [entry.fields["sent"] for entry in entries]

    return relay(times, lambda now: r.xadd(STREAM, {"sent": now}), receive)
