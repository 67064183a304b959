"""Run every test, notebooks included; further arguments go to pytest (-k connect, -x, notebooks/01_connect.ipynb, …)."""

import os

from helpers.commands import _home
from helpers.commands.bootstrap import ROOT


def main(argv: list[str]) -> int:
    """Run pytest --nbval at the top of the checkout and return its exit status."""
    _home.settle()
    os.chdir(ROOT)
    import pytest

    return int(pytest.main(["--nbval", *argv]))
