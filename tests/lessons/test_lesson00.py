"""Start here: the meaning of the picture's check mark and its unmarked boxes, even if nobody
acknowledged anything."""

from helpers.snapshots import snapshot
from helpers.snapshots.states import ACKED, NOT_DELIVERED, PENDING
from helpers.streams import ensure_group
from helpers.views import picture

GROUP = "consumerGroup"


def fill(r, stream) -> list[str]:
    """Create four entries and a group at their start; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(4)]


def states(r, stream) -> list[str]:
    """The state of each entry for the group."""
    return [entry.state for entry in snapshot(r, stream, GROUP).entries]


def test_the_legend_claims_no_acknowledgement_where_there_was_none(r, stream):
    """NOACK read one entry, DELCONSUMER dropped one, and SETID skipped one: all three get the mark,
    so the legend must fit all of them."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "nora", {stream: ">"}, count=1, noack=True)
    r.xreadgroup(GROUP, "dan", {stream: ">"}, count=1)
    r.xgroup_delconsumer(stream, GROUP, "dan")
    r.xreadgroup(GROUP, "alice", {stream: ">"}, count=1)
    r.xgroup_setid(stream, GROUP, ids[3])
    assert states(r, stream) == [ACKED, ACKED, PENDING, ACKED]
    assert "[0 ✓] counted as acked: not pending" in repr(picture(r, stream, GROUP))


def test_the_legend_calls_nothing_undelivered_that_comes_again(r, stream):
    """After delivery and acknowledgment, the group is rewound, so everything counts as not yet
    delivered."""
    ids = fill(r, stream)
    r.xreadgroup(GROUP, "alice", {stream: ">"})
    r.xack(stream, GROUP, *ids)
    r.xgroup_setid(stream, GROUP, "0")
    shown = repr(picture(r, stream, GROUP))
    assert states(r, stream) == [NOT_DELIVERED] * 4
    assert "0 to be delivered; ▲ before the first entry" in shown and "not delivered" not in shown
