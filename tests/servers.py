"""The servers that the tests run against, and how each is started."""

import atexit
import os
import re
import socket
import subprocess
import tempfile
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redis import RedisError

from helpers.connection import connect
from helpers.guard import places

DEBIAN_REDIS = Path("/usr/bin/redis-server")
"""Debian 12's own package: Redis 7.0, the oldest server that the course supports."""

NESTED = 91
"""Bytes of a socket's path below the scratch directory: in pytest's folder for a test."""

REMOVER = 'trap "" INT HUP; read -r word && tries=1 || tries="1 2 3 4 5 6"; for try in $tries; do rm -rf "$0"; sleep 0.3; done'
"""Removes the directory when it is told to, or when our end of the pipe closes because pytest was killed.

In the second case it does so again and again: kernels notice within a second that they are alone, and write until then.
"""


@dataclass(frozen=True)
class Server:
    """One server under test: `name` as it stands in the test's ID, and either how to get its URL or why it is absent."""

    name: str
    url: Callable[[], str]
    absent: str = ""


def listens(url: str) -> bool:
    """Whether somebody listens there: Jupyter prints its address a moment before it does."""
    place = urllib.parse.urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((place.hostname, place.port)) == 0


def scratch_directory() -> Path:
    """Make a directory that is gone after this process, kill -9 included. Its path is short, for a socket's."""
    directory = tempfile.mkdtemp(prefix="t-", dir=places.short(NESTED))
    remover = subprocess.Popen(["sh", "-c", REMOVER, directory], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    atexit.register(remover.communicate, b"now\n")
    return Path(directory)


def name_of(binary: str | Path) -> str:
    """Return "redis-7.0.15" or "valkey-9.1.2", from the binary's own `--version`."""
    text = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    product, version = re.match(r"(\w+) server v=([\d.]+)", text).groups()
    return f"{product.lower()}-{version}"


def servers(embedded: Callable[[], str], debian: Callable[[], str]) -> list[Server]:
    """List the servers under test: the embedded one, Debian's Redis 7.0, and the one that the environment names."""
    found = [Server(name_of(places.binary()), embedded)]
    if DEBIAN_REDIS.exists():
        found.append(Server(name_of(DEBIAN_REDIS), debian))
    else:
        reason = f"{DEBIAN_REDIS} is not installed; `apt-get install redis-server` runs these tests on Redis 7.0, too."
        found.append(Server("redis-7.0", debian, reason))
    if environment_names_one():
        found.append(_named_by_environment())
    return found


def environment_names_one() -> bool:
    """Tell whether REDIS_URL or REDIS_HOST asks for a server; then notebooks run against that one."""
    return bool(os.environ.get("REDIS_URL") or os.environ.get("REDIS_HOST"))


def _named_by_environment() -> Server:
    """The server that was asked for: its tests fail, and are not skipped, when it does not answer."""
    url = os.environ.get("REDIS_URL") or f"redis://{os.environ['REDIS_HOST']}:{os.environ.get('REDIS_PORT') or 6379}"
    try:
        with connect() as r:
            info = r.info("server")
    except (RedisError, ValueError, OSError):
        return Server("named-by-environment", lambda: url)
    product = "valkey" if info.get("server_name") == "valkey" else "redis"
    return Server(f"{product}-{info.get('valkey_version', info['redis_version'])}-named-by-environment", lambda: url)
