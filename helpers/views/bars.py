"""Bars by name, the first in another color, because it is what the others are compared with."""

import math
from io import BytesIO
from numbers import Real

from helpers.views.labels import label

FIRST_COLOR, OTHER_COLOR, BORDER = "#0072B2", "#E69F00", "#333333"
"""Okabe-Ito blue and orange, which also the color-blind tell apart."""

NAME_COLUMNS = 40
"""Columns of a name beside its bar."""


def check_bars(**lengths: object) -> None:
    """Raise ValueError unless each is a dict of finite numbers by name, the first of them above
    0."""
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


def bars(lengths: dict[str, float], labels: list[str], scale: str) -> bytes:
    """Return a PNG of horizontal bars from the top, each with its label; `scale` says what the axis
    counts.

    Draws without pyplot, which would keep the figure.
    """
    # Here, not above: half a second that a lesson without a chart need not wait for
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 0.55 * len(lengths) + 0.7), layout="constrained")
    axes = figure.subplots()
    drawn = axes.barh(
        range(len(lengths)),
        list(lengths.values()),
        color=[FIRST_COLOR, *[OTHER_COLOR] * (len(lengths) - 1)],
        edgecolor=BORDER,
        height=0.6,
    )
    axes.bar_label(drawn, labels, padding=5, color=BORDER)
    axes.set_yticks(range(len(lengths)), [label(name, NAME_COLUMNS) for name in lengths])
    axes.invert_yaxis()
    axes.margins(x=0.2)  # Room for the longest bar's label
    axes.locator_params(axis="x", nbins=6)  # Ticks of a million have room
    axes.xaxis.set_major_formatter("{x:,.10g}")
    axes.set_xlabel(scale, color=BORDER)
    axes.spines[["top", "right"]].set_visible(False)
    png = BytesIO()
    figure.savefig(png, format="png", dpi=110, metadata={"Software": None})
    return png.getvalue()
