"""A chart of how fast things are, with one sentence that is the same on every machine."""

from dataclasses import dataclass

from helpers.views.bars import bars, check_bars

FAST = 2
"""What is more than twice as fast is said to be; the figure itself differs from machine to machine
and stays in the picture."""


@dataclass(frozen=True)
class SpeedChart:
    """How much is done per second, by name; the first is what the others are compared with."""

    speeds: dict[str, float]
    what: str = "entries"

    @property
    def sentence(self) -> str:
        """The chart in one sentence, without figures of this machine."""
        (first, base), *others = self.speeds.items()
        return (
            f"Beside {first!r}: "
            + "; ".join(f"{name!r} is {ratio(speed, base)}" for name, speed in others)
            + "."
        )

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        base = next(iter(self.speeds.values()))
        labels = [f"{speed:,.0f} (× {speed / base:.1f})" for speed in self.speeds.values()]
        return bars(self.speeds, labels, f"{self.what} per second, on this machine")


def ratio(speed: float, base: float) -> str:
    """Say how `speed` compares with `base`, in words that hold on every machine where the lesson
    holds."""
    if speed > FAST * base:
        return "more than twice as fast"
    if speed < base / FAST:
        return "less than half as fast"
    return "neither twice as fast nor half as fast"


def speed_chart(speeds: dict[str, float], what: str = "entries") -> SpeedChart:
    """Draw `speeds` (per second, by name) as bars, and compare each with the first in one
    sentence."""
    check_bars(speeds=speeds)
    return SpeedChart(speeds, what)
