"""A chart of how entries spread over partitions, with the bound that the fullest one sets."""

from dataclasses import dataclass

from helpers.views.bars import bars, check_bars


@dataclass(frozen=True)
class SpreadChart:
    """Entries by partition, the fullest first; a notebook shows a bar for each."""

    entries: dict[str, int]

    @property
    def sentence(self) -> str:
        """The chart in one sentence."""
        total, fullest = sum(self.entries.values()), max(self.entries.values())
        return (
            f"The fullest of {len(self.entries)} partitions holds {fullest:,} of {total:,} "
            f"entries, so no number of consumers is more than {total / fullest:.1f} times as fast "
            "as one."
        )

    def __repr__(self) -> str:
        return self.sentence

    def _repr_png_(self) -> bytes:
        labels = [f"{number:,}" for number in self.entries.values()]
        return bars(self.entries, labels, "entries")


def spread_chart(entries: dict[str, int]) -> SpreadChart:
    """Draw `entries` by partition, the fullest first, as bars, and say in one sentence what the
    fullest one means for the speed."""
    check_bars(entries=entries)
    return SpreadChart(entries)
