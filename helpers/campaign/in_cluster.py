"""A campaign in a cluster: by plan, slots move, masters are killed and frozen, and consumers die,
while producers send with and without `confirm`."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import astuple, dataclass

from helpers.campaign.lane import Lane, Outcome
from helpers.connection import connect
from helpers.markdown import columns
from helpers.servers.cluster import OwnCluster
from helpers.servers.own import name_of

FAULT_KINDS = ("slot moved", "master killed", "master frozen", "consumer killed")

LANES = {"{a}": 0, "{b}": 1, "{c}": 0, "{d}": 1}
"""Streams, each with the number of replicas that must confirm its entries; their slots are spread
over all three masters."""

PATIENT = 60.0
"""Seconds of the client's time-out: long enough for a frozen master to wake, so that its
confirmations are believed."""


@dataclass(frozen=True)
class ClusterResult:
    """The faults of one run, and what became of each stream's numbers."""

    server: str
    entries: int
    seed: int
    faults: Counter
    outcomes: list[Outcome]

    @property
    def clean(self) -> bool:
        """Nothing lost, nothing twice, everything in order; where replicas confirm, no numbers
        noticed as lost, either."""
        return not any(
            each.lost or each.twice or each.out_of_order or (each.confirm and each.noticed)
            for each in self.outcomes
        )


def planned(seed: int, faults: int) -> list[tuple[str, str]]:
    """Return each fault with the stream whose slot it hits; the same seed gives the same faults."""
    chance = random.Random(seed)
    return [(chance.choice(FAULT_KINDS), chance.choice([*LANES])) for _ in range(faults)]


def run(
    entries: int, seed: int, faults: int, program: str | None, progress: Callable[[int], object]
) -> ClusterResult:
    """Send `entries` numbers in all, with one fault in each part of the run; `progress` gets the
    number stored so far."""
    plan, each = planned(seed, faults), entries // len(LANES)
    with OwnCluster(program) as cluster, connect(cluster.url, timeout=PATIENT) as r:
        lanes = {stream: Lane(r, stream, confirm) for stream, confirm in LANES.items()}
        for part, (kind, stream) in enumerate(plan, 1):
            limit = each * part // (len(plan) + 1)
            _strike(cluster, kind, lanes[stream], lambda limit=limit: _allow(lanes, limit))
            for lane in lanes.values():
                lane.reach(limit)
            progress(sum(lane.told for lane in lanes.values()))
        for lane in lanes.values():
            lane.reach(each)
        outcomes = [lane.end() for lane in lanes.values()]
        server = name_of(cluster.nodes[0].binary)
    done = Counter(kind for kind, _ in plan)
    return ClusterResult(server, each * len(LANES), seed, done, outcomes)


def _allow(lanes: dict[str, Lane], limit: int) -> None:
    """Let all lanes send the numbers below `limit`."""
    for lane in lanes.values():
        lane.limit = limit


def _strike(cluster: OwnCluster, kind: str, lane: Lane, send: Callable[[], None]) -> None:
    """Inject one fault while the lanes send, then make the cluster whole again."""
    owner = cluster.owner(lane.stream)
    if kind == "master frozen":
        owner.freeze()  # Everything sent now waits in its socket
    if kind == "consumer killed":
        lane.dies.set()
    send()
    if kind == "slot moved":
        cluster.move(lane.stream, next(n for n in cluster.masters() if n is not owner))
    if kind == "master killed":
        owner.kill()
    if kind.startswith("master"):
        cluster.successor(lane.stream, owner)
        cluster.heal()


HEADS = ("stream", "confirm", "noticed", "lost", "twice", "out of order", "handled twice")


def table(result: ClusterResult) -> str:
    """Format a result in a few lines."""
    faults = ", ".join(f"{times} x {kind}" for kind, times in sorted(result.faults.items()))
    rows = [HEADS, *(tuple(map(str, astuple(each))) for each in result.outcomes)]
    head = f"{result.entries:,} entries on {result.server}, seed {result.seed}: {faults or 'none'}"
    return "\n".join([head, *columns(rows, str.rjust)])
