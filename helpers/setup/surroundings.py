"""Which variables are kept away from the course's programs, pip and uv; standard library only."""

import codecs
import locale
import os
import sys

UNWANTED = (
    # Another Python, other modules, or code of the user's that runs first, also in kernels
    "PYTHONHOME PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH PYTHONSTARTUP PYTHONINSPECT",
    # Docstrings and assert statements that are gone, warnings that raise, output of no cell
    "PYTHONOPTIMIZE PYTHONWARNINGS PYTHONDEVMODE PYTHONASYNCIODEBUG PYTHONTRACEMALLOC",
    "PYTHONINTMAXSTRDIGITS PYTHONVERBOSE PYTHONDEBUG PYTHONMALLOCSTATS PYTHONPROFILEIMPORTTIME",
    "PYTHONDUMPREFS",
    # Text that can't be printed
    "PYTHONIOENCODING PYTHONLEGACYWINDOWSSTDIO",
    # A window system, or a style, instead of the pictures that belong in a notebook
    "MPLBACKEND MATPLOTLIBRC",
    # Plugins of pytest that aren't in requirements.txt, or none at all
    "PYTEST_PLUGINS PYTEST_DISABLE_PLUGIN_AUTOLOAD",
)
DISTURBING = " ".join(UNWANTED).split()
"""Variables each of which can break a lesson, a test or the set-up."""

SETTINGS_OF_BOTH = """
TARGET PREFIX ROOT SRC USER SYSTEM_PYTHON PYTHON PYTHON_VERSION PYTHON_PLATFORM PLATFORM ABI
IMPLEMENTATION DRY_RUN REPORT NO_DEPS REQUIRE_VIRTUALENV REQUIRE_HASHES CONSTRAINT BUILD_CONSTRAINT
OVERRIDE REQUIREMENT EDITABLE GROUP NO_BUILD NO_BINARY NO_BUILD_ISOLATION EXCLUDE EXCLUDE_NEWER
RESOLUTION PRERELEASE WORKING_DIR PROJECT
"""
MISLEADING = [f"{tool}_{option}" for tool in ("PIP", "UV") for option in SETTINGS_OF_BOTH.split()]
"""Settings of pip and uv that install something else, or elsewhere; the index stays theirs."""


def disturbing() -> list[str]:
    """Name the variables that are set here and that the course's programs don't get."""
    return [name for name in DISTURBING if os.environ.get(name)]


def suits() -> bool:
    """Tell whether this process is undisturbed, and able to print and read any text."""
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
    """Return the environment in which pip and uv install what requirements.txt names."""
    here = {name: value for name, value in calm().items() if name not in MISLEADING}
    return here | {"PIP_USER": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def sentence() -> str:
    """Say what the course runs without, "" if that is nothing."""
    if not (names := disturbing()):
        return ""
    listed = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    return f"The course runs without your {listed}, which could break it."


def print_anything() -> None:
    r"""Let this process print any text: what the encoding lacks by its number, such as \xf6."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
