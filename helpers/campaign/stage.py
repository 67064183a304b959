"""Where a run takes place: a server, two proxies in front of it, and the faults injected into
them."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import redis

from helpers.campaign import plan
from helpers.campaign.crew import Crew
from helpers.campaign.job import GROUP, STREAM
from helpers.campaign.plan import Fault
from helpers.campaign.versions import Version
from helpers.connection import connect
from helpers.faults import DroppingProxy
from helpers.faults.pair import AT_ONCE, follow
from helpers.servers.own import OwnServer
from helpers.streams import pending

T = TypeVar("T")

LOSS = 10.0
"""Seconds after which the loss of a reply is given up because no such reply came."""

MOST_IDLE_MS = 60_000
"""Entries idle for this long in a run were handed back: nothing else waits for a minute."""

START_GRACE = 5.0
"""Seconds that a fault waits for its target to start working."""


class Stage:
    """A running server with its faults; `done` counts by kind the faults that really happened,
    `injected` has the time of each (seconds since 1970)."""

    def __init__(self, server: str | None, version: Version):
        settings = {"appendonly": True, "appendfsync": "always", "maxmemory": 0}
        copied = version.replicas > 0
        self.own = OwnServer(server, tcp=copied, **settings, **(AT_ONCE if copied else {}))
        self.replicas = [OwnServer(server, tcp=True, **AT_ONCE) for _ in range(version.replicas)]
        self.database = OwnServer(server)  # The handlers'
        self.stranded = 0
        self.version = version
        self.done: Counter[str] = Counter()
        self.injected: list[tuple[float, Fault]] = []
        self.frozen = False
        self._over: tuple[Callable[[], bool], float, Callable[[], None]] | None = None

    def __enter__(self) -> "Stage":
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.own)
            stack.enter_context(self.database)
            for replica in self.replicas:
                follow(stack.enter_context(replica), self.own.port)
            self.r = stack.enter_context(connect(self.own.url, timeout=1.0))
            self.to_producers = stack.enter_context(
                DroppingProxy(self.own.url, command=self.version.store, drop=0)
            )
            self.to_consumers = stack.enter_context(
                DroppingProxy(self.own.url, command="XREADGROUP", drop=0)
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def url(self, who: str) -> str:
        """Return the URL for a worker: every other worker goes through a proxy, and every consumer
        does if only one may be working."""
        if who == plan.PRODUCERS[1]:
            return self.to_producers.url
        proxied = plan.CONSUMERS if self.version.all_proxied else plan.CONSUMERS[1::2]
        return self.to_consumers.url if who in proxied else self.own.url

    def ask(self, question: Callable[[redis.Redis], T]) -> T | None:
        """Ask the server; return None if it doesn't answer now."""
        try:
            return question(self.r)
        except (redis.ConnectionError, redis.TimeoutError):
            return None

    def quiet(self) -> bool:
        """Tell whether the last fault is over; end a pause whose time is up."""
        if self._over:
            happened, until, end = self._over
            if not happened() and time.monotonic() < until:
                return False
            self._over = None
            end()
        return True

    def inject(self, fault: Fault, crew: Crew) -> None:
        """Inject a fault; a pause, or the loss of a reply, is over when `quiet` says so."""
        self.injected.append((time.time(), fault))
        if fault.kind in (plan.KILL_CONSUMER, plan.KILL_PRODUCER):
            crew.process(fault.target).kill()
        elif fault.kind == plan.KILL_SERVER:
            self.own.kill()
            self.own.start()
        elif fault.kind == plan.TERM:
            self._count_stranded(crew.terminate(fault.target))
        elif fault.kind == plan.OUTAGE:
            self.database.kill()
            return self._last(fault, fault.seconds, self.database.start)
        elif fault.kind == plan.CUT:
            self.r.client_kill_filter(_type="normal", skipme=True)
        elif fault.kind == plan.PAUSE_CONSUMER:
            process = crew.process(fault.target)
            process.freeze()
            return self._last(fault, fault.seconds, process.thaw)
        elif fault.kind == plan.PAUSE_SERVER:
            self.own.freeze()
            self.frozen = True
            return self._last(fault, fault.seconds, self._thaw)
        else:
            return self._lose(fault)
        self.done[fault.kind] += 1

    def _last(self, fault: Fault, seconds: float, end: Callable[[], None]) -> None:
        self.done[fault.kind] += 1
        self._over = lambda: False, time.monotonic() + seconds, end

    def _count_stranded(self, name: str | None) -> None:
        """Count the entries still pending for a consumer that was told to end, and not yet free to
        claim."""
        held = self.ask(lambda r: pending(r, STREAM, GROUP, consumer=name)) if name else []
        self.stranded += sum(not line.can_be_claimed(MOST_IDLE_MS) for line in held or ())

    def _thaw(self) -> None:
        self.own.thaw()
        self.frozen = False

    def _lose(self, fault: Fault) -> None:
        proxy = self.to_producers if fault.kind == plan.LOSE_STORE else self.to_consumers
        proxy.command = {plan.LOSE_STORE: self.version.store, plan.LOSE_ACK: self.version.ack}.get(
            fault.kind, "XREADGROUP"
        )
        before, proxy.drop = proxy.dropped, 1

        def end() -> None:
            proxy.drop = 0
            self.done[fault.kind] += proxy.dropped - before

        self._over = lambda: proxy.dropped > before, time.monotonic() + LOSS, end
