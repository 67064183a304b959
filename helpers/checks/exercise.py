"""What an exercise is: plain data, which verdict.py compares with what the server says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from helpers.entries import id_key
from helpers.snapshots import EntryState, GroupState, Snapshot
from helpers.snapshots.states import NOT_DELIVERED


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found for one exercise: a snapshot of each stream, what else was read, and the
    values that were passed in.

    A value that was not passed, or a reading that failed, is None. Values are plain data, see
    plain_data.py.
    """

    stream: Snapshot
    beside: Mapping[str, Snapshot] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)
    passed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> list[str]:
        """The entries of the stream in their order, each by its field "value"."""
        return [e.value for e in self.stream.entries]

    @property
    def pending(self) -> list[str]:
        """The values of what is pending in the exercise's group."""
        return [e.value for e in self.stream.pending]

    @property
    def waiting(self) -> list[str]:
        """The values that the exercise's group has still to deliver."""
        return [e.value for e in self.stream.having(NOT_DELIVERED)]

    @property
    def group(self) -> GroupState | None:
        """The exercise's group, if it is there."""
        return self.stream.chosen

    def knows(self, consumer: str) -> bool:
        """Tell whether the exercise's group has a consumer of this name."""
        return any(c.name == consumer for c in self.group.consumers)

    def named(self, name: str) -> GroupState | None:
        """Any other group of the stream."""
        return next((g for g in self.stream.groups if g.name == name), None)

    def reach(self, group: GroupState) -> tuple[EntryState, ...]:
        """The entries that a group still has to deliver, or has pending."""
        pending = {e.id for e in group.entries}
        return tuple(
            e
            for e in self.stream.entries
            if e.id in pending or id_key(e.id) > id_key(group.last_delivered)
        )

    def pending_of(self, consumer: str) -> list[str]:
        """The values that one consumer has pending."""
        return [e.value for e in self.stream.pending_of(consumer)]


Text = str | Callable[[Seen], str]
"""A text, or how to make it from what was seen."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What to tell somebody who thinks so: the misconception's ID in misconceptions.py, how it
    shows, and the text."""

    misconception: str
    shows: Callable[[Seen], bool]
    text: Text


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: what it asks of the server, and what to say.

    `task` ends the line "not started yet: …", `wanted` the line "wanted: …", `praise` the line "✓
    solved: …"; `sees` says in numbers what is there. `stream` and `group` are the snapshot to take,
    `beside` names further streams, `reads` further questions that change nothing, and `values`
    names the notebook's variables that the check cell passes in, in their order. `untouched` is
    true of what the stub leaves. The first of `hints` that fits is given: the special before the
    general.
    """

    name: str
    title: str
    minutes: int
    task: str
    praise: Text
    wanted: Text
    sees: Callable[[Seen], str]
    solved: Callable[[Seen], bool]
    untouched: Callable[[Seen], bool]
    hints: tuple[Hint, ...]
    stream: str = ""
    group: str | None = None
    beside: tuple[str, ...] = ()
    reads: Mapping[str, Callable[[Redis], Any]] = field(default_factory=dict)
    values: tuple[str, ...] = ()

    @property
    def call(self) -> str:
        """The check cell's source."""
        return f"check({', '.join([chr(34) + self.name + chr(34), 'r', *self.values])})"


def listed(values: object, most: int = 10) -> str:
    """Write values as a learner may read them: "0, 1, 2", "nothing", and "…" where there are too
    many."""
    texts = (
        [_short(value, 30) for value in values]
        if isinstance(values, (list, tuple))
        else [_short(values, 60)]
    )
    shown = ", ".join(text if text.isprintable() else ascii(text) for text in texts[:most])
    return shown + (", …" if len(texts) > most else "") or "nothing"


def _short(value: object, most: int) -> str:
    text = str(value)
    return text if len(text) <= most else text[: most - 1] + "…"
