"""What is wrong with a stream? One verdict from two looks at it: what XINFO and XPENDING say, and
nothing else."""

import time
from collections import deque

from helpers.arguments import check_whole
from helpers.entries import id_key
from helpers.snapshots import Snapshot
from helpers.snapshots.states import NOT_DELIVERED, SKIPPED

WELL = "all is well"
PRODUCER_STOPPED, NOBODY_READS = "producer stopped", "nobody reads"
CONSUMER_DEAD, CONSUMERS_SLOW = "consumer dead", "consumers too slow"
POISON, DEAD_LETTERS = "poison entry", "dead letters"
GROUP_AT_END, GROUP_GONE = "group begins at the end", "group gone"
TRIMMED_UNREAD, STREAM_GONE = "trimmed unread", "stream gone"

REMEDIES = {
    PRODUCER_STOPPED: "no entries come in, and all are done: is it a quiet time, or the end?",
    NOBODY_READS: "start a consumer.",
    CONSUMER_DEAD: "let a live consumer claim entries that are idle for too long (XAUTOCLAIM).",
    CONSUMERS_SLOW: "start another consumer, under its own name.",
    POISON: "move the entry to the dead-letter stream, and look into it.",
    DEAD_LETTERS: "fix what makes the handler fail, then replay the dead letters.",
    GROUP_AT_END: "if the group should have the entries before it, move it back (XGROUP SETID).",
    GROUP_GONE: "create the group at 0: the producer may have carried on without it.",
    TRIMMED_UNREAD: "trimmed entries are lost to this group: stop trimming, then send them again.",
    STREAM_GONE: "nothing can be read or claimed any longer: find out what deleted the key.",
}
"""What to do about each finding."""

MANY_DELIVERIES = 3
"""The delivery count from which on an entry is taken for poison: one delivery for its first reader,
one for the consumer that took over, and a third that neither explains."""


def diagnose(first: Snapshot, second: Snapshot, longest_handler_ms: int) -> str:
    """Compare two looks at one group of a stream: return WELL or a key of REMEDIES, the incident.

    The looks are snapshots, further apart than twice `longest_handler_ms`, the longest time that
    one batch may take, which only you can know. The first incident that fits hides the others.
    """
    check_whole(longest_handler_ms=longest_handler_ms)
    group = second.chosen
    if group is None:
        return GROUP_GONE if second.exists else STREAM_GONE
    if trimmed_unread(second):
        return TRIMMED_UNREAD
    if any(entry.deliveries >= MANY_DELIVERIES for entry in second.pending):
        return POISON
    if any(entry.idle_ms > 2 * longest_handler_ms for entry in second.pending):
        return CONSUMER_DEAD
    if second.dead_letters > first.dead_letters:
        return DEAD_LETTERS
    if begins_at_end(second):
        return GROUP_AT_END
    if waiting(second) and not group.pending and not moved(first, second):
        return NOBODY_READS
    if waiting(second) > waiting(first):
        return CONSUMERS_SLOW
    quiet = second.entries_added == first.entries_added and second.done
    return PRODUCER_STOPPED if quiet else WELL


def trimmed_unread(shot: Snapshot) -> bool:
    """Tell whether entries were removed before the group got them. True only until the group reads
    again: then the server forgets the gap, or (Redis 7.0) miscounts from then on."""
    group = shot.chosen
    read = 0 if group.last_delivered == "0-0" else group.entries_read
    next_id = shot.entries[0].id if shot.entries else shot.last_generated_id
    return (
        read is not None and read < shot.removed and id_key(next_id) > id_key(group.last_delivered)
    )


def begins_at_end(shot: Snapshot) -> bool:
    """Tell whether there are entries before a group that has read nothing yet; the group's first
    read removes that trace."""
    group = shot.chosen
    # Redis 7.0 can't tell a consumer that never got an entry from others
    untouched = group.entries_read is None and group.last_delivered == shot.last_generated_id
    return bool(shot.having(SKIPPED) or untouched and shot.entries)


def waiting(shot: Snapshot) -> int:
    """Count the entries still to be delivered. The lag serves only if the stream is too long to
    look through, because it may be None or wrong."""
    seen = len(shot.having(NOT_DELIVERED))
    return shot.chosen.lag if seen and shot.gap and shot.chosen.lag is not None else seen


def moved(first: Snapshot, second: Snapshot) -> bool:
    """Tell whether the group got or finished anything between the looks."""
    return _position(first) != _position(second)


def _position(shot: Snapshot) -> tuple | None:
    group = shot.chosen
    return group and (group.last_delivered, group.pending, [entry.id for entry in group.entries])


class Observer:
    """Diagnoses a stream while you watch it: compares each look with one that is old enough."""

    def __init__(self, longest_handler_ms: int):
        check_whole(longest_handler_ms=longest_handler_ms)
        self.longest_handler_ms = longest_handler_ms
        self._looks: deque[tuple[float, Snapshot]] = deque()

    def verdict(self, shot: Snapshot) -> str:
        """Say in one sentence what the latest look shows, and what to do about it."""
        now = time.monotonic()
        self._looks.append((now, shot))
        old_enough = now - 2 * self.longest_handler_ms / 1000
        while len(self._looks) > 1 and self._looks[1][0] <= old_enough:
            self._looks.popleft()
        at, first = self._looks[0]
        if at > old_enough:
            return "No verdict yet: the second look comes after twice the longest handler's time."
        finding = diagnose(first, shot, self.longest_handler_ms)
        return ": ".join(filter(None, [f"Verdict: {finding}", REMEDIES.get(finding)]))
