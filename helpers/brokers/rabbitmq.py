"""RabbitMQ: a queue, which gives each value to one reader."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from helpers.brokers.server import program
from helpers.servers.ports import HOST

DEBIAN = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
"""Debian's script in /usr/sbin insists on root or rabbitmq; this one runs for any user."""

START = """
"$0" & # It would start epmd itself, and leave it behind
exec "$1"
"""


class RabbitMQ:
    """A client, and how to start its server."""

    name, ports, needs = "RabbitMQ queue", 3, "pika and Debian's rabbitmq-server"

    @staticmethod
    def command(directory: str, port: int, nodes: int, names: int) -> list[str] | None:
        """Return the command that starts the server, None if something is missing."""
        epmd = program("epmd", "pika")
        if not (epmd and DEBIAN.exists() and find_spec("pika")):
            return None
        settings = {
            "RUNNING_UNDER_SYSTEMD": 1,  # The script becomes the server instead of waiting for it
            "HOME": directory,
            "ERL_EPMD_ADDRESS": HOST,
            "ERL_EPMD_PORT": names,
            "RABBITMQ_NODENAME": f"course{port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": HOST,
            "RABBITMQ_NODE_PORT": port,
            "RABBITMQ_DIST_PORT": nodes,
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": directory,
            "RABBITMQ_LOG_BASE": directory,
        }
        nothing = ("CONFIG_FILE", "CONF_ENV_FILE", "ENABLED_PLUGINS_FILE")
        settings |= {f"RABBITMQ_{name}": f"{directory}/none" for name in nothing}
        words = [f"{name}={value}" for name, value in settings.items()]
        return ["env", *words, "sh", "-c", START, epmd, str(DEBIAN)]

    def __init__(self, port: int):
        self._port, self._connections = port, []
        self._channel = self._connect()
        self._channel.confirm_delivery()

    def _connect(self):
        import pika

        connection = pika.BlockingConnection(pika.ConnectionParameters(HOST, self._port))
        self._connections.append(connection)
        return connection.channel()

    def create(self, topic: str) -> None:
        """Make a queue."""
        self._channel.queue_declare(topic, durable=True)

    def send(self, topic: str, values: Iterable[str]) -> None:
        """Store values; the server has confirmed them when this returns."""
        for value in values:
            self._channel.basic_publish("", topic, value.encode())

    def readers(self, topic: str, group: str, count: int) -> list[Callable[..., list[str]]]:
        """Return functions that each take values as one reader; a queue has no groups."""
        return [self._reader(topic) for _ in range(count)]

    def _reader(self, topic: str) -> Callable[..., list[str]]:
        channel = self._connect()

        def take(most: int, finish: bool = True) -> list[str]:
            answers = [channel.basic_get(topic) for _ in range(most)]
            for method, _, _ in answers if finish else ():
                if method:
                    channel.basic_ack(method.delivery_tag)
            return [body.decode() for method, _, body in answers if method]

        return take

    def close(self) -> None:
        """Close the connections."""
        for connection in self._connections:
            connection.close()
