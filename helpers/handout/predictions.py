"""For teachers: each prediction's question, the cell's output, and the lesson's explanation."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

QUESTION = re.compile(r"\*\*Predict:?\*\*:?")
MOST_SHOWN = 80
"""Characters of an output that fit into the table; for a longer one, the explanation has to do."""

TABLE_HEAD = ["| prediction | the cell shows | say |", "|---|---|---|"]

STORED_ID = re.compile(r"\d{13}-\d")
"""An entry ID, which differs in each run."""


def answers(root: Path) -> str:
    """Return a Markdown table for each lesson: question, output, explanation."""
    parts = []
    for path in sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb")):
        if rows := list(predictions(_cells(path))):
            lines = [f"| {' | '.join(row)} |" for row in rows]
            parts.append("\n".join([f"**Lesson {path.name[:2]}**", "", *TABLE_HEAD, *lines]))
    return "\n\n".join(parts)


def predictions(cells: list[Any]) -> Iterator[list[str]]:
    """Yield a row for each prediction: a code cell settles one if the text before it asks."""
    for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False):
        pair = before.cell_type, cell.cell_type
        if pair == ("markdown", "code") and (asked := _question(before.source)):
            said = after.source if after.cell_type == "markdown" else ""
            yield [asked, _shown(cell), _line(_first_paragraph(said))]


def _cells(path: Path) -> list[Any]:
    import nbformat

    return nbformat.read(path, as_version=4).cells


def _question(source: str) -> str:
    """Return the question that a text ends with, or ""."""
    last_line = source.rstrip("*_ \n").rpartition("\n")[2]
    if not last_line.endswith("?") or last_line.startswith("#"):
        return ""
    *_, last = QUESTION.split(source)
    asked = _line(last if QUESTION.search(source) else source.rpartition("\n\n")[2])
    return asked[:1].upper() + asked[1:]


def _shown(cell: Any) -> str:
    """Return the cell's output as code, if it is short."""
    texts = [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs]
    text = " ".join("".join(texts).split())
    fits = 0 < len(text) <= MOST_SHOWN and "`" not in text and not STORED_ID.search(text)
    return f"`{_line(text)}`" if fits else ""


def _first_paragraph(source: str) -> str:
    """Return the text after a prediction, up to the next paragraph; a heading begins a new
    subject."""
    return "" if source.startswith("#") else source.partition("\n\n")[0]


def _line(text: str) -> str:
    """Format a text for a table's cell: on one line, and with links as seen from docs/."""
    return " ".join(text.replace("../docs/", "").replace("|", "\\|").split())
