"""A producer: sends in order, stores each entry once, and never makes a fast caller wait for a round trip."""

import contextlib
import uuid
from collections import deque
from itertools import chain, groupby, islice
from operator import itemgetter

import redis

from helpers.arguments import check_seconds, check_text, check_whole
from helpers.entries import split, to_text
from helpers.events import PRODUCED, Log
from helpers.workers import Patience, Worker

STORE = """
-- One batch: KEYS are the stream and the producer's last sequence number, ARGV the number of the first entry,
-- how long to remember, and for each run of entries with the same names:
-- how many names, how many entries, the names, and the values of one entry after the other.
local call, stream, args = redis.call, KEYS[1], ARGV
local last = tonumber(call('GET', KEYS[2]) or '0')
local number, at = tonumber(args[1]), 3
if number > last + 1 then
  return redis.error_reply('SEQGAP the server has entries up to ' .. last .. ' and was sent ' .. number)
end
while args[at] do
  local names, entries, fields = tonumber(args[at]), tonumber(args[at + 1]), {}
  local name, value = at + 1, at + 1 + names -- just before the first of each
  for i = 1, names do
    fields[2 * i - 1] = args[name + i]
  end
  for number = number, number + entries - 1 do
    if number > last then
      for i = 1, names do
        fields[2 * i] = args[value + i]
      end
      call('XADD', stream, '*', unpack(fields))
      last = number
    end
    value = value + names
  end
  number, at = number + entries, value + 1
end
call('SET', KEYS[2], last, 'PX', args[2])
return last
"""

REMEMBER_MS = 24 * 60 * 60 * 1000
"""For how long the server remembers a producer that sends nothing: longer than any outage that it should survive."""

PARTING_SECONDS = 0.5
"""How long an error in the with block is held up by the storing of what was sent before: a full queue takes some milliseconds."""


class Producer:
    """Stores what `send` is given, in a thread of its own, as `with Producer(r, stream) as producer:`.

    Whatever queued up while the last call was under way goes into the next one, up to `batch` entries; a batch is one
    script call that checks its sequence number, so a batch sent twice is stored once. A full `queue` makes the caller wait;
    a longer one is no faster (0.6 as fast with 10,000, measured), because a caller who runs ahead keeps the thread waiting.
    The same `producer_id` goes on after its own last entry (see `stored`); only one producer at a time may use it.
    `pace` (seconds) slows it down to one entry at a time for an audience; `patience` (seconds) is for how long it goes on
    trying while the server is away; `log` notes what happened.
    Errors of the thread are raised by send, flush and the end of the with block. When an error of yours ends the block, what
    was sent before is stored, if that takes no longer than PARTING_SECONDS; an interrupt stores nothing more.
    """

    def __init__(self, r: redis.Redis, stream: str, *, producer_id: str | None = None, batch: int = 500,
                 queue: int = 1000, pace: float = 0.0, patience: float = 10.0, log: Log | None = None):
        producer_id = uuid.uuid4().hex if producer_id is None else producer_id
        check_text(stream=stream, producer_id=producer_id)
        check_whole(batch=batch, queue=queue)
        check_seconds(pace=pace, patience=patience)
        self.stream, self.batch, self.pace, self.log = stream, 1 if pace else batch, pace, log
        self.sequence_key = f"{stream}:producer:{producer_id}"
        self.stored = 0
        self._room = queue
        self._queue: deque[tuple[tuple, tuple]] = deque()
        self._r, self._script, self._patience = r, r.register_script(STORE), Patience(patience)
        self._worker = Worker(self._run, f"the producer of {stream!r}")
        self._changed = self._worker.changed
        self._hungry = False

    def __enter__(self) -> "Producer":
        self.stored = int(self._r.get(self.sequence_key) or 0)
        self._taken = self.stored
        self._worker.start()
        return self

    def __exit__(self, kind, *_) -> None:
        try:
            if kind is None:
                self.flush()
            elif issubclass(kind, Exception):  # an interrupt ends at once
                with contextlib.suppress(Exception):  # the error that ends the block is the news
                    self.flush(PARTING_SECONDS)
        finally:
            self._worker.stop()

    def send(self, fields: dict) -> None:
        """Queue one entry; waits while the queue is full. Raises TypeError or ValueError for what Redis can't store."""
        entry = split(fields)
        if len(self._queue) >= self._room or self._worker.ended:
            self._wait_for_room()
        self._queue.append(entry)  # a deque needs no lock
        if self._hungry:
            with self._changed:
                self._hungry = False
                self._changed.notify_all()

    def _wait_for_room(self) -> None:
        """Wait until half of the queue is free, which saves many wake-ups; raise the thread's error."""
        with self._changed:
            while len(self._queue) > self._room // 2 and not self._worker.ended:
                self._changed.wait(0.1)
        if self._worker.ended:
            self._worker.check()
            raise RuntimeError("this producer isn't running: send inside its with block.")

    def flush(self, seconds: float = 10.0) -> None:
        """Wait until all that was sent is stored. Raises the thread's error, or TimeoutError after `seconds`."""
        check_seconds(seconds=seconds)
        self._worker.wait(lambda: not self._queue and self.stored == self._taken, seconds, "the storing of all that was sent")

    def _run(self) -> None:
        while batch := self._take():
            self._store(batch)
            with self._changed:
                self.stored += len(batch)
                self._changed.notify_all()
            if self.pace:
                self._worker.pause(self.pace)

    def _take(self) -> list[tuple[tuple, tuple]]:
        """Whatever queued up, at least one entry; nothing means stop."""
        with self._changed:
            self._hungry = True  # before the look at the queue: send() looks the other way round, without the lock
            while not self._queue and not self._worker.stopping.is_set():
                self._changed.wait()
            self._hungry = False
            if self._worker.stopping.is_set():
                return []
            batch = list(islice(self._queue, self.batch))
            for _ in batch:
                self._queue.popleft()
            self._taken += len(batch)
            self._changed.notify_all()  # there is room now: the caller fills it while the server is at work
            return batch

    def _store(self, batch: list[tuple[tuple, tuple]]) -> None:
        """One script call; a lost reply is no harm, because the same numbers are sent again."""
        for _, values in batch if self.log is not None else ():
            self.log.add(PRODUCED, to_text(values[0]) if isinstance(values[0], bytes) else values[0])
        texts = []
        for names, alike in groupby(batch, itemgetter(0)):
            values = list(chain.from_iterable(map(itemgetter(1), alike)))
            texts += [len(names), len(values) // len(names), *names, *values]
        while True:
            try:
                self._script(keys=[self.stream, self.sequence_key], args=[self.stored + 1, REMEMBER_MS, *texts])
                return self._patience.reset()
            except redis.AuthenticationError:
                raise
            except (redis.ConnectionError, redis.TimeoutError):
                if self._patience.lost() or not self._worker.pause(self._patience.pause_seconds()):
                    raise
