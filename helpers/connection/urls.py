"""A URL as redis-py understands it: a wrong one is refused before anything is sent."""

import os
import ssl
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

SCHEMES = ("redis", "rediss", "unix")
OPTIONS = {"db", "client_name", "cluster"}
"""What may follow `?` in a URL; time-outs and retries are the course's own (redis-py's defaults
hide lost replies)."""

TLS_OPTIONS = {"ssl_ca_certs", "ssl_certfile", "ssl_keyfile", "ssl_check_hostname", "ssl_cert_reqs"}
"""What may follow `?` in a rediss:// URL besides."""

MOST_DIGITS = 9
"""Digits of a database's number; with more, servers no longer say that they have no such
database."""

WORDS = {
    "cluster": ("true", "false"),
    "ssl_cert_reqs": ("required", "optional", "none"),
    "ssl_check_hostname": ("true", "false", "yes", "no", "1", "0"),
}
"""What may be the value of an option; redis-py takes any other text for true. `cluster` is the
course's own."""


def checked(url: str, origin: str) -> str:
    """Return the URL if redis-py will understand all of it; raise ValueError with one sentence that
    shows no secret.

    redis-py itself takes a wrong database for 0 and shows part of a password that isn't
    percent-encoded (measured, 8.1).
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() not in SCHEMES:
        known = f", not with {scheme.lower()}://" if separator and scheme.isalnum() else ""
        raise ValueError(
            f"{origin} must start with redis://, rediss:// or unix://{known}; for example "
            "redis://localhost:6379."
        )
    if not rest.isprintable() or "%00" in rest:
        raise ValueError(
            f"{origin} holds a line break or another character that can't be printed: "
            "percent-encode it."
        )
    url = f"{scheme.lower()}://{rest}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ValueError(f"{origin} can't be read: {_encode_hint()}") from None
    if (
        "@" in parts.path + parts.query + parts.fragment
        and "@" not in parts.netloc
        and parts.scheme != "unix"
        or parts.fragment
    ):
        raise ValueError(f"{origin} can't be read: {_encode_hint()}")
    options = _checked_options(parts, origin)
    if parts.scheme == "unix":
        _check_socket(parts, origin)
    else:
        _check_place(parts, options, origin)
    if parts.scheme == "rediss":
        _check_files(options, origin)
    return url


def _encode_hint() -> str:
    return (
        "percent-encode the user name and the password "
        "(% is %25, / is %2F, # is %23, ? is %3F, [ is %5B)."
    )


def _checked_options(parts: SplitResult, origin: str) -> dict[str, str]:
    known = OPTIONS | TLS_OPTIONS if parts.scheme == "rediss" else OPTIONS
    options: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in known:
            raise ValueError(
                f"{origin} has an unknown option {name[:30]!r}: only "
                f"{', '.join(sorted(known))} may follow the question mark."
            )
        if name in options:
            raise ValueError(f"{origin} has the option {name} twice: keep one of them.")
        if value.lower() not in WORDS.get(name, [value.lower()]):
            *others, last = WORDS[name]
            raise ValueError(
                f"{origin} has a wrong option: {name} must be {', '.join(others)} or {last}."
            )
        options[name] = value
    if "db" in options:
        _check_database(options["db"], origin)
    if options.get("cluster", "").lower() == "true":
        database = options.get("db", parts.path.strip("/")) or "0"
        if parts.scheme == "unix" or database != "0":
            raise ValueError(
                f"{origin} must name a node by host and port alone: a cluster's nodes "
                "address each other that way, and have only database 0."
            )
    return options


def _check_socket(parts: SplitResult, origin: str) -> None:
    # Anything before the path's first slash would be ignored
    if parts.netloc.rpartition("@")[2]:
        raise ValueError(
            f"{origin} must name the socket by its whole path, with three slashes: "
            "unix:///path/to/redis.sock."
        )
    if not parts.path.strip("/"):
        raise ValueError(f"{origin} names no socket: write unix:///path/to/redis.sock.")


def _check_place(parts: SplitResult, options: dict[str, str], origin: str) -> None:
    if parts.netloc.rpartition("@")[2].count(":") > 1 and "[" not in parts.netloc:
        raise ValueError(
            f"{origin} has too many colons for a host and a port: an IPv6 address needs brackets, "
            "as in redis://[::1]:6379, and a password an @ after it."
        )
    try:
        port = parts.port
    except ValueError:
        raise ValueError(
            f"{origin} has a port that isn't a number from 1 to 65535 (or a password "
            "without @host after it)."
        ) from None
    if port == 0:
        raise ValueError(f"{origin} has port 0: a port is a number from 1 to 65535.")
    try:
        unquote(parts.hostname or "localhost").encode("idna")
    except UnicodeError:
        raise ValueError(
            f"{origin} has a host name that can't be one: its parts between the dots have 1 to "
            "63 characters."
        ) from None
    if database := parts.path.strip("/"):
        _check_database(database, origin)
        if int(options.get("db", database)) != int(database):
            raise ValueError(
                f"{origin} has both /{database} and db={options['db']}: keep one of them."
            )


def _check_database(text: str, origin: str) -> None:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(
            f"{origin} names a database that isn't a whole number from 0 up: write "
            "its number, as in redis://host:6379/1."
        )
    if len(text) > MOST_DIGITS:
        raise ValueError(
            f"{origin} names a database of {len(text)} digits: most servers have 16, from 0 to 15."
        )


def _check_files(options: dict[str, str], origin: str) -> None:
    """Read the files now, because redis-py's own error, later, names neither file nor option."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for name in ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile"):
        if name in options and not (
            os.path.isfile(options[name]) and os.access(options[name], os.R_OK)
        ):
            raise ValueError(
                f"{origin} has a wrong option: {name} names {options[name]!r}, which isn't "
                "a file that can be read."
            )
    if "ssl_keyfile" in options and "ssl_certfile" not in options:
        raise ValueError(
            f"{origin} has ssl_keyfile without ssl_certfile: name the key's certificate."
        )
    try:
        name = "ssl_ca_certs"
        if name in options:
            context.load_verify_locations(options[name])
        name = "ssl_certfile"
        if name in options:
            context.load_cert_chain(options[name], options.get("ssl_keyfile"), password="")
    except OSError:
        raise ValueError(
            f"{origin} has a wrong option: {name} names {options[name]!r}, which holds no "
            "certificate in PEM form, or no matching key without a password."
        ) from None
