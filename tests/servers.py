"""The servers that the tests run against, and how each is started."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redis import RedisError

from helpers.connection import connect
from helpers.guard.places import binary as embedded_binary

DEBIAN_REDIS = Path("/usr/bin/redis-server")
"""Debian 12's own package: Redis 7.0, the oldest server that the course supports."""

REMOVER = 'trap "" INT HUP; cat >/dev/null; for try in 1 2 3 4 5; do rm -rf "$0" && exit; sleep 0.2; done'
"""Waits until standard input ends, which it also does when pytest is killed; then removes the directory."""


@dataclass(frozen=True)
class Server:
    """One server under test: `name` as it stands in the test's ID, and either how to get its URL or why it is absent."""

    name: str
    url: Callable[[], str]
    absent: str = ""


def scratch_directory() -> Path:
    """Make a directory that is gone after this process, kill -9 included. Its name is short, for a socket's path."""
    directory = tempfile.mkdtemp(prefix="t-")
    remover = ["sh", "-c", REMOVER, directory]
    _removers.append(subprocess.Popen(remover, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True))
    return Path(directory)


_removers: list[subprocess.Popen] = []
"""Kept so that their standard inputs stay open for as long as this process lives."""


def name_of(binary: str | Path) -> str:
    """Return "redis-7.0.15" or "valkey-9.1.2", from the binary's own `--version`."""
    text = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout
    product, version = re.match(r"(\w+) server v=([\d.]+)", text).groups()
    return f"{product.lower()}-{version}"


def servers(embedded: Callable[[], str], debian: Callable[[], str]) -> list[Server]:
    """List the servers under test: the embedded one, Debian's Redis 7.0, and the one that the environment names."""
    found = [Server(name_of(embedded_binary()), embedded)]
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
