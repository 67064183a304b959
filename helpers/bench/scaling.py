"""How the cost per entry changes with the number of entries, consumers and pending entries, and
with trimming."""

import contextlib
import time
from collections.abc import Callable

import redis

from helpers.bench.rounds import bench_server, cpu_seconds, own_garbage
from helpers.bench.ways import BLOCK_MS, CONSUMER, GROUP, SECONDS, SIZE, STREAM, add
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.streams import ensure_group, read_group

ENTRIES = 20_000
TRIMMINGS = {
    "none": {},
    "MAXLEN ~ 1000": {"maxlen": 1000},
    "MAXLEN = 1000": {"maxlen": 1000, "approximate": False},
}
WARM_UP = 1_000
"""Entries that aren't counted: the first ones pay for threads, connections and the script."""


def measure(progress: Callable[[str], None], quick: bool) -> dict[str, list[dict]]:
    """Return four tables, each measured on an empty server; CPU times vary little on a busy
    machine."""
    sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 1_000_000)
    heaps = (0, 10_000) if quick else (0, 1_000, 10_000, 100_000)
    rows: dict[str, list[dict]] = {}
    for title, column, values, way in (
        ("More entries", "entries", sizes, through),
        ("More consumers", "consumers", (1, 2, 4, 8), lambda r, n: through(r, consumers=n)),
        ("More pending entries", "pending", heaps, lambda r, n: through(r, heap=n)),
        ("Trimming", "trimming", TRIMMINGS, trimmed),
    ):
        rows[title] = []
        for value in values:
            progress(f"{title}: {value}")
            with bench_server() as (port, _), connect(f"redis://127.0.0.1:{port}") as r:
                rows[title].append({column: value} | way(r, value))
    return rows


def costs(r: redis.Redis, entries: int, work: Callable[[], None]) -> dict[str, float]:
    """Return the cost per entry of `work`: client and server CPU (µs), and memory (bytes)."""
    with own_garbage():
        client, there = time.process_time(), cpu_seconds(r)
        work()
        figures = {"client µs": time.process_time() - client, "server µs": cpu_seconds(r) - there}
    per_entry = {name: 1e6 * seconds / entries for name, seconds in figures.items()}
    return per_entry | {"bytes": r.memory_usage(STREAM, samples=0) / max(1, r.xlen(STREAM))}


def through(
    r: redis.Redis, entries: int = ENTRIES, *, consumers: int = 1, heap: int = 0
) -> dict[str, float]:
    """Produce, read, handle and acknowledge, while `heap` entries are pending for another
    consumer."""
    ensure_group(r, STREAM, GROUP)
    add_all(r, heap)
    while heap and read_group(r, STREAM, GROUP, "elsewhere", count=5000):
        pass
    crew = [_consumer(r, f"{CONSUMER}{n}") for n in range(consumers)]
    with contextlib.ExitStack() as stack:
        for consumer in crew:
            stack.enter_context(consumer)
        producer = stack.enter_context(Producer(r, STREAM))

        def work(more: int) -> None:
            target = sum(c.handled for c in crew) + more
            for n in range(more):
                producer.send({"value": n})
            crew[0].worker.wait(
                lambda: sum(c.handled for c in crew) == target, SECONDS, "handled entries"
            )

        work(WARM_UP)
        figures = costs(r, entries, lambda: work(entries))
    pending = r.xpending(STREAM, GROUP)["pending"]
    if pending != heap:
        raise RuntimeError(f"{pending} entries are pending where {heap} should be.")
    return figures


def _consumer(r: redis.Redis, name: str) -> Consumer:
    how = {"count": SIZE, "block_ms": BLOCK_MS, "min_idle_ms": 600_000, "max_deliveries": 3}
    return Consumer(r, STREAM, GROUP, name, lambda entry: int(entry.fields["value"]), **how)


def trimmed(r: redis.Redis, trimming: str) -> dict[str, float]:
    """Only add entries, in pipelines, with a limit on the stream's length."""
    return costs(r, ENTRIES, lambda: add_all(r, ENTRIES, **TRIMMINGS[trimming]))


def add_all(r: redis.Redis, entries: int, **limit: object) -> None:
    """Send XADDs in pipelines."""
    for first in range(0, entries, SIZE):
        add(r, range(first, min(first + SIZE, entries)), **limit)
