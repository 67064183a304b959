"""Measure how fast Redis Streams are from Python on this machine, way by way (--quick, --scaling,
--latency, --json, --chart FILE)."""

import argparse
import sys

from helpers import options
from helpers.bench import measuring, report
from helpers.bench.progress import interrupts


def main(argv: list[str]) -> int:
    """Measure and say it; 1 if our own way or the unit didn't account for every entry."""
    wanted = arguments(argv)
    sections = [name for name in measuring.SECTIONS if getattr(wanted, name)]
    try:
        with interrupts() as heed:
            results, found = measuring.measure(wanted.quick, sections, heed)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    print(report.as_json(found) if wanted.json else report.text(found, results))
    if wanted.chart:
        report.draw(results, wanted.chart)
    return 0


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    return options.parser(
        "bench",
        __doc__,
        quick="fewer entries and rounds: rough figures in a few seconds",
        scaling="also with more entries, consumers and pending entries, and trimming",
        latency="also how long an entry takes, alone and under load",
        course="also how long the course's own import and connect take",
        chart=(options.picture, None, "also draw the ratios (.svg, .png)"),
        json="print one JSON object instead of tables",
    ).parse_args(argv)
