"""`campaign --mine`: a learner's program in a whole campaign, and the story of each entry."""

from dataclasses import replace

import pytest

from helpers.campaign import plan
from helpers.campaign.ledger import STORED, Ledger
from helpers.campaign.plan import Fault
from helpers.campaign.run import Result
from helpers.campaign.verdict import Balance
from helpers.campaign.versions import MINE
from helpers.commands import campaign
from helpers.connection import connect
from helpers.servers.own import OwnServer
from helpers.streams import dead_letter_stream, ensure_group
from helpers.trial.account import GROUP, STREAM, settle_account
from helpers.trial.chronicle import chronicle, is_clean
from helpers.trial.diary import BEGINS, DONE, KILLED, Diary
from tests.trial.wrong import DESIGNS, PLAIN, RIGHT, SOLUTION

pytestmark = pytest.mark.long


@pytest.fixture
def scene():
    """A server with ten stored entries, which c1 has read and acknowledged, and a diary."""
    with OwnServer() as own, connect(own.url) as r:
        ensure_group(r, STREAM, GROUP)
        ids = [r.xadd(STREAM, {"value": n, "key": n % 8}) for n in range(10)]
        r.xreadgroup(GROUP, "c1", {STREAM: ">"})
        r.xack(STREAM, GROUP, *ids)
        Ledger(own.directory, "p1", STORED).note(*range(10))
        yield r, own.directory, Diary(own.directory)


def handle(diary, *values, who="c1"):
    """Note that entries were handled."""
    for value in values:
        diary.note(who, BEGINS, value)
        diary.note(who, DONE, value)


def account(scene, *faults):
    """Settle the account; 3 is poison."""
    r, directory, diary = scene
    return settle_account(r, directory, {3}, list(faults))


def bury(scene, value):
    """Make a dead letter."""
    scene[0].xadd(dead_letter_stream(STREAM), {"value": value})


def now(scene):
    """The time of the last note."""
    return scene[2].read()[-1].at


def test_a_clean_account(scene):
    """Each entry handled once, in order, and the poison dead-lettered."""
    handle(scene[2], *range(3), *range(4, 10))
    bury(scene, 3)
    assert account(scene).clean


def test_who_leaves_work_behind_is_not_clean(scene):
    """Others handled what was pending at the end, but had to wait for it: no hall of fame, and what
    to do."""
    handle(scene[2], *range(3), *range(4, 10))
    bury(scene, 3)
    counts = Balance(10, 0, 9, 0, 1, 1, 0, 0, 0, 0, 0)
    run = Result(MINE, "Redis 7.0.15", 10, 1, 1, {plan.TERM: 1}, 1, 0, False, 9.6, "", counts)
    late = replace(run, stranded=1)
    assert is_clean(run, account(scene)) and not is_clean(late, account(scene))
    assert "Hall of fame: 10 entries" in chronicle(run, account(scene))
    said = chronicle(late, account(scene))
    assert "Hand back whatever is still pending" in said and "Hall of fame" not in said


def test_what_is_acknowledged_and_unhandled_is_lost(scene):
    """Poison is reported separately, and so is a dead letter that isn't poison."""
    handle(scene[2], *range(2), *range(4, 9))
    bury(scene, 9)
    found = account(scene)
    assert (found.lost, found.unburied, found.innocent) == ([2, 3], [3], [9])
    assert not found.clean


def test_what_waits_is_not_lost(scene):
    """The account says for whom it waits, even if it was never delivered."""
    r, _, diary = scene
    handle(diary, *range(10))
    for value in (10, 11):
        r.xadd(STREAM, {"value": value})
    r.xreadgroup(GROUP, "c2", {STREAM: ">"}, count=1)
    found = account(scene)
    assert found.pending == {10: "c2", 11: "nobody"} and not found.lost


def test_an_entry_handled_twice_needs_an_excuse(scene):
    """Either its process was killed while it had the entry, or the server died; a lost reply is no
    excuse."""
    diary = scene[2]
    handle(diary, 5)
    at = now(scene)
    handle(diary, 5)
    assert account(scene).twice == [5]
    for kind, target, twice in (
        (plan.KILL_CONSUMER, "c1", []),
        (plan.KILL_CONSUMER, "c2", [5]),
        (plan.KILL_SERVER, "", []),
        (plan.LOSE_ACK, "", [5]),
        (plan.OUTAGE, "", [5]),
    ):
        assert account(scene, (at, Fault(1, kind, target))).twice == twice, kind
    assert account(scene, (at + 60, Fault(1, plan.KILL_SERVER))).twice == [5]


def test_poison_that_kills_excuses_the_neighbor_in_the_same_hands(scene):
    """Their acknowledgments were lost with the process."""
    diary = scene[2]
    handle(diary, 5)
    diary.note("c1", BEGINS, 3)
    diary.note("c1", KILLED, 3)
    handle(diary, 5)
    assert account(scene).twice == []


def test_an_entry_that_is_overtaken_needs_an_excuse(scene):
    """Such as a process that stood still; 1 and 9 have the same key."""
    handle(scene[2], 9, 1)
    at = now(scene)
    assert account(scene).overtaken == [1]
    assert account(scene, (at, Fault(1, plan.KILL_CONSUMER, "c1"))).overtaken == [1]
    assert account(scene, (at, Fault(1, plan.PAUSE_CONSUMER, "c2", 2.0))).overtaken == []


FEW = ["--entries", "300", "--faults", "8", "--seed", "2"]


def test_the_solution_gets_into_the_hall_of_fame(capsys):
    """Status 0, and the line to keep."""
    assert campaign.main(["--mine", str(SOLUTION), *FEW]) == 0, capsys.readouterr().out
    out = capsys.readouterr().out
    assert "Hall of fame: 300 entries" in out and out.endswith("lost 0.\n")


def test_a_tutorial_s_consumer_is_told_the_story_of_an_entry(capsys):
    """Status 1; the entries that wait, and for whom, with times."""
    assert campaign.main(["--mine", str(PLAIN), *FEW]) == 1
    out = capsys.readouterr().out
    assert "is still waiting at the end" in out and "0.00 s  it is stored" in out
    assert "Hall of fame" not in out


@pytest.mark.parametrize(
    "more", [["--json"], ["--cluster"], ["--version", "go"], ["--chart", "x.svg"]]
)
def test_mine_goes_with_few_options(capsys, more):
    """One sentence, status 2, and nothing is started."""
    with pytest.raises(SystemExit) as ended:
        campaign.main(["--mine", str(SOLUTION), *more])
    assert ended.value.code == 2 and "--mine" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(capsys):
    """The sentence names the lesson that creates it."""
    with pytest.raises(SystemExit):
        campaign.main(["--mine", "nowhere.py"])
    assert "there is no file nowhere.py: lesson 17 creates it" in capsys.readouterr().err


def test_the_solution_is_short():
    """At most 60 lines, as the lesson promises; the other designs are where no learner gets
    them."""
    assert len(SOLUTION.read_text("utf-8").splitlines()) <= 60
    assert {path.parent for name, path in RIGHT.items() if name != "solution"} == {DESIGNS}
