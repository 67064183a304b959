"""Make .venv with all that requirements.txt names; every other command does this first.

Standard library only: it runs before anything is installed.
"""

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

from helpers.setup import packages
from helpers.setup.installing import install

ROOT = Path(__file__).resolve().parents[2]
A_PLACE = "The course needs a folder that you can write in, with a gigabyte of room."


def ensure(root: Path = ROOT) -> str:
    """Return the Python that has all of requirements.txt: this one, or that of .venv.

    Ends the program with a sentence where that can't be.
    """
    if not inside(root) and not missing(root):
        return sys.executable
    if not stands(root):
        try:
            refuse(root)
            with lock(root):
                if not stands(root):
                    prepare(root)
        except ValueError as error:
            sys.exit(f"The environment {root / '.venv'} can't be made: {error}.")
        except OSError as error:
            sys.exit(f"The environment {root / '.venv'} can't be made: {error}. {A_PLACE}")
    return sys.executable if inside(root) else python(root)


def refuse(root: Path) -> None:
    """Raise ValueError where it wouldn't work, or would take another checkout's away."""
    if os.pathsep in str(root):
        why = f"its path has a {os.pathsep!r}, which separates folders in PATH"
        raise ValueError(f"{why}; move the course to a folder without one")
    if any("\ud800" <= c <= "\udfff" for c in str(root)):  # Surrogates stand for other bytes
        raise ValueError("its path isn't UTF-8; move the course to a folder whose name is")
    if owner := shared_with(root):
        why = f"it is a link to the environment of {owner}, which would lose its helpers"
        raise ValueError(f"{why}; remove the link {root / '.venv'}")


def shared_with(root: Path) -> str:
    """Return the other checkout whose environment .venv is, by a link; "" if there is none."""
    owner = stamped(root).get("checkout", "")
    if (root / ".venv").resolve() == root.resolve() / ".venv" or owner == str(root):
        return ""
    return owner * Path(owner).exists()


def inside(root: Path) -> bool:
    """Tell whether this process runs in the checkout's .venv."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def missing(root: Path = ROOT) -> list[str]:
    """List what this Python lacks of requirements.txt."""
    return packages.missing(root)


def python(root: Path) -> str:
    """Return the path of .venv's Python."""
    return str(root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def stamp(root: Path) -> Path:
    """Return the file that says what .venv was made from; it is written last."""
    return root / ".venv" / "made-from"


def wanted(root: Path) -> dict[str, str]:
    """Return the stamp of an environment that fits Python, folder and requirements."""
    files = [(root / name).read_bytes() for name in ("requirements.txt", "helpers/constraints.txt")]
    return {
        "python": this_python(),
        "checkout": str(root),
        "requirements": hashlib.sha256(b"\0".join(files)).hexdigest(),
    }


def this_python() -> str:
    """Name this Python as an environment made from it does."""
    return f"{sys.version_info[:2]} {sys.base_prefix}"


def stamped(root: Path) -> dict[str, str]:
    """Return what the stamp says: nothing where there is none or it can't be read."""
    try:
        found = json.loads(stamp(root).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_stamp(root: Path, words: dict[str, str]) -> None:
    """Write the stamp."""
    stamp(root).write_text(json.dumps(words, indent=1), "utf-8")


def stands(root: Path) -> bool:
    """Tell whether .venv is complete and fits."""
    parts = (Path(python(root)), root / ".venv" / "pyvenv.cfg")
    return stamped(root) == wanted(root) and all(part.exists() for part in parts)


@contextlib.contextmanager
def lock(root: Path) -> Iterator[None]:
    """Let one process at a time prepare the environment; a killed one lets go by itself."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    folder = os.open(root, os.O_RDONLY)  # The checkout itself, so no lock file is left behind
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is preparing the environment; this one waits for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        os.set_inheritable(folder, True)  # An installer that outlives us keeps the lock
        yield
    finally:
        os.close(folder)


def prepare(root: Path) -> None:
    """Make .venv, unless it needs only other packages, and install them."""
    say(f"Preparing {root / '.venv'}: about a minute, once.")
    if not (inside(root) or usable(root)):
        # What a link leads to: it may be there for want of room here
        place = (root / ".venv").resolve()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(exist_ok=True)
        venv.EnvBuilder(symlinks=os.name != "nt").create(place)
    write_stamp(root, {"checkout": str(root), "python": "unfinished"})
    install(root, python(root))
    write_stamp(root, wanted(root))


def usable(root: Path) -> bool:
    """Tell whether .venv is one of this Python, made here: else it is made again, from a cache.

    One without a stamp is the learner's own, and is used.
    """
    made, here = stamped(root), [this_python(), str(root)]
    if stamp(root).exists() and [made.get("python"), made.get("checkout")] != here:
        return False
    ask = "import sys; print(sys.version_info[:2], sys.base_prefix)"
    command, text = [python(root), "-I", "-c", ask], {"encoding": "utf-8", "errors": "replace"}
    try:
        answer = subprocess.run(command, check=False, capture_output=True, **text)
    except OSError:
        return False
    return answer.stdout.strip() == this_python()


def say(text: str) -> None:
    """Print a line of progress, kept out of what a command prints for other programs."""
    print(text, file=sys.stderr, flush=True)
