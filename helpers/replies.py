"""Replies as the server sent them: bytes, with each error in the place of the reply it stands
for."""

from collections.abc import Sequence
from typing import Any

from redis import Redis, RedisCluster, ResponseError
from redis.client import Pipeline


def execute(pipe: Pipeline) -> list:
    """Send what a pipeline has collected, and return the replies; raises the first error in the
    server's own words."""
    replies = pipe.execute(raise_on_error=False)
    for error in (reply for reply in replies if isinstance(reply, Exception)):
        raise error
    return replies


def home(r: Redis | RedisCluster, key: str) -> Redis:
    """Return a client of the one server that has a key: `r` itself, unless it is a cluster's."""
    if not isinstance(r, RedisCluster):
        return r
    r.exists(key)  # Follows a slot that has moved, and remembers where it is
    return r.get_redis_connection(r.get_node_from_key(key))


def ask(r: Redis, commands: Sequence[tuple], *, atomic: bool = False) -> list[Any]:
    """Send all commands in one go and return one reply or ResponseError for each; `atomic` wraps
    them in MULTI and EXEC.

    redis-py's own pipeline decodes what EXEC returns, and one value that is not UTF-8 would hide
    all the others. Raises ResponseError if the server refuses the whole transaction; connection
    errors are raised, too.
    """
    sent = [("MULTI",), *commands, ("EXEC",)] if atomic else list(commands)
    connection = r.connection_pool.get_connection()
    try:
        connection.send_packed_command(connection.pack_commands(sent))
        replies = [_read(connection) for _ in sent]
    except BaseException:
        connection.disconnect()  # An interrupt must not leave replies behind for the next command
        raise
    finally:
        r.connection_pool.release(connection)
    if not atomic:
        return replies
    if isinstance(replies[-1], ResponseError):
        raise next(reply for reply in replies if isinstance(reply, ResponseError))
    return replies[-1]


def _read(connection: Any) -> Any:
    try:
        return connection.read_response(disable_decoding=True)
    except ResponseError as error:
        return error


def raw(r: Redis, command: str, *arguments: object) -> Any:
    """Send one command and return its reply as it came: bytes in lists, because a name or a value
    needn't be text."""
    # The space hides the command from redis-py's parsers; it isn't sent.
    return r.execute_command(command + " ", *arguments, NEVER_DECODE=True)


def group_rows(r: Redis, stream: str) -> list[dict[str, Any]]:
    """XINFO GROUPS: a dict for each group, with names and IDs in bytes."""
    return [to_dict(row) for row in raw(r, "XINFO GROUPS", stream)]


def to_dict(reply: Any) -> dict[str, Any]:
    """Turn a map, or the flat list of names and values that an older protocol sends, into a dict
    with names as text."""
    pairs = reply.items() if isinstance(reply, dict) else zip(reply[::2], reply[1::2], strict=True)
    return {name.decode(): value for name, value in pairs}


def to_list(reply: Any) -> list[Any]:
    """Return the reply, or an empty list if there was an error or nothing."""
    return [] if isinstance(reply, ResponseError) or not reply else list(reply)
