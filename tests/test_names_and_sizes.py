"""Names chosen by other programs, and entries of any size that the server stores: no helper fails
on either."""

import pytest
from redis import ResponseError

from helpers.consumer import Consumer
from helpers.streams import (
    ack_once,
    ack_with,
    clean_slate,
    dead_letter,
    dead_letter_stream,
    dead_letters,
    ensure_group,
    is_done,
    oldest_needed,
    pending,
    read_group,
    replay,
    trim_acknowledged,
)

GROUP = "consumerGroup"
ODD = b"K\xe4the"
LARGE = [3_499, 4_500, 20_000]
"""Numbers of fields around and beyond the limit of what a script can pass to one command."""


@pytest.fixture
def visited(r, stream):
    """One entry, pending for a consumer whose name isn't UTF-8, next to a group whose name isn't,
    either."""
    ensure_group(r, stream, GROUP)
    r.xgroup_create(stream, ODD, id="0")
    r.xadd(stream, {"value": 0})
    r.xreadgroup(GROUP, ODD, {stream: ">"})
    return stream


def test_a_consumer_of_any_name_is_listed(r, visited):
    """With bytes that aren't text as \\xff."""
    assert [line.consumer for line in pending(r, visited, GROUP)] == ["K\\xe4the"]


def test_groups_of_any_name_are_looked_at(r, visited):
    """Both is_done and the oldest needed entry work."""
    assert not is_done(r, visited, GROUP)
    assert oldest_needed(r, visited) == "0-0" and trim_acknowledged(r, visited) == 0


def test_work_of_a_consumer_of_any_name_is_claimed(r, visited):
    """By a consumer that looks for idle entries."""
    with Consumer(
        r, visited, GROUP, "alice", lambda entry: None, min_idle_ms=20, max_deliveries=3
    ) as alice:
        alice.drain()
    assert alice.handled == 1


def test_an_entry_of_a_consumer_of_any_name_can_be_buried(r, visited):
    """The dead letter has the name's bytes."""
    [line] = pending(r, visited, GROUP)
    assert dead_letter(r, visited, GROUP, line, "it fails") is True
    assert dead_letters(r, visited)[0].raw[b"dead:consumer"] == ODD


def test_a_clean_slate_deletes_keys_of_any_name(r, prefix):
    """Even those that nobody can write as text."""
    r.set(prefix.encode() + b"\xff", 1)
    assert clean_slate(r, prefix) == 1


def buried(r, stream, fields) -> str:
    """Dead-letter one entry with these fields; return the dead letter's ID."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, fields)
    read_group(r, stream, GROUP, "alice")
    [line] = pending(r, stream, GROUP)
    assert dead_letter(r, stream, GROUP, line, "it fails") is True
    return dead_letters(r, stream)[0].id


@pytest.mark.parametrize("many", LARGE)
def test_an_entry_of_thousands_of_fields_is_buried_and_brought_back(r, stream, many):
    """Byte for byte, once, and acknowledged, however large the entry is."""
    fields = {f"f{n}".encode(): b"\xff%d" % n for n in range(many)}
    letter = buried(r, stream, fields)
    assert r.xpending(stream, GROUP)["pending"] == 0
    new = replay(r, stream, letter)
    [entry] = read_group(r, stream, GROUP, "alice")
    assert (entry.id, entry.raw) == (new, fields)
    assert replay(r, stream, letter) is None and r.xlen(dead_letter_stream(stream)) == 0


def test_a_large_poison_entry_ends_no_consumer(r, stream):
    """It is dead-lettered, and the entries after it are handled."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, {f"f{n}": n for n in range(4_500)})
    r.xadd(stream, {"value": "after"})
    with Consumer(
        r,
        stream,
        GROUP,
        "alice",
        lambda entry: entry.fields["value"],
        min_idle_ms=10,
        max_deliveries=2,
    ) as alice:
        alice.drain()
    assert (alice.handled, alice.dead_lettered) == (1, 1)


def test_a_large_entry_that_cannot_be_buried_stays_pending(r, stream):
    """A transaction isn't rolled back, so conditions are checked first."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, {f"f{n}": n for n in range(4_500)})
    read_group(r, stream, GROUP, "alice")
    r.set(dead_letter_stream(stream), "no stream")
    [line] = pending(r, stream, GROUP)
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        dead_letter(r, stream, GROUP, line, "it fails")
    assert r.xpending(stream, GROUP)["pending"] == 1


def test_a_large_letter_that_cannot_be_brought_back_stays(r, stream):
    """The same in the other direction."""
    letter = buried(r, stream, {f"f{n}": n for n in range(4_500)})
    r.delete(stream)
    r.set(stream, "no stream")
    with pytest.raises(ResponseError, match="WRONGTYPE"):
        replay(r, stream, letter)
    assert r.xlen(dead_letter_stream(stream)) == 1


OWN_FIELDS = [
    {"dead:pixels": "3"},
    {"value": "1", "dead:pixels": "3"},
    {"dead:id": "x"},
    {"dead:reason": "an old one", "value": "1"},
    dict.fromkeys(
        ["dead:id", "dead:group", "dead:consumer", "dead:deliveries", "dead:reason"], "own"
    ),
]


@pytest.mark.parametrize("fields", OWN_FIELDS, ids=lambda fields: "+".join(fields))
def test_fields_that_look_like_details_come_back(r, stream, fields):
    """Only the details that dead_letter added are removed."""
    replay(r, stream, buried(r, stream, fields))
    assert [entry.fields for entry in read_group(r, stream, GROUP, "alice")] == [fields]


def test_a_letter_that_somebody_wrote_by_hand_comes_back_whole(r, stream):
    """It has no details."""
    letter = r.xadd(dead_letter_stream(stream), {"value": "1", "dead:reason": "by hand"})
    replay(r, stream, letter)
    assert [fields for _, fields in r.xrange(stream)] == [{"value": "1", "dead:reason": "by hand"}]


@pytest.mark.parametrize("effect", [ack_with, ack_once])
def test_an_effect_that_a_script_cannot_pass_on_is_refused(r, stream, effect):
    """In one sentence, and the entry stays pending."""
    ensure_group(r, stream, GROUP)
    r.xadd(stream, {"value": 1})
    [entry] = read_group(r, stream, GROUP, "alice")
    with pytest.raises(ValueError, match="at most 7,000 arguments, not 9,000"):
        effect(r, stream, GROUP, entry.id, "RPUSH", stream + ":list", *range(9_000))
    assert effect(r, stream, GROUP, entry.id, "RPUSH", stream + ":list", *range(7_000))
    assert r.llen(stream + ":list") == 7_000


def set_back(r, stream):
    """Rewind the group to the beginning."""
    r.xgroup_setid(stream, GROUP, "0")
    read_group(r, stream, GROUP, "alice")


def forced(r, stream):
    """Put an acknowledged entry back on the pending entries list."""
    r.xclaim(stream, GROUP, "alice", 0, [r.xrange(stream)[0][0]], force=True)


def made_anew(r, stream):
    """A group of the same name, created again."""
    r.xgroup_destroy(stream, GROUP)
    ensure_group(r, stream, GROUP)
    read_group(r, stream, GROUP, "alice")


@pytest.mark.parametrize("again", [set_back, forced, made_anew])
@pytest.mark.parametrize(("effect", "happens"), [(ack_with, 2), (ack_once, 1)])
def test_an_effect_after_the_group_was_set_back(r, stream, again, effect, happens):
    """Gated by the pending entries list, it happens again; remembered by its entry's ID, it
    doesn't."""
    ensure_group(r, stream, GROUP)
    entry_id = r.xadd(stream, {"value": 1})
    read_group(r, stream, GROUP, "alice")
    for _ in range(2):
        effect(r, stream, GROUP, entry_id, "INCR", stream + ":sum")
    again(r, stream)
    effect(r, stream, GROUP, entry_id, "INCR", stream + ":sum")
    assert int(r.get(stream + ":sum")) == happens and is_done(r, stream, GROUP)


def test_an_effect_that_fails_is_not_remembered(r, stream):
    """An effect on the wrong type, or a set that isn't one, leaves nothing half done."""
    ensure_group(r, stream, GROUP)
    entry_id = r.xadd(stream, {"value": 1})
    read_group(r, stream, GROUP, "alice")
    for wrong in (stream + ":sum", f"{stream}:effects:{GROUP}"):
        r.lpush(wrong, "a list")
        with pytest.raises(ResponseError):
            ack_once(r, stream, GROUP, entry_id, "INCR", stream + ":sum")
        r.delete(wrong)
    assert not r.exists(stream + ":sum") and r.xpending(stream, GROUP)["pending"] == 1
    assert ack_once(r, stream, GROUP, entry_id, "INCR", stream + ":sum") is True
