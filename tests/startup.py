"""A pytest plugin that prepares each test process; pyproject.toml loads it before nbval.

Kernels talk through Unix sockets: Jupyter looks for five free ports, and only a second later binds
them. In between, one of the tests' many connections may have taken one, and the kernel dies.

Nbval imports jsonschema, which imports rfc3987_syntax if it's there. This makes 39 parsers for
international addresses at once, 1.5 seconds of CPU, and no notebook's schema asks for one.
"""

import itertools
import sys
import tempfile

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

import nbval.kernel  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402

from helpers.servers.guard.paths import short  # noqa: E402

SOCKETS = tempfile.TemporaryDirectory(prefix="k-", dir=short(len("/k-01234567/999-5")))
NUMBERS = itertools.count(1)


class SocketKernelManager(KernelManager):
    """A kernel that is reached by Unix sockets of its own."""

    def __init__(self, **settings):
        ip = f"{SOCKETS.name}/{next(NUMBERS)}"  # With ipc, what the sockets' names begin with
        super().__init__(transport="ipc", ip=ip, **settings)


nbval.kernel.KernelManager = SocketKernelManager
