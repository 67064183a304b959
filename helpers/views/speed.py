"""A chart of how fast things are, with one sentence that is the same on every machine."""

from dataclasses import dataclass
from io import BytesIO

FAST = 2
"""What is more than twice as fast is said to be; the figure itself differs from machine to machine and stays in the picture."""

BARS, INK = ("#0072B2", "#E69F00"), "#333333"
"""Okabe-Ito blue for the first, which the others are compared with, and orange for them."""


@dataclass(frozen=True)
class SpeedChart:
    """How much is done per second, by name; the first is what the others are compared with."""

    speeds: dict[str, float]
    what: str = "entries"

    @property
    def sentence(self) -> str:
        """The chart in one sentence, without figures of this machine."""
        (first, base), *others = self.speeds.items()
        return f"Beside {first!r}: " + "; ".join(f"{name!r} is {ratio(speed, base)}" for name, speed in others) + "."

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        """Draw without pyplot, which would keep the figure."""
        from matplotlib.figure import Figure  # here, not above: half a second that a lesson without a chart need not wait for

        figure = Figure(figsize=(8, 0.55 * len(self.speeds) + 0.7), layout="constrained")
        axes = figure.subplots()
        colours = [BARS[0], *[BARS[1]] * (len(self.speeds) - 1)]
        bars = axes.barh(list(self.speeds), list(self.speeds.values()), color=colours, edgecolor=INK, height=0.6)
        base = next(iter(self.speeds.values()))
        axes.bar_label(bars, [f"{speed:,.0f} (× {speed / base:.1f})" for speed in self.speeds.values()], padding=5, color=INK)
        axes.invert_yaxis()
        axes.margins(x=0.2)
        axes.set_xlabel(f"{self.what} per second, on this machine", color=INK)
        axes.spines[["top", "right"]].set_visible(False)
        png = BytesIO()
        figure.savefig(png, format="png", dpi=110, metadata={"Software": None})
        return png.getvalue()


def ratio(speed: float, base: float) -> str:
    """Say how `speed` compares with `base`, in words that hold on every machine where the lesson holds."""
    if speed > FAST * base:
        return "more than twice as fast"
    return "less than half as fast" if speed < base / FAST else "neither twice as fast nor half as fast"


def speed_chart(speeds: dict[str, float], what: str = "entries") -> SpeedChart:
    """Draw `speeds` (per second, by name) as bars, and compare each with the first in one sentence."""
    return SpeedChart(speeds, what)
