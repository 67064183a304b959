"""A class of three hundred on one server: each gets what they would get alone."""

import resource

import pytest

from helpers.classroom import server
from tests.classroom import replay
from tests.classroom.probes import furnish
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


@pytest.mark.long
def test_three_hundred_learners_get_what_one_gets(room, tmp_path):
    """All that lessons 00 to 04 send, recorded from a real run and replayed by everybody at once:
    the same replies, and nothing leaks then."""
    room.up("\n".join(f"Learner {n}" for n in range(LEARNERS)))
    learners = room.learners()
    events = replay.record(FILES, room.folder.socket, learners[0], room.names.with_suffix(".sock"))
    sent = [words for _, word, words in events if word == "sent"]
    assert {b"XADD", b"XREADGROUP", b"XACK", b"EVALSHA", b"EXEC"} <= {words[0] for words in sent}
    with server.teacher(room.folder) as r:
        r.execute_command("SELECT", learners[0].database)
        r.flushdb()
    outcomes = replay.replayed([each.url for each in learners], events)
    assert [one.wrong[:2] for one in outcomes if one.wrong or one.commands != len(sent)] == []
    furnish(room.client(200), learners[200])
    assert leaks(room, 100, 200) == []


def test_a_wrong_reply_is_noticed(room):
    """The comparison can fail: an entry more than in the recorded run, or another value."""
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
