"""Run the tests, notebooks included: all of them with --all, else those of a few minutes. Further
arguments go to pytest (-k connect, -x, notebooks/01_connect.ipynb, …)."""

import os
import sys

from helpers.setup import jupyter_home
from helpers.setup.environment import ROOT


def main(argv: list[str]) -> int:
    """Run pytest --nbval at the top of the checkout and return its exit status."""
    jupyter_home.settle()
    keep_bytecode()
    os.chdir(ROOT)
    import pytest

    return int(pytest.main(["--nbval", *argv]))


def keep_bytecode() -> None:
    """Let Python keep what it compiles: hundreds of processes would each do it again."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
