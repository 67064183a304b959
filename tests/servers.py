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

from helpers.connection import connect
from helpers.server import binary as embedded_binary
from helpers.waiting import wait_until

DEBIAN_REDIS = Path("/usr/bin/redis-server")
"""Debian 12's own package: Redis 7.0, the oldest server that the course supports."""

GUARD = """
trap "" INT HUP
directory=$1; shift
[ $# = 0 ] || { "$@" >/dev/null & }
cat >/dev/null
[ $# = 0 ] || kill -9 $!
tries=0; until rm -rf "$directory" 2>/dev/null || [ $tries = 30 ]; do tries=$((tries + 1)); sleep 0.1; done
"""
"""Runs a command until standard input ends, which it also does when pytest is killed; then removes the directory."""


@dataclass(frozen=True)
class Server:
    """One server under test: `name` as it stands in the test's ID, and either how to get its URL or why it is absent."""

    name: str
    url: Callable[[], str]
    absent: str = ""


@dataclass(frozen=True)
class Guard:
    """The process that clears up after us."""

    process: subprocess.Popen

    def stop(self) -> None:
        """Stop the command, if there is one, and wait until the directory is gone."""
        self.process.stdin.close()
        self.process.wait(10)


def start_guard(directory: str | Path, *command: str | Path) -> Guard:
    """Run `command`, if any, until stop() or the end of this process; then remove `directory`."""
    arguments = ["sh", "-c", GUARD, "guard", directory, *command]
    return Guard(subprocess.Popen(arguments, stdin=subprocess.PIPE, start_new_session=True))


def start_guarded(binary: str | Path, scratch: Path) -> tuple[str, Guard]:
    """Start a server of our own on a Unix socket in a new directory; return its URL and its guard."""
    directory = tempfile.mkdtemp(prefix="r-", dir=scratch)
    socket = f"{directory}/s"
    options = ["--port", "0", "--unixsocket", socket, "--dir", directory, "--save", "", "--maxmemory", "256mb"]
    guard = start_guard(directory, binary, *options)
    wait_until(lambda: _answers(socket), 10, f"{binary} to answer on {socket}")
    return "unix://" + quote(socket), guard


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


def _answers(socket: str) -> bool:
    try:
        with Redis(unix_socket_path=socket) as r:
            return r.ping()
    except RedisError:
        return False
