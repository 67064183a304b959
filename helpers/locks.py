"""A lock that one process holds at a time."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def alone_in(folder: Path, busy: str) -> Iterator[None]:
    """Keep other commands out of a folder; raises RuntimeError with the sentence `busy` if one is
    in it. A killed command releases the folder, too."""
    handle = os.open(folder, os.O_RDONLY)  # The folder itself, so no lock file is left behind
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RuntimeError(busy) from None
        except OSError:
            pass  # A network file system without locks
        yield
    finally:
        os.close(handle)
