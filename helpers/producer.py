"""A producer: sends in order, stores each entry once, and never makes a fast caller wait for a
round trip."""

import contextlib
import uuid
import warnings

import redis

from helpers import store
from helpers.arguments import check_client, check_seconds, check_text, check_whole
from helpers.entries import Fields, split, to_text
from helpers.events import PRODUCED, Log
from helpers.pauses import shown
from helpers.storing import Storing
from helpers.threads import Worker

PARTING_SECONDS = 0.5
"""Seconds that an error in the with block may wait for earlier entries to be stored; a full queue
takes some milliseconds."""


class Producer:
    """Stores the entries given to `send`, in its own thread, as `with Producer(r, stream) as
    producer:`.

    Entries that queue up while a call is under way go into the next one, up to `batch` entries and
    BATCH_BYTES. A batch is one script call that checks its sequence number, so a batch sent twice
    is stored once. A full `queue` makes the caller wait; a longer one is no faster, because a
    caller who runs ahead keeps the thread waiting. `pace` (seconds) slows it down to one entry at a
    time for an audience; `patience` (seconds) is how long it keeps trying while the server is away;
    `log` notes what happened.

    Entries in `stored` can still be lost, if the server fails and a replica that doesn't have them
    yet takes over. With `confirm` (a number of replicas) an entry counts as stored once that many
    replicas have it in memory. Each call goes out along with WAIT, and a batch that too few confirm
    is sent again for as long as `patience`, which its numbers make safe. This costs a round trip to
    the replicas for each batch (a quarter of the speed at batches of 500, on one machine), and
    while there are too few replicas, nothing counts as stored. The error is then a TooFewReplicas:
    the batch may well be on the server, and the next producer with the same `producer_id` and
    `confirm` waits until it is confirmed.

    The same `producer_id` continues after its own last entry (see `stored`). Only one producer at a
    time may use it: a new one takes it over, and entries that an earlier one still sends are
    refused with an error that begins with FENCED. The server remembers a producer until its
    `sequence_key` is deleted, and one without a `producer_id` until its block ends. Errors that
    begin with SEQGAP or LOST say that the server lost what it had confirmed. Such a loss goes
    unnoticed only if others fill the stream again and trim it before the producer's next batch. If
    somebody deletes or resets only the `sequence_key`, the next producer starts lower, and stores
    again what it sends again.

    Errors of the thread are raised by send, flush and the end of the with block. When an error of
    yours ends the block, earlier entries are stored, if that takes no longer than PARTING_SECONDS;
    an interrupt stores nothing more. Entries that may not have been stored are named by number: in
    the producer's own error or, after an error of yours, in a RuntimeWarning.
    """

    worker_kind = Worker

    def __init__(
        self,
        r: redis.Redis,
        stream: str,
        *,
        producer_id: str | None = None,
        batch: int = 500,
        queue: int = 500,
        pace: float = 0.0,
        patience: float = 10.0,
        confirm: int = 0,
        log: Log | None = None,
    ):
        check_client(r, pipeline=False)
        self._for_once = producer_id is None
        producer_id = uuid.uuid4().hex if producer_id is None else producer_id
        check_text(stream=stream, producer_id=producer_id)
        check_whole(batch=batch, queue=queue)
        check_seconds(pace=pace, patience=patience)
        check_whole(0, confirm=confirm)
        self.confirm = confirm
        self.pace, self.log = shown(pace), log
        self.stream, self.batch = stream, 1 if pace else batch
        self.sequence_key = store.sequence_key(stream, producer_id)
        # The numbers of the last entry stored, and taken from the queue
        self.stored = self._taken = 0
        self._r, self._most_queued = r, queue
        self._queue: list[Fields] = []
        # How long the queue may be, 0 unless the thread runs; whether that waits, or has ended
        self._room, self._idle = 0, False
        self.worker = self.worker_kind(self.store_all, f"the producer of {stream!r}")
        self._changed = self.worker.changed
        self._storing = Storing(
            r, stream, self.sequence_key, worker=self.worker, patience=patience, confirm=confirm
        )

    def __enter__(self) -> "Producer":
        stored = self._storing.take_over()
        with contextlib.suppress(redis.ResponseError):  # A class server may forbid INFO
            if problem := store.eviction(self._r.info("memory")):
                warnings.warn(problem, RuntimeWarning, stacklevel=2)
        self._room = self._most_queued
        self.worker.start()
        self.stored = self._taken = stored
        return self

    def __exit__(self, kind, error, _) -> None:
        failure = error if error is self.worker.error else None
        try:
            if kind is None:
                self.flush()
            elif issubclass(kind, Exception):  # An interrupt ends at once
                with contextlib.suppress(Exception):  # The error that ends the block is the news
                    self.flush(PARTING_SECONDS)
        except Exception as own:
            failure = own
            raise
        finally:
            with contextlib.suppress(TimeoutError):  # What a stuck call holds counts as not stored
                self.worker.stop()
            self._leave(failure)

    def _leave(self, failure: BaseException | None) -> None:
        """Say what may not have been stored: in an error of the producer's, or in a warning."""
        first, last = self.stored + 1, self._taken + len(self._queue)
        if last >= first and failure:
            failure.add_note(store.not_stored(self.stream, first, last, confirm=self.confirm))
        elif last >= first:  # Code that catches its own error knows nothing of the producer
            text = store.not_stored(
                self.stream, first, last, self.worker.error, confirm=self.confirm
            )
            warnings.warn(text, RuntimeWarning, stacklevel=3)
        elif self._for_once:
            self._storing.forget()

    def send(self, fields: dict) -> None:
        """Queue one entry; waits while the queue is full.

        Raises TypeError or ValueError for values that Redis can't store, and the thread's error.
        """
        entry = split(fields)
        while not self.took(entry):
            self.wait_for_room()

    def took(self, entry: Fields) -> bool:
        """Queue a checked entry, unless it must wait for room, or for news of an error."""
        if len(self._queue) >= self._room:
            return False
        self._queue.append(entry)  # One step of Python's, which needs no lock
        if self._idle:
            self._wake()
        return True

    def wait_for_room(self) -> None:
        """Wait until half of the queue is free, which saves many wake-ups."""
        with self._changed:
            while len(self._queue) > self._room // 2 and not self.worker.ended:
                self._changed.wait(0.1)
        self._check_running()

    def _wake(self) -> None:
        """Tell the thread of an entry; it may have ended at this moment, because the block did."""
        with self._changed:
            self._idle = False
            self._changed.notify_all()
        self._check_running()

    def _check_running(self) -> None:
        if self.worker.ended:
            self.worker.check()
            raise RuntimeError("this producer isn't running: send inside its with block.")

    def flush(self, seconds: float = 10.0) -> None:
        """Wait until every entry sent so far is stored. Raises the thread's error, or TimeoutError
        after `seconds`."""
        check_seconds(seconds=seconds)
        self.worker.wait(
            lambda: not self._queue and self.stored == self._taken,
            seconds,
            "the storing of all that was sent",
        )

    def store_all(self) -> None:
        """Store batch after batch, until the block ends."""
        try:
            while batch := self.next_batch():
                self.store_batch(batch)
                if self.pace:
                    self.worker.pause(self.pace)
        finally:
            self.take_no_more()

    def next_batch(self) -> list[Fields]:
        """Return the entries that queued up, from one to what one call takes; nothing means
        stop."""
        with self._changed:
            # Before looking at the queue: send() looks in the opposite order, without the lock.
            self._idle = True
            self._changed.wait_for(lambda: self._queue or self.worker.stopping.is_set())
            self._idle = False
            if self.worker.stopping.is_set():
                return []
            batch = self._queue[: self.batch]
            del batch[store.fitting(batch) :]
            del self._queue[: len(batch)]
            self._taken += len(batch)
            self._changed.notify_all()  # The caller fills the queue while the server is at work
            return batch

    def store_batch(self, batch: list[Fields]) -> None:
        """Store a batch in one round trip, count it, and wake whoever waits for that."""
        for _, (first, *_), _ in batch if self.log is not None else ():
            self.log.add(PRODUCED, to_text(first) if isinstance(first, bytes) else first)
        self._storing.add(self.stored + 1, batch)
        with self._changed:
            self.stored += len(batch)
            self._changed.notify_all()

    def take_no_more(self) -> None:
        """Make every later send look for an error first."""
        self._room, self._idle = 0, True
