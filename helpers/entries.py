"""One entry of a stream: its ID and its fields."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a consumer sees it: text in `fields`, the bytes as stored in `raw`.

    `fields` is empty when the entry was trimmed while it was pending.
    """

    id: str
    fields: dict[str, str]
    raw: dict[bytes, bytes] = field(default_factory=dict, repr=False, compare=False)


def to_text(value: bytes) -> str:
    """Decode UTF-8; bytes that are not UTF-8 appear as `\\xff`, so one bad entry never stops a whole batch."""
    return value.decode("utf-8", "backslashreplace")


def to_entry(entry_id: bytes, pairs: Iterable[bytes] | dict[bytes, bytes] | None) -> Entry:
    """Make an Entry from a raw reply: an ID and a flat list of names and values (or a dict, or None if trimmed)."""
    if not isinstance(pairs, dict):
        flat = list(pairs or ())
        pairs = dict(zip(flat[::2], flat[1::2], strict=True))
    return Entry(to_text(entry_id), {to_text(k): to_text(v) for k, v in pairs.items()}, pairs)


def id_key(entry_id: str) -> tuple[int, int]:
    """Turn an entry ID such as "1700000000000-12" into numbers that sort as the server sorts them; text would not."""
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence or 0)
