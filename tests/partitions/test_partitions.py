"""Partitions: one owner at a time, and order kept despite deaths, freezes and new workers."""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest
from redis import ResponseError
from redis.crc import key_slot

from helpers.faults import Process, crash, freeze
from helpers.partitions import Partition, PartitionConsumer, partition_of, partition_stream
from helpers.streams import ensure_group, is_done, read_group
from helpers.waiting import wait_until

GROUP = "consumerGroup"
LONG_MS = 60_000
"""A lease that outlives every test, however busy the machine is."""
SHORT_MS = 300
KEYS = [f"key-{n}" for n in range(8)]


def fill(r, stream, values) -> None:
    """Create a group at the start of one partition's stream, and an entry for each value."""
    ensure_group(r, stream, GROUP)
    for value in values:
        r.xadd(stream, {"value": value})


def owner(r, stream, name="alice", lease_ms=LONG_MS) -> Partition:
    """A partition that this worker has taken."""
    partition = Partition(r, stream, GROUP, name, lease_ms=lease_ms)
    wait_until(partition.take, 30, f"{name}'s lease")
    return partition


def finish(partition, entries) -> list[str]:
    """Add each value to the partition's log; return the values that were added."""
    log = partition.stream + ":log"
    return [
        entry.fields["value"]
        for entry in entries
        if partition.finish(entry.id, "RPUSH", log, entry.fields["value"])
    ]


def log_of(r, stream) -> list[int]:
    """The values in the log, in order."""
    return [int(value) for value in r.lrange(stream + ":log", 0, -1)]


def inversions(values) -> int:
    """Count the values handled after a greater one."""
    return sum(value < max(values[:place], default=value) for place, value in enumerate(values))


# Which partition


def test_a_key_is_in_the_same_partition_in_every_process():
    """Python's hash() differs from process to process; crc32 doesn't."""
    program = (
        "from helpers.partitions import partition_of\n"
        "keys = [f'customer-{n}' for n in range(1000)]\n"
        "print([partition_of(key, 4) for key in keys], [hash(key) % 4 for key in keys], sep=';')"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True
        ).stdout.split(b";")
        for seed in ("1", "2")
    ]
    assert runs[0][0] == runs[1][0] and runs[0][0]
    assert runs[0][1] != runs[1][1]


def test_all_keys_of_a_partition_share_a_slot():
    """In a cluster a script may touch only keys of one slot."""
    stream = partition_stream("orders", 3)
    slots = {key_slot(f"{stream}{tail}".encode()) for tail in ("", ":owner", ":log")}
    assert len(slots) == 1 and key_slot(partition_stream("orders", 4).encode()) not in slots


# The lease


def test_a_partition_has_one_owner(r, stream):
    """The second worker gets neither the lease nor an entry."""
    fill(r, stream, range(3))
    alice, bob = owner(r, stream), Partition(r, stream, GROUP, "bob", lease_ms=LONG_MS)
    assert not bob.take() and bob.read() == []
    assert len(alice.read()) == 3


def test_a_partition_that_was_given_back_is_free_at_once(r, stream):
    """Nobody waits for the lease of a worker that left cleanly; its entries come first."""
    fill(r, stream, range(4))
    alice = owner(r, stream)
    finish(alice, alice.read(count=2)[:1])
    alice.give()
    bob = Partition(r, stream, GROUP, "bob", lease_ms=LONG_MS)
    assert bob.take() and not alice.held
    values = [entry.fields["value"] for _ in range(2) for entry in finish_all(bob)]
    assert values == ["1", "2", "3"] and log_of(r, stream) == [0, 1, 2, 3]


def finish_all(partition):
    """Read once, and finish those entries."""
    entries = partition.read()
    finish(partition, entries)
    return entries


def test_nobody_gives_back_what_is_another_workers(r, stream):
    """A late give() leaves the new owner's lease alone."""
    alice = owner(r, stream, lease_ms=1)
    bob = owner(r, stream, "bob")
    alice.give()
    assert r.get(bob.lease) == "bob"


# The fence


def late(r, stream) -> tuple[Partition, list, Partition]:
    """Alice with a batch of three, and Bob, who has taken over."""
    fill(r, stream, range(3))
    alice = owner(r, stream, lease_ms=SHORT_MS)
    batch = wait_until(lambda: alice.take() and alice.read(), 10, "alice's batch")
    return alice, batch, owner(r, stream, "bob")


def test_a_late_effect_changes_nothing(r, stream):
    """Alice is back, but her batch is now Bob's: each value is handled once, in order."""
    alice, batch, bob = late(r, stream)
    assert finish(alice, batch) == [] and not alice.held
    assert finish(bob, bob.read()) == ["0", "1", "2"]
    assert log_of(r, stream) == [0, 1, 2]


def test_without_the_fence_a_late_effect_happens_twice(r, stream):
    """The same without the fence, which shows that the test above can fail."""
    alice, batch, bob = late(r, stream)
    for entry in [*bob.read(), *batch]:
        r.rpush(stream + ":log", entry.fields["value"])
        r.xack(stream, GROUP, entry.id)
    assert log_of(r, stream) == [0, 1, 2, 0, 1, 2]


def test_a_late_read_takes_nothing(r, stream):
    """Alice, frozen just before her read, gets nothing; otherwise her entries would be skipped."""
    fill(r, stream, range(2))
    alice = owner(r, stream, lease_ms=1)
    bob = owner(r, stream, "bob")
    assert alice.read() == []
    assert finish(bob, bob.read()) == ["0", "1"]


def test_without_the_fence_a_late_read_breaks_the_order(r, stream):
    """Between Bob's reads of pending and of new entries, a late read takes two entries that he gets
    to only afterward."""
    fill(r, stream, range(4))
    assert read_group(r, stream, GROUP, "owner", "0") == []  # Bob
    assert len(read_group(r, stream, GROUP, "owner", ">", count=2)) == 2  # Alice, late
    for after in (">", "0"):
        for entry in read_group(r, stream, GROUP, "owner", after):
            r.rpush(stream + ":log", entry.fields["value"])
            r.xack(stream, GROUP, entry.id)
    assert log_of(r, stream) == [2, 3, 0, 1]


def test_an_effect_that_fails_leaves_its_entry_pending(r, stream):
    """Neither the effect nor the acknowledgment happened, and the next read delivers it again."""
    fill(r, stream, [0])
    alice = owner(r, stream)
    [entry] = alice.read()
    r.set(stream + ":log", "no list")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        finish(alice, [entry])
    assert [entry.id for entry in alice.read()] == [entry.id]


def test_what_was_finished_is_not_finished_again(r, stream):
    """The same worker finishes the same entry twice: one effect."""
    fill(r, stream, [0])
    alice = owner(r, stream)
    entries = alice.read()
    assert [finish(alice, entries), finish(alice, entries)] == [["0"], []]
    assert log_of(r, stream) == [0]


# Real processes: one worker is frozen, one is killed


def do_two_then(r, stream, fault, fenced):
    """Read a batch of five, apply two effects, then suffer a fault; if it ends, continue with the
    batch."""
    partition = owner(r, stream, lease_ms=2000)
    for entry in partition.read(count=5):
        partition.take()
        if entry.fields["value"] == "2":
            {"freeze": freeze, "crash": crash}[fault]()
        if fenced:
            finish(partition, [entry])
        else:
            r.rpush(stream + ":log", entry.fields["value"])
            r.xack(stream, GROUP, entry.id)


def take_over(r, stream) -> None:
    """Wait for the lease to end, and handle everything."""
    bob = owner(r, stream, "bob")
    while not is_done(r, stream, GROUP):
        finish_all(bob)


def test_after_a_kill_the_next_owner_goes_on_where_it_stopped(r, url, stream):
    """It takes over in order: first the dead worker's entries, then new ones."""
    fill(r, stream, range(10))
    with Process(do_two_then, stream, "crash", True, url=url) as process:
        assert process.wait(30) == -9
        take_over(r, stream)
    assert log_of(r, stream) == list(range(10))


@pytest.mark.parametrize("fenced", [True, False])
def test_a_worker_frozen_past_its_lease_does_no_harm(r, url, stream, fenced):
    """With the fence, no inversion and no effect twice; without it, both."""
    fill(r, stream, range(10))
    with Process(do_two_then, stream, "freeze", fenced, url=url) as process:
        wait_until(lambda: process.frozen, 30, "the freeze")
        take_over(r, stream)
        process.thaw()
        assert process.wait(30) == 0
    twice = sum(count - 1 for count in Counter(log_of(r, stream)).values())
    assert (twice, inversions(log_of(r, stream))) == ((0, 0) if fenced else (3, 3))


# Shares


def note(partition, entry):
    """The effect of the crews below: the value goes to its key's log."""
    return "RPUSH", f"{partition.stream}:log:{entry.fields['key']}", entry.fields["value"]


def crew(r, stream, names, partitions=6, count=10) -> list[PartitionConsumer]:
    """Workers that aren't started, with leases that outlive the test."""
    return [
        PartitionConsumer(
            r, stream, GROUP, name, note, partitions=partitions, lease_ms=LONG_MS, count=count
        )
        for name in names
    ]


def balanced(workers) -> list[int]:
    """Let all workers balance until everybody knows everybody; return how many partitions each
    owns."""
    for _ in range(3):
        for worker in workers:
            worker.balance()
    return [len(worker.owned) for worker in workers]


@pytest.mark.parametrize("many", range(1, 9))
def test_shares_differ_by_one_at_most(r, stream, many):
    """Nobody idles while another has two: six among four is 2, 2, 1, 1, not 2, 2, 2, 0."""
    shares = balanced(crew(r, stream, [f"w{n}" for n in range(many)]))
    assert sum(shares) == 6 and max(shares) - min(shares) <= 1


def test_who_leaves_is_replaced_at_once(r, stream):
    """The rest share its partitions, without waiting for a lease."""
    alice, bob, carol = crew(r, stream, ["alice", "bob", "carol"])
    assert balanced([alice, bob, carol]) == [2, 2, 2]
    carol.leave()
    assert balanced([alice, bob]) == [3, 3]


def test_a_restart_under_the_same_name_does_not_pass_the_fence(r, stream):
    """Two lives of one worker count as two workers; otherwise the frozen one would own the new
    one's partitions."""
    old, new = crew(r, stream, ["alice", "alice"])
    assert len(old.balance()) == 6
    assert new.balance() == []


def send(r, stream, values, partitions=6) -> None:
    """Add an entry for each value, with a key chosen by the value."""
    for value in values:
        key = KEYS[value % len(KEYS)]
        r.xadd(
            partition_stream(stream, partition_of(key, partitions)), {"key": key, "value": value}
        )


def logs(r, stream, partitions=6) -> dict[str, list[int]]:
    """The values handled for each key, in order."""
    return {
        key: log_of_key(r, f"{partition_stream(stream, partition_of(key, partitions))}:log:{key}")
        for key in KEYS
    }


def log_of_key(r, name) -> list[int]:
    return [int(value) for value in r.lrange(name, 0, -1)]


def test_steps_of_several_workers_keep_each_keys_order(r, stream):
    """Three workers take turns with small batches, and one gives up in between."""
    send(r, stream, range(200))
    workers = crew(r, stream, ["alice", "bob", "carol"], count=3)
    for turn in range(40):
        for worker in workers:
            worker.balance()
            worker.step()
        if turn == 4:
            workers.pop().leave()
    assert logs(r, stream) == {key: list(range(n, 200, 8)) for n, key in enumerate(KEYS)}


def test_an_effect_that_raises_keeps_its_place(r, stream):
    """Nothing overtakes the failed entry, and nothing is lost."""
    send(r, stream, range(0, 40, 8))
    failing = [True]

    def sometimes(partition, entry):
        if entry.fields["value"] == "16" and failing:
            raise ValueError(failing.pop())
        return note(partition, entry)

    worker = PartitionConsumer(r, stream, GROUP, "alice", sometimes, partitions=6, lease_ms=LONG_MS)
    with pytest.raises(ValueError):
        worker.step()
    worker.step()
    assert logs(r, stream)[KEYS[0]] == [0, 8, 16, 24, 32]


def test_an_entry_can_be_set_aside_by_its_effect(r, stream):
    """The dead letter and the acknowledgment are one step, and the rest goes on in order."""
    send(r, stream, range(0, 40, 8))

    def setting_aside(partition, entry):
        if entry.fields["value"] == "16":
            return "XADD", partition.stream + ":dead", "*", "value", "16"
        return note(partition, entry)

    worker = PartitionConsumer(
        r, stream, GROUP, "alice", setting_aside, partitions=6, lease_ms=LONG_MS
    )
    assert worker.step() == 5
    assert logs(r, stream)[KEYS[0]] == [0, 8, 24, 32]
    place = partition_stream(stream, partition_of(KEYS[0], 6))
    assert [fields for _, fields in r.xrange(place + ":dead")] == [{"value": "16"}]


def test_entries_that_were_trimmed_are_named(r, stream):
    """A trimmed entry can't be handled, and doesn't count as handled."""
    [worker] = crew(r, stream, ["alice"], partitions=1)
    name = partition_stream(stream, 0)
    for value in range(3):
        r.xadd(name, {"key": KEYS[0], "value": value})
    worker.balance()
    first = worker.partitions[0].read()[0]
    r.xtrim(name, maxlen=2, approximate=False)
    assert worker.step() == 2
    assert worker.trimmed == [first.id] and is_done(r, name, GROUP)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"partitions": 0}, "partitions must be a whole number from 1 up, not 0"),
        ({"lease_ms": 0.5}, "lease_ms must be a whole number from 1 up, not 0.5"),
        ({"count": 0}, "count must be a whole number from 1 up, not 0"),
        ({"name": ""}, "name must be text that isn't empty, not ''"),
        ({"effect": None}, "effect must be a function"),
        ({"stream": None}, "stream must be text that isn't empty, not None"),
    ],
)
def test_bad_arguments_are_refused_in_one_sentence(r, stream, change, says):
    """Before anything is created."""
    good = {"stream": stream, "group": GROUP, "name": "alice", "effect": note, "partitions": 2}
    with pytest.raises((TypeError, ValueError), match=says):
        PartitionConsumer(r, **good | {"lease_ms": 1000} | change)
    assert not r.exists(partition_stream(stream, 0))


# Processes that share, one frozen and one killed


def work(r, stream, name):
    """A worker's program."""
    PartitionConsumer(r, stream, GROUP, name, note, partitions=6, lease_ms=500, count=5).run()


def test_a_crew_loses_and_doubles_nothing_and_keeps_the_order(r, url, stream):
    """One is frozen and thawed, one is killed, one joins later; each value is handled once, and
    each key's values in order."""

    def done() -> int:
        return sum(map(len, logs(r, stream).values()))

    with (
        Process(work, stream, "alice", url=url) as alice,
        Process(work, stream, "bob", url=url) as bob,
        Process(work, stream, "carol", url=url) as carol,
    ):
        send(r, stream, range(300))
        wait_until(lambda: done() >= 50, 40, "the first effects")
        alice.freeze()
        bob.kill()
        send(r, stream, range(300, 600))
        with Process(work, stream, "dave", url=url) as dave:
            wait_until(lambda: done() == 600, 60, "the rest to take over")
            alice.thaw()
            send(r, stream, range(600, 900))
            wait_until(lambda: done() >= 900, 60, "the last effects")
            # A worker with a share handles signals; one that has just started may not
            keys = [partition_stream(stream, n) + ":owner" for n in range(6)]
            wait_until(lambda: len({*r.mget(keys)} - {None}) == 3, 60, "a share for each")
            for process in (alice, carol, dave):
                os.kill(process.pid, signal.SIGTERM)
                assert process.wait(30) == 0
    assert not any(r.exists(partition_stream(stream, n) + ":owner") for n in range(6))
    assert logs(r, stream) == {key: list(range(n, 900, 8)) for n, key in enumerate(KEYS)}
