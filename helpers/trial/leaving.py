"""Stages 7 and 8: shut down without leaving work behind, and keep order per key."""

import signal
from collections.abc import Callable

from helpers.campaign.stage import MOST_IDLE_MS
from helpers.trial.arena import Arena, key_of
from helpers.trial.diary import BEGINS, DONE, KILLED, RAISED, TOLD, Happening
from helpers.trial.reading import Finding, again, first, gone
from helpers.trial.work import DIES_ONCE, HELD, QUICK, RAISES_ONCE, RELEASED, SLOW

PATIENCE_SECONDS, MOST_AFTER = 12.0, 5
"""Seconds from SIGTERM to kill -9, and how many slow entries, started or not, are too many: four
take four seconds. They are counted, not timed, because a busy machine is slow, too."""

LURKING_SECONDS = 2.0
"""Seconds until both consumers wait for entries, if both do."""


def leaves(arena: Arena) -> Finding | None:
    """SIGTERM while an entry is being handled, with slow ones behind it; then a successor."""
    arena.restarting = False
    arena.send(range(10), {2: HELD} | dict.fromkeys(range(3, 10), SLOW))
    alice = arena.start("alice")
    if not arena.settle(lambda: arena.begun(2)):
        return "error" if alice.status else "left", 2
    arena.diary.note("alice", TOLD)
    alice.terminate()
    arena.flag(RELEASED)
    arena.settle(lambda: alice.status is not None, PATIENCE_SECONDS)
    arena.remember(alice)
    status, finished = alice.kill(), len(arena.done())
    left = [
        value for value, line in arena.pending().items() if not line.can_be_claimed(MOST_IDLE_MS)
    ]
    arena.flag(QUICK)
    if status == -signal.SIGTERM:
        return "no-handler", 2
    if 2 not in arena.done():
        return "exits-at-once", 2
    if status == -signal.SIGKILL:
        return "deaf", 3
    if finished > 2 + MOST_AFTER:
        return "finishes-batch", 3
    if status:
        return "error", 2
    if lost := gone(arena, range(10)):
        return "lost", lost[0]
    if left:
        return "keeps-batch", min(left)
    arena.programs.clear()
    arena.restarting = True
    arena.start("bob")
    done = arena.settle(lambda: arena.over(range(10)))
    return again(arena, range(10)) if done else ("left", first(arena, range(10)))


def orders(arena: Arena) -> Finding | None:
    """Two consumers, a slow entry, one that fails once, and one whose machine dies."""

    def over() -> bool:
        arena.gone = {each.who for each in arena.diary.read() if each.did == KILLED}
        return arena.over(range(40))

    for who in ("alice", "bob"):
        arena.start(who)
    arena.settle(arena.ready)
    arena.settle(lambda: arena.blocked() > 1, LURKING_SECONDS)
    arena.send(range(40), {0: SLOW, 4: RAISES_ONCE, 17: DIES_ONCE, 8: SLOW, 26: SLOW})
    ended = arena.settle(over)
    if lost := gone(arena, range(40)):
        return "lost", lost[0]
    happened = arena.diary.read()
    if pairs := inversions(happened, key_of):
        found = [(_why(happened, *pair), pair) for pair in pairs]
        why, (later, _) = next((each for each in found if each[0][0] == "two-at-once"), found[0])
        [who, *_] = [each.who for each in happened if (each.did, each.value) == (DONE, later)]
        arena.remark = f"Entry {later}, with the same key, was handled before it, by {who}."
        return why
    return again(arena, range(40)) if ended else ("left", first(arena, range(40)))


def inversions(happened: list[Happening], key_of: Callable[[int], int]) -> list[tuple[int, int]]:
    """Return pairs of values of one key, (later, earlier), if the later one was handled first; each
    earlier value once."""
    found, done, highest = [], set(), {}
    for each in happened:
        if each.did != DONE or each.value in done:
            continue
        done.add(each.value)
        latest = highest.get(key_of(each.value), -1)
        if latest > each.value:
            found.append((latest, each.value))
        highest[key_of(each.value)] = max(latest, each.value)
    return found


def _why(happened: list[Happening], later: int, earlier: int) -> Finding:
    """Explain how a later entry of the key overtook an earlier one."""
    end = next(i for i, each in enumerate(happened) if (each.did, each.value) == (DONE, later))
    before = [each for each in happened[:end] if each.value == earlier]
    did = {each.did for each in before}
    if RAISED in did:
        return "overtakes-failed", earlier
    at_once = {each.who for each in before if each.did == BEGINS} - {happened[end].who}
    return ("two-at-once" if at_once and KILLED not in did else "overtakes-dead"), earlier
