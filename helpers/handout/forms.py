"""The learners' copy in the form they get: a folder, a ZIP, or a Git repository."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.handout.copy import copy
from helpers.handout.git import ask, names
from helpers.handout.listing import LIST
from helpers.handout.shipped import Shipped

FOLDER_IN_ZIP = "redis-streams-course"
"""The folder in a ZIP."""

QUIET = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false")
AUTHOR = ("-c", "user.name=The course", "-c", "user.email=course@localhost")
"""Learners see no teacher's address."""


@contextmanager
def _written(course: Shipped) -> Iterator[tuple[Path, list[str]]]:
    """Write the copy to a temporary place first, so that a failure leaves nothing half done."""
    with tempfile.TemporaryDirectory(prefix="handout-") as place:
        folder = Path(place, FOLDER_IN_ZIP)
        yield folder, copy(course, folder)


def write_zip(course: Shipped, path: Path) -> list[str]:
    """Write the copy as a ZIP and return the files for teachers only; raises Solved, OSError."""
    with (
        _written(course) as (folder, answers),
        zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as z,
    ):
        for each in sorted(p for p in folder.rglob("*") if p.is_file()):
            z.write(each, each.relative_to(folder.parent))
    return answers


def write_repository(course: Shipped, folder: Path) -> list[str]:
    """Write the copy as the first commit of a new repository, or the next one of an existing one.

    Returns the files for teachers only. Raises Solved, or RuntimeError with Git's own words.
    """
    with _written(course) as (fresh, answers):
        if not folder.exists() or not any(folder.iterdir()):
            folder.mkdir(parents=True, exist_ok=True)
            _git(folder, "init", "--quiet", "--initial-branch=main")
        for name in names(ask(folder, "ls-files", "-z")):
            (folder / name).unlink(missing_ok=True)
        shutil.copytree(fresh, folder, dirs_exist_ok=True)
    _git(folder, "add", "--all", "--force")
    if ask(folder, "diff", "--cached", "--quiet").returncode:
        _git(folder, *QUIET, *AUTHOR, "commit", "--quiet", "--message=Update the course")
    return answers


def is_ours(folder: Path) -> bool:
    """Tell whether this is a repository that `write_repository` made."""
    listed = ask(folder, "ls-files", "-z", LIST, "notebooks/solutions")
    top = ask(folder, "rev-parse", "--show-toplevel").stdout.decode("utf-8", "replace").strip()
    return names(listed) == [LIST] and Path(top) == folder.resolve()


def changes(folder: Path) -> bool:
    """Tell whether a repository has uncommitted changes."""
    return bool(ask(folder, "status", "--porcelain").stdout)


def _git(folder: Path, *arguments: str) -> None:
    done = ask(folder, *arguments)
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip()
        raise RuntimeError(f"Git can't write {folder}: {words}")
