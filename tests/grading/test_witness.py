"""The grader's own log: the commands sent to a hand-in's server, whatever the hand-in claims."""

import socket
import threading
from urllib.parse import unquote, urlsplit

import pytest
import redis

from helpers.connection import connect
from helpers.grading import sandbox
from helpers.grading.kernel import Kernel
from helpers.grading.witness import Witness
from helpers.streams import clean_slate
from helpers.views import picture
from helpers.waiting import wait_until

STAGE = "99:stage"
SANDBOXED = pytest.mark.skipif(bool(sandbox.missing()), reason=f"no sandbox: {sandbox.missing()}")
FORGED = f"""
from helpers.connection import connect, evidence, noting
from helpers.connection.sent import Sent
from helpers.streams import clean_slate
r = connect()
clean_slate(r, "{STAGE}")
evidence.book.note(Sent(("EVALSHA", "abc", "1", "{STAGE}"), 1))
noting.NotingClient.execute_command = lambda self, *words, **options: 1
r.xack("{STAGE}", "g", "1-1")
"""


@pytest.fixture
def witness(url, r):
    """A relay to the server under test; its keys are deleted afterward."""
    with Witness(url) as witness:
        yield witness
        clean_slate(r, STAGE)


def test_commands_and_answers_are_seen_as_a_kernel_notes_them(witness):
    """Single commands, pipelines, transactions and scripts; without those of the stage."""
    with connect(witness.url) as seen:
        clean_slate(seen, STAGE)
        entry_id = seen.xadd(STAGE, {"value": 1})
        with seen.pipeline() as pipe:
            pipe.xlen(STAGE).xack(STAGE, "g", entry_id).execute()
        with seen.pipeline(transaction=False) as pipe:
            pipe.xlen(STAGE).execute()
        seen.eval("return 7", 1, STAGE)
        with pytest.raises(redis.ResponseError):
            seen.xgroup_create(STAGE, "g", id="x")
    found = witness.evidence(STAGE, 1, ())
    assert [(each.command, each.answer, each.together) for each in found.sent[:4]] == [
        ("XLEN", 1, True),
        ("XACK", 0, True),
        ("XLEN", 1, False),
        ("EVAL", 7, False),
    ]
    assert "Invalid stream ID" in found.sent[4].error and found.watched


def test_clearing_a_full_stage_is_not_the_learners(witness):
    """Neither the scan nor the deletion counts; a later deletion does."""
    with connect(witness.url) as seen:
        for _ in range(2):
            clean_slate(seen, STAGE)
            seen.xadd(STAGE, {"value": 1})
        seen.delete(STAGE)
    assert [each.command for each in witness.evidence(STAGE, 1, ()).sent] == ["DEL"]


def test_who_never_sets_the_stage_is_judged_by_what_was_sent(witness):
    """Leaving out clean_slate hides nothing, and gains nothing."""
    with connect(witness.url) as seen:
        seen.xlen(STAGE)
        seen.xlen("99:other")
    found = witness.evidence(STAGE, 0, ())
    assert [each.key for each in found.sent] == [STAGE] and found.watched


def test_cells_end_as_the_grader_saw_it(witness):
    """The source comes from the file, and the error from the run."""
    with connect(witness.url) as seen:
        witness.begin_cell("stub", False)
        clean_slate(seen, STAGE)
        witness.end_cell("stub", "error", "KeyError: 1")
        witness.begin_cell("check(…)", True)
        witness.end_cell("check(…)")
    found = witness.evidence(STAGE, 0, ())
    assert (found.ended, found.error, found.code) == ("error", "KeyError: 1", "stub")


def test_what_cannot_be_read_is_passed_on(witness, r):
    """With subscriptions, pictures, or many at once, the client notices nothing."""
    with connect(witness.url) as seen:
        repr(picture(seen, STAGE))
        with seen.pubsub() as listener:
            listener.subscribe("99:channel")
            assert listener.get_message(timeout=5)["type"] == "subscribe"
            r.publish("99:channel", "hello")
            assert listener.get_message(timeout=5)["data"] == "hello"
        threads = [
            threading.Thread(target=lambda: [seen.xadd(STAGE, {"n": n}) for n in range(200)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen.xlen(STAGE) == 800
        seen.set(STAGE + ":large", big := "x" * 3_000_000)
        assert seen.get(STAGE + ":large") == big


@pytest.mark.parametrize("sandboxed", [False, pytest.param(True, marks=SANDBOXED)])
def test_a_kernel_cannot_forge_evidence(embedded_url, tmp_path, sandboxed):
    """Neither by writing to its own log, nor by patching the client."""
    with (
        Witness(embedded_url) as witness,
        Kernel(witness.url, tmp_path, threading.Event(), sandboxed=sandboxed) as kernel,
    ):
        assert kernel.run(FORGED, 30) == ""
        assert witness.evidence(STAGE, 0, ()).sent == ()


ADDED = b"*5\r\n$4\r\nXADD\r\n$8\r\n99:stage\r\n$1\r\n*\r\n$5\r\nvalue\r\n$1\r\n1\r\n"
HIDING = {
    "inline": b"XADD 99:stage * value 1\r\n",
    "odd line ends": ADDED.replace(b"\r\n", b"\rX"),
    "no answer": b"*3\r\n$6\r\nCLIENT\r\n$5\r\nREPLY\r\n$3\r\nOFF\r\n" + ADDED,
    "after MONITOR": b"*1\r\n$7\r\nMONITOR\r\n" + ADDED,
    "before SUBSCRIBE": ADDED + b"*2\r\n$9\r\nSUBSCRIBE\r\n$1\r\nc\r\n",
    "an empty command first": b"*0\r\n" + ADDED,
    "hung up": ADDED * 3,
}


@pytest.mark.parametrize("way", HIDING)
def test_nothing_is_done_that_is_not_in_the_book(witness, r, way):
    """Commands that the witness can't read or match are never passed on; those it passes on are
    noted."""
    with connect(witness.url) as seen:
        clean_slate(seen, STAGE)
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(unquote(urlsplit(witness.url).path))
        client.sendall(HIDING[way])
        client.shutdown(socket.SHUT_WR)
        if way != "hung up":
            while client.recv(65536):
                pass
    if way == "hung up":  # Perhaps before the witness has accepted the connection
        wait_until(lambda: r.xlen(STAGE), 20, "its commands")
    wait_until(lambda: not witness._open, 20, "the end of the connection")
    noted = [each.command for each in witness.evidence(STAGE, 0, ()).sent]
    assert noted.count("XADD") == r.xlen(STAGE)


def test_an_answer_called_queued_hides_nothing(witness):
    """Only within a transaction does it mean that a command waits for EXEC."""
    with connect(witness.url) as seen:
        clean_slate(seen, STAGE)
        seen.eval("redis.call('XADD', KEYS[1], '*', 'a', 1) return 'QUEUED'", 1, STAGE)
    assert [each.command for each in witness.evidence(STAGE, 0, ()).sent] == ["EVAL"]


def test_a_witness_has_room_for_its_neighbors(witness, monkeypatch):
    """Too many connections, or too long a command, are refused; others continue."""
    monkeypatch.setattr("helpers.grading.witness.MOST_BYTES", 1_000_000)
    monkeypatch.setattr("helpers.grading.witness.MOST_CONNECTIONS", 20)
    with connect(witness.url) as seen, connect(witness.url) as greedy:
        seen.ping()
        with pytest.raises(redis.ConnectionError):
            greedy.set(STAGE, "x" * 2_000_000)
        crowd = [socket.socket(socket.AF_UNIX) for _ in range(40)]
        for each in crowd:
            each.connect(unquote(urlsplit(witness.url).path))
        wait_until(lambda: len(witness._open) >= 40, 20, "the most connections")
        with pytest.raises(redis.ConnectionError):
            connect(witness.url).ping()
        for each in crowd:
            each.close()
        wait_until(lambda: len(witness._open) <= 4, 20, "their end")
        assert seen.ping()
