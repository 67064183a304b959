"""A cell that was run, how it ended, and whether something that it started is still at work."""

import ast
import asyncio
import threading
from dataclasses import dataclass

FINE, ERROR, INTERRUPTED, RUNNING = "", "error", "interrupted", "running"
"""How an attempt may have ended; RUNNING: a thread or a task that it started is still at work."""


@dataclass
class Cell:
    """One cell that was run: its source, how it ended, and whether it was a check or sent
    anything."""

    source: str
    ended: str = FINE
    error: str = ""
    checks: bool = False
    acts: bool = False

    @property
    def looks(self) -> bool:
        """Tell whether the cell only looked, so that it says nothing about how an attempt ended."""
        return self.ended == FINE and not self.acts and (self.checks or only_calls(self.source))


def ending(cells: list[Cell]) -> dict[str, str]:
    """Return how an attempt of these cells ended, by the last one that did something, and their
    source."""
    last = next((each for each in reversed(cells) if not each.looks), Cell(""))
    code = "\n".join(each.source for each in cells if not each.checks or each.acts)
    return {"ended": last.ended, "error": last.error, "code": code}


def only_calls(source: str) -> bool:
    """Tell whether a cell consists of expressions and imports alone, such as picture(r, LOOP); it
    assigns nothing."""
    try:
        return all(
            isinstance(node, (ast.Expr, ast.Import, ast.ImportFrom))
            for node in ast.parse(source).body
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source.lstrip().startswith(("%", "?", "!", "#"))


def said_of(error: BaseException) -> str:
    """Return an error's text, on one line, cut."""
    try:
        return " ".join(str(error)[:200].split())
    except Exception:  # A learner's own class may fail to say what it is
        return ""


def at_work() -> bool:
    """Tell whether a thread or a task of the notebook's own code, or of a producer or consumer, is
    still running."""
    threads = (each for each in threading.enumerate() if not isinstance(each, threading.Timer))
    if any(_is_ours(each) for each in threads):
        return True
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:  # No loop is running here
        return False
    frames = (getattr(each.get_coro(), "cr_frame", None) for each in tasks)
    return any(frame and frame.f_globals.get("__name__") == "__main__" for frame in frames)


def _is_ours(thread: threading.Thread) -> bool:
    if type(thread).__module__ == "__main__":
        return True
    target = getattr(thread, "_target", None)  # Python's own name, gone once the thread has ended
    return getattr(target, "__module__", "") in ("__main__", "helpers.threads")
