"""A terminal's screen, for what is shown again and again."""

import sys

CLEAR = "\x1b[H\x1b[2J"
"""Moves a terminal's cursor home, and clears the screen."""


def show(text: str) -> None:
    """Write over what stands on a terminal; elsewhere write below."""
    sys.stdout.write((CLEAR if sys.stdout.isatty() else "") + text + "\n")
    sys.stdout.flush()
