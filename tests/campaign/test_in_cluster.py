"""The campaign in a cluster: nothing is lost unnoticed, and its arithmetic can fail."""

from collections import Counter

import pytest

from helpers.campaign import in_cluster
from helpers.campaign.in_cluster import ClusterResult, planned, table
from helpers.campaign.lane import Outcome
from helpers.commands import campaign


def test_the_same_seed_gives_the_same_faults():
    """As many as requested, of every kind, and in every stream's slot."""
    assert planned(1, 200) == planned(1, 200) != planned(2, 200)
    kinds, streams = map(set, zip(*planned(1, 200), strict=True))
    assert kinds == {*in_cluster.FAULT_KINDS} and streams == {*in_cluster.LANES}


@pytest.mark.long
def test_a_campaign_in_a_cluster_loses_nothing(program):
    """Confirmed producers lose no entry; others notice their losses and send the entries again. The
    plan has each kind of fault once."""
    result = in_cluster.run(2000, 43, 4, program, lambda stored: None)
    assert result.clean, table(result)
    assert set(result.faults.values()) == {1} and len(result.faults) == 4


@pytest.mark.parametrize(
    "wrong",
    [{"lost": 1}, {"twice": 1}, {"out_of_order": 1}, {"confirm": 1, "noticed": 1}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_loss_is_not_clean(wrong):
    """The verdict can fail; entries that an unconfirmed producer noticed and resent aren't lost."""
    well = {"stream": "{a}", "confirm": 0, "noticed": 1, "lost": 0, "twice": 0}
    well |= {"out_of_order": 0, "handled_twice": 3}
    result = ClusterResult("valkey-9.1.2", 100, 1, Counter(), [Outcome(**well)])
    assert result.clean
    assert not ClusterResult("", 100, 1, Counter(), [Outcome(**well | wrong)]).clean


def test_other_options_are_refused(capsys):
    """Charts and versions belong to the other campaign."""
    with pytest.raises(SystemExit):
        campaign.main(["--cluster", "--json"])
    assert "--cluster goes only with" in capsys.readouterr().err
