"""Observe: ten incidents told apart on every server, the meaning of each figure and when it
misleads, and a drill that knows what is fixed and what is lost."""

import pytest

from helpers.connection import can
from helpers.diagnosis import (
    CONSUMER_DEAD,
    GROUP_AT_END,
    MANY_DELIVERIES,
    REMEDIES,
    WELL,
    Observer,
    diagnose,
)
from helpers.incidents import (
    LONGEST_HANDLER_MS,
    MAKERS,
    Case,
    Drill,
    all_looks,
    answers,
    firing,
    make,
    metrics,
    ten_looks,
    two_looks,
)
from helpers.snapshots import snapshot
from helpers.streams import ensure_group, read_group
from helpers.views import sheet, watch
from helpers.waiting import wait_until

GROUP = "consumerGroup"
SEEDS = range(20)


def filled(r, stream, taken: int) -> list[str]:
    """Create ten entries, and a group whose consumer got the first few; return the IDs."""
    ensure_group(r, stream, GROUP)
    ids = [r.xadd(stream, {"value": n}) for n in range(10)]
    read_group(r, stream, GROUP, "bob", count=taken)
    return ids


def group_of(r, stream) -> dict:
    """The only group, as reported by XINFO GROUPS."""
    [group] = r.xinfo_groups(stream)
    return group


@pytest.mark.parametrize("seed", SEEDS)
def test_each_incident_is_told_from_the_others(r, prefix, seed):
    """All ten, and the healthy stream, on every server."""
    kinds = [WELL, *MAKERS]
    cases = [make(Case(r, f"{prefix}{kind}", seed), kind) for kind in kinds]
    found = [diagnose(*pair, LONGEST_HANDLER_MS) for pair in two_looks(cases)]
    assert found == kinds


def test_one_look_is_not_enough():
    """The same look twice can't tell slow from healthy, nor a dead producer from a live one."""
    looks = all_looks(12)
    once = {
        kind: diagnose(second, second, LONGEST_HANDLER_MS) for kind, (_, second) in looks.items()
    }
    assert {kind for kind, found in once.items() if kind != found} >= {WELL, "consumers too slow"}


def test_every_finding_has_a_maker_and_a_remedy():
    """A verdict that nothing triggers may be wrong itself."""
    assert set(MAKERS) == set(REMEDIES) == set(answers(12).values())
    assert len(MAKERS) == 10 and set(ten_looks(12)) == set("abcdefghij")


def test_a_lag_behind_a_deletion_is_none_until_the_end(r, stream):
    """After XDEL ahead of the group, the server can't tell, and a gauge that takes None for 0
    ignores seven entries."""
    ids = filled(r, stream, 2)
    r.xdel(stream, ids[5])
    assert group_of(r, stream)["lag"] is None
    assert len(read_group(r, stream, GROUP, "bob", count=20)) == 7
    assert group_of(r, stream)["lag"] == 0


def test_the_lag_counts_what_was_trimmed(r, stream):
    """It says eight where three are left, before Redis 8.2; the next read erases the trace,
    differently on Redis 7.0."""
    filled(r, stream, 2)
    r.xtrim(stream, maxlen=3, approximate=False)
    assert group_of(r, stream)["lag"] == (3 if can(r, "KEEPREF") else 8)
    read_group(r, stream, GROUP, "bob", count=1)
    group = group_of(r, stream)
    old = "inactive" not in r.xinfo_consumers(stream, GROUP)[0]
    assert (group["lag"], group["entries-read"]) == ((7, 3) if old else (2, 8))


def test_an_idle_time_grows_while_a_healthy_consumer_waits(r, stream):
    """It counts from the last attempt if the server has `inactive`; Redis 7.0 doesn't list a
    consumer that got nothing."""
    ensure_group(r, stream, GROUP)
    read_group(r, stream, GROUP, "carol", block_ms=50)
    consumers = r.xinfo_consumers(stream, GROUP)
    assert [c.get("inactive") for c in consumers] in ([-1], [])


def test_a_new_look_needs_an_old_one(r, stream):
    """An observer gives no verdict until twice the longest handler's time has passed."""
    filled(r, stream, 3)
    observer = Observer(20)
    assert observer.verdict(snapshot(r, stream, GROUP)).startswith("No verdict yet")
    wait_until(
        lambda: (
            observer.verdict(snapshot(r, stream, GROUP))
            == f"Verdict: {CONSUMER_DEAD}: {REMEDIES[CONSUMER_DEAD]}"
        ),
        5,
        "the verdict",
    )


@pytest.mark.parametrize("wrong", [0, -1, 1.5, "60", None, True])
def test_a_wrong_time_of_the_longest_handler_is_refused(r, stream, wrong):
    """It would call every consumer dead, or none."""
    with pytest.raises(ValueError, match="longest_handler_ms must be a whole number from 1 up"):
        diagnose(snapshot(r, stream), snapshot(r, stream), wrong)


def test_watch_says_the_verdict(r, stream, capsys):
    """Below the picture of the end state, also outside a notebook."""
    filled(r, stream, 3)
    with watch(r, stream, GROUP, longest_handler_ms=10):
        [line] = r.xpending_range(stream, GROUP, "-", "+", 1)
        later = line["time_since_delivered"] + 50
        wait_until(lambda: r.xpending_range(stream, GROUP, "-", "+", 1, idle=later), 5, "idle")
    assert capsys.readouterr().out.splitlines()[-1].startswith(f"Verdict: {CONSUMER_DEAD}: ")


def test_a_busy_consumer_is_not_called_dead(r, stream):
    """It has had a batch for less than twice the longest handler's time, with more waiting."""
    filled(r, stream, 3)
    looks = [snapshot(r, stream, GROUP) for _ in range(2)]
    assert diagnose(*looks, 60_000) == WELL


def test_a_group_on_an_empty_stream_skips_nothing(r, stream):
    """If nothing was added yet, `$` is as good as 0."""
    ensure_group(r, stream, GROUP, "$")
    looks = [snapshot(r, stream, GROUP) for _ in range(2)]
    assert diagnose(*looks, 60) != GROUP_AT_END


def test_a_long_stream_is_diagnosed_by_both_ends(r, stream):
    """With more entries than a look reads, the lag says how many wait in between."""
    filled(r, stream, 10)
    r.xack(
        stream,
        GROUP,
        *(line["message_id"] for line in r.xpending_range(stream, GROUP, "-", "+", 10)),
    )
    looks = []
    for _ in range(2):
        with r.pipeline(transaction=False) as pipe:
            for n in range(300):
                pipe.xadd(stream, {"value": n})
            pipe.execute()
        looks.append(snapshot(r, stream, GROUP))
    assert diagnose(*looks, 60) == "nobody reads"


def test_figures_of_a_lost_group_are_missing():
    """None, never 0."""
    figures = metrics(*all_looks(12)["group gone"])
    assert (figures.group, figures.lag, figures.pending, figures.entries_read) == (False,) + 3 * (
        None,
    )


def test_the_usual_two_rules_ring_for_three_of_ten():
    """As the lesson says."""
    usual = {"lag": lambda m: (m.lag or 0) > 5, "pending": lambda m: (m.pending or 0) > 5}
    assert sum(map(len, firing(usual, all_looks(12)).values())) == 3


def test_a_sheet_shows_no_ids_and_no_times():
    """The same incident gives the same line, whatever the machine."""
    text = repr(sheet(all_looks(12)))
    assert len(text.splitlines()) == 12
    assert max(len(word) for word in text.replace("entries-read", "").split()) < 13


def test_a_drill_knows_what_is_not_mended(program):
    """If nobody does anything, the drill says of each incident that it is neither found nor
    fixed."""
    drill = Drill(3, program)
    for case in drill:
        case.looks()
    assert len(drill.report) == 8
    assert [row for row in drill.report if row["found"] or row["fixed"]] == []


def test_a_drill_knows_what_a_careless_repair_lost(program):
    """Acknowledging everything turns the figures green: fixed, but lost."""
    drill = Drill(3, program)
    for case in drill:
        if case.r.exists(case.stream) and case.r.xinfo_groups(case.stream):
            lines = case.r.xpending_range(case.stream, case.group, "-", "+", 100)
            case.r.xack(case.stream, case.group, *[line["message_id"] for line in lines] or ["0-1"])
    rows = {row["incident"]: row for row in drill.report}
    assert rows[CONSUMER_DEAD]["fixed"] and rows[CONSUMER_DEAD]["lost"] > 0
    assert rows["poison entry"]["fixed"] and rows["poison entry"]["lost"] == 1


def test_a_drill_is_the_same_for_the_same_seed():
    """And another one for another seed."""
    assert Drill(3).kinds == Drill(3).kinds != Drill(4).kinds
    assert MANY_DELIVERIES == 3
