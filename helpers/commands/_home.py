"""Where Jupyter, IPython and matplotlib keep their files while a command runs: in the environment, not in the home."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path


def settle() -> Path:
    """Point Jupyter, IPython, matplotlib and PATH at this environment; return the folder of their files.

    What the user has set is left as it is. Call it before any of them is imported; kernels inherit it.
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
        os.environ.setdefault(name, str(place))
    programs = str(Path(sys.executable).parent)
    if programs not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = programs + os.pathsep + os.environ.get("PATH", os.defpath)
    return home


def folder() -> Path:
    """Return a folder in this virtual environment or, where there is none to write to (Docker), a temporary one."""
    if sys.prefix != sys.base_prefix and os.access(sys.prefix, os.W_OK):
        return Path(sys.prefix) / "jupyter"
    temporary = tempfile.mkdtemp(prefix="redis-streams-course-")
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)
    return Path(temporary)
