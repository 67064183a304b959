"""Run a kernel next to the hand-in on the orders of the grader, which starts `main` in a process.

Requests and answers are JSON, one per line. A hand-in can forge any answer, so the grader trusts
none of them; the kernel's own connection never leaves the sandbox.
"""

import ast
import contextlib
import json
import os
import resource
import signal
import socket
import threading
import time
from queue import Empty
from typing import Any

from ipykernel.kernelapp import IPKernelApp
from jupyter_client import BlockingKernelClient

GRACE_SECONDS = 5.0
"""Seconds for a kernel to obey an interrupt."""

MOST_OF_AN_ERROR = 300
"""Characters of an error's text that are passed on."""

MOST_OF_AN_ANSWER = 500_000
"""Characters of a value that are passed on; an exercise needs a thousand at most."""

BARE = ("--HistoryManager.enabled=False", "--BaseFormatter.enabled=False")
"""Options of the kernel: it keeps no history, and draws nothing, for nobody looks at it."""

QUIETLY = {"store_history": False, "allow_stdin": False}
ASK = "__import__('helpers.checks.plain_data', fromlist=['dumps']).dumps({})"


def main(number: int, limits: dict[str, int]) -> None:
    """Serve the grader on an open socket until the grader closes it."""
    for name, most in limits.items():
        which = getattr(resource, f"RLIMIT_{name}")
        lowest = min(most, *(limit for limit in resource.getrlimit(which) if limit >= 0), most)
        resource.setrlimit(which, (lowest, lowest))
    home = os.environ["HOME"]
    app = IPKernelApp.instance(transport="ipc", ip=f"{home}/k")
    app.initialize(["-f", f"{home}/kernel.json", *BARE])
    channel = socket.socket(fileno=number)
    threading.Thread(target=obey, args=(channel, app.abs_connection_file), daemon=True).start()
    app.start()


def obey(channel: socket.socket, connection: str) -> None:
    """Answer one request after another; when the grader is gone, end the kernel."""
    client = BlockingKernelClient(connection_file=connection)
    client.load_connection_file()
    # Its prints are never even received
    client.start_channels(iopub=False, stdin=False, hb=False)
    with contextlib.suppress(OSError), channel.makefile("rw", encoding="utf-8") as lines:
        for line in lines:
            request = json.loads(line)
            answer = {"number": request["number"]}
            if "code" in request:
                answer |= run(client, request["code"], request["seconds"])
            else:
                answer |= {"value": value(client, request["name"], request["seconds"])}
            print(json.dumps(answer), file=lines, flush=True)
    os._exit(0)


def run(client: BlockingKernelClient, code: str, seconds: float) -> dict[str, Any]:
    """Run a cell; after `seconds`, interrupt it; "obeyed" tells whether that ended it."""
    sent = client.execute(code, **QUIETLY, stop_on_error=False)
    try:
        content = reply(client, sent, seconds)
    except TimeoutError:
        return {"late": True, "obeyed": interrupted(client, sent)}
    if content.get("status") == "ok":
        return {}
    name, text = (str(content.get(part, "")) for part in ("ename", "evalue"))
    return {"error": name[:MOST_OF_AN_ERROR], "text": text[:MOST_OF_AN_ERROR]}


def value(client: BlockingKernelClient, name: str, seconds: float) -> str:
    """Return a variable's plain data as JSON, "" if there is none, without running any of its
    code."""
    asked = {"value": ASK.format(name)}
    sent = client.execute("", silent=True, **QUIETLY, user_expressions=asked)
    try:
        answer = reply(client, sent, seconds)["user_expressions"]["value"]["data"]["text/plain"]
        return ast.literal_eval(answer) if len(answer) < MOST_OF_AN_ANSWER else ""
    except TimeoutError:
        interrupted(client, sent)
    except (KeyError, TypeError, ValueError, SyntaxError, RecursionError, MemoryError):
        pass  # No such name
    return ""


def interrupted(client: BlockingKernelClient, sent: str) -> bool:
    """Interrupt a request; tell whether the kernel obeyed."""
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    client.kernel_info()  # Wakes up an event loop in which a cell awaits something
    with contextlib.suppress(TimeoutError):
        reply(client, sent, GRACE_SECONDS)
        return True
    return False


def reply(client: BlockingKernelClient, sent: str, seconds: float) -> dict[str, Any]:
    """Wait for the answer to one request; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        with contextlib.suppress(Empty):
            message = client.get_shell_msg(timeout=left)
            if message["parent_header"].get("msg_id") == sent:
                return message["content"]
    raise TimeoutError
