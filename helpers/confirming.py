"""Confirmed writes: a command goes out along with WAIT, on one connection, because WAIT asks only
about the writes of its own connection."""

from typing import Any

import redis
from redis.exceptions import AskError

from helpers.arguments import socket_timeout
from helpers.replies import ask, home

LONGEST_WAIT_MS = 1000
"""The most that one WAIT takes: meanwhile its connection answers nothing else, and nobody can end
its producer."""


class TooFewReplicas(redis.TimeoutError):
    """What was written is on the server, but fewer replicas than asked for have said that they have
    it: a failover may lose it."""


def confirmed(r: redis.Redis, stream: str, replicas: int, command: tuple, seconds: float) -> Any:
    """Send a command that writes, and return its reply once `replicas` replicas have confirmed it.

    Raises what the server answers, and TooFewReplicas after `seconds`, at most LONGEST_WAIT_MS and
    half of the client's time-out. What is sent again must write something each time, because on a
    connection that wrote nothing WAIT may say yes at once. In a cluster it goes to the node that
    has `stream`.
    """
    node = home(r, stream)
    timeout = socket_timeout(node)
    longest = min(LONGEST_WAIT_MS, 1000 * seconds, 500 * (timeout or seconds))
    # At least 1, because 0 is forever
    reply, have = ask(node, [command, ("WAIT", replicas, max(1, int(longest)))])
    if isinstance(reply, AskError) and node is not r:  # The slot has moved since
        raise redis.exceptions.TryAgainError(str(reply))
    for error in (each for each in (reply, have) if isinstance(each, Exception)):
        raise error
    if have < replicas:
        raise TooFewReplicas(
            f"{have} of {replicas} replicas confirmed in time: the others are away, too slow or "
            "cut off, or there are fewer (see INFO replication)."
        )
    return reply
