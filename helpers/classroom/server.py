"""The server of a class: a separate process, which runs until `class down`."""

import contextlib
import hashlib
import os
import secrets
import socket
import subprocess
from functools import partial
from urllib.parse import quote

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from helpers.classroom.folder import Folder, write_private
from helpers.connection import CannotConnect, connect
from helpers.servers.own import OwnServer, name_of
from helpers.waiting import wait_until

TEACHER = "teacher"

DATABASES = 10_000
"""Databases: each learner has one, except 0. No more can be added while the server runs, and empty
ones take no memory (measured)."""

MOST_REPLY = "64mb"
"""The largest reply that a client gets: 200,000 entries of the size used in the lessons."""

CLASS_SECONDS = 120.0
"""Seconds to load or save the data of a whole class."""


def teacher_url(folder: Folder) -> str:
    """Return the URL of the server for the teacher's commands, as connect() takes it; "?db=7"
    selects a learner's database.

    Raises RuntimeError with one sentence if no server is up.
    """
    if not is_up(folder):
        raise RuntimeError(
            f"No class is up in {folder.path}: `python3 -m helpers class up --roster FILE` "
            "starts one."
        )
    return folder.teacher.read_text("utf-8").strip()


def teacher(folder: Folder, timeout: float = CLASS_SECONDS) -> redis.Redis:
    """Return the teacher's client; raises RuntimeError with one sentence if no server is up, or if
    it doesn't answer."""
    url = teacher_url(folder)
    try:
        return connect(url, timeout=timeout)
    except CannotConnect as error:
        raise RuntimeError(f"The class in {folder.path} can't be reached. {error}") from None


def is_up(folder: Folder) -> bool:
    """Tell whether a server accepts connections at the socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(folder.socket))
        except OSError:
            return False
    return folder.teacher.exists()


def start(folder: Folder, program: str, hosts: list[str], port: int) -> redis.Redis:
    """Start the server unless it is up, and return the teacher's client once all data is loaded.

    It listens at `port` of each host. Raises RuntimeError with one sentence if it can't.
    """
    if is_up(folder):
        wait_until(lambda: _is_ready(folder), CLASS_SECONDS, "the class's server")
        return teacher(folder)
    _check_permissions(program)
    for host in hosts:
        _check_free(host, port)
    _keep_teacher(folder)
    with open(folder.log, "ab", opener=partial(os.open, mode=0o600)) as log:
        process = subprocess.Popen(
            [program, *_settings(folder, hosts, port)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            umask=0o077,
            start_new_session=True,  # Out of reach of Ctrl-C
        )
    wait_until(
        lambda: process.poll() is not None or _is_ready(folder), CLASS_SECONDS, "the class's server"
    )
    if process.poll() is not None:
        said = " ".join(folder.log.read_text("utf-8", "replace").split("\n")[-3:]).strip()
        raise RuntimeError(f"The server ended at once: {said} {folder.log} has the rest.")
    return teacher(folder)


def stop(folder: Folder) -> None:
    """Save everything and end the server; it is gone when this returns."""
    r = teacher(folder)
    try:
        r.execute_command("SHUTDOWN")
    except redis.TimeoutError:
        raise RuntimeError(
            f"The server hasn't ended for {CLASS_SECONDS:g} s: {folder.log} may say why."
        ) from None
    except redis.ConnectionError:
        pass  # That's how a server ends
    wait_until(lambda: not is_up(folder), CLASS_SECONDS, "the class's server to end")


def _settings(folder: Folder, hosts: list[str], port: int) -> list[str]:
    """Return the server's arguments; none of them is a secret."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    return [
        *("--bind", *hosts, "--port", str(port), "--databases", str(DATABASES)),
        *("--unixsocket", str(folder.socket), "--unixsocketperm", "600"),
        *("--dir", str(folder.path), "--aclfile", str(folder.users), "--logfile", str(folder.log)),
        *("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory", str(memory), "--maxmemory-policy", "noeviction"),
        # A client that asks for more in one reply is disconnected: replies use the server's memory,
        # and a learner could change a stream while the board draws it
        *("--client-output-buffer-limit", "normal", MOST_REPLY, "0", "0"),
    ]


def _keep_teacher(folder: Folder) -> None:
    """Make the teacher's user in the server's users file, unless there is one."""
    if folder.users.exists() and folder.teacher.exists():
        return
    password = secrets.token_urlsafe(16)
    with write_private(folder.teacher) as file:
        file.write(f"unix://{TEACHER}:{password}@{quote(str(folder.socket))}\n")
    with write_private(folder.users) as file:
        file.write(f"user default off\nuser {TEACHER} on #{digest(password)} ~* &* alldbs +@all\n")


def digest(password: str) -> str:
    """Return the digest of a password that a server stores."""
    return hashlib.sha256(password.encode()).hexdigest()


def _is_ready(folder: Folder) -> bool:
    with contextlib.suppress(RuntimeError):
        return bool(is_up(folder) and teacher(folder))
    return False


def end_script(folder: Folder) -> None:
    """End a script that keeps the server from answering, if there is one."""
    once = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(teacher_url(folder), retry=once, socket_timeout=CLASS_SECONDS) as r:
        try:
            r.script_kill()
        except redis.ResponseError as error:
            if "NOTBUSY" not in str(error):
                raise RuntimeError(f"The server can't end the script that runs: {error}") from None


def _check_permissions(program: str) -> None:
    """Raise RuntimeError unless this server can restrict users to a database; tried on an empty
    server."""
    with OwnServer(program) as own, connect(own.url) as r:
        try:
            r.execute_command("ACL SETUSER", "probe", "resetdbs", "db=1")
        except redis.ResponseError:
            raise RuntimeError(
                f"{name_of(program)} has no permissions per database, so it can't keep learners "
                "apart: leave out --server to use the embedded Valkey, or name a Valkey from 9.1."
            ) from None


def _check_free(host: str, port: int) -> None:
    """Raise RuntimeError if the server couldn't listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise RuntimeError(
                f"The server can't listen at {host}, port {port} ({error.strerror}): choose "
                "another address of this machine with --bind, or another port with --port."
            ) from None
