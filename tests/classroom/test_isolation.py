"""No learner reaches another, or the server: each command is refused, or it shows and changes
nothing of theirs."""

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.classroom import rights, server
from helpers.scripts import digest
from tests.classroom.probes import belongings, furnish, probes, secret

SAMPLES = 3
"""Learners in the class who try everything against the next one."""


def attempt(url: str, command: tuple) -> str:
    """Send one command over a new connection; return its reply, or its refusal."""
    once = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(url, retry=once, socket_timeout=5) as r:
        try:
            return repr(r.execute_command(*command, NEVER_DECODE=True))
        except redis.RedisError as error:
            return f"{type(error).__name__}: {error}"


def leaks(room, me: int, neighbor: int) -> list[tuple]:
    """Return the commands with which one learner learned something about another or the server, or
    changed it."""
    mine, theirs = room.learners()[me], room.learners()[neighbor]
    with server.teacher(room.folder) as teacher:
        databases = mine.database, theirs.database
        before, found = belongings(teacher, *databases), []
        for command in probes(theirs.database, theirs.user):
            said = attempt(mine.url, command)
            shown = secret(theirs) in said or theirs.user in said.replace(f"'{theirs.user}'", "")
            after = belongings(teacher, *databases)
            if shown or after != before:
                found.append((command, said))
                before = after
    return found


def test_nothing_leaks(shared):
    """Each learner of a sample tries everything against the next one."""
    for number in range(SAMPLES):
        furnish(shared.client(number), shared.learners()[number])
    for me in range(SAMPLES):
        assert leaks(shared, me, (me + 1) % SAMPLES) == []


def test_there_are_more_than_62_probes():
    """None appears twice."""
    tried = probes(2, "bob")
    assert len(set(tried)) == len(tried) > 62


@pytest.mark.parametrize(
    "right", ["alldbs +flushall", "+client|list", "+acl|list", "+swapdb alldbs"]
)
def test_a_leak_is_noticed(room, right):
    """The test can fail: with one right too many, it does."""
    room.up("Ann\nBob")
    for number in range(2):
        furnish(room.client(number), room.learners()[number])
    assert leaks(room, 0, 1) == []
    with server.teacher(room.folder) as teacher:
        teacher.execute_command("ACL SETUSER", "Ann", *right.split())
    assert leaks(room, 0, 1)


def test_own_scripts_stay_in_their_database(room):
    """With --own-scripts, a script can do what its learner can in their own database, and no
    more."""
    room.up("Ann\nBob", "--own-scripts")
    ann, bob = room.client(0), room.client(1)
    furnish(bob, room.learners()[1])
    assert ann.eval("return redis.call('SET', 'key', ARGV[1])", 0, "mine")
    for script in (
        "return redis.call('SELECT', 2)",
        "return redis.call('FLUSHALL')",
        "return redis.call('COPY', 'key', 'key', 'DB', 2, 'REPLACE')",
        "return redis.call('CONFIG', 'GET', '*')",
    ):
        with pytest.raises(redis.ResponseError, match="ACL failure|NOPERM|permission|not allowed"):
            ann.eval(script, 0)
    assert bob.get("key") == secret(room.learners()[1]) and ann.get("key") == "mine"


def test_all_the_courses_scripts_are_there(shared):
    """Learners may run each one by its digest, and the server has no others."""
    with server.teacher(shared.folder) as teacher:
        assert all(teacher.script_exists(*map(digest, rights.COURSE_SCRIPTS)))
    assert shared.client(0).script_exists(digest("return 1")) == [False]
