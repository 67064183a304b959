"""The pending entries list as a state machine: whatever happens, in whatever order, the server's
list loses nothing.

Hypothesis tries orders of producing, reading, failing, crashing and restarting on a real server.
Two wrong consumers show that the rules can be broken.
"""

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.entries import Entry
from helpers.streams import clean_slate, dead_letters, ensure_group, is_done, pending

GROUP = "consumerGroup"
NAMES = ("alice", "bob")
IDLE_MS, LIMIT, COUNT = 60_000, 3, 4
"""Nothing gets idle for a minute by itself here: `time_passes` makes it so."""

EXAMPLES = 60

numbers = itertools.count()
names = st.sampled_from(NAMES)


class Crash(BaseException):
    """The process is gone: the rest of its code doesn't run."""


class AcksFirst(Consumer):
    """Wrong: acknowledges, then handles."""

    def succeeds(self, entry: Entry) -> bool:
        self.r.xack(self.stream, self.group, entry.id)
        return super().succeeds(entry)


class NoCursor(Consumer):
    """Wrong: looks for its own pending entries from the beginning each time."""

    def own_history(self) -> Iterator[list[Entry]]:
        while page := self.look(consumer=self.name):
            yield from self.take(page[0], min_idle_ms=0)


class PendingEntries(RuleBasedStateMachine):
    """Two consumers of one group; each entry's behavior when handled is decided when it is
    produced."""

    kind: type[Consumer] = Consumer
    url: str
    prefix: str

    def __init__(self):
        super().__init__()
        self.r = connect(self.url)
        self.stream = f"{self.prefix}{next(numbers)}"
        self.values = itertools.count()
        self.produced: dict[str, str] = {}  # value: its handler's action
        self.handled: set[str] = set()
        self.calls: Counter[str] = Counter()
        # Since it became due again
        self.tried: dict[str, set[str]] = {name: set() for name in NAMES}
        self.came_back: list[str] = []
        ensure_group(self.r, self.stream, GROUP)
        self.consumers = {name: self.new_consumer(name) for name in NAMES}

    def teardown(self):
        """Delete what this example made."""
        clean_slate(self.r, self.stream)
        self.r.close()

    def new_consumer(self, name: str) -> Consumer:
        """Return a consumer as in a new process."""
        self.tried[name] = set()
        consumer = self.kind(
            self.r,
            self.stream,
            GROUP,
            name,
            lambda entry: self.handle(name, entry),
            count=COUNT,
            min_idle_ms=IDLE_MS,
            max_deliveries=LIMIT,
        )
        # There's nobody to wait for, and an idle server may take 100 ms to end a BLOCK of 1 ms
        consumer.block_ms = 0
        # A pause ends when time_passes says so; outages have their own tests
        consumer.pauses.first = consumer.pauses.longest = 24 * 60 * 60
        consumer.breaker.failed = lambda one, *, first: [one]
        return consumer

    def handle(self, name: str, entry: Entry) -> None:
        """Do what the entry says; a second try of a failed one must wait until it is idle."""
        value = entry.fields["value"]
        if value in self.tried[name]:
            # No assert: the consumer would take its error for the handler's
            self.came_back.append(value)
        self.tried[name].add(value)
        self.calls[value] += 1
        if self.produced[value] == "fails":
            raise ValueError("not today")
        if self.produced[value] == "crashes":
            # Earlier entries of its batch aren't acknowledged, either
            self.consumers[name].acknowledge = lambda entries: None
            raise Crash
        self.handled.add(value)

    @rule(
        does=st.lists(
            st.sampled_from(["works", "works", "fails", "crashes"]), min_size=1, max_size=COUNT
        )
    )
    def produce(self, does):
        """Add entries."""
        for what in does:
            value = str(next(self.values))
            self.produced[value] = what
            self.r.xadd(self.stream, {"value": value})

    @rule(name=names)
    def step(self, name):
        """Run one round of a consumer; if an entry crashes it, start a successor of the same
        name."""
        try:
            self.consumers[name].step()
        except Crash:
            self.consumers[name] = self.new_consumer(name)

    @rule(name=names)
    def crash_before_the_ack(self, name):
        """Kill a consumer after it has handled its entries, but before it acknowledges them."""
        consumer = self.consumers[name]
        consumer.acknowledge = crash
        with contextlib.suppress(Crash):
            consumer.step()
        self.consumers[name] = self.new_consumer(name)

    @rule(name=names, count=st.integers(0, COUNT))
    def restart(self, name, count):
        """Kill a consumer between two rounds, or while the reply to its read is on its way."""
        if count:
            self.r.xreadgroup(GROUP, name, {self.stream: ">"}, count=count)
        self.consumers[name] = self.new_consumer(name)

    @rule()
    def time_passes(self):
        """Make all pending entries idle long enough, and let the consumers look for them."""
        for line in pending(self.r, self.stream, GROUP, count=1000):
            self.r.xclaim(
                self.stream, GROUP, line.consumer, 0, [line.id], idle=2 * IDLE_MS, justid=True
            )
        for name, consumer in self.consumers.items():
            consumer.claim_at = 0.0
            consumer.pauses._due = dict.fromkeys(consumer.pauses.all(), 0.0)
            self.tried[name] = set()

    @invariant()
    def nothing_comes_back_at_once(self):
        """Failed entries wait until they are idle; otherwise they would keep others from their
        turn."""
        assert not self.came_back, f"{self.came_back} came back at once"

    @invariant()
    def nothing_is_lost(self):
        """Every delivered entry is handled, dead-lettered, or still pending; poison isn't tried
        more often than the limit, apart from a crash in its first batch."""
        with self.r.pipeline(transaction=True) as pipe:
            pipe.xrange(self.stream)
            pipe.xinfo_groups(self.stream)
            pipe.xpending_range(self.stream, GROUP, "-", "+", 1000)
            stored, [group], lines = pipe.execute()
        delivered = {
            entry_id: fields["value"] for entry_id, fields in stored[: group["entries-read"] or 0]
        }
        kept = {delivered[line["message_id"]] for line in lines} | self.handled | self.dead()
        lost = set(delivered.values()) - kept
        assert not lost, f"{lost} are lost"
        assert all(
            self.calls[value] <= LIMIT + 1
            for value, does in self.produced.items()
            if does != "works"
        )

    def dead(self) -> set[str]:
        """The values of the dead letters, each of which was tried up to the limit."""
        letters = dead_letters(self.r, self.stream, count=1000)
        values = {letter.fields["value"] for letter in letters}
        assert len(values) == len(letters) and all(
            letter.fields["dead:reason"] == f"tried {LIMIT} times, never acked"
            for letter in letters
        )
        return values

    @rule()
    def quiet_period(self):
        """Without further faults, everything is done after as many rounds as there can be tries."""
        for _ in range(2 * LIMIT):
            self.time_passes()
            for name in NAMES * (len(self.produced) + 1):
                if is_done(self.r, self.stream, GROUP):
                    break
                self.step(name)
        assert is_done(self.r, self.stream, GROUP), (
            "entries are never done, however often the consumers look"
        )
        assert self.handled | self.dead() == set(self.produced)
        assert {value for value, does in self.produced.items() if does != "works"} <= self.dead()


def crash(entries: list[Entry]) -> None:
    """Stand in for the acknowledgment of a process that is gone."""
    raise Crash


def play(url: str, prefix: str, consumer: type[Consumer], examples: int) -> None:
    """Try many orders with one kind of consumer; raise the error of the first bad order."""
    machine = type("Machine", (PendingEntries,), {"kind": consumer, "url": url, "prefix": prefix})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
        ),
    )


def test_nothing_is_lost_in_any_order(url, prefix):
    """On each server, with the course's consumer."""
    play(url, prefix, Consumer, examples=EXAMPLES)


@pytest.mark.parametrize(
    "mutant, words", [(AcksFirst, "are lost"), (NoCursor, "came back at once")]
)
def test_a_wrong_consumer_is_caught(embedded_url, prefix, mutant, words):
    """The rules can be broken: a consumer that acknowledges before handling loses entries; one that
    forgets how far it got is stuck."""
    with pytest.raises(AssertionError, match=words):
        play(embedded_url, prefix, mutant, examples=EXAMPLES)
