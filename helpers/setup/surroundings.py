"""Which variables of the environment are kept away from the course's programs, and from pip and uv;
standard library only."""

import codecs
import locale
import os
import sys

DISTURBING = (
    # Another Python, other modules (an older redis, another `helpers`), or code of the user's that
    # runs first, also in kernels
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONPLATLIBDIR",
    "PYTHONSAFEPATH",
    "PYTHONSTARTUP",
    "PYTHONINSPECT",
    # Docstrings and assert statements that are gone, warnings that raise, output that no cell of a
    # lesson prints
    "PYTHONOPTIMIZE",
    "PYTHONWARNINGS",
    "PYTHONDEVMODE",
    "PYTHONASYNCIODEBUG",
    "PYTHONTRACEMALLOC",
    "PYTHONINTMAXSTRDIGITS",
    "PYTHONVERBOSE",
    "PYTHONDEBUG",
    "PYTHONMALLOCSTATS",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONDUMPREFS",
    # Text that can't be printed
    "PYTHONIOENCODING",
    "PYTHONLEGACYWINDOWSSTDIO",
    # A window system, or a style, instead of the pictures that belong in a notebook
    "MPLBACKEND",
    "MATPLOTLIBRC",
    # Plugins of pytest that aren't in requirements.txt, or none at all
    "PYTEST_PLUGINS",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
)
"""Variables without which the course runs, as each of them can break a lesson, a test or the
set-up."""

MISLEADING = [
    f"{tool}_{option}"
    for tool in ("PIP", "UV")
    for option in (
        "TARGET",
        "PREFIX",
        "ROOT",
        "SRC",
        "USER",
        "SYSTEM_PYTHON",
        "PYTHON",
        "PYTHON_VERSION",
        "PYTHON_PLATFORM",
        "PLATFORM",
        "ABI",
        "IMPLEMENTATION",
        "DRY_RUN",
        "REPORT",
        "NO_DEPS",
        "REQUIRE_VIRTUALENV",
        "REQUIRE_HASHES",
        "CONSTRAINT",
        "BUILD_CONSTRAINT",
        "OVERRIDE",
        "REQUIREMENT",
        "EDITABLE",
        "GROUP",
        "NO_BUILD",
        "NO_BINARY",
        "NO_BUILD_ISOLATION",
        "EXCLUDE",
        "EXCLUDE_NEWER",
        "RESOLUTION",
        "PRERELEASE",
        "WORKING_DIR",
        "PROJECT",
    )
]
"""Settings of pip and uv that install something else, or elsewhere; what says where packages come
from stays."""


def disturbing() -> list[str]:
    """Name the variables that are set here and that the course's programs don't get."""
    return [name for name in DISTURBING if os.environ.get(name)]


def suits() -> bool:
    """Tell whether this process runs as the course's programs do: undisturbed, and able to print
    and read any text."""
    return (
        not disturbing()
        and not sys.flags.optimize
        and codecs.lookup(locale.getpreferredencoding(False)).name == "utf-8"
    )


def calm() -> dict[str, str]:
    """Return the environment of the course's programs."""
    return {name: value for name, value in os.environ.items() if name not in DISTURBING} | {
        "PYTHONUTF8": "1"
    }


def of_installers() -> dict[str, str]:
    """Return the environment in which pip and uv install into .venv what requirements.txt names,
    whatever their settings say."""
    here = {name: value for name, value in calm().items() if name not in MISLEADING}
    return here | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def sentence() -> str:
    """Say what the course runs without, "" if that is nothing."""
    *names, last = disturbing() or [""]
    listed = f"{', '.join(names)} and {last}" if names else last
    return f"The course runs without your {listed}, which could break it." if last else ""


def print_anything() -> None:
    """Let this process print any text: what the terminal's encoding lacks is shown by its number,
    such as \\xf6."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
