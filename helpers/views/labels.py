"""Labels in a chart that matplotlib draws, with a font that every machine has because matplotlib brings it along."""

from functools import cache

from helpers.views.characters import WIDEST, shorten


def label(text: str, most: int) -> str:
    """Shorten a label to what can be drawn: a character that the font doesn't have would be an empty box, so its escape stands there.

    matplotlib would take $…$ for a formula, and leave out of the legend what begins with an underscore.
    """
    known = _known()
    drawn = "".join(c if ord(c) in known else c.encode("unicode_escape").decode() for c in text[:WIDEST * most])
    said = shorten(drawn + text[WIDEST * most:], most).replace("$", r"\$")
    return f" {said}" if said.startswith("_") else said


@cache
def _known() -> frozenset[int]:
    """Return the characters that the font has."""
    from matplotlib.font_manager import findfont, get_font  # here, not above: seconds that a lesson without a chart need not wait for

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
