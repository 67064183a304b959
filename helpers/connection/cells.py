"""A cell that was run, how it ended, and whether something that it started is still at work."""

import ast
import asyncio
import io
import threading
import tokenize
from collections.abc import Collection
from dataclasses import dataclass

from helpers.connection.origins import made

FINE, ERROR, INTERRUPTED, RUNNING = "", "error", "interrupted", "running"
"""How an attempt may have ended; RUNNING: a thread or a task that it started is still at work."""

PLACE = "# your code here"
"""The line of an exercise's cell below which the learner writes."""


@dataclass(eq=False)
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
        looked = self.checks or (self.ended == FINE and only_calls(self.source))
        return looked and not self.acts


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


def syntax_nodes(source: str) -> list[ast.AST]:
    """Return all parts of a cell's syntax tree; none if Python can't read it."""
    try:
        return list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def written(source: str) -> list[ast.stmt]:
    """Return the statements below the place for a learner's code, or all of a cell without such a
    place; none if Python can't read the cell."""
    lines = [line.strip() for line in source.splitlines()]
    place = lines.index(PLACE) + 1 if PLACE in lines else 0
    return [
        node for node in syntax_nodes(source) if isinstance(node, ast.stmt) and node.lineno > place
    ]


def without_comments(source: str) -> str:
    """Return a cell's source with its comments taken out, or as it is if Python can't read it."""
    lines = source.splitlines()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (SyntaxError, tokenize.TokenError):
        return source
    return "\n".join(lines)


def constants(source: str) -> set[str]:
    """Return the names in capitals that a cell sets, such as FINISH."""
    return {name for name in made(written(source.replace(PLACE, ""))) if name.isupper()}


def how(error: BaseException | None) -> tuple[str, str]:
    """Return how a cell ended, by what it raised, if anything: the word, and the error's name and
    text."""
    if error is None:
        return FINE, ""
    try:
        text = " ".join(str(error)[:300].split())
    except Exception:  # A learner's own class may fail to say what it is
        text = ""
    name = type(error).__name__
    if isinstance(error, SyntaxError) and name.startswith("_"):
        name = "SyntaxError"  # From Python 3.13 on, one of its own for a missing parenthesis
    ended = INTERRUPTED if isinstance(error, KeyboardInterrupt) else ERROR
    return ended, f"{name}: {text}".removesuffix(": ")


def threads() -> set[threading.Thread]:
    """Return the threads of the notebook's own code, and of producers and consumers, that are
    running; a Timer only waits."""
    alive = (each for each in threading.enumerate() if not isinstance(each, threading.Timer))
    return {each for each in alive if _is_ours(each)}


def at_work(before: Collection[threading.Thread]) -> bool:
    """Tell whether a thread that wasn't there `before`, or a task of the notebook's own code, is
    still running."""
    if threads() - set(before):
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
