"""What a stream, its groups and consumers look like at one moment: plain values."""

from dataclasses import dataclass

PLAIN = ""
NOT_DELIVERED = "not delivered"
PENDING = "pending"
ACKED = "acked"
DEAD_LETTERED = "dead-lettered"
TRIMMED = "trimmed"
SKIPPED = "skipped"
"""What an entry can be for one group; PLAIN is an entry that no group was asked about.

The server records only the last delivered ID and what is pending. An entry up to that ID that is
not pending counts as acked, unless it is in the dead-letter stream, or the group has provably
delivered nothing (skipped)."""


def value_of(fields: dict[str, str]) -> str:
    """Return an entry's field "value", else its only value, else all as "a=1 b=2"."""
    own = {name: value for name, value in fields.items() if not name.startswith("dead:")} or fields
    if "value" in own:
        return own["value"]
    if len(own) == 1:
        return next(iter(own.values()))
    return " ".join(f"{name}={value}" for name, value in own.items())


@dataclass(frozen=True, slots=True)
class EntryState:
    """One entry as a group sees it; `fields` is empty once it is trimmed.

    `owner`, `deliveries` and `idle_ms` say something only while it is pending or trimmed; `states`
    holds the state for each group that was asked about, in the snapshot's order.
    """

    id: str
    fields: dict[str, str]
    state: str = PLAIN
    owner: str = ""
    deliveries: int = 0
    idle_ms: int = 0
    states: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """What to call this entry; "?" once its fields are gone."""
        return value_of(self.fields) if self.fields else "?"


@dataclass(frozen=True, slots=True)
class ConsumerState:
    """One consumer: how many entries it has pending, and milliseconds since it last asked for some.

    `active` is False if it was never given an entry, None where the server (7.0) can't tell.
    """

    name: str
    pending: int
    idle_ms: int = 0
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class GroupState:
    """One consumer group in the server's words; `lag` and `entries_read` are None if it can't tell.

    `entries` are the pending entries by ID: all of them, unless `pending` is greater.
    """

    name: str
    last_delivered: str
    lag: int | None
    entries_read: int | None
    pending: int
    consumers: tuple[ConsumerState, ...] = ()
    entries: tuple[EntryState, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A stream at one moment: its first and last entries; `gap` between them weren't read.

    `problem` is one sentence, or None: no such stream, no such group, a key that is no stream.
    `group` names the group that the states are about: the one asked for, or the only one.
    """

    stream: str
    exists: bool = False
    problem: str | None = None
    length: int = 0
    entries_added: int = 0
    last_generated_id: str = "0-0"
    group: str | None = None
    groups: tuple[GroupState, ...] = ()
    entries: tuple[EntryState, ...] = ()
    gap: int = 0
    dead_letters: int = 0
    dead: tuple[EntryState, ...] = ()

    @property
    def chosen(self) -> GroupState | None:
        """The group that the states of the entries are about."""
        return next((g for g in self.groups if g.name == self.group), None)

    @property
    def pending(self) -> tuple[EntryState, ...]:
        """The entries delivered but not acknowledged in the chosen group, including trimmed
        ones."""
        return self.chosen.entries if self.chosen else ()

    @property
    def done(self) -> bool:
        """True if the chosen group has nothing to deliver, whatever the lag says, nor pending."""
        undelivered = [e for e in self.entries[-1:] if e.state == NOT_DELIVERED]
        return self.chosen is not None and not self.chosen.pending and not undelivered

    @property
    def removed(self) -> int:
        """How many entries were trimmed or deleted since the stream began."""
        return max(0, self.entries_added - self.length)

    def having(self, state: str) -> tuple[EntryState, ...]:
        """Return the entries read that are in one state for the chosen group."""
        return tuple(e for e in self.entries if e.state == state)

    def pending_of(self, consumer: str) -> tuple[EntryState, ...]:
        """Return the entries that one consumer has pending in the chosen group."""
        return tuple(e for e in self.pending if e.owner == consumer)
