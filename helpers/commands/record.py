"""Run notebooks in a clean kernel and store their outputs (record 02 04; without a number: all),
before each commit. What is made from them is renewed: the stages of their solutions, the teacher's
page, and the list of what the course ships."""

import os
import sys

from helpers.checks.marks import PROGRESS_VARIABLE
from helpers.handout.recording import record
from helpers.handout.renewal import renew
from helpers.setup import jupyter_home
from helpers.setup.environment import ROOT


def main(argv: list[str]) -> int:
    """Record the notebooks whose numbers are given; a notebook that fails is left as it was."""
    # Whatever a profile of the author's own does at a kernel's start
    os.environ["IPYTHONDIR"] = str(jupyter_home.settle() / "ipython")
    # As for somebody who has only begun
    os.environ[PROGRESS_VARIABLE] = os.path.join(os.devnull, "nothing")
    lessons = sorted((ROOT / "notebooks").glob("*.ipynb"))
    wanted = [path for path in lessons if path.name.startswith(tuple(argv or [""]))]
    unknown = [n for n in argv if not any(path.name.startswith(n) for path in lessons)]
    if unknown or not wanted:
        numbers = ", ".join(unknown) or "a number"
        print(f"No notebook in notebooks/ begins with {numbers}.", file=sys.stderr)
        return 2
    status = max(map(record, wanted))
    renew(ROOT)
    return status
