"""Producer and Consumer for asyncio: the same rules as the ones that run in threads, the same code.

client     connect() for redis.asyncio          producer, consumer   what a program uses
bridge     how code that waits lets the event loop go on             worker   a task for a thread
signals    one SIGTERM ends all that run        pool      turns for connections
"""

from helpers.aio.client import connect
from helpers.aio.consumer import Consumer
from helpers.aio.producer import Producer

__all__ = ["Consumer", "Producer", "connect"]
