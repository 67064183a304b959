"""Rewrite docs/measurements.md from files that `bench --json` and `campaign --json` printed:
measurements FILE..."""

import sys
from pathlib import Path

from helpers import options
from helpers.handout.measurements import take
from helpers.setup.environment import ROOT


def main(argv: list[str]) -> int:
    """Take the files' figures into the page; 2 for a file that neither command wrote."""
    parser = options.parser("measurements", __doc__)
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="none: only the page")
    try:
        take(ROOT, parser.parse_args(argv).files)
    except ValueError as error:
        print(f"Nothing is changed: {error}.", file=sys.stderr)
        return 2
    return 0
