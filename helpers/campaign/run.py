"""One run: entries flow, planned faults occur, and the run ends when all is done or nothing
moves."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from helpers.campaign import ledger, ours, plan, verdict
from helpers.campaign.crew import Crew
from helpers.campaign.job import GROUP, STREAM, Job
from helpers.campaign.plan import Fault
from helpers.campaign.stage import START_GRACE, Stage
from helpers.campaign.verdict import Balance
from helpers.campaign.versions import version_of
from helpers.connection import describe
from helpers.streams import dead_letter_stream, ensure_group, is_done, pending
from helpers.waiting import wait_until

STILL = 12.0
"""Seconds without any change after which a run is stuck: several times as long as a claim or a
start."""

POLL_SECONDS = 0.25
"""Seconds between two checks that something still happens."""

STUCK_SECONDS = 1800.0
"""Seconds that a run may take, stuck or not."""


@dataclass(frozen=True)
class Result:
    """One run's settings, its faults, and its outcome."""

    version: str
    server: str
    entries: int
    seed: int
    planned: int
    faults: dict[str, int]
    restarts: int
    stranded: int
    stuck: bool
    seconds: float
    last_words: str
    verdict: Balance

    @property
    def finished(self) -> bool:
        """All entries were stored; a run that ends earlier proves nothing."""
        return self.verdict.produced == self.entries

    @property
    def clean(self) -> bool:
        """Everything was stored, nothing lost or doubled, and nothing is left unhandled."""
        left = self.stuck or self.stranded
        return self.finished and self.verdict.clean and not left


class CampaignRun:
    """Supervises one version under one plan; `progress` gets the number of entries delivered."""

    def __init__(
        self,
        version: str,
        entries: int,
        seed: int,
        faults: list[Fault],
        server: str | None,
        progress: Callable[[int], object],
    ):
        self.version, self.entries, self.seed = version, entries, seed
        self.planned, self._ahead = len(faults), list(faults)
        self._stage, self._progress = Stage(server, version_of(version)), progress
        self._delivered = 0
        self._due_since: float | None = None
        self._seen: object = None
        self._looked = 0.0
        self.stuck = False

    def result(self) -> Result:
        """Run it to the end, and judge. Leave nothing behind, whatever happens."""
        with contextlib.ExitStack() as stack:
            stage = stack.enter_context(self._stage)
            # Gone with the server, even after kill -9
            self._directory = stage.own.directory / "ledgers"
            self._directory.mkdir()
            if not version_of(self.version).makes_group:
                ensure_group(stage.r, STREAM, GROUP)
            self._gate = ledger.Gate(self._directory)
            self._gate.open(0)
            began = self._moved = time.monotonic()  # No change since then
            with Crew(self._jobs(), self._directory) as self._crew:
                wait_until(self._tick, STUCK_SECONDS, "the end of the run")
            seconds = time.monotonic() - began
            counts = self.judge(stage, self._directory)
            return Result(
                self.version,
                describe(stage.r),
                self.entries,
                self.seed,
                self.planned,
                dict(stage.done),
                self._crew.restarts,
                stage.stranded,
                self.stuck,
                round(seconds, 1),
                self._crew.last_words,
                counts,
            )

    def judge(self, stage: Stage, directory: Path) -> Balance:
        """Count, while servers and ledgers are still there."""
        return verdict.judge(stage.r, directory, self.entries, self.seed)

    def _jobs(self) -> list[Job]:
        place, database = str(self._directory), self._stage.database.url
        known = database, place, self.entries, self.seed
        return [
            Job(who, 0, self.version, self._stage.url(who), *known)
            for who in (*plan.CONSUMERS, *plan.PRODUCERS)
        ]

    def _tick(self) -> bool:
        """Do whatever is due; tell whether the run is over."""
        self._crew.revive()
        quiet = self._stage.quiet()
        if not self._stage.frozen:
            self._delivered = self._stage.ask(delivered) or self._delivered
            self._progress(self._delivered)
            self._open_gate()
        if not quiet:
            return False
        if self._ahead and self._is_due(self._ahead[0]):
            self._stage.inject(self._ahead.pop(0), self._crew)
            self._due_since = None
        return self._is_over()

    def _is_due(self, fault: Fault) -> bool:
        """Tell whether a fault is due: enough was delivered and, within a while, its target is
        working."""
        if self._delivered < fault.at:
            return False
        self._due_since = self._due_since or time.monotonic()
        return (
            not fault.target
            or self._crew.at_work(fault.target)
            or time.monotonic() - self._due_since > START_GRACE
        )

    def _open_gate(self) -> None:
        """Let the producers get a little ahead, but not past the next fault."""
        window = max(200, self.entries // 100)
        reached = min(self._delivered, self._ahead[0].at) + window if self._ahead else self.entries
        self._gate.open(reached)

    def _is_over(self) -> bool:
        if (
            not self._ahead
            and self._crew.all_stored()
            and self._stage.ask(lambda r: is_done(r, STREAM, GROUP))
        ):
            return True
        if time.monotonic() - self._looked > POLL_SECONDS:
            self._looked, state = time.monotonic(), self._stage.ask(self._state)
            if state != self._seen:
                self._seen, self._moved = state, time.monotonic()
        if not ledger.size(self._directory, ledger.BEGUN, "p*"):
            self._moved = time.monotonic()  # A busy machine is slow to start processes
        self.stuck = time.monotonic() - self._moved > STILL
        return self.stuck

    def _state(self, r: Redis) -> object:
        """Return a state that changes while something still happens; poison that keeps coming back
        is no change."""
        lines = pending(r, STREAM, GROUP, count=1000) if delivered(r) else []
        tries = Counter(min(line.deliveries, ours.MAX_DELIVERIES) for line in lines)
        sizes = [ledger.size(self._directory, what) for what in (ledger.STORED, ledger.HANDLED)]
        return r.xlen(dead_letter_stream(STREAM)), len(lines), tries, sizes


def delivered(r: Redis) -> int:
    """Return how many entries the group has got so far; 0 before there is a group."""
    return verdict.of_group(r, "entries-read")
