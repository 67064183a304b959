"""Ports for separate servers, on the loopback alone: no two kernels, lessons or tests get the same
one."""

import random
import socket

HOST = "127.0.0.1"

PORTS = range(20_000, 22_700)
"""Below the ports that a system lends to its clients (Linux from 32768, macOS from 49152), as are
the two that go with each: a client that holds one would keep the server from starting."""

BUS = 10_000
"""How much higher the port is on which the nodes of a cluster talk, unless cluster-port names
another."""

CLAIM = 5_000
"""How much higher the port is that marks a claim on one of PORTS."""


def claim_port() -> tuple[int, socket.socket]:
    """Return a port that is free, as is its bus port, and a socket: nobody else is given that port
    before it is closed.

    The system closes it with its process, kill -9 included. Raises RuntimeError if none is free.
    """
    # In random order, so that a client of a server that is gone is unlikely to meet the next
    for port in random.sample(PORTS, len(PORTS)):
        claim = _bind(port + CLAIM)
        if claim and _is_free(port) and _is_free(port + BUS):
            return port, claim
        if claim:
            claim.close()
    raise RuntimeError(
        f"No port from {PORTS[0]} to {PORTS[-1]} is free: restart the kernels that run servers."
    )


def _is_free(port: int) -> bool:
    """Tell whether a server could listen there now, or as soon as the system has forgotten its old
    connections."""
    if probe := _bind(port, again=True):
        probe.close()
    return probe is not None


def _bind(port: int, *, again: bool = False) -> socket.socket | None:
    """Take a port; None if somebody has it. `again` ignores what is left of closed connections, as
    servers do."""
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, again)
    try:
        bound.bind((HOST, port))
    except OSError:
        bound.close()
        return None
    return bound
