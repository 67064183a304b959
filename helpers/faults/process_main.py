"""What a helpers.faults.Process runs: one task, until its owner is gone."""

import ctypes
import json
import os
import signal
import sys
import threading
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Do the task, with a separate client."""
    if sys.platform == "linux":  # While it is frozen it can't notice that its owner is gone
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_owner, daemon=True).start()
    sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)
    from helpers.connection import connect
    from helpers.faults.crashes import OWN_NUMBER

    os.environ[OWN_NUMBER] = str(os.getpid())
    names: dict[str, object] = {"__name__": "helpers.faults.task"}
    exec(compile(task["source"], "<the process>", "exec"), names)
    with connect(task["url"]) as r:
        names[task["function"]](r, *task["args"])


def _end_with_owner() -> None:
    """Nothing more is ever sent: this read ends when the owner closes its end, or is gone."""
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
