"""Where a server is: choose the address from what was asked for."""

import os
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from helpers.connection.urls import checked


@dataclass(frozen=True)
class Address:
    """A checked URL, what it was read from, whether a whole cluster was asked for, and how to name
    it without its password."""

    url: str
    origin: str
    cluster: bool = False

    @property
    def shown(self) -> str:
        """The URL without user, password and options, so that it may be printed."""
        parts = urlsplit(self.url)
        if parts.scheme == "unix":
            return f"unix://{parts.path}"
        return f"{parts.scheme}://{in_url(parts.hostname or 'localhost')}:{parts.port or 6379}"


def in_url(host: str) -> str:
    """Return a host as it stands in a URL: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def choose(url: str | None = None) -> Address | None:
    """Take the argument, else REDIS_URL, else REDIS_HOST with REDIS_PORT; None means that nothing
    was asked for.

    Empty text counts as unset. Raises ValueError or TypeError with one sentence for an address that
    can't be used.
    """
    if url is not None and not isinstance(url, str):
        raise TypeError(
            "connect() takes a URL as text, such as 'redis://localhost:6379', not "
            f"{type(url).__name__}."
        )
    environment = {
        name: os.environ.get(name, "").strip() for name in ("REDIS_URL", "REDIS_HOST", "REDIS_PORT")
    }
    for text, origin in (
        (url or "", "the URL given to connect()"),
        (environment["REDIS_URL"], "REDIS_URL"),
    ):
        if text.strip():
            url, cluster = _without_cluster(checked(text.strip(), origin))
            return Address(url, origin, cluster)
    host, port = environment["REDIS_HOST"], environment["REDIS_PORT"]
    if host:
        return Address(_from_host(host, port), "REDIS_HOST")
    # Kubernetes sets that by itself where a service is called redis
    if port and not port.startswith("tcp://"):
        raise ValueError(
            "REDIS_PORT is set without REDIS_HOST: set REDIS_HOST as well, or unset REDIS_PORT."
        )
    return None


def _from_host(host: str, port: str) -> str:
    if any(c in host for c in "/@?#[] "):
        raise ValueError(
            "REDIS_HOST must be a host name or an IP address alone; a whole URL goes into "
            "REDIS_URL."
        )
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ValueError(
            "REDIS_PORT must be a number from 1 to 65535; a whole URL goes into REDIS_URL."
        )
    if ":" in host and host.count(":") < 2:
        raise ValueError("REDIS_HOST must be a host alone: put the port into REDIS_PORT.")
    place = in_url(host if ":" in host else quote(host))
    return checked(f"redis://{place}:{port or 6379}", "REDIS_HOST")


def _without_cluster(url: str) -> tuple[str, bool]:
    """Return a checked URL as redis-py takes it, and whether it asks for a whole cluster."""
    # Not by geturl(), which turns unix:///path into unix:/path
    address, _, query = url.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if "cluster" not in options:
        return url, False
    cluster = options.pop("cluster").lower() == "true"
    return "?".join(filter(None, (address, urlencode(options)))), cluster
