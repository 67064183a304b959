"""The outcome of a call that may fail: the reply, or the error as text."""

import pytest
import redis

from helpers.outcomes import outcome


def test_a_reply_comes_as_it_is(r, stream):
    """Whatever its type; arguments are passed on by position and by name."""
    entry_id = r.xadd(stream, {"value": 1})
    assert outcome(r.xread, {stream: "0"}, count=1) == {stream: [(entry_id, {"value": "1"})]}


def test_an_error_comes_as_its_name_and_words(r, stream):
    """As one string, so that a cell can print either."""
    r.set(stream, "text")
    said = outcome(r.xlen, stream)
    assert said.startswith("ResponseError: WRONGTYPE Operation against a key")


def test_an_interruption_is_no_outcome():
    """A learner who presses ■ wants the cell to end."""

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outcome(interrupted)


def test_an_error_of_the_arguments_is_one_too():
    """For a call that Python itself refuses."""
    assert outcome(redis.Redis.ping).startswith("TypeError: ")
