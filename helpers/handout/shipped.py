"""The files that the course ships, in their shipped form, without the rest of the working copy."""

import io
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

from helpers.handout.git import ask, names
from helpers.handout.listing import LIST, listed

CACHES = {"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".ruff_cache", ".hypothesis"}
PASSED_OVER = {".git", ".venv"} | CACHES
"""Files that Git, the environment and caches keep next to the course; nobody misses them in a
copy."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The files by path with their content, the programs among them, and where they all come from.

    Left out: `beside`, which is not part of the course; uncommitted changes to the files in
    `changed`; and `links`, which may lead out of the course.
    """

    files: dict[str, bytes]
    programs: frozenset[str]
    origin: str
    beside: list[str]
    changed: list[str]
    links: list[str]


def shipped(root: Path) -> Shipped:
    """Read the last commit's files or, where Git doesn't track `root`, those of a list.

    Raises RuntimeError with one sentence if there is neither, or if a notebook differs from the
    list.
    """
    tracked = ask(root, "ls-files", "--", LIST)
    if tracked.returncode and (root / ".git").exists():
        words = tracked.stderr.decode(errors="replace").strip()
        raise RuntimeError(f"Git can't tell what the course ships, so repair that first: {words}")
    commit = ask(root, "archive", "--format=tar", "HEAD") if tracked.stdout else tracked
    if commit.returncode or not tracked.stdout:
        files = listed(root)
        programs = frozenset(name for name in files if os.access(root / name, os.X_OK))
        return Shipped(files, programs, f"the list in {LIST}", _beside(root, {*files}), [], [])
    files, programs, links = _unpacked(commit.stdout)
    diff = names(ask(root, "diff", "--name-only", "--relative", "-z", "HEAD"))
    changed = [name for name in diff if name in files]
    beside = _beside(root, {*files, *links})
    return Shipped(files, programs, "the last commit", beside, changed, links)


def _unpacked(archive: bytes) -> tuple[dict[str, bytes], frozenset[str], list[str]]:
    """Return an archive's files, the programs among them, and its links."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        members = tar.getmembers()
        files = {m.name: tar.extractfile(m).read() for m in members if m.isreg()}
    programs = frozenset(m.name for m in members if m.isreg() and m.mode & 0o100)
    return files, programs, [m.name for m in members if not m.isreg() and not m.isdir()]


def _beside(root: Path, known: set[str]) -> list[str]:
    """Name the files in the working copy that aren't shipped; a whole folder counts as one."""
    folders = {parent.as_posix() for name in known for parent in Path(name).parents}
    found, ahead = [], [root]
    while ahead:
        for path in sorted(ahead.pop().iterdir()):
            name = path.relative_to(root).as_posix()
            if name in known or path.name in PASSED_OVER or path.name.endswith(".egg-info"):
                continue
            folder = path.is_dir() and not path.is_symlink()
            if folder and name in folders:
                ahead.append(path)
            else:
                found.append(name + "/" * folder)
    return found
