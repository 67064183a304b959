"""The README: its picture is up to date, its links lead somewhere, its table has every lesson."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from helpers.commands import cover

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def first_cell(path: Path) -> str:
    """The text with which a lesson introduces itself."""
    return "".join(json.loads(path.read_text("utf-8"))["cells"][0]["source"])


def test_the_picture_is_current():
    """It was made from the current lesson and JupyterLab; `python3 -m helpers cover` renews it, and
    a browser test inspects it."""
    with Image.open(cover.PICTURE) as picture:
        assert picture.text["made-from"] == cover.made_from(), (
            "out of date: run `python3 -m helpers cover` where there is Chromium"
        )


def test_links_lead_somewhere():
    """Every link to a file of the course."""
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert links and [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_table_has_each_lesson_with_its_question_and_minutes(path):
    """As the lesson's own first cell says."""
    [row] = [line for line in README.splitlines() if f"](notebooks/{path.name})" in line]
    question = re.search(r"\*\*The question:\*\* (.+)", first_cell(path))[1]
    minutes = re.search(r"\*About (\d+) minutes", first_cell(path))[1]
    assert question.rstrip("?").lower() in row.lower()
    assert row.endswith(f"| {minutes} |")


def test_commands_that_the_readme_names_exist():
    """`python3 -m helpers X` for each X."""
    named = set(re.findall(r"python3? -m helpers (\w+)", README))
    assert {"lab", "test", "demo", "doctor"} <= named
    assert [
        name
        for name in sorted(named)
        if not (ROOT / "helpers" / "commands" / f"{name}.py").exists()
    ] == []
