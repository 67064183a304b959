"""The files generated from the rest of the course: the teacher's page, and the list of shipped
files."""

from pathlib import Path

from helpers.handout.listing import LIST, listing
from helpers.handout.teachers_page import overview, with_overview


def renew(root: Path) -> bool:
    """Write both; tell whether Git tracks anything here: a learners' copy stays as it is."""
    if not (text := listing(root)):
        return False
    (root / LIST).write_text(text, "utf-8")
    page = root / "docs" / "teaching.md"
    page.write_text(with_overview(page.read_text("utf-8"), overview(root)), "utf-8")
    return True
