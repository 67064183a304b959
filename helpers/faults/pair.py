"""A master and its replica, to lose one of them."""

import contextlib
import threading
import weakref

import redis

from helpers.connection import connect, evidence
from helpers.faults.line import Line
from helpers.servers.own import OwnServer, program_of
from helpers.servers.ports import HOST
from helpers.waiting import wait_until

COPY_SECONDS = 20.0
"""Seconds that a replica may take for its first copy; 0.06 when there is nothing to copy
(measured)."""

AT_ONCE = {"repl-diskless-sync-delay": 0, "repl-diskless-load": "swapdb"}
"""A copy is sent and loaded at once: by default, a master waits 5 seconds before it sends one, and
a Valkey replica checks once a second whether it has all of it."""

STAYS_UP = {"repl-timeout": 86400}
"""A held line stays up for a day, because a learner may think for minutes: by default a replica
hangs up after 60 silent seconds, and then WAIT returns 0 on every connection (measured)."""


class Pair:
    """Two separate servers, `master` and `replica`, and the `line` on which the master sends its
    writes to the replica.

        with Pair(r) as pair:
            r = connect(pair.master.url)

    They run the same program as the server of `r`, if that is on this machine, else the embedded
    one. `settings` are the master's, as OwnServer takes them. Servers and line end with their
    owner, kill -9 included, when nothing refers to the pair any longer, or with `close`.
    """

    def __init__(self, r: redis.Redis, **settings: object):
        program = _program(r)
        with contextlib.ExitStack() as ending:
            self.master = ending.enter_context(
                OwnServer(program, tcp=True, **AT_ONCE | STAYS_UP | settings)
            )
            self.replica = ending.enter_context(OwnServer(program, tcp=True, **AT_ONCE | STAYS_UP))
            self.line = ending.enter_context(Line(self.master.url))
            follow(self.replica, self.line.port)
            self._ending = ending.pop_all()
            # When the owner ends, its leases do, and with them both servers
            weakref.finalize(self, _close_apart, self._ending).atexit = False

    def __enter__(self) -> "Pair":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """End both servers and the line."""
        self._ending.close()

    def fail_over(self) -> None:
        """Kill the master, lose everything on the line, and make the replica a master."""
        self.master.kill()
        self.line.cut()
        with evidence.unseen(), connect(self.replica.url) as replica:
            replica.replicaof("NO", "ONE")

    def rejoin(self) -> None:
        """After `fail_over`, start the old master again as a replica of the new one, without a
        line between them."""
        self.master.start()
        follow(self.master, self.replica.port)


def _close_apart(ending: contextlib.ExitStack) -> None:
    """Close a pair that nothing refers to any longer, in a separate thread: Python may call this in
    any thread, and one of the line's own would wait for itself to end."""
    threading.Thread(target=ending.close, daemon=True).start()


def _program(r: redis.Redis) -> str | None:
    """Ask a server which program it runs; None if it won't say, as a class server may not."""
    with evidence.unseen(), contextlib.suppress(redis.ResponseError):
        return program_of(r.info("server"))
    return None


def follow(server: OwnServer, port: int) -> None:
    """Make a server the replica of whoever answers at `port`, and wait until it has its copy."""
    with evidence.unseen(), connect(server.url) as r:
        r.replicaof(HOST, port)
        wait_until(
            lambda: r.info("replication")["master_link_status"] == "up",
            COPY_SECONDS,
            "the replica's copy",
        )
