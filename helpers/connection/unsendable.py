"""Why a command can't be sent: one sentence names the argument and says what to send instead."""

import dataclasses
import enum
import re
from collections.abc import Collection, Iterable
from reprlib import Repr

from redis.client import Pipeline
from redis.commands.core import AsyncScript, Script

from helpers.connection.sent import WITH_PASSWORDS

NEEDED = {
    "XACK": (3, "entry ID"),
    "XDEL": (2, "entry ID"),
    "DEL": (1, "key"),
    "UNLINK": (1, "key"),
    "EXISTS": (1, "key"),
}
"""Commands that redis-py also sends with an empty list: their length then, and what is missing."""


ADVICE_FOR_A_DICT = "convert it to text with json.dumps()"

ADVICE = (
    (lambda value: value is None, "leave it out, or send '' where an empty value is meant"),
    (lambda value: isinstance(value, bool), "send 1 or 0, or the text 'true' or 'false'"),
    (lambda value: isinstance(value, enum.Enum), "send its .value"),
    (
        lambda value: isinstance(value, Pipeline),
        "a command in a pipeline returns the pipeline, and its reply comes only with execute(), "
        "too late for the pipeline's next command",
    ),
    (
        lambda value: isinstance(value, (Script, AsyncScript)),
        "call it with keys=[...] and args=[...], or send its text, which is its .script",
    ),
    (callable, "call it, with parentheses, and send what it returns"),
    (lambda value: isinstance(value, dict), ADVICE_FOR_A_DICT),
    (dataclasses.is_dataclass, "convert it to text with json.dumps(dataclasses.asdict(...))"),
    (
        lambda value: isinstance(value, Iterable),
        "for several arguments put * before it; "
        "for one value convert it to text, such as json.dumps(list(...))",
    ),
    (lambda value: hasattr(value, "isoformat"), "send its .isoformat()"),
    (lambda value: hasattr(value, "item"), "send its .item(), which is a Python number"),
    (lambda value: True, "convert it to text first, with str()"),
)
"""What to send instead; the first line that fits a value is its line."""

SHORT = Repr()
vars(SHORT).update(maxlevel=4, maxlist=1, maxtuple=2, maxdict=1, maxset=1, maxother=60)


def missing(args: tuple) -> str | None:
    """Say that a command, its name first, has no IDs or keys; None if it has some."""
    length, what = NEEDED.get(args[0], (0, ""))
    if len(args) > length:
        return None
    if length > 1 and re.fullmatch(r"\d+-\d+", str(args[-1])):
        place = "group" if length > 2 else "stream"
        return f"{args[0]} needs the {place} before the IDs, and got {args[-1]!r} in its place."
    check = "check that the list after * isn't empty"
    return f"{args[0]} needs at least one {what}, and got none: {check}."


def explain(args: tuple) -> str:
    """Say which argument of a command, its name first, can't be sent, and what to send instead."""
    at = next((at for at, value in enumerate(args) if not _fits(value)), None)
    if at == 0:
        return f"the name of a command must be text, not {SHORT.repr(args[0])}."
    name = args[0].decode() if isinstance(args[0], bytes) else str(args[0])
    if at is None:  # Text or a number of a class of its own, which can't be read as such
        return (
            f"an argument of {name} can't be sent: convert it to plain text, bytes, int or float."
        )
    if name.partition(" ")[0].upper() in WITH_PASSWORDS:
        return f"{name}'s argument {at} is {_kind(args[at])}: {_advice(args[at])}."
    after = f", after {SHORT.repr(args[at - 1])}," if at > 1 else ""
    advice = _advice(args[at])
    if advice == ADVICE_FOR_A_DICT and name.upper() in ("XACK", "XDEL", "XCLAIM"):
        advice = "these are an entry's fields, so send its ID"
    elif advice == ADVICE_FOR_A_DICT and name.upper().startswith(("XPENDING", "XGROUP", "XINFO")):
        advice = "send one of its values, such as group['name']"
    return f"{name}'s argument {at}{after} is {_described(args[at])}: {advice}."


def _fits(value: object) -> bool:
    return isinstance(value, (str, bytes, bytearray, memoryview, float)) or type(value) is int


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return str(value)
    name = type(value).__name__
    return f"an {name}" if name[0] in "aeioAEIO" else f"a {name}"


def _described(value: object) -> str:
    if isinstance(value, Pipeline):
        return "a pipeline"
    kind, shown = _kind(value), SHORT.repr(value)
    return (
        kind if shown == kind or " at 0x" in shown else f"{kind}, {shown}"
    )  # A memory address says nothing


def _advice(value: object) -> str:
    if part := _id_part(value):
        return f"that is a whole entry, so send its ID, entry{part}"
    first = next(iter(value), None) if isinstance(value, Collection) else None
    if part := _id_part(first):
        every = f"*[entry{part} for entry in entries]"
        return f"an entry ID is text, so send entry{part} of one entry, or {every} for all"
    if (
        isinstance(value, dict)
        and isinstance(value.get(first), list)
        and value[first]
        and _id_part(value[first][0])
    ):
        entries = f"reply[{SHORT.repr(first)}]"
        return f"that is a whole reply, so go through {entries}; entry[0] is the ID of each"
    return next(advice for fits, advice in ADVICE if fits(value))


def _id_part(value: object) -> str:
    """Say how to write the ID of an entry from redis-py or the helpers; empty for anything
    else."""
    if isinstance(getattr(value, "id", None), str):
        return ".id"
    if isinstance(value, dict) and "message_id" in value:
        return "['message_id']"
    if (
        isinstance(value, (list, tuple))
        and len(value) > 1
        and isinstance(value[0], (str, bytes))
        and isinstance(value[1], (dict, type(None)))
    ):
        return "[0]"
    return ""
