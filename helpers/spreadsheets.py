"""Tables that people make in a spreadsheet: reading one, and what a spreadsheet would compute."""

import csv
import io
from pathlib import Path

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula; the last four are full-width (OWASP, CSV Injection)."""


def rows(path: Path) -> list[list[str]]:
    """Read a CSV file whose cells are separated by commas, semicolons or tabs.

    Raises RuntimeError with one sentence if it can't be read.
    """
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise RuntimeError(
            f"{path} isn't UTF-8 text: save it from the spreadsheet as CSV UTF-8."
        ) from None
    except OSError as error:
        raise RuntimeError(f"{path} can't be read ({error.strerror}): name a CSV file.") from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise RuntimeError(
            f"{path} isn't a CSV file ({error}): look at its quotation marks."
        ) from None
