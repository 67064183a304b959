"""The process that outlives kernels: it runs one server while anybody holds a lease, then removes everything.

    python -I -S guard.py shared|own FD DIRECTORY BINARY [SETTINGS...]

It is run by its path and is standard library only, so it starts in a few hundredths of a second.
A lease is an open connection: the operating system closes it however its holder ends, so nothing has to be polled.
`shared`: leases arrive at the listening socket FD, and a server that dies is started again, empty.
`own`: FD is the only lease; its holder decides when the server dies and starts again.
A request is one line, "start [PID]" or "signal NUMBER"; so is its answer: "ready PID", "done" or "error TEXT".
"""

import os

if __name__ == "__main__" and os.fork():
    os._exit(0)  # The guard is nobody's child: it leaves no zombie, and a killed tree of processes does not take it along.

import contextlib
import ctypes
import fcntl
import io
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import time

LINGER = 0.3
"""Seconds that a shared server waits for its next lease; two seconds after the last one all must be gone."""
START = 30.0
"""Seconds that a server may take to start: 0.02 when it is empty (measured), more to load an append-only file."""
LOOK = 0.005
"""Seconds between two looks at a server that is starting."""
POLL = 0.5
"""Seconds between two looks at processes where the system cannot tell when one ends (Linux before 5.3)."""
SETTINGS = (
    *("--port", "0", "--unixsocketperm", "700", "--save", "", "--appendonly", "no"),
    *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)


def die_with_guard() -> None:
    """Have Linux kill the server when the guard is killed; elsewhere the next guard ends the server left behind."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def ending(pid: int) -> "io.FileIO | select.kqueue":
    """Return what turns readable when process `pid` ends; unlike its number, it never means a later process.

    Raises ProcessLookupError if there is no such process, another OSError if the system has no such thing.
    """
    if sys.platform == "linux":
        return io.FileIO(os.pidfd_open(pid))
    queue = select.kqueue()
    queue.control([select.kevent(pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD, select.KQ_NOTE_EXIT)], 0)
    return queue


def exists(pid: int) -> bool:
    """True while there is a process of that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


class Server:
    """The server process and its socket; `state` is stopped, starting or ready."""

    def __init__(self, directory: str, binary: str, settings: list[str]):
        self.path = os.path.join(directory, "server.sock")
        self.command = [binary, *SETTINGS, "--dir", directory, "--unixsocket", self.path, *settings]
        self.state, self.deadline = "stopped", 0.0

    def start(self) -> None:
        """Start the process, which can be used once `answers`; raises OSError if it cannot be run."""
        with contextlib.suppress(OSError):
            self.ask(b"SHUTDOWN NOSAVE\r\n")  # Only where a killed guard left its server behind does anybody hear this.
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.path)
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, preexec_fn=die_with_guard)
        self.state, self.deadline = "starting", time.monotonic() + START

    def ask(self, line: bytes) -> bytes:
        """Send a line to the server, return the first 64 KB of its reply; raises OSError if nobody answers."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(self.path)
            connection.sendall(line)
            return connection.recv(65536)

    def answers(self) -> bool:
        """True once our own process has loaded its data and answers (one with a password answers NOAUTH)."""
        try:
            reply = self.ask(b"INFO\r\n")
        except OSError:
            return False
        ours = b"\nprocess_id:%d\r" % self.process.pid in reply and b"\nloading:0\r" in reply
        return ours or reply.startswith(b"-NOAUTH")

    def signal(self, number: int) -> None:
        """Send the process a signal; see its end if the signal is one that ends it."""
        if self.state == "stopped":
            return
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            self.process.kill()
            self.process.wait()
            self.state = "stopped"


class Guard:
    """Looks after a server while there are leases, or processes that leases named."""

    def __init__(self, mode: str, fd: str, directory: str, binary: str, *settings: str):
        self.shared, self.directory = mode == "shared", directory
        self.opened = os.open(directory, os.O_RDONLY)  # Our directory, whatever its path comes to mean.
        self.lock = os.open("lock", os.O_RDWR | os.O_CREAT, 0o600, dir_fd=self.opened)
        self.server = Server(directory, binary, list(settings))
        self.selector = selectors.DefaultSelector()
        self.leases, self.waiting = set(), set()
        self.launchers, self.polled = set(), set()
        self.first = socket.socket(fileno=int(fd))
        if self.shared:
            self.selector.register(self.first, selectors.EVENT_READ, self.accept)
        else:
            self.welcome(self.first)

    def run(self) -> None:
        """Serve leases until the last one, and each process that they named, is gone."""
        while True:
            events = self.selector.select(self.patience())
            for key, _ in events:
                key.data()
            for pid in [pid for pid in self.polled if not exists(pid)]:
                self.gone(pid)
            self.look_at_server()
            if not (events or self.leases or self.launchers) and self.alone():
                return

    def patience(self) -> float | None:
        """Return how many seconds to wait for something to happen, None for as long as it takes."""
        if self.server.state == "starting":
            return LOOK
        if not self.leases and not self.launchers:
            return LINGER if self.shared else 0
        return POLL if self.polled else None

    def alone(self) -> bool:
        """True if nobody is about to take a lease; then the lock that each newcomer takes first is ours for good."""
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def accept(self) -> None:
        """Take in whoever knocks, unless they have gone away meanwhile."""
        with contextlib.suppress(OSError):
            self.welcome(self.first.accept()[0])

    def welcome(self, lease: socket.socket) -> None:
        """Take in a new lease."""
        self.leases.add(lease)
        self.selector.register(lease, selectors.EVENT_READ, lambda: self.hear(lease))

    def hear(self, lease: socket.socket) -> None:
        """Do what a lease asks, or forget it when its holder is gone.

        Requests are short and each waits for its answer, so what arrives at once is one whole request.
        """
        try:
            verb, *numbers = lease.recv(100).decode().split() or [""]
        except OSError:
            verb = ""
        if verb == "start":
            self.waiting.add(lease)
            self.launchers.update(pid for pid in map(int, numbers) if pid not in self.launchers and self.watch(pid))
            if self.server.state == "stopped":
                self.start_server()
        elif verb == "signal":
            self.server.signal(int(numbers[0]))
            self.answer(lease, "done")
        else:
            self.forget(lease)

    def answer(self, lease: socket.socket, line: str) -> None:
        """Answer a request; should its holder be gone, the next turn will hear of it."""
        with contextlib.suppress(OSError):
            lease.sendall(line.encode("utf-8", "replace") + b"\n")

    def forget(self, lease: socket.socket) -> None:
        """Drop a lease; that of an owner stays open, because its end says that everything is gone."""
        self.selector.unregister(lease)
        self.leases.discard(lease)
        self.waiting.discard(lease)
        if self.shared:
            lease.close()

    def watch(self, pid: int) -> bool:
        """Have the end of process `pid` wake us; False if it has ended already."""
        try:
            end = ending(pid)
            self.selector.register(end, selectors.EVENT_READ, lambda: self.gone(pid, end))
        except ProcessLookupError:
            return False
        except OSError:
            self.polled.add(pid)
        return True

    def gone(self, pid: int, end: "io.FileIO | select.kqueue | None" = None) -> None:
        """Forget a process that has ended."""
        self.launchers.discard(pid)
        self.polled.discard(pid)
        if end:
            self.selector.unregister(end)
            end.close()

    def start_server(self) -> None:
        """Start the server, or say why it cannot be run."""
        try:
            self.server.start()
            self.watch(self.server.process.pid)
        except OSError as error:
            self.tell(f"error {error}")

    def look_at_server(self) -> None:
        """Notice that the server answers, which some wait for, or that it ended."""
        server = self.server
        if server.state == "stopped":
            return
        if server.process.poll() is not None:
            was_ready, server.state = server.state == "ready", "stopped"
            if was_ready and (self.shared or self.waiting):
                self.start_server()
            else:
                self.tell(f"error {self.last_words()}")
        elif server.state == "starting" and server.answers():
            server.state = "ready"
        elif server.state == "starting" and time.monotonic() > server.deadline:
            server.signal(signal.SIGKILL)
            self.tell(f"error the server did not answer within {START:g} seconds")
        if server.state == "ready":
            self.tell(f"ready {server.process.pid}")

    def tell(self, line: str) -> None:
        """Answer everybody who waits for the server."""
        for lease in self.waiting:
            self.answer(lease, line)
        self.waiting.clear()

    def last_words(self) -> str:
        """Return the end of the log, where the server says why it ended."""
        with open(os.path.join(self.directory, "log"), errors="replace") as log:
            return " ".join(log.read().split("\n")[-3:]).strip()

    def close(self) -> None:
        """End the server and remove the directory, unless its path means another one by now."""
        self.server.signal(signal.SIGKILL)
        if self.shared:
            for lease in (self.first, *self.leases):
                lease.close()  # Whoever waits for an answer sees it close, and lets go of the lock.
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        with contextlib.suppress(FileNotFoundError):
            if os.path.samestat(os.stat(self.directory), os.fstat(self.opened)):
                shutil.rmtree(self.directory, ignore_errors=True)


def main() -> None:
    """Look after a server until nobody needs it, or until SIGTERM."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    guard = Guard(*sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        guard.run()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        guard.close()


if __name__ == "__main__":
    main()
