"""A terminal's screen, for what is shown again and again."""

import itertools
import sys
import time
from collections.abc import Callable

CLEAR = "\x1b[H\x1b[2J"
"""Moves a terminal's cursor home, and clears the screen."""


def show(text: str) -> None:
    """Overwrite what a terminal shows; elsewhere, append."""
    sys.stdout.write((CLEAR if sys.stdout.isatty() else "") + text + "\n")
    sys.stdout.flush()


def repeat(text: Callable[[], str], every: float, looks: int | None) -> None:
    """Show what `text` returns, every so many seconds: until Ctrl-C, or `looks` times."""
    for done in itertools.count() if looks is None else range(looks):
        if done:
            time.sleep(every)
        show(text())
