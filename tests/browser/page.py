"""A notebook on a JupyterLab page: what a learner does with it and sees in it."""

import io
import re
import urllib.parse
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from helpers.waiting import wait_until
from tests.browser.lab import Lab

LOADED, RAN = 90_000, 100.0
"""Milliseconds for a page and its kernel, seconds for a notebook: deadlines for a busy machine, not
typical times."""

SCREEN, NARROW = {"width": 1440, "height": 900}, {"width": 1000, "height": 800}
"""The screen of a small laptop, and half of a large one."""

BUSY = re.compile(r"\[\*\]")
LOAD = re.compile(r"# %load solutions/(\d\d_\w+)\.py")
DONE = re.compile(r"\[\d+\]")
CODE, PROMPT, OUTPUT = ".jp-CodeCell", ".jp-InputArea-prompt", ".jp-Cell-outputArea"
FOLDED = ".jp-Cell-outputWrapper .jp-Placeholder"
FAILED = (
    "[data-mime-type='application/vnd.jupyter.error'], "
    "[data-mime-type='application/vnd.jupyter.stderr']"
)
PICTURES = ".jp-RenderedSVG img, .jp-RenderedImage img"
LIVE = ".jp-OutputArea-output:not(.jp-RenderedSVG, .jp-RenderedImage, .jp-RenderedMarkdown) img"

TEXTS = (
    "(cells, part) => cells.map(c => c.querySelector(part)).map(e => e && e.offsetParent ? "
    "e.innerText.trim() : '')"
)
SHOWN = "(cells, part) => [...cells.keys()].filter(n => cells[n].querySelector(part)?.offsetParent)"
BLURRED = """cells => [...cells.keys()].filter(n => {
  const text = cells[n].querySelector(".jp-MarkdownOutput");
  return text && getComputedStyle(text).filter !== "none";
})"""
"""All cells in one call: a call for each cell takes seconds."""


class Sheet:
    """One notebook that is open on a page."""

    def __init__(self, page: Page, lab: Lab):
        self.page, self.lab = page, lab
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    # Opening

    def open(self, name: str) -> "Sheet":
        """Open notebooks/NAME in a clean workspace, and wait for its kernel: until then Lab may
        still ask for one."""
        self.page.goto(
            f"{self.lab.base}/lab/tree/notebooks/{name}?reset&token={self.lab.token}",
            timeout=LOADED,
        )
        return self.wait_loaded(name)

    def wait_loaded(self, name: str) -> "Sheet":
        """Wait until the tab in front is this notebook, drawn, and its kernel is idle."""
        expect(self.page.locator(".jp-mod-current .lm-TabBar-tabLabel").first).to_have_text(
            name, timeout=LOADED
        )
        expect(self.cells.first).to_be_visible(timeout=LOADED)
        # The status bar may still describe the previous tab for a moment: first wait for a kernel.
        wait_until(
            lambda: any(path.endswith(name) for path in self.lab.sessions()),
            LOADED / 1000,
            f"a kernel for {name}",
        )
        self.wait_idle()
        return self

    def wait_idle(self) -> None:
        """Wait for the status bar to say that the kernel has nothing to do."""
        expect(
            self.page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").get_by_text("| Idle")
        ).to_be_visible(timeout=LOADED)

    @property
    def title(self) -> str:
        """The title of the tab in front."""
        return self.page.locator(".jp-mod-current .lm-TabBar-tabLabel").first.inner_text()

    # Running

    def menu(self, name: str, item: str) -> None:
        """Choose an item of a menu."""
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        # By its label alone: an item's name may end in its shortcut.
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def press(self, title: str) -> None:
        """Press a button of the notebook's toolbar, by the beginning of its title."""
        self.panel.locator(f".jp-NotebookPanel-toolbar [title^='{title}']").first.click()

    def clear(self) -> None:
        """Clear all outputs, so that later ones are new."""
        self.menu("Edit", "Clear Outputs of All Cells")
        wait_until(lambda: set(self.prompts()) == {"[ ]:"}, 60, "the outputs to be cleared")

    def run_all(self) -> None:
        """Run all cells and wait for the last."""
        self.menu("Run", "Run All Cells")
        self.wait_ran()

    def wait_ran(self, seconds: float = RAN) -> None:
        """Wait until each code cell has its number, or one failed, and the kernel is idle again."""
        wait_until(
            lambda: self.failed() or all(map(DONE.match, self.prompts())),
            seconds,
            f"the cells of {self.title} to run",
        )
        self.wait_idle()

    # Reading

    @property
    def cells(self) -> Locator:
        """Every cell."""
        return self.panel.locator(".jp-Notebook .jp-Cell")

    @property
    def code(self) -> Locator:
        """Every code cell."""
        return self.panel.locator(f".jp-Notebook {CODE}")

    def prompts(self) -> list[str]:
        """The code cells' prompts: [ ]: not run, [*]: running or waiting, [7]: done."""
        return [text.strip() for text in self.panel.locator(f"{CODE} {PROMPT}").all_inner_texts()]

    def failed(self) -> list[str]:
        """The errors and warnings in the outputs."""
        return self.panel.locator(FAILED).all_inner_texts()

    def outputs(self) -> list[str]:
        """The text of each code cell's output, "" for a folded one."""
        return self.code.evaluate_all(TEXTS, OUTPUT)

    def output(self, cell: Locator) -> str:
        """The text of a cell's output."""
        area = cell.locator(OUTPUT)
        return area.inner_text().strip() if area.is_visible() else ""

    def folded(self) -> list[int]:
        """The numbers, among the code cells, of those whose output is folded: three dots replace
        it."""
        return self.code.evaluate_all(SHOWN, FOLDED)

    def given_away(self) -> list[str]:
        """The texts next to the three dots: JupyterLab itself shows the first line of a folded
        output."""
        return [text for text in self.code.evaluate_all(TEXTS, FOLDED) if text]

    def blurred(self) -> list[int]:
        """The numbers, among all cells, of those that can't be read."""
        return self.cells.evaluate_all(BLURRED)

    # One cell

    def source(self, cell: Locator) -> str:
        """The text in a cell's editor."""
        return "\n".join(cell.locator(".cm-line").all_inner_texts()).replace("\u200b", "")

    def run(self, cell: Locator, seconds: float = RAN) -> str:
        """Click into a cell, press Shift+Enter, wait until it is done; return what it prints."""
        before = cell.locator(PROMPT).inner_text()
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")

        def ran() -> bool:
            """Its run is done, with a different number: [7] from an earlier run proves nothing."""
            now = cell.locator(PROMPT).inner_text().strip()
            return bool(DONE.match(now)) and now != before.strip()

        wait_until(ran, seconds, f"the cell {self.source(cell)[:40]!r}")
        self.wait_idle()
        return self.output(cell)

    def begin(self, cell: Locator) -> None:
        """Click into a cell, press Shift+Enter, wait until it is running."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        expect(cell.locator(PROMPT)).to_have_text(BUSY, timeout=LOADED)

    def uncomment(self, cell: Locator) -> None:
        """Remove the `# ` at the beginning of a cell, like a learner who gives up."""
        cell.locator(".cm-content").click()
        for key in ("ControlOrMeta+Home", "Delete", "Delete"):
            self.page.keyboard.press(key)

    def solve(self, load: Locator, check: Locator) -> str:
        """Use a solution as a learner does: remove the `# `, run the cell (which loads the
        solution), run it again, run the check; return its verdict."""
        file = LOAD.match(self.source(load))[1]
        self.uncomment(load)
        self.run(load)
        last = (
            (self.lab.folder / "notebooks" / "solutions" / f"{file}.py")
            .read_text("utf-8")
            .strip()
            .splitlines()[-1]
        )
        wait_until(
            lambda: last in self.source(load), 30, f"the solution {file} to appear in the cell"
        )
        self.run(load)
        return self.run(check)

    def solve_all(self) -> list[str]:
        """Solve every exercise with its solution; return the checks' verdicts."""
        cells = self.code.all()
        return [
            self.solve(cell, check)
            for check, cell in zip(cells, cells[1:], strict=False)
            if LOAD.match(self.source(cell))
        ]

    # Pictures

    def pictures(self) -> list[Locator]:
        """Every still picture and chart."""
        return self.panel.locator(PICTURES).all()

    def drawing(self, picture: Locator) -> str:
        """The SVG that an image shows, "" if it isn't one."""
        kind, _, data = picture.get_attribute("src").partition(",")
        return urllib.parse.unquote(data) if "svg" in kind else ""

    def shot(self, what: Locator | Page, path: Path | None = None) -> Image.Image:
        """Take a screenshot of an element, or of the page; keep it if `path` is given."""
        return Image.open(io.BytesIO(what.screenshot(path=path))).convert("RGB")

    def top(self) -> None:
        """Scroll to the first cell, as on opening."""
        self.panel.locator(".jp-Notebook, .jp-Notebook *").evaluate_all(
            "all => all.forEach(e => { if (e.scrollTop) e.scrollTop = 0; })"
        )


def colors(image: Image.Image) -> int:
    """The number of colors in a picture: an empty one has a single color."""
    return len(image.getcolors(maxcolors=2**24))
