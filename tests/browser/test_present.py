"""`lab --present`: readable from the last row of a classroom."""

import nbformat
import pytest

from helpers.commands.lab import PRESENT, TIMES_SLOWER
from helpers.pauses import SLOWER_VARIABLE
from tests.browser import lab as labs
from tests.browser.page import SCREEN, Sheet
from tests.browser.test_pictures import CELLS

CODE_PIXELS = 19


@pytest.fixture(scope="module")
def projected(browser, tmp_path_factory, shots):
    """A page with a picture and a chart on a projector."""
    folder = labs.copy(tmp_path_factory.mktemp("present"))
    slower = f"import os\nprint(os.environ['{SLOWER_VARIABLE}'])"
    cells = [nbformat.v4.new_code_cell(source) for source in (slower, *CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / "notebooks" / "present.ipynb")
    with labs.lab(folder, tmp_path_factory.mktemp("home"), PRESENT) as lab:
        lab.set(labs.WINDOWING, windowingMode="none")
        with browser.new_context(viewport=SCREEN) as context:
            sheet = Sheet(context.new_page(), lab).open("present.ipynb")
            sheet.run_all()
            sheet.shot(sheet.page, shots / "present.png")
            yield sheet
        lab.end_kernels()


def test_pictures_are_as_wide_as_the_page(projected):
    """A drawing and a chart, both."""
    for picture in projected.pictures():
        width = picture.evaluate("image => image.clientWidth / image.parentElement.clientWidth")
        assert width > 0.95


def test_text_is_large(projected):
    """Code in its editor."""
    size = projected.code.first.locator(".cm-content").evaluate(
        "code => parseFloat(getComputedStyle(code).fontSize)"
    )
    assert size >= CODE_PIXELS


def test_what_moves_is_slower(projected):
    """Kernels get the factor."""
    assert projected.outputs()[0] == str(TIMES_SLOWER)
