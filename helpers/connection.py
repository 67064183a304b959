"""The one place where a client is built: which server, which time-outs, and clear words when it doesn't work."""

import math
from urllib.parse import quote

import hiredis
import redis
from redis.backoff import NoBackoff
from redis.connection import HiredisRespSerializer
from redis.retry import Retry

from helpers import addresses, refusals, server
from helpers.addresses import Address

TIMEOUT = 5.0
"""Seconds that one reply may take; redis-py's own default since 8.0. A BLOCK must stay below it, see arguments.LATE_MS."""

PROBE = 1.2
"""Seconds for the first connection and again for the first reply, so that a wrong address is refused in under three."""

OLDEST = (7, 0)
"""The oldest supported server: 6.2 leaves trimmed entries pending for ever and reports no lag (measured)."""


class CannotConnect(redis.ConnectionError):
    """No usable server at the address that was asked for; the text says what was tried and what to do."""


def connect(url: str | None = None, *, timeout: float = TIMEOUT, retries: int = 0) -> redis.Redis:
    """Return a client: for `url`, else REDIS_URL, else REDIS_HOST with REDIS_PORT, else the embedded server.

    What was asked for is used or refused, never replaced. Replies are text in one shape; no command is ever retried
    silently; `timeout` is in seconds, must be finite, and every BLOCK must be shorter.
    `retries` is for showing the damage that silent repetition does: redis-py's own default is 10.
    Raises ValueError for a wrong address or time-out, CannotConnect if no supported server answers there.
    """
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)) or not 0 < timeout < math.inf:
        raise ValueError(f"timeout must be a number of seconds above 0, not {timeout!r}.")
    address = addresses.choose(url) or Address("unix://" + quote(server.embedded()), "the embedded server")
    _probe(address)
    return _client(address, retries, socket_timeout=timeout, socket_connect_timeout=min(timeout, TIMEOUT))


class _Packer(HiredisRespSerializer):
    """Packs commands as redis-py does, but without a look at each argument, which for long commands takes as long as all the rest."""

    def pack(self, *args: object) -> list[bytes]:
        """Return a command as it is sent; raises redis.DataError for what can't be."""
        try:
            return [hiredis.pack_command((*args[0].encode().split(), *args[1:]))]
        except (TypeError, AttributeError):  # what only that look makes right: a bytearray, say
            return super().pack(*args)


def _client(address: Address, retries: int = 0, **timeouts: float) -> redis.Redis:
    return redis.Redis.from_pool(redis.ConnectionPool.from_url(
        address.url, decode_responses=True, legacy_responses=False, command_packer=_Packer(), retry=Retry(NoBackoff(), retries),
        **timeouts))


def _probe(address: Address) -> None:
    try:
        with _client(address, socket_timeout=PROBE, socket_connect_timeout=PROBE) as r:
            r.ping()
            version = _version(r)
    except (ValueError, TypeError, FileNotFoundError):
        raise ValueError(f"{address.origin} has an option that can't be used: check what follows the question mark.") from None
    except (redis.RedisError, OSError) as error:
        raise CannotConnect(f"{address.origin}: {refusals.sentence(error, address.shown, address.url)}") from None
    if version < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise CannotConnect(f"{address.origin}: this is Redis {'.'.join(map(str, version))}, but the course needs {needed} or newer.")


def _info(r: redis.Redis) -> dict:
    try:
        return r.info("server")
    except redis.ResponseError as error:
        if isinstance(error, redis.exceptions.NoPermissionError) or "unknown command" in str(error):
            return {}  # a class server may forbid or rename INFO: then its teacher vouches for the version
        raise


def _version(r: redis.Redis) -> tuple[int, ...]:
    return tuple(int(part) for part in str(_info(r).get("redis_version", "7.0")).split(".")[:3])


def describe(r: redis.Redis) -> str:
    """Name the server and its version, such as "Valkey 9.1.2"; Valkey calls itself Redis 7.2.4 in `redis_version`."""
    info = _info(r)
    if info.get("server_name") == "valkey":
        return f"Valkey {info['valkey_version']}"
    return f"Redis {info['redis_version']}" if info else "a Redis whose version this user may not see"


TRIALS = {
    "CLAIM": ("XREADGROUP", "GROUP", "g", "c", "CLAIM", "0", "STREAMS", "{key}", ">"),
    "IDMP": ("XADD", "{key}", "NOMKSTREAM", "IDMP", "p", "i", "*", "f", "v"),
    "KEEPREF": ("XTRIM", "{key}", "MAXLEN", "0", "KEEPREF"),
}
"""Options that COMMAND INFO doesn't list: each is tried on a key that doesn't exist, which changes nothing."""


def can(r: redis.Redis, feature: str) -> bool:
    """Tell whether the server knows a command ("XNACK") or an option ("CLAIM", "IDMP", "KEEPREF"), by asking it.

    Version numbers are no guide: older servers answer new options with misleading errors (measured).
    """
    if feature not in TRIALS:
        return any(r.execute_command("COMMAND INFO", feature))
    try:
        r.execute_command(*(part.replace("{key}", "helpers:no-such-stream") for part in TRIALS[feature]))
    except redis.ResponseError as error:
        return str(error).startswith("NOGROUP")
    return True
