"""Connecting over TLS to a real server: certificates from the right authority suffice, and each
wrong one gets its own sentence."""

import os
import re
import shutil
import socket
import subprocess
from urllib.parse import quote

import pytest

from helpers.connection import CannotConnect, connect
from helpers.servers.own import OwnServer
from tests.known_servers import DEBIAN_REDIS

pytestmark = [
    pytest.mark.skipif(
        not shutil.which("openssl"),
        reason="openssl, which makes the certificates, is not installed",
    ),
    pytest.mark.skipif(
        not DEBIAN_REDIS.exists(), reason="Debian's Redis, which speaks TLS, is not installed"
    ),
]
PASSWORD = "swordfish"


def openssl(*arguments, **options) -> None:
    """Run openssl silently."""
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **options)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """An authority, another one, and a certificate for localhost, with its key once in plain text
    and once encrypted."""
    folder = tmp_path_factory.mktemp("tls with a space")
    for name in ("ca", "other"):
        openssl(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            1,
            "-subj",
            f"/CN={name}",
            "-keyout",
            folder / f"{name}.key",
            "-out",
            folder / f"{name}.pem",
        )
    openssl(
        "req",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        folder / "our.key",
        "-out",
        folder / "our.csr",
    )
    for name, days in (("our", 1), ("old", -1)):
        openssl(
            "x509",
            "-req",
            "-in",
            folder / "our.csr",
            "-CA",
            folder / "ca.pem",
            "-CAkey",
            folder / "ca.key",
            "-CAcreateserial",
            "-copy_extensions",
            "copy",
            "-days",
            days,
            "-out",
            folder / f"{name}.crt",
        )
    openssl(
        "ec",
        "-in",
        folder / "our.key",
        "-aes128",
        "-passout",
        f"pass:{PASSWORD}",
        "-out",
        folder / "locked.key",
    )
    return folder


def server(files, certificate: str = "our.crt", clients: str = "no"):
    """A server with TLS on a port, and that port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return OwnServer(
        str(DEBIAN_REDIS),
        bind="127.0.0.1",
        tls_port=port,
        tls_auth_clients=clients,
        tls_ca_cert_file=files / "ca.pem",
        tls_cert_file=files / certificate,
        tls_key_file=files / "our.key",
    ), port


def ask(port: int, host: str = "localhost", **options) -> str:
    """Return PONG, or the sentence of the refusal."""
    url = f"rediss://{host}:{port}?" + "&".join(
        f"{name}={quote(str(value))}" for name, value in options.items()
    )
    try:
        with connect(url) as r:
            return "PONG" if r.ping() else ""
    except (CannotConnect, ValueError) as error:
        return str(error)


def test_each_wrong_certificate_gets_its_own_sentence(files):
    """Without the authority, with another one, for another host, or for any host if checks are
    off."""
    own, port = server(files)
    with own:
        assert ask(port, ssl_ca_certs=files / "ca.pem") == "PONG"
        assert "isn't trusted: name its authority" in ask(port)
        assert "isn't trusted: name its authority" in ask(port, ssl_ca_certs=files / "other.pem")
        assert "has a certificate for another host" in ask(
            port, "127.0.0.1", ssl_ca_certs=files / "ca.pem"
        )
        assert (
            ask(port, "127.0.0.1", ssl_ca_certs=files / "ca.pem", ssl_check_hostname="no") == "PONG"
        )
        assert ask(port, ssl_cert_reqs="none", ssl_check_hostname="no") == "PONG"
        assert ask(port, ssl_cert_reqs="none") == "PONG"


def test_an_expired_certificate_is_told_so(files):
    """It was trusted until yesterday."""
    own, port = server(files, "old.crt")
    with own:
        assert "has expired" in ask(port, ssl_ca_certs=files / "ca.pem")


def test_a_server_that_wants_a_certificate_is_told_apart(files):
    """It accepts ours; one from an unknown authority isn't enough."""
    own, port = server(files, clients="yes")
    with own:
        for _ in range(5):  # Sometimes the connection is gone before the server's reason is read
            assert "wants a certificate from us" in ask(port, ssl_ca_certs=files / "ca.pem")
        ours = {
            "ssl_ca_certs": files / "ca.pem",
            "ssl_certfile": files / "our.crt",
            "ssl_keyfile": files / "our.key",
        }
        assert ask(port, **ours) == "PONG"
        theirs = ours | {"ssl_certfile": files / "other.pem", "ssl_keyfile": files / "other.key"}
        assert re.search("doesn't trust (our certificate|ours)", ask(port, **theirs))


@pytest.mark.parametrize(
    "options, words",
    [
        ({"ssl_ca_certs": "ca.key"}, "ssl_ca_certs names '{}/ca.key', which holds no certificate"),
        ({"ssl_ca_certs": "gone.pem"}, "ssl_ca_certs names '{}/gone.pem', which isn't a file"),
        ({"ssl_ca_certs": "."}, "ssl_ca_certs names '{}/.', which isn't a file"),
        ({"ssl_certfile": "our.crt"}, "ssl_certfile names '{}/our.crt'"),
        ({"ssl_certfile": "our.crt", "ssl_keyfile": "ca.key"}, "or no matching key"),
        ({"ssl_certfile": "our.crt", "ssl_keyfile": "locked.key"}, "without a password"),
    ],
)
def test_files_are_read_before_connecting(files, options, words):
    """A key with a password would make each connection ask for it in a terminal, which a notebook
    doesn't have."""
    said = ask(1, **{name: os.path.join(files, value) for name, value in options.items()})
    assert words.format(files) in said and PASSWORD not in said
