"""Run a broker until its owner is gone: keeper.py DIRECTORY PROGRAM ARGUMENT ..."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(directory: str, *command: str) -> None:
    """Run a program in its directory until it ends, or until its owner closes standard input."""
    signal.signal(signal.SIGCHLD, lambda *_: sys.exit(1))
    with open(os.path.join(directory, "log"), "wb") as log:
        program = subprocess.Popen(
            command,
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_become_a_group,
        )
    try:
        os.read(0, 1)
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
        shutil.rmtree(directory, ignore_errors=True)


def _become_a_group() -> None:
    """Put the program and its children in one process group; Linux signals it if the keeper
    dies."""
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
