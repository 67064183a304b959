"""What an exercise is: plain data, which verdict.py compares with the server."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redis import Redis

from helpers.connection.origins import Made
from helpers.connection.sent import SCRIPTS, Sent
from helpers.entries import id_key
from helpers.snapshots import EntryState, GroupState, Snapshot
from helpers.snapshots.states import NOT_DELIVERED


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything found for one exercise: snapshots, readings and values, as plain data (see
    plain_data.py), and the attempt since the stub began (see helpers/connection/evidence.py).

    A value that wasn't passed, or a reading that failed, is None.
    """

    stream: Snapshot
    beside: Mapping[str, Snapshot] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)
    passed: Mapping[str, Any] = field(default_factory=dict)
    # The learner's own commands, without the stub's; if nobody `watched`, an empty `sent` means
    # nothing, so judge by the state alone
    sent: tuple[Sent, ...] = ()
    watched: bool = False
    # How the last cell ended: "" (well), "interrupted", "running", or "error", which `error` quotes
    ended: str = ""
    error: str = ""
    # The source of the cells without comments, the number of the learner's statements in it, and
    # whether these are only calls, such as picture(r, LOOP)
    code: str = ""
    wrote: int = 0
    calls: bool = False
    # How these statements set each name
    made: Mapping[str, Made] = field(default_factory=dict)
    # How many times the stub has the words that `times` counts
    given: Mapping[str, int] = field(default_factory=dict)

    def times(self, words: str) -> int:
        """Return how many times the learner's code has these words, a pattern among the exercise's
        `given`; those of the stub itself don't count."""
        return max(0, len(re.findall(words, self.code)) - self.given[words])

    def did(self, *commands: str) -> list[Sent]:
        """Return the sent commands with these names, such as "XACK" or "XGROUP CREATE", in
        order."""
        return [each for each in self.sent if each.command in commands]

    def without_effect(self, *commands: str) -> Sent | None:
        """Return the last command with one of these names that got a reply but did nothing; None if
        each did something, or nobody recorded them."""
        return next((each for each in reversed(self.did(*commands)) if each.empty), None)

    def sent_one(self, commands: str, advice: str) -> str:
        """Name the first of the commands, as in "SET|INCR", that the learner's code sent itself,
        with what to do instead; "" if it sent none."""
        each = next((each for each in self.did(*commands.split("|")) if not each.error), None)
        return f"you sent `{each.line}`: {advice}" if each else ""

    def idle_script(self) -> str:
        """Say that the scripts sent did nothing, if each of them returned nothing; or ""."""
        scripts = self.did(*SCRIPTS)
        if not scripts or not all(each.empty for each in scripts):
            return ""
        return f"`{scripts[0].line}` did nothing: check the order of its keys, and its conditions."

    @property
    def tried(self) -> bool:
        """Tell whether there is any sign of an attempt; only looking at the stream is none."""
        acted = not all(each.looks for each in self.sent)
        return bool(self.ended) or acted or (self.wrote > 0 and not self.calls)

    @property
    def values(self) -> list[str]:
        """The entries of the stream in order, each by its field "value"."""
        return [e.value for e in self.stream.entries]

    @property
    def pending(self) -> list[str]:
        """The values of the pending entries in the exercise's group."""
        return [e.value for e in self.stream.pending]

    @property
    def waiting(self) -> list[str]:
        """The values that the exercise's group still has to deliver."""
        return [e.value for e in self.stream.having(NOT_DELIVERED)]

    @property
    def group(self) -> GroupState | None:
        """The exercise's group, if it is there."""
        return self.stream.chosen

    def knows(self, consumer: str) -> bool:
        """Tell whether the exercise's group has a consumer of this name."""
        return any(c.name == consumer for c in self.group.consumers)

    def named(self, name: str) -> GroupState | None:
        """Return any other group of the stream, or None."""
        return next((g for g in self.stream.groups if g.name == name), None)

    def reach(self, group: GroupState) -> tuple[EntryState, ...]:
        """Return the entries that a group still has to deliver, or has pending."""
        pending = {e.id for e in group.entries}
        return tuple(
            e
            for e in self.stream.entries
            if e.id in pending or id_key(e.id) > id_key(group.last_delivered)
        )

    def pending_of(self, consumer: str) -> list[str]:
        """Return the values that one consumer has pending."""
        return [e.value for e in self.stream.pending_of(consumer)]


Text = str | Callable[[Seen], str]
"""A text, or a function that makes one from what was seen."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A hint for one misconception: its ID in misconceptions.py, how to recognize it, and the text.

    `nearly` is for an attempt with the right result, but not in the way that the task demands.
    """

    misconception: str
    shows: Callable[[Seen], bool]
    text: Text
    nearly: bool = False


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: what it asks of the server, and what its check says.

    Most exercises need the fields up to `values`, `stage` and `after`; tests check both counts,
    and `given`.
    """

    name: str
    title: str
    minutes: int
    # The texts after "not started yet: ", "✓ solved: " and "wanted: "
    task: str
    praise: Text
    wanted: Text
    # What is there, in numbers
    sees: Callable[[Seen], str]
    solved: Callable[[Seen], bool]
    # True of what the stub leaves
    untouched: Callable[[Seen], bool]
    # The learner gets the first that fits, so put specific ones before general ones
    hints: tuple[Hint, ...]
    # Which snapshot to take, and of which other streams
    stream: str = ""
    group: str | None = None
    beside: tuple[str, ...] = ()
    # More questions to the server, which change nothing
    reads: Mapping[str, Callable[[Redis], Any]] = field(default_factory=dict)
    # The keys that the task is about, if not just the stream, such as "`a:{0}` to `a:{3}`"
    keys: str = ""
    # The notebook's variables that the check cell passes in, in order
    values: tuple[str, ...] = ()
    # How many commands the stub sends after its clean_slate: they aren't the learner's
    stage: int = 0
    # How many of its statements stand below the place for the learner's code
    after: int = 0
    # Patterns that its functions look for in the code, and how many times the stub has each
    given: Mapping[str, int] = field(default_factory=dict)
    # Commands that a timer in the stub sends: a grader sees them, but a kernel doesn't note them
    timed: tuple[str, ...] = ()
    # The only names under which the task lets you read; any, if empty
    consumers: tuple[str, ...] = ()
    # The values that a learner may type; all others must come from the server
    typed: tuple[str, ...] = ()
    # What the learner's code did by hand in place of the script, handler or function in the task
    by_hand: Callable[[Seen], str | bool] = lambda seen: ""
    # Words of an error that the lesson announces, so that ending with it is no mistake
    may_end: str = ""
    # A mistake that is no misconception, if no hint fits
    slip: Callable[[Seen], str] = lambda seen: ""

    @property
    def prefix(self) -> str:
        """The beginning of the keys of this exercise: "02:start"."""
        return self.name.replace(".", ":")

    @property
    def about(self) -> str:
        """The keys that the task is about."""
        return self.keys or f"`{self.stream or self.prefix}`"

    @property
    def call(self) -> str:
        """The check cell's source."""
        return f"check({', '.join([chr(34) + self.name + chr(34), 'r', *self.values])})"


def safely(question: Callable[[Seen], Any], seen: Seen) -> Any:
    """Ask a question about what was seen; return None if it fails because something is missing."""
    try:
        return question(seen)
    except (AttributeError, LookupError, TypeError, ValueError, ArithmeticError):
        return None
