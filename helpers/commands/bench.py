"""Measure how fast Redis Streams are from Python on this machine, way by way (--quick, --scaling,
--latency, --json, --chart FILE)."""

import argparse
import os
import platform
import sys
from collections.abc import Callable

from helpers.bench import course, latency, quiet, report, rounds, scaling
from helpers.bench.peers import PEERS
from helpers.bench.progress import bar, interrupts
from helpers.bench.ways import OUR_WAY, UNIT, WAYS
from helpers.connection import describe
from helpers.markdown import table
from helpers.options import picture

ENTRIES, ROUNDS = 60_000, 9
QUICK = 5_000, 3


def main(argv: list[str]) -> int:
    """Measure what was asked for and say it; 1 if our own way or the unit didn't account for every
    entry."""
    wanted = arguments(argv)
    with interrupts() as heed:
        return measure(wanted, heed)


def measure(wanted: argparse.Namespace, heed: Callable[[], None]) -> int:
    """Measure, and print or draw what was found."""
    entries, times = QUICK if wanted.quick else (ENTRIES, ROUNDS)
    ways = [way for way in WAYS + PEERS if way.installed]
    with quiet.log_for_peers() as log, bar(heed, "ways", (times + 1) * len(ways)) as progress:
        results = rounds.measure(ways, entries, times, progress, log)
    failed = [
        result.failure for result in results if result.way in (OUR_WAY, UNIT) and result.failure
    ]
    if failed:
        print("\n".join(failed), file=sys.stderr)
        return 1
    found = {"machine": machine(), "throughput": report.throughput(results)}
    sections = {"scaling": scaling.measure, "latency": latency.measure, "course": course.measure}
    for name, section in sections.items():
        if getattr(wanted, name):
            with bar(heed, name) as progress:
                found[name] = section(progress, wanted.quick)
    print(report.as_json(found) if wanted.json else text(found, results))
    if wanted.chart:
        report.draw(results, wanted.chart)
    return 0


def text(found: dict, results: list[rounds.Measured]) -> str:
    """Return the whole report for people."""
    parts = [found["machine"], report.speeds(results)]
    for name in ("scaling", "latency", "course"):
        for title, rows in found.get(name, {}).items():
            cells = [[cell(value) for value in row.values()] for row in rows]
            parts += [title, table(list(rows[0]), cells)]
    return "\n\n".join(parts)


def cell(value: object) -> str:
    """Return a value as a table shows it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def machine() -> str:
    """Name what was measured on: absolute figures mean nothing without it, ratios a little."""
    with rounds.bench_server() as (_, r):
        python, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
        return f"{describe(r)}, Python {python}, {os.cpu_count()} cores, {system}, loopback"


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line; ends with status 2 and a sentence if it is wrong."""
    parser = argparse.ArgumentParser("python3 -m helpers bench", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="fewer entries and rounds: rough figures in a few seconds",
    )
    parser.add_argument(
        "--scaling",
        action="store_true",
        help="also with more entries, consumers and pending entries, and trimming",
    )
    parser.add_argument(
        "--latency", action="store_true", help="also how long an entry takes, alone and under load"
    )
    parser.add_argument(
        "--course",
        action="store_true",
        help="also how long the course's own import and connect take",
    )
    parser.add_argument(
        "--chart", metavar="FILE", type=picture, help="also draw the ratios (.svg, .png)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object instead of tables"
    )
    return parser.parse_args(argv)
