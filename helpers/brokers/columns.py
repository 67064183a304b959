"""The reactions of brokers to ten values and the faults of lesson 16: measured here, or stored."""

import contextlib
import importlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from helpers.brokers.jetstream import JetStream
from helpers.brokers.kafka_protocol import KafkaProtocol
from helpers.brokers.rabbitmq import RabbitMQ
from helpers.brokers.server import running
from helpers.faults import Process, crash
from helpers.waiting import wait_until

READ_SECONDS = 30.0
"""Seconds that readers may take to get their values; three if one of them crashed."""

FAULTS = ("late reader", "crash", "two readers", "read again")

DAY = "2026-11-27"
"""When `measure` returned the values that are stored here, on Debian 12."""

EARLIER = {
    JetStream: ("nats-server 2.15.1", ("10", "10", "5 + 5", "10")),
    RabbitMQ: ("RabbitMQ 3.10.8", ("10", "10", "5 + 5", "0")),
    KafkaProtocol: ("Tansu 0.6.0", ("10", "10", "0 + 10", "10")),
}
"""The server, and what it did with each of FAULTS."""

TEN, LAST_WORD = [str(n) for n in range(10)], ["end"]
"""The values that are sent, and the end mark after them, so that no reader has to guess."""


@dataclass(frozen=True)
class Column:
    """One broker's reaction to each fault; `origin` says when, and whether that was expected."""

    name: str
    values: dict[str, str]
    origin: str


def columns() -> list[Column]:
    """Measure all installed brokers at once; look up the others."""
    with ThreadPoolExecutor(len(EARLIER)) as threads:  # Jupyter's own thread has an event loop
        return list(threads.map(column, EARLIER))


def column(broker: type) -> Column:
    """Measure a broker; look it up if it isn't installed, or if measuring fails."""
    server, stored = EARLIER[broker]
    values = dict(zip(FAULTS, stored, strict=True))
    earlier = f"measured on {DAY}, with {server}"
    if not broker.command("", *range(broker.ports)):
        return Column(
            broker.name, values, f"{earlier}; here, {broker.needs} aren't both installed."
        )
    try:
        here = measure(broker)
    except Exception as error:  # Any exception that a client raises
        failed = f"can't be measured here ({type(error).__name__}: {error})"
        return Column(broker.name, values, f"{failed}; {earlier}.")
    different = {fault: value for fault, value in here.items() if value != values[fault]}
    origin = (
        f"DIFFERENT here, {different}, from what was {earlier}." if different else "measured here."
    )
    return Column(broker.name, here, origin)


def measure(broker: type) -> dict[str, str]:
    """Start a broker, and return its reaction to each fault."""
    with running(broker) as port, contextlib.closing(broker(port)) as client:
        for topic in ("late", "crash", "two"):
            client.create(topic)
        found = (_late_reader(client), _crash(client, port), *_two_readers(client))
    return dict(zip(FAULTS, found, strict=True))


def _late_reader(client) -> str:
    client.send("late", TEN)
    return str(_received(client.readers("late", "team", 1), TEN)[0])


def _crash(client, port: int) -> str:
    client.send("crash", TEN[:1])
    broker = type(client)
    with Process(hold_one, broker.__module__, broker.__name__, port) as alice:
        alice.wait(2 * READ_SECONDS)
    client.send("crash", TEN[1:])
    return str(_received(client.readers("crash", "team", 1), TEN)[0])


def _two_readers(client) -> tuple[str, str]:
    """Return the values that two readers get of ten, and those that another team gets after
    them."""
    readers = client.readers("two", "team", 2)
    client.send("two", TEN)
    shares = sorted(_received(readers, TEN))
    client.send("two", LAST_WORD)
    return " + ".join(map(str, shares)), str(
        _received(client.readers("two", "other", 1), LAST_WORD)[0]
    )


def hold_one(r: object, module: str, broker: str, port: int) -> None:
    """Take a value, and crash: the work of a Process."""
    [take] = getattr(importlib.import_module(module), broker)(port).readers("crash", "team", 1)
    wait_until(lambda: take(1, finish=False), READ_SECONDS, "a value")
    crash()


def _received(readers: list[Callable[..., list[str]]], wanted: list[str]) -> list[int]:
    """Let readers take turns, up to five values each, until they have all that are wanted, or time
    is up.

    Returns how many of the ten values each got.
    """
    got, end = [set() for _ in readers], time.monotonic() + READ_SECONDS

    def finished() -> bool:
        for take, mine in zip(readers, got, strict=True):
            mine.update(take(5))
        return set(wanted) <= set().union(*got) or time.monotonic() > end

    wait_until(finished, 2 * READ_SECONDS, "a broker's readers")
    return [len(mine.intersection(TEN)) for mine in got]
