"""Real kernels under a separate process, as in JupyterLab, so that a test can kill that, too."""

import json
import subprocess
import sys
from queue import Empty

from jupyter_client.blocking import BlockingKernelClient

from helpers.waiting import wait_until
from tests.startup import SocketKernelManager

REPLY = 20.0
"""Seconds for a kernel to start or a cell to run: each takes about one on an idle machine."""


class Kernel:
    """One kernel, inside the Lab's process."""

    def __init__(self):
        self.manager = SocketKernelManager()
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()

    def wait(self) -> None:
        """Wait until the kernel runs cells and their output arrives, which has its own socket and
        may connect later."""
        self.client.wait_for_ready(REPLY)
        wait_until(self.heard, REPLY, "the kernel's output")

    def heard(self) -> bool:
        """Tell whether a cell's messages arrive."""
        try:
            self.result(self.begin("pass"), seconds=1)
        except Empty:
            return False
        return True

    def run(self, code: str) -> str:
        """Run a cell; return what it prints or displays, or the name of its error."""
        return self.result(self.begin(code))

    def begin(self, code: str) -> str:
        """Start a cell; `result` takes what this returns."""
        return self.client.execute(code)

    def result(self, cell: str, seconds: float = REPLY) -> str:
        """Wait for a cell to end; raises Empty after `seconds` without a message."""
        printed = ""
        while True:
            message = self.client.get_iopub_msg(seconds)
            content = message["content"]
            if message["parent_header"].get("msg_id") != cell:
                continue
            printed += content.get("text", "") + content.get("ename", "")
            if message["msg_type"] == "display_data":
                printed += content["data"].get("text/plain", "") + "\n"
            if content.get("execution_state") == "idle":
                return printed.strip()

    def shown(self, code: str, seconds: float = REPLY) -> list[dict]:
        """Run a cell; return the contents of all its messages, including tracebacks."""
        messages: list[dict] = []
        self.client.execute_interactive(code, timeout=seconds, output_hook=messages.append)
        return [message["content"] for message in messages]

    def interrupt(self) -> None:
        """Press ■."""
        self.manager.interrupt_kernel()

    def restart(self) -> None:
        """Press ⟳."""
        self.manager.restart_kernel()
        self.wait()

    def end(self) -> None:
        """Shut the kernel down, as closing Lab does."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


class Lab:
    """The process that owns kernels; `lab("a", "run", code)` calls a method of kernel "a"."""

    def __init__(self, *kernels: str):
        self.process = subprocess.Popen(
            [sys.executable, __file__, *kernels],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, kernel: str, method: str, *arguments: str) -> str:
        self.process.stdin.write(json.dumps([kernel, method, *arguments]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        """Shut down cleanly; harmless after a kill."""
        self.process.communicate(timeout=REPLY)


def main() -> None:
    """Serve one Lab until its standard input ends, which happens when the tests end, in whatever
    way."""
    kernels = {name: Kernel() for name in sys.argv[1:]}
    try:
        for kernel in kernels.values():
            kernel.wait()
        for line in sys.stdin:
            name, method, *arguments = json.loads(line)
            print(json.dumps(getattr(kernels[name], method)(*arguments)), flush=True)
    finally:
        for kernel in kernels.values():
            kernel.end()


if __name__ == "__main__":
    main()
