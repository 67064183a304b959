"""Our side of a guard: starting it, asking it."""

import socket
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ANSWER = 35.0
"""Seconds to wait for an answer: a little longer than the guard itself waits for the server."""


def start_guard(
    mode: str, handed: socket.socket, directory: Path, binary: str, settings: Iterable[str] = ()
) -> None:
    """Run the guard, and hand it a socket that listens, or the other end of the only lease.

    It has a session of its own, out of reach of an Interrupt.
    """
    # -I -S: the environment's packages are neither needed nor searched, which halves the time to
    # start.
    python = [sys.executable, "-I", "-S", str(Path(__file__).parent)]
    command = [*python, mode, str(handed.fileno()), str(directory), binary, *settings]
    with open(directory / "log", "ab") as log:
        subprocess.run(
            command,
            pass_fds=[handed.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            check=True,
        )


def ask(lease: socket.socket, request: str) -> str:
    """Send the guard one line and return its answer, "" if that guard is gone.

    Raises RuntimeError if it cannot do what it is asked, or does not answer.
    """
    lease.settimeout(ANSWER)
    try:
        lease.sendall(request.encode() + b"\n")
        answer = lease.recv(4096).decode().strip()
    except TimeoutError:
        raise RuntimeError(
            f"The server's guard has not answered for {ANSWER:g} s: restart the kernel."
        ) from None
    except OSError:
        return ""
    if answer.startswith("error"):
        raise RuntimeError(f"The server does not start: {answer[6:].rstrip('.')}.")
    return answer
