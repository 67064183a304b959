"""Verdicts in a real JupyterLab: color, sign and word each tell them apart, in both themes."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tests.browser import lab as labs
from tests.browser.page import Sheet
from tests.browser.test_lessons import THEMES
from tests.checks.test_shown import contrast

NAME = "verdicts.ipynb"
CELLS = [
    "from helpers.connection import connect\nfrom helpers.checks import check\n"
    "from helpers.streams import clean_slate\nr = connect()",
    'clean_slate(r, "02:start")\nfor n in range(5):\n    added = r.xadd("02:start", {"value": n})\n'
    "# your code here",
    'check("02.start", r)',
    'created = r.xgroup_create("02:start", "reader", id="0")\ncheck("02.start", r)',
    'created = r.xgroup_create("02:start", "readers", id="0")\ncheck("02.start", r)',
    'clean_slate(r, "02:start")\nfor n in range(5):\n    added = r.xadd("02:start", {"value": n})\n'
    'created = r.xgroup_create("02:start", "readers", id="0")\nundefined',
    'check("02.start", r)',
    'check("02.start", None)\nfrom helpers.checks import progress\nprogress()',
]
WORDS = ["○ not started yet: ", "✎ not yet: ", "✓ solved: ", "◐ nearly: ", "? 02.start can't"]

COLORS = """cells => cells.map(cell => {
  const ground = getComputedStyle(document.querySelector(".jp-Notebook")).backgroundColor;
  const style = getComputedStyle(cell), word = cell.querySelector("strong") || cell;
  return [ground, style.borderLeftColor, getComputedStyle(word).color, cell.innerText];
})"""


def on(ground: str, color: str) -> str:
    """Return a CSS color on its background, as #rrggbb."""
    parts = [[float(part) for part in re.findall(r"[\d.]+", each)] for each in (ground, color)]
    (red, green, blue), alpha = parts[1][:3], (parts[1][3:] or [1.0])[0]
    mixed = zip(parts[0][:3], (red, green, blue), strict=True)
    return "#" + "".join(f"{round(under + (over - under) * alpha):02x}" for under, over in mixed)


@pytest.mark.parametrize("theme", THEMES)
def test_each_verdict_can_be_told(browser, lab, shots, theme):
    """Words have a contrast of 4.5 with the page, borders and signs of 3 (WCAG 2.2, AA)."""
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    cells = [new_code_cell(source) for source in CELLS]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for cell in notebook.cells:
        cell.metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, lab.folder / "notebooks" / NAME)
    lab.set(labs.THEME, theme=THEMES[theme])
    with browser.new_context(viewport={"width": 1200, "height": 1500}) as context:
        sheet = Sheet(context.new_page(), lab).open(NAME)
        sheet.run_all()
        sheet.shot(sheet.page, shots / f"verdicts-{theme}.png")
        found = sheet.panel.locator("[role=status]").evaluate_all(COLORS)
    lab.end_kernels()
    assert [text[: len(word)] for (*_, text), word in zip(found, WORDS, strict=True)] == WORDS
    for ground, border, word, _ in found:
        page = on(ground, ground)
        assert contrast(page, on(ground, border)) >= 3 and contrast(page, on(ground, word)) >= 4.5
    assert len({border for _, border, _, _ in found}) == len(WORDS)
