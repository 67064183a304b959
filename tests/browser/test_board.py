"""The board as a teacher sees it: light and dark, by mouse and by keyboard, with learners who store
whatever they like."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from helpers.checks.standing import RECORD, Standing, to_bytes
from helpers.checks.verdict import HINT, SOLVED
from tests.browser.page import SCREEN
from tests.school import NAMES, school

SEEN = 60_000
"""Milliseconds until something shows up, on a busy machine."""

SERVE = """
import sys
from helpers.classroom.board import ClassBoard, in_browser
from helpers.classroom.roster import Learner
url, *names = sys.argv[1:]
learners = [Learner(name, f"user{n}", n, "") for n, name in enumerate(names, 1)]
in_browser(ClassBoard(url, learners), "127.0.0.1", 0)
"""


@pytest.fixture(scope="module")
def served():
    """A class in which Ann is stuck, Bob is done, Cleo spoiled her record, and the last learner's
    name is a script; the school, and the page's address."""
    with school() as found:
        command = [sys.executable, "-c", SERVE, found.url, *NAMES]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        with process:
            try:
                address = re.search(r"http://\S+", process.stdout.readline())[0]
                found.board.look()
                now, _ = found.client(0).time()
                begun = now * 1000 - 20 * 60_000
                stuck = Standing("02", "02.start", begun, now * 1000, HINT, "dollar-hides", 5)
                found.client(0).set(RECORD, to_bytes(stuck))
                found.client(0).xadd(
                    "02:start", {"value": "<script>document.title='taken'</script>"}
                )
                found.client(0).xgroup_create("02:start", "readers", "$")
                done = Standing("02", "02.start", begun, now * 1000, SOLVED, "", 1, ("02.start",))
                found.client(1).set(RECORD, to_bytes(done))
                found.client(2).set(RECORD, "<script>document.title='taken'</script>\x1b[2J")
                yield found, address
            finally:
                process.kill()


@pytest.fixture(params=["light", "dark"])
def board(request, browser, served, shots):
    """The page with its rows, in one theme."""
    with browser.new_context(viewport=SCREEN, color_scheme=request.param) as context:
        page = context.new_page()
        page.goto(served[1], timeout=SEEN)
        expect(page.get_by_role("button", name="Ann")).to_be_visible(timeout=SEEN)
        yield page
        page.screenshot(path=shots / f"{request.node.name}.png")


def test_who_needs_help_stands_first_and_a_script_is_text(board):
    """Those who are stuck come first; a name that is a script is shown as text, and doesn't run."""
    names = board.locator("tbody th").all_inner_texts()
    assert names[0] == "Ann" and set(names) == set(NAMES)
    assert names[1] == "Cleo" and names[-1] == "Bob"
    assert board.title() == "The class"
    expect(board.locator("tr", has_text="Cleo")).to_contain_text("unreadable")
    expect(board.locator("tr", has_text="Ann")).to_contain_text("02.start From the beginning")
    assert "token" not in board.url


def test_a_click_shows_the_learners_picture(board):
    """It's an image with a description for those who can't see it; the values in it are text."""
    board.get_by_role("button", name="Ann").click()
    picture = board.locator("#pictures img")
    expect(picture).to_be_visible(timeout=SEEN)
    assert picture.evaluate("image => image.complete && image.naturalWidth > 200")
    assert "02:start" in picture.get_attribute("alt") and board.title() == "The class"


def test_the_keyboard_is_enough(board):
    """Tab to a name, Enter, Escape: the focus returns to the name, even after new rows."""
    board.keyboard.press("Tab")
    expect(board.get_by_role("button", name="Ann")).to_be_focused()
    board.keyboard.press("Enter")
    expect(board.locator("#pictures img")).to_be_visible(timeout=SEEN)
    board.keyboard.press("Escape")
    expect(board.locator("#learner")).to_be_hidden()
    expect(board.get_by_role("button", name="Ann")).to_be_focused()
    board.locator("tbody").evaluate("body => body.id = 'old'")
    expect(board.locator("#old")).to_have_count(0, timeout=SEEN)
    expect(board.get_by_role("button", name="Ann")).to_be_focused(timeout=SEEN)


def test_the_page_moves_by_itself(board, served):
    """A learner's actions show up without a reload."""
    found, _ = served
    before = found.client(3).get(RECORD)
    try:
        found.client(3).set(RECORD, to_bytes(Standing("05", "", 0, 2**52)))
        expect(board.locator("tbody")).to_contain_text("lesson 05", timeout=SEEN)
    finally:
        found.client(3).set(RECORD, before)


def test_the_words_can_be_read(board):
    """Text and background differ enough for WCAG 2.2: a contrast of 4.5 for each part of the
    table."""
    found = board.evaluate(
        """() => [...document.querySelectorAll("th, td, h1, button, strong")]
          .filter(e => e.offsetParent && e.innerText.trim())
          .map(e => [getComputedStyle(e).color, getComputedStyle(document.body).backgroundColor])"""
    )
    assert found and min(contrast(*pair) for pair in found) >= 4.5


def contrast(*pair: str) -> float:
    """The contrast of two colors, such as "rgb(0, 0, 0)"."""
    lights = sorted(map(luminance, pair))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.2."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", color)[:3]]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_without_the_token_the_page_is_refused(browser, served):
    """It shows one sentence, and nothing about the class."""
    with browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(served[1].partition("?")[0], timeout=SEEN)
        assert answer.status == 403
        assert "Open the address that the command printed" in page.content()
        assert "Ann" not in page.content()
