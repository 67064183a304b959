"""Confirmed writes: a command goes out along with WAIT, on one connection, because WAIT asks only
about the writes of its own connection."""

from typing import Any

import redis
from redis.exceptions import AskError

from helpers.replies import ask

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
    node = r.get_redis_connection(r.get_node_from_key(stream)) if _is_cluster(r) else r
    timeout = node.connection_pool.connection_kwargs.get("socket_timeout")
    longest = min(LONGEST_WAIT_MS, 1000 * seconds, 500 * (timeout or seconds))
    try:
        # At least 1, because 0 is forever
        reply, have = ask(node, [command, ("WAIT", replicas, max(1, int(longest)))])
    except redis.ConnectionError:
        _look_again(r)
        raise
    if isinstance(reply, AskError):  # The slot has moved
        _look_again(r)
        raise redis.exceptions.TryAgainError(str(reply)) if _is_cluster(r) else reply
    for error in (each for each in (reply, have) if isinstance(each, Exception)):
        raise error
    if have < replicas:
        raise TooFewReplicas(
            f"{have} of {replicas} replicas confirmed in time: the others are away, too slow or "
            "cut off, or there are fewer (see INFO replication)."
        )
    return reply


def _is_cluster(r: redis.Redis) -> bool:
    return isinstance(r, redis.RedisCluster)


def _look_again(r: redis.Redis) -> None:
    """Let a cluster's client ask which node has what: after a failover it is another one."""
    if _is_cluster(r):
        r.nodes_manager.initialize()
