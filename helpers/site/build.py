"""Build the site: what the repository holds, laid out by Sphinx in an environment of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat

from helpers.connection import connect
from helpers.servers.own import OwnServer
from helpers.setup.environment import ROOT
from helpers.site.api import api
from helpers.site.pages import page
from helpers.site.runs import RUNS, record
from helpers.site.starts import VARIABLE, starts

LAYOUT = ROOT / "docs" / "site"
PAGES = tuple(
    f"docs/{name}.md"
    for name in ("running", "teaching", "class", "hub", "measurements", "glossary")
)


def build(target: Path) -> None:
    """Write the site into a new folder, in place of an old one.

    Raises ValueError where that folder holds something else, subprocess.CalledProcessError when a
    page can't be laid out: a link that leads nowhere is an error.
    """
    check_target(target)
    python = environment()
    with tempfile.TemporaryDirectory(prefix="course-site-") as scratch:
        source, made = Path(scratch, "source"), Path(scratch, "made")
        stage(source)
        command = [python, "-m", "sphinx", "--fail-on-warning", "--keep-going", "-q", "-j", "auto"]
        subprocess.run([*command, "-b", "html", source, made], check=True)
        for path in made.rglob("*.html"):
            path.write_text(reachable(path.read_text("utf-8")), "utf-8")
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target, ignore=shutil.ignore_patterns(".doctrees", ".buildinfo"))


def reachable(text: str) -> str:
    """Complete a page for keyboards and screen readers, where Sphinx and the theme leave a gap."""
    level = '<p class="caption" role="heading" aria-level="2">'
    text = text.replace('<p class="caption" role="heading">', level)
    return text.replace("<pre>", '<pre tabindex="0">')  # It may be wider than its box


def check_target(target: Path) -> None:
    """Raise ValueError for a folder in which something other than a site is."""
    if target.exists() and not target.is_dir():
        raise ValueError(f"{target} is a file: choose a folder for the site.")
    if target.exists() and any(target.iterdir()) and not (target / "searchindex.js").exists():
        raise ValueError(f"{target} holds something else: choose an empty folder for the site.")


def environment() -> str:
    """Return the Python of the site's own environment, made if need be."""
    place = ROOT / ".venv" / "site"
    python, wanted = place / "bin" / "python", (LAYOUT / "requirements.txt").read_text("utf-8")
    made_from = place / "made-from"
    if not made_from.exists() or made_from.read_text("utf-8") != wanted:
        print("Preparing the site's environment: about a minute, once.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(place)], check=True)
        uv = shutil.which("uv")
        pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
        install = [uv, "pip", "install", "--python", str(python)] if uv else pip
        subprocess.run([*install, "-qq", "-r", str(LAYOUT / "requirements.txt")], check=True)
        made_from.write_text(wanted, "utf-8")
    return str(python)


def stage(source: Path) -> None:
    """Copy what becomes a page, and change what reads differently in a page than in JupyterLab."""
    source.mkdir()
    shutil.copytree(LAYOUT / "static", source / "static")
    shutil.copytree(ROOT / "notebooks" / "pictures", source / "notebooks" / "pictures")
    shutil.copy(LAYOUT / "conf.py", source)
    (source / "docs").mkdir()
    for name in (*PAGES, "CONTRIBUTING.md", "LICENSE"):
        text = (ROOT / name).read_text("utf-8")
        (source / name).write_text(text.replace("../README.md", "../index.md"), "utf-8")
    (source / "docs" / "helpers.md").write_text(api(), "utf-8")
    title, _, rest = (ROOT / "README.md").read_text("utf-8").partition("\n")
    readme = f"{title}\n\n{starts(os.environ.get(VARIABLE, ''))}{rest}"
    (source / "index.md").write_text(readme + (LAYOUT / "contents.md").read_text("utf-8"), "utf-8")
    with OwnServer() as own, connect(own.url) as r:
        for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")):
            frames = record(r, RUNS[path.stem]) if path.stem in RUNS else []
            made = page(nbformat.read(path, as_version=4), frames)
            for cell in made.cells:
                cell.source = cell.source.replace("../README.md", "../index.md")
            nbformat.write(made, source / "notebooks" / path.name)
