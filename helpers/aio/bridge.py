"""A bridge for code that waits: under asyncio, the same code lets the event loop go on meanwhile.

`run` calls a plain function in a greenlet, a stack of its own. When the function waits, by
`wait_for`, that stack stands still, and `run` awaits in its place. SQLAlchemy's asyncio extension
works this way, too. Nothing runs in another thread.
"""

import inspect
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator
from functools import partial
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")


class Waiting(greenlet):
    """A stack that may wait; its parent is the stack that awaits for it."""


def wait_for(awaitable: Awaitable[T]) -> T:
    """Return what an awaitable gives, in a function that `run` has called.

    Raises RuntimeError elsewhere: there, nobody would await it.
    """
    stack = getcurrent()
    if not isinstance(stack, Waiting):
        if inspect.iscoroutine(awaitable):
            awaitable.close()  # Else Python warns that it was never awaited
        raise RuntimeError("this waits with asyncio: call it with await.")
    return stack.parent.switch(awaitable)


async def run(function: Callable[..., T], /, *arguments: Any, **named: Any) -> T:
    """Call a function that waits, and return what it returns; a cancellation is raised in it, where
    it waits."""
    stack = Waiting(function)
    stack.gr_context = getcurrent().gr_context  # So that context variables are the task's
    asked = stack.switch(*arguments, **named)
    while not stack.dead:
        try:
            answer = await asked
        except BaseException:  # Whatever it is, it belongs to whoever waits
            asked = stack.throw(*sys.exc_info())
        else:
            asked = stack.switch(answer)
    return asked


class Begun:
    """A coroutine that has begun already: to await it is to await the rest, from what it asked
    for."""

    def __init__(self, coroutine: Coroutine, asked: object):
        self.coroutine, self.asked = coroutine, asked

    def __await__(self) -> Generator:
        asked = self.asked
        while True:
            try:
                answer = yield asked
                step = partial(self.coroutine.send, answer)
            except BaseException as error:
                step = partial(self.coroutine.throw, error)
            try:
                asked = step()
            except StopIteration as done:
                return done.value


class Bridged:
    """Stands for an object of asyncio in code that doesn't await: what its methods promise is
    waited for."""

    def __init__(self, inner: object):
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        return _waiting(found) if inspect.ismethod(found) else found


def _waiting(method: Callable) -> Callable:
    def call(*arguments: Any, **named: Any) -> Any:
        result = method(*arguments, **named)
        return wait_for(result) if inspect.isawaitable(result) else result

    return call
