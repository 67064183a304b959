"""Write a learner's copy of the course without solutions: handout DIR; with --overview, print the teacher's table instead.

The copy runs by the same two commands. Its notebooks keep their outputs: what settles a prediction is folded there, as here.
"""

import argparse
import re
import shutil
import sys
from pathlib import Path

from helpers.commands import _cells
from helpers.commands.bootstrap import ROOT

COPIED = ("README.md", "LICENSE", "requirements.txt", "pyproject.toml", "conftest.py", "Dockerfile", "docker-compose.yml", ".dockerignore",
          ".gitignore", "helpers", "notebooks", "tests")
"""What belongs to the course; whatever else lies beside it stays where it is."""

CACHES = ("__pycache__", ".ipynb_checkpoints", ".pytest_cache")
ANSWERS = re.compile(r"tests[. /]answers|tests[. /]learners|solutions/|\"solutions\"|class Right")
"""Tests that hold answers, or need them, say one of these."""

BEGIN, END = "<!-- exercises: begin -->", "<!-- exercises: end -->"


def main(argv: list[str]) -> int:
    """Write the copy into a new or empty folder; returns 2 for any other."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers handout", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", help="a new or an empty folder")
    parser.add_argument("--overview", action="store_true", help="print which exercise shows which misconception")
    parser.add_argument("--readme", action="store_true", help="write that table into README.md")
    options = parser.parse_args(argv)
    if options.overview or options.readme:
        return overview(options.readme)
    if wrong := refusal(options.folder):
        print(f"{wrong}: name a new folder for the learners' copy.", file=sys.stderr)
        return 2
    copy(options.folder)
    print(f"{options.folder} is the learners' copy: no solutions, and the two commands of its README work in it.")
    return 0


def refusal(folder: Path | None) -> str:
    """Say why there can be no copy in this folder, "" if there can: nothing is overwritten, and the course doesn't copy itself."""
    if folder is None:
        return "Say where"
    if folder.resolve().is_relative_to(ROOT):
        return f"{folder} is within the course itself"
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file"
    return f"{folder} isn't empty" if folder.exists() and any(folder.iterdir()) else ""


def overview(into_readme: bool) -> int:
    """Print the teacher's table, or write it between the README's two marks."""
    from helpers.checks.overview import table

    if not into_readme:
        print(table())
        return 0
    readme = ROOT / "README.md"
    readme.write_text(with_overview(readme.read_text("utf-8"), table()), "utf-8")
    return 0


def with_overview(text: str, table: str) -> str:
    """Return a README's text with this table, folded, between its marks."""
    folded = f"<details><summary>Exercises, misconceptions and hints</summary>\n\n{table}\n\n</details>\n" if table else ""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{folded}{END}", text, flags=re.DOTALL)


def copy(folder: Path) -> None:
    """Copy what belongs to the course, without the solutions and without the tests that hold answers."""
    import nbformat

    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        elif (ROOT / name).exists():
            shutil.copy2(ROOT / name, folder / name)
    readme = folder / "README.md"
    readme.write_text(with_overview(readme.read_text("utf-8"), ""), "utf-8")
    for path in sorted((folder / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        without_solutions(notebook)
        nbformat.write(notebook, path)


def left_out(folder: str, names: list[str]) -> set[str]:
    """Name what isn't copied: caches, solutions, and the tests that hold answers."""
    modules = [n for n in names if n.endswith(".py")] if Path(folder) == ROOT / "tests" else []
    tests = {n for n in modules if ANSWERS.search(Path(folder, n).read_text("utf-8"))}
    return tests | {n for n in names if n in CACHES or n == "solutions"}


def without_solutions(notebook) -> None:
    """Drop the cells that load a solution and the sentences about them; count the others from 1 again."""
    notebook.cells = [cell for cell in notebook.cells if not _cells.loads_solution(cell)]
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = "\n".join(line for line in cell.source.split("\n") if "%load" not in line)
            continue
        if cell.execution_count:
            cell.execution_count = count = count + 1
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
