"""Stages 1 to 3: read and acknowledge, survive your own restart, take over from the dead."""

import time
from collections.abc import Iterable

from helpers.streams import keep, pending, read_group
from helpers.trial.arena import GROUP, LONGEST_STEP, STREAM, Arena
from helpers.trial.diary import DONE
from helpers.trial.work import DIES_ONCE, HELD, RELEASED

Finding = tuple[str, int | None]
"""The hint that fits, and the value whose story shows it."""


LONGEST_WAIT = 6.0
"""Seconds until a read that waits for entries must have come back empty: a client of the course
gives up after five, and a BLOCK beyond that is rare."""

MOST_POLLS = 3
"""Reads after which a program that never blocks has come back empty."""

WITHOUT_STREAM = ("IndexError", "KeyError", "StopIteration", "TypeError", "ValueError: not enough")
"""Errors of code that takes entries from an empty reply."""


def reads(arena: Arena) -> Finding | None:
    """Ten entries, one of which takes its time, a moment without any, and ten more."""
    arena.restarting = False
    arena.send(range(10), {3: HELD})
    program = arena.start("alice")
    held = arena.settle(lambda: arena.begun(3))
    in_hand, delivered = 3 in arena.pending(), arena.delivered()
    arena.flag(RELEASED)
    failed = _go_on(arena) if held and in_hand else "error"
    if program.status:
        return failed, None
    if not held and not arena.done():
        return _nothing_handled(arena, program.status)
    if not delivered:
        return ("other-group" if len(arena.r.xinfo_groups(STREAM)) > 1 else "no-group"), None
    if not in_hand and held:
        return ("ack-first" if arena.calls("XACK") else "noack"), 3
    if {row["name"] for row in arena.r.xinfo_consumers(STREAM, GROUP)} != {"alice"}:
        return "other-name", None
    if not arena.over(range(20)):
        if kept := unacknowledged(arena):
            return kept
        return ("ends" if program.status == 0 else "left"), first(arena, range(20))
    return None


def _go_on(arena: Arena) -> str:
    """Let the program come back empty once, then send the others; return the hint for an error."""
    if arena.settle(lambda: arena.over(range(10))):
        _come_back_empty(arena)
    failed = "empty-reply" if arena.last_words.startswith(WITHOUT_STREAM) else "error"
    arena.send(range(10, 20))
    arena.settle(lambda: arena.over(range(20)))
    return failed


def _come_back_empty(arena: Arena) -> None:
    """Wait until a read of the program has found nothing new: the server counts a read that blocks
    only once it is over."""
    before = arena.calls("XREADGROUP")
    arena.settle(lambda: arena.blocked() or arena.calls("XREADGROUP") - before >= MOST_POLLS)
    blocked = arena.calls("XREADGROUP")
    arena.settle(lambda: arena.calls("XREADGROUP") > blocked, LONGEST_WAIT)
    # A program that ends because of it does so at once
    arena.settle(lambda: arena.blocked() or arena.calls("XREADGROUP") > blocked + 1, 1.0)


def _nothing_handled(arena: Arena, status: int | None) -> Finding:
    if arena.delivered():
        return "no-handle", None
    return ("ends" if status == 0 else "nothing"), None


def restarts(arena: Arena) -> Finding | None:
    """The entries that an earlier run had read, a kill -9 in the middle, and new ones."""
    arena.send(range(30), {27: DIES_ONCE})
    read_group(arena.r, STREAM, GROUP, "alice", count=25)  # An earlier run, which was killed
    arena.start("alice")
    arena.settle(lambda: arena.over(range(30)))
    arena.send(range(30, 35))
    if arena.settle(lambda: arena.over(range(35))):
        return again(arena, range(35))
    if lost := gone(arena, range(35)):
        return "lost", lost[0]
    if kept := unacknowledged(arena):
        return kept
    old = sum(value < 25 for value in arena.done())
    if not old and 25 in arena.done():
        return "only-new", 0
    if not set(arena.done()) - set(range(25)):
        return "zero-forever", 25
    if arena.pending() and min(arena.pending()) < 25:
        return "history-page", min(arena.pending())
    return ("only-new" if 27 in arena.pending() else "left"), first(arena, range(35))


class Neighbor:
    """A live consumer that works on two entries for a while."""

    SECONDS, LONGEST_GAP = 1.5, 1.5
    """Seconds that she works after the dead consumer's entries are handled, and the longest that
    she may have stood still for a claim to count against the program."""

    def __init__(self, arena: Arena):
        entries = read_group(arena.r, STREAM, GROUP, "nina", count=2)
        self.arena, self.ids = arena, [entry.id for entry in entries]
        self.dead = [line.id for line in arena.lines() if line.consumer == "mallory"]
        self.beat_at = time.monotonic()
        self.claims, self.gap, self.worked, self.working = 0, 0.0, 0.0, True

    def beat(self) -> None:
        """Show the group that she is alive, or finish."""
        if not self.working:
            return
        now = time.monotonic()
        gap, self.beat_at = now - self.beat_at, now
        self.gap = max(self.gap, gap)
        if not self.arena.ready():  # Mallory dies once the program has started
            self.claims += len(keep(self.arena.r, STREAM, GROUP, "mallory", self.dead))
        if set(range(130)) <= set(self.arena.done()):
            self.worked += min(LONGEST_STEP, gap)
        hers = keep(self.arena.r, STREAM, GROUP, "nina", self.ids)
        self.claims += len(hers)
        if self.worked > self.SECONDS:
            self.working = False
            for value, entry_id in zip((130, 131), self.ids, strict=True):
                if entry_id in hers:
                    self.arena.r.xack(STREAM, GROUP, entry_id)
                    self.arena.diary.note("nina", DONE, value)


def claims(arena: Arena) -> Finding | None:
    """The entries that a dead consumer had read, those that a live one is working on, and new
    ones."""
    arena.send(range(140))
    read_group(arena.r, STREAM, GROUP, "mallory", count=130)  # The consumer that was just killed
    nina = Neighbor(arena)
    arena.start("bob")

    def over() -> bool:
        nina.beat()
        return not nina.working and arena.over(range(140))

    ended = arena.settle(over)
    robbed = [v for v in (130, 131) if arena.begun(v)]
    if robbed and nina.gap < nina.LONGEST_GAP:
        return "robs", robbed[0]
    if ended:
        return again(arena, range(130))
    if lost := gone(arena, range(140)):
        return "lost", lost[0]
    if kept := unacknowledged(arena, 0 if nina.working else len(nina.ids)):
        return kept
    left = len(pending(arena.r, STREAM, GROUP, consumer="mallory", count=200))
    if 0 < left < 130:
        return "one-page", min(arena.pending())
    if not left:
        return "claimed-unhandled", min(arena.pending())
    sent = arena.calls("XAUTOCLAIM") + arena.calls("XCLAIM") - nina.claims
    if not sent:
        return "never-claims", 0
    return ("claims-once" if sent <= 2 else "claims-late"), 0


def gone(arena: Arena, values: Iterable[int]) -> list[int]:
    """Return the values that nobody handled, and that are neither pending nor dead letters;
    undelivered ones aren't lost."""
    known = set(arena.done()) | set(arena.pending()) | set(arena.dead())
    return [value for value in list(values)[: arena.delivered()] if value not in known]


def unacknowledged(arena: Arena, others: int = 0) -> Finding | None:
    """Return the finding that entries were handled, but are still pending, if some are; `others` is
    how many acknowledgments somebody else may have sent."""
    kept = sorted(set(arena.done()) & set(arena.pending()))
    if not kept:
        return None
    return ("ack-nothing" if arena.calls("XACK") > others else "no-ack"), kept[0]


def again(arena: Arena, values: Iterable[int]) -> Finding | None:
    """Return the finding that an entry was handled twice, if one was."""
    done = arena.done()
    return next((("twice", value) for value in values if done[value] > 1), None)


def first(arena: Arena, values: Iterable[int]) -> int | None:
    """Return the first value that isn't handled or dead-lettered for good."""
    known, waiting = set(arena.done()) | set(arena.dead()), arena.pending()
    return next((v for v in values if v not in known or v in waiting), None)
