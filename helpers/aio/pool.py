"""A pool with as many connections as said, and turns for all that want one."""

import asyncio

import redis


class FairPool(redis.asyncio.ConnectionPool):
    """Opens at most `max_connections`; whoever comes when all are taken gets the first that is
    free, after those that came before.

    redis-py's BlockingConnectionPool gives it to whoever asks at that moment, so consumers that
    read again and again keep a producer out forever (measured). Raises redis.ConnectionError after
    `patience` seconds.
    """

    def __init__(self, *, max_connections: int, patience: float, **settings):
        super().__init__(max_connections=max_connections, **settings)
        self._turns, self._patience = asyncio.Semaphore(max_connections), patience
        self._taken: set[redis.asyncio.Connection] = set()

    async def get_connection(self) -> redis.asyncio.Connection:
        """Wait for a turn, and return a connection that is open."""
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            raise redis.ConnectionError(
                f"All {self.max_connections} connections were in use for {self._patience:g} s: "
                "allow more, with connections=, or shorten block_ms."
            ) from None
        try:
            connection = await super().get_connection()
            self._taken.add(connection)
        except BaseException:
            self._turns.release()
            raise
        return connection

    async def release(self, connection: redis.asyncio.Connection) -> None:
        """Give a connection back."""
        try:
            await super().release(connection)
        finally:
            if connection in self._taken:
                self._taken.discard(connection)
                self._turns.release()
