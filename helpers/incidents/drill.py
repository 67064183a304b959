"""A drill: incidents from a seed, one after the other, and a report that says found, fixed,
nothing lost."""

import random
from collections.abc import Iterator

from helpers.connection import connect, evidence
from helpers.diagnosis import (
    GROUP_AT_END,
    PRODUCER_STOPPED,
    STREAM_GONE,
    TRIMMED_UNREAD,
    WELL,
    diagnose,
)
from helpers.incidents.case import ALL_ENTRIES, LONGEST_HANDLER_MS, MALFORMED, Case
from helpers.incidents.makers import MAKERS, make
from helpers.servers.own import OwnServer
from helpers.snapshots import snapshot
from helpers.snapshots.states import NOT_DELIVERED
from helpers.streams import dead_letters

BEYOND_REPAIR = {TRIMMED_UNREAD, STREAM_GONE}
"""What no command brings back, so no drill asks for it."""


class Drill:
    """Hands out one broken stream after the other, on its own server: fix it in the body of the
    `for`, and put its problem into `case.found`.

    `report` gets a row for each: the incident, the learner's finding, whether the stream is healthy
    afterward, how many values are lost, and how many were handled twice.
    """

    def __init__(self, seed: int, binary: str | None = None):
        self.seed, self.binary = seed, binary
        kinds = [kind for kind in MAKERS if kind not in BEYOND_REPAIR]
        self.kinds = random.Random(seed).sample(kinds, len(kinds))
        self.report: list[dict] = []

    def __iter__(self) -> Iterator[Case]:
        self.report.clear()
        with OwnServer(self.binary) as own, connect(own.url) as r:
            for number, kind in enumerate(self.kinds, 1):
                case = make(Case(r, f"12:drill:{number}", self.seed), kind)
                yield case
                with evidence.unseen():
                    self.report.append(judge(case, kind))


def judge(case: Case, kind: str) -> dict:
    """Let the case go on, and say how it stands: found, fixed, nothing lost."""
    first, second = case.looks()
    well = {WELL, PRODUCER_STOPPED} if kind == GROUP_AT_END else {WELL}
    letters = [
        letter.fields["value"] for letter in dead_letters(case.r, case.stream, count=ALL_ENTRIES)
    ]
    return {
        "incident": kind,
        "found": case.found,
        "fixed": diagnose(first, second, LONGEST_HANDLER_MS) in well
        and set(letters) <= {MALFORMED},
        "lost": len(set(case.sent) - set(case.handled) - set(letters) - in_reach(case)),
        "twice": len(case.handled) - len(set(case.handled)),
    }


def in_reach(case: Case) -> set[str]:
    """Return the values that the group has pending, or still to deliver."""
    shot = snapshot(case.r, case.stream, case.group, limit=ALL_ENTRIES)
    undelivered = shot.having(NOT_DELIVERED)
    return {entry.value for entry in (*shot.pending, *undelivered)}
