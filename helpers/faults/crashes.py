"""A crash on purpose."""

import os
import signal

OWN_NUMBER = "REDIS_STREAMS_FAULTS_PROCESS"
"""The environment variable in which a Process keeps its own number; nobody else may be crashed."""


def crash() -> None:
    """End the process that calls it, as kill -9 does: nothing is cleaned up, nothing is said.

    Raises RuntimeError anywhere but in a helpers.faults.Process, so that no notebook loses its
    kernel.
    """
    if os.environ.get(OWN_NUMBER) != str(os.getpid()):
        raise RuntimeError(
            "crash() would end your notebook's kernel: call it in a function that a Process runs."
        )
    os.kill(os.getpid(), signal.SIGKILL)
