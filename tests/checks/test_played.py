"""The reply to a learner who has tried: never "solved" for another task, never "not started" for a
try, and a hint about this very attempt."""

import contextlib
import threading

import pytest

from helpers.checks.lessons import exercises, lessons
from helpers.checks.verdict import SOLVED, UNTOUCHED, examine
from helpers.connection import connect, evidence
from helpers.incidents import all_looks
from helpers.streams import clean_slate
from tests.checks.attempts import RIGHT, TRIED
from tests.learners import Learner, filled

ALL = {e.name: e for lesson in lessons() for e in exercises(lesson)}


@pytest.fixture
def learner(embedded_url, monkeypatch):
    """Make a learner who has run the lesson up to an exercise; its keys are deleted afterward."""
    monkeypatch.setenv("REDIS_URL", embedded_url)
    with contextlib.ExitStack() as stack:
        r = stack.enter_context(connect())

        def make(name: str) -> Learner:
            stack.enter_context(evidence.record())
            learner = Learner(r, ALL[name])
            r_learner, lesson = learner.names["r"], name[:2]
            stream_of(r_learner, lesson)
            learner.names |= MADE.get(lesson, lambda r: {})(r_learner)
            stack.callback(clean_slate, r, name[:2] + ":")
            return learner

        yield make
        for late in threading.enumerate():
            if isinstance(late, threading.Timer):
                late.cancel()
                late.join()


def stream_of(r, lesson: str) -> None:
    """The lesson's own stream, with a group and an entry, as an attempt may use it by mistake."""
    r.xgroup_create(stream := f"{lesson}:dataStream", "consumerGroup", id="0", mkstream=True)
    r.xadd(stream, {"value": "a"})


def lesson01(r) -> dict:
    """The entry and the impatient client that lesson 01 has made."""
    [(first, _)] = r.xrange("01:dataStream")
    return {"first": first, "hasty": connect(timeout=0.3)}


def lesson02(r) -> dict:
    """The stream whose producer started early."""
    r.xadd("02:early", {"value": 1})
    return {}


def lesson04(r) -> dict:
    """The round that lesson 04 wrote by hand."""

    def consume(handle, count=10):
        reply = r.xreadgroup(
            "consumerGroup", "consumer1", {"04:dataStream": ">"}, count=count, block=100
        )
        for entry_id, fields in reply.get("04:dataStream", []):
            handle(fields)
            r.xack("04:dataStream", "consumerGroup", entry_id)

    return {"consume": consume}


def lesson12(r) -> dict:
    """The looks and the rules that lesson 12 makes before its exercises."""
    return {"looks": all_looks(12)}


MADE = {"01": lesson01, "02": lesson02, "04": lesson04, "12": lesson12}
"""The names that lessons define before their exercises."""


def verdict(learner: Learner, code: str):
    """Return the check's reply to this code."""
    with contextlib.suppress(KeyboardInterrupt):  # Somebody pressed ■
        learner.run(filled(learner.exercise, code))
    passed = [learner.names.get(value) for value in learner.exercise.values]
    return examine(learner.exercise.name, learner.names["r"], *passed)


@pytest.mark.parametrize("attempt", RIGHT, ids=lambda attempt: attempt.exercise)
def test_a_right_attempt_is_solved(learner, attempt):
    """However it got there, unless the task asks for one way."""
    learner = learner(attempt.exercise)
    found = verdict(learner, attempt.code)
    assert learner.error is None and found.state == SOLVED, found.lines


@pytest.mark.parametrize("attempt", TRIED, ids=lambda attempt: attempt.exercise)
def test_an_attempt_is_told_what_is_true_of_it(learner, attempt):
    """The state is right, and what is seen or the hint has the expected words."""
    found = verdict(learner(attempt.exercise), attempt.code)
    assert (found.state, found.misconception) == attempt[1:3], found.lines
    assert attempt.says in " ".join(found.lines), found.lines


def test_two_attempts_with_the_same_hint_have_the_same_idea():
    """No hint is so general that it fits everything: at most six kinds of attempts share one."""
    said = [(each.exercise, each.says) for each in TRIED if each.says]
    assert {words for words in said if said.count(words) > 6} == set()


def test_hardly_anybody_who_tried_is_told_that_they_have_not_started():
    """The remaining attempts send nothing, set nothing, or set a value that needs no look."""
    assert len([each for each in TRIED if each.state == UNTOUCHED]) <= 5
    assert len(TRIED) > 150 and len(RIGHT) > 40
