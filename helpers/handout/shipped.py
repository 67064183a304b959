"""What the course ships, as it ships it, whatever else lies in the working copy: the files of the last commit, or of a list."""

import hashlib
import io
import os
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

LIST = "helpers/handout/shipped.txt"
"""Names each file of the course, and has a digest of each notebook, for a copy without Git, such as an unpacked ZIP."""

PASSED_OVER = (".git", ".venv", "__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".ruff_cache", ".hypothesis")
"""What Git, the environment and caches keep beside the course; nobody misses it in a copy."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """The files by path with their content, which of them are programs, and where they are from; what else lies there is left out.

    `beside` is not part of the course, `changed` has changes that weren't committed, and `links` may lead out of the course.
    """

    files: dict[str, bytes]
    programs: frozenset[str]
    origin: str
    beside: list[str]
    changed: list[str]
    links: list[str]


def shipped(root: Path) -> Shipped:
    """Read what the course ships: from the last commit or, where Git knows nothing about `root`, by the list.

    Raises RuntimeError with a sentence if neither tells, or if a notebook isn't as the list says.
    """
    tracked = _git(root, "ls-files", "--", LIST)
    if tracked.returncode and (root / ".git").exists():
        raise RuntimeError(f"Git can't tell what belongs to the course ({tracked.stderr.decode(errors='replace').strip()}): repair that")
    commit = _git(root, "archive", "--format=tar", "HEAD") if tracked.stdout else tracked
    if commit.returncode or not tracked.stdout:
        return _listed(root)
    files, programs, links = {}, set(), []
    with tarfile.open(fileobj=io.BytesIO(commit.stdout)) as archive:
        for member in archive:
            if member.isreg():
                files[member.name] = archive.extractfile(member).read()
                programs |= {member.name} if member.mode & 0o100 else set()
            elif not member.isdir():
                links.append(member.name)
    return Shipped(files, frozenset(programs), "the last commit", _beside(root, files, links), _changed(root, files), links)


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Ask Git about the folder `root`, whatever repository a hook's environment names; a Git that is missing fails like others."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        return subprocess.run(["git", "-C", str(root), *arguments], env=env, capture_output=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(arguments, 127, b"", str(error).encode())


def _changed(root: Path, files: dict[str, bytes]) -> list[str]:
    """Name the files that differ from the commit, by Git's own comparison: it knows about line ends and filters."""
    names = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD").stdout.split(b"\0")
    return [name for name in map(os.fsdecode, names) if name in files]


def _listed(root: Path) -> Shipped:
    """Read the files that the list names; one that is missing stays missing."""
    if not (root / LIST).is_file():
        raise RuntimeError(f"Neither Git nor {LIST} tells what belongs to the course: get the course anew")
    wanted = dict(line.split(" ", 1)[::-1] for line in (root / LIST).read_text("utf-8").splitlines())
    found = {name: root / name for name in wanted if (root / name).is_file() and not (root / name).is_symlink()}
    files = {name: path.read_bytes() for name, path in found.items()}
    if changed := [name for name, content in files.items() if wanted[name] not in ("-", digest(content))]:
        raise RuntimeError(f"{', '.join(changed)}: changed since the course was shipped, so a solution may be in there; "
                           "unpack the course anew and hand out from there, or commit what you changed to Git")
    programs = frozenset(name for name, path in found.items() if os.access(path, os.X_OK))
    return Shipped(files, programs, f"the list in {LIST}", _beside(root, files, []), [], [])


def listing(root: Path) -> str:
    """Return the list as it should be: what Git tracks, with the notebooks' digests."""
    names = sorted(filter(None, map(os.fsdecode, _git(root, "ls-files", "-z").stdout.split(b"\0"))))
    return as_list({name: (root / name).read_bytes() for name in names if (root / name).is_file()})


def as_list(files: dict[str, bytes]) -> str:
    """Return the list of these files."""
    return "".join(f"{digest(content) if name.endswith('.ipynb') else '-'} {name}\n" for name, content in sorted(files.items()))


def digest(content: bytes) -> str:
    """Return what tells whether a file was changed."""
    return hashlib.sha256(content).hexdigest()[:16]


def _beside(root: Path, files: dict[str, bytes], links: list[str]) -> list[str]:
    """Name what lies in the working copy and isn't shipped: a folder that has nothing of the course by itself alone."""
    folders = {parent.as_posix() for name in files for parent in Path(name).parents}
    found, ahead = [], [root]
    while ahead:
        for path in sorted(ahead.pop().iterdir()):
            name = path.relative_to(root).as_posix()
            if path.name in PASSED_OVER or path.name.endswith(".egg-info") or name in files or name in links:
                continue
            folder = path.is_dir() and not path.is_symlink()
            if folder and name in folders:
                ahead.append(path)
            else:
                found.append(name + "/" * folder)
    return found
