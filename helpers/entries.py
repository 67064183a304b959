"""One entry of a stream: its ID and its fields."""

from itertools import chain


class Entry(tuple):
    """An entry as a consumer sees it: its `id`, text in `fields`, the bytes as they are stored in `raw`.

    `fields` is empty when the entry was trimmed while it was pending.
    It holds the reply as it came, `(id, [name, value, ...])` in bytes, and makes text of it only when asked.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The entry ID."""
        return self[0].decode()

    @property
    def fields(self) -> dict[str, str]:
        """Names and values as text; bytes that aren't UTF-8 appear as `\\xff`, so one bad entry never stops a batch."""
        flat = self[1] or ()
        try:
            if len(flat) == 2:  # by far the most frequent; a dict of one is made in a fraction of the time
                return {flat[0].decode(): flat[1].decode()}
            texts = map(bytes.decode, flat)
            return dict(zip(texts, texts, strict=True))
        except UnicodeDecodeError:
            return {to_text(name): to_text(value) for name, value in self.raw.items()}

    @property
    def raw(self) -> dict[bytes, bytes]:
        """Names and values as they are stored."""
        flat = iter(self[1] or ())
        return dict(zip(flat, flat, strict=True))

    def __repr__(self) -> str:
        return f"Entry({self.id!r}, {self.fields!r})"

    def __hash__(self) -> int:
        return hash(self[0])


def to_text(value: bytes) -> str:
    """Decode UTF-8; bytes that are not UTF-8 appear as `\\xff`."""
    return value.decode("utf-8", "backslashreplace")


def to_entry(entry_id: bytes, pairs: list[bytes] | dict[bytes, bytes] | None) -> Entry:
    """Make an Entry from a reply: an ID and its names and values, flat as sent or paired by redis-py; None if trimmed."""
    return Entry((entry_id, [data for pair in pairs.items() for data in pair] if isinstance(pairs, dict) else pairs))


def id_key(entry_id: str) -> tuple[int, int]:
    """Turn an entry ID such as "1700000000000-12" into numbers that sort as the server sorts them; text would not."""
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence or 0)


MAX_BYTES = 1_000_000
"""The longest value that is accepted: an entry is a note, not a file; 600 MB end in a lost connection (measured)."""


def split(fields: dict) -> tuple[tuple, tuple]:
    """Check fields, and part them into names and values; a batch whose entries have the same names sends these once.

    Takes str, bytes, int and float; raises TypeError or ValueError with a sentence that names the field otherwise.
    """
    if not isinstance(fields, dict):
        raise TypeError(f"fields must be a dict such as {{'value': 7}}, not {type(fields).__name__}.")
    if not fields:
        raise ValueError("fields must hold at least one field: Redis stores no empty entry.")
    names, values = tuple(fields), tuple(fields.values())
    for name, value in fields.items():
        # What is surely fine is left for the client's packer, which is written in C.
        if type(value) is not int or type(name) is not str or not name or not name.isascii():
            return tuple(map(_checked_name, names)), tuple(map(_checked, names, values))
    return names, values


def to_flat(fields: dict) -> list:
    """Turn a dict of fields into the flat list of names and values that XADD takes, checked as `split` checks them."""
    return list(chain.from_iterable(zip(*split(fields), strict=True)))


def _checked_name(name: object) -> str | bytes:
    if type(name) not in (str, bytes) or not name:
        raise TypeError(f"the field name {name!r} must be text that isn't empty.")
    return _checked(name, name)


def _checked(name: str | bytes, value: object) -> str | bytes | int:
    kind = type(value)
    if kind is int:
        return value
    if kind is str:
        if value.isascii() and len(value) <= MAX_BYTES:
            return value
        try:
            data = value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"field {name!r}: the text holds a lone surrogate, which UTF-8 can't store.") from None
    elif kind is bytes:
        data = value
    elif kind is float and value == value:  # NaN is the one number that isn't equal to itself
        return repr(value)
    elif kind is float:
        raise ValueError(f"field {name!r}: NaN is no value; leave the field out.")
    else:
        raise TypeError(f"field {name!r}: {kind.__name__} can't be stored; make it text first, with str(), isoformat() or json.dumps().")
    if len(data) > MAX_BYTES:
        raise ValueError(f"field {name!r}: {len(data):,} bytes are too many; store what is longer than {MAX_BYTES:,} elsewhere.")
    return data
