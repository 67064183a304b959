"""One partition: its stream, the lease on it, and effects that only its owner can apply."""

import zlib

from redis import Redis

from helpers.arguments import check_client, check_text, check_whole
from helpers.entries import Entry
from helpers.replies import raw

OWNER = "owner"
"""The consumer name under which every owner reads, so that it finds first what the last one left
pending."""

TAKE = """
-- KEYS: the lease; ARGV: worker, ms. Renews it, too.
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

GIVE = """
-- KEYS: the lease; ARGV: worker.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
"""

READ_OWN = """
-- KEYS: the stream, the lease; ARGV: worker, group, consumer, count.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {} end
for _, after in ipairs({'0', '>'}) do
  local reply = redis.call('XREADGROUP', 'GROUP', ARGV[2], ARGV[3], 'COUNT', ARGV[4],
                           'STREAMS', KEYS[1], after)
  if reply and reply[1][2][1] then return reply[1][2] end
end
return {}
"""

FINISH = """
-- KEYS: the stream, the lease, what the effect changes; ARGV: worker, group, entry ID, the effect's
-- command, and what follows its key.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if not redis.call('XPENDING', KEYS[1], ARGV[2], ARGV[3], ARGV[3], 1)[1] then return 0 end
redis.call(ARGV[4], KEYS[3], unpack(ARGV, 5))
return redis.call('XACK', KEYS[1], ARGV[2], ARGV[3])
"""


def partition_of(key: str, partitions: int) -> int:
    """Return the number of a key's partition, 0 to `partitions` - 1: the same in every process."""
    return zlib.crc32(key.encode()) % partitions


def partition_stream(stream: str, number: int) -> str:
    """Return the name of a partition's stream. Its number is a hash tag: keys that begin with this
    name share its slot in a cluster."""
    return f"{stream}:{{{number}}}"


class Partition:
    """One partition as one worker sees it. `worker` must be unique, even after a restart.

    `held` is whether the worker believes that it owns the partition. The server decides, by a lease
    of `lease_ms` that ends unless `take` renews it.
    """

    def __init__(self, r: Redis, stream: str, group: str, worker: str, *, lease_ms: int):
        check_client(r, pipeline=False)
        check_text(stream=stream, group=group, worker=worker)
        check_whole(lease_ms=lease_ms)
        self.r, self.stream, self.group, self.worker = r, stream, group, worker
        self.lease_ms, self.lease, self.held = lease_ms, f"{stream}:owner", False

    def take(self) -> bool:
        """Take the lease, or renew it; False while another worker has it."""
        self.held = bool(self.r.eval(TAKE, 1, self.lease, self.worker, self.lease_ms))
        return self.held

    def give(self) -> None:
        """Give the lease back, unless it is another worker's by now."""
        self.held = False
        self.r.eval(GIVE, 1, self.lease, self.worker)

    def read(self, count: int = 10) -> list[Entry]:
        """Return pending entries, else new ones, up to `count`; none without the lease."""
        check_whole(count=count)
        keys = 2, self.stream, self.lease
        reply = raw(self.r, "EVAL", READ_OWN, *keys, self.worker, self.group, OWNER, count)
        return list(map(Entry, reply))

    def finish(self, entry_id: str, command: str, key: str, *arguments: object) -> bool:
        """Apply an entry's effect, such as ("HINCRBY", "stock", "pear", -1), and acknowledge
        it: both, or neither.

        False means that another worker has the lease, or that the entry was finished before.
        """
        keys = 3, self.stream, self.lease, key
        values = self.worker, self.group, entry_id, command, *arguments
        self.held = bool(self.r.eval(FINISH, *keys, *values))
        return self.held
