"""Which processes still live, seen from a test that waits for their end."""

import contextlib
from collections.abc import Iterable

import psutil


def living(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    """Those that haven't ended; one whose end nobody has taken note of has ended, too, and so has
    one that ends while it is looked at."""
    found = []
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def command_line(process: psutil.Process) -> str:
    """A process's words; "" for one that ends while it is looked at."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return " ".join(process.cmdline())
    return ""
