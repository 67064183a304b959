"""Poison entries: what goes wrong without a limit, with batch claims, with text, or without a
script; and each fix."""

import pytest
import redis
from redis import ResponseError
from redis.crc import key_slot

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.faults import DroppingProxy, Process, crash
from helpers.streams import (
    claim,
    dead_letter,
    dead_letter_stream,
    dead_letters,
    ensure_group,
    is_done,
    pending,
    read_group,
    replay,
)

GROUP = "consumerGroup"


def fill(r, stream, *values):
    """Create a group at the start of the stream, and an entry for each value."""
    ensure_group(r, stream, GROUP)
    for value in values:
        r.xadd(stream, {"value": value})


def dead_values(r, stream) -> list[str]:
    """The values in the dead-letter stream."""
    return [letter.fields["value"] for letter in dead_letters(r, stream)]


def number(entry):
    """A handler that raises for a value that isn't a number."""
    int(entry.fields["value"])


def test_without_a_limit_a_poison_entry_blocks_what_is_behind_it(r, stream):
    """However often the consumer is restarted."""
    fill(r, stream, 0, "one", 2)
    for _ in range(4):
        with pytest.raises(ValueError):
            Consumer(r, stream, GROUP, "alice", number).step()
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [4, 1]


def test_with_a_limit_only_the_poison_is_given_up(r, stream):
    """It was tried up to the limit, and the group is done."""
    fill(r, stream, 0, "one", 2)
    with Consumer(r, stream, GROUP, "alice", number, min_idle_ms=20, max_deliveries=3) as consumer:
        consumer.drain()
    assert dead_values(r, stream) == ["one"]
    assert (len(consumer.errors), consumer.handled) == (3, 2)


def fragile(r, stream, limit):
    """A consumer in a separate process, which the value "bomb" ends at once."""

    def explode(entry):
        if entry.fields["value"] == "bomb":
            crash()

    limits = {"min_idle_ms": 20, "max_deliveries": limit} if limit else {}
    with Consumer(r, stream, GROUP, "alice", explode, **limits) as consumer:
        consumer.drain()


def run(url, stream, limit) -> int:
    """Run it once; return 0, or minus the number of the signal that ended it."""
    with Process(fragile, stream, limit, url=url) as process:
        return process.wait(30)


def test_restarting_what_an_entry_kills_is_a_crash_loop(r, url, stream):
    """With its own pending entries first and no limit, the entries behind the bomb are never
    handled."""
    fill(r, stream, 0, "bomb", 2)
    assert [run(url, stream, None) for _ in range(3)] == [-9] * 3
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [3, 1]


def test_a_limit_stops_what_kills_its_process_and_spares_its_neighbors(r, url, stream):
    """Entries before the bomb in the same batch were handled each time, and aren't poison, nor are
    those behind it. The first crash, in a batch, counts as nobody's try."""
    fill(r, stream, 0, 1, "bomb", 3, 4)
    assert [run(url, stream, 3) for _ in range(5)] == [-9, -9, -9, -9, 0]
    assert dead_values(r, stream) == ["bomb"] and is_done(r, stream, GROUP)


def test_claiming_a_batch_dead_letters_the_innocent(r, stream):
    """Every claim delivers all that it returns: after three crashes, every entry has reached a
    limit on deliveries, and none a limit on tries."""
    fill(r, stream, 0, 1, "bomb", 3, 4)
    read_group(r, stream, GROUP, "alice")
    for _ in range(2):
        r.xautoclaim(stream, GROUP, "alice", min_idle_time=0)
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [3] * 5
    with Consumer(r, stream, GROUP, "alice", number, min_idle_ms=20, max_deliveries=3) as consumer:
        consumer.drain()
    assert dead_values(r, stream) == ["bomb"] and consumer.handled == 4


def test_claiming_one_by_one_dead_letters_the_poison_alone(r, stream):
    """Each crash raises the delivery count of the entry that caused it, and of no other."""
    fill(r, stream, 0, 1, "bomb", 3, 4)
    read_group(r, stream, GROUP, "alice")
    for _ in range(2):
        for line in pending(r, stream, GROUP):
            if claim(r, stream, GROUP, "alice", line.id, min_idle_ms=0).fields["value"] == "bomb":
                break
            r.xack(stream, GROUP, line.id)
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [3, 1, 1]


def test_a_client_that_decodes_cannot_get_past_bytes(r, stream):
    """The error comes after the delivery: the whole batch is pending, and rereading it fails
    again."""
    fill(r, stream, 5, b"\xff\xfe", 7)
    for after in (">", "0", "0"):
        with pytest.raises(UnicodeDecodeError):
            r.xreadgroup(GROUP, "alice", {stream: after})
    assert r.xreadgroup(GROUP, "alice", {stream: ">"}) == {}
    assert len(pending(r, stream, GROUP)) == 3
    after_it = r.xreadgroup(GROUP, "alice", {stream: pending(r, stream, GROUP)[1].id})[stream]
    assert [fields["value"] for _, fields in after_it] == ["7"]


def test_a_consumer_gets_past_bytes_and_keeps_them(r, stream):
    """Bytes that aren't a number raise in the handler, and become a dead letter, byte for byte."""
    fill(r, stream, 5, b"\xff\xfe", 7)
    with Consumer(r, stream, GROUP, "alice", number, min_idle_ms=20, max_deliveries=2) as consumer:
        consumer.drain()
    assert [letter.raw[b"value"] for letter in dead_letters(r, stream)] == [b"\xff\xfe"]


@pytest.mark.parametrize("transaction", [False, True], ids=["pipeline", "MULTI"])
def test_a_pipeline_and_a_transaction_lose_the_dead_letter(r, stream, transaction):
    """XADD fails, XACK succeeds, and nothing is rolled back."""
    fill(r, stream, "a")
    [entry] = read_group(r, stream, GROUP, "alice")
    r.set(dead_letter_stream(stream), "no stream")
    pipe = r.pipeline(transaction=transaction)
    pipe.xadd(dead_letter_stream(stream), {"value": "a"})
    pipe.xack(stream, GROUP, entry.id)
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        pipe.execute()
    assert pending(r, stream, GROUP) == []


def dead(r, stream, value) -> str:
    """Create a dead letter; return its ID."""
    fill(r, stream, value)
    read_group(r, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    dead_letter(r, stream, GROUP, line, "it fails")
    return dead_letters(r, stream)[0].id


def test_a_replay_in_two_calls_doubles_or_loses(r, stream):
    """It depends on their order, if a crash comes between the two."""
    letter = dead(r, stream, "a")
    r.xadd(stream, {"value": "a"})
    # Here the first crash happens, and the next process starts over.
    r.xadd(stream, {"value": "a"})
    r.xdel(dead_letter_stream(stream), letter)
    assert r.xlen(stream) == 3
    letter = dead(r, stream + ":2", "a")
    r.xdel(dead_letter_stream(stream + ":2"), letter)
    # Here the second one happens.
    assert (r.xlen(stream + ":2"), dead_letters(r, stream + ":2")) == (1, [])


def test_a_replay_whose_reply_was_lost_can_be_repeated(r, url, stream):
    """The first call did everything, so the second finds nothing to do."""
    letter = dead(r, stream, "a")
    with DroppingProxy(url, command="EVAL") as proxy, connect(proxy.url) as unlucky:
        with pytest.raises(redis.ConnectionError):
            replay(unlucky, stream, letter)
        assert replay(unlucky, stream, letter) is None
    assert r.xlen(stream) == 2


def test_lost_replies_are_deliveries_that_no_handler_saw(r, url, stream):
    """One lost reply to XREADGROUP and two to XCLAIM: a limit on deliveries counts more than
    tries."""
    fill(r, stream, "a")
    with (
        DroppingProxy(url, command="XREADGROUP") as proxy,
        connect(proxy.url) as unlucky,
        pytest.raises(redis.ConnectionError),
    ):
        read_group(unlucky, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    with DroppingProxy(url, command="XCLAIM", drop=2) as proxy, connect(proxy.url) as unlucky:
        for _ in range(2):
            with pytest.raises(redis.ConnectionError):
                claim(unlucky, stream, GROUP, "alice", line.id, min_idle_ms=0)
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [3]


def test_a_crash_in_the_first_batch_is_a_delivery_of_all_of_it(r, stream):
    """So a limit of one would give up on entries that no handler has seen."""
    fill(r, stream, *range(5))
    read_group(r, stream, GROUP, "alice")
    assert [line.deliveries for line in pending(r, stream, GROUP)] == [1] * 5


@pytest.mark.parametrize("why", ["refused on arrival", "watched key changed"])
def test_when_a_transaction_does_nothing(r, stream, why):
    """The two cases in which EXEC leaves an entry pending."""
    fill(r, stream, "a")
    [entry] = read_group(r, stream, GROUP, "alice")
    pipe = r.pipeline()
    if why == "refused on arrival":
        pipe.execute_command("XADD", dead_letter_stream(stream))
    else:
        pipe.watch(dead_letter_stream(stream))
        pipe.multi()
        r.set(dead_letter_stream(stream), "changed")
    pipe.xack(stream, GROUP, entry.id)
    with pytest.raises(redis.RedisError):
        pipe.execute()
    assert len(pending(r, stream, GROUP)) == 1


@pytest.mark.parametrize(("stream", "share"), [("{orders}", True), ("orders", False)])
def test_in_a_cluster_a_hash_tag_keeps_a_stream_and_its_dead_letters_together(stream, share):
    """A script's keys must be in one slot."""
    assert (key_slot(stream.encode()) == key_slot(dead_letter_stream(stream).encode())) is share
