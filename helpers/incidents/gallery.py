"""All ten incidents side by side, along with a healthy stream; and what alert rules make of
them."""

import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from helpers.connection import connect
from helpers.diagnosis import WELL, moved
from helpers.incidents.case import Case, two_looks
from helpers.incidents.makers import MAKERS, make
from helpers.servers.own import OwnServer
from helpers.snapshots import Snapshot

HIDDEN_NAMES = "abcdefghij"


class Metrics(NamedTuple):
    """What a monitoring program can read from XINFO and XPENDING: figures of the second look, and
    what changed since the first. A figure that the server doesn't report is None."""

    stream: bool
    group: bool
    added: int
    removed: int
    entries_read: int | None
    lag: int | None
    lag_growth: int | None
    moved: bool
    pending: int | None
    oldest_idle_ms: int
    deliveries: int
    dead_letters: int


@cache
def all_looks(seed: int) -> Mapping[str, tuple[Snapshot, Snapshot]]:
    """Make a healthy stream and the ten incidents on their own server, and look at each twice; the
    same seed gives the same incidents, which are kept."""
    kinds = [WELL, *MAKERS]
    with OwnServer() as own, connect(own.url) as r:
        cases = [make(Case(r, f"12:{kind}", seed), kind) for kind in kinds]
        return dict(zip(kinds, two_looks(cases), strict=True))


def answers(seed: int) -> dict[str, str]:
    """Tell which incident each letter of ten_looks stands for."""
    kinds = list(MAKERS)
    return dict(zip(HIDDEN_NAMES, random.Random(seed).sample(kinds, len(kinds)), strict=True))


def ten_looks(seed: int) -> dict[str, tuple[Snapshot, Snapshot]]:
    """Return two looks at each incident, under letters instead of names, in an order that the seed
    gives."""
    looks = all_looks(seed)
    return {letter: looks[kind] for letter, kind in answers(seed).items()}


def metrics(first: Snapshot, second: Snapshot) -> Metrics:
    """Read the figures off two looks."""
    group = second.chosen
    lags = [shot.chosen and shot.chosen.lag for shot in (first, second)]
    return Metrics(
        stream=second.exists,
        group=group is not None,
        added=max(0, second.entries_added - first.entries_added),
        removed=second.removed,
        entries_read=group and group.entries_read,
        lag=lags[1],
        lag_growth=None if None in lags else lags[1] - lags[0],
        moved=moved(first, second),
        pending=group and group.pending,
        oldest_idle_ms=max((entry.idle_ms for entry in second.pending), default=0),
        deliveries=max((entry.deliveries for entry in second.pending), default=0),
        dead_letters=max(0, second.dead_letters - first.dead_letters),
    )


def firing(
    rules: Mapping[str, Callable[[Metrics], object]], looks: Mapping[str, tuple[Snapshot, Snapshot]]
) -> dict[str, list[str]]:
    """Try every rule on every pair of looks; return for each rule where it fires. Raises TypeError
    unless `rules` is a dictionary of functions."""
    if not isinstance(rules, Mapping):
        raise TypeError(
            "rules must be a dictionary such as {'lag grows': lambda m: (m.lag_growth or 0) > 10}, "
            f"not {type(rules).__name__}."
        )
    for name, rule in rules.items():
        if not callable(rule):
            raise TypeError(
                f"the rule {name!r} must be a function of the figures m, not {type(rule).__name__}."
            )
    read = {name: metrics(*pair) for name, pair in looks.items()}
    return {
        name: [where for where, figures in read.items() if rule(figures)]
        for name, rule in rules.items()
    }
