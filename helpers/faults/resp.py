"""The commands in what a client sends."""


def commands(data: bytes) -> tuple[list[str], bytes]:
    """Return the names of the complete commands in `data`, in capitals, and the rest.

    A client sends a command as a list of texts, each after its length: *2, $4, XLEN, $1, s (the
    Redis protocol, RESP).
    """
    names: list[str] = []
    at = 0
    while (texts := _texts(data, at)) and texts[0]:
        names.append(texts[0].decode("ascii", "replace").upper())
        at = texts[1]
    return names, data[at:]


def _texts(data: bytes, at: int) -> tuple[bytes, int] | None:
    """Return the first text of the command at `at`, and its end; None if that hasn't come yet."""
    first = b""
    count, at = _number(data, at, b"*")
    for _ in range(count):
        length, at = _number(data, at, b"$")
        if at == 0 or at + length + 2 > len(data):
            return None
        first = first or data[at : at + length]
        at += length + 2
    return first, at


def _number(data: bytes, at: int, sign: bytes) -> tuple[int, int]:
    """Return the number on the line at `at`, and the next line's start; (0, 0) if there's no
    such."""
    end = data.find(b"\r\n", at)
    return (int(data[at + 1 : end]), end + 2) if end >= 0 and data[at : at + 1] == sign else (0, 0)
