"""A broker's server: on the loopback only, in a temporary directory, gone with its owner."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from helpers.servers import ports
from helpers.waiting import wait_until

KEEPER = Path(__file__).with_name("keeper.py")

UP_SECONDS = 120.0
"""Seconds that a broker may take to start (measured: RabbitMQ 5, and 80 on a busy machine; the
others 0.2)."""


def program(name: str, package: str) -> str | None:
    """Return the path of a program that came with a Python package, or with the system.

    None if it isn't installed.
    """
    found = find_spec(package)
    inside = f"{os.path.dirname(found.origin)}/bin" if found and found.origin else ""
    places = [inside, sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    return shutil.which(name, path=os.pathsep.join(places))


@contextlib.contextmanager
def running(broker: type) -> Iterator[int]:
    """Run the server of a broker, and yield its port, on 127.0.0.1.

    `broker` is a class from this folder. The server and its directory are gone at the end of the
    with block, or when their owner dies, even by kill -9.
    """
    with contextlib.ExitStack() as ending:
        claims = [ports.claim_port() for _ in range(broker.ports)]
        for _, claim in claims:
            ending.enter_context(claim)
        numbers = [port for port, _ in claims]
        directory = tempfile.mkdtemp(prefix="redis-streams-broker-")
        command = [sys.executable, "-I", "-S", str(KEEPER), directory]
        command += broker.command(directory, *numbers)
        # Leaving the block closes its standard input, and waits for it to end
        keeper = ending.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
        )
        wait_until(
            lambda: _listens(numbers[0]) or keeper.poll() is not None,
            UP_SECONDS,
            f"{broker.name} to start",
        )
        if keeper.poll() is not None:
            raise RuntimeError(f"its server ended at once; {' '.join(command[5:])} says why")
        yield numbers[0]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((ports.HOST, port)) == 0
