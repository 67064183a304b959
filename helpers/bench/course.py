"""How fast the course itself starts: how long a learner waits before the first cell has run."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from helpers.connection import connect
from helpers.servers import shared

IMPORTS = "from helpers import connection, consumer, producer, streams"
"""The imports in a lesson's first cells; nearly all of their cost is redis-py's."""


def measure(progress: Callable[[str], None], quick: bool) -> dict[str, list[dict]]:
    """Time the imports of a lesson, and connect() to the running embedded server."""
    times = 3 if quick else 7
    connect().close()
    rows = [
        {"what": what, "median ms": median(action, times, progress, what), "at most ms": limit}
        for what, action, limit in (
            ("a new Python alone", lambda: python("pass"), None),
            ("a new Python that imports helpers", lambda: python("import helpers"), None),
            ("a new Python that imports redis", lambda: python("import redis"), None),
            ("a new Python that imports what a lesson does", lambda: python(IMPORTS), None),
            ("connect() to a running server", lambda: connect().close(), 50),
        )
    ]
    more = rows[1]["median ms"] - rows[0]["median ms"]
    what = "import helpers (the difference)"
    rows.insert(2, {"what": what, "median ms": more, "at most ms": 300})
    shared.embedded()  # The lease ends with this process
    return {"The course itself": rows}


def median(
    action: Callable[[], object], times: int, progress: Callable[[str], None], what: str
) -> float:
    """Return the median duration of an action, in milliseconds."""
    taken = []
    for _ in range(times):
        progress(what)
        began = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def python(program: str) -> None:
    """Run a program in a fresh Python process."""
    subprocess.run([sys.executable, "-c", program], check=True)
