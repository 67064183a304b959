"""The bridge: waiting code lets the event loop run, and knows which task it is in."""

import asyncio
from contextvars import ContextVar

import pytest

from helpers.aio.bridge import Begun, run, wait_for

NAME: ContextVar[str] = ContextVar("NAME", default="nobody")


async def gives(value, turns: int = 1):
    """Return a value after giving others a few turns."""
    for _ in range(turns):
        await asyncio.sleep(0)
    return value


def test_a_function_that_waits_gives_what_it_returns():
    """However often it waits."""

    def add(*numbers):
        return sum(wait_for(gives(number)) for number in numbers)

    assert asyncio.run(run(add, 1, 2, 3)) == 6


def test_others_get_their_turn_meanwhile():
    """Two functions wait for each other."""
    said = []

    def count(name):
        for n in range(3):
            said.append((n, name))
            wait_for(gives(None))

    async def main():
        await asyncio.gather(run(count, "a"), run(count, "b"))

    asyncio.run(main())
    assert said == [(n, name) for n in range(3) for name in "ab"]


def test_an_error_or_a_cancellation_is_raised_where_it_waits():
    """The function may handle it, and its result counts."""
    seen = []

    def wait(awaitable):
        try:
            wait_for(awaitable)
        except BaseException as error:
            seen.append(type(error))
            raise

    async def fails():
        raise ValueError

    async def main():
        with pytest.raises(ValueError):
            await run(wait, fails())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await run(wait, asyncio.Event().wait())

    asyncio.run(main())
    assert seen == [ValueError, asyncio.CancelledError]


def test_context_variables_are_the_tasks():
    """Both ways: what the function reads, and what it sets."""

    def read_and_set():
        found = NAME.get()
        NAME.set("function")
        return found

    async def main():
        NAME.set("task")
        assert await run(read_and_set) == "task"
        assert NAME.get() == "function"

    asyncio.run(main())


@pytest.mark.parametrize("turns", [1, 3])
def test_a_coroutine_that_has_begun_goes_on_from_there(turns):
    """It gets what it awaits, and its value is returned."""

    async def main():
        coroutine = gives("value", turns)
        return await Begun(coroutine, coroutine.send(None))

    assert asyncio.run(main()) == "value"


def test_outside_of_run_nobody_would_wait():
    """The sentence says what is missing."""
    with pytest.raises(RuntimeError, match="call it with await"):
        wait_for(gives(1))
