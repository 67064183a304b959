"""Groups, pending entries, claims and dead letters, compared with the server's own replies."""

import pytest
from redis import ResponseError

from helpers.streams import (
    ack_with,
    claim,
    clean_slate,
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


def fill(r, stream, values) -> list[str]:
    """Create a group at the start of the stream, and an entry for each value; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": value}) for value in values]


def test_a_group_is_created_once(r, stream):
    """The second call changes nothing, and says so."""
    assert ensure_group(r, stream, GROUP) is True
    assert ensure_group(r, stream, GROUP) is False
    assert len(r.xinfo_groups(stream)) == 1


def test_only_busygroup_is_harmless(r, prefix):
    """A key that isn't a stream stops the program."""
    r.set(prefix + "text", "x")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        ensure_group(r, prefix + "text", GROUP)


def test_a_clean_slate_deletes_its_prefix_only(r, prefix):
    """Characters with a meaning in patterns are taken literally."""
    odd = prefix + "a*b[c]?\\:"
    for key in (odd + "1", odd + "2", prefix + "axb[c]?\\:1", prefix + "a"):
        r.set(key, 1)
    assert clean_slate(r, odd) == 2
    assert sorted(r.scan_iter(prefix.rstrip(":") + ":*")) == sorted(
        [prefix + "axb[c]?\\:1", prefix + "a"]
    )


def test_a_clean_slate_needs_a_prefix(r):
    """Without one it would delete everything."""
    with pytest.raises(ValueError, match="prefix"):
        clean_slate(r, "")


def test_reading_hands_out_new_entries_then_own_ones(r, stream):
    """`>` returns entries new to the group; an ID returns this consumer's pending ones."""
    ids = fill(r, stream, "abc")
    assert [e.id for e in read_group(r, stream, GROUP, "alice", count=2)] == ids[:2]
    assert [e.id for e in read_group(r, stream, GROUP, "bob", count=2)] == ids[2:]
    assert [e.fields["value"] for e in read_group(r, stream, GROUP, "alice", after="0")] == [
        "a",
        "b",
    ]
    assert read_group(r, stream, GROUP, "carol", after="0") == []


def test_bytes_that_are_not_text_do_not_stop_a_batch(r, stream):
    """redis-py's own decoding would raise for the whole batch, which is already pending."""
    fill(r, stream, [b"\xff\x00", "ok"])
    first, second = read_group(r, stream, GROUP, "alice")
    assert first.fields["value"] == "\\xff\x00" and first.raw[b"value"] == b"\xff\x00"
    assert second.fields["value"] == "ok"


def test_pending_agrees_with_xpending(r, stream):
    """Owner, delivery count and order; for all or by consumer; from an ID on."""
    ids = fill(r, stream, "abcd")
    read_group(r, stream, GROUP, "alice", count=3)
    read_group(r, stream, GROUP, "bob")
    assert [(p.id, p.consumer, p.deliveries) for p in pending(r, stream, GROUP)] == [
        (ids[0], "alice", 1),
        (ids[1], "alice", 1),
        (ids[2], "alice", 1),
        (ids[3], "bob", 1),
    ]
    assert [p.id for p in pending(r, stream, GROUP, consumer="alice", after=ids[0], count=1)] == [
        ids[1]
    ]
    assert pending(r, stream, GROUP, min_idle_ms=60_000) == []
    assert r.xpending(stream, GROUP)["pending"] == 4


def test_a_claim_moves_one_entry_and_counts_a_delivery(r, stream):
    """The entry and its bytes get a new owner; its neighbors are left alone."""
    ids = fill(r, stream, [b"\xff", "b"])
    read_group(r, stream, GROUP, "alice")
    entry = claim(r, stream, GROUP, "bob", ids[0], min_idle_ms=0)
    assert entry.raw == {b"value": b"\xff"}
    assert [(p.consumer, p.deliveries) for p in pending(r, stream, GROUP)] == [
        ("bob", 2),
        ("alice", 1),
    ]


def test_a_claim_of_what_is_at_work_gives_nothing(r, stream):
    """An entry that hasn't been idle long enough stays with its owner."""
    [entry_id] = fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    assert claim(r, stream, GROUP, "bob", entry_id, min_idle_ms=60_000) is None
    assert pending(r, stream, GROUP)[0].consumer == "alice"


def test_a_claim_of_a_trimmed_entry_gives_nothing_and_clears_it(r, stream):
    """The server removes a trimmed entry from the list when it is claimed."""
    [entry_id] = fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    r.xtrim(stream, maxlen=0, approximate=False)
    assert claim(r, stream, GROUP, "bob", entry_id, min_idle_ms=0) is None
    assert pending(r, stream, GROUP) == []


def test_a_dead_letter_keeps_the_bytes_and_says_why(r, stream):
    """The copy has the original's fields and five details; the original is acknowledged."""
    [entry_id] = fill(r, stream, [b"\xff"])
    read_group(r, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    assert dead_letter(r, stream, GROUP, line, "it fails") is True
    [(_, pairs)] = r.execute_command(
        "XRANGE", dead_letter_stream(stream), "-", "+", NEVER_DECODE=True
    )
    pairs = pairs if isinstance(pairs, dict) else dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert pairs == {
        b"value": b"\xff",
        b"dead:id": entry_id.encode(),
        b"dead:group": b"consumerGroup",
        b"dead:consumer": b"alice",
        b"dead:deliveries": b"1",
        b"dead:reason": b"it fails",
        b"dead:error": b"",
    }
    assert r.xpending(stream, GROUP)["pending"] == 0


def test_a_dead_letter_is_written_once(r, stream):
    """The second caller finds that the entry is no longer pending."""
    fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    assert [dead_letter(r, stream, GROUP, line, "x") for _ in range(2)] == [True, False]
    assert r.xlen(dead_letter_stream(stream)) == 1


def test_a_dead_letter_that_cannot_be_written_leaves_the_entry_pending(r, stream):
    """XADD comes before XACK, and a script stops at its first error: nothing is lost."""
    fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    r.set(dead_letter_stream(stream), "no stream")
    [line] = pending(r, stream, GROUP)
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        dead_letter(r, stream, GROUP, line, "x")
    assert r.xpending(stream, GROUP)["pending"] == 1


def test_done_needs_both_halves(r, stream):
    """Lag 0 alone isn't done, nor is an empty pending entries list."""
    fill(r, stream, "ab")
    assert not is_done(r, stream, GROUP)
    entries = read_group(r, stream, GROUP, "alice")
    assert not is_done(r, stream, GROUP)
    r.xack(stream, GROUP, *(e.id for e in entries))
    assert is_done(r, stream, GROUP)


def test_done_is_told_where_the_lag_is_unknown_or_wrong(r, stream):
    """After an entry in between was deleted, the server returns the lag None, and Redis 7.0 later a
    wrong one."""
    ids = fill(r, stream, "abc")
    read_group(r, stream, GROUP, "alice", count=1)
    r.xdel(stream, ids[1])
    r.xack(stream, GROUP, ids[0])
    assert r.xinfo_groups(stream)[0]["lag"] is None
    assert not is_done(r, stream, GROUP)
    r.xack(stream, GROUP, *(e.id for e in read_group(r, stream, GROUP, "alice")))
    assert is_done(r, stream, GROUP)


def test_done_without_a_group_says_what_to_do(r, stream):
    """A missing group is an error, not done."""
    r.xadd(stream, {"a": 1})
    with pytest.raises(ResponseError, match="ensure_group"):
        is_done(r, stream, GROUP)


def dead_lettered(r, stream, *values) -> list[str]:
    """Move an entry for each value to the dead-letter stream; return the dead letters' IDs."""
    fill(r, stream, values)
    read_group(r, stream, GROUP, "alice")
    for line in pending(r, stream, GROUP):
        dead_letter(r, stream, GROUP, line, "it fails")
    return [letter.id for letter in dead_letters(r, stream)]


def test_a_replay_brings_the_original_fields_back(r, stream):
    """Byte for byte, without the dead letter's details; the dead letter is gone."""
    [letter] = dead_lettered(r, stream, b"\xff\x00")
    new = replay(r, stream, letter)
    [entry] = read_group(r, stream, GROUP, "alice")
    assert (entry.id, entry.raw) == (new, {b"value": b"\xff\x00"})
    assert r.xlen(dead_letter_stream(stream)) == 0


def test_a_replay_happens_once(r, stream):
    """A second call, as after a lost reply, finds no dead letter and adds nothing."""
    [letter] = dead_lettered(r, stream, "a")
    assert replay(r, stream, letter) and replay(r, stream, letter) is None
    assert r.xlen(stream) == 2


def test_a_replay_that_cannot_be_written_keeps_the_dead_letter(r, stream):
    """XADD comes before XDEL: whatever fails, nothing is lost."""
    [letter] = dead_lettered(r, stream, "a")
    r.delete(stream)
    r.set(stream, "no stream")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        replay(r, stream, letter)
    assert r.xlen(dead_letter_stream(stream)) == 1


def test_a_trimmed_entry_cannot_be_replayed(r, stream):
    """Its dead letter has only the details, and stays."""
    fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    r.xtrim(stream, maxlen=0, approximate=False)
    dead_letter(r, stream, GROUP, line, "it was trimmed")
    [letter] = dead_letters(r, stream)
    assert "value" not in letter.fields and replay(r, stream, letter.id) is None
    assert r.xlen(dead_letter_stream(stream)) == 1


def test_an_effect_happens_with_the_ack(r, stream):
    """It happens once, however often and by whomever it is tried."""
    [entry_id] = fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    assert [
        ack_with(r, stream, GROUP, entry_id, "HINCRBY", stream + ":stock", "pear", 5)
        for _ in range(3)
    ] == [True, False, False]
    assert r.hgetall(stream + ":stock") == {"pear": "5"}
    assert r.xpending(stream, GROUP)["pending"] == 0


def test_an_effect_that_fails_leaves_the_entry_pending(r, stream):
    """An ack without its effect would be a loss."""
    [entry_id] = fill(r, stream, "a")
    read_group(r, stream, GROUP, "alice")
    r.set(stream + ":stock", "no hash")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        ack_with(r, stream, GROUP, entry_id, "HINCRBY", stream + ":stock", "pear", 5)
    assert r.xpending(stream, GROUP)["pending"] == 1
