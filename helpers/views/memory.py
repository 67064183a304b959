"""A chart of what keys cost in memory, with one sentence that is the same on every server."""

from dataclasses import dataclass

from helpers.views.bars import bars, check_bars

STEPS = (5, 2)
"""A ratio is said as "more than 5 times": the figure differs between servers (measured: 7 on Redis
7.0, 8 on Valkey 9.1, 14 on Redis 8.2)."""


@dataclass(frozen=True)
class MemoryChart:
    """Bytes by name, the first being what the others are compared with; a notebook shows a bar for
    each."""

    sizes: dict[str, int]

    @property
    def sentence(self) -> str:
        """The chart in one sentence, without the figures that differ between servers."""
        (first, base), *others = self.sizes.items()
        return (
            f"Beside {first!r}: "
            + "; ".join(f"{name!r} takes {ratio(size, base)}" for name, size in others)
            + "."
        )

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        kilobytes = {name: size / 1000 for name, size in self.sizes.items()}
        return bars(
            kilobytes,
            [f"{size:,.0f} KB" for size in kilobytes.values()],
            "kilobytes of the server's memory",
        )


def ratio(size: int, base: int) -> str:
    """Say how `size` compares with `base`, in words that hold on every server."""
    for times in STEPS:
        if size > times * base:
            return f"more than {times} times the memory"
    if 0.8 < size / base < 1.25:
        return "about the same"
    return "more" if size > base else "less"


def memory_chart(sizes: dict[str, int]) -> MemoryChart:
    """Draw `sizes` (bytes by name) as bars, and compare each with the first in one sentence."""
    check_bars(sizes=sizes)
    return MemoryChart(sizes)
