"""The README's screenshot shows what a learner sees; `python3 -m helpers cover` renews it."""

import pytest
from PIL import Image, ImageChops, ImageStat, PngImagePlugin

from helpers.commands import cover
from tests.browser.lab import THEME
from tests.browser.page import Sheet
from tests.browser.test_lessons import THEMES

SIZE = {"width": 1100, "height": 760}
FIRST = "## Two consumers"
"""The contents of the first cell that the screenshot shows: a prediction, the code, the picture,
and its meaning."""

COARSE = (110, 76)
FAR = 8
"""Small images are compared, because another Chromium moves a line: 3 pixels differ by 4, another
place in the lesson by 14, a blank page by 15."""


@pytest.fixture
def screenshot(browser, lab, shots) -> Image.Image:
    """Lesson 04 in JupyterLab, run, with the file browser closed."""
    lab.set(THEME, theme=THEMES["light"])
    with browser.new_context(viewport=SIZE) as context:
        sheet = Sheet(context.new_page(), lab).open(cover.LESSON.name)
        sheet.run_all()
        sheet.menu("View", "File Browser")
        at = next(
            n for n, cell in enumerate(lab.stored(cover.LESSON.name).cells) if FIRST in cell.source
        )
        sheet.cells.nth(at).evaluate("cell => cell.scrollIntoView({block: 'start'})")
        yield sheet.shot(sheet.page, shots / "cover.png")
    lab.end_kernels()


def test_the_screenshot_is_what_a_learner_sees(screenshot, request):
    """With --cover, it is stored, together with its sources; otherwise, the stored one must look
    like it."""
    if request.config.option.cover:
        told = PngImagePlugin.PngInfo()
        told.add_text("made-from", cover.made_from())
        screenshot.quantize(128).save(cover.PICTURE, pnginfo=told, optimize=True)
    with Image.open(cover.PICTURE) as stored:
        images = [
            image.convert("RGB").resize(COARSE, Image.Resampling.BOX)
            for image in (stored, screenshot)
        ]
    assert max(ImageStat.Stat(ImageChops.difference(*images)).mean) < FAR
