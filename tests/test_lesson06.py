"""Lesson 06: what is lost or done twice without the repair, and that the repair holds."""

import pytest

from helpers.consumer import Consumer
from helpers.faults import Process, crash
from helpers.streams import ensure_group, is_done, pending
from helpers.waiting import wait_until

GROUP = "consumerGroup"


def die_at_two(r, stream, name):
    """The lesson's victim: reads five, acknowledges two, is killed."""
    for entry_id, fields in r.xreadgroup(GROUP, name, {stream: ">"}, count=5)[stream]:
        if fields["value"] == "2":
            crash()
        r.xack(stream, GROUP, entry_id)


@pytest.fixture
def crashed(r, url, stream):
    """A stream of eight, of which alice acknowledged two and died with three."""
    ensure_group(r, stream, GROUP)
    for n in range(8):
        r.xadd(stream, {"value": n})
    with Process(die_at_two, stream, "alice", url=url) as process:
        assert process.wait() == -9
    return stream


def run(r, stream, **recovery):
    """Let bob handle what he gets until nothing comes; return the values."""
    values = []
    run_all(Consumer(r, stream, GROUP, "bob", lambda entry: values.append(entry.fields["value"]), block_ms=20, **recovery))
    return values


def test_without_claims_the_dead_keep_their_entries(r, crashed):
    """Unrepaired: a second consumer handles only what is new, and three entries stay with alice for ever."""
    assert run(r, crashed) == ["5", "6", "7"]
    assert [line.consumer for line in pending(r, crashed, GROUP)] == ["alice"] * 3


def test_consumer_that_claims_finishes_for_the_dead(r, crashed):
    """Repaired: what is idle for long enough is claimed, handled and acknowledged."""
    wait_until(lambda: len(pending(r, crashed, GROUP, min_idle_ms=30)) == 3, 5, "idle entries")
    assert sorted(run(r, crashed, min_idle_ms=30, max_deliveries=5)) == ["2", "3", "4", "5", "6", "7"]
    assert is_done(r, crashed, GROUP)


def test_same_name_brings_the_history_back(r, crashed):
    """Repaired by hand: alice, started again, begins with what she was doing."""
    values = []
    with Consumer(r, crashed, GROUP, "alice", lambda entry: values.append(entry.fields["value"])) as alice:
        alice.drain()
    assert values == ["2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize(("min_idle_ms", "handled"), [(30, ["bob", "erin"]), (60_000, ["erin"])])
def test_min_idle_must_exceed_the_work(r, stream, min_idle_ms, handled):
    """Unrepaired, 30 ms: erin at work is robbed, and the entry is handled twice; repaired, a minute: once."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, {"value": 0})
    by = []

    def work_for_long(entry):
        wait_until(lambda: pending(r, stream, GROUP, min_idle_ms=30), 5, "an entry that looks idle")
        bob = Consumer(r, stream, GROUP, "bob", lambda entry: by.append("bob"), block_ms=20, min_idle_ms=min_idle_ms, max_deliveries=5)
        bob.step()
        by.append("erin")

    Consumer(r, stream, GROUP, "erin", work_for_long, block_ms=20).step()
    assert by == handled


@pytest.mark.parametrize(("claims_first", "lost"), [(False, 5), (True, 0)])
def test_delconsumer_loses_what_was_not_claimed(r, stream, claims_first, lost):
    """Unrepaired: five entries are nobody's, and the server calls the group done; repaired: they are handled first."""
    ensure_group(r, stream, GROUP)
    for n in range(5):
        r.xadd(stream, {"value": n})
    r.xreadgroup(GROUP, "frank", {stream: ">"})
    if claims_first:
        r.xautoclaim(stream, GROUP, "grace", min_idle_time=0)
    r.xgroup_delconsumer(stream, GROUP, "frank")
    values = []
    with Consumer(r, stream, GROUP, "grace", lambda entry: values.append(entry.fields["value"])) as grace:
        grace.drain()
    assert 5 - len(values) == lost


@pytest.mark.parametrize(("second", "handled"), [("worker", 6), ("worker-2", 3)])
def test_one_name_for_two_workers_doubles_the_work(r, stream, second, handled):
    """Unrepaired: a second worker of the same name takes up what the first is doing; repaired by a name of its own."""
    ensure_group(r, stream, GROUP)
    for n in range(3):
        r.xadd(stream, {"value": n})
    values = []

    def work(entry):
        values.append(entry.fields["value"])
        if len(values) == 1:
            run_all(Consumer(r, stream, GROUP, second, lambda entry: values.append(entry.fields["value"]), block_ms=20))

    run_all(Consumer(r, stream, GROUP, "worker", work, block_ms=20))
    assert len(values) == handled


def run_all(consumer):
    """Step a consumer until nothing comes."""
    while consumer.step():
        pass
