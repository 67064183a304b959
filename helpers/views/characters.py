"""Text that anybody may have written, made fit for a label: all of it visible, in its place."""

import unicodedata

TOOLTIP = 1000
"""Characters of a value that a tooltip holds; a value may have a million."""

COMBINING = {"Mn", "Me"}
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"} | COMBINING
"""Unicode categories that show nothing: controls, formats, surrogates, line ends, marks."""

BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffe\uffff")
"""Letters that show nothing (Unicode's default ignorable ones), and two that XML forbids."""

JOINERS = "\u200c\u200d"
"""Zero-width characters that Persian, Indian scripts and emoji need; they hide elsewhere."""

MOST_MARKS = 4
"""Marks on one letter; scripts need fewer, and a hundred would cover the neighbors."""

WIDEST = 8
"""Characters looked at for each column that there is: an emoji of ten takes two columns."""


def glyphs(text: str) -> list[str]:
    """Split text into what stands in one place: a letter with its marks, an emoji with its parts.

    Each hidden character becomes its escape.
    """
    found: list[str] = []
    last = ""  # What a mark would join; nothing after a blank or an escape
    for c, following in zip(text, text[1:] + " ", strict=False):
        if last and _joins(c, last, following):
            found[-1] = last = last + c
        elif _hides(c):
            found += c.encode("unicode_escape").decode()
            last = ""
        else:
            found.append(c)
            last = c.strip()
    return found


def _hides(c: str) -> bool:
    return c in BLANK or unicodedata.category(c) in UNSEEN


def _joins(c: str, last: str, following: str) -> bool:
    """Tell whether `c` stands in the same place as what came before it."""
    kind = unicodedata.category(c)
    if c in JOINERS:
        return not last.isascii() and not following.isascii() and not _hides(following)
    if kind in COMBINING:
        return c not in BLANK and len(last) <= MOST_MARKS
    skin_tone = "\U0001f3fb" <= c <= "\U0001f3ff"
    return kind == "So" and last[-1] == JOINERS[1] or skin_tone and _width(last) == 2


def clean(text: str) -> str:
    """Replace every character that acts or hides, such as a line feed, by its escape (`\\n`)."""
    return "".join(glyphs(text))


def cells(text: str) -> int:
    """Count the columns that `text` takes in a terminal: two for a wide character such as 漢."""
    return sum(map(_width, glyphs(text)))


def _width(glyph: str) -> int:
    # The mark that makes an emoji of a symbol
    wide = unicodedata.east_asian_width(glyph[0]) in "WF" or "\ufe0f" in glyph
    return 2 if wide else 1


def shorten(text: str, most: int) -> str:
    """Return at most `most` columns of cleaned text, with … for what is left out.

    Text that is empty, or has a blank at an end, is quoted.
    """
    part = text[: WIDEST * most]
    if not text or any(c.isspace() and not _hides(c) for c in (text[0], text[-1])):
        part = f'"{part}"'
    shown = glyphs(part)
    width = sum(map(_width, shown))
    if width <= most and len(text) <= WIDEST * most:
        return "".join(shown)
    while width > most - 1:
        width -= _width(shown.pop())
    return "".join(shown) + "…"


def full(text: str) -> str:
    """Return the whole value for a tooltip, cut only where no one would read on."""
    if len(text) <= TOOLTIP:
        return clean(text)
    return f"{clean(text[:TOOLTIP])}… ({len(text)} characters)"
