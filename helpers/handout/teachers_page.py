"""The teacher's page and its tables of hints and predictions; learners don't get them, because they
contain the answers."""

import re
from pathlib import Path

from helpers.checks.overview import table
from helpers.handout.predictions import answers

BEGIN, END = "<!-- exercises: begin -->", "<!-- exercises: end -->"


def overview(root: Path) -> str:
    """Return the teachers' overview of the course in `root`, folded: hints, and predictions."""
    parts = {
        "Exercises, misconceptions and hints": table(),
        "Predictions, what to expect, and what to say": answers(root),
    }
    return "".join(
        f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>\n"
        for summary, text in parts.items()
    )


def with_overview(text: str, overview: str) -> str:
    """Return the page's text with this overview between its marks; learners get it with ""."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{overview}{END}", text, flags=re.DOTALL)
