"""Each lesson as a learner sees it: run in JupyterLab, light and dark, with pictures, folded
answers, exercises and links."""

import re
from dataclasses import dataclass, field

import nbformat
import pytest
from PIL.Image import Image
from playwright.sync_api import expect

from tests.browser import lab as labs
from tests.browser.page import LOAD, NARROW, SCREEN, Sheet, colors

LESSONS = sorted(path.name for path in labs.NOTEBOOKS.glob("*.ipynb"))
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
RUNS = [(theme, name) for theme in THEMES for name in LESSONS]
CHECK = re.compile(r"^check\(", re.MULTILINE)
LINK = re.compile(r"\*\*Next:\*\* \[[^]]+\]\(([^)]+)\)")


@dataclass
class Lesson:
    """A lesson after its run: its file, its sheet, the outputs folded and texts blurred before, and
    its pictures."""

    name: str
    theme: str
    sheet: Sheet
    folded: list[int]
    given_away: list[str]
    blurred: list[int]
    images: list[Image]
    stored: nbformat.NotebookNode = field(repr=False)

    @property
    def code(self) -> list[nbformat.NotebookNode]:
        """The code cells as stored."""
        return [cell for cell in self.stored.cells if cell.cell_type == "code"]

    def code_where(self, pattern: re.Pattern) -> list[int]:
        """The numbers, among the code cells, of those that match."""
        return [n for n, cell in enumerate(self.code) if pattern.search(cell.source)]

    def drawings(self) -> list[str]:
        """The SVGs in the file, in order."""
        outputs = [output for cell in self.code for output in cell.outputs]
        return [
            output.data["image/svg+xml"]
            for output in outputs
            if "image/svg+xml" in output.get("data", {})
        ]


def name_of(run: tuple[str, str]) -> str:
    """Return the name of a run in a test's ID: "04-dark"."""
    return f"{run[1][:2]}-{run[0]}"


def light(lessons: list[str]) -> pytest.MarkDecorator:
    """Run tests that don't depend on colors in the light theme only; the runs are those of the
    other tests."""
    return pytest.mark.parametrize("lesson", RUNS[: len(lessons)], indirect=True, ids=name_of)


@pytest.fixture(scope="module", params=RUNS, ids=name_of)
def lesson(request, browser, lab, shots):
    """Open a lesson and run it from top to bottom in one theme, with screenshots of its first
    screen and its pictures."""
    theme, name = request.param
    lab.set(labs.THEME, theme=THEMES[theme])
    stem = f"{name.removesuffix('.ipynb')}-{theme}"
    with browser.new_context(viewport=SCREEN) as context:
        sheet = Sheet(context.new_page(), lab).open(name)
        before = sheet.folded(), sheet.given_away(), sheet.blurred()
        sheet.run_all()
        images = [
            sheet.shot(picture, shots / f"{stem}-picture-{n:02}.png")
            for n, picture in enumerate(sheet.pictures(), 1)
        ]
        sheet.top()
        sheet.shot(sheet.page, shots / f"{stem}.png")
        yield Lesson(name, theme, sheet, *before, images, lab.stored(name))
    lab.end_kernels()


def test_no_cell_failed(lesson):
    """Every code cell has its number, 1 to n; none shows an error or a warning, and no stored
    output is left."""
    assert lesson.sheet.failed() == []
    assert lesson.sheet.prompts() == [f"[{n}]:" for n in range(1, len(lesson.code) + 1)]
    assert [n for n, text in enumerate(lesson.sheet.outputs()) if labs.STALE in text] == []


def test_pictures_are_visible_and_drawn(lesson):
    """Each has a natural size, is wide enough to read but no wider than its container, and has
    several colors."""
    shown = lesson.sheet.pictures()
    kept = [
        output
        for cell in lesson.code
        for output in cell.outputs
        if {"image/svg+xml", "image/png"} & set(output.get("data", {}))
    ]
    assert len(shown) == len(kept)
    for picture in shown:
        expect(picture).to_be_visible()
        assert picture.evaluate("e => e.naturalWidth") > 0
        wide, room = picture.evaluate("e => [e.clientWidth, e.parentElement.clientWidth]")
        assert 600 < wide <= room
    assert [n for n, image in enumerate(lesson.images) if colors(image) < 5] == []


def test_pictures_are_the_stored_ones(lesson):
    """The browser draws, byte for byte, what GitHub shows and nbval compares."""
    drawn = [
        drawing for picture in lesson.sheet.pictures() if (drawing := lesson.sheet.drawing(picture))
    ]
    assert [text.strip() for text in drawn] == [text.strip() for text in lesson.drawings()]


def test_answers_are_folded_until_they_are_run(lesson):
    """Only outputs that settle a prediction are folded, to the last word; running the cell opens
    them."""
    assert lesson.folded == [
        n for n, cell in enumerate(lesson.code) if "hide-output" in cell.metadata.get("tags", [])
    ]
    assert lesson.given_away == []
    assert lesson.sheet.folded() == []


def test_explanations_are_blurred_until_the_answer_is_there(lesson):
    """The text below a folded answer would give it away, so it can't be read until the cell has
    run."""
    cells = lesson.stored.cells
    settled = [
        n for n, cell in enumerate(cells, 1) if "hide-output" in cell.metadata.get("tags", [])
    ]
    assert lesson.blurred == [n for n in settled if cells[n].cell_type == "markdown"] != []
    assert lesson.sheet.blurred() == []


WIDE = (
    "areas => areas.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => "
    "e.innerText.slice(0, 60) || e.innerHTML.slice(0, 60))"
)


def test_nothing_is_cut_off(lesson):
    """No code, text or table is wider than its container; in a narrow window, code and text break
    between words, and pictures scroll in their own boxes, so that captions stay readable."""
    panel = lesson.sheet.panel
    assert (
        panel.locator(
            ".jp-OutputArea-output, .jp-MarkdownOutput, .jp-InputArea-editor .cm-scroller"
        ).evaluate_all(WIDE)
        == []
    )
    lesson.sheet.page.set_viewport_size(NARROW)
    assert (
        panel.locator(
            ".jp-OutputArea-output:not(:has(img)), .jp-InputArea-editor .cm-scroller"
        ).evaluate_all(WIDE)
        == []
    )
    assert set(
        panel.locator(".jp-OutputArea-output:has(img)").evaluate_all(
            "all => all.map(e => getComputedStyle(e).overflowX)"
        )
    ) <= {"auto"}
    assert set(
        panel.locator(".jp-RenderedText pre").evaluate_all(
            "all => all.map(e => getComputedStyle(e).wordBreak)"
        )
    ) == {"normal"}
    lesson.sheet.page.set_viewport_size(SCREEN)


@light(LESSONS)
def test_exercises_wait_then_are_solved_by_their_solutions(lesson):
    """At first, the check says "not started". `%load` fills in the solution; it runs, and the check
    says "solved"."""
    sheet, loads = lesson.sheet, lesson.code_where(LOAD)
    assert len(loads) == len(lesson.code_where(CHECK))
    assert [
        text
        for n in loads
        if not (text := sheet.output(sheet.code.nth(n - 1))).startswith("○ not started")
    ] == []
    assert (
        [answer for answer in sheet.solve_all() if not answer.startswith("✓ solved")]
        == []
        == sheet.failed()
    )


@light(LESSONS[:-1])
def test_next_leads_to_the_next_lesson(lesson):
    """A click on the last cell's link opens the next notebook in its own tab, with a kernel."""
    following = LESSONS[LESSONS.index(lesson.name) + 1]
    assert LINK.search(lesson.stored.cells[-1].source)[1] == following
    lesson.sheet.cells.last.get_by_role("link").last.click()
    lesson.sheet.wait_loaded(following)
