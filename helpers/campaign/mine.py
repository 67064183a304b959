"""A learner's program under the same faults: the course's producers store, the program consumes."""

import os
import runpy
from dataclasses import asdict

from helpers.campaign import ours, plan
from helpers.campaign.job import GROUP, STREAM, Job, fields

PROGRAM = "MY_CONSUMER"
"""The environment variable with the path of the learner's file."""

TRIAL, DATABASE = "TRIAL", "DATABASE"
"""The variables with the directory of its diary, and the database that its handler writes to."""

MANY_KEYS = 8


def key_of(value: int) -> int:
    """Return the key of a value: all values of a key come from the same producer, so they are
    stored in order."""
    return value % MANY_KEYS


class KeyedJob(Job):
    """Adds a key to each entry; all of them are text."""

    def fields(self, value: int, kind: str | None) -> dict:
        """Return the fields of an entry."""
        return {"key": key_of(value)} | fields(value, None if kind == plan.BYTES else kind)


def produce(job: Job) -> None:
    """Store this producer's values."""
    ours.produce(KeyedJob(**asdict(job)))


def consume(job: Job) -> None:
    """Run the program until it ends."""
    names = {"REDIS_URL": job.url, "STREAM": STREAM, "GROUP": GROUP, "CONSUMER": job.name}
    os.environ.update(names | {TRIAL: job.directory, DATABASE: job.database})
    job.begin()
    runpy.run_path(os.environ[PROGRAM], run_name="__main__")
