"""One stream of a campaign in a cluster: a producer that carries on after each loss, consumers that
die, and the outcome."""

import threading
from dataclasses import dataclass

import redis

from helpers.consumer import Consumer
from helpers.entries import Entry
from helpers.errors import passes
from helpers.producer import Producer
from helpers.streams import ensure_group
from helpers.waiting import wait_until

GROUP, PRODUCER = "workers", "lane"

LANE_SECONDS, IDLE_MS = 120.0, 500
"""Seconds that one step of a lane may take, and how long a dead consumer's entries stay idle."""


LOOK_AGAIN = 0.05
"""Seconds between two tries to enter, and between two checks for more to send."""


NOTICED = ("SEQGAP", "FENCED")
"""The beginnings of the errors that tell a lone producer that the server lost something it had
confirmed: an entry, or the fact that the producer entered."""


class Killed(BaseException):
    """Ends a consumer in the middle of a batch, without any cleanup."""


@dataclass(frozen=True)
class Outcome:
    """The outcome for a lane's numbers. Those in `noticed` were confirmed and lost, but their
    producer noticed and sent them again; those in `lost` are missing at the end, from the stream or
    from the handled ones."""

    stream: str
    confirm: int
    noticed: int
    lost: int
    twice: int
    out_of_order: int
    handled_twice: int


class Lane:
    """Sends the numbers from 0 up to `limit`, which may be raised, and has them handled."""

    def __init__(self, r: redis.RedisCluster, stream: str, confirm: int):
        self.r, self.stream, self.confirm = r, stream, confirm
        self.limit = self.told = self.noticed = self.deaths = self.entered = 0
        self.handled: list[int] = []
        self.dies, self.error = threading.Event(), None
        self.ended, self.leaves = threading.Event(), threading.Event()
        ensure_group(r, stream, GROUP)
        loops = (self._produce, self._consume)
        self.threads = [threading.Thread(target=self._keep, args=(loop,)) for loop in loops]
        for thread in self.threads:
            thread.daemon = True
            thread.start()
        wait_until(lambda: self.error or self.entered, LANE_SECONDS, f"a producer of {stream}")

    def reach(self, limit: int) -> None:
        """Wait until all numbers below `limit` are stored."""
        self.limit = limit
        wait_until(
            lambda: self.error or self.told >= limit, LANE_SECONDS, f"{limit} in {self.stream}"
        )
        if self.error:
            raise self.error

    def end(self) -> Outcome:
        """Enter again, because the server then tells whether it has everything that it confirmed;
        wait until everything is handled, end the threads, and count."""
        before = self.entered
        self.leaves.set()
        wait_until(lambda: self.error or self.entered > before, LANE_SECONDS, "a last look")
        self.reach(self.limit)
        wait_until(
            lambda: self.error or len(set(self.handled)) >= self.limit,
            LANE_SECONDS,
            f"the handling of {self.limit} numbers of {self.stream}",
        )
        self.ended.set()
        self.leaves.set()
        for thread in self.threads:
            thread.join(LANE_SECONDS)
        stored = [int(fields["value"]) for _, fields in self.r.xrange(self.stream)]
        seen = dict.fromkeys(stored)
        return Outcome(
            self.stream,
            self.confirm,
            self.noticed,
            lost=self.limit - len(seen.keys() & set(self.handled)),
            twice=len(stored) - len(seen),
            out_of_order=sum(a > b for a, b in zip(seen, list(seen)[1:], strict=False)),
            handled_twice=len(self.handled) - len(set(self.handled)),
        )

    def _keep(self, loop) -> None:
        """Repeat a loop until the lane ends or fails."""
        while not self.ended.is_set() and not self.error:
            try:
                loop()
            except Killed:
                self.deaths += 1
            except redis.RedisError as error:
                if not passes(error) and not str(error).startswith(NOTICED):
                    self.error = error
                self.ended.wait(LOOK_AGAIN)
            except Exception as error:
                self.error = error

    def _produce(self) -> None:
        """Enter with the same ID each time: the server tells what it has, and the producer resends
        the rest."""
        producer = Producer(
            self.r, self.stream, producer_id=PRODUCER, confirm=self.confirm, patience=LANE_SECONDS
        )
        try:
            with producer:
                number = producer.stored
                self.noticed += self.told - number
                self.told, self.entered = number, self.entered + 1
                while not self.leaves.is_set() or number < self.limit:
                    if number < self.limit:
                        producer.send({"value": number})
                        number += 1
                        continue
                    producer.flush(LANE_SECONDS)
                    self.told = producer.stored
                    self.leaves.wait(LOOK_AGAIN)
        finally:
            self.told = max(self.told, producer.stored)
        self.leaves.clear()

    def _consume(self) -> None:
        """Handle entries until the lane ends, or this consumer is due to die; each has its own
        name."""
        name = f"consumer{self.deaths}"
        with Consumer(
            self.r,
            self.stream,
            GROUP,
            name,
            self._handle,
            min_idle_ms=IDLE_MS,
            max_deliveries=1000,
            patience=LANE_SECONDS,
        ) as consumer:
            wait_until(lambda: self.ended.is_set() or consumer.worker.ended, LANE_SECONDS, "an end")

    def _handle(self, entry: Entry) -> None:
        if self.dies.is_set():
            self.dies.clear()
            raise Killed
        self.handled.append(int(entry.fields["value"]))
