"""A crash, or a pause, on purpose."""

import os
import signal

OWN_NUMBER = "REDIS_STREAMS_FAULTS_PROCESS"
"""The environment variable in which a Process keeps its own number; nobody else may be crashed or
frozen."""


def crash() -> None:
    """End the process that calls it, as kill -9 does: nothing is cleaned up, nothing is said.

    Raises RuntimeError anywhere but in a helpers.faults.Process, so that no notebook loses its
    kernel.
    """
    _signal_own_process(signal.SIGKILL, "crash() would end")


def freeze() -> None:
    """Stop the process that calls it, as a long pause of its machine would: its connections stay
    open, and it continues with the next line when its Process is thawed.

    Raises RuntimeError anywhere but in a helpers.faults.Process.
    """
    _signal_own_process(signal.SIGSTOP, "freeze() would stop")


def _signal_own_process(number: signal.Signals, what: str) -> None:
    if os.environ.get(OWN_NUMBER) != str(os.getpid()):
        raise RuntimeError(
            f"{what} your notebook's kernel: call it in a function that a Process runs."
        )
    os.kill(os.getpid(), number)
