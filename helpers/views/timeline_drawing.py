"""The marks of a timeline: a bar for each delivery, and how it ended."""

from helpers.events import ACKED, CRASHED, DEAD_LETTERED
from helpers.views.holdings import OPEN, Story
from helpers.views.labels import label

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "----")
"""Okabe and Ito's colours, safe for the colour-blind, and a pattern each, so that the bars differ
on grey paper too."""

RED = "#93264a"

ENDS = (
    (ACKED, "$✓$", "#1f2933", "acked"),
    (DEAD_LETTERED, "s", RED, "dead-lettered"),
    (CRASHED, "X", RED, "crashed while pending"),
    (OPEN, ">", "#1f2933", "still pending"),
)
"""How a bar can end, and the mark for it."""

LABELLED = 45
"""More entries than this get thin rows without names, so that the chart still fits on a screen."""


def draw(axes, told: Story, title: str) -> None:
    """Draw a story on matplotlib's axes: a row for each entry, a bar for as long as a consumer held
    it."""
    unit, scale = ("seconds", 1) if told.length >= 1 else ("milliseconds", 1000)
    row = {value: i for i, value in enumerate(told.values)}
    few = len(row) <= LABELLED
    draw_waiting(axes, told, row, scale)
    for i, name in enumerate(told.consumers):
        mine = [s for s in told.spans if s.consumer == name]
        axes.barh(
            [row[s.value] for s in mine],
            [(s.end - s.start) * scale for s in mine],
            left=[s.start * scale for s in mine],
            height=0.62 if few else 1,
            color=COLOURS[i % 6],
            hatch=HATCHES[i % 6] if few else "",
            edgecolor="white",
            linewidth=0.5 if few else 0,
            alpha=0.85,
            zorder=2,
            label=label(name, 24),
        )
    if few:
        _points(
            axes,
            [(t * scale, row[v]) for v, t in told.produced.items()],
            "o",
            "#52606d",
            "produced",
            fill=False,
        )
        _points(
            axes,
            [(s.start * scale, row[s.value]) for s in told.spans if s.claimed],
            "D",
            "#1f2933",
            "claimed",
            fill=False,
        )
    for how, shape, colour, meaning in ENDS if few else ENDS[1:]:
        _points(
            axes,
            [(s.end * scale, row[s.value]) for s in told.spans if s.how == how],
            shape,
            colour,
            meaning,
        )
    top = -1.0 - len(row) * (0 if few else 0.06)
    for at, name in told.crashes:
        axes.axvline(at * scale, color=RED, linestyle="--", linewidth=1, zorder=1)
        axes.text(
            at * scale,
            top * 0.75,
            f" {label(name, 16)} crashes",
            color=RED,
            fontsize=9,
            va="center",
        )
    axes.set(xlabel=f"{unit} since the first event", ylabel="entry", ylim=(len(row) - 0.4, top))
    axes.set_yticks(list(row.values()) if few else [], [label(v, 12) for v in row] if few else [])
    axes.set_title(label(title, 80) if title else "", loc="left", fontsize=11, fontweight="bold")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#e3e8ec", zorder=0)
    if told.values:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)


def draw_waiting(axes, told: Story, row: dict[str, int], scale: float) -> None:
    """Draw when nobody held an entry: a line until it was first delivered, a dotted one from a
    crash to the claim."""
    free = {value: (at, "-", "#9aa5b1") for value, at in told.produced.items()}
    for span in told.spans:
        if span.value in free:
            since, style, colour = free[span.value]
            axes.hlines(
                row[span.value],
                since * scale,
                max(since, span.start) * scale,
                color=colour,
                linestyle=style,
                linewidth=1,
            )
        if span.finished:  # Nobody waits for it; what comes again by that name is another entry
            free.pop(span.value, None)
        else:
            free[span.value] = (span.end, ":", RED)


def _points(
    axes, at: list[tuple[float, float]], shape: str, colour: str, meaning: str, fill: bool = True
) -> None:
    if at:
        xs, ys = zip(*at, strict=True)
        axes.scatter(
            xs,
            ys,
            marker=shape,
            s=34,
            color=colour if fill else "white",
            edgecolors=colour,
            linewidths=1.2,
            zorder=3,
            label=meaning,
        )
