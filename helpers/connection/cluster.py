"""A client of a whole cluster: it follows what moved, and repeats nothing silently."""

import contextlib
from collections.abc import Iterator
from typing import Any

import redis
from redis.cluster import ClusterPipeline, PipelineCommand, PipelineStrategy
from redis.exceptions import AskError, MovedError, RedisClusterException, TryAgainError

from helpers.connection.packer import Packer

REDIRECTED = (MovedError, AskError, TryAgainError)
"""Answers of a node that executed nothing, because the slot is served elsewhere or is moving:
sending the command again is safe."""


AWAY = ("cannot be connected", "not covered")
"""Words of redis-py's errors, which are no RedisError, when no node answers, or none serves some
slot yet."""


class Pool(redis.ConnectionPool):
    """The connections to one node; redis-py passes no packer on to them."""

    def __init__(self, **settings: Any):
        super().__init__(**settings, command_packer=Packer())


class ClusterClient(redis.RedisCluster):
    """redis-py's client of a cluster, whose pipelines repeat a command only if no server has
    executed it."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send one command to the node that serves its key, wherever that has moved."""
        with _away():
            return super().execute_command(*args, **options)

    def pipeline(self, transaction: Any = None, shard_hint: Any = None) -> ClusterPipeline:
        """Return a pipeline; without `transaction` its keys may lie in several slots."""
        if transaction:
            return super().pipeline(transaction, shard_hint)
        return OncePipeline(
            nodes_manager=self.nodes_manager,
            commands_parser=self.commands_parser,
            startup_nodes=self.nodes_manager.startup_nodes,
            result_callbacks=self.result_callbacks,
            cluster_response_callbacks=self.cluster_response_callbacks,
            reinitialize_steps=self.reinitialize_steps,
            retry=self.retry,
            lock=self._lock,
        )


class OncePipeline(ClusterPipeline):
    """A pipeline that repeats only what was redirected, and that takes scripts."""

    def __init__(self, **settings: Any):
        super().__init__(**settings)
        self._execution_strategy = OnceStrategy(self)

    def eval(self, script: str, numkeys: int, *keys_and_args: Any) -> ClusterPipeline:
        """Collect a script call; redis-py's own pipeline refuses it (8.1)."""
        return self.execute_command("EVAL", script, numkeys, *keys_and_args)


class OnceStrategy(PipelineStrategy):
    """Sends each command once, and again only if it was redirected.

    redis-py's own repeats a command whose reply was lost, whatever `retry` says (8.1, measured): an
    entry is added twice, and a batch that was read is pending without anybody knowing.
    """

    def _send_cluster_commands(
        self, stack: list[PipelineCommand], raise_on_error: bool = True, **_: bool
    ) -> list[Any]:
        with _away():
            super()._send_cluster_commands(stack, raise_on_error=False, allow_redirections=False)
        for command in stack:
            if isinstance(command.result, REDIRECTED):
                try:
                    command.result = self._pipe.parent_execute_command(
                        *command.args, **command.options
                    )
                except redis.RedisError as error:
                    command.result = error
        results = [command.result for command in stack]
        if any(isinstance(each, (redis.ConnectionError, redis.TimeoutError)) for each in results):
            with _away():
                self._nodes_manager.initialize()  # Another node may be the master by now
        for error in results if raise_on_error else ():
            if isinstance(error, Exception):
                raise error
        return results


@contextlib.contextmanager
def _away() -> Iterator[None]:
    """Raise a ConnectionError if the cluster is away for now, as for a single server."""
    try:
        yield
    except RedisClusterException as error:
        if not any(words in str(error) for words in AWAY):
            raise
        raise redis.ConnectionError(str(error)) from error
