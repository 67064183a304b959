"""Fixtures that the asyncio tests share."""

import asyncio

import pytest

from helpers import aio
from helpers.streams import ensure_group

GROUP = "consumerGroup"


@pytest.fixture
def loop_run(url):
    """Run a coroutine function in its own event loop, with an asyncio client, for at most half a
    minute."""

    def loop_run(main, **settings):
        async def with_client():
            async with await aio.connect(url, **settings) as r:
                return await asyncio.wait_for(main(r), 30)

        return asyncio.run(with_client())

    return loop_run


@pytest.fixture
def ids(r, stream):
    """Create a group and ten entries; return their IDs."""
    ensure_group(r, stream, GROUP)
    return [r.xadd(stream, {"value": n}) for n in range(10)]
