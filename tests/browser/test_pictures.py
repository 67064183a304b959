"""Pictures and charts in a narrow window, and in the dark theme."""

import nbformat
import pytest
from PIL import Image, ImageStat

from tests.browser import lab as labs
from tests.browser.page import SCREEN, Sheet
from tests.browser.test_lessons import THEMES

NARROW = {"width": 600, "height": 900}
READABLE = 680
"""Pixels of width below which a picture's captions get too small: two thirds of their size."""

CELLS = [
    'from helpers.connection import connect\nr = connect()\nfor value in "abc":\n'
    '    r.xadd("99:pictures", {"value": value})',
    "from helpers.views import picture\npicture(r, '99:pictures')",
    "from helpers.views import memory_chart\nmemory_chart({'none': 1, 'all': 3})",
    "r.delete('99:pictures')",
]
"""A drawing, which is an SVG, and a chart, which is a PNG."""


@pytest.fixture(params=["light", "dark"])
def pictures(request, browser, lab, shots):
    """A page with a drawing and a chart in one theme, then made narrow: the two, and their
    screenshots."""
    lab.set(labs.THEME, theme=THEMES[request.param])
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, lab.folder / "notebooks" / "narrow.ipynb")
    with browser.new_context(viewport=SCREEN) as context:
        sheet = Sheet(context.new_page(), lab).open("narrow.ipynb")
        sheet.run_all()
        sheet.page.set_viewport_size(NARROW)
        sheet.shot(sheet.page, shots / f"narrow-{request.param}.png")
        found = sheet.pictures()
        looks = [
            sheet.shot(each, shots / f"narrow-{request.param}-{n}.png")
            for n, each in enumerate(found)
        ]
        yield request.param, found, looks
    lab.end_kernels()
    lab.set(labs.THEME, theme=THEMES["light"])


def brightness(image: Image.Image) -> float:
    """Return the mean lightness: 0 is black and 255 is white."""
    return ImageStat.Stat(image.convert("L")).mean[0]


def test_pictures_scroll_and_follow_the_theme(pictures):
    """Captions stay readable in a narrow window, and a dark page has dark pictures."""
    theme, found, looks = pictures
    assert len(found) == 2
    for each in found:
        wide, room, beyond = each.evaluate(
            "e => [e.clientWidth, e.parentElement.clientWidth, e.parentElement.scrollWidth]"
        )
        assert wide >= READABLE > room and beyond >= wide
        style = each.evaluate("e => getComputedStyle(e.parentElement).overflowX")
        assert style == "auto"
    for image in looks:
        assert brightness(image) > 170 if theme == "light" else brightness(image) < 85
