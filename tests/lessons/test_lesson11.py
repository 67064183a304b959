"""Order and partitions: each fix in the lesson, compared with the fault."""

import threading
from contextlib import ExitStack
from itertools import pairwise

import pytest

from helpers.checks.lessons.lesson11 import FENCED
from helpers.consumer import Consumer
from helpers.partitions import partition_of, partition_stream
from helpers.streams import ensure_group, is_done
from tests.learners import Learner, notebook

GROUP = "consumerGroup"
ACCOUNTS = ["ann", "ben", "cleo", "dan", "eve", "finn", "gus", "sam"]
ENTRIES = [{"account": account, "n": n} for n in range(25) for account in ACCOUNTS]


@pytest.fixture
def lesson(r):
    """The functions that the lesson writes by hand."""
    learner = Learner(r, FENCED)
    for _, cell in notebook("11").code:
        if "def in_turns(" in cell.source or "def places(" in cell.source:
            learner.run(cell.source)
    return learner.names


def handled_in_threads(r, readers: list[tuple[str, str]]) -> list[dict]:
    """Let real consumers with COUNT 10 handle everything; each starts its second entry once all
    have handled their first."""
    order, all_have_begun = [], threading.Barrier(len(readers))

    def handle_as(name):
        begun = []

        def handle(entry):
            order.append(entry.fields)
            if not begun:
                begun.append(name)
                all_have_begun.wait(20)

        return handle

    with ExitStack() as running:
        consumers = [
            running.enter_context(Consumer(r, stream, GROUP, name, handle_as(name)))
            for stream, name in readers
        ]
        for consumer in consumers:
            consumer.drain(20)
    assert all(is_done(r, stream, GROUP) for stream, _ in readers)
    return order


def test_real_consumers_of_one_stream_break_the_order(r, stream, lesson):
    """The lesson shows it in turns; it happens in threads, too."""
    ensure_group(r, stream, GROUP)
    for fields in ENTRIES:
        r.xadd(stream, fields)
    order = handled_in_threads(r, [(stream, name) for name in ("alice", "bob", "carol")])
    assert len(order) == 200 and lesson["inversions"](order) > 0


def test_real_consumers_of_partitions_keep_it(r, stream, lesson):
    """The same entries and threads, a partition each."""
    partitions = [partition_stream(stream, number) for number in range(3)]
    for name in partitions:
        ensure_group(r, name, GROUP)
    for fields in ENTRIES:
        r.xadd(partitions[partition_of(fields["account"], 3)], fields)
    order = handled_in_threads(r, list(zip(partitions, ("alice", "bob", "carol"), strict=True)))
    assert len(order) == 200 and lesson["inversions"](order) == 0


def test_inversions_counts_what_was_handled_after_a_later_entry(lesson):
    """Each such entry counts once, and each account separately."""
    orders = [("a", 0), ("b", 0), ("a", 2), ("a", 1), ("b", 1), ("a", 0)]
    fields = [{"account": account, "n": str(n)} for account, n in orders]
    assert lesson["inversions"](fields) == 2
    assert lesson["inversions"](fields[:3]) == 0


def test_a_larger_number_of_partitions_moves_keys_and_bare_hash_all(lesson):
    """796 of the lesson's 1,000 customers move from four to five; hash() disagrees with itself."""
    customers = [f"customer-{n}" for n in range(1000)]
    assert sum(partition_of(name, 4) != partition_of(name, 5) for name in customers) == 796
    places = lesson["places"]
    assert places("hash(key)") != places("hash(key)")
    assert places("crc32(key.encode())") == [partition_of(name, 4) for name in customers]


def test_a_hot_key_bounds_every_number_of_partitions():
    """More partitions empty the others, and never the one with the hot key."""
    keys = ["supermarket"] * 500 + [f"customer-{n}" for n in range(500)]
    fullest = [
        max(map([partition_of(key, n) for key in keys].count, range(n))) for n in (4, 16, 64)
    ]
    assert all(few > many for few, many in pairwise(fullest)) and fullest[-1] >= 500
