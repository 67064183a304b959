"""Make .venv with all that requirements.txt names; every other command does this first.

Standard library only: it runs before anything is installed, also where pip and ensurepip are missing.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from helpers.commands import _debian_pip

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "redis-streams-course"  # as in pyproject.toml
UNFINISHED = "unfinished"
ADVICE = (
    "Check the network (HTTPS_PROXY names a proxy, PIP_INDEX_URL another package index), then run the same command"
    " again: it goes on where it stopped."
)
NO_PIP = "Install python3-venv (or python3-pip), or uv, then run the same command again."


def main(argv: list[str]) -> int:
    """Make the environment, or say that it stands."""
    print(f"The environment stands: {ensure()}")
    return 0


def ensure(root: Path = ROOT) -> str:
    """Return the Python that has all of requirements.txt: this one, or that of .venv, made or mended if need be."""
    if not inside(root) and not missing(root):
        return sys.executable
    if not stands(root):
        try:
            with lock(root):
                if not stands(root):
                    prepare(root)
        except OSError as error:
            sys.exit(f"The environment {root / '.venv'} can't be made: {error}.")
    return sys.executable if inside(root) else python(root)


def inside(root: Path) -> bool:
    """Tell whether this process runs in the checkout's .venv."""
    return Path(sys.prefix).resolve() == (root / ".venv").resolve()


def missing(root: Path = ROOT) -> list[str]:
    """List what this Python lacks of requirements.txt: packages in another version, the helpers of this checkout."""
    pins = re.findall(r"^([\w-]+)==([^\s;#]+)", (root / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    lacking = [f"{name} {pin}" for name, pin in pins if version(name) != pin]
    return lacking if helpers_are_of(root) else [*lacking, "the helpers of this checkout"]


def version(name: str) -> str | None:
    """Return the version of an installed package, or None."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(name)
    return None


def helpers_are_of(root: Path) -> bool:
    """Tell whether notebooks of any folder would import this checkout's helpers."""
    try:
        origin = json.loads(metadata.distribution(PROJECT).read_text("direct_url.json") or "{}").get("url", "")
    except metadata.PackageNotFoundError:
        return False
    return Path(urllib.request.url2pathname(urllib.parse.urlsplit(origin).path)).resolve() == root


def python(root: Path) -> str:
    """Return the path of .venv's Python."""
    return str(root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


def stamp(root: Path) -> Path:
    """Return the file that says what .venv was made from; it is written last."""
    return root / ".venv" / "made-from"


def wanted(root: Path) -> str:
    """Return the stamp of an environment that fits this Python, this folder and both files of requirements."""
    about = os.fsencode(f"{sys.version_info[:2]} {sys.base_prefix} {root}")
    files = [(root / name).read_bytes() for name in ("requirements.txt", "helpers/constraints.txt")]
    return hashlib.sha256(b"\0".join([about, *files])).hexdigest()


def stamped(root: Path) -> str:
    """Return what the stamp says, or nothing."""
    return stamp(root).read_text("utf-8") if stamp(root).exists() else ""


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
    folder = os.open(root, os.O_RDONLY)  # the checkout itself, so no lock file is left behind
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another command is preparing the environment; this one waits for it.")
            fcntl.flock(folder, fcntl.LOCK_EX)
        os.set_inheritable(folder, True)  # an installer that outlives us keeps the lock
        yield
    finally:
        os.close(folder)


def prepare(root: Path) -> None:
    """Make .venv, unless it needs only other packages, and install them."""
    say(f"Preparing {root / '.venv'}: about a minute, once.")
    if not (inside(root) or usable(root)):
        shutil.rmtree(root / ".venv", ignore_errors=True)
        (root / ".venv").mkdir(exist_ok=True)
        stamp(root).write_text(UNFINISHED)
        venv.EnvBuilder(symlinks=os.name != "nt").create(root / ".venv")
    stamp(root).write_text(UNFINISHED)
    install(root)
    stamp(root).write_text(wanted(root))


def usable(root: Path) -> bool:
    """Tell whether .venv is one of this Python, and no half-made one: that is made anew, from pip's or uv's cache."""
    if stamped(root) == UNFINISHED or not Path(python(root)).exists():
        return False
    ask = "import sys; print(sys.version_info[:2], sys.base_prefix)"
    answer = subprocess.run([python(root), "-c", ask], check=False, capture_output=True, text=True)
    return answer.stdout.strip() == f"{sys.version_info[:2]} {sys.base_prefix}"


def install(root: Path) -> None:
    """Install requirements.txt by uv when there is one, else, or when uv fails, by pip."""
    what = [*([] if sys.stderr.isatty() else ["-qq"]), "-r", "requirements.txt"]  # -qq: nothing but errors
    uv = shutil.which("uv")
    if uv and succeeds([uv, "pip", "install", "--python", python(root), "--compile-bytecode", *what], root):
        return
    if not succeeds([python(root), "-c", "import pip"], root, stderr=subprocess.DEVNULL):
        add_pip(root)
    if not succeeds([python(root), "-m", "pip", "install", "--no-input", *what], root):
        sys.exit(f"The packages can't be installed, see above. {ADVICE}")


def succeeds(command: list[str], root: Path, **streams: int) -> bool:
    """Run a program at the root to its end and tell whether all went well."""
    env = os.environ | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(command, check=False, cwd=root, env=env, close_fds=False, **streams).returncode == 0


def add_pip(root: Path) -> None:
    """Put pip into .venv: the one that comes with Python, or by this Python's own, or, on a bare Debian, Debian's."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if succeeds([python(root), "-m", "ensurepip", "--default-pip"], root, **quiet):
        return
    if succeeds([sys.executable, "-m", "pip", "--python", python(root), "install", "pip"], root, **quiet):
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = _debian_pip.unpack(Path(folder))
        except OSError as error:
            sys.exit(f"This Python comes without pip, and Debian's can't be had: {error}. {NO_PIP}")
        if not succeeds([python(root), f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)], root):
            sys.exit(f"pip can't be installed, see above. {NO_PIP}")


def say(text: str) -> None:
    """Print a line of progress, kept out of what a command prints for other programs."""
    print(text, file=sys.stderr, flush=True)
