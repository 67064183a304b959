"""Notice the end of a process that is not our child."""

import io
import os
import select
import selectors
import sys


def exit_of(pid: int) -> "io.FileIO | select.kqueue | None":
    """Return what turns readable when process `pid` ends; None on Linux before 5.3.

    Unlike the number, it never comes to mean a later process.
    Raises ProcessLookupError if there is no process `pid`.
    """
    try:
        if sys.platform == "linux":
            return io.FileIO(os.pidfd_open(pid))
        queue = select.kqueue()
        queue.control(
            [select.kevent(pid, select.KQ_FILTER_PROC, select.KQ_EV_ADD, select.KQ_NOTE_EXIT)], 0
        )
        return queue
    except ProcessLookupError:
        raise
    except OSError:
        return None


def exists(pid: int) -> bool:
    """Tell whether some process has that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # Somebody else's, such as the Lab of another user.
    return True


class ProcessExits:
    """The processes whose end is to wake a selector; `running` holds their numbers."""

    def __init__(self, selector: selectors.BaseSelector):
        self.selector = selector
        self.running: dict[int, io.FileIO | select.kqueue | None] = {}

    def watch(self, pid: int) -> None:
        """Wait for the end of process `pid`, unless it has come already."""
        if pid in self.running:
            return
        try:
            end = exit_of(pid)
        except ProcessLookupError:
            return
        if end:
            self.selector.register(end, selectors.EVENT_READ, lambda: self.forget(pid))
        self.running[pid] = end

    def forget(self, pid: int) -> None:
        """Wait no longer for process `pid`."""
        if end := self.running.pop(pid):
            self.selector.unregister(end)
            end.close()

    def look(self) -> bool:
        """Check the processes whose end wakes no selector; True if another check is due."""
        unseen = [pid for pid, end in self.running.items() if end is None]
        for pid in unseen:
            if not exists(pid):
                self.forget(pid)
        return bool(unseen)
