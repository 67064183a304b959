"""The grader's own book: what a hand-in's server was sent, whatever the hand-in says about it."""

import threading

import pytest
import redis

from helpers.connection import connect
from helpers.grading.kernel import Kernel
from helpers.grading.witness import Witness
from helpers.streams import clean_slate
from helpers.views import picture

STAGE = "99:stage"
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
    """A relay to the server under test; its keys are gone afterward."""
    with Witness(url) as witness:
        yield witness
        clean_slate(r, STAGE)


def test_commands_and_answers_are_seen_as_a_kernel_notes_them(witness):
    """Of single commands, pipelines, transactions and scripts; without the stage's own."""
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
    assert [(each.command, each.answer) for each in found.sent[:4]] == [
        ("XLEN", 1),
        ("XACK", 0),
        ("XLEN", 1),
        ("EVAL", 7),
    ]
    assert "Invalid stream ID" in found.sent[4].error and found.watched


def test_clearing_a_full_stage_is_not_the_learners(witness):
    """Neither the scan nor the deletion; a later deletion is."""
    with connect(witness.url) as seen:
        for _ in range(2):
            clean_slate(seen, STAGE)
            seen.xadd(STAGE, {"value": 1})
        seen.delete(STAGE)
    assert [each.command for each in witness.evidence(STAGE, 1, ()).sent] == ["DEL"]


def test_who_never_sets_the_stage_is_judged_by_what_was_sent(witness):
    """Leaving clean_slate out hides nothing, and gains nothing."""
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
    """Subscriptions, pictures, many at once: the client notices nothing."""
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


def test_a_kernel_cannot_forge_evidence(embedded_url, tmp_path):
    """Neither by writing into its own book, nor by patching the client."""
    with (
        Witness(embedded_url) as witness,
        Kernel(witness.url, tmp_path, threading.Event()) as kernel,
    ):
        assert kernel.run(FORGED, 30) == ""
        assert witness.evidence(STAGE, 0, ()).sent == ()
