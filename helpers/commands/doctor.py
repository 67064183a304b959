"""Say which Python and which server are used, why, and what to do about anything missing; a URL may be given."""

import shutil
import sys

import redis

from helpers import addresses
from helpers.commands import bootstrap
from helpers.connection import can, connect, describe

NEEDS = (
    ("06", "CLAIM", "XREADGROUP with CLAIM (Redis 8.4)"),
    ("06", "XNACK", "XNACK (Redis 8.8)"),
    ("08", "IDMP", "XADD with IDMP (Redis 8.6)"),
    ("09", "KEEPREF", "KEEPREF and ACKED (Redis 8.2)"),
)
"""What parts of some lessons ask of the server; without it these parts say so, and the rest of the lesson runs."""


def main(argv: list[str]) -> int:
    """Print what was found; return 1 if something keeps the course from running."""
    lacking = bootstrap.missing()
    line("Python", f"{sys.version.split()[0]} in {sys.prefix}")
    if lacking:
        line("Packages", f"missing: {', '.join(lacking)}. Delete .venv, then run this again.")
    else:
        line("Packages", "as in requirements.txt")
    answers = server(*argv[:1])
    more = "and the redis-server installed here" if shutil.which("redis-server") else "alone; Debian's redis-server would add Redis 7.0"
    line("Tests", f"use the embedded server {more}")
    return 0 if answers and not lacking else 1


def line(subject: str, text: str) -> None:
    """Print one finding."""
    print(f"{subject:<10}{text}", flush=True)


def server(url: str | None = None) -> bool:
    """Say which server is used, why, and which lessons want more of it; tell whether it answers."""
    try:
        with connect(url) as r:
            line("Server", f"{describe(r)}, {reason(url)}")
            line("Lessons", lessons(r))
    except (ValueError, RuntimeError, OSError, redis.RedisError) as error:
        line("Server", f"none. {error}")
        return False
    return True


def reason(url: str | None) -> str:
    """Say why it is this server, without its password."""
    address = addresses.choose(url)
    if address is None:
        return "the embedded one, because neither REDIS_URL nor REDIS_HOST is set"
    return f"at {address.shown}, because of {address.origin if url is None else 'the address given here'}"


def lessons(r: redis.Redis) -> str:
    """Say which lessons run on this server, and which parts need a newer one."""
    here = sorted(p.stem[:2] for p in (bootstrap.ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    newer = [f"{n} shows {what} only on a newer server" for n, feature, what in NEEDS if n in here and not can(r, feature)]
    if not here:
        return "there are none in notebooks/: get a fresh copy of the course."
    return "; ".join([f"{here[0]} to {here[-1]} run on it", *newer])
