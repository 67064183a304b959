"""Lesson 06: the losses and duplicates without the fix, and none with it."""

import time

import pytest
from redis import ResponseError

from helpers.connection import can, connect
from helpers.consumer import Consumer
from helpers.faults import Process, crash
from helpers.servers.own import OwnServer
from helpers.streams import ensure_group, is_done, pending
from helpers.waiting import wait_until
from tests.known_servers import DEBIAN_REDIS

GROUP = "consumerGroup"


def die_at_two(r, stream, name):
    """The lesson's victim, which reads five, acknowledges two, and is killed."""
    for entry_id, fields in r.xreadgroup(GROUP, name, {stream: ">"}, count=5)[stream]:
        if fields["value"] == "2":
            crash()
        r.xack(stream, GROUP, entry_id)


@pytest.fixture
def crashed(r, url, stream):
    """A stream of eight, of which Alice acknowledged two and died with three."""
    ensure_group(r, stream, GROUP)
    for n in range(8):
        r.xadd(stream, {"value": n})
    with Process(die_at_two, stream, "alice", url=url) as process:
        assert process.wait() == -9
    return stream


def run(r, stream, **recovery):
    """Let Bob handle entries until no more come; return the values."""
    values = []
    run_all(
        Consumer(
            r,
            stream,
            GROUP,
            "bob",
            lambda entry: values.append(entry.fields["value"]),
            block_ms=20,
            **recovery,
        )
    )
    return values


def test_without_claims_the_dead_keep_their_entries(r, crashed):
    """Without the fix, a second consumer handles only new entries, and three stay pending for Alice
    forever."""
    assert run(r, crashed) == ["5", "6", "7"]
    assert [line.consumer for line in pending(r, crashed, GROUP)] == ["alice"] * 3


def test_consumer_that_claims_finishes_for_the_dead(r, crashed):
    """With the fix, entries that are idle long enough are claimed, handled and acknowledged."""
    wait_until(lambda: len(pending(r, crashed, GROUP, min_idle_ms=30)) == 3, 5, "idle entries")
    assert sorted(run(r, crashed, min_idle_ms=30, max_deliveries=5)) == [
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
    ]
    assert is_done(r, crashed, GROUP)


def test_same_name_brings_the_history_back(r, crashed):
    """Fixed by hand: after a restart, Alice begins with her pending entries."""
    values = []
    with Consumer(
        r, crashed, GROUP, "alice", lambda entry: values.append(entry.fields["value"])
    ) as alice:
        alice.drain()
    assert values == ["2", "3", "4", "5", "6", "7"]


@pytest.mark.parametrize(("min_idle_ms", "handled"), [(30, ["bob", "erin"]), (60_000, ["erin"])])
def test_min_idle_must_exceed_the_work(r, stream, min_idle_ms, handled):
    """With 30 ms, Erin's entry is claimed while she works, and handled twice; with a minute,
    once."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, {"value": 0})
    by = []

    def work_for_long(entry):
        wait_until(lambda: pending(r, stream, GROUP, min_idle_ms=30), 5, "an entry that looks idle")
        bob = Consumer(
            r,
            stream,
            GROUP,
            "bob",
            lambda entry: by.append("bob"),
            block_ms=20,
            min_idle_ms=min_idle_ms,
            max_deliveries=5,
        )
        bob.step()
        by.append("erin")

    Consumer(r, stream, GROUP, "erin", work_for_long, block_ms=20).step()
    assert by == handled


@pytest.mark.parametrize(("claims_first", "lost"), [(False, 5), (True, 0)])
def test_delconsumer_loses_what_was_not_claimed(r, stream, claims_first, lost):
    """Without the fix, five entries belong to nobody, and the server calls the group done; with it,
    they are handled first."""
    ensure_group(r, stream, GROUP)
    for n in range(5):
        r.xadd(stream, {"value": n})
    r.xreadgroup(GROUP, "frank", {stream: ">"})
    if claims_first:
        r.xautoclaim(stream, GROUP, "grace", min_idle_time=0)
    r.xgroup_delconsumer(stream, GROUP, "frank")
    values = []
    with Consumer(
        r, stream, GROUP, "grace", lambda entry: values.append(entry.fields["value"])
    ) as grace:
        grace.drain()
    assert 5 - len(values) == lost


@pytest.mark.parametrize(("second", "handled"), [("worker", 6), ("worker-2", 3)])
def test_one_name_for_two_workers_doubles_the_work(r, stream, second, handled):
    """Without the fix, a second worker with the same name gets the first one's entries; its own
    name fixes that."""
    ensure_group(r, stream, GROUP)
    for n in range(3):
        r.xadd(stream, {"value": n})
    values = []

    def work(entry):
        values.append(entry.fields["value"])
        if len(values) == 1:
            run_all(
                Consumer(
                    r,
                    stream,
                    GROUP,
                    second,
                    lambda entry: values.append(entry.fields["value"]),
                    block_ms=20,
                )
            )

    run_all(Consumer(r, stream, GROUP, "worker", work, block_ms=20))
    assert len(values) == handled


def run_all(consumer):
    """Step a consumer until no more entries come."""
    while consumer.step():
        pass


def fill(r, stream, entries=3, consumer="frank") -> list[str]:
    """Create a group, and a consumer with all entries pending; return their IDs."""
    ensure_group(r, stream, GROUP)
    ids = [r.xadd(stream, {"value": n}) for n in range(entries)]
    r.xreadgroup(GROUP, consumer, {stream: ">"})
    return ids


def deliveries(r, stream) -> list[int]:
    """The delivery count of each pending entry."""
    return [line.deliveries for line in pending(r, stream, GROUP)]


@pytest.mark.parametrize("leaves", [False, True])
def test_setting_the_group_back_delivers_pending_entries_again(r, stream, leaves):
    """Even those of a deleted consumer; their delivery counts start at 1 again."""
    ids = fill(r, stream)
    r.xclaim(stream, GROUP, "frank", 0, ids)
    if leaves:
        r.xgroup_delconsumer(stream, GROUP, "frank")
    assert r.xreadgroup(GROUP, "grace", {stream: ">"}) == {}
    r.xgroup_setid(stream, GROUP, "0")
    reply = r.xreadgroup(GROUP, "grace", {stream: ">"})[stream]
    assert [entry_id for entry_id, _ in reply] == ids
    lines = pending(r, stream, GROUP)
    assert [(line.consumer, line.deliveries) for line in lines] == [("grace", 1)] * 3


@pytest.mark.parametrize(("min_idle_ms", "claimed"), [(30, [1, 0]), (0, [1, 1])])
def test_a_min_idle_time_lets_one_of_two_rescuers_succeed(r, stream, min_idle_ms, claimed):
    """The first claim resets the idle time; with a min-idle time of 0, the second one succeeds,
    too."""
    [entry_id] = fill(r, stream, 1)
    wait_until(lambda: pending(r, stream, GROUP, min_idle_ms=30), 5, "an idle entry")
    replies = [r.xclaim(stream, GROUP, name, min_idle_ms, [entry_id]) for name in ("bob", "carol")]
    assert [len(reply) for reply in replies] == claimed


def test_a_claim_of_ones_own_entry_takes_it_back_from_its_rescuer(r, stream):
    """XCLAIM doesn't ask whose entry it is."""
    [entry_id] = fill(r, stream, 1, "erin")
    r.xclaim(stream, GROUP, "bob", 0, [entry_id])
    r.xclaim(stream, GROUP, "erin", 0, [entry_id], justid=True)
    assert [line.consumer for line in pending(r, stream, GROUP)] == ["erin"]


@pytest.fixture(params=[None, str(DEBIAN_REDIS)], ids=["embedded", "debian"])
def durable(request):
    """A server that may be killed, and keeps everything it has confirmed."""
    if request.param and not DEBIAN_REDIS.exists():
        pytest.skip(f"{DEBIAN_REDIS} is not installed")
    with OwnServer(request.param, appendonly=True, appendfsync="always") as own:
        yield own


@pytest.mark.parametrize(("claims", "kept"), [(False, 1), (True, 4)])
def test_a_crash_forgets_looks_at_the_own_history_and_no_claims(durable, claims, kept):
    """Such a read raises the delivery count, but isn't written to the append-only file."""
    with connect(durable.url) as r:
        ids = fill(r, "s", 1)
        for _ in range(3):
            if claims:
                r.xclaim("s", GROUP, "frank", 0, ids)
            else:
                r.xreadgroup(GROUP, "frank", {"s": "0"})
        assert deliveries(r, "s") == [4]
    durable.kill()
    durable.start()
    with connect(durable.url) as r:
        assert deliveries(r, "s") == [kept]


def test_idle_time_goes_on_while_the_server_is_away(durable):
    """It is the difference of two times of day, so an outage counts."""
    with connect(durable.url) as r:
        fill(r, "s", 1)
    durable.kill()
    down = time.time()
    wait_until(lambda: time.time() > down + 0.1, 5, "the end of the outage")
    durable.start()
    with connect(durable.url) as r:
        assert pending(r, "s", GROUP)[0].idle_ms >= 100


def test_a_claiming_read_gives_four_parts(r, stream):
    """Redis 8.4 and later: each entry comes with its idle time and delivery count, both 0 if it is
    new."""
    [old] = fill(r, stream, 1)
    new = r.xadd(stream, {"value": 1})
    if not can(r, "CLAIM"):
        with pytest.raises(ResponseError):
            r.xreadgroup(GROUP, "bob", {stream: ">"}, claim_min_idle_time=0)
        return
    first, second = r.xreadgroup(GROUP, "bob", {stream: ">"}, claim_min_idle_time=0)[stream]
    assert (first[0], first[3]) == (old, 1) and (second[0], *second[2:]) == (new, 0, 0)


@pytest.mark.parametrize(("word", "count"), [("SILENT", 3), ("FAIL", 4), ("FATAL", 2**63 - 1)])
def test_what_xnack_does_to_the_deliveries(r, stream, word, count):
    """Redis 8.8 and later: the entry has no owner, and any claim gets it at once."""
    ids = fill(r, stream, 1)
    for _ in range(3):
        r.xclaim(stream, GROUP, "frank", 0, ids)
    if not can(r, "XNACK"):
        with pytest.raises(ResponseError):
            r.xnack(stream, GROUP, word, *ids)
        return
    r.xnack(stream, GROUP, word, *ids)
    [line] = r.xpending_range(stream, GROUP, "-", "+", count=1)
    assert (line["consumer"], line["times_delivered"]) == ("", count)
    assert len(r.xclaim(stream, GROUP, "bob", 3_600_000, ids)) == 1


def test_an_autoclaim_looks_at_ten_times_its_count(r, stream):
    """Of 2,500 pending entries the last one is idle: the first two calls return a cursor only."""
    ensure_group(r, stream, GROUP)
    pipe = r.pipeline()
    for n in range(2500):
        pipe.xadd(stream, {"value": n})
    ids = pipe.execute()
    r.xreadgroup(GROUP, "dave", {stream: ">"}, count=2500)
    r.xclaim(stream, GROUP, "dave", 0, ids[-1:], idle=3_600_000, justid=True)
    cursor, claimed = "0-0", []
    while not claimed or cursor != "0-0":
        cursor, entries, _ = r.xautoclaim(stream, GROUP, "bob", 60_000, start_id=cursor)
        claimed.append(len(entries))
    assert claimed == [0, 0, 1]
