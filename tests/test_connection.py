"""connect(): what was asked for is used or refused in one sentence, quickly, and no secret is shown."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import redis

from helpers import connection
from helpers.connection import CannotConnect, can, connect, describe
from helpers.waiting import wait_until

SECRET = "swordfish"


@pytest.fixture(autouse=True)
def no_address(monkeypatch):
    """Nothing is asked for unless the test asks."""
    for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT"):
        monkeypatch.delenv(name, raising=False)


def refusal(*args, **kwargs) -> str:
    """The sentence with which connect() refuses, within three seconds."""
    began = time.monotonic()
    with pytest.raises((ValueError, TypeError, CannotConnect)) as caught:
        connect(*args, **kwargs)
    assert time.monotonic() - began < 3
    return str(caught.value)


@pytest.mark.parametrize("url, words", [
    ("localhost:6379", "must start with redis://"),
    ("http://localhost:6379", "not with http://"),
    ("redis-sentinel://localhost", "must start with redis://"),
    ("redis://localhost:abc", "port that isn't a number"),
    ("redis://localhost:99999", "port that isn't a number"),
    ("redis://localhost:0", "port 0"),
    ("redis://localhost:6379/abc", "database that isn't a whole number"),
    ("redis://localhost:6379/-1", "database that isn't a whole number"),
    ("redis://localhost?db=abc", "database that isn't a whole number"),
    (f"redis://:{SECRET}/1@localhost", "percent-encode"),
    (f"redis://:{SECRET}#1@localhost", "percent-encode"),
    (f"redis://:{SECRET}?1@localhost", "percent-encode"),
    (f"redis://:{SECRET}[1@localhost", "percent-encode"),
    (f"redis://:{SECRET}", "password without @host"),
    (f"{SECRET}@localhost", "must start with redis://"),
    (f"redis:/:{SECRET}@localhost", "must start with redis://"),
    ("redis://localhost?timeout=3", "unknown option 'timeout'"),
    ("redis://localhost?socket_timeout=3", "unknown option 'socket_timeout'"),
    ("redis://localhost?retry_on_timeout=yes", "unknown option 'retry_on_timeout'"),
    ("redis://localhost?ssl_ca_certs=/ca.pem", "unknown option 'ssl_ca_certs'"),
    ("rediss://localhost?ssl_ca_certs=/no/such/ca.pem", "nothing listens"),
    ("rediss://localhost?ssl_cert_reqs=perhaps", "ssl_cert_reqs must be"),
    ("redis://::1:6379", "brackets"),
    ("unix://", "names no socket"),
    ("unix:///no/such/redis.sock", "nothing listens at unix:///no/such/redis.sock"),
    ("redis://localhost:1", "nothing listens at redis://localhost:1"),
    ("rediss://localhost:1", "nothing listens at rediss://localhost:1"),
    ("redis://no-such-host.invalid", "no host of that name is known"),
    (5, "takes a URL as text"),
])
def test_a_wrong_address_is_refused_in_one_sentence(url, words):
    """Every wrong address gets a sentence that says what is wrong, whether it is an argument or REDIS_URL."""
    text = refusal(url)
    assert words in text
    assert text.count("\n") == 0 and SECRET not in text


def test_redis_url_is_named_when_it_is_wrong(monkeypatch):
    """The sentence names the variable that has to be mended."""
    monkeypatch.setenv("REDIS_URL", f"redis://:{SECRET}/@localhost")
    assert refusal().startswith("REDIS_URL can't be read")


@pytest.mark.parametrize("host, port, words", [
    ("localhost:6379", "", "REDIS_HOST must be a host alone"),
    ("redis://localhost", "", "a whole URL goes into REDIS_URL"),
    ("localhost", "abc", "REDIS_PORT must be a number"),
    ("localhost", "99999", "REDIS_PORT must be a number"),
    ("", "6379", "REDIS_PORT is set without REDIS_HOST"),
    ("localhost", "1", "REDIS_HOST: nothing listens at redis://localhost:1"),
    ("::1", "1", "REDIS_HOST: nothing listens at redis://[::1]:1"),
])
def test_a_wrong_host_is_refused_in_one_sentence(monkeypatch, host, port, words):
    """REDIS_HOST and REDIS_PORT are read, unlike in the Go program, and never replaced by another server."""
    monkeypatch.setenv("REDIS_HOST", host)
    monkeypatch.setenv("REDIS_PORT", port)
    assert words in refusal()


def test_the_argument_comes_before_the_environment(monkeypatch, embedded_url):
    """What is asked for most explicitly is used."""
    monkeypatch.setenv("REDIS_URL", "redis://localhost:1")
    with connect(f"  {embedded_url}\n") as r:
        assert r.ping()


def test_empty_text_counts_as_unset(monkeypatch):
    """An empty variable, as Compose makes it, asks for nothing: the embedded server answers."""
    for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT"):
        monkeypatch.setenv(name, " ")
    with connect("") as r:
        assert describe(r).startswith("Valkey 9.")


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), None, "5", True])
def test_a_wrong_timeout_is_refused(timeout):
    """A time-out is a finite number of seconds above zero."""
    assert "timeout must be a number of seconds" in refusal(timeout=timeout)


def talk(answer: bytes | None):
    """A port on loopback that answers each connection with `answer`, or accepts and says nothing; returns (port, close)."""
    listener = socket.create_server(("127.0.0.1", 0))
    held = []

    def serve():
        while True:
            try:
                held.append(listener.accept()[0])
                if answer is not None:
                    held[-1].recv(1000)
                    held[-1].sendall(answer)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1], lambda: [s.close() for s in (listener, *held)]


@pytest.mark.parametrize("answer, scheme, words", [
    (None, "redis", "doesn't answer as Redis does"),
    (None, "rediss", "doesn't answer over TLS"),
    (b"HTTP/1.1 400 Bad Request\r\n\r\n", "redis", "doesn't speak Redis"),
    (b"<html>", "redis", "doesn't speak Redis"),
    (b"-ERR unknown command 'HELLO'\r\n-ERR unknown command\r\n", "redis", "too old or not Redis"),
    (b"+PONG\r\n" * 5, "rediss", "doesn't speak TLS"),
    (b"-LOADING Redis is loading the dataset in memory\r\n" * 5, "redis", "still loading"),
    (b"-DENIED Redis is running in protected mode\r\n" * 5, "redis", "protected mode"),
    (b"-ERR max number of clients reached\r\n" * 5, "redis", "no connection left"),
])
def test_what_is_not_a_usable_redis_is_told_apart(answer, scheme, words):
    """Something listens, but it is silent, another program, without TLS, or not ready."""
    port, close = talk(answer)
    try:
        assert words in refusal(f"{scheme}://127.0.0.1:{port}")
    finally:
        close()


@pytest.fixture
def guarded(r, prefix, url):
    """The name of a user with a password on the server under test; gone afterwards."""
    user = prefix.replace(":", "-")
    r.acl_setuser(user, enabled=True, passwords=[f"+{SECRET}"], keys=["*"], categories=["+@all"], commands=["-info"])
    yield user
    r.acl_deluser(user)


def test_passwords_are_used_refused_and_never_shown(guarded, url):
    """The right password connects; a wrong one, or one in the wrong place, is refused without being shown."""
    path = url.removeprefix("unix://")
    if not url.startswith("unix://"):
        pytest.skip("this server is not on a Unix socket: its URL has another form")
    with connect(f"unix://{guarded}:{SECRET}@{path}") as r:
        assert r.acl_whoami() == guarded
    assert "refused the user name or the password" in (text := refusal(f"unix://{guarded}:{SECRET}1@{path}"))
    assert SECRET not in text


def test_a_database_that_does_not_exist_is_refused(url):
    """Database 9999 is refused when connecting, not at the first command."""
    parts = urlsplit(url)  # it may name a database already
    place = parts.path + "?db=9999" if parts.scheme == "unix" else "/9999"
    assert "no database of that number" in refusal(f"{parts.scheme}://{parts.netloc}{place}")


def test_the_client_has_the_courses_settings(r, stream):
    """Text, one reply shape, no silent retries, a bounded wait."""
    entry_id = r.xadd(stream, {"value": 7})
    assert r.xread({stream: "0"}) == {stream: [(entry_id, {"value": "7"})]}
    assert r.get_retry().get_retries() == 0
    assert r.get_connection_kwargs()["socket_timeout"] == 5


def test_a_lost_connection_is_raised_not_retried(url):
    """A command that meets a closed connection is sent once: the error comes through, and the next command works."""
    with connect(url) as r, connect(url) as killer:
        r.client_setname("victim")
        [victim] = [c for c in killer.client_list() if c["name"] == "victim"]

        def kill_when_it_waits():
            wait_until(lambda: "b" in killer.client_list(client_id=[victim["id"]])[0]["flags"], 4, "the victim to block")
            killer.client_kill_filter(_id=victim["id"])

        with ThreadPoolExecutor() as pool:
            killed = pool.submit(kill_when_it_waits)
            with pytest.raises(redis.ConnectionError):
                r.blpop("test:no-such-list", timeout=4)
            killed.result()
        assert r.ping()


def test_a_blocking_read_cannot_outlast_the_time_out(url, stream):
    """BLOCK 0 ends with the socket time-out, and the client goes on working."""
    with connect(url, timeout=0.2) as r:
        began = time.monotonic()
        with pytest.raises(redis.TimeoutError):
            r.xread({stream: "$"}, block=0)
        assert time.monotonic() - began < 3
        assert r.ping()


def test_the_server_is_named_as_it_is(r, server_name):
    """Valkey says Valkey, although it calls itself Redis 7.2.4."""
    assert server_name.startswith(describe(r).lower().replace(" ", "-"))


def test_features_are_told_by_asking(r):
    """What a server can do agrees with what it does, and asking changes nothing."""
    keys = r.dbsize()
    assert can(r, "XAUTOCLAIM") and not can(r, "XNOSUCHCOMMAND")
    if describe(r).startswith("Valkey") or describe(r).startswith("Redis 7"):
        assert not any(can(r, feature) for feature in ("XNACK", "XACKDEL", "CLAIM", "IDMP", "KEEPREF"))
    assert r.dbsize() == keys


def test_an_older_server_is_refused(monkeypatch, url):
    """A server older than the oldest supported one gets one sentence; here every server counts as too old."""
    monkeypatch.setattr(connection, "OLDEST", (99, 0))
    assert "but the course needs 99.0 or newer" in refusal(url)


@pytest.mark.parametrize("value", ["text", b"bytes", 7, 0.5, bytearray(b"array"), memoryview(b"view")])
def test_values_are_sent_as_redis_py_sends_them(r, stream, value):
    """Packing without a look at each argument first stores the same bytes, also of what needs that look."""
    with redis.Redis.from_pool(redis.ConnectionPool(**r.connection_pool.connection_kwargs | {"command_packer": None},
                                                    connection_class=r.connection_pool.connection_class)) as plain:
        for client in (r, plain):
            client.xadd(stream, {"value": value})
    [(_, ours), (_, theirs)] = r.xrange(stream)
    assert ours == theirs


@pytest.mark.parametrize("value", [None, True, [1], {"a": 1}])
def test_values_that_cannot_be_sent_are_refused_as_redis_py_does(r, stream, value):
    """DataError, and nothing is stored."""
    with pytest.raises(redis.DataError):
        r.xadd(stream, {"value": value})
    assert r.exists(stream) == 0
