"""The servers that the tests run against, and how each is started."""

import atexit
import functools
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redis import RedisError

from helpers.connection import connect
from helpers.servers.guard import paths
from helpers.servers.own import name_of

DEBIAN_REDIS = Path("/usr/bin/redis-server")
"""Debian's own package. Debian 12's is Redis 7.0, the oldest server that the course supports;
Debian 13's is Redis 8.0."""

FURTHER = "COURSE_SERVERS"
"""An environment variable: the programs of further servers, separated as in PATH. Each gets the
same tests as Debian's.

COURSE_SERVERS=/opt/redis-8.2/redis-server python3 -m helpers test --all
"""

NESTED = 91
"""Bytes of a socket's path below the scratch directory: in pytest's folder for a test."""

REMOVER = (
    'trap "" INT HUP; read -r word && tries=1 || tries="1 2 3 4 5 6"; for try in $tries; do rm '
    '-rf "$0"; sleep 0.3; done'
)
"""Removes the directory when told to, or when our end of the pipe closes because pytest was killed.

In the second case, it does so repeatedly: kernels notice within a second that they are alone, and
keep writing until then.
"""


@dataclass(frozen=True)
class Server:
    """One server under test: its `name` in the test's ID, and either how to get its URL or why it
    is absent.

    `program` starts another one of the same kind, which a test may ruin; "" for a server that isn't
    ours.
    """

    name: str
    url: Callable[[], str]
    program: str = ""
    absent: str = ""


def listens(url: str) -> bool:
    """Tell whether somebody listens there: Jupyter prints its address a moment before it does."""
    place = urllib.parse.urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((place.hostname, place.port)) == 0


def scratch_directory() -> Path:
    """Make a directory that disappears with this process, even after kill -9. Its path is short
    enough for a socket's."""
    directory = tempfile.mkdtemp(prefix="t-", dir=paths.short(NESTED))
    remover = subprocess.Popen(
        ["sh", "-c", REMOVER, directory],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    atexit.register(remover.communicate, b"now\n")
    return Path(directory)


def further() -> list[str]:
    """Return the absolute paths of the programs that COURSE_SERVERS lists."""
    listed = filter(None, os.environ.get(FURTHER, "").split(os.pathsep))
    return [os.path.abspath(shutil.which(program) or program) for program in listed]


def programs() -> list[str]:
    """List the server programs available besides the embedded one: Debian's, and those in
    COURSE_SERVERS."""
    debian = [str(DEBIAN_REDIS)] if DEBIAN_REDIS.exists() else []
    return list(dict.fromkeys(debian + further()))


def servers(embedded: Callable[[], str], start: Callable[[str], str]) -> list[Server]:
    """List the servers under test; `embedded` and `start`, which takes a program, return the URL of
    a running one.

    They are the embedded one, Debian's, those in COURSE_SERVERS, and the one that REDIS_URL or
    REDIS_HOST names.
    """
    found = [Server(name_of(paths.binary()), embedded, paths.binary())]
    found += [
        Server(name_of(program), functools.partial(start, program), program)
        for program in programs()
    ]
    if not DEBIAN_REDIS.exists():
        reason = (
            f"Debian's redis-server isn't installed ({DEBIAN_REDIS}); `apt-get install "
            "redis-server` adds these tests."
        )
        found.append(Server("redis-of-debian", str, absent=reason))
    if environment_names_one():
        found.append(_named_by_environment())
    return found


def environment_names_one() -> bool:
    """Tell whether REDIS_URL or REDIS_HOST names a server; then notebooks run on that one."""
    return bool(os.environ.get("REDIS_URL") or os.environ.get("REDIS_HOST"))


def _named_by_environment() -> Server:
    """The requested server: if it doesn't answer, its tests fail rather than being skipped."""
    url = (
        os.environ.get("REDIS_URL")
        or f"redis://{os.environ['REDIS_HOST']}:{os.environ.get('REDIS_PORT') or 6379}"
    )
    try:
        with connect() as r:
            info = r.info("server")
    except (RedisError, ValueError, OSError):
        return Server("named-by-environment", lambda: url)
    product = "valkey" if info.get("server_name") == "valkey" else "redis"
    return Server(
        f"{product}-{info.get('valkey_version', info['redis_version'])}-named-by-environment",
        lambda: url,
    )
