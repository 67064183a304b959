"""A client of redis.asyncio: made as connect() makes one, and used by code that doesn't await."""

import asyncio
from collections.abc import Iterable

import redis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.aio.bridge import Bridged, wait_for
from helpers.aio.pool import FairPool
from helpers.arguments import check_whole
from helpers.connection import TIMEOUT, find
from helpers.connection.client import TEXT
from helpers.connection.packer import Packer


async def connect(
    url: str | None = None, *, timeout: float = TIMEOUT, connections: int = 10
) -> redis.asyncio.Redis:
    """Return a client of redis.asyncio, for the server that `helpers.connection.connect` would
    choose, with the same settings, and the same errors where there is none.

    It never opens more than `connections` (each consumer and producer at work takes one, for as
    long as a command waits). A later one waits for a free connection, in turn, for at most
    `timeout` seconds.
    """
    check_whole(connections=connections)
    address = await asyncio.to_thread(find, url, timeout)  # It may start a server
    if address.cluster:
        raise ValueError(
            f"{address.origin} asks for a cluster, for which helpers.aio has no client: use "
            "connect() of helpers.connection."
        )
    pool = FairPool.from_url(
        address.url,
        max_connections=connections,
        patience=timeout,
        **TEXT,
        socket_timeout=timeout,
        socket_connect_timeout=min(timeout, TIMEOUT),
        retry=AsyncRetry(NoBackoff(), 0),
    )
    return redis.asyncio.Redis.from_pool(pool)


def bridged(r: redis.asyncio.Redis) -> redis.Redis:
    """Return a client for code that `run` calls: its commands go out over `r`'s connections.

    Raises TypeError unless `r` is a client of redis.asyncio.
    """
    if not isinstance(r, redis.asyncio.Redis) or hasattr(r, "command_stack"):
        kind = r if isinstance(r, type) else type(r)
        raise TypeError(
            f"r must be a client of redis.asyncio that aio.connect() returned, not {kind.__name__}."
        )
    return redis.Redis(connection_pool=_Pool(r.connection_pool))


class _Pool(Bridged):
    """Stands for a pool of connections, each of which is bridged while it is out."""

    def get_connection(self) -> "_Connection":
        """Take a connection."""
        return _Connection(wait_for(self.inner.get_connection()))

    def release(self, connection: "_Connection") -> None:
        """Give it back."""
        wait_for(self.inner.release(connection.inner))


class _Connection(Bridged):
    """Stands for a connection: it packs commands as connect()'s clients do, because asyncio's own
    packer is in Python, and no command is ever retried silently."""

    packer, retry = Packer(), Retry(NoBackoff(), 0)

    def send_command(self, *words: object, **_: object) -> None:
        """Send one command."""
        self.send_packed_command(self.packer.pack(*words))

    def send_packed_command(self, packed: list[bytes], **_: object) -> None:
        """Send commands that are packed."""
        wait_for(self._sent(packed))

    async def _sent(self, packed: list[bytes]) -> None:
        """Send, and notice a cancellation that Python 3.11's asyncio.wait_for swallows when it
        comes as the sending ends; redis-py calls it."""
        task = asyncio.current_task()
        told = task.cancelling()
        await self.inner.send_packed_command(packed)
        if task.cancelling() > told:
            await self.inner.disconnect(nowait=True)  # Nobody reads the reply
            raise asyncio.CancelledError

    def pack_commands(self, commands: Iterable[Iterable]) -> list[bytes]:
        """Return several commands as they are sent."""
        return [part for command in commands for part in self.packer.pack(*command)]
