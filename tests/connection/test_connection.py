"""connect(): the requested server is used, or refused quickly in one sentence that shows no
secret."""

import os
import re
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

import numpy as np
import pytest
import redis

from helpers.connection import CannotConnect, can, client, connect, describe, urls
from helpers.replies import ask
from helpers.servers.own import OwnServer
from helpers.streams import ack_with, ensure_group, read_group
from helpers.waiting import wait_until

ROOT = Path(__file__).parents[2]
SECRET = "swordfish"


@pytest.fixture(autouse=True)
def no_address(monkeypatch):
    """No server is requested unless the test does so."""
    for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT"):
        monkeypatch.delenv(name, raising=False)


def refusal(*args, **kwargs) -> str:
    """Return the sentence with which connect() refuses, within three seconds."""
    began = time.monotonic()
    with pytest.raises((ValueError, TypeError, CannotConnect)) as caught:
        connect(*args, **kwargs)
    assert time.monotonic() - began < 3
    return str(caught.value)


@pytest.mark.parametrize(
    "url, words",
    [
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
        (
            "rediss://localhost?ssl_ca_certs=/no/such/ca.pem",
            "ssl_ca_certs names '/no/such/ca.pem', which isn't a file",
        ),
        ("rediss://localhost?ssl_ca_certs=", "ssl_ca_certs names '', which isn't a file"),
        (
            "rediss://localhost?ssl_certfile=/no/such/our.crt",
            "ssl_certfile names '/no/such/our.crt', which isn't a file",
        ),
        ("rediss://localhost?ssl_keyfile=/etc/hosts", "ssl_keyfile without ssl_certfile"),
        ("rediss://localhost?ssl_ca_certs=/etc/hosts", "'/etc/hosts', which holds no certificate"),
        ("rediss://localhost?ssl_certfile=/etc/hosts", "'/etc/hosts', which holds no certificate"),
        (
            "rediss://localhost?ssl_cert_reqs=perhaps",
            "ssl_cert_reqs must be required, optional or none",
        ),
        ("rediss://localhost?ssl_check_hostname=perhaps", "ssl_check_hostname must be true,"),
        ("redis://localhost/1?db=2", "has both /1 and db=2"),
        ("rediss://localhost/1?db=2", "has both /1 and db=2"),
        ("redis://localhost?db=1&db=2", "option db twice"),
        ("unix:///tmp/redis.sock?db=1&db=2", "option db twice"),
        ("redis://localhost?client_name=a&client_name=b", "option client_name twice"),
        (f"redis://me:{SECRET}@localhost?password=other", "unknown option 'password'"),
        (f"redis://me:{SECRET}@localhost?username=you", "unknown option 'username'"),
        ("redis://localhost:1?port=2", "unknown option 'port'"),
        ("redis://localhost?host=elsewhere", "unknown option 'host'"),
        ("unix:///tmp/redis.sock?path=/other.sock", "unknown option 'path'"),
        ("redis://localhost/1/2", "database that isn't a whole number"),
        ("redis://localhost/9999999999", "digits: most servers have 16"),
        ("redis://localhost/" + "9" * 5000, "digits: most servers have 16"),
        ("redis://local\thost", "can't be printed"),
        (f"redis://:{SECRET}\n1@localhost", "can't be printed"),
        ("redis://local%00host", "can't be printed"),
        ("redis://a..b", "host name that can't be one"),
        (f"redis://{'a' * 64}.invalid", "host name that can't be one"),
        ("unix://tmp/redis.sock", "by its whole path"),
        ("unix://./redis.sock", "by its whole path"),
        ("unix://~/redis.sock", "by its whole path"),
        (f"unix://:{SECRET}@redis.sock", "by its whole path"),
        (f"unix:///tmp/{'x' * 120}.sock", "too long a path for a socket"),
        ("unix:///etc/hosts", "nothing listens at unix:///etc/hosts"),
        ("unix:///etc/hosts/redis.sock", "nothing listens at unix:///etc/hosts/redis.sock"),
        ("redis://::1:6379", "brackets"),
        ("redis://localhost:6379:2", "too many colons"),
        (f"redis://:{SECRET}localhost:6379", "an @ after it"),
        ("unix://", "names no socket"),
        ("unix:///no/such/redis.sock", "nothing listens at unix:///no/such/redis.sock"),
        ("redis://localhost:1", "nothing listens at redis://localhost:1"),
        ("rediss://localhost:1", "nothing listens at rediss://localhost:1"),
        ("redis://no-such-host.invalid", "no host of that name is known"),
        (5, "takes a URL as text"),
    ],
)
def test_a_wrong_address_is_refused_in_one_sentence(url, words):
    """Every wrong address, as an argument or in REDIS_URL, gets a sentence that says what is
    wrong."""
    text = refusal(url)
    assert words in text
    assert text.count("\n") == 0 and SECRET not in text


def test_redis_url_is_named_when_it_is_wrong(monkeypatch):
    """The sentence names the variable to fix."""
    monkeypatch.setenv("REDIS_URL", f"redis://:{SECRET}/@localhost")
    assert refusal().startswith("REDIS_URL can't be read")


@pytest.mark.parametrize(
    "host, port, words",
    [
        ("localhost:6379", "", "REDIS_HOST must be a host alone"),
        ("redis://localhost", "", "a whole URL goes into REDIS_URL"),
        ("localhost", "abc", "REDIS_PORT must be a number"),
        ("localhost", "99999", "REDIS_PORT must be a number"),
        ("", "6379", "REDIS_PORT is set without REDIS_HOST"),
        ("localhost", "1", "REDIS_HOST: nothing listens at redis://localhost:1"),
        ("::1", "1", "REDIS_HOST: nothing listens at redis://[::1]:1"),
        ("localhost", "tcp://10.0.0.1:6379", "REDIS_PORT must be a number"),
        ("localhost", "1/2", "REDIS_PORT must be a number"),
        ("a..b", "", "REDIS_HOST has a host name that can't be one"),
    ],
)
def test_a_wrong_host_is_refused_in_one_sentence(monkeypatch, host, port, words):
    """Unlike in the Go program, REDIS_HOST and REDIS_PORT are read, and no other server is used
    instead."""
    monkeypatch.setenv("REDIS_HOST", host)
    monkeypatch.setenv("REDIS_PORT", port)
    assert words in refusal()


def test_the_argument_comes_before_the_environment(monkeypatch, embedded_url):
    """The most explicit request wins."""
    monkeypatch.setenv("REDIS_URL", "redis://localhost:1")
    with connect(f"  {embedded_url}\n") as r:
        assert r.ping()


def test_empty_text_counts_as_unset(monkeypatch):
    """An empty variable, as Compose sets it, requests nothing: the embedded server answers."""
    for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT"):
        monkeypatch.setenv(name, " ")
    with connect("") as r:
        assert describe(r).startswith("Valkey 9.")


def test_a_variable_that_kubernetes_sets_asks_for_nothing(monkeypatch):
    """If a service is named redis, each container has such a REDIS_PORT: the embedded server
    answers."""
    monkeypatch.setenv("REDIS_PORT", "tcp://10.0.0.1:6379")
    with connect() as r:
        assert describe(r).startswith("Valkey 9.")


def test_a_database_may_be_named_twice_if_it_is_the_same_one():
    """Path and option agree, so there is no contradiction."""
    assert urls.checked("redis://localhost/1?db=1", "it") == "redis://localhost/1?db=1"


@pytest.mark.parametrize(
    "timeout", [0, -1, float("nan"), float("inf"), None, "5", True, 1e300, 10**400]
)
def test_a_wrong_timeout_is_refused(timeout):
    """A time-out is a positive number of seconds that the system can wait for."""
    assert "timeout must be a number of seconds" in refusal(timeout=timeout)


@pytest.mark.parametrize("retries", [-1, 0.5, float("nan"), float("inf"), "5", True, None])
def test_a_wrong_number_of_retries_is_refused(retries):
    """redis-py would take -1 for endless retries."""
    assert "retries must be a whole number from 0 up" in refusal(retries=retries)


def talk(answer: bytes | None):
    """A loopback port that answers each connection with `answer`, or accepts and says nothing;
    returns (port, close)."""
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


@pytest.mark.parametrize(
    "answer, scheme, words",
    [
        (None, "redis", "doesn't answer as Redis does"),
        (None, "rediss", "doesn't answer over TLS"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "redis", "doesn't speak Redis"),
        (b"<html>", "redis", "doesn't speak Redis"),
        (
            b"-ERR unknown command 'HELLO'\r\n-ERR unknown command\r\n",
            "redis",
            "too old or not Redis",
        ),
        (b"+PONG\r\n" * 5, "rediss", "doesn't speak TLS"),
        (
            b"-LOADING Redis is loading the dataset in memory\r\n" * 5,
            "redis",
            "still loading its data (LOADING)",
        ),
        (b"-DENIED Redis is running in protected mode\r\n" * 5, "redis", "protected mode"),
        (b"-ERR max number of clients reached\r\n" * 5, "redis", "no connection left"),
        (
            b"-ERR max number of clients + cluster connections reached\r\n" * 5,
            "redis",
            "no connection left",
        ),
        (b"-NOAUTH Authentication required.\r\n" * 5, "redis", "wants a password"),
        (
            b"-MISCONF Errors writing to the AOF file: No space left on device\r\n" * 5,
            "redis",
            "can't save its data, so it refuses",
        ),
        (
            b"-BUSY Redis is busy running a script. You can only call SCRIPT KILL\r\n" * 5,
            "redis",
            "busy with a script",
        ),
        (
            b"-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n"
            * 5,
            "redis",
            "lost its primary",
        ),
        (
            b"-READONLY You can't write against a read only replica.\r\n" * 5,
            "redis",
            "takes no writes (READONLY)",
        ),
        (
            b"-OOM command not allowed when used memory > 'maxmemory'.\r\n" * 5,
            "redis",
            "no memory left (OOM)",
        ),
        (
            b"-NOPERM User eve has no permissions to run the 'ping' command\r\n" * 5,
            "redis",
            "doesn't let this user run PING (NOPERM)",
        ),
        (
            b"-TRYAGAIN Multiple keys request during rehashing of slot\r\n" * 5,
            "redis",
            "answers 'TRYAGAIN Multiple keys request",
        ),
        (
            b"-CLUSTERDOWN The cluster is down\r\n" * 5,
            "redis",
            "answers 'CLUSTERDOWN The cluster is down': it belongs to a cluster",
        ),
        (
            b"-MOVED 12182 127.0.0.1:7001\r\n" * 5,
            "redis",
            "12182 127.0.0.1:7001': it belongs to a cluster",
        ),
        (
            b"-NOREPLICAS Not enough good replicas to write.\r\n" * 5,
            "redis",
            "answers 'NOREPLICAS Not enough good replicas to write'",
        ),
        (
            b"-NOPROTO unsupported protocol version\r\n" * 5,
            "redis",
            "answers 'NOPROTO unsupported protocol version'",
        ),
        (b"-ERR SELECT is not allowed in cluster mode\r\n" * 5, "redis", "only database 0"),
        (
            b"-ODD you sent me, " + SECRET.encode() + b"\r\n" * 5,
            "redis",
            "answers 'ODD you sent me",
        ),
        (
            b"-ERR unknown command 'AUTH', with args beginning with: '"
            + SECRET.encode()
            + b"'\r\n" * 5,
            "redis",
            'answers "unknown command',
        ),
    ],
)
def test_what_is_not_a_usable_redis_is_told_apart(answer, scheme, words):
    """Something listens, but it is silent, another program, without TLS, or not ready."""
    port, close = talk(answer)
    try:
        text = refusal(f"{scheme}://:{SECRET}@127.0.0.1:{port}")
        assert words in text and SECRET not in text and re.fullmatch(r"[^\n]*[.]", text)
    finally:
        close()


LATER = ("redis://localhost:1", "rediss://localhost:1")


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("url", LATER)
@pytest.mark.parametrize("other", ["2001:db8::1", "::2", "192.0.2.1"])
def test_a_host_refuses_if_any_of_its_addresses_does(monkeypatch, order, url, other):
    """One of them may be an IPv6 address without a network, such as localhost's in a container."""

    def found(host, port, *_, **__):
        family = socket.AF_INET6 if ":" in other else socket.AF_INET
        ways = [(socket.AF_INET, ("127.0.0.1", port)), (family, (other, port))]
        return [(kind, socket.SOCK_STREAM, 6, "", address) for kind, address in ways][::order]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert f"nothing listens at {url}" in refusal(url)


def test_a_host_that_no_network_leads_to_is_told_apart(monkeypatch):
    """Nobody refused the connection, so whether a server is running is unknown."""
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [(socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2001:db8::1", 1))],
    )
    text = refusal("redis://localhost:1")
    assert "no network leads to redis://localhost:1 (E" in text or "doesn't answer" in text


def test_a_busy_server_is_told_so(program):
    """While a script runs, the server answers BUSY to anyone else's first command."""
    with (
        OwnServer(program, busy_reply_threshold=1) as own,
        connect(own.url, timeout=30) as r,
        ThreadPoolExecutor() as pool,
    ):
        running = pool.submit(r.eval, "while true do end", 0)
        with redis.Redis(unix_socket_path=str(own.path), socket_timeout=30) as other:
            wait_until(lambda: busy(other), 10, "the server to be busy")
            assert "busy with a script or a function (BUSY)" in refusal(own.url)
            other.script_kill()
        with pytest.raises(redis.ResponseError):
            running.result()


def busy(r) -> bool:
    """Tell whether the server answers BUSY."""
    try:
        r.ping()
    except redis.ResponseError as error:
        return str(error).startswith("BUSY")
    return False


@pytest.mark.skipif(os.getuid() == 0, reason="root may open every socket")
def test_a_socket_of_somebody_else_is_told_so():
    """The server is running, but this user may not connect to it."""
    with OwnServer(unixsocketperm=0) as own:
        assert "this user may not connect" in refusal(own.url)


@contextmanager
def running(*command):
    """Start a server that OwnServer can't start, on a port; yield its URL."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen([*command, "--port", str(port)], stdout=-3) as process:
        try:
            wait_until(
                lambda: not socket.socket().connect_ex(("127.0.0.1", port)),
                10,
                "the server to listen",
            )
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.terminate()


def test_a_sentinel_is_refused(program, tmp_path):
    """It answers PING and INFO as a server does, but has no streams."""
    (tmp_path / "sentinel.conf").touch()
    with running(program, tmp_path / "sentinel.conf", "--sentinel") as url:
        assert "this is a Sentinel" in refusal(url)


def test_a_server_without_info_is_named_by_its_hello(program, server_name, tmp_path):
    """If its owner renamed or forbade INFO, HELLO still tells everyone its name and version."""
    with (
        running(
            program,
            "--save",
            "",
            "--dir",
            tmp_path,
            "--rename-command",
            "INFO",
            "7f3a",
        ) as url,
        connect(url) as r,
    ):
        assert describe(r) == server_name.replace("-", " ").capitalize()
    with OwnServer(program) as own, connect(own.url) as r:
        named = describe(r)
        r.execute_command("ACL SETUSER", "default", "-info")
        assert describe(r) == named


def test_a_path_that_is_not_utf8_does_no_harm(program, tmp_path):
    """INFO has the path of the server's program, whose folder may have any bytes in its name."""
    folder = os.fsencode(tmp_path) + b"/K\xe4the"
    os.mkdir(folder)
    os.symlink(program, folder + b"/redis-server")
    with OwnServer(os.fsdecode(folder) + "/redis-server") as own, connect(own.url) as r:
        assert describe(r)


def test_what_only_the_server_refuses_is_refused_in_its_own_words(program):
    """Such as an invalid client name."""
    with OwnServer(program) as own:
        assert "answers 'Client names cannot contain spaces" in refusal(
            f"{own.url}?client_name=a%20b"
        )


@pytest.fixture
def guarded(r, prefix, url):
    """The name of a user with a password on the server under test; deleted afterward."""
    user = prefix.replace(":", "-")
    r.acl_setuser(
        user,
        enabled=True,
        passwords=[f"+{SECRET}"],
        keys=["*"],
        categories=["+@all"],
        commands=["-info"],
    )
    yield user
    r.acl_deluser(user)


def test_passwords_are_used_refused_and_never_shown(guarded, url):
    """The right password connects; a wrong or misplaced one is refused without being shown."""
    path = url.removeprefix("unix://")
    if not url.startswith("unix://"):
        pytest.skip("this server is not on a Unix socket: its URL has another form")
    with connect(f"unix://{guarded}:{SECRET}@{path}") as r:
        assert r.acl_whoami() == guarded
    assert "refused the user name or the password" in (
        text := refusal(f"unix://{guarded}:{SECRET}1@{path}")
    )
    assert SECRET not in text


@pytest.mark.parametrize(
    "settings, commands, words",
    [
        ({"databases": 4}, "+config", "it has 4, 0 to 3"),
        ({}, "+config", "it has 16, 0 to 15"),
        ({}, "-config", "most have 16"),
    ],
)
def test_a_database_that_does_not_exist_is_refused(program, settings, commands, words):
    """It is refused when connecting, not at the first command; the sentence says how many there
    are, and points to nobody else's data."""
    with OwnServer(program, **settings) as own, connect(own.url) as r:
        r.execute_command("ACL SETUSER", "default", commands)
        text = refusal(f"{own.url}?db=16")
        assert "no database of that number" in text and words in text and "/0" not in text


def test_the_client_has_the_courses_settings(r, stream):
    """Text, one reply format, no silent retries, a bounded wait."""
    entry_id = r.xadd(stream, {"value": 7})
    assert r.xread({stream: "0"}) == {stream: [(entry_id, {"value": "7"})]}
    assert r.get_retry().get_retries() == 0
    assert r.get_connection_kwargs()["socket_timeout"] == 5


def test_a_lost_connection_is_raised_not_retried(url):
    """A command on a closed connection is sent once: the error is raised, and the next command
    works."""
    with connect(url) as r, connect(url) as killer:
        r.client_setname("victim")
        [victim] = [c for c in killer.client_list() if c["name"] == "victim"]

        def kill_when_it_waits():
            wait_until(
                lambda: "b" in killer.client_list(client_id=[victim["id"]])[0]["flags"],
                4,
                "the victim to block",
            )
            killer.client_kill_filter(_id=victim["id"])

        with ThreadPoolExecutor() as pool:
            killed = pool.submit(kill_when_it_waits)
            with pytest.raises(redis.ConnectionError):
                r.blpop("test:no-such-list", timeout=4)
            killed.result()
        assert r.ping()


def test_a_blocking_read_cannot_outlast_the_time_out(url, stream):
    """BLOCK 0 ends with the socket time-out, and the client keeps working."""
    with connect(url, timeout=0.2) as r:
        began = time.monotonic()
        with pytest.raises(redis.TimeoutError):
            r.xread({stream: "$"}, block=0)
        assert time.monotonic() - began < 3
        assert r.ping()


def test_the_server_is_named_as_it_is(r, server_name):
    """Valkey is named Valkey, although it calls itself Redis 7.2.4."""
    assert server_name.startswith(describe(r).lower().replace(" ", "-"))


def test_features_are_told_by_asking(r):
    """The reported features match the server's behavior, and asking changes nothing."""
    keys = r.dbsize()
    assert can(r, "XAUTOCLAIM") and not can(r, "XNOSUCHCOMMAND")
    if describe(r).startswith("Valkey") or describe(r).startswith("Redis 7"):
        assert not any(
            can(r, feature) for feature in ("XNACK", "XACKDEL", "CLAIM", "IDMP", "KEEPREF")
        )
    assert r.dbsize() == keys


def test_an_older_server_is_refused(monkeypatch, url):
    """A server older than the oldest supported one gets one sentence; here, every server counts as
    too old."""
    monkeypatch.setattr(client, "OLDEST", (99, 0))
    assert "but the course needs 99.0 or newer" in refusal(url)


class OddFloat(float):
    """A float whose repr() fails."""

    def __repr__(self):
        raise RuntimeError


class OddText(str):
    """Text that can't be encoded the usual way."""

    encode = __str__ = __repr__ = None


SENT = [
    ("text", b"text"),
    (b"bytes", b"bytes"),
    (7, b"7"),
    (-(10**300), b"-1" + b"0" * 300),
    (0.5, b"0.5"),
    (bytearray(b"array"), b"array"),
    (memoryview(b"view"), b"view"),
    (memoryview(b"abcdef")[::2], b"ace"),
    (memoryview(b"abc")[::-1], b"cba"),
    (np.float64(1.5), b"1.5"),
    (OddFloat(2.5), b"2.5"),
    (OddText("odd"), b"odd"),
    (np.str_("np"), b"np"),
    ("\0 é 日", "\0 é 日".encode()),
]


@pytest.mark.parametrize("beside", [[], [3], [0.5, bytearray(b"x")]], ids=str)
@pytest.mark.parametrize("value, stored", SENT, ids=lambda part: type(part).__name__)
def test_values_are_sent_as_they_are(r, prefix, value, stored, beside):
    """Whatever path the packer takes, exactly the value's bytes are stored, in the right place."""
    r.rpush(prefix + "list", value, *beside, value)
    others = [bytes(b) if isinstance(b, bytearray) else b"%r" % b for b in beside]
    assert ask(r, [("LRANGE", prefix + "list", 0, -1)])[0] == [stored, *others, stored]


def released() -> memoryview:
    """A memoryview that was released."""
    view = memoryview(bytearray(1000))
    view.release()
    return view


REFUSED = [
    10**4300,
    -(10**5000),
    None,
    True,
    [1],
    {"a": 1},
    (1, 2),
    np.int64(5),
    IntEnum("E", "a").a,
    1j,
    object(),
    "\ud800",
    "a\udfff",
    released(),
    float,
]


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: type(value).__name__)
def test_values_that_cannot_be_sent_are_refused(r, stream, value):
    """Whatever the command, DataError says so in one sentence, and nothing is stored; the kernel
    survives, and the client keeps working."""
    sends = [
        lambda: r.xadd(stream, {"value": value}),
        lambda: r.execute_command("XADD", stream, "*", "value", value),
        lambda: r.pipeline().xadd(stream, {"a": 1}).xadd(stream, {"value": value}).execute(),
        lambda: r.eval(
            "return redis.call('XADD', KEYS[1], '*', 'value', ARGV[1])", 1, stream, value
        ),
        lambda: ask(r, [("XADD", stream, "*", "value", value)]),
    ]
    for send in sends:
        with pytest.raises(redis.DataError, match="."):
            send()
    assert r.exists(stream) == 0 and r.ping()


@pytest.mark.parametrize(
    "call",
    [
        lambda r, s: read_group(r, s, "g", "c", count=10**5000),
        lambda r, s: ack_with(r, s, "g", "1-1", "INCRBY", s + ":n", 10**4300),
        lambda r, s: r.xadd(s, {"value": 1}, maxlen=10**5000),
        lambda r, s: r.xreadgroup("g", "c", {s: ">"}, count=10**5000),
        lambda r, s: r.xread({s: "0"}, block=10**5000),
        lambda r, s: r.xtrim(s, maxlen=10**5000),
        lambda r, s: r.expire(s, 10**5000),
        lambda r, s: r.xclaim(s, "g", "c", 10**5000, ["1-1"]),
        lambda r, s: r.zadd(s, {"a": 10**5000}),
        lambda r, s: r.execute_command(10**5000),
    ],
)
def test_a_huge_number_in_any_command_is_an_error(r, stream, call):
    """It once killed the kernel, inside the C code that packs commands."""
    ensure_group(r, stream, "g")
    with pytest.raises((ValueError, redis.DataError)):
        call(r, stream)
    assert r.ping()


@pytest.mark.parametrize("name", ["", "  ", b"", 5, None, "\ud800"])
def test_a_command_without_a_name_is_refused_at_once(r, name):
    """The server doesn't answer an empty command, so the client would wait for its time-out."""
    with pytest.raises(redis.DataError):
        r.execute_command(name)


def test_an_interpreter_without_a_limit_sends_what_it_can_write():
    """If PYTHONINTMAXSTRDIGITS lifts the limit, a long number is a value like any other."""
    code = (
        "from helpers.connection.packer import Packer; print(Packer().pack('ECHO', "
        "10**5000)[0].count(b'0'))"
    )
    unlimited = os.environ | {"PYTHONINTMAXSTRDIGITS": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=unlimited, capture_output=True, text=True, cwd=ROOT
    )
    assert int(done.stdout) > 5000, done.stderr
