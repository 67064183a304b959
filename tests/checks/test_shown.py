"""A verdict looks like a verdict: a color, a sign and a word in JupyterLab, plain lines
elsewhere."""

import re
from html.parser import HTMLParser

import pytest

from helpers.checks.shown import NOT_YET, SIGNS, Shown
from helpers.checks.verdict import FAILED, HINT, NEARLY, OPEN, SOLVED, UNTOUCHED, Verdict

STATES = [SOLVED, NEARLY, UNTOUCHED, HINT, OPEN, FAILED]

THEMES = {
    "light": {
        "--jp-success-color1": "#388e3c",
        "--jp-warn-color0": "#e65100",
        "--jp-content-font-color2": "#757575",  # rgba(0, 0, 0, 0.54) on white
        "--jp-error-color1": "#d32f2f",
        "--jp-info-color0": "#006064",
        "background": "#ffffff",
    },
    "dark": {
        "--jp-success-color1": "#4caf50",
        "--jp-warn-color0": "#f57c00",
        "--jp-content-font-color2": "#b8b8b8",  # rgba(255, 255, 255, 0.7) on #111111
        "--jp-error-color1": "#f44336",
        "--jp-info-color0": "#0097a7",
        "background": "#111111",
    },
}
"""JupyterLab 4's own values (its themes' index.css)."""


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
def test_signs_and_borders_stand_out_in_both_themes(state, theme):
    """A contrast of 3 is WCAG's AA for graphics; words have the theme's own color."""
    _, name, fallback = SIGNS.get(state, NOT_YET)
    background = THEMES[theme]["background"]
    assert contrast(THEMES[theme][name], background) >= 3
    assert contrast(fallback, "#ffffff") >= 3 and contrast(fallback, "#111111") >= 3


def test_each_verdict_has_a_sign_of_its_own():
    """So color is never the only sign."""
    signs = [SIGNS.get(state, NOT_YET)[0] for state in STATES]
    assert len(set(signs)) == len(set(STATES)) - 1  # A hint and "wanted" are both "not yet"


class Reader(HTMLParser):
    """Collects elements and text."""

    def __init__(self):
        super().__init__()
        self.elements, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.elements.append(tag)

    def handle_data(self, data):
        """Note text."""
        self.text += data


def test_what_a_learner_stored_stays_text():
    """None of its markup gets into the page, not even within backticks."""
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    verdict = Verdict(HINT, (f"not yet: {evil}", f"hint: you sent `XADD {evil}`."))
    html = Shown(verdict)._repr_html_()
    reader = Reader()
    reader.feed(html)
    assert set(reader.elements) <= {"div", "span", "strong", "code"}
    assert reader.text.count("<script>") == 2


def test_in_a_terminal_the_lines_are_the_same():
    """It is plain text, which nbval compares, too."""
    verdict = Verdict(NEARLY, ("nearly: all is there.", "but `x` isn't."))
    assert repr(Shown(verdict)) == "nearly: all is there.\nbut `x` isn't."
    words = re.sub(r"<[^>]+>", "", Shown(verdict)._repr_html_())
    assert words == "◐ nearly: all is there.but x isn&#x27;t."
