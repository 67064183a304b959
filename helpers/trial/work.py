"""The work on one entry, which the course provides for your own consumer."""

import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.campaign.ledger import HANDLED, Ledger
from helpers.campaign.mine import DATABASE, TRIAL
from helpers.campaign.plan import KILLS, RAISES
from helpers.entries import to_text
from helpers.trial.diary import BEGINS, DONE, KILLED, RAISED, READY, TURNED_AWAY, Diary
from helpers.waiting import wait_until

DIES_ONCE, RAISES_ONCE, HELD, SLOW = "kill once", "raise once", "hold", "slow"
"""The possible behaviors of an entry that isn't poison: `HELD` waits for the judge."""

SLOW_SECONDS, HELD_SECONDS = 0.9, 30.0

RELEASED, QUICK = "released", "quick"
"""Files with which the judge releases held entries, and ends slow ones."""


class Workbench:
    """The equipment of `handle` in a trial: the directory, its diary, and the database."""

    def __init__(self, directory: str):
        self.directory, self.diary = Path(directory), Diary(directory)
        self.who = os.environ["CONSUMER"]
        self.database = redis.Redis.from_url(
            os.environ[DATABASE], socket_timeout=1.0, retry=Retry(NoBackoff(), 0)
        )
        self.handled = Ledger(directory, self.who, HANDLED)
        self.note(READY)

    def note(self, did: str, value: int | None = None) -> None:
        """Add a line about this process."""
        self.diary.note(self.who, did, value)

    def handle(self, value: int, work: str) -> None:
        """Do what `work` says, such as dying or taking long, and write the value."""
        self.note(BEGINS, value)
        if work == KILLS or work == DIES_ONCE and self.tries(value) == 1:
            self.note(KILLED, value)
            os.kill(os.getpid(), signal.SIGKILL)
        if work == RAISES or work == RAISES_ONCE and self.tries(value) == 1:
            self.note(RAISED, value)
            raise ValueError(f"the entry with value {value} can't be handled")
        if work == HELD:
            wait_until((self.directory / RELEASED).exists, HELD_SECONDS, "the judge")
        if work == SLOW and not (self.directory / QUICK).exists():
            time.sleep(SLOW_SECONDS)
        self.write(value)
        self.note(DONE, value)
        self.handled.note(value)

    def tries(self, value: int) -> int:
        """Return how often any process has started on an entry."""
        return sum((each.did, each.value) == (BEGINS, value) for each in self.diary.read())

    def write(self, value: int) -> None:
        """Write to the database. Raises ConnectionError while it is away."""
        try:
            self.database.rpush("handled", value)
        except redis.RedisError:
            self.note(TURNED_AWAY, value)
            raise ConnectionError("the handler's database doesn't answer") from None


_bench = Workbench(os.environ[TRIAL]) if TRIAL in os.environ else None


def handle(fields: Mapping) -> None:
    """Do the work of one entry; it takes a second at most.

    Raises ValueError if the entry can't be handled, and ConnectionError while its database is away.
    Outside a trial, it prints the fields.
    """
    texts = {_text(name): _text(value) for name, value in fields.items()}
    if _bench is None:
        return print("handled", texts, flush=True)
    _bench.handle(int(texts["value"]), texts.get("work", ""))


def _text(word: str | bytes) -> str:
    return word if isinstance(word, str) else to_text(word)
