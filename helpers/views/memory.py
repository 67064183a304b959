"""A chart of what keys cost in memory, with one sentence that is the same on every server."""

from dataclasses import dataclass
from io import BytesIO

STEPS = (5, 2)
"""A ratio is said as "more than 5 times": the figure differs between servers (8 on Valkey 9.1, 32 on Redis 7.0, measured)."""

BARS, INK = ("#0072B2", "#E69F00"), "#333333"
"""Okabe-Ito blue for the first, which the others are compared with, and orange for them."""


@dataclass(frozen=True)
class MemoryChart:
    """Bytes by name, the first being what the others are compared with; a notebook shows a bar for each."""

    sizes: dict[str, int]

    @property
    def sentence(self) -> str:
        """The chart in one sentence, without the figures that differ between servers."""
        (first, base), *others = self.sizes.items()
        return f"Beside {first!r}: " + "; ".join(f"{name!r} takes {ratio(size, base)}" for name, size in others) + "."

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        """Draw without pyplot, which would keep the figure."""
        from matplotlib.figure import Figure  # here, not above: half a second that a lesson without a chart need not wait for

        figure = Figure(figsize=(8, 0.55 * len(self.sizes) + 0.7), layout="constrained")
        axes = figure.subplots()
        colours = [BARS[0], *[BARS[1]] * (len(self.sizes) - 1)]
        bars = axes.barh(list(self.sizes), [size / 1000 for size in self.sizes.values()], color=colours, edgecolor=INK, height=0.6)
        axes.bar_label(bars, [f"{size / 1000:,.0f} KB" for size in self.sizes.values()], padding=5, color=INK)
        axes.invert_yaxis()
        axes.margins(x=0.14)
        axes.set_xlabel("kilobytes, as MEMORY USAGE counts them", color=INK)
        axes.spines[["top", "right"]].set_visible(False)
        png = BytesIO()
        figure.savefig(png, format="png", dpi=110, metadata={"Software": None})
        return png.getvalue()


def ratio(size: int, base: int) -> str:
    """Say how `size` compares with `base`, in words that hold on every server."""
    for times in STEPS:
        if size > times * base:
            return f"more than {times} times the memory"
    return "about the same" if 0.8 < size / base < 1.25 else "more" if size > base else "less"


def memory_chart(sizes: dict[str, int]) -> MemoryChart:
    """Draw `sizes` (bytes by name) as bars, and compare each with the first in one sentence."""
    return MemoryChart(sizes)
