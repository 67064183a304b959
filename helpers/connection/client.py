"""The one place where a client is built: which server, which time-outs, and clear words when it
doesn't work."""

import re
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.arguments import check_client, check_whole
from helpers.connection import addresses, evidence, refusals, tracebacks
from helpers.connection.addresses import Address
from helpers.connection.cluster import ClusterClient, Pool
from helpers.connection.noting import NotingClient
from helpers.connection.packer import Packer
from helpers.replies import to_dict
from helpers.servers import shared

TIMEOUT = 5.0
"""Seconds that one reply may take; redis-py's own default since 8.0. A BLOCK must stay below it,
see arguments.LATE_MS."""

PROBE = 1.2
"""Seconds for the first connection and again for the first reply, so that a wrong address is
refused in under three."""

MOST_SECONDS = 86_400.0
"""The longest time-out, a day: with a longer one, the system may fail, and only at the first
command."""

TEXT = {"decode_responses": True, "legacy_responses": False, "driver_info": redis.DriverInfo()}
"""Replies are text, in one shape. For each connection redis-py would read its own version from
disk, which takes longer than connecting (2 ms, measured)."""

OLDEST = (7, 0)
"""The oldest supported server: 6.2 leaves trimmed entries pending forever and reports no lag
(measured)."""


NO_CLUSTER = "this server belongs to no cluster: leave out cluster=true."

A_NODE = (
    "this is a node of a cluster, and answers MOVED for most keys: add ?cluster=true for a client "
    "of the whole cluster. The lessons need one server, and lesson 14 starts its own cluster."
)


class CannotConnect(redis.ConnectionError):
    """No usable server at the address that was asked for; the text says what was tried and what to
    do."""


def connect(
    url: str | None = None, *, timeout: float = TIMEOUT, retries: int = 0
) -> redis.Redis | ClusterClient:
    """Return a client: for `url`, else REDIS_URL, else REDIS_HOST with REDIS_PORT, else the
    embedded server.

    The requested server is used or refused, never replaced. Replies are text in one shape, and no
    command is ever retried silently. `timeout` is in seconds, at most a day, and every BLOCK must
    be shorter. `retries` shows the damage that silent retries do: redis-py's own default is 10.
    "?cluster=true" after the URL of any node gives a client of the whole cluster, which follows
    slots that move. Raises ValueError for a wrong address or time-out, CannotConnect if no
    supported server answers there.
    """
    check_whole(0, retries=retries)
    address = find(url, timeout)
    timeouts = {"socket_timeout": timeout, "socket_connect_timeout": min(timeout, TIMEOUT)}
    if address.cluster:
        settings = TEXT | {"retry": Retry(NoBackoff(), retries), "connection_pool_class": Pool}
        return ClusterClient.from_url(address.url, **settings, **timeouts)
    # In a kernel it notes what a learner sends, so that a check can say what went wrong
    kind = NotingClient if evidence.kept() else redis.Redis
    return _client(address, retries, kind, **timeouts)


def find(url: str | None, timeout: float) -> Address:
    """Return the address that connect() would use, once a supported server has answered there;
    raises as connect() does."""
    tracebacks.shorten()
    evidence.follow()
    if (
        isinstance(timeout, bool)
        or not isinstance(timeout, (int, float))
        or not 0 < timeout <= MOST_SECONDS
    ):
        raise ValueError(
            f"timeout must be a number of seconds above 0, at most {MOST_SECONDS:.0f}, not "
            f"{timeout!r}."
        )
    address = addresses.choose(url) or Address(
        "unix://" + quote(shared.embedded()), "the embedded server"
    )
    _probe(address)
    return address


def _client(
    address: Address, retries: int = 0, kind: type[redis.Redis] = redis.Redis, **timeouts: float
) -> redis.Redis:
    return kind.from_pool(
        redis.ConnectionPool.from_url(
            address.url,
            **TEXT,
            command_packer=Packer(),
            retry=Retry(NoBackoff(), retries),
            **timeouts,
        )
    )


def _probe(address: Address) -> None:
    try:
        with _client(address, socket_timeout=PROBE, socket_connect_timeout=PROBE) as r:
            r.ping()
            info = _info(r)
    except (redis.RedisError, OSError) as error:
        databases = _databases(address) if refusals.names_a_database(error) else 0
        said = refusals.sentence(error, address.shown, address.url, databases)
        raise CannotConnect(f"{address.origin}: {said}") from None
    modes = info.get("redis_mode"), info.get("server_mode")
    if "sentinel" in modes:
        raise CannotConnect(
            f"{address.origin}: this is a Sentinel, which stores nothing: use the address of "
            "a server that it watches."
        )
    if info and address.cluster != ("cluster" in modes):
        raise CannotConnect(f"{address.origin}: {NO_CLUSTER if address.cluster else A_NODE}")
    if (version := _version(info)) < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise CannotConnect(
            f"{address.origin}: this is Redis {'.'.join(map(str, version))}, but the "
            f"course needs {needed} or newer."
        )


def _databases(address: Address) -> int:
    """Ask how many databases there are, in database 0, which every server has; 0 if the server
    won't say."""
    try:
        with _client(address, socket_timeout=PROBE, socket_connect_timeout=PROBE) as r:
            r.connection_pool.connection_kwargs["db"] = 0
            return int(r.config_get("databases")["databases"])
    except (redis.RedisError, OSError, KeyError):
        return 0


def _info(r: redis.Redis) -> dict:
    """Return INFO server, or the part of it that HELLO says to every user; {} if both are
    refused."""
    try:
        # As bytes, because it names files, whose names may be any bytes.
        return r.execute_command("INFO", "server", NEVER_DECODE=True)
    except redis.exceptions.NoPermissionError:
        pass
    except redis.ResponseError as error:
        if "unknown command" not in str(error):
            raise
    try:
        hello = to_dict(r.execute_command("HELLO", NEVER_DECODE=True))
    except redis.ResponseError:
        return {}
    server_name, version, mode = (hello[name].decode() for name in ("server", "version", "mode"))
    return {
        "server_name": server_name,
        "redis_version": version,
        "valkey_version": version,
        "redis_mode": mode,
    }


def _version(info: dict) -> tuple[int, ...]:
    return tuple(
        int(part) for part in re.findall(r"\d+", str(info.get("redis_version", "7.0")))[:3]
    )


def describe(r: redis.Redis) -> str:
    """Name the server and its version, such as "Valkey 9.1.2"; Valkey calls itself Redis 7.2.4 in
    `redis_version`."""
    check_client(r, pipeline=False)
    info = _info(r)
    if info.get("server_name") == "valkey":
        return f"Valkey {info['valkey_version']}"
    return (
        f"Redis {info['redis_version']}" if info else "a Redis whose version this user may not see"
    )
