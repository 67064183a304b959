"""A producer: sends in order, stores each entry once, and never makes a fast caller wait for a round trip."""

import uuid
from collections import deque
from itertools import chain, islice

import redis

from helpers.arguments import check_seconds, check_text, check_whole
from helpers.entries import to_flat, to_text
from helpers.events import PRODUCED, Log
from helpers.workers import Patience, Worker

STORE = """
-- One batch: KEYS are the stream and the producer's last sequence number, ARGV the number of the first entry,
-- how long to remember, and for each entry: how many texts follow, then its names and values.
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
local number, at = tonumber(ARGV[1]), 3
if number > last + 1 then
  return redis.error_reply('SEQGAP the server has entries up to ' .. last .. ' and was sent ' .. number)
end
while ARGV[at] do
  local texts = tonumber(ARGV[at])
  if number > last then
    redis.call('XADD', KEYS[1], '*', unpack(ARGV, at + 1, at + texts))
    last = number
  end
  number, at = number + 1, at + texts + 1
end
redis.call('SET', KEYS[2], last, 'PX', ARGV[2])
return last
"""

REMEMBER_MS = 24 * 60 * 60 * 1000
"""For how long the server remembers a producer that sends nothing: longer than any outage that it should survive."""


class Producer:
    """Stores what `send` is given, in a thread of its own, as `with Producer(r, stream) as producer:`.

    Whatever queued up while the last call was under way goes into the next one, up to `batch` entries; a full queue makes
    the caller wait. A batch is one script call that checks its sequence number, so a batch sent twice is stored once.
    The same `producer_id` goes on after its own last entry (see `stored`); only one producer at a time may use it.
    `pace` (seconds) slows it down to one entry at a time for an audience; `patience` (seconds) is for how long it goes on
    trying while the server is away; `log` notes what happened.
    Errors of the thread are raised by send, flush and the end of the with block.
    """

    def __init__(self, r: redis.Redis, stream: str, *, producer_id: str | None = None, batch: int = 500,
                 queue: int = 10_000, pace: float = 0.0, patience: float = 10.0, log: Log | None = None):
        producer_id = uuid.uuid4().hex if producer_id is None else producer_id
        check_text(stream=stream, producer_id=producer_id)
        check_whole(batch=batch, queue=queue)
        check_seconds(pace=pace, patience=patience)
        self.stream, self.batch, self.pace, self.log = stream, 1 if pace else batch, pace, log
        self.sequence_key = f"{stream}:producer:{producer_id}"
        self.stored = 0
        self._room = queue
        self._queue: deque[list[bytes]] = deque()
        self._script = r.register_script(STORE)
        self._r, self._patience = r, Patience(patience)
        self._worker = Worker(self._run, f"the producer of {stream!r}")
        self._lock, self._changed = self._worker.lock, self._worker.changed
        self._hungry = False

    def __enter__(self) -> "Producer":
        self.stored = int(self._r.get(self.sequence_key) or 0)
        self._sent = self.stored
        self._worker.start()
        return self

    def __exit__(self, kind, *_) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            self._worker.stop()

    def send(self, fields: dict) -> None:
        """Queue one entry; waits while the queue is full. Raises TypeError or ValueError for what Redis can't store."""
        flat = to_flat(fields)
        flat.insert(0, len(flat))
        with self._lock:
            while len(self._queue) >= self._room and not self._worker.ended:
                self._changed.wait(0.1)
            if self._worker.ended:
                self._worker.check()
                raise RuntimeError("this producer isn't running: send inside its with block.")
            self._queue.append(flat)
            self._sent += 1
            if self._hungry:
                self._hungry = False
                self._changed.notify_all()

    def flush(self, seconds: float = 10.0) -> None:
        """Wait until all that was sent is stored. Raises the thread's error, or TimeoutError after `seconds`."""
        self._worker.wait(lambda: self.stored == self._sent, seconds, "the storing of all that was sent")

    def _run(self) -> None:
        while batch := self._take():
            self._store(batch)
            with self._changed:
                self.stored += len(batch)
                self._changed.notify_all()
            if self.pace:
                self._worker.pause(self.pace)

    def _take(self) -> list[list[bytes]]:
        """Whatever queued up, at least one entry; nothing means stop."""
        with self._changed:
            while not self._queue and not self._worker.stopping.is_set():
                self._hungry = True
                self._changed.wait()
            if self._worker.stopping.is_set():
                return []
            batch = list(islice(self._queue, self.batch))
            for _ in batch:
                self._queue.popleft()
            return batch

    def _store(self, batch: list[list[bytes]]) -> None:
        """One script call; a lost reply is no harm, because the same numbers are sent again."""
        for flat in batch if self.log is not None else ():
            self.log.add(PRODUCED, flat[2] if isinstance(flat[2], (str, int)) else to_text(flat[2]))
        texts = list(chain.from_iterable(batch))  # a list: what was sent once may have to be sent again
        while True:
            try:
                self._script(keys=[self.stream, self.sequence_key], args=[self.stored + 1, REMEMBER_MS, *texts])
                return self._patience.reset()
            except redis.AuthenticationError:
                raise
            except (redis.ConnectionError, redis.TimeoutError):
                if self._patience.lost() or not self._worker.pause(self._patience.pause_seconds()):
                    raise
