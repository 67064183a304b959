"""The embedded server: one Valkey for all kernels of this user and checkout, on a Unix socket.

A user is one of the operating system, and of JupyterHub if it gives several people the same one.

A guard (see helpers.servers.guard) runs it while anybody holds a lease.
"""

import atexit
import contextlib
import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from helpers.servers.guard import paths
from helpers.servers.guard.lease import ask, start_guard
from helpers.servers.guard.paths import binary

with contextlib.suppress(ImportError):
    import fcntl  # Windows has no such module, and gets no further than binary().

CHECKOUT = Path(__file__).resolve().parents[2]

# By process: a forked child takes a lease of its own.
_leases: dict[int, tuple[socket.socket, Path]] = {}
_mutex = threading.Lock()


def embedded() -> str:
    """Return the path of the embedded server's socket; start it if necessary, and hold a lease.

    Raises RuntimeError, in one sentence, where there can be no such server.
    """
    with _mutex:
        lease, directory = _leases.pop(os.getpid(), (None, None))
        if lease is None or not (directory / "guard.sock").exists() or not ask(lease, _request()):
            if lease is not None:
                lease.close()
            lease, directory = _take_lease(binary(), runtime_directory())
            # Keeps the socket open until the process ends, even if %autoreload runs this module
            # anew.
            atexit.register(lease.close)
        _leases[os.getpid()] = lease, directory
        return str(directory / "server.sock")


def runtime_directory() -> Path:
    """Return where the embedded server of this user and this checkout lives while it runs."""
    user = os.environ.get("JUPYTERHUB_USER", "")
    whose = b"\0".join(map(os.fsencode, filter(None, (CHECKOUT, user))))
    name = hashlib.sha256(whose).hexdigest()[:10]
    return paths.meeting_place() / f"redis-streams-{os.getuid()}-{name}"


def _renew_mutex() -> None:
    """Give a forked child a mutex that no thread of its parent holds."""
    global _mutex
    _mutex = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_mutex)


def _request() -> str:
    """Ask for a server that also waits for the Lab, pytest or editor that started this kernel.

    So the data survive a Restart of the only kernel.
    Only a parent that still is one counts: the number of one that is gone may mean any process.
    """
    parent = str(os.getppid())
    return f"start {parent}" if os.environ.get("JPY_PARENT_PID") == parent else "start"


def _take_lease(program: str, directory: Path) -> tuple[socket.socket, Path]:
    """Connect to the guard, after starting it if there is none.

    The first attempt needs no lock, so a process that is frozen meanwhile keeps nobody waiting.
    """
    with contextlib.suppress(FileNotFoundError):
        paths.make_private(directory)
    if lease := _accepted(_connect(directory)):
        return lease, directory
    for _ in range(5):  # A guard that is just ending closes the connection; the next one stays.
        with _locked(directory):
            if lease := _accepted(_connect(directory) or _start_shared_guard(program, directory)):
                return lease, directory
    raise RuntimeError(f"The embedded server's guard ends at once; {directory}/log says why.")


def _accepted(lease: socket.socket | None) -> socket.socket | None:
    """Ask for the server; None if there is no guard, or if it is just ending."""
    if lease and not ask(lease, _request()):
        lease.close()
        return None
    return lease


def _connect(directory: Path) -> socket.socket | None:
    """Connect to the guard's socket; None if nobody listens."""
    lease = socket.socket(socket.AF_UNIX)
    try:
        lease.connect(str(directory / "guard.sock"))
    except OSError:
        lease.close()
        return None
    return lease


def _start_shared_guard(program: str, directory: Path) -> socket.socket:
    """Start a guard on a socket that listens already, so that nobody waits for it."""
    (directory / "guard.sock").unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(directory / "guard.sock"))
        listener.listen(128)
        start_guard("shared", listener, directory, program)
        return _connect(directory)


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Hold the lock that makes newcomers and an ending guard take turns."""
    with _take_lock(directory) as lock:
        try:
            yield
        finally:
            # Closing would not do if another thread has forked meanwhile.
            fcntl.flock(lock, fcntl.LOCK_UN)


def _take_lock(directory: Path) -> TextIO:
    """Wait for the lock; begin again if a guard that ended has removed this directory."""
    while True:
        if not directory.parent.is_dir():
            raise RuntimeError(
                f"{directory.parent} is gone, so there is no place for the server: set "
                "REDIS_STREAMS_DIR to a directory that exists."
            )
        with contextlib.suppress(FileNotFoundError), contextlib.ExitStack() as undo:
            paths.make_private(directory)
            lock = undo.enter_context(open(directory / "lock", "a"))
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(lock.fileno()), os.stat(directory / "lock")):
                undo.pop_all()
                return lock
