"""How each incident comes about: what programs and people really do to a stream."""

from collections.abc import Callable

from helpers import diagnosis
from helpers.connection import evidence
from helpers.incidents.case import MALFORMED, Case
from helpers.streams import ensure_group, read_group


def well(case: Case) -> None:
    """A producer and a consumer are at work."""
    ensure_group(case.r, case.stream, case.group)
    case.start_consumer("bob")
    case.produce(case.chance.randint(3, 12))
    case.moment()


def producer_stopped(case: Case) -> None:
    """The producer ends, and everything was handled."""
    well(case)
    case.producing = False


def consumer_dead(case: Case) -> None:
    """Alice reads some entries and is never heard of again; bob goes on."""
    well(case)
    entries = case.chance.randint(1, 5)
    case.produce(entries)
    read_group(case.r, case.stream, case.group, "alice", count=entries)


def consumers_slow(case: Case) -> None:
    """The only consumer handles one entry while several come."""
    ensure_group(case.r, case.stream, case.group)
    case.rate = case.chance.randint(2, 4)
    case.start_consumer("bob", slow=True)


def nobody_reads(case: Case) -> None:
    """The group was read for a while, and then its only consumer was removed."""
    well(case)
    del case.consumers["bob"]
    case.r.xgroup_delconsumer(case.stream, case.group, "bob")


def poison(case: Case) -> None:
    """One entry can't be handled: the consumer fails, starts again, and meets it again."""
    well(case)
    case.produce(1, MALFORMED)
    for _ in range(diagnosis.MANY_DELIVERIES):
        case.moment()


def dead_letters(case: Case) -> None:
    """A new version of the handler fails for every third value, and puts those entries aside."""
    well(case)
    case.buggy = True


def group_at_end(case: Case) -> None:
    """A batch was produced before the group was created, at `$`; the next one comes tomorrow."""
    case.produce(case.chance.randint(5, 12))
    ensure_group(case.r, case.stream, case.group, "$")
    case.start_consumer("bob")
    case.producing = False


def trimmed_unread(case: Case) -> None:
    """The consumer is down, and the producer keeps the stream short."""
    well(case)
    case.consumers.clear()
    case.maxlen = 3
    case.produce(case.chance.randint(4, 12))


def stream_gone(case: Case) -> None:
    """The key was deleted, and nobody produces."""
    producer_stopped(case)
    case.r.delete(case.stream)


def group_gone(case: Case) -> None:
    """The key was deleted, and the producer has made a new one by going on."""
    well(case)
    case.r.delete(case.stream)


MAKERS: dict[str, Callable[[Case], None]] = {
    diagnosis.PRODUCER_STOPPED: producer_stopped,
    diagnosis.CONSUMER_DEAD: consumer_dead,
    diagnosis.CONSUMERS_SLOW: consumers_slow,
    diagnosis.NOBODY_READS: nobody_reads,
    diagnosis.POISON: poison,
    diagnosis.DEAD_LETTERS: dead_letters,
    diagnosis.GROUP_AT_END: group_at_end,
    diagnosis.TRIMMED_UNREAD: trimmed_unread,
    diagnosis.STREAM_GONE: stream_gone,
    diagnosis.GROUP_GONE: group_gone,
}
"""The ten, by what a diagnosis calls them."""


def make(case: Case, finding: str) -> Case:
    """Let an incident happen to a new case, or nothing (WELL); return the case."""
    with evidence.unseen():
        MAKERS.get(finding, well)(case)
    return case
