"""The worker processes: started, restarted when they end, killed, frozen."""

from dataclasses import asdict, replace
from pathlib import Path

from helpers.campaign import ledger, plan, versions
from helpers.campaign.job import Job
from helpers.faults import Process
from helpers.waiting import wait_until

TERM_SECONDS = 5.0
"""Seconds from SIGTERM to kill -9; Docker gives 10, Kubernetes 30 by default."""


def work(r, job):
    """Run a worker in its own process."""
    r.close()
    versions.work(Job(**job))


class Crew:
    """All workers of one run, by name."""

    def __init__(self, jobs: list[Job], directory: Path):
        self._jobs = {job.who: job for job in jobs}
        self._directory = directory
        self._processes: dict[str, Process] = {}
        self.restarts = 0
        self.last_words = ""

    def __enter__(self) -> "Crew":
        for who in self._jobs:
            self._start(who)
        return self

    def __exit__(self, *_) -> None:
        for process in self._processes.values():
            process.kill()

    def _start(self, who: str) -> None:
        self._jobs[who] = job = replace(self._jobs[who], life=self._jobs[who].life + 1)
        self._processes[who] = Process(work, asdict(job), url=job.url).start()

    def revive(self) -> None:
        """Restart the workers that ended before their work was done."""
        for who, process in list(self._processes.items()):
            if process.status is not None and not self.finished(who):
                self.last_words = process.printed.strip().rpartition("\n")[2] or self.last_words
                process.kill()  # Closes everything it left open
                self._start(who)
                self.restarts += 1

    def finished(self, who: str) -> bool:
        """Tell whether a producer has stored all its values."""
        return who in plan.PRODUCERS and self._processes[who].status == 0

    def all_stored(self) -> bool:
        """Tell whether every producer has finished."""
        return all(map(self.finished, plan.PRODUCERS))

    def at_work(self, who: str) -> bool:
        """Tell whether the worker's current process has begun to work."""
        begun = ledger.read(self._directory, ledger.BEGUN, who)
        return begun[-1:] == [self._jobs[who].life]

    def process(self, who: str) -> Process:
        """Return a worker's current process, to kill or freeze."""
        return self._processes[who]

    def terminate(self, who: str) -> str | None:
        """Stop a consumer with SIGTERM, and wait until it has ended. Return its name in the group
        if it ended by itself, and None if a signal ended it: it was killed, or hadn't started."""
        process = self._processes[who]
        process.terminate()
        try:
            wait_until(lambda: process.status is not None, TERM_SECONDS, "its end")
        except TimeoutError:
            process.kill()
        return None if process.status < 0 else self._jobs[who].name
