"""One entry of a stream: its ID and its fields."""


class Entry:
    """An entry as a consumer sees it: its `id`, text in `fields`, the bytes as they are stored in `raw`.

    `fields` is empty when the entry was trimmed while it was pending. Bytes become text when they are first asked for.
    """

    __slots__ = ("id", "_flat", "_fields")

    def __init__(self, entry_id: str, flat: list[bytes]):
        self.id = entry_id
        self._flat = flat
        self._fields: dict[str, str] | None = None

    @property
    def fields(self) -> dict[str, str]:
        """Names and values as text; bytes that aren't UTF-8 appear as `\\xff`, so one bad entry never stops a batch."""
        if self._fields is None:
            try:
                texts = iter([data.decode() for data in self._flat])
            except UnicodeDecodeError:
                texts = iter([to_text(data) for data in self._flat])
            self._fields = dict(zip(texts, texts, strict=True))
        return self._fields

    @property
    def raw(self) -> dict[bytes, bytes]:
        """Names and values as they are stored."""
        return dict(zip(self._flat[::2], self._flat[1::2], strict=True))

    def __repr__(self) -> str:
        return f"Entry({self.id!r}, {self.fields!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and (self.id, self.raw) == (other.id, other.raw)

    def __hash__(self) -> int:
        return hash(self.id)


def to_text(value: bytes) -> str:
    """Decode UTF-8; bytes that are not UTF-8 appear as `\\xff`."""
    return value.decode("utf-8", "backslashreplace")


def to_entry(entry_id: bytes, pairs: list[bytes] | dict[bytes, bytes] | None) -> Entry:
    """Make an Entry from a reply: an ID and its names and values, flat as sent or paired by redis-py; None if trimmed."""
    flat = [data for pair in pairs.items() for data in pair] if isinstance(pairs, dict) else pairs or []
    return Entry(entry_id.decode(), flat)


def id_key(entry_id: str) -> tuple[int, int]:
    """Turn an entry ID such as "1700000000000-12" into numbers that sort as the server sorts them; text would not."""
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence or 0)


MAX_BYTES = 1_000_000
"""The longest value that is accepted: an entry is a note, not a file; 600 MB end in a lost connection (measured)."""


def to_flat(fields: dict) -> list:
    """Turn a dict of fields into the flat list of names and values that XADD takes.

    Takes str, bytes, int and float; raises TypeError or ValueError with a sentence that names the field otherwise.
    """
    if not isinstance(fields, dict):
        raise TypeError(f"fields must be a dict such as {{'value': 7}}, not {type(fields).__name__}.")
    if not fields:
        raise ValueError("fields must hold at least one field: Redis stores no empty entry.")
    flat = []
    for name, value in fields.items():
        if type(name) not in (str, bytes) or not name:
            raise TypeError(f"the field name {name!r} must be text that isn't empty.")
        flat.append(name if type(name) is str and name.isascii() else _checked(name, name))
        # What is surely fine is left for the client's packer, which is written in C.
        flat.append(value if type(value) is int else _checked(name, value))
    return flat


def _checked(name: str | bytes, value: object) -> str | bytes:
    kind = type(value)
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
