"""Create the group: what `$` means, when the lag is None, and what moves the last delivered ID."""

from helpers.streams import ensure_group

GROUP = "consumerGroup"


def group(r, stream, name=GROUP) -> dict:
    """Return the server's information about one group."""
    return next(g for g in r.xinfo_groups(stream) if g["name"] == name)


def fill(r, stream, entries=5) -> list[str]:
    """Create a group at the start of the stream, and entries; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(entries)]


def test_dollar_is_the_last_entry_that_was_added_even_if_it_is_deleted(r, stream):
    """So the next entries are delivered, and none twice."""
    ids = fill(r, stream)
    r.xdel(stream, ids[4])
    r.xgroup_create(stream, "from_now", id="$")
    assert group(r, stream, "from_now")["last-delivered-id"] == ids[4]


def test_lag_is_none_for_a_group_that_began_in_the_middle(r, stream):
    """It is a number again once the group has read to the end."""
    fill(r, stream)
    r.xgroup_create(stream, "from_now", id="$")
    r.xadd(stream, {"value": 5})
    assert group(r, stream, "from_now")["lag"] is None
    r.xreadgroup("from_now", "alice", {stream: ">"})
    assert group(r, stream, "from_now")["lag"] == 0


def test_lag_is_none_after_a_deletion_ahead_of_a_counted_group(r, stream):
    """It was a number before."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=2)
    assert group(r, stream)["lag"] == 3
    r.xdel(stream, ids[3])
    assert group(r, stream)["lag"] is None


def test_making_sure_of_a_group_leaves_its_bookmark_and_what_is_pending(r, stream):
    """Wherever the bookmark is, and whatever start is given."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=2)
    assert [ensure_group(r, stream, GROUP, start) for start in ("0", "$")] == [False, False]
    assert (group(r, stream)["last-delivered-id"], group(r, stream)["pending"]) == (ids[1], 2)


def test_a_group_that_was_sent_back_keeps_what_is_pending_and_delivers_what_was_handled(r, stream):
    """With two acknowledged and one pending, all five are delivered, and a handler would repeat the
    two."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=3)
    r.xack(stream, GROUP, *ids[:2])
    r.xgroup_setid(stream, GROUP, "0")
    assert (group(r, stream)["pending"], group(r, stream)["consumers"]) == (1, 1)
    assert [entry_id for entry_id, _ in r.xreadgroup(GROUP, "bob", {stream: ">"})[stream]] == ids


def test_reads_without_a_group_leave_the_bookmark_and_a_claim_can_move_it(r, stream):
    """XRANGE and XREAD ignore groups; XCLAIM has LASTID."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=1)
    r.xrange(stream)
    r.xread({stream: "0"})
    assert group(r, stream)["last-delivered-id"] == ids[0]
    r.execute_command("XCLAIM", stream, GROUP, "bob", 0, ids[0], "LASTID", ids[3])
    assert group(r, stream)["last-delivered-id"] == ids[3]
