"""How the tests are distributed among processes."""

import re
from collections.abc import Iterable

from xdist.scheduler import LoadFileScheduling


class FileAndServerScheduling(LoadFileScheduling):
    """Keep a file's tests for one server together and in order; its tests for another server may
    run elsewhere meanwhile, so that nobody has to wait for the longest file.

    `servers` are the names that begin the IDs of such tests, followed by a number if a server's
    tests are split.
    """

    def __init__(self, config, log, servers: Iterable[str]):
        super().__init__(config, log)
        self.start = re.compile(rf"\[({'|'.join(map(re.escape, servers))})(-part \d+)?")

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of tests that share a process: the file, and the server if the test
        names one."""
        start = self.start.search(nodeid)
        return super()._split_scope(nodeid) + (start.group() if start else "")
