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


MAX_BYTES = 1_000_000
"""The longest value that is accepted: an entry is a note, not a file; 600 MB end in a lost connection (measured)."""


def to_flat(fields: dict) -> list[bytes]:
    """Turn a dict of fields into the flat list of names and values that XADD takes, as bytes.

    Takes str, bytes, int and float; raises TypeError or ValueError with a sentence that names the field otherwise.
    """
    if not isinstance(fields, dict):
        raise TypeError(f"fields must be a dict such as {{'value': 7}}, not {type(fields).__name__}.")
    if not fields:
        raise ValueError("fields must hold at least one field: Redis stores no empty entry.")
    flat: list[bytes] = []
    for name, value in fields.items():
        if not isinstance(name, (str, bytes)) or not name:
            raise TypeError(f"the field name {name!r} must be text that isn't empty.")
        flat += (_to_bytes(name, name), _to_bytes(name, value))
    return flat


def _to_bytes(name: str | bytes, value: object) -> bytes:
    kind = type(value)
    if kind is str:
        try:
            data = value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"field {name!r}: the text holds a lone surrogate, which UTF-8 can't store.") from None
    elif kind is bytes:
        data = value
    elif kind is int or kind is float and value == value:  # NaN is the one number that isn't equal to itself
        return repr(value).encode()
    elif kind is float:
        raise ValueError(f"field {name!r}: NaN is no value; leave the field out.")
    else:
        raise TypeError(f"field {name!r}: {kind.__name__} can't be stored; make it text first, with str(), isoformat() or json.dumps().")
    if len(data) > MAX_BYTES:
        raise ValueError(f"field {name!r}: {len(data):,} bytes are too many; store what is longer than {MAX_BYTES:,} elsewhere.")
    return data
