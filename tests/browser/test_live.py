"""The picture that moves while a cell runs, and the still pictures before and afterward."""

import shutil

from PIL import ImageChops
from PIL.Image import Image
from playwright.sync_api import expect

from helpers.waiting import wait_until
from tests.browser.page import LIVE, LOADED, PROMPT

LESSON = "04_consume_and_ack.ipynb"


def still(lab) -> str:
    """The still picture stored below the live one."""
    cells = lab.stored(LESSON).cells
    return next(
        output.data["image/svg+xml"]
        for cell in cells
        if "watch(" in cell.source
        for output in cell.outputs
        if "image/svg+xml" in output.get("data", {})
    )


def differ(one: Image, two: Image) -> bool:
    """Tell whether two screenshots show different things."""
    return one.size != two.size or ImageChops.difference(one, two).getbbox() is not None


def test_the_live_picture_moves_and_ends_in_the_stored_one(sheet, lab, shots, watched):
    """While the cell runs, two painted frames differ; then the file's picture replaces the live
    one."""
    sheet.open(watched)
    live, cell = (
        sheet.panel.locator(LIVE),
        sheet.panel.locator(".jp-CodeCell").filter(has_text="watch(r"),
    )
    assert live.count() == 0  # No stored output could be taken for it
    sheet.menu("Run", "Run All Cells")
    expect(live).to_be_visible(timeout=LOADED)
    one = sheet.shot(live, shots / "04-live-1.png")
    # Painted frames count, and a busy browser paints late.
    wait_until(lambda: differ(one, sheet.shot(live, shots / "04-live-2.png")), 30, "another frame")
    assert cell.locator(PROMPT).inner_text().strip() == "[*]:"
    sheet.wait_ran()
    expect(live).to_be_hidden()
    assert sheet.drawing(cell.locator(".jp-RenderedSVG img")).strip() == still(lab).strip()


def test_before_it_is_run_the_stored_picture_is_shown(sheet, lab, shots):
    """The lessons as stored by the course are trusted."""
    shutil.copy(
        lab.folder / "stored" / "00_start_here.ipynb", lab.folder / "notebooks" / "stored.ipynb"
    )
    sheet.open("stored.ipynb")
    sheet.shot(sheet.page, shots / "00-before.png")
    assert sheet.pictures() and sheet.prompts()[0] == "[1]:"


def test_in_a_foreign_notebook_a_picture_is_shown_in_words(sheet, lab):
    """An untrusted notebook shows no stored SVG: a description takes its place."""
    stored = (lab.folder / "stored" / "00_start_here.ipynb").read_text()
    (lab.folder / "notebooks" / "foreign.ipynb").write_text(
        stored.replace("## The picture", "## A picture")
    )
    sheet.open("foreign.ipynb")
    assert sheet.pictures() == [] and sheet.prompts()[0] == "[1]:"
    assert [text for text in sheet.outputs() if "lag 3" in text]
