"""A separate Redis Cluster: masters with a replica each, on ports of this machine, for lessons and
tests that move slots, freeze masters and kill them."""

import contextlib
from dataclasses import dataclass
from functools import cached_property

import redis
from redis.backoff import NoBackoff
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.retry import Retry

from helpers.servers.own import OwnServer
from helpers.servers.ports import HOST
from helpers.waiting import wait_until

OF_A_NODE = {"cluster-enabled": "yes", "cluster-node-timeout": 1000, "repl-diskless-sync-delay": 0}
"""A node that is silent for a second counts as failed, and a replica gets its copy at once: by
default these take 15 and 5 seconds."""

AGREE_SECONDS = 20.0
"""Seconds for the nodes to agree; 2 are needed, because a new master waits that long before it
serves (measured)."""

LOOK_SECONDS = 0.5
"""Seconds that one node may take to answer; a frozen one doesn't."""


def shares(masters: int) -> list[range]:
    """Divide all slots among `masters` nodes, as redis-cli does."""
    ends = [round(REDIS_CLUSTER_HASH_SLOTS * n / masters) for n in range(masters + 1)]
    return [range(first, end) for first, end in zip(ends, ends[1:], strict=False)]


@dataclass(frozen=True, slots=True)
class View:
    """What a node says of itself: `well` if it sees the whole cluster and, as a replica, its
    master.

    `follows` is its master's port, 0 for a master; `slots` are such as "0-5460", and "[93->-…]" is
    one on its way.
    """

    follows: int
    epoch: int
    slots: list[str]
    well: bool

    @property
    def master(self) -> bool:
        """Tell whether it takes itself for a master."""
        return not self.follows

    def has(self, slot: int) -> bool:
        """Tell whether it is the master of a slot."""
        return self.master and any(first <= slot <= last for first, last in self.spans)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The first and the last slot of each row of slots."""
        ends = [span.partition("-") for span in self.slots if span[0] != "["]
        return [(int(first), int(last or first)) for first, _, last in ends]


class Node(OwnServer):
    """One server of a cluster, called "node 1" and so on, whatever port it has."""

    def __init__(self, name: str, binary: str | None):
        super().__init__(binary, tcp=True, **OF_A_NODE)
        self.name = name

    def __repr__(self) -> str:
        return self.name

    @cached_property
    def r(self) -> redis.Redis:
        """A client of this server alone, which follows no redirection."""
        once = Retry(NoBackoff(), 0)
        return redis.Redis(
            HOST, self.port, decode_responses=True, socket_timeout=LOOK_SECONDS, retry=once
        )

    def cluster(self, *words: object) -> str:
        """Send a CLUSTER command to this node, and return its answer as text."""
        return self.r.execute_command("CLUSTER", *words)

    def has_copies(self) -> bool:
        """Tell whether its replicas, one at least, have said that they have all that it has."""
        info = self.r.info("replication")
        copies = [info[f"slave{n}"] for n in range(info["connected_slaves"])]
        return bool(copies) and all(c["offset"] >= info["master_repl_offset"] for c in copies)

    def look(self) -> "View | None":
        """Return what this node says of itself, None if it doesn't answer."""
        with self.r.pipeline(transaction=False) as pipe, contextlib.suppress(redis.RedisError):
            pipe.execute_command("CLUSTER", "NODES").execute_command("CLUSTER", "INFO").role()
            nodes, info, role = pipe.execute()
            [own] = [line.split() for line in nodes.splitlines() if "myself" in line]
            follows = 0 if role[0] == "master" else int(role[2])
            well = "cluster_state:ok" in info and (not follows or role[3] == "connected")
            return View(follows, int(own[6]), own[8:], well)
        return None


class OwnCluster:
    """A cluster of `masters` nodes, each with one replica; all are gone when their owner is gone.

        with OwnCluster() as cluster:
            r = connect(cluster.url)

    `nodes` has the masters first, in the order of their slots, then the replicas in the same order.
    `binary` is the embedded server's unless given.
    """

    def __init__(self, binary: str | None = None, *, masters: int = 3):
        self.shares = shares(masters)
        self.nodes = [Node(f"node {n}", binary) for n in range(1, 2 * masters + 1)]
        self._ending = contextlib.ExitStack()

    def __enter__(self) -> "OwnCluster":
        return self.start()

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address as connect() takes it; the client learns of the other nodes."""
        return f"redis://{HOST}:{self.nodes[0].port}?cluster=true"

    def start(self) -> "OwnCluster":
        """Start the nodes and let them form the cluster; every slot is served when this returns."""
        for node in self.nodes:
            self._ending.enter_context(node)
        masters, replicas = self.nodes[: len(self.shares)], self.nodes[len(self.shares) :]
        for epoch, (master, share) in enumerate(zip(masters, self.shares, strict=True), 1):
            master.cluster("ADDSLOTSRANGE", share[0], share[-1])
            master.cluster("SET-CONFIG-EPOCH", epoch)
        for node in self.nodes[1:]:
            node.cluster("MEET", HOST, self.nodes[0].port)
        wait_until(self._all_met, AGREE_SECONDS, "the nodes to meet")
        for master, replica in zip(masters, replicas, strict=True):
            replica.cluster("REPLICATE", master.cluster("MYID"))
        self.heal()
        return self

    def close(self) -> None:
        """End all nodes and remove their directories."""
        self._ending.close()

    def heal(self) -> None:
        """Thaw and start again what was frozen or killed, and wait until each master serves its
        slots and each replica has its copy."""
        for node in self.nodes:
            node.thaw()
            node.start()
        wait_until(self._is_whole, AGREE_SECONDS, "a cluster that is whole")

    def masters(self) -> list[Node]:
        """Return the nodes that serve slots now."""
        views = {node: node.look() for node in self.nodes}
        return [node for node, view in views.items() if view and view.master and view.slots]

    def owner(self, key: str) -> Node:
        """Return the node that serves a key's slot; after a failover the one that took over.

        One that was frozen may still think that it is the master, so the latest election counts.
        Raises LookupError if no node serves the slot now.
        """
        slot, views = key_slot(key.encode()), {node: node.look() for node in self.nodes}
        claims = {node: view.epoch for node, view in views.items() if view and view.has(slot)}
        if not claims:
            raise LookupError(f"No node serves {key!r} now: heal() brings back what was killed.")
        return max(claims, key=claims.__getitem__)

    def successor(self, key: str, old: Node) -> Node:
        """Wait until another node than `old` serves a key's slot, and return it.

        A replica takes over when its master has been silent for a second and the others agree.
        """

        def elected() -> Node | None:
            with contextlib.suppress(LookupError):
                return self.owner(key)
            return None

        wait_until(
            lambda: elected() not in (old, None), AGREE_SECONDS, f"another master for {key!r}"
        )
        return self.owner(key)

    def at(self, port: int) -> Node:
        """Return the node that listens on a port, such as a MOVED error names."""
        return next(node for node in self.nodes if node.port == port)

    def move(self, key: str, target: Node) -> None:
        """Move the slot of a key, with every key in it, to another master while clients work.

        Does nothing if it is there. Raises ValueError if `target` isn't a master now.
        """
        slot, source = key_slot(key.encode()), self.owner(key)
        if target is source:
            return
        if target not in (masters := self.masters()):
            others = ", ".join(str(node) for node in masters if node is not source)
            raise ValueError(
                f"{target} isn't a master now, so it can't have a slot: move it to one of {others}."
            )
        to, back = target.cluster("MYID"), source.cluster("MYID")
        target.cluster("SETSLOT", slot, "IMPORTING", back)
        source.cluster("SETSLOT", slot, "MIGRATING", to)
        while keys := source.cluster("GETKEYSINSLOT", slot, 100):
            source.r.execute_command("MIGRATE", HOST, target.port, "", 0, 5000, "KEYS", *keys)
        for node in (target, source, *self.masters()):
            node.cluster("SETSLOT", slot, "NODE", to)

    def _all_met(self) -> bool:
        known = f"cluster_known_nodes:{len(self.nodes)}"
        return all(known in node.cluster("INFO").split() for node in self.nodes)

    def _is_whole(self) -> bool:
        views = [node.look() for node in self.nodes]
        masters = [view for view in views if view and view.master and view.slots]
        return all(view and view.well for view in views) and len(masters) == len(self.shares)
