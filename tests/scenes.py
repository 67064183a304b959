"""The states of a stream that every picture must show correctly, each made on a real server."""

from collections.abc import Callable, Iterable

from redis import Redis

from helpers.streams import claim, dead_letter, ensure_group, pending, read_group

GROUP = "consumerGroup"


def add(r: Redis, stream: str, values: Iterable) -> None:
    """Store an entry for each value."""
    pipe = r.pipeline(transaction=False)
    for value in values:
        pipe.xadd(stream, {"value": value})
    pipe.execute()


def read(
    r: Redis, stream: str, consumer: str, count: int, ack: int = 0, group: str = GROUP
) -> None:
    """Deliver `count` entries to a consumer, which acknowledges the first `ack` of them."""
    ids = [e.id for e in read_group(r, stream, group, consumer, count=count)]
    if ack:
        r.xack(stream, group, *ids[:ack])


def empty_stream(r: Redis, stream: str) -> None:
    """A group waits on a stream without entries."""
    ensure_group(r, stream, GROUP)


def ten_undelivered(r: Redis, stream: str) -> None:
    """0 to 9, and a group that has read nothing."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(10))


def some_pending_some_acked(r: Redis, stream: str) -> None:
    """0 and 1 acked, 2 pending for Alice, 3 for Bob, Carol idle."""
    ten_undelivered(r, stream)
    read(r, stream, "alice", 3, ack=2)
    read(r, stream, "bob", 1)
    r.xgroup_createconsumer(stream, GROUP, "carol")


def after_a_claim(r: Redis, stream: str) -> None:
    """As before, then Bob claims 2 from Alice."""
    some_pending_some_acked(r, stream)
    claim(r, stream, GROUP, "bob", pending(r, stream, GROUP)[0].id, min_idle_ms=0)


def dead_lettered(r: Redis, stream: str) -> None:
    """As before, then 3 goes to the dead-letter stream."""
    some_pending_some_acked(r, stream)
    dead_letter(r, stream, GROUP, pending(r, stream, GROUP)[1], "poison")


def trimmed_while_pending(r: Redis, stream: str) -> None:
    """Alice has 0 to 3, Bob claims 2, then everything before 3 is trimmed."""
    ten_undelivered(r, stream)
    read(r, stream, "alice", 4, ack=1)
    claim(r, stream, GROUP, "bob", pending(r, stream, GROUP)[1].id, min_idle_ms=0)
    r.xtrim(stream, maxlen=7, approximate=False)


def two_groups(r: Redis, stream: str) -> None:
    """Two groups at different places, and a third that was created at `$`."""
    some_pending_some_acked(r, stream)
    ensure_group(r, stream, "auditGroup")
    read(r, stream, "eve", 6, group="auditGroup")
    ensure_group(r, stream, "late", start="$")


def thousand_entries(r: Redis, stream: str) -> None:
    """1,000 entries, 510 delivered, 5 and 500 to 509 pending."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(1000))
    read(r, stream, "alice", 5, ack=5)
    read(r, stream, "alice", 1)
    read(r, stream, "alice", 504, ack=494)


def long_value(r: Redis, stream: str) -> None:
    """A value of 200 characters between short ones."""
    ensure_group(r, stream, GROUP)
    add(r, stream, [0, "The quick brown fox jumps over the lazy dog. 12345" * 4, "", "hello"])
    read(r, stream, "alice", 3, ack=1)


def raw_bytes(r: Redis, stream: str) -> None:
    """Bytes that aren't text, markup, a line feed, a character that reverses the direction, wide
    ones."""
    ensure_group(r, stream, GROUP)
    add(
        r, stream, [b"\xff\xfe\x00\x01ab", "<script>&\"'</script>", "a\nb\u202ec", "漢字 🎉", "]]>"]
    )
    read(r, stream, "alice", 2)


def created_at_dollar(r: Redis, stream: str) -> None:
    """The group was created after 0 to 9, so it will get only 10 and 11."""
    add(r, stream, range(10))
    ensure_group(r, stream, GROUP, start="$")
    add(r, stream, [10, 11])


Scene = Callable[[Redis, str], None]

SCENES: list[Scene] = [
    empty_stream,
    ten_undelivered,
    some_pending_some_acked,
    after_a_claim,
    dead_lettered,
    trimmed_while_pending,
    two_groups,
    thousand_entries,
    long_value,
    raw_bytes,
    created_at_dollar,
]
