"""The marks of a timeline: a bar for each delivery, and how it ended."""

from helpers.events import ACKED, CRASHED, DEAD_LETTERED
from helpers.views.holdings import STILL_PENDING, Story
from helpers.views.labels import label

COLORS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
HATCHES = ("", "////", "....", "xxxx", "\\\\\\\\", "----")
"""Okabe and Ito's colors, safe for the color-blind, and a pattern each, for gray paper."""

RED = "#93264a"

ENDINGS = (
    (ACKED, "$✓$", "#1f2933", "acked"),
    (DEAD_LETTERED, "s", RED, "dead-lettered"),
    (CRASHED, "X", RED, "crashed while pending"),
    (STILL_PENDING, ">", "#1f2933", "still pending"),
)
"""How a bar can end, and the mark for it."""

LABELED = 45
"""More entries than this get thin rows without names, so that the chart still fits on a screen."""


BAR, THIN_BAR = {"height": 0.62, "linewidth": 0.5}, {"height": 1, "linewidth": 0}


def draw(axes, told: Story, title: str) -> None:
    """Draw a story on axes: a row for each entry, a bar for as long as a consumer held it."""
    unit = "seconds"
    if told.length < 1:
        unit, told = "milliseconds", told.scaled(1000)
    rows = {value: i for i, value in enumerate(told.values)}
    few = len(rows) <= LABELED
    draw_waiting(axes, told, rows)
    _draw_bars(axes, told, rows, few)
    if few:
        produced = [(at, rows[value]) for value, at in told.produced.items()]
        claimed = [(s.start, rows[s.value]) for s in told.spans if s.claimed]
        _points(axes, produced, "o", "#52606d", "produced", face="white")
        _points(axes, claimed, "D", "#1f2933", "claimed", face="white")
    for how, shape, color, meaning in ENDINGS if few else ENDINGS[1:]:
        ended = [(s.end, rows[s.value]) for s in told.spans if s.how == how]
        _points(axes, ended, shape, color, meaning)
    top = -1.0 - 0.06 * len(rows) * (not few)
    _draw_crashes(axes, told, top)
    axes.set(xlabel=f"{unit} since the first event", ylabel="entry", ylim=(len(rows) - 0.4, top))
    if few:
        axes.set_yticks(list(rows.values()), [label(value, 12) for value in rows])
    else:
        axes.set_yticks([])
    _finish(axes, told, title)


def _draw_bars(axes, told: Story, rows: dict[str, int], few: bool) -> None:
    for i, name in enumerate(told.consumers):
        mine = [s for s in told.spans if s.consumer == name]
        axes.barh(
            [rows[s.value] for s in mine],
            [s.end - s.start for s in mine],
            left=[s.start for s in mine],
            color=COLORS[i % 6],
            hatch=HATCHES[i % 6] * few,
            edgecolor="white",
            alpha=0.85,
            zorder=2,
            label=label(name, 24),
            **(BAR if few else THIN_BAR),
        )


def _draw_crashes(axes, told: Story, top: float) -> None:
    for at, name in told.crashes:
        axes.axvline(at, color=RED, linestyle="--", linewidth=1, zorder=1)
        said = f" {label(name, 16)} crashes"
        axes.text(at, top * 0.75, said, color=RED, fontsize=9, va="center")


def _finish(axes, told: Story, title: str) -> None:
    if title:
        axes.set_title(label(title, 80), loc="left", fontsize=11, fontweight="bold")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#e3e8ec", zorder=0)
    if told.values:
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9)


def draw_waiting(axes, told: Story, rows: dict[str, int]) -> None:
    """Draw when nobody held an entry: a line until delivery, a dotted one after a crash."""
    free = {value: (at, "-", "#9aa5b1") for value, at in told.produced.items()}
    for span in told.spans:
        if span.value in free:
            since, style, color = free[span.value]
            until = max(since, span.start)
            axes.hlines(rows[span.value], since, until, color=color, linestyle=style, linewidth=1)
        if span.finished:  # Nobody waits for it; what comes again by that name is another entry
            free.pop(span.value, None)
        else:
            free[span.value] = (span.end, ":", RED)


def _points(
    axes, at: list[tuple[float, float]], shape: str, color: str, meaning: str, face: str = ""
) -> None:
    """Mark places, and say in the legend what they mean; `face` fills the marks."""
    if not at:
        return
    xs, ys = zip(*at, strict=True)
    axes.scatter(
        xs,
        ys,
        marker=shape,
        s=34,
        color=face or color,
        edgecolors=color,
        linewidths=1.2,
        zorder=3,
        label=meaning,
    )
