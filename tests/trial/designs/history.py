"""Its own pending entries, then claims, then new entries, each with COUNT 1; a homemade lease."""

import signal
import time
from os import environ

import redis

from helpers.trial.work import handle

STREAM, GROUP, CONSUMER = environ["STREAM"], environ["GROUP"], environ["CONSUMER"]
LEASE, LEASE_MS, IDLE_MS, MOST = f"{STREAM}:owner", 2000, 2000, 4
r = redis.Redis.from_url(environ["REDIS_URL"], decode_responses=True, socket_timeout=2)
r.set_retry(redis.retry.Retry(redis.backoff.NoBackoff(), 0))
told = []
signal.signal(signal.SIGTERM, lambda *_: told.append(True))


def mine():
    """Take the lease, or renew it."""
    if r.set(LEASE, CONSUMER, nx=True, px=LEASE_MS):
        return True
    return r.get(LEASE) == CONSUMER and r.pexpire(LEASE, LEASE_MS)


def read(after, **how):
    """XREADGROUP, as a list of pairs."""
    return [e for _, es in r.xreadgroup(GROUP, CONSUMER, {STREAM: after}, **how) or () for e in es]


def entries():
    """Return the next entries."""
    if own := read("0", count=1):
        return own
    if claimed := r.xautoclaim(STREAM, GROUP, CONSUMER, IDLE_MS, "0-0", count=1)[1]:
        return claimed
    if r.xpending(STREAM, GROUP)["pending"]:
        return []
    return read(">", count=1, block=500)


def tried_too_often(entry_id):
    """Tell whether this delivery is one too many."""
    return r.xpending_range(STREAM, GROUP, entry_id, entry_id, 1)[0]["times_delivered"] > MOST


def work(entry_id, fields):
    """Handle one entry to its end, or leave it pending."""
    if tried_too_often(entry_id):
        r.xadd(STREAM + ":dead", fields)
        return r.xack(STREAM, GROUP, entry_id)
    while True:
        try:
            handle(fields)
            return r.xack(STREAM, GROUP, entry_id)
        except ConnectionError:
            mine()
            time.sleep(0.1)
            if told:
                return 0
        except ValueError:
            return 0


while not told:
    try:
        for entry in entries() if mine() else ():
            work(*entry)
        time.sleep(0.001)
    except redis.RedisError:
        time.sleep(0.1)
# What has failed, or whose reply was lost, would wait; with the lease, nobody claims it meanwhile
for line in r.xpending_range(STREAM, GROUP, "-", "+", 10, CONSUMER) if mine() else ():
    r.xclaim(STREAM, GROUP, CONSUMER, 0, [line["message_id"]], idle=60_000, justid=True)
