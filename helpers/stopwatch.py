"""Measure a few ways of doing the same thing, fairly on a busy machine; and count round trips,
which no machine changes."""

import time
from collections.abc import Callable

from redis import Redis


class RoundTrips:
    """Counts in `count` how often a client asks the server and waits for its answer, within `with
    RoundTrips(r) as trips:`.

    A pipeline is one, however long; so is a script call.
    """

    def __init__(self, r: Redis):
        self.count = 0
        self._pool, self._take = r.connection_pool, r.connection_pool.get_connection

    def __enter__(self) -> "RoundTrips":
        # A connection is taken once for each command or pipeline
        self._pool.get_connection = self._counted
        return self

    def __exit__(self, *_) -> None:
        self._pool.get_connection = self._take

    def _counted(self, *arguments, **options):
        self.count += 1
        return self._take(*arguments, **options)


def per_second(ways: dict[str, Callable[[], int]], rounds: int = 3) -> dict[str, float]:
    """Run each way once a round and return how much each does per second; a way returns how much it
    did.

    The best round counts: a busy machine only ever makes a round slower. The ways alternate, so
    that a busy moment affects all of them.
    """
    best = dict.fromkeys(ways, 0.0)
    for _ in range(rounds):
        for name, way in ways.items():
            began = time.perf_counter()
            done = way()
            best[name] = max(best[name], done / (time.perf_counter() - began))
    return best
