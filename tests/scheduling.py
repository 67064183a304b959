"""How the tests are shared among processes."""

import re
from collections.abc import Iterable

from xdist.scheduler import LoadFileScheduling


class FileAndServerScheduling(LoadFileScheduling):
    """Keep a file's tests of one server together and in order; its tests of another server may run
    elsewhere meanwhile, so that the longest file isn't what everybody waits for.

    `servers` are the names with which the IDs of such tests begin, before a number if a server's
    tests are in parts.
    """

    def __init__(self, config, log, servers: Iterable[str]):
        super().__init__(config, log)
        self.start = re.compile(rf"\[({'|'.join(map(re.escape, servers))})(-part \d+)?")

    def _split_scope(self, nodeid: str) -> str:
        """Return what a test shares a process with: its file, and its server if it names one."""
        start = self.start.search(nodeid)
        return super()._split_scope(nodeid) + (start.group() if start else "")
