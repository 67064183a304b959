"""Where Jupyter, IPython and matplotlib keep files: in the environment, not in the home."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from helpers.setup.environment import say


def settle() -> Path:
    """Point Jupyter, IPython, matplotlib and PATH at this environment; return their folder.

    What the user has set is left as it is if it can be written. Call it before any of them is
    imported; kernels inherit it.
    """
    home = folder()
    home.mkdir(exist_ok=True)
    places = {
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "IPYTHONDIR": home / "ipython",
        "MPLCONFIGDIR": home / "matplotlib",
    }
    for name, place in places.items():
        os.environ[name] = str(chosen(name, place))
    put_first("PATH", Path(sys.executable).parent)
    # Its kernel python3 is this Python; another's may not be
    put_first("JUPYTER_PATH", Path(sys.prefix) / "share" / "jupyter")
    name_this_environment()
    return home


def chosen(name: str, ours: Path) -> Path:
    """Return the user's place if it can be written, else ours; say so when theirs can't be."""
    theirs = os.environ.get(name)
    if theirs and can_be_written(Path(theirs)):
        return Path(theirs)
    if theirs:
        say(f"{name} is {theirs}, where nothing can be written: {ours} is used instead.")
    return ours


def can_be_written(place: Path) -> bool:
    """Make a folder if need be; tell whether files can be made in it."""
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(place, os.W_OK | os.X_OK)


def put_first(name: str, place: Path) -> None:
    """Put a folder first in a list of them, such as PATH, unless it is there."""
    default = {"PATH": os.defpath}.get(name, "")
    listed = [each for each in os.environ.get(name, default).split(os.pathsep) if each]
    if str(place) not in listed:
        os.environ[name] = os.pathsep.join([str(place), *listed])


def name_this_environment() -> None:
    """Name this one in VIRTUAL_ENV: IPython would put another's packages before ours."""
    os.environ.pop("VIRTUAL_ENV", None)
    if sys.prefix != sys.base_prefix:
        os.environ["VIRTUAL_ENV"] = sys.prefix


def folder() -> Path:
    """Return a folder in this environment or, where it is read-only (Docker), a temporary one."""
    if sys.prefix != sys.base_prefix and os.access(sys.prefix, os.W_OK):
        return Path(sys.prefix) / "jupyter"
    temporary = tempfile.mkdtemp(prefix="redis-streams-course-")
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return Path(temporary)
