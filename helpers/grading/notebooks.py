"""The cells of a notebook file, whatever version and program it was saved by."""

import json
from pathlib import Path
from typing import Any

LARGEST = 500_000_000
"""Bytes of a file that is read: an endless print saves 100 MB, and a lesson has about 200 kB."""


class Unreadable(ValueError):
    """The file is not a notebook; the text says why."""


def read(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells, each with `cell_type` and its `source` as one text.

    Takes nbformat 2 to 4, UTF-8, 16 and 32 with or without a byte order mark, and any line ends.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST:,} bytes: clear its outputs")
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the file can't be read ({type(error).__name__})") from None
    return _cells(_json(content))


def _json(content: bytes) -> Any:
    if not content.strip():
        raise Unreadable("the file is empty")
    try:
        return json.loads(content)
    except UnicodeDecodeError:
        raise Unreadable("the file is not a notebook: it isn't JSON in UTF-8") from None
    except ValueError:
        raise Unreadable(
            f"the file is not a notebook: it isn't JSON, and begins with {content[:20]!r}"
        ) from None
    except (RecursionError, MemoryError):
        raise Unreadable("the file is not a notebook: its JSON is too deep or too large") from None


def _cells(notebook: Any) -> list[dict[str, Any]]:
    try:
        sheets = notebook.get("worksheets", [notebook])  # Nbformat 2 and 3
        cells = [cell for sheet in sheets for cell in sheet["cells"]]
        return [{"cell_type": cell["cell_type"], "source": _source(cell)} for cell in cells]
    except (KeyError, TypeError, AttributeError):
        raise Unreadable("the file is not a notebook: it has no list of cells") from None


def _source(cell: dict[str, Any]) -> str:
    """Join a cell's text, which a kernel takes as UTF-8 with Unix line ends."""
    text = "".join(cell.get("source", cell.get("input")))  # Nbformat 2 and 3
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
