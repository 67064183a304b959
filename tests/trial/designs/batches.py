"""Reads ten at a time, and hands back unfinished entries; redelivered ones come one by one."""

import signal
import time
from os import environ

from redis import RedisError

from helpers.connection import connect
from helpers.partitions import Partition
from helpers.streams import claim, dead_letter, hand_back, pending, read_group
from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
IDLE_MS = 2000
r = connect(timeout=2)
lease = Partition(r, STREAM, GROUP, CONSUMER, lease_ms=IDLE_MS)
told = []
signal.signal(signal.SIGTERM, lambda *_: told.append(True))


def done(entry):
    """Handle one entry; tell whether the next one may follow."""
    try:
        handle(entry.fields)
    except ValueError:
        return False
    except ConnectionError:
        time.sleep(0.1)
        return bool(lease.take() and not told and done(entry))
    r.xack(STREAM, GROUP, entry.id)
    return lease.take()


def what_comes_again():
    """Handle pending entries, oldest first; tell whether none are left."""
    while not told and lease.take() and (lines := pending(r, STREAM, GROUP, count=1)):
        [line] = lines
        if line.deliveries >= 4:
            dead_letter(r, STREAM, GROUP, line, "four deliveries")
            continue
        idle = 0 if line.consumer == CONSUMER else IDLE_MS
        entry = claim(r, STREAM, GROUP, CONSUMER, line.id, min_idle_ms=idle)
        if not (entry and done(entry)):
            time.sleep(0.1)
    return not told and lease.held


def what_is_new():
    """Handle a batch up to the first entry that fails."""
    entries = read_group(r, STREAM, GROUP, CONSUMER, count=10, block_ms=500)
    while entries and not told and done(entries[0]):
        entries.pop(0)


while not told:
    try:
        what_is_new() if what_comes_again() else time.sleep(0.1)
    except RedisError:
        time.sleep(0.1)
own = [line.id for line in pending(r, STREAM, GROUP, consumer=CONSUMER)]
if own:
    hand_back(r, STREAM, GROUP, CONSUMER, own)
lease.give()
