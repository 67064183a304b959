"""Connect: what a PING proves, how late an empty reply comes, and which characters of a password
must be encoded."""

import re
import time

import pytest
import redis

from helpers.connection import connect
from helpers.outcomes import outcome
from helpers.servers.own import OwnServer
from tests.known_servers import DEBIAN_REDIS
from tests.learners import notebook


@pytest.fixture(params=["embedded", "debian"])
def own(request):
    """A separate server, at hz 1 and with a user who may only PING."""
    if request.param == "debian" and not DEBIAN_REDIS.exists():
        pytest.skip(f"{DEBIAN_REDIS} is not installed.")
    with OwnServer(str(DEBIAN_REDIS) if request.param == "debian" else None, hz=1) as server:
        with connect(server.url) as r:
            r.acl_setuser("visitor", enabled=True, passwords=["+secret"], commands=["+ping"])
        yield server


def test_a_pong_does_not_prove_that_one_may_do_more(own):
    """The user logs in and gets the reply, but may not even count a stream's entries."""
    visitor = redis.Redis(unix_socket_path=str(own.path), username="visitor", password="secret")
    assert visitor.ping() is True
    with pytest.raises(redis.exceptions.NoPermissionError):
        visitor.xlen("s")


def test_a_hundred_milliseconds_are_no_bound_for_an_empty_reply(own):
    """At hz 1, an idle server checks once a second; the first wait ends with a check, so the second
    one is certainly late."""
    with connect(own.url) as r:
        r.xread({"s": "$"}, block=100)
        begun = time.monotonic()
        assert r.xread({"s": "$"}, block=100) == {}
        assert time.monotonic() - begun - 0.1 > 0.5


def test_three_settings_differ_from_those_of_redis_py(embedded_url):
    """The time-out isn't one of them."""
    with connect(embedded_url) as ours, redis.Redis() as theirs:
        names = ("decode_responses", "legacy_responses", "socket_timeout")
        a, b = (client.get_connection_kwargs() for client in (ours, theirs))
        assert [a.get(name) == b.get(name) for name in names] == [False, False, True]
        assert (ours.get_retry().get_retries(), theirs.get_retry().get_retries()) == (0, 10)


@pytest.mark.parametrize(
    ("character", "as_it_is"),
    [("/", False), ("#", False), ("?", False), ("%41", False), ("@", True), (":", True)],
)
def test_the_sentence_names_the_characters_that_must_be_encoded(character, as_it_is):
    """redis-py rejects or misreads each of them, but no other likely character; our refusal names
    them."""
    password = f"a{character}b"
    try:
        read = redis.ConnectionPool.from_url(f"redis://:{password}@localhost").connection_kwargs[
            "password"
        ]
    except ValueError:
        read = None
    with pytest.raises(ValueError) as refused:
        connect("redis://:sword#fish@localhost")
    assert (read == password) is as_it_is is (f"{character[0]} is %" not in str(refused.value))


def test_what_the_folded_section_says_of_addresses_is_what_connect_says():
    """No cell runs there, so this tries each row of its table."""
    [folded] = [c.source for _, c in notebook("01").prose if "bring your own server" in c.source]
    rows = re.findall(r"^\| `(\S+)` \| (.+) \|$", folded, re.MULTILINE)
    assert len(rows) == 3
    assert [(address, outcome(connect, address)) for address, _ in rows] == [
        (address, f"ValueError: {said}") for address, said in rows
    ]
