"""The campaign's report: a table for people, JSON for programs, a chart of the losses."""

import json
from dataclasses import asdict
from pathlib import Path

from helpers.campaign import plan
from helpers.campaign.run import Result
from helpers.campaign.versions import VERSIONS
from helpers.machine import measured
from helpers.markdown import table

COLUMNS = [
    *("version", "produced", "stored twice", "handled", "handled twice", "dead-lettered"),
    *("innocent", "lost", "still pending", "effect not once"),
    *("stranded", "faults", "seconds"),
]
TWICE = "stored twice, or with two effects"
BARS = (
    ("lost", "#E69F00", "", lambda v: v.lost),
    (TWICE, "#0072B2", "//", lambda v: max(v.stored_twice, v.double_effects)),
    ("dead-lettered without fault", "#009E73", "..", lambda v: v.innocent),
)
"""The bars for each version, in Okabe and Ito's colors, and never told apart by color alone."""


def row(result: Result) -> list[str]:
    """Return the cells for one run."""
    v = result.verdict
    before = v.produced, v.stored_twice, v.handled, v.handled_twice
    after = v.innocent, v.lost, v.pending, v.wrong_effects, result.stranded
    counts = *after, sum(result.faults.values())
    dead, seconds = f"{v.dead_lettered} of {v.poison}", f"{result.seconds:.0f}"
    return [result.version, *map("{:,}".format, before), dead, *map("{:,}".format, counts), seconds]


def faults(result: Result) -> str:
    """Return a run's faults by kind, on one line."""
    counts = ", ".join(
        f"{result.faults[kind]} × {kind}" for kind in plan.WEIGHTS if result.faults.get(kind)
    )
    said = f"{result.version}: {counts or 'no faults'}; {result.restarts} restarts"
    if result.finished:
        return said + "; stuck" * result.stuck
    stored = f"{result.verdict.produced:,} of {result.entries:,} entries were stored"
    return f"{said}; only {stored}, so this run proves nothing: run it again"


def text(results: list[Result]) -> str:
    """Return the whole report."""
    first = results[0]
    head = (
        f"{first.server}, append-only file synced at every write; "
        f"{first.entries:,} entries, seed {first.seed}, {first.planned} faults planned"
    )
    about = [f"{result.version}: {VERSIONS[result.version].about}" for result in results]
    rows = table(COLUMNS, [row(result) for result in results])
    return "\n".join([head, "", rows, "", *about, "", *map(faults, results)])


def as_json(results: list[Result]) -> str:
    """Return all results as JSON."""
    rows = [measured() | asdict(each) | {"clean": each.clean} for each in results]
    return json.dumps(rows, indent=1)


def draw(results: list[Result], path: Path) -> None:
    """Write a chart of each version's losses and duplicates, in the format of the file's
    extension."""
    import matplotlib
    from matplotlib.figure import Figure

    # Same counts, same bytes
    with matplotlib.rc_context({"svg.hashsalt": "campaign", "hatch.linewidth": 0.5}):
        figure = Figure(figsize=(8, 1.4 + 0.6 * len(results)), layout="constrained")
        axes = figure.subplots()
        for i, bar in enumerate(BARS):
            _draw_bars(axes, results, 0.27 * (i - 1), *bar)
        axes.set_yticks(range(len(results)), [result.version for result in results])
        axes.invert_yaxis()
        axes.set_xscale("symlog", linthresh=1)
        axes.set_xlabel(f"of {results[0].entries:,} entries (logarithmic)")
        axes.margins(x=0.1)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
        dateless = {"metadata": {"Date": None}}
        figure.savefig(path, **(dateless if path.suffix == ".svg" else {}))


def _draw_bars(axes, results: list[Result], offset: float, label: str, color, hatch, count) -> None:
    """Draw one kind of bar for every version, shifted down by `offset` rows."""
    counts = [count(result.verdict) for result in results]
    bars = axes.barh(
        [place + offset for place in range(len(results))],
        counts,
        0.25,
        color=color,
        hatch=hatch,
        edgecolor="white",
        linewidth=0,
        label=label,
    )
    axes.bar_label(bars, [f"{count:,}" for count in counts], padding=3, fontsize=8)
