"""The half of a producer that talks to the server: it takes over, stores batches, and tries
again."""

import contextlib
import uuid
from collections.abc import Callable, Sequence

import redis
from redis.exceptions import RedisClusterException

from helpers import scripts, store
from helpers.confirming import confirmed_at_home
from helpers.entries import Fields
from helpers.errors import passes
from helpers.pauses import Patience
from helpers.threads import Worker

MENDED = (redis.exceptions.OutOfMemoryError, redis.exceptions.NoScriptError)
"""Errors that may be gone at the next try: trimming, or an operator, frees memory, and a script
that was loaded into one master is loaded into its successor, too."""


class Storing:
    """Stores the batches of one producer, which the server remembers in `key`.

    With `confirm` each script call goes out along with WAIT. `worker` says when to stop.
    """

    def __init__(
        self,
        r: redis.Redis,
        stream: str,
        key: str,
        *,
        worker: Worker,
        patience: float,
        confirm: int,
    ):
        self.r, self.stream, self.key, self.confirm = r, stream, key, confirm
        self.worker, self.patience = worker, Patience(patience)
        self._script, self._epoch = r.register_script(store.STORE), uuid.uuid4().hex

    def take_over(self) -> int:
        """Take this ID from whoever had it before; return the number of its last entry."""
        try:
            if self.confirm:
                return self._insist(lambda: self._confirmed(store.ENTER, self._epoch))
            return scripts.run(self.r, store.ENTER, (self.stream, self.key), self._epoch)
        except (redis.ResponseError, RedisClusterException) as error:
            if "slot" in str(error):
                store.check_slot(self.stream, self.key)
            raise

    def add(self, first: int, batch: Sequence[Fields]) -> None:
        """Store a batch in one script call; a lost reply does no harm, because the same numbers are
        sent again."""
        arguments = [first, self._epoch, *store.pack(batch)]
        if self.confirm:
            self._insist(lambda: self._confirmed(store.STORE, *arguments))
        else:
            self._insist(lambda: self._script([self.stream, self.key], arguments))

    def forget(self) -> None:
        """Let the server forget this producer."""
        with contextlib.suppress(redis.RedisError):  # If the key stays, it only takes some bytes
            self.r.delete(self.key)

    def _confirmed(self, script: str, *arguments: object) -> int:
        """Call a script, and wait for the replicas. Both scripts write each time that they are
        called, also where they store nothing new."""
        command = ("EVAL", script, 2, self.stream, self.key, *arguments)
        seconds = self.patience.seconds
        return confirmed_at_home(self.r, self.stream, self.confirm, command, seconds)

    def _insist(self, call: Callable[[], int]) -> int:
        """Call until it succeeds, or patience ends."""
        while True:
            try:
                reply = call()
                self.patience.reset()
                return reply
            except redis.RedisError as error:
                waits = passes(error) or isinstance(error, MENDED)
                if not (waits and self.patience.goes_on(self.worker.pause)):
                    raise
