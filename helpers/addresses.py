"""Where a server is: choose the address, and refuse a wrong one before anything is sent."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

SCHEMES = ("redis", "rediss", "unix")
OPTIONS = {"db", "client_name"}
"""What may follow `?` in a URL; time-outs and retries are the course's own (redis-py's defaults hide lost replies)."""

TLS_OPTIONS = {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname", "ssl_cert_reqs"}
"""What may follow `?` in a rediss:// URL besides."""


@dataclass(frozen=True)
class Address:
    """A checked URL, what it was read from, and how to name it without its password."""

    url: str
    origin: str

    @property
    def shown(self) -> str:
        """The URL without user, password and options: all that may be printed."""
        parts = urlsplit(self.url)
        if parts.scheme == "unix":
            return f"unix://{parts.path}"
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or "localhost"
        return f"{parts.scheme}://{host}:{parts.port or 6379}"


def choose(url: str | None = None) -> Address | None:
    """Take the argument, else REDIS_URL, else REDIS_HOST with REDIS_PORT; None means that nothing was asked for.

    Empty text counts as unset. Raises ValueError or TypeError with one sentence for an address that can't be used.
    """
    if url is not None and not isinstance(url, str):
        raise TypeError(f"connect() takes a URL as text, such as 'redis://localhost:6379', not {type(url).__name__}.")
    environment = {name: os.environ.get(name, "").strip() for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT")}
    for text, origin in ((url or "", "the URL given to connect()"), (environment["REDIS_URL"], "REDIS_URL")):
        if text.strip():
            return Address(checked(text.strip(), origin), origin)
    if host := environment["REDIS_HOST"]:
        return Address(_from_host(host, environment["REDIS_PORT"]), "REDIS_HOST")
    if environment["REDIS_PORT"]:
        raise ValueError("REDIS_PORT is set without REDIS_HOST: set REDIS_HOST as well, or unset REDIS_PORT.")
    return None


def _from_host(host: str, port: str) -> str:
    if any(c in host for c in "/@?#[] "):
        raise ValueError("REDIS_HOST must be a host name or an IP address alone; a whole URL goes into REDIS_URL.")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError("REDIS_PORT must be a number from 1 to 65535.")
    if ":" in host and host.count(":") < 2:
        raise ValueError("REDIS_HOST must be a host alone: put the port into REDIS_PORT.")
    return checked(f"redis://{f'[{host}]' if ':' in host else quote(host)}:{port or 6379}", "REDIS_HOST")


def checked(url: str, origin: str) -> str:
    """Return the URL if redis-py will understand all of it; raise ValueError with one sentence that shows no secret.

    redis-py itself takes a wrong database for 0 and shows part of a password that isn't percent-encoded (measured, 8.1).
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        known = f", not with {scheme.lower()}://" if separator and scheme.isalnum() else ""
        raise ValueError(f"{origin} must start with redis://, rediss:// or unix://{known}; for example redis://localhost:6379.")
    url = f"{scheme.lower()}://{rest}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError(f"{origin} can't be read: {_encode_hint()}") from None
    if "@" in parts.path + parts.query + parts.fragment and "@" not in parts.netloc and parts.scheme != "unix" or parts.fragment:
        raise ValueError(f"{origin} can't be read: {_encode_hint()}")
    _check_options(parts, origin)
    if parts.scheme == "unix":
        if not parts.path.strip("/"):
            raise ValueError(f"{origin} names no socket: write unix:///path/to/redis.sock.")
        return url
    _check_place(parts, origin)
    return url


def _encode_hint() -> str:
    return "percent-encode the user name and the password (% is %25, / is %2F, # is %23, ? is %3F)."


def _check_options(parts, origin: str) -> None:
    known = OPTIONS | TLS_OPTIONS if parts.scheme == "rediss" else OPTIONS
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f"{origin} has an unknown option {name[:30]!r}: only {', '.join(sorted(known))} may follow the question mark.")
        if name == "db":
            _check_database(value, origin)


def _check_place(parts, origin: str) -> None:
    if parts.netloc.rpartition("@")[2].count(":") > 1 and "[" not in parts.netloc:
        raise ValueError(f"{origin} has an IPv6 address without brackets: write redis://[::1]:6379.")
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"{origin} has a port that isn't a number from 1 to 65535 (or a password without @host after it).") from None
    if port == 0:
        raise ValueError(f"{origin} has port 0: a port is a number from 1 to 65535.")
    if parts.path.strip("/"):
        _check_database(parts.path.strip("/"), origin)


def _check_database(text: str, origin: str) -> None:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{origin} names a database that isn't a whole number from 0 up: write redis://host:6379/0.")
