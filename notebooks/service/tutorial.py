"""A consumer as tutorials write it."""

from os import environ

from helpers.connection import connect
from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
r = connect(timeout=2)


def read(after, **how):
    """XREADGROUP."""
    return r.xreadgroup(GROUP, CONSUMER, {STREAM: after}, count=10, **how).get(STREAM, [])


# From here on, forever
while True:
    for entry_id, fields in read(">", block=500):
        handle(fields)
        r.xack(STREAM, GROUP, entry_id)
