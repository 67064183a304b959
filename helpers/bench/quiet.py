"""Keep other libraries' output off the screen and out of the JSON: it goes to a log."""

import contextlib
import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def log_for_peers() -> Iterator[Path]:
    """Yield the path of a new log; at the end, name it, or remove it if it's empty."""
    descriptor, name = tempfile.mkstemp(prefix="redis-streams-bench-", suffix=".log")
    os.close(descriptor)
    log = Path(name)
    try:
        yield log
    finally:
        if log.stat().st_size:
            what = "What other libraries printed while they were measured"
            print(f"{what} is in {log}.", file=sys.stderr)
        else:
            log.unlink()


@contextlib.contextmanager
def printing_into(log: Path) -> Iterator[None]:
    """Append everything this process prints, its C libraries included, to the log."""
    kept = [(number, os.dup(number)) for number in (1, 2)]
    _flush()
    try:
        with open(log, "ab") as file:
            for number, _ in kept:
                os.dup2(file.fileno(), number)
        yield
        gc.collect()  # Asyncio complains about a task that was never awaited when it is collected
    finally:
        _flush()
        for number, copy in kept:
            os.dup2(copy, number)
            os.close(copy)


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()
