"""One run of the bench: the ways, then any further sections asked for."""

from collections.abc import Callable

from helpers.bench import course, latency, quiet, report, rounds, scaling
from helpers.bench.peers import PEERS
from helpers.bench.progress import bar
from helpers.bench.ways import OUR_WAY, UNIT, WAYS
from helpers.connection import describe
from helpers.machine import measured

ENTRIES_AND_ROUNDS = {True: (5_000, 3), False: (60_000, 9)}
"""Presets: one for a quick look, one for figures to publish."""

SECTIONS = {"scaling": scaling.measure, "latency": latency.measure, "course": course.measure}


def measure(
    quick: bool, sections: list[str], heed: Callable[[], None]
) -> tuple[list[rounds.Measured], dict]:
    """Run the bench; return the ways' runs, and all figures in the form of the JSON output.

    Raises RuntimeError if our own way or the unit didn't account for every entry. `heed` raises any
    KeyboardInterrupt that Python dropped.
    """
    entries, times = ENTRIES_AND_ROUNDS[quick]
    ways = [way for way in WAYS + PEERS if way.installed]
    with quiet.log_for_peers() as log, bar(heed, "ways", (times + 1) * len(ways)) as progress:
        results = rounds.measure(ways, entries, times, progress, log)
    if failed := [each.failure for each in results if each.way in (OUR_WAY, UNIT) and each.failure]:
        raise RuntimeError("\n".join(failed))
    with rounds.bench_server() as (_, r):
        found = measured() | {"server": describe(r), "throughput": report.throughput(results)}
    for name in sections:
        with bar(heed, name) as progress:
            found[name] = SECTIONS[name](progress, quick)
    return results, found
