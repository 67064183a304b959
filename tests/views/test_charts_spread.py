"""The chart of partitions: the fullest first, and its effect on speed."""

import io

import pytest
from PIL import Image, ImageColor

from helpers.views import spread_chart
from helpers.views.charts import FIRST_COLOR


def test_the_fullest_partition_bounds_the_speed():
    """Whatever the number of consumers, one of them handles the fullest partition."""
    chart = spread_chart({"partition 1": 625, "partition 2": 250, "partition 0": 125})
    assert repr(chart) == (
        "The fullest of 3 partitions holds 625 of 1,000 entries, "
        "so even many consumers are at most 1.6 times as fast as one."
    )
    assert chart._repr_png_().startswith(b"\x89PNG")


def pixels(entries: dict[str, int]) -> int:
    """Draw the chart, and measure the bar of the fullest partition."""
    image = Image.open(io.BytesIO(spread_chart(entries)._repr_png_())).convert("RGB")
    color = ImageColor.getrgb(FIRST_COLOR)
    data = image.load()
    return max(
        sum(data[x, y] == color for x in range(image.width)) for y in range(0, image.height, 5)
    )


def test_bars_of_two_charts_compare():
    """One below the other, as in lesson 11, a bar of 625 entries of 1,000 is longer than one of
    250."""
    few = pixels({"partition 1": 625, "partition 0": 375})
    many = pixels({"partition 1": 250} | {f"partition {n}": 125 for n in range(2, 8)})
    assert few / many == pytest.approx(2.5, rel=0.02)
