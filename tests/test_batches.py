"""A batch takes as long as all its handlers together: meanwhile, nobody may claim, dead-letter or
repeat its waiting entries."""

import logging
import time

import pytest

from helpers.connection import can
from helpers.consumer import Consumer
from helpers.streams import (
    claim,
    dead_letter,
    dead_letter_stream,
    ensure_group,
    hand_back,
    keep,
    pending,
    read_group,
)
from helpers.waiting import wait_until

GROUP = "consumerGroup"
IDLE_MS = 150


def fill(r, stream, entries=10) -> list[str]:
    """Create a group and `entries` entries; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(entries)]


@pytest.fixture
def ids(r, stream):
    """Ten entries."""
    return fill(r, stream)


def looks_idle(r, stream, entry_id, milliseconds):
    """Tell whether an entry has been idle for that long."""
    return entry_id in [line.id for line in pending(r, stream, GROUP, min_idle_ms=milliseconds)]


def handled_by_two(r, stream, kind) -> tuple[list[str], int]:
    """Return who handled what: Alice's five entries take one and a half times min_idle, and Bob
    steps after each one."""
    values, min_idle_ms = [], 1000

    def slowly(entry):
        began = time.monotonic()
        wait_until(lambda: time.monotonic() - began > 0.3, 5, "work that takes its time")
        bob.step()
        values.append(entry.fields["value"])

    limits = {"min_idle_ms": min_idle_ms, "max_deliveries": 2}
    bob = Consumer(
        r, stream, GROUP, "bob", lambda entry: values.append(entry.fields["value"]), **limits
    )
    bob.block_ms = 0  # There's nothing new to wait for
    alice = kind(r, stream, GROUP, "alice", slowly, **limits)
    alice.step()
    return values, alice.dead_lettered + bob.dead_lettered


def test_min_idle_need_not_cover_the_whole_batch(r, stream):
    """Entries that wait behind a slow handler are kept: each is handled once, none
    dead-lettered."""
    fill(r, stream, entries=5)
    assert handled_by_two(r, stream, Consumer) == ([str(n) for n in range(5)], 0)


def test_without_keeping_a_batch_is_claimed_from_a_consumer_at_work(r, stream):
    """Without the fix, a consumer's later entries look idle, and are handled twice."""
    fill(r, stream, entries=5)

    class Careless(Consumer):
        def mine(self, batch):
            return iter(batch)

    values, _ = handled_by_two(r, stream, Careless)
    assert len(values) > len(set(values))


def test_what_was_claimed_all_the_same_is_not_handled(r, stream, ids):
    """A consumer that was frozen for longer than min_idle finds out before the next entry."""
    seen = []

    def handle(entry):
        seen.append(entry.fields["value"])
        if len(seen) == 1:
            wait_until(lambda: looks_idle(r, stream, ids[9], IDLE_MS), 5, "the freeze")
            assert claim(r, stream, GROUP, "bob", ids[5], min_idle_ms=IDLE_MS)

    Consumer(r, stream, GROUP, "alice", handle, min_idle_ms=IDLE_MS, max_deliveries=2).step()
    assert seen == [str(n) for n in range(10) if n != 5]
    assert [(line.id, line.consumer) for line in pending(r, stream, GROUP)] == [(ids[5], "bob")]


def test_a_handler_that_outlasts_min_idle_is_logged(r, stream, ids, caplog):
    """Nobody can keep an entry whose own handler is running; the log says which number is too
    small."""

    def handle(entry):
        wait_until(lambda: looks_idle(r, stream, entry.id, 60), 5, "a long handler")

    with caplog.at_level(logging.WARNING, "helpers.consumer"):
        Consumer(
            r, stream, GROUP, "alice", handle, count=1, min_idle_ms=40, max_deliveries=2
        ).step()
    assert ids[0] in caplog.text and "longer than min_idle_ms=40" in caplog.text


def test_a_pace_that_min_idle_does_not_cover_is_refused(r, stream):
    """It's clear that the number is too small before anything is read."""
    with pytest.raises(ValueError, match="min_idle_ms=100 must exceed pace=0.1"):
        Consumer(r, stream, GROUP, "alice", print, pace=0.1, min_idle_ms=100, max_deliveries=3)


def test_one_delivery_is_too_few_for_a_limit(r, stream):
    """A crash in the first batch would dead-letter entries that no handler has seen."""
    with pytest.raises(ValueError, match="max_deliveries must be a whole number from 2 up"):
        Consumer(r, stream, GROUP, "alice", print, min_idle_ms=100, max_deliveries=1)


def test_keeping_touches_only_what_is_still_ones_own(r, stream, ids):
    """Once its entry was claimed, a consumer can't get it back by keeping it; delivery counts don't
    change."""
    read_group(r, stream, GROUP, "erin", count=3)
    claim(r, stream, GROUP, "bob", ids[0], min_idle_ms=0)
    r.xack(stream, GROUP, ids[1])
    assert keep(r, stream, GROUP, "erin", ids[:3]) == {ids[2]}
    assert [(line.id, line.consumer, line.deliveries) for line in pending(r, stream, GROUP)] == [
        (ids[0], "bob", 2),
        (ids[2], "erin", 1),
    ]


def test_keeping_sets_the_idle_time_back(r, stream, ids):
    """From a while to zero."""
    read_group(r, stream, GROUP, "erin", count=2)
    wait_until(lambda: looks_idle(r, stream, ids[0], 30), 5, "idle entries")
    keep(r, stream, GROUP, "erin", ids[:1])
    first, second = pending(r, stream, GROUP)
    assert first.idle_ms < second.idle_ms >= 30


def test_what_is_handed_back_can_be_claimed_at_once(r, stream, ids):
    """By the consumer that waits longest, without an additional delivery."""
    read_group(r, stream, GROUP, "erin", count=2)
    claim(r, stream, GROUP, "bob", ids[0], min_idle_ms=0)
    assert hand_back(r, stream, GROUP, "erin", ids[:2]) == {ids[1]}
    assert [
        (line.id, line.deliveries) for line in pending(r, stream, GROUP, min_idle_ms=3_600_000)
    ] == [(ids[1], 1)]


def test_what_is_handed_back_needs_no_owner(r, stream, ids):
    """Redis 8.8 and later: it has none then, unless it stays its consumer's own."""
    read_group(r, stream, GROUP, "erin", count=2)
    hand_back(r, stream, GROUP, "erin", ids[:1])
    hand_back(r, stream, GROUP, "erin", ids[1:2], stays_own=True)
    lines = pending(r, stream, GROUP)
    assert [line.consumer for line in lines] == ["" if can(r, "XNACK") else "erin", "erin"]
    assert all(line.can_be_claimed(3_600_000) and line.deliveries == 1 for line in lines)


def test_a_successor_of_the_same_name_finds_what_was_left(r, stream, ids):
    """Without limits, a consumer claims nothing: what its predecessor left must stay its own."""

    def fails(entry):
        raise ValueError("boom")

    with pytest.raises(ValueError), Consumer(r, stream, GROUP, "erin", fails) as consumer:
        consumer.wait(handled=1)
    handled = []
    Consumer(r, stream, GROUP, "erin", lambda entry: handled.append(entry.id)).step()
    assert handled == ids[:1]


@pytest.mark.parametrize(
    "since",
    [
        "claimed",
        "claimed without a delivery",
        "delivered to the same consumer again",
        "acknowledged",
    ],
)
def test_only_the_delivery_that_was_seen_is_buried(r, stream, ids, since):
    """An outdated line of the list dead-letters nothing: the entry's current owner may be working
    on it."""
    read_group(r, stream, GROUP, "alice", count=1)
    [line] = pending(r, stream, GROUP)
    {
        "claimed": lambda: claim(r, stream, GROUP, "bob", ids[0], min_idle_ms=0),
        "claimed without a delivery": lambda: r.xclaim(
            stream, GROUP, "bob", 0, [ids[0]], justid=True
        ),
        "delivered to the same consumer again": lambda: read_group(
            r, stream, GROUP, "alice", after="0"
        ),
        "acknowledged": lambda: r.xack(stream, GROUP, ids[0]),
    }[since]()
    assert dead_letter(r, stream, GROUP, line, "too late") is False
    assert not r.exists(dead_letter_stream(stream))


def test_a_claim_goes_on_where_the_last_one_ended(r, stream):
    """The entries before it aren't searched again: each search begins after the last claimed
    entry."""
    fill(r, stream, entries=6)
    read_group(r, stream, GROUP, "dead", count=6)
    looks = []

    class Noting(Consumer):
        def look(self, **which):
            looks.append(which.get("after"))
            return super().look(**which)

    alice = Noting(
        r, stream, GROUP, "alice", lambda entry: None, min_idle_ms=1, max_deliveries=9, block_ms=1
    )
    wait_until(
        lambda: looks_idle(r, stream, pending(r, stream, GROUP)[-1].id, 2), 5, "overdue entries"
    )
    for _ in range(6):
        alice.step()
    [*_, last] = looks
    assert alice.handled == 6 and last == [entry_id for entry_id, _ in r.xrange(stream)][4]
