"""A producer's promises when somebody else interferes: each entry stored once, and nothing lost
silently."""

import contextlib
import threading
import uuid
import warnings
from functools import partial

import pytest
import redis
import redis.asyncio

from helpers.connection import connect
from helpers.connection.client import TEXT
from helpers.faults import DroppingProxy
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.store import BATCH_BYTES, STORE
from helpers.waiting import wait_until


def values(r, stream) -> list[int]:
    """The values in the stream, as the server has them."""
    return [int(fields["value"]) for _, fields in r.xrange(stream)]


def send(producer, *numbers) -> None:
    """Send entries, and wait until they are stored."""
    for n in numbers:
        producer.send({"value": n})
    producer.flush()


def raw_store(r, producer, first, *numbers):
    """Make the same script call as a producer, like a packet that arrives late."""
    texts = [1, len(numbers), "value", *numbers]
    keys = [producer.stream, producer.sequence_key]
    return r.register_script(STORE)(keys, [first, producer._storing._epoch, *texts])


def test_of_two_alive_with_one_id_the_later_one_goes_on(r, stream):
    """The earlier one gets one sentence, and none of its entries mix with the later one's."""
    with (
        pytest.raises(redis.ResponseError, match="^FENCED .* taken over .* its own producer_id;"),
        Producer(r, stream, producer_id="p") as first,
    ):
        send(first, 0, 1)
        with Producer(r, stream, producer_id="p") as second:
            assert second.stored == 2
            first.send({"value": 99})
            wait_until(lambda: first.worker.ended, 5, "the end of the first")
            send(second, 2, 3)
    assert values(r, stream) == [0, 1, 2, 3]


def test_a_late_packet_of_a_predecessor_is_refused(r, stream):
    """It was killed while its last batch was on its way; the number that its successor got stays
    true."""
    killed = Producer(r, stream, producer_id="p").__enter__()
    send(killed, 0)
    with Producer(r, stream, producer_id="p") as successor:
        assert successor.stored == 1
        with pytest.raises(redis.ResponseError, match="FENCED"):
            raw_store(r, killed, 2, 98, 99)
        send(successor, 1, 2)
    killed.worker.stop()
    assert values(r, stream) == [0, 1, 2]


def test_a_late_packet_of_a_block_that_has_ended_is_refused(r, stream):
    """A producer without an ID is forgotten when its block ends; then a copy of its first batch
    arrives."""
    with Producer(r, stream) as producer:
        send(producer, 0)
    assert list(r.scan_iter(stream + ":*")) == []
    with pytest.raises(redis.ResponseError, match="SEQGAP"):
        raw_store(r, producer, 1, 0)
    assert values(r, stream) == [0]


def test_of_many_that_race_for_one_id_one_is_left(r, stream):
    """The one that entered last stores; each of the others stores in order until it is fenced, or
    not at all."""
    start, ends = threading.Barrier(5), []

    def race() -> None:
        start.wait(10)
        try:
            with Producer(r, stream, producer_id="p", batch=7) as producer:
                for n in range(producer.stored, 300):
                    producer.send({"value": n})
        except redis.ResponseError as error:
            ends.append(str(error).partition(" ")[0])

    racers = [threading.Thread(target=race) for _ in range(5)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert values(r, stream) == list(range(300))
    assert len(ends) <= 4 and set(ends) <= {"FENCED"}


def rename(r, stream) -> None:
    """Move the stream to another name."""
    r.rename(stream, stream + ":elsewhere")


def restore_older(r, stream) -> None:
    """Restore the stream as it was one entry ago."""
    last = r.xrevrange(stream, count=1)[0][0]
    copy = stream + ":older"
    for entry_id, fields in r.xrange(stream, max=f"({last}"):
        r.xadd(copy, fields, id=entry_id)
    r.restore(stream, 0, dump(r, copy), replace=True)


def dump(r, key) -> bytes:
    """Return DUMP's bytes, which aren't text."""
    return r.execute_command("DUMP", key, NEVER_DECODE=True)


def later(r, stream) -> str:
    """An ID after the stream's last, which the server's clock might give a second time."""
    return r.xinfo_stream(stream)["last-generated-id"] + "7"


def begin_anew(r, stream) -> None:
    """Delete the stream; somebody else's entry recreates it, with a later ID than the old stream
    had."""
    entry_id = later(r, stream)
    r.delete(stream)
    r.xadd(stream, {"value": 77}, id=entry_id)


def replace(r, stream) -> None:
    """Rename another stream to this name."""
    r.xadd(stream + ":other", {"value": 77}, id=later(r, stream))
    r.rename(stream + ":other", stream)


def copy_over(r, stream) -> None:
    """Copy another stream over it."""
    r.xadd(stream + ":other", {"value": 77}, id=later(r, stream))
    r.copy(stream + ":other", stream, replace=True)


def set_back(r, stream) -> None:
    """Empty it, and reset its IDs to an earlier one."""
    r.xtrim(stream, maxlen=0, approximate=False)
    r.execute_command("XSETID", stream, "5-0")


LOSSES = [
    lambda r, stream: r.delete(stream),
    lambda r, stream: r.unlink(stream),
    lambda r, stream: r.pexpire(stream, 0),
    lambda r, stream: r.move(stream, 1),
    rename,
    restore_older,
    begin_anew,
    replace,
    copy_over,
    set_back,
]
NAMES = [
    "DEL",
    "UNLINK",
    "PEXPIRE",
    "MOVE",
    "RENAME",
    "RESTORE",
    "DEL and XADD",
    "RENAME over it",
    "COPY over it",
    "XSETID",
]


@pytest.mark.parametrize("lose", LOSSES, ids=NAMES)
def test_a_stream_that_lost_what_it_stored_raises_the_alarm(program, lose):
    """The number exists, but not the entries: the running producer gets an error, and so does the
    next one."""
    with OwnServer(program) as own, connect(own.url) as r:
        with (
            pytest.raises(
                redis.ResponseError,
                match="^LOST s has lost entry .* number 3 .* send everything again.",
            ),
            Producer(r, "s", producer_id="p") as producer,
        ):
            send(producer, 0, 1, 2)
            lose(r, "s")
            producer.send({"value": 3})
        assert 3 not in values(r, "s")
        with pytest.raises(redis.ResponseError, match="LOST"), Producer(r, "s", producer_id="p"):
            pass
        r.delete(producer.sequence_key)  # As the error advises
        with Producer(r, "s", producer_id="p") as producer:
            assert producer.stored == 0


def trim(r, stream, **how) -> None:
    """Trim exactly."""
    r.xtrim(stream, approximate=False, **how)


def delete_all(r, stream) -> None:
    """XDEL each entry."""
    r.xdel(stream, *(entry_id for entry_id, _ in r.xrange(stream)))


def there_and_back(r, stream) -> None:
    """RENAME, twice."""
    rename(r, stream)
    r.rename(stream + ":elsewhere", stream)


def restore_same(r, stream) -> None:
    """DUMP, DEL and RESTORE."""
    data = dump(r, stream)
    r.delete(stream)
    r.restore(stream, 0, data)


def trim_and_go_on(r, stream) -> None:
    """Trim everything, then let others add entries."""
    trim(r, stream, maxlen=0)
    r.xadd(stream, {"value": 77})


def set_forward(r, stream) -> None:
    """XSETID to a later ID."""
    milliseconds, _, _ = r.xinfo_stream(stream)["last-generated-id"].partition("-")
    r.execute_command("XSETID", stream, f"{int(milliseconds) + 1_000_000}-0")


FINE = [
    partial(trim, maxlen=0),
    partial(trim, maxlen=1),
    partial(trim, minid="9999999999999"),
    delete_all,
    there_and_back,
    restore_same,
    trim_and_go_on,
    set_forward,
]
FINE_NAMES = [
    "MAXLEN 0",
    "MAXLEN 1",
    "MINID",
    "XDEL",
    "RENAME and back",
    "RESTORE of the same",
    "MAXLEN 0 and XADD",
    "XSETID forward",
]


@pytest.mark.parametrize("change", FINE, ids=FINE_NAMES)
def test_a_stream_that_was_trimmed_raises_no_alarm(r, stream, change):
    """Nor does an unchanged one; the running producer continues, and so does the next one."""
    with Producer(r, stream, producer_id="p") as producer:
        send(producer, 0, 1, 2)
        change(r, stream)
        send(producer, 3)
    change(r, stream)
    with Producer(r, stream, producer_id="p") as producer:
        assert producer.stored == 4
        send(producer, 4)
    assert values(r, stream)[-1] == 4


@pytest.mark.parametrize(
    "swap",
    [lambda r: r.flushall(), lambda r: r.swapdb(0, 1), lambda r: r.flushdb()],
    ids=["FLUSHALL", "SWAPDB", "FLUSHDB"],
)
def test_a_loss_of_everything_raises_the_alarm(program, swap):
    """Stream and number are both gone, so neither contradicts the other; but the producer itself
    remembers."""
    with OwnServer(program) as own, connect(own.url) as r:
        with (
            pytest.raises(
                redis.ResponseError,
                match="^SEQGAP s:producer:p is gone.* number 2 .* new producer_id.",
            ),
            Producer(r, "s", producer_id="p") as producer,
        ):
            send(producer, 0)
            swap(r)
            producer.send({"value": 1})
        assert not r.exists("s")


def test_a_number_that_was_set_back_raises_the_alarm(r, stream):
    """An older copy of the key, like that of a replica that takes over: the sentence says where to
    continue."""
    with (
        pytest.raises(
            redis.ResponseError,
            match="^SEQGAP the server has entries up to 1 and was sent 3: .* `stored`.",
        ),
        Producer(r, stream, producer_id="p") as producer,
    ):
        send(producer, 0)
        older = dump(r, producer.sequence_key)
        send(producer, 1)
        r.restore(producer.sequence_key, 0, older, replace=True)
        producer.send({"value": 2})


def test_a_long_silence_is_no_loss(r, stream):
    """A producer's number has no time to live, so neither a day's silence nor an eviction policy
    for expiring keys removes it."""
    with Producer(r, stream, producer_id="p") as producer:
        send(producer, 0)
        assert r.ttl(producer.sequence_key) == -1


def test_a_number_that_an_older_version_left_goes_on(r, stream):
    """It was a plain number with a day to live; it counts, and is kept."""
    r.set(stream + ":producer:p", 5, ex=1000)
    with Producer(r, stream, producer_id="p") as producer:
        assert producer.stored == 5
        send(producer, 5)
        assert producer.stored == 6 and r.ttl(producer.sequence_key) == -1


def test_a_key_that_is_no_producers_is_left_alone(r, stream):
    """The error names a key with that name and other contents, and leaves it unchanged."""
    r.set(stream + ":producer:p", "mine")
    with pytest.raises(redis.ResponseError, match="WRONGTYPE .*:producer:p holds what no producer"):
        Producer(r, stream, producer_id="p").__enter__()
    assert r.get(stream + ":producer:p") == "mine"


@pytest.mark.parametrize(
    "policy, warned",
    [
        ("noeviction", False),
        ("volatile-lru", False),
        ("volatile-ttl", False),
        ("volatile-random", False),
        ("volatile-lfu", False),
        ("allkeys-lru", True),
        ("allkeys-lfu", True),
        ("allkeys-random", True),
    ],
)
def test_a_server_that_may_evict_any_key_is_warned_of(policy, warned):
    """The warning names its policy, and what to do."""
    with OwnServer(maxmemory=100_000_000, maxmemory_policy=policy) as own, connect(own.url) as r:
        words = (
            pytest.warns(RuntimeWarning, match=f"{policy}.*noeviction")
            if warned
            else warnings.catch_warnings()
        )
        with words, Producer(r, "s"):
            if not warned:
                warnings.simplefilter("error")


def test_memory_pressure_takes_other_keys_first():
    """Under volatile-lru, a full server evicts keys that may expire, but never a producer's
    number."""
    with (
        OwnServer(maxmemory=8_000_000, maxmemory_policy="volatile-lru") as own,
        connect(own.url) as r,
    ):
        with Producer(r, "s", producer_id="p") as producer:
            send(producer, 0)
        with contextlib.suppress(redis.exceptions.OutOfMemoryError):
            for n in range(2000):
                r.set(f"cache:{n}", "x" * 10_000, ex=1000)
        assert r.info("stats")["evicted_keys"] > 100
        with Producer(r, "s", producer_id="p") as producer:
            assert producer.stored == 1


@pytest.fixture
def limited(r, url, stream):
    """A client whose user may lose commands, and a function that takes one away."""
    name = uuid.uuid4().hex
    r.execute_command("ACL", "SETUSER", name, "on", ">secret", "~*", "&*", "+@all")
    with redis.Redis.from_url(
        url, username=name, password="secret", decode_responses=True, legacy_responses=False
    ) as client:
        yield client, lambda command: r.execute_command("ACL", "SETUSER", name, f"-{command}")
    r.execute_command("ACL", "DELUSER", name)


@pytest.mark.parametrize("command", ["set", "get", "xadd", "xrange"])
def test_who_may_not_store_the_number_stores_nothing(r, stream, limited, command):
    """If a user loses a right between two batches, the next batch is refused whole, and a restart
    stores nothing twice."""
    client, forbid = limited
    with (
        pytest.raises(redis.ResponseError, match="permission|can't run"),
        Producer(client, stream, producer_id="p") as producer,
    ):
        send(producer, 0, 1)
        forbid(command)
        producer.send({"value": 2})
    with Producer(r, stream, producer_id="p") as producer:
        send(producer, *range(producer.stored, 4))
    assert values(r, stream) == [0, 1, 2, 3]


def test_who_may_not_set_cannot_enter(stream, limited):
    """The error comes before anything is sent."""
    client, forbid = limited
    forbid("set")
    with pytest.raises(redis.ResponseError, match="permission|can't run"):
        Producer(client, stream).__enter__()


def test_a_script_that_fails_half_way_remembers_what_it_stored(r, stream):
    """The stream runs out of IDs in the middle of a batch; a second life continues after the stored
    entries."""
    last = 2**64 - 1
    r.xadd(stream, {"value": -1}, id=f"{last}-{last - 3}")
    with (
        pytest.raises(redis.ResponseError, match="exhausted"),
        Producer(r, stream, producer_id="p") as producer,
    ):
        for n in range(10):
            producer.send({"value": n})
    assert values(r, stream) == [-1, 0, 1, 2]
    with Producer(r, stream, producer_id="p") as producer:
        assert producer.stored == 3


@pytest.mark.parametrize(
    "command, drop", [("EVALSHA", 1), ("EVALSHA", 2), ("EVALSHA", 3), ("SCRIPT", 1)]
)
def test_a_reply_lost_at_any_point_stores_nothing_twice(url, r, stream, command, drop):
    """The reply to a batch, or to loading the script; scripts are forgotten in between, as by a
    restart."""
    r.script_flush()
    with DroppingProxy(url, command=command, drop=drop) as proxy, connect(proxy.url) as client:
        with Producer(client, stream, producer_id="p", batch=3) as producer:
            send(producer, *range(20))
        assert proxy.dropped == drop
    assert values(r, stream) == list(range(20))


def test_a_lost_reply_while_entering_has_stored_nothing(url, r, stream):
    """It is an error at once; entering again is harmless."""
    with DroppingProxy(url, command="EVAL") as proxy, connect(proxy.url) as client:
        with pytest.raises(redis.ConnectionError), Producer(client, stream, producer_id="p"):
            pass
        with Producer(client, stream, producer_id="p") as producer:
            send(producer, 0)
    assert values(r, stream) == [0]


def test_a_restart_of_the_server_keeps_number_and_epoch(program):
    """A producer that survives the restart continues; its predecessor is still refused."""
    with OwnServer(program, appendonly=True, appendfsync="always") as own, connect(own.url) as r:
        old = Producer(r, "s", producer_id="p").__enter__()
        send(old, 0)
        with Producer(r, "s", producer_id="p") as producer:
            send(producer, 1)
            own.kill()
            own.start()
            send(producer, 2)
            with pytest.raises(redis.ResponseError, match="FENCED"):
                raw_store(r, old, 2, 99)
        old.worker.stop()
        assert values(r, "s") == [0, 1, 2]


def test_large_entries_go_in_small_batches(r, stream):
    """One script call stores up to BATCH_BYTES: the server answers others in between."""
    size, most = 200_000, BATCH_BYTES // 200_000
    calls = []
    with Producer(r, stream) as producer:
        producer._storing._script = lambda keys, args, store=producer._storing._script: (
            calls.append(len(args)) or store(keys, args)
        )
        for n in range(40):
            producer.send({"value": n, "filler": "x" * (size - 100)})
        producer.flush()
    assert values(r, stream) == list(range(40))
    assert len(calls) >= 40 / most and max(calls) <= 2 + 4 + 2 * most


def test_the_largest_entries_are_stored(r, stream):
    """As many fields, and as many bytes, as send() accepts."""
    with Producer(r, stream) as producer:
        for _ in range(3):
            producer.send({f"f{n}": n for n in range(3900)})
        producer.send({"value": "x" * 999_975})
    assert [len(fields) for _, fields in r.xrange(stream)] == [3900] * 3 + [1]


def test_an_entry_that_a_script_cannot_take_is_refused_alone(r, stream):
    """Its neighbors are stored, each once, even across a second life."""
    for _ in range(2):
        with Producer(r, stream, producer_id="p") as producer:
            for n in range(producer.stored, 10):
                producer.send({"value": n})
            with pytest.raises(ValueError, match="8,000 fields are too many.*3,900"):
                producer.send({str(n): n for n in range(8000)})
    assert values(r, stream) == list(range(10))


@pytest.fixture
def paused():
    """A server that accepts no writes until it is told to continue, and a function that tells
    it."""
    with OwnServer() as own, connect(own.url) as r, connect(own.url) as other:
        yield r, other


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_was_not_stored_when_the_block_failed_is_said(paused, error):
    """By number, in a warning, whatever ended the block; the next life continues there."""
    r, other = paused
    with (
        pytest.warns(
            RuntimeWarning,
            match="Of the entries sent to 's', .* may not be stored, from number .* to 101",
        ) as seen,
        pytest.raises(error),
        Producer(r, "s", producer_id="p", batch=2) as producer,
    ):
        send(producer, 0, 1)
        other.execute_command("CLIENT", "PAUSE", 1000, "WRITE")
        for n in range(2, 101):
            producer.send({"value": n})
        raise error
    other.execute_command("CLIENT", "UNPAUSE")
    assert (
        f"{101 - producer.stored} may not be stored, from number {producer.stored + 1} to 101"
        in str(seen[0].message)
    )
    assert seen[0].filename == __file__
    with Producer(r, "s", producer_id="p") as producer:
        send(producer, *range(producer.stored, 101))
    assert values(r, "s") == list(range(101))


def test_what_was_not_stored_stands_in_the_producers_own_error(r, stream):
    """The error is raised by flush at the end of the block, or by send within it."""
    r.set(stream, "I am no stream")
    for sends in (3, 3000):
        with (
            pytest.raises(redis.ResponseError, match="WRONGTYPE") as caught,
            Producer(r, stream) as producer,
        ):
            for n in range(sends):
                producer.send({"value": n})
        assert "may not be stored, from number 1 to" in caught.value.__notes__[-1]


def test_nothing_is_said_when_all_was_stored(r, stream):
    """If the block fails after everything sent was stored, there is no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ZeroDivisionError), Producer(r, stream) as producer:
            producer.send({"value": 0})
            raise ZeroDivisionError
    assert producer.stored == 1


def test_a_thread_that_sends_while_the_block_ends_is_told(r, stream, monkeypatch):
    """Each of its entries is stored, refused, or named in the warning."""
    monkeypatch.setattr("helpers.producer.PARTING_SECONDS", 0)
    sent = []

    def send_until_refused(producer) -> None:
        with contextlib.suppress(RuntimeError):
            while True:
                producer.send({"value": len(sent)})
                sent.append(1)

    for _ in range(5):
        with (
            warnings.catch_warnings(record=True) as seen,
            contextlib.suppress(ZeroDivisionError),
            Producer(r, stream) as producer,
        ):
            warnings.simplefilter("always")
            sent.clear()
            sender = threading.Thread(target=send_until_refused, args=[producer])
            sender.start()
            producer.worker.wait(lambda: producer.stored, 5, "the first entry")
            raise ZeroDivisionError
        sender.join()
        named = [
            int(str(warning.message).partition(". Look")[0].rpartition(" ")[2]) for warning in seen
        ]
        assert len(sent) <= max([producer.stored, *named])


@pytest.fixture(scope="module")
def cluster():
    """A server that is a whole cluster by itself."""
    with OwnServer(tcp=True, cluster_enabled="yes") as own:
        node = redis.Redis(port=own.port, decode_responses=True)
        node.execute_command("CLUSTER", "ADDSLOTSRANGE", 0, 16383)
        wait_until(
            lambda: (
                "cluster_state:ok"
                in str(node.execute_command("CLUSTER", "INFO", NEVER_DECODE=True))
            ),
            10,
            "the cluster",
        )
        yield own


CLIENTS = [
    lambda port: redis.RedisCluster("127.0.0.1", port, **TEXT),
    lambda port: redis.Redis("127.0.0.1", port, **TEXT),
    lambda port: connect(f"redis://127.0.0.1:{port}?cluster=true"),
]


@pytest.mark.parametrize("client", CLIENTS, ids=["RedisCluster", "one node", "ours"])
def test_in_a_cluster_a_stream_without_a_hash_tag_is_refused(cluster, client):
    """In one sentence that says what to do; with a hash tag, it works."""
    with client(cluster.port) as r:
        with (
            pytest.raises(ValueError, match="hash tag in its name, such as '{orders}'"),
            Producer(r, "orders"),
        ):
            pass
        assert r.dbsize() == 0
        with Producer(r, "{orders}", producer_id="p") as producer:
            send(producer, 0, 1)
        assert producer.stored == r.xlen("{orders}") == 2
        r.delete("{orders}", producer.sequence_key)


@pytest.mark.parametrize(
    "client", [redis.asyncio.Redis(), redis.Redis(), None], ids=["asyncio", "bytes", "none"]
)
def test_a_client_of_another_kind_is_refused(stream, client):
    """Before anything is sent."""
    with pytest.raises(TypeError, match="r must be a client that connect"):
        Producer(client, stream)
