"""Bars that compare things with the first of them, with one sentence that is the same everywhere.

The figures themselves differ between servers and machines, so they stay in the picture.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from numbers import Real

from helpers.views.labels import label

FIRST_COLOR, OTHER_COLOR, BORDER = "#0072B2", "#E69F00", "#333333"
"""Okabe-Ito blue and orange, which color-blind people can tell apart, too."""

NAME_COLUMNS = 40
"""Columns of a name next to its bar."""


@dataclass(frozen=True)
class BarChart:
    """Lengths by name, labels, what the axis counts; a terminal shows the sentence.

    `whole` is the sum of all bars; charts with the same one have the same axis.
    """

    lengths: dict[str, float]
    labels: list[str]
    scale: str
    sentence: str
    whole: float = 0

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        # Imported here, because it takes half a second that only a chart should cost
        from matplotlib.figure import Figure  # Without pyplot, which would keep the figure

        figure = Figure(figsize=(8, 0.55 * len(self.lengths) + 0.7), layout="constrained")
        axes = figure.subplots()
        places = range(len(self.lengths))
        colors = [FIRST_COLOR, *[OTHER_COLOR] * (len(self.lengths) - 1)]
        drawn = axes.barh(
            places, list(self.lengths.values()), color=colors, edgecolor=BORDER, height=0.6
        )
        axes.bar_label(drawn, self.labels, padding=5, color=BORDER)
        axes.set_yticks(places, [label(name, NAME_COLUMNS) for name in self.lengths])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.2 * (self.whole or max(self.lengths.values())))  # Room for its label
        axes.locator_params(axis="x", nbins=6)  # Ticks of a million have room
        axes.xaxis.set_major_formatter("{x:,.10g}")
        axes.set_xlabel(self.scale, color=BORDER)
        axes.spines[["top", "right"]].set_visible(False)
        png = BytesIO()
        figure.savefig(png, format="png", dpi=110, metadata={"Software": None})
        return png.getvalue()


def memory_chart(sizes: dict[str, int]) -> BarChart:
    """Draw `sizes` (bytes by name) as bars, and compare each with the first in one sentence."""
    check_bars(sizes=sizes)
    kilobytes = {name: size / 1000 for name, size in sizes.items()}
    labels = [f"{size:,.0f} KB" for size in kilobytes.values()]
    scale = "kilobytes of the server's memory"
    return BarChart(kilobytes, labels, scale, compared(sizes, more_memory))


def speed_chart(speeds: dict[str, float], what: str = "entries") -> BarChart:
    """Draw `speeds` (per second) as bars, and compare each with the first in one sentence."""
    check_bars(speeds=speeds)
    base = next(iter(speeds.values()))
    labels = [f"{speed:,.0f} (× {speed / base:.1f})" for speed in speeds.values()]
    scale = f"{what} per second, on this machine"
    return BarChart(speeds, labels, scale, compared(speeds, faster))


def spread_chart(entries: dict[str, int]) -> BarChart:
    """Draw `entries` by partition, the fullest first, as bars, and say in one sentence what the
    fullest one means for the speed."""
    check_bars(entries=entries)
    labels = [f"{number:,}" for number in entries.values()]
    total, fullest = sum(entries.values()), max(entries.values())
    sentence = (
        f"The fullest of {len(entries)} partitions holds {fullest:,} of {total:,} entries, so "
        f"even many consumers are at most {total / fullest:.1f} times as fast as one."
    )
    return BarChart(entries, labels, f"entries, {total:,} in all", sentence, whole=total)


def compared(numbers: dict[str, float], words: Callable[[float], str]) -> str:
    """Say of each number how many times the first it is, in words that hold everywhere."""
    (first, base), *others = numbers.items()
    said = "; ".join(f"{name!r} {words(number / base)}" for name, number in others)
    return f"Compared with {first!r}: {said}."


def more_memory(ratio: float) -> str:
    """Say how a size compares; "more than 5 times" is 7 on Redis 7.0 and 14 on 8.2 (measured)."""
    for times in (5, 2):
        if ratio > times:
            return f"takes more than {times} times the memory"
    if 0.8 < ratio < 1.25:
        return "takes about the same"
    return "takes more" if ratio > 1 else "takes less"


def faster(ratio: float) -> str:
    """Say how a speed compares, in words that hold wherever the lesson holds."""
    if ratio > 2:
        return "is more than twice as fast"
    if ratio < 1 / 2:
        return "is less than half as fast"
    return "is neither twice as fast nor half as fast"


def check_bars(**lengths: object) -> None:
    """Raise ValueError unless each is a dict of finite numbers by name, the first above 0."""
    for what, numbers in lengths.items():
        if not isinstance(numbers, dict) or not numbers or {*map(type, numbers)} != {str}:
            raise ValueError(
                f"{what} must be a dict of numbers by name, such as {{'a': 1}}, not {numbers!r}."
            )
        for place, (name, number) in enumerate(numbers.items()):
            real = isinstance(number, Real) and not isinstance(number, bool)
            # The others are compared with the first
            if not real or not 0 <= number < math.inf or number == place == 0:
                raise ValueError(
                    f"{what}[{name!r}] must be a finite number above 0, not {number!r}."
                )
