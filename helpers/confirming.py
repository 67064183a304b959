"""Confirmed writes: a command goes out along with WAIT, on one connection, because WAIT asks only
about the writes of its own connection."""

from typing import Any

import redis
from redis.exceptions import AskError

from helpers.arguments import socket_timeout
from helpers.replies import ask, home

LONGEST_WAIT_MS = 1000
"""The longest that one WAIT may take: meanwhile, its connection answers nothing else, and nobody
can end its producer."""


class TooFewReplicas(redis.TimeoutError):
    """The write is on the server, but fewer replicas than required have confirmed it, so a failover
    may lose it."""


def confirmed(r: redis.Redis, replicas: int, command: tuple, milliseconds: int) -> Any:
    """Send a writing command together with WAIT; return its reply once `replicas` replicas have it.

    Raises the server's error, or TooFewReplicas. A repeat must write something, too: on a
    connection that wrote nothing, WAIT may confirm at once.
    """
    reply, have = ask(r, [command, ("WAIT", replicas, milliseconds)])
    for answer in (reply, have):
        if isinstance(answer, Exception):
            raise answer
    if have < replicas:
        raise TooFewReplicas(
            f"{have} of {replicas} replicas confirmed in time: the others are down, too slow, "
            "cut off or missing (see INFO replication)."
        )
    return reply


def confirmed_at_home(
    r: redis.Redis, stream: str, replicas: int, command: tuple, seconds: float
) -> Any:
    """Send a command along with WAIT to the server that has `stream`, in a cluster its node; WAIT
    waits for `seconds`, but at most for LONGEST_WAIT_MS or half of the client's time-out."""
    node = home(r, stream)
    timeout = socket_timeout(node)
    longest = min(LONGEST_WAIT_MS, 1000 * seconds, 500 * (timeout or seconds))
    try:
        # At least 1, because 0 is forever
        return confirmed(node, replicas, command, max(1, int(longest)))
    except AskError as error:
        if node is r:
            raise
        raise redis.exceptions.TryAgainError(str(error)) from None  # The slot has moved since
