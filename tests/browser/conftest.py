"""The browser, JupyterLab, and the screenshots: `python3 -m helpers test tests/browser --shots DIR`
keeps them."""

import faulthandler
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.browser import lab as labs
from tests.browser.page import SCREEN, Sheet

CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

LIMIT = 600
"""Seconds that one test may take here; the limit in pyproject.toml is for tests without a
browser."""

STDERR = pytest.StashKey[int]()


def pytest_addoption(parser):
    """Add --shots and --cover."""
    parser.addoption(
        "--shots", type=Path, help="keep the screenshots of lessons and pictures in this directory"
    )
    parser.addoption(
        "--cover",
        action="store_true",
        help="store the README's screenshot (`python3 -m helpers cover` asks for it)",
    )


def pytest_configure(config):
    """Keep access to the terminal, for the traceback of a test that hangs."""
    config.stash[STDERR] = os.dup(2)


@pytest.fixture(autouse=True)
def patience(request):
    """Give each test here more time than pyproject.toml does."""
    faulthandler.dump_traceback_later(LIMIT, exit=True, file=request.config.stash[STDERR])


@pytest.fixture(scope="session")
def browser():
    """One Chromium for all tests."""
    if not CHROMIUM:
        pytest.skip(
            "no Chromium on this machine: install it to run this test (`apt-get install chromium`)"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A page in a new profile."""
    with browser.new_context(viewport=SCREEN) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    """One JupyterLab, over a copy of the notebooks; it renders every cell of a notebook, so that
    all can be inspected."""
    home = tmp_path_factory.mktemp("home")
    with labs.lab(labs.copy(tmp_path_factory.mktemp("course")), home) as lab:
        lab.set(labs.WINDOWING, windowingMode="none")
        yield lab


@pytest.fixture
def sheet(page, lab):
    """A page for notebooks; no kernel is left afterward."""
    yield Sheet(page, lab)
    lab.end_kernels()


@pytest.fixture(scope="session")
def shots(request, tmp_path_factory) -> Path:
    """The folder for screenshots."""
    folder = request.config.option.shots or tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def watched(lab) -> str:
    """The lesson with its live cell slowed down ten times, so that a busy browser has time to
    paint; the file's name."""
    path = lab.folder / "notebooks" / "slow.ipynb"
    notebook = nbformat.read(lab.folder / "notebooks" / "04_consume_and_ack.ipynb", as_version=4)
    [cell] = [cell for cell in notebook.cells if "watch(" in cell.source]
    cell.source, slowed = re.subn(
        r"pace=([\d.]+)", lambda pace: f"pace={10 * float(pace[1]):g}", cell.source
    )
    assert slowed == 2
    nbformat.write(notebook, path)
    return path.name
