"""The few shapes of a picture, as SVG text; every label is escaped here and nowhere else."""

from html import escape
from typing import NamedTuple

from helpers.snapshots import EntryState, states
from helpers.views.characters import cells, full, shorten

SANS = "ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif"
MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace"

INK, SOFT, LINE, GROUND = "#1f2933", "#52606d", "#c9d1d9", "#fbfcfd"


class Look(NamedTuple):
    """The colors of a state."""

    fill: str
    border: str
    ink: str = INK


LOOKS = {
    states.PLAIN: Look("#ffffff", "#8492a0"),
    states.NOT_DELIVERED: Look("#ffffff", "#8492a0"),
    states.PENDING: Look("#ffd166", "#9a5b00"),
    states.ACKED: Look("#cdeadd", "#1f7a5c"),
    states.SKIPPED: Look("#e8ecef", "#74818e", "#5b6874"),
    states.DEAD_LETTERED: Look("#93264a", "#5f1230", "#ffffff"),
    states.TRIMMED: Look("#fff8e6", "#9a5b00"),
}
"""Without color, they still differ: by lightness, by their mark, by a dashed border."""

MARKS = {
    states.PENDING: '<circle r="4.2" fill="none"/>'
    '<path d="M0 -4.2 a4.2 4.2 0 0 0 0 8.4 z" fill="{0}" stroke="none"/>',
    states.ACKED: '<path d="M-5 0 l3.6 3.8 l6.6 -7.6" fill="none"/>',
    states.SKIPPED: '<path d="M-4.5 -4 l4 4 l-4 4 M0.5 -4 l4 4 l-4 4" fill="none"/>',
    states.DEAD_LETTERED: '<path d="M-3.8 -3.8 l7.6 7.6 M3.8 -3.8 l-7.6 7.6" fill="none"/>',
}
"""Each drawn around 0,0, about 9 units wide: no machine's fonts are needed for them."""


class Paper:
    """A drawing that grows from the top down: the shapes so far, and `y`, where the next begin."""

    def __init__(self, y: float):
        self.shapes: list[str] = []
        self.y = y

    def add(self, *shapes: str) -> None:
        """Add shapes, which have their own positions."""
        self.shapes += shapes

    def down(self, distance: float) -> None:
        """Let the next part begin lower."""
        self.y += distance


def text(x: float, y: float, said: str, size: float, *, ink: str = SOFT, **more: object) -> str:
    """Write one line with its base line at `y`; `more` are anchor, weight and family."""
    names = {"anchor": "text-anchor", "weight": "font-weight", "family": "font-family"}
    more = {names[name]: value for name, value in more.items()}
    if "  " in said:
        more["xml:space"] = "preserve"
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    start = f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{ink}"{attributes}>'
    return f"{start}{escape(said)}</text>"


def name(y: float, said: str, size: float) -> str:
    """Write the name of a consumer or a group at the left edge."""
    return text(24, y, shorten(said, 15), size, ink=INK, weight=600, family=MONO)


def box(x: float, y: float, width: float, height: float, state: str, radius: float = 7) -> str:
    """Draw the box of an entry in the look of its state."""
    look = LOOKS[state]
    dashes = ' stroke-dasharray="4 3"' * (state == states.TRIMMED)
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{radius:g}" '
        f'fill="{look.fill}" stroke="{look.border}" stroke-width="1.5"{dashes}/>'
    )


def mark(x: float, y: float, state: str, scale: float = 1) -> str:
    """Draw the mark of a state with its center at x,y; nothing for a state without one."""
    if state not in MARKS:
        return ""
    look = LOOKS[state]
    ink = look.ink if state == states.DEAD_LETTERED else look.border
    place = f"translate({x:g} {y:g})" + f" scale({scale:g})" * (scale != 1)
    return (
        f'<g transform="{place}" stroke="{ink}" stroke-width="2" '
        f'stroke-linecap="round">{MARKS[state].format(ink)}</g>'
    )


def strip(x: float, y: float, width: float, height: float, state: str) -> str:
    """Draw a small box with the mark of a state in its middle."""
    return box(x, y, width, height, state, 4) + mark(x + width / 2, y + height / 2, state, 0.85)


def pointer(x: float, y: float) -> str:
    """Draw a triangle whose tip is at x,y."""
    return f'<path d="M{x:g} {y:g} l-5 8 h10 z" fill="{INK}"/>'


def beside(x: float, y: float, said: str) -> list[str]:
    """Write what a pointer means, inside the drawing however near to an edge it is."""
    if x < 200:
        return [text(x - 5, y, said, 11, anchor="start")]
    if x > 780:
        return [text(x + 5, y, said, 11, anchor="end")]
    return [text(x, y, said, 11, anchor="middle")]


def arrow(x: float, y: float) -> str:
    """Draw the arrow at the end of the stream: what is added comes here."""
    return (
        f'<path d="M{x:g} {y:g} h22 m-6 -5 l6 5 l-6 5" fill="none" stroke="#9aa5b1" '
        'stroke-width="2"/>'
    )


def titled(shapes: str, entry: EntryState) -> str:
    """Put shapes into one group whose tooltip is the whole value."""
    return f"<g><title>{escape(full(entry.value))}</title>{shapes}</g>"


def label(x: float, y: float, value: str, ink: str, most: int, large: float) -> str:
    """Write a value centered at x on base line y; a longer one is smaller and of fixed width."""
    said = shorten(value, most)
    if cells(said) <= 2:
        return text(x, y, said, large, ink=ink, anchor="middle", weight=600)
    size = 11 if cells(said) == 5 else 12.5
    y -= (large - size) / 3
    return text(x, y, said, size, ink=ink, anchor="middle", weight=600, family=MONO)


def document(width: float, height: float, sentence: str, shapes: list[str]) -> str:
    """Put shapes on a light ground, for dark pages too; `sentence` is for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{escape(sentence)}" font-family="{SANS}" '
        'style="max-width:100%;height:auto">'
        f'<rect x="1" y="1" width="{width - 2:g}" height="{height - 2:g}" rx="12" fill="{GROUND}" '
        f'stroke="{LINE}"/>'
        f"{''.join(shapes)}</svg>"
    )
