"""What a handler is, and what it may return: its work must be done by then."""

import concurrent.futures
import functools
import inspect
import subprocess
import threading
import types
from collections.abc import Callable, Iterator

DEFERRED = (inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction)
"""Tests for functions whose body doesn't run when they are called; they see through
functools.partial, too."""

UNFINISHED = (
    *(types.AsyncGeneratorType, concurrent.futures.Future, threading.Thread, subprocess.Popen),
    *(types.FunctionType, types.MethodType, types.BuiltinFunctionType, functools.partial),
)
"""Types, besides awaitables, that stand for work that may not be done yet: something else is doing
it, or nobody has called it."""

LAZY = ("builtins", "itertools")
"""Modules whose iterators, such as generators, do nothing until they are asked. A database's cursor
is an iterator, too, but has done its work."""

FINISHED = frozenset({type(None), bool, int, float, str, bytes})
"""Types of values that never stand for unfinished work: looking closer at each result would take a
tenth of a fast handler's time."""


def check_handler(**handlers: object) -> None:
    """Raise TypeError unless each is a plain function: one that has done its work when it
    returns."""
    for name, handler in handlers.items():
        if not callable(handler):
            raise TypeError(f"{name} must be a function that takes an entry, not {handler!r}.")
        if any(map(functools.partial(is_kind, handler), DEFERRED)):
            elsewhere = " helpers.aio has a Consumer for async functions." * is_async(handler)
            raise TypeError(
                f"{name} must be a plain function: calling {handler!r} only prepares its work, "
                f"so its entries would be acknowledged and never handled.{elsewhere}"
            )


def is_async(handler: Callable) -> bool:
    """Tell whether calling a function gives a coroutine, as `async def` does."""
    return is_kind(handler, inspect.iscoroutinefunction)


def is_kind(handler: Callable, kind: Callable[[object], bool]) -> bool:
    """Tell whether a function, or the `__call__` of an object, is of a kind."""
    return kind(handler) or kind(type(handler).__call__)


def check_finished(result: object) -> None:
    """Raise TypeError if what a handler returned, or an item of it, is work that is not done yet,
    or an exception that it meant to raise.

    Such work is an awaitable, a generator, a thread, or a function that nobody has called.
    """
    items = result.values() if isinstance(result, dict) else result
    several = isinstance(result, (dict, list, tuple, set, frozenset))
    parts = list(items) if several else [result]
    for part in parts:
        if inspect.iscoroutine(part):
            part.close()  # Else Python warns that it was never awaited
    for part in parts:
        if is_exception(part):
            raise TypeError(
                f"the handler returned {part!r}: raise it, or its entry counts as done."
            )
        if is_unfinished(part):
            raise TypeError(
                f"the handler returned work that is not done yet ({type(part).__name__}): the "
                "entry stays pending. Finish the work before you return."
            )


def is_exception(part: object) -> bool:
    """Tell whether something could be raised."""
    return isinstance(part, BaseException) or (
        isinstance(part, type) and issubclass(part, BaseException)
    )


def is_unfinished(part: object) -> bool:
    """Tell whether something stands for work that may not be done yet."""
    home = type(part).__module__
    return (
        inspect.isawaitable(part)
        or isinstance(part, UNFINISHED)
        or (isinstance(part, Iterator) and home in LAZY)
        or home.startswith("multiprocessing.")  # Processes and a pool's results
    )
