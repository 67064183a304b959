"""How a verdict looks: plain lines in a terminal; in JupyterLab with a color, a sign and a word, in
the light and in the dark theme."""

import html
import re
from dataclasses import dataclass

from helpers.checks.verdict import FAILED, NEARLY, SOLVED, UNTOUCHED, Verdict

SIGNS = {
    SOLVED: ("✓", "--jp-success-color1", "#388e3c"),
    NEARLY: ("◐", "--jp-warn-color0", "#e65100"),
    UNTOUCHED: ("○", "--jp-content-font-color2", "#757575"),
    FAILED: ("?", "--jp-error-color1", "#d32f2f"),
}
NOT_YET = ("✎", "--jp-info-color0", "#00838f")
"""Sign, JupyterLab's color, and its replacement elsewhere. On the backgrounds of Lab's themes each
has a contrast of 3 or more, as a sign and a border need; words have the theme's own color."""

HEAD = re.compile(
    r"(✓ solved|nearly|not yet|not started yet|hint|wanted|but|also)(: |, | )(.*)", re.DOTALL
)
"""The word at the beginning of a line, and the rest."""


@dataclass(frozen=True)
class Shown:
    """A verdict as a notebook shows it."""

    verdict: Verdict

    def __repr__(self) -> str:
        return "\n".join(self.verdict.lines)

    def _repr_html_(self) -> str:
        sign, name, fallback = SIGNS.get(self.verdict.state, NOT_YET)
        color = f"var({name}, {fallback})"
        first, *others = map(_line, self.verdict.lines)
        return (
            f'<div role="status" style="border-left:4px solid {color};padding:.2em .8em;'
            'max-width:60em;line-height:1.5">'
            f'<span aria-hidden="true" style="color:{color};font-weight:bold">{sign}</span> {first}'
            + "".join(f"<div>{line}</div>" for line in others)
            + "</div>"
        )


def _line(text: str) -> str:
    """Return one line as HTML: its first word is bold, and text between backticks is code. It is
    escaped, because it may hold a learner's text."""
    found = HEAD.fullmatch(text)
    if not found:
        return _code(text)
    word, separator, rest = found.groups()
    return f"<strong>{word.removeprefix('✓ ')}</strong>{separator}{_code(rest)}"


def _code(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
