"""The bench's report: tables for people, one JSON object for programs, a chart."""

import json
import statistics
from pathlib import Path

from helpers.bench.rounds import SERVER_LIMIT, Measured, ratios
from helpers.bench.ways import OUR_WAY
from helpers.markdown import table


def throughput(results: list[Measured]) -> list[dict]:
    """Return the figures of each way that counted, slowest first."""
    ratio = ratios(results)
    rows = [
        {
            "way": way.way,
            "entries_per_s": round(way.median),
            "ratio": round(statistics.median(ratio[way.way]), 3),
            "ratios": [round(one, 3) for one in ratio[way.way]],
            "rounds": len(way.runs),
            "slowest": round(way.speeds[0]),
            "fastest": round(way.speeds[-1]),
            "client_us": round(statistics.median(run.client_us for run in way.runs), 2),
            "server_us": round(statistics.median(run.server_us for run in way.runs), 2),
        }
        for way in results
        if way.runs
    ]
    return sorted(rows, key=lambda row: row["ratio"])


def speeds(results: list[Measured]) -> str:
    """Return the throughput table, and the reason for each missing way."""
    head = ["way", "entries/s", "slowest", "fastest", "ratio", "client µs", "server µs"]
    rows = [
        [
            row["way"],
            *(f"{row[key]:,}" for key in ("entries_per_s", "slowest", "fastest")),
            f"{row['ratio']:.2f}",
            *(f"{row[key]:.1f}" if row[key] else "" for key in ("client_us", "server_us")),
        ]
        for row in throughput(results)
    ]
    missing = [f"{way.way} doesn't count: {way.failure}" for way in results if not way.runs]
    return "\n".join([table(head, rows), *missing])


def text(found: dict, results: list[Measured]) -> str:
    """Return the whole report for people."""
    head = f"{found['server']}, {found['machine']}, loopback, {found['date']}"
    return "\n\n".join([head, speeds(results), *sections(found)])


def sections(found: dict) -> list[str]:
    """Return the title and the table of each further section."""
    parts = []
    for name in ("scaling", "latency", "course"):
        for title, rows in found.get(name, {}).items():
            cells = [[cell(value) for value in row.values()] for row in rows]
            parts += [title, table(list(rows[0]), cells)]
    return parts


def cell(value: object) -> str:
    """Return a value as it appears in a table."""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value or "")


def as_json(found: dict) -> str:
    """Return the whole report as one JSON object."""
    return json.dumps(found, indent=1)


def draw(results: list[Measured], path: Path) -> None:
    """Write a bar chart of the ratios, with the slowest and the fastest round as whiskers."""
    from matplotlib.figure import Figure

    # The server's own limit is off the chart
    rows = [row for row in throughput(results) if row["way"] != SERVER_LIMIT]
    figure = Figure(figsize=(8, 1 + 0.4 * len(rows)), layout="constrained")
    axes = figure.subplots()
    for place, row in enumerate(rows):
        ratio, slowest, fastest = row["ratio"], row["ratios"][0], row["ratios"][-1]
        color, hatch = ("#E69F00", "//") if row["way"] == OUR_WAY else ("#0072B2", "")
        whiskers = [[ratio - slowest], [fastest - ratio]]
        axes.barh(row["way"], ratio, color=color, hatch=hatch, edgecolor="white", xerr=whiskers)
        shift = {"textcoords": "offset points", "va": "center"}
        axes.annotate(f"{ratio:.2f}", (fastest, place), (6, 0), **shift)
    axes.margins(x=0.1)
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel("entries per second, as a multiple of redis-py pipelined")
    figure.savefig(path)
