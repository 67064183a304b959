"""The chart of partitions: the fullest first, and its effect on speed."""

from helpers.views import spread_chart


def test_the_fullest_partition_bounds_the_speed():
    """Whatever the number of consumers, one of them handles the fullest partition."""
    chart = spread_chart({"partition 1": 625, "partition 2": 250, "partition 0": 125})
    assert repr(chart) == (
        "The fullest of 3 partitions holds 625 of 1,000 entries, "
        "so no number of consumers is more than 1.6 times as fast as one."
    )
    assert chart._repr_png_().startswith(b"\x89PNG")
