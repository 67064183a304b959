"""Snapshots, compared with the server's own XINFO and XPENDING."""

import threading

import pytest

from helpers.entries import to_entry
from helpers.replies import ask, to_dict
from helpers.snapshots import snapshot
from helpers.snapshots.snapshot import LIMIT, MOST_VALUES
from helpers.snapshots.states import ACKED, DEAD_LETTERED, NOT_DELIVERED, PENDING, SKIPPED, TRIMMED
from helpers.streams import dead_letter_stream, ensure_group, is_done, pending, read_group
from tests import scenes
from tests.scenes import GROUP, SCENES, add, read


def stored(r, stream) -> dict:
    """Every entry of the stream by ID, read by the plainest command."""
    return {
        e.id: e for e in (to_entry(*reply) for reply in ask(r, [("XRANGE", stream, "-", "+")])[0])
    }


def states(shot) -> dict[str, str]:
    """The state of every value read."""
    return {e.value: e.state for e in shot.entries}


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_counted_is_what_xinfo_says(r, stream, scene):
    """Lengths, positions, lag and counts are the server's, for every group and consumer."""
    scene(r, stream)
    shot, info = snapshot(r, stream), to_dict(ask(r, [("XINFO", "STREAM", stream)])[0])
    assert (shot.length, shot.entries_added) == (info["length"], info["entries-added"])
    assert shot.last_generated_id == info["last-generated-id"].decode()
    assert [
        (g.name, g.last_delivered, g.lag, g.entries_read, g.pending, len(g.consumers))
        for g in shot.groups
    ] == [
        (
            g["name"],
            g["last-delivered-id"],
            g["lag"],
            g["entries-read"],
            g["pending"],
            g["consumers"],
        )
        for g in r.xinfo_groups(stream)
    ]
    for group in shot.groups:
        assert [(c.name, c.pending) for c in group.consumers] == [
            (c["name"], c["pending"]) for c in r.xinfo_consumers(stream, group.name)
        ]


@pytest.mark.parametrize("scene", SCENES)
def test_what_is_pending_is_what_xpending_says(r, stream, scene):
    """Each entry's owner, delivery count and stored value; a missing entry is called trimmed."""
    scene(r, stream)
    for group in snapshot(r, stream).groups:
        lines, there = r.xpending_range(stream, group.name, "-", "+", 100), stored(r, stream)
        assert [(e.id, e.owner, e.deliveries) for e in group.entries] == [
            (line["message_id"], line["consumer"], line["times_delivered"]) for line in lines
        ]
        assert [(e.fields, e.state) for e in group.entries] == [
            (there[e.id].fields, PENDING) if e.id in there else ({}, TRIMMED) for e in group.entries
        ]


@pytest.mark.parametrize("scene", SCENES)
def test_entries_are_the_stored_ones_in_order(r, stream, scene):
    """Head and tail match XRANGE; the gap is everything in between."""
    scene(r, stream)
    shot, there = snapshot(r, stream), stored(r, stream)
    ids = list(there)
    assert [e.id for e in shot.entries] == (
        ids if len(ids) <= LIMIT else ids[:LIMIT] + ids[-LIMIT:]
    )
    assert all(e.fields == there[e.id].fields for e in shot.entries)
    assert shot.gap == len(ids) - len(shot.entries)


def test_states_of_a_group_at_work(r, stream):
    """Acked, pending with its owner, not delivered."""
    scenes.some_pending_some_acked(r, stream)
    shot = snapshot(r, stream)
    assert list(states(shot).values()) == [ACKED] * 2 + [PENDING] * 2 + [NOT_DELIVERED] * 6
    assert [e.value for e in shot.pending_of("bob")] == ["3"] and shot.pending_of("carol") == ()
    assert not shot.done


def test_done_does_not_trust_the_lag(r, stream):
    """Redis 7.0 keeps counting an entry that was deleted before delivery."""
    scenes.ten_undelivered(r, stream)
    read(r, stream, "alice", 8, ack=8)
    r.xdel(stream, *[e.id for e in snapshot(r, stream).entries[-2:]])
    assert snapshot(r, stream).done and is_done(r, stream, GROUP)


def test_done_needs_everything_delivered_and_acked(r, stream):
    """Delivering everything isn't enough."""
    scenes.ten_undelivered(r, stream)
    read(r, stream, "alice", 10, ack=9)
    assert snapshot(r, stream).chosen.lag == 0 and not snapshot(r, stream).done
    r.xack(stream, GROUP, pending(r, stream, GROUP)[0].id)
    assert snapshot(r, stream).done


def test_what_a_group_at_dollar_passed_is_skipped_not_acked(r, stream):
    """That is the point: these entries were never delivered."""
    scenes.created_at_dollar(r, stream)
    assert list(states(snapshot(r, stream)).values()) == [SKIPPED] * 10 + [NOT_DELIVERED] * 2


def test_a_group_that_delivered_something_is_not_called_untouched(r, stream):
    """After 3 of 10 were delivered and acked from the middle, the server can no longer prove what
    was skipped."""
    scenes.created_at_dollar(r, stream)
    read(r, stream, "alice", 1, ack=1)
    assert states(snapshot(r, stream))["10"] == ACKED


def test_a_dead_letter_counts_for_its_own_group(r, stream):
    """For another group, the same entry is acked, or still pending."""
    scenes.dead_lettered(r, stream)
    ensure_group(r, stream, "other")
    read(r, stream, "eve", 10, ack=2, group="other")
    assert states(snapshot(r, stream, GROUP))["3"] == DEAD_LETTERED
    assert states(snapshot(r, stream, "other"))["3"] == PENDING
    assert [(e.value, e.owner, e.deliveries) for e in snapshot(r, stream).dead] == [("3", "bob", 1)]


def test_a_dead_letter_that_was_never_acked_is_pending(r, stream):
    """A copy without an XACK shows up this way."""
    scenes.ten_undelivered(r, stream)
    read(r, stream, "alice", 1)
    r.xadd(
        dead_letter_stream(stream),
        {"value": 0, "dead:id": pending(r, stream, GROUP)[0].id, "dead:group": GROUP},
    )
    assert states(snapshot(r, stream))["0"] == PENDING and snapshot(r, stream).dead_letters == 1


def test_several_groups_give_each_entry_several_states(r, stream):
    """In the order of the groups in XINFO GROUPS."""
    scenes.two_groups(r, stream)
    shot = snapshot(r, stream)
    assert shot.group is None and [g.name for g in shot.groups] == ["auditGroup", GROUP, "late"]
    assert shot.entries[0].states == (PENDING, ACKED, SKIPPED) and shot.entries[9].states == (
        NOT_DELIVERED,
        NOT_DELIVERED,
        SKIPPED,
    )
    assert snapshot(r, stream, GROUP).entries[0].states == (ACKED,)


def test_no_stream_no_group_and_another_type_each_get_a_sentence(r, stream, prefix):
    """A learner may look before anything exists."""
    assert "no stream" in snapshot(r, stream).problem and not snapshot(r, stream).exists
    add(r, stream, range(3))
    assert snapshot(r, stream).problem is None and states(snapshot(r, stream)) == {
        "0": "",
        "1": "",
        "2": "",
    }
    assert (
        "no group 'g'" in snapshot(r, stream, "g").problem and snapshot(r, stream, "g").length == 3
    )
    r.set(prefix + "text", 1)
    assert "is a string, not a stream" in snapshot(r, prefix + "text", "g").problem


def test_a_dead_letter_key_of_another_type_does_no_harm(r, stream):
    """One command of the transaction fails; the others count."""
    scenes.ten_undelivered(r, stream)
    r.set(dead_letter_stream(stream), "x")
    assert snapshot(r, stream).length == 10 and snapshot(r, stream).dead_letters == 0


def test_looking_changes_nothing(r, stream):
    """Neither delivery counts nor idle times nor any of the server's figures."""
    scenes.after_a_claim(r, stream)
    before = ask(r, [("XINFO", "STREAM", stream, "FULL")])
    snapshot(r, stream)
    assert ask(r, [("XINFO", "STREAM", stream, "FULL")]) == before


def test_the_work_is_bounded_and_the_states_right_at_both_ends(r, stream):
    """With 9,000 of 10,000 pending for two consumers, both ends are right, and no more is read than
    there is room for."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(10_000))
    read(r, stream, "alice", 8_000, ack=10)
    read(r, stream, "bob", 1_990)
    shot = snapshot(r, stream)
    assert [e.state for e in shot.entries[:11]] == [ACKED] * 10 + [PENDING]
    assert [e.state for e in shot.entries[-11:]] == [PENDING] + [NOT_DELIVERED] * 10
    assert shot.chosen.pending == 9_980 and shot.pending_of("bob")[0].value == "8000"
    assert len(shot.entries) == 2 * LIMIT and len(shot.pending) <= 2 * LIMIT + MOST_VALUES


def test_entries_trimmed_in_masses_do_not_hide_what_is_pending_behind_them(r, stream):
    """500 pending entries are gone; the remaining ones are pending, not acked."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(1000))
    read(r, stream, "alice", 600)
    r.xtrim(stream, maxlen=500, approximate=False)
    shot = snapshot(r, stream)
    assert [e.state for e in shot.entries[:60]] == [PENDING] * 60 and shot.entries[0].value == "500"
    assert shot.having(PENDING)[0].owner == "alice" and shot.removed == 500


def test_each_reading_is_of_one_moment(r, stream):
    """While entries are added, delivered and acked, the pending and the undelivered always add
    up."""
    ensure_group(r, stream, GROUP)

    def work():
        for i in range(150):
            add(r, stream, [i])
            read(r, stream, "alice", 1, ack=i % 2)

    worker = threading.Thread(target=work)
    worker.start()
    shots = [snapshot(r, stream, limit=200)]
    while worker.is_alive():
        shots.append(snapshot(r, stream, limit=200))
    worker.join()
    assert len(shots) > 10
    for shot in shots:
        assert (
            len(shot.having(PENDING))
            == shot.chosen.pending
            == sum(c.pending for c in shot.chosen.consumers)
        )
        assert len(shot.having(NOT_DELIVERED)) == shot.chosen.lag


def test_an_error_leaves_the_connection_usable(r, stream):
    """A failed command's error takes the place of its reply, and nothing is left on the wire."""
    error, pong = ask(r, [("XINFO", "STREAM", stream), ("PING",)])
    assert "no such key" in str(error) and pong == b"PONG"
    with pytest.raises(Exception, match="wrong number|unknown"):
        ask(r, [("XINFO",)], atomic=True)
    assert r.ping() and ensure_group(r, stream, GROUP) and read_group(r, stream, GROUP, "c") == []
