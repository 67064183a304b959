"""The bench: every entry accounted for, one JSON object, a chart on request, and nothing left
behind."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from helpers.bench import latency, load, quiet, report, rounds, scaling
from helpers.bench.peers import PEERS
from helpers.bench.ways import (
    CONSUMER,
    GROUP,
    ONE_BY_ONE,
    OUR_WAY,
    STREAM,
    UNIT,
    WAYS,
    Way,
    Workload,
)
from helpers.commands import bench
from helpers.connection import connect
from helpers.producer import Producer
from helpers.setup.environment import ROOT
from helpers.waiting import wait_until


@pytest.fixture(scope="module")
def own():
    """A server as the bench starts it: its port and a client."""
    with rounds.bench_server() as (port, r):
        yield port, r


@pytest.mark.parametrize(
    "way", [way for way in WAYS + PEERS if way.installed], ids=lambda way: way.name
)
def test_every_way_accounts_for_every_entry(own, way):
    """Even when the last batch isn't full; and it costs some client CPU."""
    run = rounds.run_once(way, *own, entries=1234)
    assert run.per_second > 0 and run.client_us > 0


@pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2,
    reason="only Linux gives a process a core, and only if there are two",
)
def test_server_and_ways_have_a_core_each(tmp_path):
    """While ways are compared, and no longer."""
    before, cores = os.sched_getaffinity(0), []

    def look(job: Workload) -> None:
        with connect(job.url) as r:
            server = os.sched_getaffinity(r.info("server")["process_id"])
        with ThreadPoolExecutor(1) as pool:
            cores.append((server, pool.submit(os.sched_getaffinity, 0).result()))

    rounds.measure([Way("look", look)], 500, 1, lambda name: None, tmp_path / "log")
    [(server, ours)] = cores  # No second run: the first doesn't count, as nothing was handled
    assert len(server) == len(ours) == 1 and not server & ours
    assert os.sched_getaffinity(0) == before


def forgets_an_ack(job: Workload) -> None:
    """A way that handles everything and acknowledges nothing."""
    with connect(job.url) as r:
        for n in range(job.entries):
            r.xadd(STREAM, {"value": n})
        r.xreadgroup(GROUP, CONSUMER, {STREAM: ">"}, count=job.entries)
        job.values += range(job.entries)
        job.end()


def handles_twice(job: Workload) -> None:
    """A way that does nothing, and claims that it handled the first entry ten times."""
    job.values += job.entries * [0]
    job.end()


@pytest.mark.parametrize("cheat", [forgets_an_ack, handles_twice])
def test_a_run_that_loses_an_entry_does_not_count(own, cheat):
    """However fast it was; the error says what is missing."""
    result = rounds.Measured("cheat")
    rounds.attempt(Way("cheat", cheat), result, *own, entries=10, counted=True)
    assert result.runs == [] and "10 entries sent" in result.failure


COMPLAINS = """
import asyncio, logging, os
from helpers.bench import quiet, rounds
from helpers.bench.ways import Way

async def run():
    asyncio.get_running_loop().create_future().set_exception(RuntimeError("nobody asked"))
    os.write(2, b"from C\\n")
    print("on standard output")
    logging.getLogger("peer").error("a log's last resort")

with quiet.log_for_peers() as log:
    way = Way("peer", lambda job: asyncio.run(run()), "pytest")
    rounds.measure([way], 100, 1, lambda step: None, log)
"""
"""A library that prints in every possible way, and leaves asyncio with an error that nobody
retrieved."""


def test_what_a_peer_prints_goes_to_a_log_that_is_named(tmp_path):
    """Its tracebacks don't fill the screen, and standard output stays JSON."""
    env = os.environ | {"TMPDIR": str(tmp_path)}
    ended = subprocess.run(
        [sys.executable, "-c", COMPLAINS],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
    )
    [log] = tmp_path.glob("redis-streams-bench-*.log")
    assert (ended.stdout, ended.stderr) == (
        "",
        f"What other libraries printed while they were measured is in {log}.\n",
    )
    for words in ("nobody asked", "from C", "on standard output", "a log's last resort"):
        assert words in log.read_text()


def test_a_quiet_peer_leaves_no_log(capfd):
    """Nothing was printed, so nothing is reported."""
    with quiet.log_for_peers() as log, quiet.printing_into(log):
        pass
    assert not log.exists() and capfd.readouterr().err == ""


def test_a_way_that_stops_counting_says_so_in_the_table(own):
    """It has no figure; the others keep theirs."""
    unit = rounds.Measured(UNIT, [rounds.Measurement(1000.0, 9.0, 3.0)])
    text = report.speeds(
        [unit, rounds.Measured("cheat", failure="RuntimeError: 10 entries sent, 0 stored")]
    )
    assert (
        "cheat doesn't count: RuntimeError: 10 entries sent, 0 stored" in text
        and "| cheat" not in text
    )


def test_ratios_are_within_a_round():
    """If the machine is slow in a round, it is slow for both; the unit is redis-py pipelined."""
    speeds = {UNIT: [1000, 500, 2000], OUR_WAY: [2500, 1000, 6000]}
    results = [
        rounds.Measured(way, [rounds.Measurement(float(s)) for s in runs])
        for way, runs in speeds.items()
    ]
    assert rounds.ratios(results) == {UNIT: [1.0, 1.0, 1.0], OUR_WAY: [2.0, 2.5, 3.0]}
    assert [row["ratio"] for row in report.throughput(results)] == [1.0, 2.5]


def command(*arguments: str) -> list[str]:
    """The command line of a bench."""
    return [sys.executable, "-m", "helpers", "bench", *arguments]


@pytest.mark.long
def test_the_command_prints_one_json_object_and_draws(tmp_path):
    """Standard output has nothing else; the order of results depends on the server and round
    trips."""
    chart = tmp_path / "chart.svg"
    ended = subprocess.run(
        command("--quick", "--json", "--chart", str(chart)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert ended.returncode == 0, ended.stderr
    ratio = {row["way"]: row["ratio"] for row in json.loads(ended.stdout)["throughput"]}
    assert ratio[UNIT] == 1 and ratio[ONE_BY_ONE] < 0.5 and ratio[OUR_WAY] > ratio[ONE_BY_ONE]
    assert chart.read_text("utf-8").startswith("<?xml")


def test_an_entry_costs_our_client_less(own):
    """An entry costs our client less CPU than redis-py's pipelines; measured 3.2 µs compared with
    7.2, so there is room for a busy machine."""
    unit, ours = (next(way for way in WAYS if way.name == name) for name in (UNIT, OUR_WAY))
    costs = [
        [rounds.run_once(way, *own, entries=10_000).client_us for way in (unit, ours)]
        for _ in range(3)
    ]
    assert min(cost for _, cost in costs) < 0.8 * min(cost for cost, _ in costs)


def test_what_is_in_flight_costs_little_memory(own):
    """100,000 entries queued in a slowed-down producer take less than 50 MB."""
    producer = Producer(own[1], STREAM, queue=100_000, pace=60).__enter__()
    tracemalloc.start()
    try:
        for n in range(100_000):
            producer.send({"value": n, "name": "a short text"})
        assert tracemalloc.get_traced_memory()[0] < 50_000_000
    finally:
        tracemalloc.stop()
        producer.worker.stop()


@pytest.mark.parametrize(
    "arguments", [["--chart", "x.txt"], ["--chart", "/nowhere/x.svg"], ["--loud"]]
)
def test_a_wrong_command_line_is_refused_at_once(arguments, capsys):
    """Before anything has been measured."""
    with pytest.raises(SystemExit) as ended:
        bench.main(arguments)
    assert ended.value.code == 2 and capsys.readouterr().out == ""


def test_an_interrupt_leaves_nothing(tmp_path):
    """Ctrl-C in mid-run ends the server, without a traceback."""
    log = tmp_path / "log"
    with tempfile.TemporaryDirectory(dir="/tmp") as base:  # A short path, for the server's socket
        env = os.environ | {"TMPDIR": base, "XDG_RUNTIME_DIR": ""}
        with (
            open(log, "wb") as out,
            subprocess.Popen(
                command("--quick"), cwd=ROOT, env=env, stdout=out, stderr=out
            ) as running,
        ):
            try:
                # Now it collects garbage, during which Python drops an interrupt.
                wait_until(
                    lambda: "redis-py" in log.read_text(), 60, "the first ways to be measured"
                )
                running.send_signal(signal.SIGINT)
                running.wait(30)
            finally:
                running.kill()
        # Python's own message for it, also that of 3.14
        dropped = r"Exception ignored (?:in|on|while)[^\n]*\n.*?\nKeyboardInterrupt: \n"
        assert running.returncode == 130 and "Traceback" not in re.sub(
            dropped, "", log.read_text(), flags=re.DOTALL
        )
        wait_until(
            lambda: not list(Path(base).glob("redis-streams-own-*")), 10, "the end of the server"
        )


@pytest.mark.skipif(
    not shutil.which("redis-benchmark"),
    reason="there is no redis-benchmark on PATH (Debian: redis-tools)",
)
@pytest.mark.skipif(
    not shutil.which("setpriv"),
    reason="there is no setpriv on PATH, which ends a child with its parent (Linux)",
)
def test_a_killed_bench_leaves_no_redis_benchmark(own):
    """Kill -9 in mid-run: without the bench, it would spin forever."""
    port, r = own
    # An earlier test may have left an entry that would count as the first of these
    r.delete(STREAM)
    code = f"from helpers.bench.rounds import redis_benchmark; redis_benchmark({port}, 10**9)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as running:
        [child] = wait_until(lambda: psutil.Process(running.pid).children(), 20, "redis-benchmark")
        wait_until(lambda: r.exists(STREAM), 20, "its first entries")
        running.kill()
    try:
        assert psutil.wait_procs([child], 5)[1] == []
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):
            child.kill()  # Otherwise it fills the other tests' server
        r.delete(STREAM)


def test_the_cost_of_an_entry_is_measured_whatever_is_pending(own):
    """Entries pending for another consumer stay pending."""
    _, r = own
    r.delete(STREAM)  # An earlier test may have left an entry that would count as pending
    figures = scaling.through(r, 500, consumers=2, heap=100)
    assert figures["client µs"] > 0 and r.xpending(STREAM, GROUP)["pending"] == 100
    r.delete(STREAM)


@pytest.mark.parametrize("way", [latency.ping, latency.pubsub, latency.blpop, latency.stream])
def test_latency_is_measured_alone(own, way):
    """There are as many figures as requested."""
    _, r = own
    r.delete(STREAM)
    assert len(way(r, 20)) == 20


@pytest.mark.long
@pytest.mark.parametrize("sender", [load.one_by_one, load.fixed, load.natural])
def test_latency_is_measured_under_load(own, sender):
    """Everything sent is delivered, including the last, partial batch."""
    port, r = own
    r.delete(STREAM, load.SENT)
    assert load.under_load(f"redis://127.0.0.1:{port}", sender, 1000, 0.2)["delivered %"] > 0
