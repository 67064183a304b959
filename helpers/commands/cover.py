"""Renew the README's picture: a lesson in JupyterLab, as a test in a browser sees it (so it takes
Chromium)."""

import hashlib
import json
import re

from helpers import options
from helpers.commands import test
from helpers.handout.stubs import without_solutions
from helpers.setup.environment import ROOT

PICTURE = ROOT / "notebooks" / "pictures" / "lab.png"
LESSON = ROOT / "notebooks" / "04_consume_and_ack.ipynb"
"""What the picture shows."""


def made_from() -> str:
    """Return a digest of what the picture shows: the lesson, and JupyterLab's version.

    It is the same for a learner's copy, which has no cells that load solutions. It is kept in the
    picture: two screenshots never have the same pixels, but it tells whether one is out of date.
    """
    import nbformat

    lesson = nbformat.read(LESSON, as_version=4)
    without_solutions(lesson)
    [pin] = re.findall(
        r"^jupyterlab==\S+", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    return hashlib.sha256(json.dumps([lesson.cells, pin], sort_keys=True).encode()).hexdigest()


def main(argv: list[str]) -> int:
    """Let the test take the screenshot and store it; where there is no Chromium it says so."""
    options.parser("cover", __doc__).parse_args(argv)
    PICTURE.parent.mkdir(exist_ok=True)
    return test.main(["tests/browser/test_cover.py", "--cover", "-q", "-rs"])
