"""The report of a campaign on a learner's program: counts, the story of some entries with times,
and a line for the hall of fame."""

from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.campaign import plan
from helpers.campaign.report import faults as faults_line
from helpers.campaign.run import STILL, CampaignRun, Result
from helpers.campaign.stage import Stage
from helpers.campaign.verdict import Balance
from helpers.campaign.versions import MINE
from helpers.trial.account import Account, settle_account
from helpers.trial.story import told

MOST_STORIES = 2
"""Entries of each kind whose story is told."""

ASIDE = 2.0
"""Seconds before and after an entry's own steps in which a fault belongs to its story."""

FATES = {
    "lost": "is lost: it is no longer pending, but nobody has handled it",
    "pending": "is still waiting at the end, and nobody is handling it",
    "innocent": "is a dead letter, though it isn't poison",
    "unburied": "is poison, but was acknowledged without a dead letter that has its fields",
    "twice": "was handled twice, and no fault excuses that",
    "overtaken": "was overtaken by a later entry of its key",
}

LEFT_BEHIND = (
    "After SIGTERM, the program ended with entries pending under its name, and nobody may claim "
    "them for two seconds. Hand back whatever is still pending under your name, including entries "
    "that failed, as the last thing before the program ends (stage 7)."
)


class TrialRun(CampaignRun):
    """A campaign of a learner's program, with the account of its entries."""

    account: Account

    def __init__(self, entries: int, seed: int, count: int, server: str | None, progress: Callable):
        faults = plan.faults(entries, seed, count)
        super().__init__(MINE, entries, seed, faults, server, progress)

    def judge(self, stage: Stage, directory: Path) -> Balance:
        """Settle the account, too."""
        poison = plan.poison(self.entries, self.seed)
        self.account = settle_account(stage.r, directory, poison, stage.injected)
        return super().judge(stage, directory)


def chronicle(result: Result, account: Account) -> str:
    """Write the whole report."""
    v, faults = result.verdict, sum(result.faults.values())
    counts = (
        f"{v.produced:,} entries on {result.server}, seed {result.seed}, {faults} faults.\n"
        f"{faults_line(result)}.\n\n"
        f"handled {v.handled:,} · dead-lettered {v.dead_lettered} of {v.poison} · "
        f"lost {len(account.lost)} · still waiting {len(account.pending)} · "
        f"handled twice {len(account.twice)} · out of order {len(account.overtaken)}\n"
        f"{account.excused} entries were handled twice or overtaken after a fault that excuses it;"
        f" others have to wait for {result.stranded} entries left pending after SIGTERM."
    )
    stories = [_told(value, fate, account) for value, fate in _chosen(account)]
    fame = f"Hall of fame: {v.produced:,} entries, {faults} faults, lost 0."
    if result.stranded:
        stories.append(LEFT_BEHIND)
    if result.stuck:
        stories.insert(0, f"Nothing moved for {STILL:g} seconds, so the run was stopped.")
    if result.last_words:
        stories.append(f"The last words of a program that ended: {result.last_words}")
    return "\n\n".join([counts, *([fame] if is_clean(result, account) else stories)])


def is_clean(result: Result, account: Account) -> bool:
    """Tell whether the run was completed, left nothing behind at a SIGTERM, and nothing else went
    wrong that the program could have prevented."""
    return account.clean and result.finished and not (result.stuck or result.stranded)


def _chosen(account: Account) -> Iterator[tuple[int, str]]:
    for kind in FATES:
        for value in sorted(getattr(account, kind))[:MOST_STORIES]:
            yield value, kind


def _told(value: int, kind: str, account: Account) -> str:
    """Tell the story of one entry, with the seconds since it was stored, and the faults around
    it."""
    stored = account.stored[value]
    own = [(at, step) for at, step in told(value, account.happened)]
    last = max([stored, *(at for at, _ in own)])
    faults = [
        (each.at, f"{each.did} {each.who}".rstrip())
        for each in account.happened
        if each.did.startswith("fault") and stored - ASIDE <= each.at <= last + ASIDE
    ]
    steps = sorted([(stored, "it is stored"), *faults, *(s for s in own if "fault" not in s[1])])
    where = account.pending.get(value)
    end = [f"           at the end, it is still waiting for {where}"] if where else []
    lines = [f"{at - stored:8.2f} s  {step}" for at, step in steps]
    return "\n".join([f"Entry {value} {FATES[kind]}.", *lines, *end])
