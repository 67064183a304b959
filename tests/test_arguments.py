"""The client passed to a helper: any that returns text in one reply format will do, and every other
is refused in one sentence."""

import re

import pytest
import redis
import redis.asyncio
from redis.asyncio.cluster import RedisCluster as AsyncCluster

from helpers.arguments import check_client

TEXT = {"decode_responses": True, "legacy_responses": False}
SECRET = "redis://:swordfish@localhost"


def test_every_client_that_returns_text_in_one_shape_will_do(r):
    """Ours, its pipelines, a single connection, and one made by hand; nothing is sent."""
    with r.client() as single, r.pipeline() as pipe:
        for client in (
            r,
            single,
            pipe,
            redis.Redis(**TEXT),
            redis.Redis.from_url("redis://h?decode_responses=yes", legacy_responses=False),
        ):
            check_client(client)


@pytest.mark.parametrize(
    "client, words",
    [
        (redis.Redis(), "decode_responses=True"),
        (redis.Redis(legacy_responses=False), "decode_responses=True"),
        (redis.Redis(legacy_responses=False).pipeline(), "decode_responses=True"),
        (redis.Redis(decode_responses=True), "legacy_responses=False"),
        (redis.Redis(decode_responses=True).pipeline(), "legacy_responses=False"),
        (redis.asyncio.Redis(**TEXT), "asyncio"),
        (redis.asyncio.Redis(**TEXT).pipeline(), "asyncio"),
        (AsyncCluster("localhost"), "asyncio"),
        (redis.Redis(**TEXT).pubsub(), "this PubSub isn't redis-py's client"),
        (redis.Redis(**TEXT).connection_pool, "this ConnectionPool isn't redis-py's client"),
        (redis.Redis, "this Redis is the class"),
        (redis.asyncio.Redis, "this Redis is the class"),
        (redis, "this module isn't"),
        (None, "this NoneType isn't"),
        (SECRET, "this str isn't"),
    ],
)
def test_any_other_client_is_refused_in_one_sentence(client, words):
    """The sentence says what it is and recommends connect(), without showing its contents."""
    with pytest.raises(TypeError, match=re.escape(words)) as caught:
        check_client(client)
    assert re.fullmatch(
        r"r must be a client that connect\(\) returned: [^\n]*\.", str(caught.value)
    )
    assert "swordfish" not in str(caught.value)


def test_a_pipeline_is_refused_where_the_reply_is_needed_at_once(r):
    """Collected commands haven't run yet, and a pipeline counts as true."""
    with r.pipeline() as pipe, pytest.raises(TypeError, match="this Pipeline sends nothing before"):
        check_client(pipe, pipeline=False)
    check_client(r, pipeline=False)
