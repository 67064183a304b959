"""Everything that the pages name exists: files, folders, commands, links; and CONTRIBUTING's map
matches the folders."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MODEL = {"NN_name": "02_start", "lessonNN": "lesson02", "NAME": "demo"}
"""Placeholders in a recipe, each with the model that shows it."""


def paths(text: str) -> set[str]:
    """The files and folders that a page names in code: helpers/views,
    notebooks/solutions/NN_name.py."""
    tops = r"helpers|tests|notebooks|docs|\.github"
    found = set(re.findall(rf"`((?:{tops})/[\w./-]*)`", text))
    found |= set(re.findall(rf"(?<= )((?:{tops})/[\w./-]*\w)(?= |$)", text, re.MULTILINE))
    return found


def existing(path: str) -> bool:
    """Tell whether a path exists, with the model's name in place of NN or NAME; a notebook by its
    solution's number."""
    for general, special in MODEL.items():
        path = path.replace(general, special)
    return (ROOT / path).exists() or path == "notebooks/02_start.ipynb"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """To a file of the course, and to one of its headings if named."""
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
        if "://" in link:
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if heading:
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in {
                re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads
            }, link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page):
    """`python3 -m helpers X` for each X; NAME stands for your own."""
    named = set(re.findall(r"python3? -m helpers ([a-z]\w*)", page.read_text("utf-8")))
    commands = {path.stem for path in (ROOT / "helpers" / "commands").glob("*.py")}
    assert named <= commands


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_exist(page):
    """Every file and folder that is named in code."""
    assert [path for path in sorted(paths(page.read_text("utf-8"))) if not existing(path)] == []


def test_contributing_knows_every_folder_of_the_house():
    """A new folder of helpers gets its question."""
    folders = {path.parent.name for path in (ROOT / "helpers").glob("*/__init__.py")}
    assert {name for name in folders if f"`helpers/{name}`" not in CONTRIBUTING} == set()


def test_a_path_that_is_not_there_is_noticed():
    """The rule can fail."""
    assert paths("see `helpers/nowhere.py`") == {"helpers/nowhere.py"} and not existing(
        "helpers/nowhere.py"
    )
