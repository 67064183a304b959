"""Runs to look at: each is made on a real server, step by step, and every step is a picture of what
the server says then."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from redis import Redis

from helpers.diagnosis import diagnose
from helpers.snapshots import snapshot
from helpers.streams import claim, clean_slate, ensure_group, pending
from helpers.views import picture
from helpers.waiting import wait_until

STREAM, GROUP = "site:dataStream", "consumerGroup"

HANDLER_MS = 500
"""What a run's handlers take at most, for the diagnosis; a frame takes a twentieth of it."""


@dataclass(frozen=True)
class Frame:
    """One moment: what has just happened, and the picture as SVG."""

    said: str
    svg: str


def moving(r: Redis) -> Iterator[str]:
    """0 to 9 are sent, delivered and acknowledged."""
    yield "The stream and its group exist, and nothing has been sent."
    for n in range(10):
        r.xadd(STREAM, {"value": n})
        yield f"The producer sends {n}."
        if n % 2:
            entries = r.xreadgroup(GROUP, "consumer1", {STREAM: ">"})[STREAM]
            yield f"consumer1 reads {n - 1} and {n}: now they are pending for it."
            r.xack(STREAM, GROUP, *(entry_id for entry_id, _ in entries))
            yield f"consumer1 has handled {n - 1} and {n}, and acknowledges them."


def crash_and_claim(r: Redis) -> Iterator[str]:
    """A consumer dies with three entries, and another one claims them."""
    for n in range(8):
        r.xadd(STREAM, {"value": n})
    yield "Eight entries are waiting for the group."
    entries = r.xreadgroup(GROUP, "alice", {STREAM: ">"}, count=5)[STREAM]
    yield "Alice reads five entries."
    for entry_id, fields in entries[:2]:
        r.xack(STREAM, GROUP, entry_id)
        yield f"Alice acknowledges {fields['value']}."
    yield "Alice crashes. The server can't tell: 2, 3 and 4 stay pending for her."
    entries = r.xreadgroup(GROUP, "bob", {STREAM: ">"})[STREAM]
    yield "Bob asks for new entries. He gets 5, 6 and 7, and none of hers."
    r.xack(STREAM, GROUP, *(entry_id for entry_id, _ in entries))
    yield "Bob acknowledges his three."
    for line in pending(r, STREAM, GROUP):
        entry = claim(r, STREAM, GROUP, "bob", line.id, min_idle_ms=0)
        yield f"Bob claims {entry.fields['value']}."
        r.xack(STREAM, GROUP, line.id)
        yield f"Bob has handled {entry.fields['value']}, and acknowledges it."


def diagnosed(r: Redis) -> Iterator[str]:
    """A consumer stops with three entries, and the diagnosis changes with every step."""
    looks = [snapshot(r, STREAM, GROUP)]

    def diagnosis() -> str:
        looks.append(snapshot(r, STREAM, GROUP))
        return "Diagnosis: " + diagnose(*looks[-2:], longest_handler_ms=HANDLER_MS) + "."

    def finish(entry_ids: Iterable[str]) -> None:
        r.xack(STREAM, GROUP, *entry_ids)

    for n in range(6):
        r.xadd(STREAM, {"value": n})
    yield f"Six entries are waiting for the group. {diagnosis()}"
    r.xreadgroup(GROUP, "alice", {STREAM: ">"}, count=3)
    yield f"Alice reads three entries. {diagnosis()}"
    idle = 3 * HANDLER_MS
    wait_until(lambda: pending(r, STREAM, GROUP, min_idle_ms=idle), 10, "idle entries")
    yield f"Alice hangs: no handler takes this long. {diagnosis()}"
    taken = [
        claim(r, STREAM, GROUP, "bob", line.id, min_idle_ms=idle) for line in looks[-1].pending
    ]
    yield f"Bob claims her three. {diagnosis()}"
    finish(entry.id for entry in taken)
    entries = r.xreadgroup(GROUP, "bob", {STREAM: ">"})[STREAM]
    finish(entry_id for entry_id, _ in entries)
    r.xadd(STREAM, {"value": 6})
    yield f"Bob handles all six, and the producer sends 6. {diagnosis()}"


RUNS: dict[str, Callable[[Redis], Iterator[str]]] = {
    "04_consume_and_ack": moving,
    "06_crash_and_recovery": crash_and_claim,
    "12_observe": diagnosed,
}
"""Which run stands on which lesson's page."""


def record(r: Redis, run: Callable[[Redis], Iterator[str]]) -> list[Frame]:
    """Make a run, and take a picture after each of its steps."""
    clean_slate(r, STREAM)
    ensure_group(r, STREAM, GROUP)
    frames = [Frame(said, picture(r, STREAM, GROUP).svg) for said in run(r)]
    clean_slate(r, STREAM)
    return frames
