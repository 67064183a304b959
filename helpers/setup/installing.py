"""Install requirements.txt into .venv by uv or pip, and look; standard library only.

It runs before anything is installed, also where pip and ensurepip are missing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from helpers.setup import debian_pip, packages, surroundings

PIP_ADVICE = (
    "Check the network (HTTPS_PROXY names a proxy, PIP_INDEX_URL another package index) and the "
    "room on the disk, then run the same command again: it continues where it stopped."
)
NO_PIP = "Install python3-venv (or python3-pip), or uv, then run the same command again."
ELSEWHERE = (
    "`pip config list` shows the settings that may send packages elsewhere (prefix, target, root, "
    "dry-run): remove them, then run the same command again."
)


def install(root: Path, python: str) -> None:
    """Install requirements.txt by uv when there is one, else, or when uv fails, by pip.

    Returns once this Python has and can import all of it; ends the program with a sentence if there
    is no way to that.
    """
    quiet = ["-qq"] * (not sys.stderr.isatty())  # Nothing but errors
    what = [*quiet, "-r", "requirements.txt"]
    by_uv = [shutil.which("uv"), "pip", "install", "--python", python, "--compile-bytecode", *what]
    if by_uv[0] and succeeds(by_uv, root) and not wrong(root, python):
        return
    if not has_pip(root, python):
        add_pip(root, python)
    if not succeeds([python, "-m", "pip", "install", "--no-input", *what], root):
        offline = ""
        if os.environ.get("PIP_NO_INDEX"):
            offline = " PIP_NO_INDEX is set, so pip asks no package index."
        sys.exit(f"The packages can't be installed: see above.{offline} {PIP_ADVICE}")
    if found := wrong(root, python):
        what = f"The packages were installed, but not as they should be in {root / '.venv'}"
        sys.exit(f"{what}: {found}. {ELSEWHERE}")


def wrong(root: Path, python: str) -> str:
    """Say what of requirements.txt this Python lacks or can't import; "" if all is well."""
    styles = root / ".venv" / "jupyter" / "matplotlib"
    env = surroundings.of_installers() | {"MPLCONFIGDIR": str(styles)}
    command, text = (
        [python, packages.__file__, str(root)],
        {"encoding": "utf-8", "errors": "replace"},
    )
    done = subprocess.run(command, check=False, cwd=root, env=env, capture_output=True, **text)
    if done.returncode == 0:
        return "; ".join(done.stdout.split("\n")).strip("; ")
    last = done.stderr.strip().rpartition("\n")[2]
    return last.strip("; ") or f"it ends with status {done.returncode}"


def succeeds(command: list[str], root: Path, *, config: str | None = None, **streams: int) -> bool:
    """Run a program at the root; tell whether all went well. `config` is pip's only settings."""
    env = surroundings.of_installers()
    if config:
        env["PIP_CONFIG_FILE"] = config
    done = subprocess.run(command, check=False, cwd=root, env=env, close_fds=False, **streams)
    return done.returncode == 0


def has_pip(root: Path, python: str) -> bool:
    """Tell whether this Python has pip: what reports success may have put it elsewhere."""
    return succeeds([python, "-c", "import pip"], root, stderr=subprocess.DEVNULL)


def add_pip(root: Path, python: str) -> None:
    """Put pip into .venv: Python's own, or by this Python's pip, or, on a bare Debian, Debian's."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if succeeds([python, "-m", "ensurepip", "--default-pip"], root, **quiet):
        return
    if succeeds(
        [sys.executable, "-m", "pip", "--python", python, "install", "pip"], root, **quiet
    ) and has_pip(root, python):
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            wheel = debian_pip.unpack(Path(folder))
        except OSError as error:
            sys.exit(f"This Python comes without pip, and Debian's can't be had: {error}. {NO_PIP}")
        command = [python, f"{wheel}/pip", "install", "--quiet", "--no-index", str(wheel)]
        # No setting may send pip itself elsewhere
        if not succeeds(command, root, config=os.devnull):
            sys.exit(f"pip can't be installed: see above. {NO_PIP}")
