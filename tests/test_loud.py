"""Errors in a handler are loud: in the log, with the entry, in its dead letter, and where the
learner waits."""

import contextlib
import logging
import threading
from pathlib import Path

import pytest
import redis

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.servers.own import OwnServer
from helpers.streams import (
    dead_letters,
    ensure_group,
    errors_key,
    pending,
    read_group,
    replay,
)
from helpers.waiting import wait_until

GROUP = "consumerGroup"
LIMITS = {"min_idle_ms": 20, "max_deliveries": 2}


@pytest.fixture
def filled(r, stream):
    """A stream with the values 0-2 and a group that has delivered nothing."""
    ensure_group(r, stream, GROUP)
    for n in range(3):
        r.xadd(stream, {"value": n})
    return stream


def failing(text="boom detail"):
    """A handler that fails at 1."""

    def handle(entry):
        if entry.fields["value"] == "1":
            raise ValueError(text)

    return handle


def test_each_error_is_logged_with_its_entry(r, filled, caplog):
    """Type, text, entry ID and consumer; the dead letter is logged as an error."""
    with (
        caplog.at_level(logging.WARNING, "helpers.consumer"),
        Consumer(r, filled, GROUP, "alice", failing(), **LIMITS) as alice,
    ):
        alice.drain()
    entry_id = r.xrange(filled)[1][0]
    failed = [record.getMessage() for record in caplog.records if "failed" in record.getMessage()]
    assert failed == [f"consumer 'alice': handling {entry_id} failed: ValueError: boom detail"] * 2
    assert [record.levelname for record in caplog.records if record.levelno > logging.WARNING] == [
        "ERROR"
    ]


def test_a_dead_letter_holds_the_last_error(r, filled):
    """As data, next to the reason; no other copy is left."""
    with Consumer(r, filled, GROUP, "alice", failing(), **LIMITS) as alice:
        alice.drain()
    assert dead_letters(r, filled)[0].fields["dead:error"] == "ValueError: boom detail"
    assert not r.exists(errors_key(filled, GROUP))


def test_the_error_survives_its_consumer(r, filled):
    """A consumer in another process that dead-letters the entry later still knows why it failed."""
    Consumer(r, filled, GROUP, "alice", failing("alice's"), count=3, **LIMITS).step()
    wait_until(lambda: pending(r, filled, GROUP, min_idle_ms=20), 5, "an overdue entry")
    Consumer(r, filled, GROUP, "bob", failing("bob's"), **LIMITS).step()
    with Consumer(r, filled, GROUP, "carol", print, **LIMITS) as carol:
        carol.drain()
    assert dead_letters(r, filled)[0].fields["dead:error"] == "ValueError: bob's"


def test_what_was_handled_in_the_end_keeps_no_error(r, filled):
    """Earlier failures are forgotten, whoever finally handles the entry."""
    Consumer(r, filled, GROUP, "alice", failing(), count=3, **LIMITS).step()
    assert r.hlen(errors_key(filled, GROUP)) == 1
    with Consumer(
        r, filled, GROUP, "bob", lambda entry: None, min_idle_ms=20, max_deliveries=5
    ) as bob:
        bob.drain()
    assert not r.exists(errors_key(filled, GROUP))


class Odd(Exception):
    """An error whose str() fails."""

    def __str__(self):
        raise RuntimeError("no text")


@pytest.mark.parametrize(
    "error, text",
    [
        (ValueError("x" * 10_000), "ValueError: " + "x" * 487 + "…"),
        (ValueError("two\nlines\x00"), "ValueError: two lines\x00"),
        (ValueError("\ud800"), "ValueError: \\ud800"),
        (Odd(), "Odd: (its text can't be made)"),
        (KeyError("name"), "KeyError: 'name'"),
    ],
    ids=["long", "lines", "surrogate", "no text", "key"],
)
def test_any_error_can_be_kept(r, filled, error, text):
    """Shortened and converted to text, no error's text ends a consumer."""

    def handle(entry):
        if entry.fields["value"] == "1":
            raise error

    with Consumer(r, filled, GROUP, "alice", handle, **LIMITS) as alice:
        alice.drain()
    assert dead_letters(r, filled)[0].fields["dead:error"] == text


def test_a_replayed_letter_leaves_its_error_behind(r, filled):
    """It comes back with its own fields only."""
    with Consumer(r, filled, GROUP, "alice", failing(), **LIMITS) as alice:
        alice.drain()
    replay(r, filled, dead_letters(r, filled)[0].id)
    assert [entry.fields for entry in read_group(r, filled, GROUP, "bob")] == [{"value": "1"}]


def test_a_consumer_that_ends_by_an_error_keeps_it_with_the_entry(r, filled):
    """Without a limit, too."""
    with pytest.raises(ValueError), Consumer(r, filled, GROUP, "alice", failing()) as alice:
        alice.drain()
    assert list(r.hgetall(errors_key(filled, GROUP)).values()) == ["ValueError: boom detail"]


@pytest.fixture
def own():
    """A separate server, and a client."""
    with OwnServer() as server, connect(server.url) as r:
        yield server, r


@pytest.mark.parametrize("away", ["READONLY", "BUSY", "MISCONF"])
def test_a_consumer_waits_while_its_server_is_not_itself(own, away):
    """The server is a replica for now, busy with a script, or can't save its data: the consumer
    continues afterward, and nothing is lost."""
    server, r = own
    ensure_group(r, "s", GROUP)
    with Consumer(connect(server.url, timeout=1), "s", GROUP, "alice", lambda entry: None) as alice:
        r.xadd("s", {"value": 0})
        alice.wait(handled=1)
        with connect(server.url) as other:
            _leave(other, away)
            wait_until(lambda: alice._patience._since, 5, "the first error")
            _return(other, away)
        r.xadd("s", {"value": 1})
        alice.wait(handled=2)


@pytest.mark.parametrize("away", ["READONLY", "OOM", "MISCONF"])
def test_a_producer_waits_while_its_server_takes_no_writes(own, away):
    """In a failover, with full memory, or unsaved: everything sent is stored afterward, once."""
    server, r = own
    with connect(server.url) as other, Producer(connect(server.url), "s") as producer:
        _leave(other, away)
        producer.send({"value": 0})
        wait_until(lambda: producer._storing.patience._since, 5, "the first error")
        _return(other, away)
        producer.flush()
    assert r.xlen("s") == 1


def _leave(r, away):
    if away == "READONLY":
        r.replicaof("127.0.0.1", 1)
    elif away == "OOM":
        r.config_set("maxmemory", 1)
    elif away == "MISCONF":
        r.config_set("save", "3600 1")
        _dump(r).mkdir()  # In the place of the file, so that no save can end well
        _save(r, "err")
    else:
        r.config_set("busy-reply-threshold", 20)
        threading.Thread(target=_turn, args=(connect_busy(r),), daemon=True).start()


def _dump(r) -> Path:
    """The file that the server saves its data in."""
    return Path(r.config_get("dir")["dir"], r.config_get("dbfilename")["dbfilename"])


def _save(r, status: str):
    """Have the server save its data, until that ends with a status."""

    def ended() -> bool:
        return r.info("persistence")["rdb_last_bgsave_status"] == status

    with contextlib.suppress(redis.ResponseError):  # A save that is under way already
        r.bgsave()
    wait_until(ended, 20, f"a save that ends with {status!r}")


def _turn(r):
    """A script that ends only when it is killed."""
    with pytest.raises(redis.ResponseError, match="killed"):
        r.eval("while true do end", 0)


def _return(r, away):
    if away == "READONLY":
        r.replicaof("NO", "ONE")
    elif away == "OOM":
        r.config_set("maxmemory", 0)
    elif away == "MISCONF":
        _dump(r).rmdir()
        _save(r, "ok")
    else:
        with connect_busy(r) as other:
            other.script_kill()
        wait_until(lambda: _answers(r), 5, "the end of the script")


def _answers(r) -> bool:
    """Tell whether the server executes commands."""
    try:
        return r.ping()
    except redis.ResponseError:
        return False


def connect_busy(r):
    """Return another client of the same server; connect() would refuse a busy one."""
    return redis.Redis.from_pool(
        redis.ConnectionPool(
            connection_class=r.connection_pool.connection_class,
            **r.connection_pool.connection_kwargs,
        )
    )
