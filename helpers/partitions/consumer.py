"""A consumer of whole partitions, which it shares with others in its group, without a
coordinator."""

import threading
import time
import uuid
from collections.abc import Callable

from redis import Redis

from helpers.arguments import check_text, check_whole
from helpers.entries import Entry
from helpers.handlers import check_handler
from helpers.partitions.partition import Partition, partition_stream
from helpers.signals import told_to_end
from helpers.streams import ensure_group

MEET = """
-- KEYS: the workers by their last sign of life; ARGV: worker, ms after which one counts as gone.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
return redis.call('ZRANGE', KEYS[1], 0, -1)
"""


class PartitionConsumer:
    """Shares the partitions of a stream with the other workers of its group, and handles its own in
    order, by `step()` or `run()`.

    `effect(partition, entry)` returns what an entry changes on the server, as `finish` takes it.
    All workers must agree on `partitions`. `lease_ms` is how long a dead worker's partitions wait
    for another owner; it must exceed the longest call of `effect`, or that entry is never finished.
    An error in `effect` comes through, and the next owner gets its entry again, because nothing may
    overtake it. To set one aside, return an XADD to a dead-letter stream. `trimmed` holds the IDs
    of entries that were trimmed before they could be handled.
    """

    def __init__(
        self,
        r: Redis,
        stream: str,
        group: str,
        name: str,
        effect: Callable[[Partition, Entry], tuple],
        *,
        partitions: int,
        lease_ms: int,
        count: int = 10,
    ):
        check_text(stream=stream, name=name)
        check_whole(partitions=partitions, count=count)
        check_handler(effect=effect)
        # A name comes back after a restart, and its lease must not
        self.worker = f"{name}:{uuid.uuid4().hex[:8]}"
        self.partitions = [
            Partition(r, partition_stream(stream, n), group, self.worker, lease_ms=lease_ms)
            for n in range(partitions)
        ]
        self.r, self.workers, self.effect, self.count = r, f"{stream}:workers", effect, count
        self.lease_ms, self.handled, self.trimmed = lease_ms, 0, []
        self.balance_at = 0.0
        for partition in self.partitions:
            ensure_group(r, partition.stream, group)

    def balance(self) -> list[Partition]:
        """Show that this worker is alive; renew, give back and take partitions until it has its
        share. Return the partitions that it now owns."""
        self.balance_at = time.monotonic() + self.lease_ms / 3000
        workers = sorted(self.r.eval(MEET, 1, self.workers, self.worker, self.lease_ms))
        share, left = divmod(len(self.partitions), len(workers))
        share += workers.index(self.worker) < left
        taken = 0
        for partition in sorted(self.partitions, key=lambda each: not each.held):
            if taken < share:
                taken += partition.take()
            elif partition.held:
                partition.give()
        return self.owned

    @property
    def owned(self) -> list[Partition]:
        """The partitions that this worker believes to be its own."""
        return [partition for partition in self.partitions if partition.held]

    def step(self) -> int:
        """Balance if that is due, then handle a batch of each partition; return how many
        entries."""
        self._balance_if_due()
        return sum(self._batch(partition) for partition in self.owned)

    def run(self) -> None:
        """Handle entries until SIGTERM or SIGINT: the main loop of a program, in its main
        thread."""
        told = threading.Event()
        with told_to_end(told.set):
            while not told.is_set():
                if not self.step():
                    told.wait(self.lease_ms / 10_000)
        self.leave()

    def leave(self) -> None:
        """Give all partitions back, so that no worker has to wait for a lease to end."""
        self.r.zrem(self.workers, self.worker)
        for partition in self.owned:
            partition.give()

    def _balance_if_due(self) -> None:
        if time.monotonic() >= self.balance_at:
            self.balance()

    def _batch(self, partition: Partition) -> int:
        """Handle what one read brings, until the lease is lost."""
        handled = 0
        for entry in partition.read(self.count):
            if entry[1] is None:
                self.trimmed.append(entry.id)
                self.r.xack(partition.stream, partition.group, entry.id)
            elif partition.finish(entry.id, *self.effect(partition, entry)):
                handled += 1
            else:
                break
            self._balance_if_due()
        self.handled += handled
        return handled
