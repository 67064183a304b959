"""The site, built from the stored outputs and read here as its readers read it."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from helpers.setup.environment import ROOT
from helpers.site import build
from helpers.site.runs import RUNS

PHONE = {"width": 390, "height": 800}
LOOKED_AT = (
    "index.html",
    "notebooks/04_consume_and_ack.html",
    "notebooks/06_crash_and_recovery.html",
    "notebooks/10_how_fast.html",
    "docs/glossary.html",
    "docs/helpers.html",
    "docs/teaching.html",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The site, built once."""
    folder = tmp_path_factory.mktemp("site") / "html"
    build(folder)
    return folder


@pytest.fixture(scope="session")
def axe(site, tmp_path_factory) -> Path:
    """Axe-core, which finds barriers to readers; only this file of its package."""
    folder = tmp_path_factory.mktemp("axe")
    install = ["-m", "pip", "install", "-qq", "--no-deps", "--target", str(folder)]
    python = ROOT / ".venv" / "site" / "bin" / "python"  # It has pip, whoever made ours
    subprocess.run([python, *install, "axe-playwright-python==0.1.8"], check=True)
    [script] = folder.rglob("axe.min.js")
    return script


class Links(HTMLParser):
    """A page's links, its anchors, and its pictures without descriptions."""

    def __init__(self, page: Path):
        super().__init__()
        self.links, self.anchors, self.wordless = [], set(), []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        """Note the attributes of one tag."""
        known = dict(attributes)
        self.anchors.add(known.get("id"))
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])
        if tag == "img" and not known.get("alt"):
            self.wordless.append(known.get("src", "")[:60])


def test_every_link_leads_somewhere(site):
    """Each link within the site leads to an existing page and anchor."""
    found = {page: Links(page) for page in site.rglob("*.html")}
    wrong = []
    for page, parsed in found.items():
        for link in parsed.links:
            if re.match(r"[a-z]+:", link):
                continue
            place, _, anchor = link.partition("#")
            target = (page.parent / place).resolve() if place else page
            if not target.exists() or (anchor and anchor not in found[target].anchors):
                wrong.append(f"{page.relative_to(site)}: {link}")
    assert len(found) > 15 and wrong == []


def test_every_picture_has_words(site):
    """Images have alternative texts, and drawings have labels."""
    pages = list((site / "notebooks").glob("*.html"))
    assert {str(p.name): Links(p).wordless for p in pages if Links(p).wordless} == {}
    drawn = [svg for p in pages for svg in re.findall(r"<svg[^>]*viewBox[^>]*>", p.read_text())]
    unlabeled = [svg for svg in drawn if "aria-label=" not in svg and "aria-hidden" not in svg]
    assert len(drawn) > 50 and [svg for svg in unlabeled if 'width="900"' in svg] == []


def test_no_page_asks_another_host(site, page):
    """Everything is loaded from the site itself."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for name in LOOKED_AT:
        page.goto((site / name).as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_axe_finds_nothing_serious(site, axe, page, shots, name, theme):
    """Contrast, names, landmarks: nothing serious or critical, in the light and the dark theme."""
    page.emulate_media(color_scheme=theme)
    page.goto((site / name).as_uri())
    page.screenshot(path=shots / f"site-{Path(name).stem}-{theme}.png")
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run()")["violations"]
    bad = [f for f in found if f["impact"] in ("serious", "critical")]
    assert [(f["id"], [node["html"][:120] for node in f["nodes"]][:3]) for f in bad] == []


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_phone_shows_a_page_without_scrolling_sideways(site, page, name):
    """Wide pictures and code scroll in their own boxes."""
    page.set_viewport_size(PHONE)
    page.goto((site / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("lesson", RUNS)
def test_a_recorded_run_is_played_by_keyboard(site, page, lesson):
    """The slider moves one step at a time; caption and picture change together."""
    page.goto((site / "notebooks" / f"{lesson}.html").as_uri())
    slider = page.get_by_label("Step of the recorded run")
    slider.focus()
    assert page.locator(".run figure.now figcaption").inner_text().startswith("1. ")
    page.keyboard.press("ArrowRight")
    assert page.locator(".run figure.now figcaption").inner_text().startswith("2. ")
    page.keyboard.press("End")
    last = page.locator(".run").get_attribute("data-frames")
    assert page.locator(".run figure.now figcaption").inner_text().startswith(f"{last}. ")


def test_a_run_plays_to_its_end_and_can_be_stopped(site, page):
    """The button says what it does next; nothing moves until it is pressed."""
    page.clock.install()
    page.goto((site / "notebooks" / "04_consume_and_ack.html").as_uri())
    button = page.get_by_role("button", name="Play")
    page.clock.run_for(10_000)
    assert page.locator(".run figure.now figcaption").inner_text().startswith("1. ")
    button.click()
    page.clock.run_for(3_500)
    assert page.locator(".run figure.now figcaption").inner_text().startswith("4. ")
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(10_000)
    assert page.locator(".run figure.now figcaption").inner_text().startswith("4. ")


def test_without_javascript_a_run_is_a_still_picture(site, browser):
    """It shows the last frame and its caption."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "notebooks" / "06_crash_and_recovery.html").as_uri())
        seen = page.locator(".run figure:visible")
        assert seen.count() == 1 and "acknowledges it" in seen.inner_text()


def test_a_prediction_hides_its_answer(site, page):
    """The output and the text that gives it away stay folded until the reader opens them."""
    page.goto((site / "notebooks" / "09_retention.html").as_uri())
    answer = page.get_by_text("Yes: the first step leaves 50 entries, neither 10 nor 350.")
    assert not answer.is_visible()
    page.locator("details.answer", has=answer).locator("summary").first.click()
    assert answer.is_visible()


def test_a_printed_lesson_has_room_to_write_and_nothing_in_the_way(site, page):
    """Four centimeters follow each exercise, and only what the lesson says is on the paper."""
    page.goto((site / "notebooks" / "06_crash_and_recovery.html").as_uri())
    page.emulate_media(media="print")
    hints = page.locator("section[id^=exercise] > details")
    assert hints.count() == 3
    for hint in hints.all():
        assert hint.evaluate("e => parseFloat(getComputedStyle(e).marginBottom)") > 140
    floating = """() => [...document.querySelectorAll("body *")].filter(e =>
        ["fixed", "sticky"].includes(getComputedStyle(e).position)
        && e.checkVisibility() && e.clientWidth * e.clientHeight > 0
    ).map(e => e.className)"""
    assert page.evaluate(floating) == []
    wider = "e => e.scrollWidth > e.clientWidth"  # Nobody can scroll on paper
    assert not any(pre.evaluate(wider) for pre in page.locator("pre").all())
    last = page.locator(".run").get_attribute("data-frames")
    assert page.locator(".run figure:visible figcaption").inner_text().startswith(f"{last}. ")
