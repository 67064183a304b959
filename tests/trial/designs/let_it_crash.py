"""Exits on every error, and relies on being restarted; it waits only for the outage to end, and
hands back what it holds on every way out."""

import atexit
import signal
import sys
import time
from os import environ

from helpers.connection import connect
from helpers.partitions import Partition
from helpers.streams import hand_back, pending
from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
r = connect(timeout=2)
lease = Partition(r, STREAM, GROUP, CONSUMER, lease_ms=2000)
told = []
signal.signal(signal.SIGTERM, lambda *_: told.append(True))


@atexit.register
def leave():
    """SIGTERM may come after the error that ends this life, and then nobody restarts it."""
    if own := [line.id for line in pending(r, STREAM, GROUP, consumer=CONSUMER)]:
        hand_back(r, STREAM, GROUP, CONSUMER, own)


while not told:
    if not lease.take():
        time.sleep(0.1)
        continue
    lines = r.xpending_range(STREAM, GROUP, "-", "+", 1)
    if lines:
        idle = 0 if lines[0]["consumer"] == CONSUMER else 2000
        entries = r.xclaim(STREAM, GROUP, CONSUMER, idle, [lines[0]["message_id"]])
    else:
        reply = r.xreadgroup(GROUP, CONSUMER, {STREAM: ">"}, count=1, block=500)
        entries = reply.get(STREAM, [])
    for entry_id, fields in entries:
        if lines and lines[0]["times_delivered"] >= 4:
            r.xadd(f"{STREAM}:dead", fields)
            r.xack(STREAM, GROUP, entry_id)
            continue
        while True:
            try:
                handle(fields)
                break
            except ConnectionError:
                lease.take()
                time.sleep(0.1)
                if told:
                    sys.exit(0)
        r.xack(STREAM, GROUP, entry_id)
    if lines and not entries:
        time.sleep(0.1)
sys.exit(0)
