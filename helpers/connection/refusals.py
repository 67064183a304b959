"""Why a server refused us, in one sentence that says what to do and holds no secret."""

import errno
import re
import socket
from urllib.parse import unquote, urlsplit

import redis

WANTED = (
    "wants a password: write it into the URL, redis://:password@host:port; "
    "an address alone, as in REDIS_HOST, has none."
)
WRONG_HOST = "has a certificate for another host: connect to the host name that it was made for."
NOT_REDIS = "hung up at once: it may not be Redis, or may want TLS (rediss://)."

ANSWERS = {
    "called without any password configured": (
        "has no password for this user: leave both out of the URL."
    ),
    "must be called with the client already authenticated": WANTED,
    "Authentication required": WANTED,
    "cluster mode": (
        "belongs to a cluster, which has only database 0: leave the number out of the URL."
    ),
    "loading the dataset": "is still loading its data (LOADING): try again in a moment.",
    "Link with MASTER": (
        "is a replica that lost its primary (MASTERDOWN): use the primary's address, or wait."
    ),
    "read only replica": (
        "is a replica, which takes no writes (READONLY): use the primary's address."
    ),
    "BUSY ": (
        "is busy with a script or a function (BUSY): wait, or end it with SCRIPT KILL or "
        "FUNCTION KILL."
    ),
    "MISCONF": (
        "can't save its data, so it refuses writes (MISCONF): free some disk space, or see its log."
    ),
    "maxmemory": (
        "has no memory left (OOM): delete what nobody needs there, or raise its maxmemory."
    ),
    "protected mode": "is in protected mode and refuses other machines: give it a password.",
    "max number of clients": "has no connection left for us: close some clients.",
    "Hostname mismatch": WRONG_HOST,
    "IP address mismatch": WRONG_HOST,
    "certificate has expired": (
        "has a certificate that has expired: ask whoever runs the server for a new one."
    ),
    "certificate is not yet valid": (
        "has a certificate that isn't valid yet: check this computer's clock."
    ),
    "CERTIFICATE_VERIFY_FAILED": (
        "has a certificate that isn't trusted: name its authority, ?ssl_ca_certs=/path/to/ca.pem."
    ),
    "ertificate required": (
        "wants a certificate from us: add ?ssl_certfile=/path/to/our.crt and "
        "&ssl_keyfile=/path/to/our.key."
    ),
    "unknown ca": (
        "doesn't trust our certificate: it must be signed by an authority that the server knows."
    ),
    "SSL": "doesn't speak TLS as expected: try redis:// instead of rediss://.",
    "reset by peer": "hung up at once: if it speaks TLS, try rediss://.",
    "Connection closed by server": NOT_REDIS,
    "while writing to socket": NOT_REDIS,
    "unknown command 'HELLO'": "is too old or not Redis: the course needs Redis 7.0 or newer.",
    "reply type byte": (
        "isn't Redis: something else listens there and doesn't speak Redis; check the port."
    ),
    "path too long": (
        "has too long a path for a socket: make a link with a shorter path, and name that."
    ),
}
"""Part of an error of a server, redis-py or Python (measured: Redis 7.0, Valkey 9.1, redis-py 8.1)
→ what to do."""

HUNG_UP = (
    "reset by peer",
    "Connection closed by server",
    "while writing to socket",
    "violation of protocol",
)
"""What remains when the other end closes the connection; over TLS we may have missed its reason."""

REFUSED = {errno.ECONNREFUSED, errno.ENOENT, errno.ENOTDIR}
UNKNOWN = {socket.EAI_NONAME, socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_NODATA}
FORBIDDEN = {errno.EACCES, errno.EPERM}
EXHAUSTED = {errno.EMFILE, errno.ENFILE}

CLUSTER = {"MOVED", "ASK", "TRYAGAIN", "CROSSSLOT", "CLUSTERDOWN"}

LOOK = 0.3
"""Seconds to see whether one address of a host refuses."""


def sentence(error: Exception, where: str, url: str, databases: int = 0) -> str:
    """Say in one sentence what is wrong and what to do.

    `databases` is how many the server has, 0 if it doesn't say.
    """
    text = str(error)
    if "WRONGPASS" in text or "invalid username-password" in text:
        return _password_sentence(where, url)
    if names_a_database(error):
        return _database_sentence(where, databases)
    if url.startswith("rediss:") and any(sign in text for sign in HUNG_UP):
        return (
            f"{where} hung up during the TLS handshake: it wants a certificate from us, such as "
            "?ssl_certfile=/path/to/our.crt, or doesn't trust ours, or has no TLS."
        )
    for sign, said in ANSWERS.items():
        if sign in text:
            return f"{where} {said}"
    if isinstance(error, (redis.ResponseError, redis.AuthenticationError)):
        return _answer(error, where, url)
    if isinstance(error, redis.InvalidResponse):
        return f"{where} {ANSWERS['reply type byte']}"
    if found := re.match(r"Error (-?\d+) connecting", text):
        return _network_sentence(int(found[1]), where, url)
    if isinstance(error, (redis.TimeoutError, TimeoutError)):
        return _timeout_sentence(text, where, url)
    return (
        f"nothing can be reached at {where}: check the address, or unset it to use the embedded "
        "server."
    )


def names_a_database(error: Exception) -> bool:
    """Tell whether the server refused us because it has no database of the number asked for."""
    return "DB index" in str(error)


def _database_sentence(where: str, databases: int) -> str:
    there = f"it has {databases}, 0 to {databases - 1}" if databases else "most have 16, 0 to 15"
    return (
        f"{where} has no database of that number: {there}; ask whoever runs it which one is yours."
    )


def _password_sentence(where: str, url: str) -> str:
    userinfo = url.partition("://")[2].partition("@")[0]
    if url.startswith("unix:") or ":" in userinfo:
        return f"{where} refused the user name or the password."
    return (
        f"{where} took the text before @ for a user name: for a password alone, write "
        "redis://:password@host."
    )


def _answer(error: Exception, where: str, url: str) -> str:
    """Pass on the server's own words, without the arguments, user and password of ours that they
    repeat."""
    text = str(error).partition(", with args")[0]
    denied = isinstance(error, redis.exceptions.NoPermissionError)
    if denied and (command := re.search(r"'([\w|-]+)'", text)):
        return (
            f"{where} doesn't let this user run {command[1].upper()} (NOPERM): ask whoever runs it."
        )
    parts = urlsplit(url)
    for secret in filter(None, (parts.password, parts.username)):
        text = text.replace(secret, "…").replace(unquote(secret), "…")
    code = getattr(error, "status_code", None) or ""
    said = " ".join(f"{code.removeprefix('ERR')} {text}".split())[:200].rstrip(".")
    if code in CLUSTER:
        return (
            f"{where} answers {said!r}: it belongs to a cluster, and the course needs one server; "
            "ask whoever runs it."
        )
    return f"{where} answers {said!r}: ask whoever runs the server."


def _network_sentence(number: int, where: str, url: str) -> str:
    if number in UNKNOWN:
        return f"no host of that name is known ({where}): check the spelling."
    if number in REFUSED or _refuses(url):
        return (
            f"nothing listens at {where}: start the server there, or unset the address to use the "
            "embedded server."
        )
    if number in FORBIDDEN:
        return (
            f"this user may not connect to {where}: ask whoever runs the server, or this machine's "
            "firewall, for access."
        )
    if number in EXHAUSTED:
        return f"this program has too many open files to connect to {where}: restart the kernel."
    code = errno.errorcode.get(number, number)
    return f"no network leads to {where} ({code}): check the host and your connection."


def _timeout_sentence(text: str, where: str, url: str) -> str:
    if "connecting" in text and _refuses(url):
        return _network_sentence(errno.ECONNREFUSED, where, url)
    if url.startswith("rediss:"):
        return f"{where} doesn't answer over TLS: if it has no TLS, use redis://."
    return f"{where} doesn't answer as Redis does: check the host and the port."


def _refuses(url: str) -> bool:
    """Tell whether any address of the host refuses.

    redis-py reports only the last one, which may be an IPv6 address without a network.
    """
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return False
    host, port = unquote(parts.hostname or "localhost"), parts.port or 6379
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        try:
            with socket.socket(family, kind, protocol) as probe:
                probe.settimeout(LOOK)
                if probe.connect_ex(address) == errno.ECONNREFUSED:
                    return True
        except OSError:
            continue
    return False
