"""The list of the files that the course ships, for a copy without Git, such as an unpacked ZIP."""

import hashlib
from pathlib import Path

from helpers.handout.git import ask, names

LIST = "helpers/handout/shipped.txt"
"""Names each file, and has a digest of each notebook."""


def listing(root: Path) -> str:
    """Return the list as it should be: what Git tracks."""
    tracked = names(ask(root, "ls-files", "-z"))
    return as_list({n: (root / n).read_bytes() for n in tracked if (root / n).is_file()})


def as_list(files: dict[str, bytes]) -> str:
    """Return the list of these files."""
    marks = {name: digest(files[name]) if name.endswith(".ipynb") else "-" for name in files}
    return "".join(f"{marks[name]} {name}\n" for name in sorted(files))


def digest(content: bytes) -> str:
    """Return a digest that tells whether a file was changed."""
    return hashlib.sha256(content).hexdigest()[:16]


def listed(root: Path) -> dict[str, bytes]:
    """Read the listed files; a missing one stays missing.

    Raises RuntimeError with one sentence if there is no list, or if a notebook differs from it.
    """
    if not (root / LIST).is_file():
        why = f"Neither Git nor {LIST} tells what the course ships"
        raise RuntimeError(f"{why}: get the course again")
    lines = (root / LIST).read_text("utf-8").splitlines()
    wanted = {name: mark for mark, name in (line.split(" ", 1) for line in lines)}
    present = [n for n in wanted if (root / n).is_file() and not (root / n).is_symlink()]
    files = {name: (root / name).read_bytes() for name in present}
    if changed := [name for name in files if wanted[name] not in ("-", digest(files[name]))]:
        raise RuntimeError(
            f"{', '.join(changed)}: changed since the course was shipped, so it may "
            "hold a solution; unpack the course again and hand out from there, "
            "or commit what you changed to Git"
        )
    return files
