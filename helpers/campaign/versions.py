"""The versions under test, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from helpers.campaign import in_asyncio, mine, naive, ours, plan
from helpers.campaign.job import Job


@dataclass(frozen=True)
class Version:
    """A producer and a consumer: the commands they store and acknowledge with, how many replicas
    must confirm, and whether all consumers reach the server through a proxy."""

    about: str
    produce: Callable[[Job], None]
    consume: Callable[[Job], None]
    store: str = "XADD"
    ack: str = "XACK"
    makes_group: bool = False
    replicas: int = 0
    all_proxied: bool = False


BY_SCRIPT = {"store": "EVALSHA", "ack": "EVAL"}
CONFIRMED = {"store": "EVAL", "ack": "EVAL", "replicas": 1}
"""How the course's own code stores and acknowledges; OneEffect acknowledges by a script."""


def _ours(about: str, **how: object) -> Version:
    return Version(about, ours.produce, partial(ours.consume, **how), **BY_SCRIPT)


def _aio(about: str, **how: object) -> Version:
    return Version(about, in_asyncio.produce, partial(in_asyncio.consume, **how), **BY_SCRIPT)


OUR_VERSION = "ours"
VERSIONS = {
    OUR_VERSION: _ours("Producer and Consumer of the course"),
    "aio": _aio("Producer and Consumer of helpers.aio, with async handlers"),
    "confirmed": Version(
        "ours, and a replica confirms what is stored",
        partial(ours.produce, confirm=1),
        ours.consume,
        **CONFIRMED,
    ),
    "aio-confirmed": Version(
        "aio, and a replica confirms what is stored",
        partial(in_asyncio.produce, confirm=1),
        in_asyncio.consume,
        **CONFIRMED,
    ),
    "go": Version(
        "the Go program's logic, started again whenever it ends",
        naive.produce,
        naive.consume_like_the_go_program,
        makes_group=True,
    ),
    "tutorial": Version(
        "reads `>`, acknowledges after the work, never recovers",
        naive.produce,
        naive.consume_like_a_tutorial,
    ),
    "noack": Version(
        "reads with NOACK",
        naive.produce,
        partial(naive.consume_like_a_tutorial, noack=True),
        ack="XREADGROUP",
    ),
    "no-reclaim": _ours("ours, but nobody claims what others left", min_idle_ms=ours.NEVER),
    "no-limit": _ours("ours, but without a limit of deliveries", max_deliveries=ours.NEVER),
    "batch-claim": _ours("ours, but claims all that is due at once", kind=ours.BatchClaim),
    "no-pause": _ours(
        "ours, but takes an outage for poison: no pause, and each try counts", kind=ours.NoPause
    ),
    "no-hand-back": _ours("ours, but keeps its batch when it is told to end", kind=ours.NoHandBack),
    "aio-no-hand-back": _aio(
        "aio, but keeps its batch when it is told to end", kind=in_asyncio.NoHandBackConsumer
    ),
    "retrying": Version(
        "ours, but stores by a plain XADD that the client repeats silently",
        naive.produce,
        ours.consume,
        ack="EVAL",
    ),
}

MINE = "mine"
"""The version whose consumer is the learner's file."""


def version_of(name: str) -> Version:
    """Return a version by its name."""
    if name == MINE:
        about = "a consumer of your own"
        return Version(about, mine.produce, mine.consume, "EVALSHA", all_proxied=True)
    return VERSIONS[name]


def work(job: Job) -> None:
    """Do a worker's job in its own process."""
    version = version_of(job.version)
    (version.produce if job.who in plan.PRODUCERS else version.consume)(job)
