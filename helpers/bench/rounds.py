"""Run the ways in alternating rounds; a run counts only if every entry is accounted for."""

import contextlib
import gc
import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import redis

from helpers.bench.quiet import printing_into
from helpers.bench.ways import GROUP, SIZE, STREAM, UNIT, Way, Workload
from helpers.connection import connect
from helpers.servers.own import OwnServer
from helpers.streams import ensure_group

SERVER_LIMIT = "redis-benchmark XADD"
"""The server's own limit: a C program that only adds entries, in pipelines."""


@dataclass(frozen=True)
class Measurement:
    """One counted run: entries per second, and µs of client and server CPU per entry."""

    per_second: float
    client_us: float = 0.0
    server_us: float = 0.0


@dataclass
class Measured:
    """All counted runs of one way, or the reason there are none."""

    way: str
    runs: list[Measurement] = field(default_factory=list)
    failure: str = ""

    @property
    def speeds(self) -> list[float]:
        """Return entries per second, slowest first."""
        return sorted(run.per_second for run in self.runs)

    @property
    def median(self) -> float:
        """Return the median speed."""
        return statistics.median(self.speeds)

    def beside(self, unit: "Measured") -> list[float]:
        """Return how many times as fast this way was as another in the same round, lowest first."""
        return sorted(
            ours.per_second / theirs.per_second
            for ours, theirs in zip(self.runs, unit.runs, strict=True)
        )


@contextlib.contextmanager
def bench_server() -> Iterator[tuple[int, redis.Redis]]:
    """Start a separate server on a free loopback port, because not every library can use Unix
    sockets."""
    with OwnServer(tcp=True) as own, connect(own.url) as r:
        yield own.port, r


@contextlib.contextmanager
def a_core_each(server: int) -> Iterator[None]:
    """Give the server of this process ID a core, and this thread, with those that it starts,
    another.

    As if each had a machine of its own: otherwise the kernel often moves Python's threads to the
    server's core and back, by chance. Only Linux can; with one core, nothing changes.
    """
    free = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else set()
    if len(free) > 1:
        os.sched_setaffinity(server, {max(free)})
        os.sched_setaffinity(0, {min(free)})
    try:
        yield
    finally:
        if len(free) > 1:
            os.sched_setaffinity(0, free)


def cpu_seconds(r: redis.Redis) -> float:
    """Return the server's CPU time so far."""
    info = r.info("cpu")
    return info["used_cpu_user"] + info["used_cpu_sys"]


@contextlib.contextmanager
def own_garbage() -> Iterator[None]:
    """Charge what is measured for its own garbage only, not for everything the bench imported."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def run_once(way: Way, port: int, r: redis.Redis, entries: int) -> Measurement:
    """Run one job on an empty stream. Raises RuntimeError unless everything is handled."""
    r.delete(STREAM)
    ensure_group(r, STREAM, GROUP)
    job = Workload(port, entries)
    with own_garbage():
        client, there, began = time.process_time(), cpu_seconds(r), time.perf_counter()
        way.run(job)
        client, there = time.process_time() - client, cpu_seconds(r) - there
    account(r, job)
    r.delete(STREAM)
    return Measurement(entries / (job.ended - began), client / entries * 1e6, there / entries * 1e6)


def account(r: redis.Redis, job: Workload) -> None:
    """Raise RuntimeError unless each entry is stored once, handled once and acknowledged."""
    pending = r.xpending(STREAM, GROUP)["pending"]
    if (r.xlen(STREAM), pending, sorted(job.values)) != (job.entries, 0, list(range(job.entries))):
        raise RuntimeError(
            f"{job.entries} entries sent, {r.xlen(STREAM)} stored, {len(set(job.values))} "
            f"handled, {pending} pending."
        )


def redis_benchmark(port: int, entries: int) -> Measurement:
    """Let redis-benchmark add entries, in pipelines as long as ours."""
    options = {"-p": port, "-c": 1, "-P": SIZE, "-n": entries}
    words = [str(word) for pair in options.items() for word in pair]
    # Without its server, it would retry forever.
    with_us = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    command = [*with_us, "redis-benchmark", *words, "--csv", "XADD", STREAM, "*", "value", "1"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
    return Measurement(float(told.splitlines()[-1].split('","')[1].strip('"')))


def measure(
    ways: list[Way], entries: int, rounds: int, progress: Callable[[str], None], log: Path
) -> list[Measured]:
    """Run each way once per round, in alternating order, to be fair to all.

    Output of libraries other than redis-py goes to `log`. The server, which ends with this, keeps
    its core.
    """
    results = {way.name: Measured(way.name) for way in ways}
    limit = [Way(SERVER_LIMIT, lambda job: None)] if shutil.which("redis-benchmark") else []
    results |= {way.name: Measured(way.name) for way in limit}
    with bench_server() as (port, r), a_core_each(r.info("server")["process_id"]):
        for number in range(rounds + 1):  # Round 0 is a warm-up and isn't counted
            for way in (ways + limit)[:: 1 if number % 2 else -1]:
                progress(way.name)
                if results[way.name].failure:
                    continue
                with contextlib.ExitStack() as quiet:
                    if way.module != "redis":
                        quiet.enter_context(printing_into(log))
                    some = max(SIZE, int(entries * way.part))
                    attempt(way, results[way.name], port, r, some, counted=number > 0)
    return list(results.values())


def attempt(
    way: Way, result: Measured, port: int, r: redis.Redis, entries: int, *, counted: bool
) -> None:
    """Run one way; keep the run, or the reason it failed, so that one library can't stop the
    others."""
    try:
        if way.name == SERVER_LIMIT:
            run = redis_benchmark(port, entries * 5)
        else:
            run = run_once(way, port, r, entries)
    except Exception as error:
        result.failure = f"{type(error).__name__}: {error}"
        result.runs.clear()
        return
    if counted:
        result.runs.append(run)


def ratios(results: list[Measured]) -> dict[str, list[float]]:
    """Return each way's speed as a multiple of redis-py pipelined, round by round."""
    unit = next(result for result in results if result.way == UNIT)
    return {result.way: result.beside(unit) for result in results if result.runs}
