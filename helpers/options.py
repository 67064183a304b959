"""What the commands read from their command lines: a wrong value ends them with one sentence,
before anything is done."""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

MOST_NUMBER = 1_000_000_000
"""The largest number that any command takes; with it, each would run for days."""

MOST_DIGITS = 20
"""Digits that are read: Python refuses to read 4,301."""

A_DAY = 86_400
"""Seconds."""

PICTURES = (".svg", ".png", ".pdf")

Option = str | tuple[Callable[[str], object], object, str]
"""A flag's help; or an option's reader of values, its default, and its help."""


def parser(
    command: str, about: str, *, epilog: str = "", **options: Option
) -> argparse.ArgumentParser:
    """Return a command's parser, which ends with status 2 and a sentence if a line is wrong.

    `about` is the command's docstring, of which help shows the first paragraph.
    """
    found = argparse.ArgumentParser(
        f"python3 -m helpers {command}",
        description=" ".join(about.partition("\n\n")[0].split()),
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for name, option in options.items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(option, str):
            found.add_argument(flag, action="store_true", help=option)
        else:
            kind, default, text = option
            found.add_argument(flag, type=kind, default=default, help=text)
    return found


def whole(least: int = 0, most: int = MOST_NUMBER) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(text: str) -> int:
        if not text.isdecimal() or len(text) <= MOST_DIGITS and int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from {least} up")
        if len(text) > MOST_DIGITS or int(text) > most:
            raise argparse.ArgumentTypeError(
                f"{text[:MOST_DIGITS]!r} is too large: {most:,} is the most"
            )
        return int(text)

    return read


def seconds(least: float) -> Callable[[str], float]:
    """Return a reader of a number of seconds, from `least` to a day; "nan" and "inf" are
    refused."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= A_DAY:
            raise argparse.ArgumentTypeError(
                f"{text!r} must be a number of seconds from {least:g} to {A_DAY:,}"
            )
        return number

    return read


def picture(text: str) -> Path:
    """Return the path of a picture that can be written."""
    path = Path(text)
    if path.suffix not in PICTURES:
        raise argparse.ArgumentTypeError(f"{text} must end in .svg, .png or .pdf")
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path.parent}")
    return path
