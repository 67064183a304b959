"""A class of three hundred on one server: each learner gets the same replies as alone."""

import resource

import pytest

from helpers.classroom import pull, server
from tests.classroom import replay
from tests.classroom.probes import furnish
from tests.classroom.rooms import classroom
from tests.classroom.test_isolation import leaks
from tests.notebook_rules import NOTEBOOKS

LEARNERS = 300
FILES = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem[:2] <= "04"]


@pytest.fixture(scope="module", autouse=True)
def files():
    """Let this process open a few connections for each learner."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 30 * LEARNERS), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, most))


@pytest.fixture(scope="module")
def crowd():
    """A class of three hundred that is up."""
    with classroom() as made:
        made.up("\n".join(f"Learner {n}" for n in range(LEARNERS)))
        yield made


@pytest.fixture(scope="module")
def events(crowd):
    """The commands and replies of a real run of the lessons, as the first learner."""
    learner = crowd.learners()[0]
    found = replay.record(FILES, crowd.folder.socket, learner, crowd.names.with_suffix(".sock"))
    with server.teacher(crowd.folder) as r:
        r.execute_command("SELECT", learner.database)
        r.flushdb()
        pull.standings(r, [learner.database])  # As `class up` left it
    return found


@pytest.mark.long
def test_a_real_run_is_recorded(events):
    """With its replies, and with every command that the lessons are about."""
    sent = {words[0] for _, word, words in events if word == "sent"}
    assert {b"XADD", b"XREADGROUP", b"XACK", b"XCLAIM", b"EVALSHA", b"EXEC"} <= sent
    assert len(events) > 1500


@pytest.mark.long
def test_three_hundred_learners_get_what_one_gets(crowd, events):
    """All at once, and their replies match the recorded ones."""
    sent = [words for _, word, words in events if word == "sent"]
    outcomes = list(replay.replayed([each.url for each in crowd.learners()], events))
    assert len(outcomes) == LEARNERS
    assert [one.wrong[:2] for one in outcomes if one.wrong or one.commands != len(sent)] == []


def test_nothing_leaks_among_three_hundred(crowd):
    """One of them tries everything against another."""
    furnish(crowd.client(200), crowd.learners()[200])
    assert leaks(crowd, 100, 200) == []


def test_a_wrong_reply_is_noticed(room):
    """The comparison can fail: it finds an extra entry, or another value."""
    room.up("Ann")
    added = b"1700000000000-0"
    for value, length, wrong in ((b"1", 1, 0), (b"2", 1, 1), (b"1", 2, 1)):
        room.client(0).delete("s")
        events = [
            (1, "sent", [b"XADD", b"s", b"*", b"value", b"1"]),
            (1, "got", added),
            (1, "sent", [b"XRANGE", b"s", added, b"+"]),
            (1, "got", [[added, [b"value", value]]]),
            (1, "sent", [b"XLEN", b"s"]),
            (1, "got", length),
            (1, "closed", None),
        ]
        [outcome] = replay.replayed([room.learners()[0].url], events)
        assert len(outcome.wrong) == wrong
