"""The browser's half of the live picture, in a real browser: it follows, stops on request, hides,
and runs no scripts."""

import pytest

from helpers.views.live import BROWSER

PAGE = """<div id="el"></div><script type="module">
const state = {svg: "", sentence: "", note: "", stopped: false, over: false}, listeners = [];
window.told = [];
window.set = (changes) => {
  Object.assign(state, changes);
  listeners.forEach((listener) => listener());
};
const model = {get: (name) => state[name], save_changes: () => {},
  set: (name, value) => { state[name] = value; window.told.push(name); },
               on: (_, listener) => listeners.push(listener), off: () => {}};
const widget = await import("data:text/javascript," + encodeURIComponent(`SOURCE`));
widget.default.render({model, el: document.getElementById("el")});
window.ready = true;
</script>"""


@pytest.fixture(scope="module")
def page(browser):
    """A page with the widget, and a model that the test sets."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(PAGE.replace("SOURCE", BROWSER.replace("\\", "\\\\").replace("`", "\\`")))
        page.wait_for_function("window.ready")
        yield page


def svg(inner: str) -> str:
    """A small picture."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{inner}</svg>'


def test_it_follows_and_runs_nothing(page):
    """Each change appears with its description; even a script that got into the SVG wouldn't
    run."""
    page.evaluate(
        "set",
        {
            "svg": svg("<script>parent.told.push('ran'); told.push('ran')</script>"),
            "sentence": "one entry <b>",
        },
    )
    page.wait_for_function("document.querySelector('img').naturalWidth == 40")
    assert page.locator("img").get_attribute("alt") == "one entry <b>"
    assert (
        "ran" not in page.evaluate("told")
        and page.locator("#el b, #el svg, #el script").count() == 0
    )


def test_stop_holds_the_picture_and_tells_the_kernel(page):
    """The button works at once, even while the kernel is busy with the cell."""
    page.evaluate("set", {"svg": svg("<g/>")})
    page.get_by_role("button", name="Stop watching").click()
    before = page.locator("img").get_attribute("src")
    page.evaluate("set", {"svg": svg("<rect/>"), "note": "the run goes on"})
    assert page.locator("img").get_attribute("src") == before and page.evaluate("told") == [
        "stopped"
    ]
    assert (
        page.get_by_text("the run goes on").is_visible()
        and page.get_by_role("button").is_disabled()
    )


def test_stop_by_the_keyboard_keeps_the_focus(page):
    """The next key goes on from there, and a second press changes nothing."""
    stop = page.get_by_role("button", name="Stop watching")
    stop.focus()
    for _ in range(2):
        page.keyboard.press("Enter")
        assert stop.evaluate("e => e === document.activeElement") and stop.is_disabled()


def test_it_hides_when_it_is_over(page):
    """The still picture replaces it."""
    page.evaluate("set", {"over": True})
    assert not page.locator("#el").is_visible()
