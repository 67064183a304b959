"""Labels in a chart that matplotlib draws, in the font that matplotlib brings along."""

from functools import cache

from helpers.views.characters import WIDEST, shorten


def label(text: str, most: int) -> str:
    """Shorten a label to what can be drawn; what the font lacks becomes its escape.

    matplotlib would take $…$ for a formula, and leave out of the legend what begins with an
    underscore.
    """
    known = _known()
    drawn = "".join(
        c if ord(c) in known else c.encode("unicode_escape").decode() for c in text[: WIDEST * most]
    )
    said = shorten(drawn + text[WIDEST * most :], most).replace("$", r"\$")
    return " " * said.startswith("_") + said


@cache
def _known() -> frozenset[int]:
    """Return the characters that the font has."""
    # Imported here, because only a chart should have to wait for it
    from matplotlib.font_manager import findfont, get_font

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
