"""Stages 4 to 6: dead-letter poison but no neighbor, recognize a lost reply, survive an outage."""

from helpers.campaign.plan import KILLS, RAISES
from helpers.trial.arena import Arena
from helpers.trial.diary import BEGINS, TURNED_AWAY
from helpers.trial.reading import Finding, again, first, gone
from helpers.trial.work import RAISES_ONCE

HARMFUL = {3: RAISES, 12: KILLS, 16: RAISES}
POISONOUS, ENDLESS = 4, 12
"""Deliveries that make an entry poison, and tries after which nobody is going to dead-letter it
soon."""


def buries(arena: Arena) -> Finding | None:
    """Poison that raises, poison that kills, and an entry that fails only once."""
    arena.send(range(20), HARMFUL | {6: RAISES_ONCE})
    arena.start("alice")
    ended = arena.settle(
        lambda: arena.over(range(20)) or any(arena.counts()[BEGINS, v] > ENDLESS for v in HARMFUL)
    )
    dead, waiting = arena.dead(), arena.pending()
    if -1 in dead:
        return "other-fields", None
    if innocent := [value for value in dead if value not in HARMFUL]:
        early = innocent[0] == 6 and arena.counts()[BEGINS, 6] == 1
        return ("first-failure" if early else "neighbors"), innocent[0]
    if lost := gone(arena, range(20)):
        return ("poison-acked" if lost[0] in HARMFUL else "lost"), lost[0]
    if both := [value for value in dead if value in waiting]:
        return "buried-unacked", both[0]
    if ended and arena.over(range(20)):
        return again(arena, range(20))
    if dead and 12 in waiting:
        return "counts-in-memory", 12
    if "ValueError" in arena.last_words:
        return "dies-of-poison", 3
    left = next((value for value in HARMFUL if value in waiting), None)
    if left is None:
        return "left", first(arena, range(20))
    deliveries = waiting[left].deliveries
    if deliveries > POISONOUS:
        return "no-limit", left
    return ("same-delivery" if arena.counts()[BEGINS, left] > deliveries else "not-again"), left


class Losses:
    """Loses replies to one command until a loss mattered."""

    MOST = 10

    def __init__(self, arena: Arena, command: str):
        self.arena, self.before = arena, arena.proxy.dropped
        arena.proxy.command, arena.proxy.drop = command, 1

    def hit(self) -> bool:
        """Tell whether entries were delivered without the program noticing; if not, lose another
        reply."""
        proxy, lost = self.arena.proxy, self.arena.proxy.dropped - self.before
        if not lost or proxy.drop or lost > self.MOST:
            return lost > self.MOST
        begun = {value for did, value in self.arena.counts() if did == BEGINS}
        if len(begun) < self.arena.delivered():
            return True
        proxy.drop = 1
        return False


def reconnects(arena: Arena) -> Finding | None:
    """The reply to a read is lost, then that to an acknowledgment."""
    arena.start("alice", by_proxy=True)
    arena.send(range(10))
    arena.settle(lambda: arena.over(range(10)))
    losses = Losses(arena, "XREADGROUP")
    arena.send(range(10, 20))
    arena.settle(lambda: losses.hit() or arena.over(range(20)))
    arena.proxy.drop = 0
    arena.settle(lambda: arena.over(range(20)))
    lost_read = first(arena, range(20))
    arena.proxy.command, arena.proxy.drop = "XACK", 1
    arena.send(range(20, 30))
    arena.settle(lambda: arena.over(range(30)))
    if lost := gone(arena, range(30)):
        return "lost", lost[0]
    if twice := again(arena, range(30)):
        return "handles-again", twice[1]
    if not arena.over(range(30)):
        return ("lost-read" if lost_read is not None else "left"), first(arena, range(30))
    return None


OUTAGE_SECONDS, MOST_TRIES = 3.0, 150
"""Seconds that the database is away, and the number of tries in that time that is too many: 50 a
second."""


def endures(arena: Arena) -> Finding | None:
    """The database that handle() writes to is away for some seconds."""
    arena.start("alice")
    arena.send(range(5))
    arena.settle(lambda: arena.over(range(5)))
    arena.database.kill()
    arena.send(range(5, 15))
    arena.settle(lambda: refused(arena) or arena.over(range(15)))
    arena.settle(lambda: arena.over(range(15)), OUTAGE_SECONDS)
    hammered = refused(arena) > MOST_TRIES
    arena.database.start()
    ended = arena.settle(lambda: arena.over(range(15)))
    if "ConnectionError: the handler's" in arena.last_words:
        return "dies-of-outage", 5
    if dead := arena.dead():
        return "outage-is-poison", dead[0]
    if lost := gone(arena, range(15)):
        return "outage-acked", lost[0]
    if hammered:
        return "hammers", 5
    return again(arena, range(15)) if ended else ("outage-left", first(arena, range(15)))


def refused(arena: Arena) -> int:
    """Count the tries that the database refused."""
    return sum(n for (did, _), n in arena.counts().items() if did == TURNED_AWAY)
