"""The cells of a notebook file, whatever version and program it was saved by."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

LARGEST = 500_000_000
"""Bytes of a file that are read: an endless print saves 100 MB, and a lesson has about 200 kB."""

LARGE, READING_MEMORY = 20 << 20, 3 << 30
"""Bytes above which a file is read in a separate process, and the memory it may use: 500 MB of
brackets become 10 GB of lists."""

IN_ANOTHER_PROCESS = (
    "import sys; from helpers.grading import notebooks; notebooks.tell(sys.argv[1])"
)


class Unreadable(ValueError):
    """The file is not a notebook; the text says why."""


def read(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells, each with its `cell_type`, and its `source` as one string.

    Takes nbformat 2 to 4, UTF-8, 16 and 32 with or without a byte order mark, and any line endings.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST:,} bytes: clear its outputs")
        if size > LARGE:
            return _read_elsewhere(path)
        content = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the file can't be read ({type(error).__name__})") from None
    return _cells(_json(content))


def _read_elsewhere(path: Path) -> list[dict[str, Any]]:
    """Read a large file in a process with bounded memory."""
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise Unreadable("the file is too large to be read: clear its outputs")
    said = json.loads(done.stdout)
    if isinstance(said, str):
        raise Unreadable(said)
    return said


def tell(name: str) -> None:
    """Print a notebook's cells as JSON, or why it can't be read; fail if it needs too much
    memory."""
    resource.setrlimit(resource.RLIMIT_AS, (READING_MEMORY, READING_MEMORY))
    try:
        said: Any = _cells(_json(Path(name).read_bytes()))
    except Unreadable as error:
        said = str(error)
    text = json.dumps(said)
    sys.exit(1 if len(text) > LARGE else print(text))


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
    """Join a cell's text, which a kernel takes as UTF-8 with Unix line endings."""
    text = "".join(cell.get("source", cell.get("input")))  # Nbformat 2 and 3
    return text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
