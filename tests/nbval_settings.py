"""nbval's settings for this course: a pytest plugin that conftest.py loads if nbval is active."""

from pathlib import Path
from queue import Empty

from nbval.kernel import RunningKernel

PATTERNS = Path(__file__).parent / "nbval_sanitize.cfg"
SECONDS = 60.0
"""Seconds that a cell may take, unless --nbval-cell-timeout says otherwise; the slowest takes a
few."""


def pytest_configure(config):
    """Compare each notebook strictly, in this Python, with the same few patterns from any
    directory; notice a kernel's death."""
    option = config.option
    option.nbval = not option.nbval_lax
    option.nbval_current_env = not option.nbval_kernel_name
    if option.nbval_sanitize_with is None:
        option.nbval_sanitize_with = str(PATTERNS)
    if option.nbval_cell_timeout == 2000:  # Nbval's default: half an hour for a cell that hangs
        option.nbval_cell_timeout = SECONDS
    RunningKernel.get_message = get_message_or_notice_death


class KernelDied(RuntimeError):
    """The kernel's process ended while a cell was running."""


def get_message_or_notice_death(self, stream, timeout=None, *, get=RunningKernel.get_message):
    """Get a message as nbval does, but check every half second whether the kernel is still alive.

    nbval alone waits for the cell's whole time-out; a crash would look like a slow cell.
    """
    waited = 0.0
    while True:
        try:
            return get(self, stream, timeout=0.5)
        except Empty:
            waited += 0.5
            if not self.is_alive():
                raise KernelDied(
                    "The kernel died while this cell was running: the cell, or a helper, "
                    "ended its process."
                ) from None
            if timeout is not None and waited >= timeout:
                raise
