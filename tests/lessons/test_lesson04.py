"""Consume and acknowledge: empty replies, the reply 0, turns, and the third way between losing and
repeating."""

import sqlite3
import threading

import pytest

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.streams import ensure_group
from helpers.waiting import wait_until

GROUP = "consumerGroup"


def fill(r, stream, entries=6) -> list[str]:
    """Create a group at the start of the stream, and entries; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(entries)]


@pytest.mark.parametrize("block", [None, 50])
def test_an_empty_reply_has_no_key_for_the_stream(r, stream, block):
    """With `>`; a read of a consumer's own pending entries has the key, with an empty list."""
    fill(r, stream, 0)
    assert r.xreadgroup(GROUP, "alice", {stream: ">"}, block=block) == {}
    assert r.xreadgroup(GROUP, "alice", {stream: "0"}, block=block) == {stream: []}


def test_xack_answers_0_to_whatever_is_not_pending_there(r, stream):
    """A wrong stream, group or ID, and an acknowledged entry: none of them is an error."""
    [entry_id] = fill(r, stream, 1)
    r.xreadgroup(GROUP, "alice", {stream: ">"})
    wrong = [
        (stream + ":x", GROUP, entry_id),
        (stream, "consumergroup", entry_id),
        (stream, GROUP, "1-1"),
    ]
    assert [r.xack(*arguments) for arguments in wrong] == [0, 0, 0]
    assert [r.xack(stream, GROUP, entry_id) for _ in range(2)] == [1, 0]


def test_consumers_that_wait_are_served_in_turns(r, url, stream):
    """Nothing guarantees it, so the lesson says "usually"; those that don't wait get the next
    entries."""
    fill(r, stream, 0)
    got, clients = [], {name: connect(url) for name in ("ann", "bob")}
    ids = {name: client.client_id() for name, client in clients.items()}

    def blocked() -> set[str]:
        return {
            name
            for name, number in ids.items()
            if "b" in r.client_list(client_id=[number])[0]["flags"]
        }

    def read(name):
        while reply := clients[name].xreadgroup(GROUP, name, {stream: ">"}, count=1, block=1000):
            got.append((reply[stream][0][1]["value"], name))

    threads = [threading.Thread(target=read, args=[name]) for name in ids]
    for n, thread in enumerate(threads, 1):
        thread.start()
        wait_until(lambda n=n: len(blocked()) == n, 5, f"{n} consumers that wait")
    for n in range(4):
        r.xadd(stream, {"value": n})
        wait_until(lambda n=n: len(got) == n + 1 and len(blocked()) == 2, 5, "both to wait again")
    for thread in threads:
        thread.join()
    for client in clients.values():
        client.close()
    assert got == [("0", "ann"), ("1", "bob"), ("2", "ann"), ("3", "bob")]


@pytest.mark.parametrize(("pace", "held"), [(0.001, 1), (0.0, 6)])
def test_a_pace_makes_a_consumer_hold_one_entry_at_a_time(r, stream, pace, held):
    """Without one, it holds its whole batch, so the bars of a timeline would overlap."""
    fill(r, stream)
    seen = []
    consumer = Consumer(
        r,
        stream,
        GROUP,
        "alice",
        lambda _: seen.append(r.xpending(stream, GROUP)["pending"]),
        pace=pace,
    )
    while len(seen) < 6:
        consumer.step()
    assert max(seen) == held


def test_the_third_way_for_work_in_another_database(r, stream):
    """The entry ID is stored in one transaction with the work there: handled twice, but done
    once."""
    fill(r, stream)
    with sqlite3.connect(":memory:") as till:
        till.execute("CREATE TABLE done (id TEXT PRIMARY KEY, value INTEGER)")
        handled = []
        for after in (">", "0"):  # Alice crashes before her XACK, and comes back
            for entry_id, fields in r.xreadgroup(GROUP, "alice", {stream: after})[stream]:
                handled.append(entry_id)
                with till:
                    till.execute(
                        "INSERT OR IGNORE INTO done VALUES (?, ?)", (entry_id, int(fields["value"]))
                    )
        assert len(handled) == 12
        assert till.execute("SELECT sum(value) FROM done").fetchone() == (15,)
