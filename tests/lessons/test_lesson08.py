"""Duplicates: the damage of a lost reply to plain calls, and its fix by numbers, own pending
entries and gated effects."""

import ast

import pytest
import redis
from redis import Redis, ResponseError
from redis.crc import key_slot

from helpers.checks.lessons.lesson08 import LINE
from helpers.checks.verdict import SOLVED, examine
from helpers.connection import can, connect
from helpers.consumer import Consumer
from helpers.faults import DroppingProxy
from helpers.producer import Producer
from helpers.streams import ack_with, ensure_group, is_done, pending, read_group
from tests.learners import Learner, filled
from tests.notebook_rules import NOTEBOOKS, read

GROUP = "consumerGroup"


def default_client(url) -> Redis:
    """A client with the default retries of Redis()."""
    return Redis.from_url(url, decode_responses=True, retry=Redis().get_retry())


def fill(r, stream, *values):
    """Create a group at the start of the stream, and an entry for each value."""
    ensure_group(r, stream, GROUP)
    for value in values:
        r.xadd(stream, {"value": value})


def values(r, stream) -> list[str]:
    """The values in the stream."""
    return [fields["value"] for _, fields in r.xrange(stream)]


def test_a_silent_retry_stores_an_entry_four_times(r, url, stream):
    """Three lost replies, one call, no error."""
    with DroppingProxy(url, command="XADD", drop=3) as proxy, default_client(proxy.url) as client:
        client.xadd(stream, {"value": "a"})
    assert values(r, stream) == ["a"] * 4


def test_our_client_says_that_it_does_not_know(r, url, stream):
    """One error; the entry is stored all the same."""
    with (
        DroppingProxy(url, command="XADD") as proxy,
        connect(proxy.url) as client,
        pytest.raises(redis.ConnectionError),
    ):
        client.xadd(stream, {"value": "a"})
    assert values(r, stream) == ["a"]


@pytest.mark.parametrize("batch", [1, 3, 500])
def test_a_producer_stores_once_whatever_is_lost(r, url, stream, batch):
    """A batch is resent with the same numbers and the same entries."""
    with Producer(r, stream + ":first") as producer:
        # Now the server knows the script, so the replies lost below are those to batches
        producer.send({"value": 0})
    with DroppingProxy(url, command="EVALSHA", drop=3) as proxy, connect(proxy.url) as client:
        with Producer(client, stream, batch=batch) as producer:
            for n in range(10):
                producer.send({"value": n})
        assert proxy.dropped == 3
    assert values(r, stream) == [str(n) for n in range(10)]


def lessons_script() -> str:
    """The script that lesson 08 writes by hand."""
    [path] = NOTEBOOKS.glob("08_*.ipynb")
    texts = (
        node.value
        for _, node in read(path).nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return next(text for text in texts if "SEQGAP" in text)


def test_the_lessons_script_skips_what_it_has_and_refuses_a_gap(r, stream):
    """A repeat, the next number, and one that came too early."""
    store, keys = r.register_script(lessons_script()), [stream, stream + ":n"]
    sent = [(1, "a"), (2, "b"), (1, "a"), (2, "b"), (3, "c")]
    assert [store(keys=keys, args=[number, value]) for number, value in sent] == [1, 2, 2, 2, 3]
    with pytest.raises(ResponseError, match="SEQGAP I have 1 to 3"):
        store(keys=keys, args=[9, "z"])
    assert values(r, stream) == ["a", "b", "c"]


def test_idmp_stores_once(r, stream):
    """Redis 8.6 and later recognize a repeat by themselves."""
    if not can(r, "IDMP"):
        with pytest.raises(ResponseError):
            r.xadd(stream, {"value": 0}, idmp=("till", "1"))
        return
    assert (
        len({r.xadd(stream, {"value": 0}, idmp=("till", "1")) for _ in range(2)})
        == r.xlen(stream)
        == 1
    )


def test_a_silent_retry_hides_entries(r, url, stream):
    """The caller sees 3, 4, 5, while 0, 1, 2 are in the pending entries list."""
    fill(r, stream, *range(6))
    with DroppingProxy(url, command="XREADGROUP") as proxy, default_client(proxy.url) as client:
        reply = client.xreadgroup(GROUP, "alice", {stream: ">"}, count=3)
    assert [fields["value"] for _, fields in reply[0][1]] == ["3", "4", "5"]
    assert len(pending(r, stream, GROUP, consumer="alice")) == 6


def test_a_consumer_finds_what_a_lost_reply_held(r, url, stream):
    """After each lost connection, it begins with its own pending entries: all in order, each
    once."""
    fill(r, stream, *range(6))
    seen = []
    with DroppingProxy(url, command="XREADGROUP", drop=2) as proxy, connect(proxy.url) as client:
        with Consumer(
            client,
            stream,
            GROUP,
            "alice",
            lambda entry: seen.append(entry.fields["value"]),
            count=3,
        ) as consumer:
            consumer.drain()
        assert proxy.dropped == 2
    assert seen == [str(n) for n in range(6)]


class Plain(Consumer):
    """Applies the effect in one call, and acknowledges in another."""

    def acknowledge(self, entries):
        """Add each value to the sum, then acknowledge as every consumer does."""
        for entry in entries:
            self.r.hincrby(self.stream + ":till", "sum", int(entry.fields["value"]))
        super().acknowledge(entries)


class Gated(Consumer):
    """Applies the effect with the acknowledgment."""

    def acknowledge(self, entries):
        """Add each value to the sum if, and only if, its entry is still pending."""
        for entry in entries:
            ack_with(
                self.r,
                self.stream,
                self.group,
                entry.id,
                "HINCRBY",
                self.stream + ":till",
                "sum",
                entry.fields["value"],
            )


def total(r, url, stream, kind, command) -> int:
    """Let a consumer of this kind add 10, 20 and 30, while two replies to `command` are lost."""
    fill(r, stream, 10, 20, 30)
    with DroppingProxy(url, command=command, drop=2) as proxy, connect(proxy.url) as client:
        with kind(client, stream, GROUP, "alice", lambda entry: None) as consumer:
            consumer.drain()
        assert proxy.dropped == 2
    assert is_done(r, stream, GROUP)
    return int(r.hget(stream + ":till", "sum"))


def test_an_effect_of_its_own_happens_again(r, url, stream):
    """The reply to HINCRBY is lost, so nothing is acknowledged, and the effect is repeated."""
    assert total(r, url, stream, Plain, "HINCRBY") > 60


def test_an_effect_with_the_ack_happens_once(r, url, stream):
    """Handled again, but counted once."""
    assert total(r, url, stream, Gated, "EVAL") == 60


def test_an_effect_after_the_ack_is_lost_when_it_fails(r, stream):
    """The lesson's first gate: XACK, then the effect, in one script, which isn't rolled back."""
    fill(r, stream, 7)
    [entry] = read_group(r, stream, GROUP, "alice")
    r.set(stream + ":till", "no hash")
    gate = (
        "if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 1 then redis.call('HINCRBY', "
        "KEYS[2], 'sum', ARGV[3]) end"
    )
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        r.eval(gate, 2, stream, stream + ":till", GROUP, entry.id, 7)
    assert pending(r, stream, GROUP) == []


def test_an_effect_before_the_ack_is_not_lost_when_it_fails(r, stream):
    """`ack_with` checks the gate first and closes it last."""
    fill(r, stream, 7)
    [entry] = read_group(r, stream, GROUP, "alice")
    r.set(stream + ":till", "no hash")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        ack_with(r, stream, GROUP, entry.id, "HINCRBY", stream + ":till", "sum", 7)
    assert len(pending(r, stream, GROUP)) == 1


def set_back(r, stream, entry_id):
    """Rewind the group to the beginning, and let Alice read again."""
    r.xgroup_setid(stream, GROUP, "0")
    read_group(r, stream, GROUP, "alice")


def forced(r, stream, entry_id):
    """Make an entry pending that wasn't, by a forced claim."""
    r.xclaim(stream, GROUP, "alice", 0, [entry_id], force=True)


def made_anew(r, stream, entry_id):
    """Create a new group of the same name, which has no memory."""
    r.xgroup_destroy(stream, GROUP)
    ensure_group(r, stream, GROUP)
    read_group(r, stream, GROUP, "alice")


@pytest.mark.parametrize("again", [set_back, forced, made_anew])
def test_an_effect_with_the_ack_ends_where_an_entry_becomes_pending_again(r, stream, again):
    """XACK answers 1 a second time, and the effect happens a second time."""
    fill(r, stream, 5)
    [entry] = read_group(r, stream, GROUP, "alice")
    add_five = (r, stream, GROUP, entry.id, "HINCRBY", stream + ":till", "sum", 5)
    assert [ack_with(*add_five), ack_with(*add_five)] == [True, False]
    again(r, stream, entry.id)
    assert ack_with(*add_five) and r.hget(stream + ":till", "sum") == "10"


@pytest.fixture
def idmp(r, stream):
    """Call XADD with IDMP, for the producer "till"; servers before Redis 8.6 don't have it."""
    if not can(r, "IDMP"):
        pytest.skip("this server has no IDMP (Redis 8.6)")

    def add(number, **fields):
        return r.xadd(stream, fields or {"value": 0}, idmp=("till", str(number)))

    return add


def test_idmp_takes_other_fields_for_a_repeat(r, stream, idmp):
    """It returns the old entry's ID, and silently drops the new fields."""
    assert idmp(1, value="a") == idmp(1, value="b", more="c")
    assert values(r, stream) == ["a"]


@pytest.mark.parametrize(("others", "recognized"), [(99, True), (100, False)])
def test_idmp_forgets_after_a_hundred_others(idmp, others, recognized):
    """The window has a hundred IDs by default, including the first one."""
    first = idmp("first")
    for n in range(others):
        idmp(n)
    assert (idmp("first") == first) is recognized


def test_idmp_forgets_when_its_window_is_changed(r, stream, idmp):
    """So set it before the first entry."""
    first = idmp(1)
    r.xcfgset(stream, idmp_maxsize=200)
    assert idmp(1) != first


@pytest.mark.parametrize(("stream", "share"), [("{orders}", True), ("orders", False)])
def test_in_a_cluster_a_hash_tag_keeps_producers_with_their_stream(embedded_url, stream, share):
    """A script's keys must be in one slot."""
    with connect(embedded_url) as r:
        producer_key = Producer(r, stream, producer_id="till").sequence_key
    assert (key_slot(stream.encode()) == key_slot(producer_key.encode())) is share


def test_a_producers_key_outside_the_stage_is_never_called_solved(r):
    """It outlives the stage: the first run would be right, and the second would store nothing."""
    learner = Learner(r, LINE)
    answer = """
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line", "08:producer"], args=[number, value])"""
    for run in (1, 2):
        learner.run(filled(LINE, answer))
        verdict = examine(LINE.name, r)
        assert verdict.state != SOLVED, run
        assert "key that begins with 08:line:" in verdict.lines[-1]
