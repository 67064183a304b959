"""Retention: what may be trimmed, when a producer must wait, and how careless methods lose
entries."""

import ast
import subprocess
import sys
from contextlib import nullcontext

import pytest
from redis import ResponseError

from helpers.connection import can, connect
from helpers.consumer import Consumer
from helpers.entries import id_key
from helpers.servers.own import OwnServer
from helpers.stopwatch import RoundTrips
from helpers.streams import (
    ensure_group,
    is_done,
    oldest_needed,
    pending,
    read_group,
    trim_acknowledged,
    wait_for_room,
)
from helpers.views import memory_chart
from tests.known_servers import DEBIAN_REDIS
from tests.learners import notebook
from tests.notebook_rules import plain

SLOW, FAST = "slow", "fast"


def fill(r, stream, entries=10, **positions: tuple[int, int]) -> list[str]:
    """Create a stream and groups, each with the number of entries delivered to it and acknowledged
    by it; return the IDs."""
    for group in positions:
        ensure_group(r, stream, group)
    ids = [r.xadd(stream, {"value": n}) for n in range(entries)]
    for group, (given, acked) in positions.items():
        read_group(r, stream, group, "alice", count=given) if given else None
        r.xack(stream, group, *ids[:acked]) if acked else None
    return ids


def lost(r, stream, group, ids) -> list[str]:
    """The entries that a group hasn't acknowledged and that are gone, according to the server."""
    there = {entry_id for entry_id, _ in r.xrange(stream)}
    [last] = [g["last-delivered-id"] for g in r.xinfo_groups(stream) if g["name"] == group]
    waiting = {line.id for line in pending(r, stream, group)}
    return [i for i in ids if i not in there and (i in waiting or id_key(i) > id_key(last))]


def test_trimming_what_is_acknowledged_loses_nothing(r, stream):
    """The slowest group decides: only entries before its first pending one are removed."""
    ids = fill(r, stream, fast=(10, 10), slow=(6, 2))
    assert oldest_needed(r, stream) == ids[2]
    assert trim_acknowledged(r, stream) == 2
    assert lost(r, stream, SLOW, ids) == lost(r, stream, FAST, ids) == []


@pytest.mark.parametrize("careless", ["by length", "after the fastest group"])
def test_other_trims_lose_what_is_pending_and_what_was_never_delivered(r, stream, careless):
    """The careless methods, on the same state: neither asks the slow group."""
    ids = fill(r, stream, fast=(10, 10), slow=(6, 2))
    limits = {"by length": {"maxlen": 3}, "after the fastest group": {"minid": ids[-1]}}[careless]
    r.xtrim(stream, approximate=False, **limits)
    assert lost(r, stream, SLOW, ids)[:4] == ids[2:6]
    assert ids[6] in lost(r, stream, SLOW, ids)


@pytest.mark.parametrize(
    ("given", "acked", "removed"),
    [(0, 0, 0), (10, 0, 0), (1, 1, 0), (5, 5, 4), (10, 10, 9), (10, 9, 9)],
)
def test_one_group_keeps_what_it_needs_and_the_last_one_delivered(r, stream, given, acked, removed):
    """Nothing is removed before the first acknowledgment; with nothing pending, the last delivered
    entry stays, as a bookmark."""
    ids = fill(r, stream, slow=(given, acked))
    assert trim_acknowledged(r, stream) == removed
    assert lost(r, stream, SLOW, ids) == []


def test_without_a_group_nothing_is_acknowledged(r, stream):
    """A stream that nobody has read yet is left whole."""
    r.xadd(stream, {"value": 0})
    assert trim_acknowledged(r, stream) == 0 and r.xlen(stream) == 1


def test_ids_are_compared_as_numbers(r, stream):
    """As text, the faster group's ID is the lower one, and trimming there loses an entry of the
    slower group."""
    for milliseconds in (8, 9, 10):
        r.xadd(stream, {"value": milliseconds}, id=f"{milliseconds}-0")
    for group, count in ((SLOW, 1), (FAST, 3)):
        ensure_group(r, stream, group)
        ids = [entry.id for entry in read_group(r, stream, group, "alice", count=count)]
        r.xack(stream, group, *ids) if group == FAST else None
    assert oldest_needed(r, stream) == ids[0]
    assert min(g["last-delivered-id"] for g in r.xinfo_groups(stream)) == ids[2]


def test_the_look_and_the_cut_are_one_round_trip(r, stream):
    """Nobody can rewind or create a group between the two."""
    fill(r, stream, slow=(2, 2))
    with RoundTrips(r) as trips:
        trim_acknowledged(r, stream)
    assert trips.count == 1


def set_back(r, stream):
    """Bring back the pending entries of a deleted consumer, by rewinding the group to the
    beginning."""
    r.xgroup_delconsumer(stream, SLOW, "alice")
    r.xgroup_setid(stream, SLOW, "0")


def restored(r, stream):
    """Restore an older backup of the stream, whose group hasn't read anything."""
    dump = r.dump(stream)
    read_group(r, stream, SLOW, "bob", count=5)
    r.restore(stream, 0, dump, replace=True)
    set_back(r, stream)


def made_anew(r, stream):
    """Destroy the group, and create it again with a given start."""
    r.xgroup_destroy(stream, SLOW)
    ensure_group(r, stream, SLOW)


@pytest.mark.parametrize("rewind", [set_back, restored, made_anew])
def test_a_group_that_was_set_back_keeps_what_it_has_not_acknowledged(r, stream, rewind):
    """Its first pending entry isn't the first one that it needs."""
    ids = fill(r, stream, slow=(5, 0))
    rewind(r, stream)
    r.xgroup_createconsumer(stream, SLOW, "grace")
    assert r.xclaim(stream, SLOW, "grace", 0, [ids[7]], force=True, justid=True) == [ids[7]]
    assert oldest_needed(r, stream) == "0-0" and trim_acknowledged(r, stream) == 0
    assert r.xlen(stream) == len(ids)


def test_ids_beyond_what_a_float_holds_are_told_apart(r, stream):
    """Lua's numbers have 53 bits; each half of an ID has 64."""
    high = 2**63
    for sequence in (1, 2, 3):
        r.xadd(stream, {"value": sequence}, id=f"{high}-{sequence}")
    ensure_group(r, stream, SLOW)
    ids = [entry.id for entry in read_group(r, stream, SLOW, "alice", count=3)]
    r.xack(stream, SLOW, ids[0])
    assert oldest_needed(r, stream) == ids[1] and trim_acknowledged(r, stream) == 1


def test_a_producer_that_waits_for_room_loses_nothing(r, stream):
    """A slow consumer gets everything through a short stream."""
    ensure_group(r, stream, SLOW)
    values, lengths = [], []
    with Consumer(
        r, stream, SLOW, "alice", lambda entry: values.append(entry.fields["value"]), pace=0.001
    ) as consumer:
        for n in range(30):
            wait_for_room(r, stream, 5)
            r.xadd(stream, {"value": n})
            lengths.append(r.xlen(stream))
        consumer.drain()
    assert values == [str(n) for n in range(30)]
    assert max(lengths) <= 5


def test_a_producer_that_trims_instead_loses_most(r, stream):
    """The careless producer with the same limit: by lag and pending, the group is done after a
    sixth of the work."""
    ensure_group(r, stream, SLOW)
    values = []
    for n in range(30):
        r.xadd(stream, {"value": n}, maxlen=5, approximate=False)
    Consumer(r, stream, SLOW, "alice", lambda entry: values.append(entry.fields["value"])).step()
    assert is_done(r, stream, SLOW)
    assert values == [str(n) for n in range(25, 30)]


def test_a_full_stream_without_consumers_says_what_to_do(r, stream):
    """The producer gives up after its deadline, and nothing was trimmed."""
    fill(r, stream, slow=(5, 0))
    with pytest.raises(TimeoutError, match="start the consumers"):
        wait_for_room(r, stream, 10, seconds=0.05)
    assert r.xlen(stream) == 10


def test_a_limit_that_can_never_be_kept_is_refused(r, stream):
    """One entry always stays, so a limit of one would wait forever."""
    with pytest.raises(ValueError, match="limit must be a whole number from 2 up"):
        wait_for_room(r, stream, 1)


def test_acked_of_redis_8_agrees_with_ours(r, stream):
    """If the server has ACKED, it removes the same entries as trim_acknowledged; an older one
    refuses it, and removes nothing."""
    ids = fill(r, stream, fast=(10, 10), slow=(6, 2))
    with nullcontext() if can(r, "KEEPREF") else pytest.raises(ResponseError):
        assert r.xtrim(stream, maxlen=0, approximate=False, ref_policy="ACKED") == 2
    assert trim_acknowledged(r, stream) == (0 if can(r, "KEEPREF") else 2)
    assert lost(r, stream, SLOW, ids) == []


def test_the_memory_chart_says_the_same_on_every_server():
    """7 times on Redis 7.0, 14 times on Redis 8.2: one sentence."""
    valkey, redis = ({"none": 127, "all": times * 127, "acked": 127} for times in (7, 14))
    said = (
        "Compared with 'none': 'all' takes more than 5 times the memory; "
        "'acked' takes about the same."
    )
    assert repr(memory_chart(valkey)) == repr(memory_chart(redis)) == said
    assert memory_chart({"none": 127, "all": 3 * 127}).sentence.endswith(
        "more than 2 times the memory."
    )


def test_the_memory_chart_is_drawn_without_pyplot():
    """pyplot would keep every figure, and choose a window system."""
    code = (
        "import sys; from helpers.views import memory_chart; png = memory_chart({'a': 1, "
        "'b': 2})._repr_png_();"
        "assert png.startswith(b'\\x89PNG'); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def from_the_lesson(*names: str) -> dict[str, object]:
    """The notebook's functions with these names, its imports, and the name of its group."""
    found: dict[str, object] = {"GROUP": SLOW}
    for _, cell in notebook("09").code:
        for node in ast.parse(plain(cell.source)).body:
            wanted = isinstance(node, ast.FunctionDef) and node.name in names
            if wanted or isinstance(node, (ast.Import, ast.ImportFrom)):
                exec(compile(ast.Module([node], []), "notebook", "exec"), found)
    return found


def test_the_lessons_own_function_keeps_what_a_group_that_was_set_back_needs(r, stream):
    """Frank's entries are off the list, Grace's are on it, and the bookmark is before both."""
    ids = fill(r, stream, slow=(5, 0))
    r.xreadgroup(SLOW, "grace", {stream: ">"})
    r.xgroup_delconsumer(stream, SLOW, "alice")
    r.xgroup_setid(stream, SLOW, "0")
    assert pending(r, stream, SLOW)[0].id == ids[5]
    assert from_the_lesson("oldest_needed")["oldest_needed"](r, stream) == "0-0"


@pytest.mark.parametrize("program", [None, str(DEBIAN_REDIS)], ids=["embedded", "debian"])
def test_what_a_pending_entry_costs(program):
    """About 90 bytes of the server's memory here, 180 on newer servers; XACK gives them back."""
    if program and not DEBIAN_REDIS.exists():
        pytest.skip(f"{DEBIAN_REDIS} is not installed")
    measure = from_the_lesson("used", "measure")["measure"]
    with OwnServer(program) as own, connect(own.url) as r:
        _warm_up, sizes = measure(r, "warm"), measure(r, "s")
    assert 60 < (sizes["all pending"] - sizes["none delivered"]) / 10_000 < 250
    assert sizes["all acknowledged"] < 1.25 * sizes["none delivered"]


def test_about_removes_ten_thousand_entries_a_call_at_most(r, stream):
    """A stream that is far too long takes several calls with `~`, or one with `=`."""
    pipe = r.pipeline(transaction=False)
    for n in range(25_000):
        pipe.xadd(stream, {"value": n})
    pipe.execute()
    assert [r.xtrim(stream, maxlen=10) for _ in range(3)] == [10_000, 10_000, 4900]


def test_an_exact_trim_within_a_node_frees_nothing(r, stream):
    """Removing 99 of the first 100 entries frees no byte; removing the hundredth frees the node."""
    fill(r, stream, entries=300)
    sizes = [r.memory_usage(stream, samples=0)]
    for left in (201, 200):
        r.xtrim(stream, maxlen=left, approximate=False)
        sizes.append(r.memory_usage(stream, samples=0))
    assert sizes[0] == sizes[1] > sizes[2]


def test_a_claim_drops_a_trimmed_entry_without_naming_it(r, stream):
    """XAUTOCLAIM names it in the third part of its reply; XCLAIM doesn't."""
    ids = fill(r, stream, slow=(10, 0))
    r.xtrim(stream, maxlen=8, approximate=False)
    assert r.xclaim(stream, SLOW, "bob", 0, ids[:1]) == []
    assert r.xautoclaim(stream, SLOW, "bob", 0, count=1)[2] == ids[1:2]
    assert r.xpending(stream, SLOW)["pending"] == 8


def test_a_lag_may_stay_wrong_after_a_trim(r, stream, server_name):
    """Redis 7.0 says 7 when everything is handled; `is_done` looks for a next entry."""
    fill(r, stream, entries=1, slow=(1, 1))
    for n in range(10):
        r.xadd(stream, {"value": n}, maxlen=3, approximate=False)
    Consumer(r, stream, SLOW, "alice", lambda entry: None).step()
    [group] = r.xinfo_groups(stream)
    assert group["lag"] == (7 if server_name.startswith("redis-7.0") else 0)
    assert is_done(r, stream, SLOW)


def test_acked_removes_everything_where_there_is_no_group(r, stream):
    """ACKED asks the groups; ours leaves a stream whole that nobody has read yet."""
    r.xadd(stream, {"value": 0})
    if not can(r, "KEEPREF"):
        pytest.skip("this server has no ACKED (Redis 8.2)")
    assert r.xtrim(stream, maxlen=0, approximate=False, ref_policy="ACKED") == 1


def test_acked_goes_on_where_ours_stops(r, stream):
    """Entries that are acknowledged, behind one that isn't."""
    ids = fill(r, stream, entries=5, slow=(5, 0))
    r.xack(stream, SLOW, *ids[1:3])
    assert trim_acknowledged(r, stream) == 0
    if can(r, "KEEPREF"):
        assert r.xtrim(stream, maxlen=0, approximate=False, ref_policy="ACKED") == 2
