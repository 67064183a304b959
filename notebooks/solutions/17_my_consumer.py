"""A consumer that survives: the oldest pending entry first, one entry at a time, one owner."""

import signal
import time
from os import environ

import redis

from helpers.connection import connect
from helpers.partitions import Partition
from helpers.streams import hand_back
from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
IDLE_MS, MOST_DELIVERIES, PAUSE = 2000, 4, 0.1
r = connect(timeout=2)
lease, told_to_end = Partition(r, STREAM, GROUP, CONSUMER, lease_ms=IDLE_MS), []


def work(entry_id, fields):
    """Handle one entry; if that fails, the entry stays pending, and is soon the oldest."""
    while True:
        try:
            handle(fields)
            return r.xack(STREAM, GROUP, entry_id)
        except ConnectionError:  # The database is down: nobody's fault
            if told_to_end:
                return None
            lease.take()
            time.sleep(PAUSE)
        except ValueError:
            return None


def step():
    """Handle the oldest pending entry, no matter who has it; if there is none, a new one."""
    if not (lines := r.xpending_range(STREAM, GROUP, "-", "+", 1)):
        reply = r.xreadgroup(GROUP, CONSUMER, {STREAM: ">"}, count=1, block=500)
        return [work(*entry) for entry in reply.get(STREAM, [])]
    [line] = lines
    idle = 0 if line["consumer"] == CONSUMER else IDLE_MS
    claimed = r.xclaim(STREAM, GROUP, CONSUMER, idle, [line["message_id"]])
    for entry in claimed:
        if line["times_delivered"] < MOST_DELIVERIES:
            work(*entry)
        else:
            r.xadd(f"{STREAM}:dead", entry[1])
            r.xack(STREAM, GROUP, entry[0])
    return claimed or time.sleep(PAUSE)


signal.signal(signal.SIGTERM, lambda *_: told_to_end.append(True))
while not told_to_end:
    try:
        step() if lease.take() else time.sleep(PAUSE)
    except redis.RedisError:  # A lost reply, or no server: entries that were read are pending
        time.sleep(PAUSE)
own = r.xpending_range(STREAM, GROUP, "-", "+", 10, consumername=CONSUMER)  # Failed entries
hand_back(r, STREAM, GROUP, CONSUMER, [line["message_id"] for line in own])
lease.give()
