"""The teacher's page and its table of hints: for teachers, because it holds the answers."""

import re

BEGIN, END = "<!-- exercises: begin -->", "<!-- exercises: end -->"


def with_overview(text: str, table: str) -> str:
    """Return the page's text with this table, folded, between its marks; without one for ""."""
    folded = ""
    if table:
        summary = "<summary>Exercises, misconceptions and hints</summary>"
        folded = f"<details>{summary}\n\n{table}\n\n</details>\n"
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{folded}{END}", text, flags=re.DOTALL)
