"""A program in a separate process: started with an environment, told to end, killed."""

import os
import runpy
from pathlib import Path

from helpers.faults.process import Process


def _run(r: object, path: str, environment: dict[str, str]) -> None:
    os.environ.update(environment)
    runpy.run_path(path, run_name="__main__")


class Program(Process):
    """Runs a Python file as `python FILE` does, with `environment` added to this process's own.

        with Program("service/worker.py", STREAM="15:orders") as worker:
            worker.terminate()

    Otherwise it is a Process: it is gone at the end of the with block, and with the kernel.
    """

    def __init__(self, path: str, **environment: object):
        texts = {name: str(value) for name, value in environment.items()}
        super().__init__(_run, str(Path(path).resolve()), texts, url=texts.get("REDIS_URL"))
