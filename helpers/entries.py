"""One entry of a stream: its ID and its fields."""

import math


class Entry(tuple):
    """An entry as a consumer sees it: its `id`, its fields as text in `fields`, as bytes in `raw`.

    `fields` is empty when the entry was trimmed while it was pending. It holds the reply as it
    came, `(id, [name, value, ...])` in bytes, and makes text of it only when asked.
    """

    __slots__ = ()

    @property
    def id(self) -> str:
        """The entry ID."""
        return self[0].decode()

    @property
    def fields(self) -> dict[str, str]:
        """Names and values as text; bytes that aren't UTF-8 appear as `\\xff`, so one bad entry
        never stops a batch."""
        flat = self[1] or ()
        try:
            # By far the most frequent; a dict of one is made in a fraction of the time
            if len(flat) == 2:
                return {flat[0].decode(): flat[1].decode()}
            parts = iter(flat)
            return {name.decode(): next(parts).decode() for name in parts}
        except UnicodeDecodeError:
            return {to_text(name): to_text(value) for name, value in self.raw.items()}

    @property
    def raw(self) -> dict[bytes, bytes]:
        """Names and values in bytes; if the entry has a name twice, only the last value."""
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
    """Make an Entry from a reply: an ID and its names and values, flat as sent or paired by
    redis-py; None if trimmed."""
    if isinstance(pairs, dict):
        pairs = [data for pair in pairs.items() for data in pair]
    return Entry((entry_id, pairs))


def id_key(entry_id: str) -> tuple[int, int]:
    """Turn an entry ID such as "1700000000000-12" into numbers that sort as the server sorts them;
    text would not."""
    milliseconds, _, sequence = entry_id.partition("-")
    return int(milliseconds), int(sequence or 0)


MAX_BYTES = 1_000_000
"""The most bytes that an entry may have, names and values together; 600 MB end in a lost connection
(measured)."""

MAX_FIELDS = 3900
"""The most fields that are accepted: a script can hand at most 7,999 values to XADD, and a field is
two of them (Lua's LUAI_MAXCSTACK; measured)."""

LEAST, MOST = -(10**18), 10**18
"""Ints between have at most 18 digits, so they surely become text; Python refuses that from 4,301
digits on, or from 641 (sys.set_int_max_str_digits)."""

SMALL_BYTES = 20
"""Room for such an int, its sign included."""

Fields = tuple[tuple[str | bytes, ...], tuple[str | bytes | int, ...], int]
"""Checked fields: the names, the values, and the most bytes that all of them can have."""


def split(fields: dict) -> Fields:
    """Check fields, and separate them into names and values; a batch whose entries have the same
    names sends these once.

    Takes str, bytes, int and float; otherwise raises TypeError or ValueError with a sentence that
    names the field.
    """
    if type(fields) is not dict and not isinstance(fields, dict):
        raise TypeError(
            f"fields must be a dict such as {{'value': 7}}, not {type(fields).__name__}."
        )
    names, values = tuple(fields), tuple(fields.values())
    size = SIZES.get(names) or _size(names)
    for name in names:
        if type(name) is not str:
            return _split_with_care(names, values)
    for value in values:
        if type(value) is int:
            if not LEAST < value < MOST:
                break
        elif type(value) is str and value.isascii():
            size += len(value)
        else:
            break
    else:  # Surely fine, and by far the most frequent
        if len(names) == len(values) and size <= MAX_BYTES:
            return names, values, size
    return _split_with_care(names, values)


def _split_with_care(names: tuple, values: tuple) -> Fields:
    if len(names) != len(values):
        raise ValueError("fields changed while it was sent: give each thread its own dict.")
    names, values = tuple(map(_checked_name, names)), tuple(map(_checked, names, values))
    size = SIZES.get(names) or _size(names)
    size += sum(len(value) for value in values if type(value) is not int)
    _check_size(size)
    return names, values, size


SIZES: dict[tuple[str | bytes, ...], int] = {}
"""What _size() has found; a program uses the same few names again and again."""


def _size(names: tuple[str | bytes, ...]) -> int:
    """Check names; count their bytes, and room for as many small ints."""
    if not names:
        raise ValueError("fields must hold at least one field: Redis stores no empty entry.")
    if len(names) > MAX_FIELDS:
        raise ValueError(
            f"{len(names):,} fields are too many, because an entry may have "
            f"{MAX_FIELDS:,}; put some into one, with json.dumps()."
        )
    checked = [_checked(name, _checked_name(name)) for name in names]
    stored = [name.encode() if isinstance(name, str) else name for name in checked]
    if len(set(stored)) < len(stored):
        pairs = zip(names, stored, strict=True)
        twice = next(name for name, data in pairs if stored.count(data) > 1)
        raise ValueError(
            f"the field name {twice!r} is there twice, as text and as bytes: "
            "a reader would see only one of them; leave one out."
        )
    size = sum(map(len, stored)) + SMALL_BYTES * len(names)
    _check_size(size)
    if len(SIZES) >= 100:
        SIZES.clear()
    SIZES[names] = size
    return size


def _check_size(size: int) -> None:
    if size > MAX_BYTES:
        raise ValueError(
            f"fields of about {size:,} bytes together are too many; "
            f"store what is longer than {MAX_BYTES:,} elsewhere."
        )


def _checked_name(name: object) -> str | bytes:
    if type(name) not in (str, bytes) or not name:
        raise TypeError(f"the field name {name!r} must be text that isn't empty.")
    return name


def _checked(name: str | bytes, value: object) -> str | bytes | int:
    kind = type(value)
    if kind is int:
        return value if LEAST < value < MOST else _digits(name, value)
    if kind is str:
        if value.isascii() and len(value) <= MAX_BYTES:
            return value
        try:
            data = value.encode()
        except UnicodeEncodeError:
            raise ValueError(
                f"field {name!r}: the text holds a lone surrogate, which UTF-8 can't store."
            ) from None
    elif kind is bytes:
        data = value
    elif kind is float and value == value:  # NaN is the one number that isn't equal to itself
        return repr(value)
    elif kind is float:
        raise ValueError(f"field {name!r}: NaN isn't a value; leave the field out.")
    elif kind in (bytearray, memoryview):
        raise TypeError(f"field {name!r}: {kind.__name__} can't be stored; make it bytes() first.")
    else:
        raise TypeError(
            f"field {name!r}: {kind.__name__} can't be stored; make it text first, with "
            "str(), isoformat() or json.dumps()."
        )
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"field {name!r}: {len(data):,} bytes are too many; store what is longer than "
            f"{MAX_BYTES:,} elsewhere."
        )
    return data


def _digits(name: str | bytes, value: int) -> str:
    """Convert a large int to text here, where a refusal by Python is an error; hiredis crashes."""
    digits = int(value.bit_length() * math.log10(2)) + 1
    try:
        if digits <= MAX_BYTES:
            return str(value)
    except ValueError:  # More than sys.get_int_max_str_digits()
        pass
    raise ValueError(
        f"field {name!r}: an int of about {digits:,} digits is too long for Python to "
        "write in decimal; store hex() of it."
    )
