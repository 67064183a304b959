"""What errors, refusals and replies of 0 mean in a cell of this course."""

import re

MEANINGS = {
    r"KeyError: '\d\d:": "the reply doesn't have this key, because it is {} when nothing came, "
    "or belongs to another stream: take the entries with reply.get(stream, [])",
    r"KeyError": "the dictionary doesn't have this name",
    r"IndexError": "an empty list, or reply, has no such item",
    r"NameError": "Python doesn't know this name, so check its spelling above, and whether you "
    "ran its cell",
    r"TypeError: .*(not supported between|unsupported operand).*'str'": "what you read from "
    "a stream is text, so convert it to a number with int() or float()",
    r"TypeError: (string|list|tuple) indices": "a reply holds lists of pairs, ID and fields: take "
    "them apart with `for entry_id, fields in …`",
    r"TypeError: 'NoneType'": "something there is None, such as a value that was never set",
    r"ValueError: (invalid literal|could not convert)": "this text isn't a number",
    r"ValueError: (not enough|too many) values": "there are fewer or more parts than names",
    r"AttributeError: '(dict|list|tuple|str)' object": "a reply is made of dictionaries, "
    "lists and text, which have no such name",
    r"(Syntax|Indentation|Tab)Error": "Python couldn't read the cell, so it ran none of it",
    r"TimeoutError: Timeout reading": "the client gave up before the reply came",
}
"""What errors of Python and redis-py mean in a cell of this course, by a pattern of their text; an
unclear one has no meaning here."""

REFUSALS = {
    "BUSYGROUP": "the group already exists",
    "NOGROUP": "there is no such stream or group: check both names",
    "WRONGTYPE": "the key holds another type than the command works on",
    "SEQGAP": "the number doesn't follow the last one: something before it is missing",
    "NOSCRIPT": "the server doesn't have the script",
    "Invalid stream ID": "that isn't an entry ID: take one from a reply, such as 1700000000000-0",
    "wrong number of arguments": "an argument is missing, or there is one too many",
    "unknown command": "this server has no such command",
    "requires the key to exist": "no stream has the name that you gave first: XGROUP takes the "
    "stream, then the group",
    "equal or smaller": "an entry's ID must be greater than the last one's",
    "syntax error": "the arguments are in the wrong order, or one doesn't belong there",
}
"""What a server's refusals mean, by a part of their text."""

MEANINGS_OF_NOTHING = {
    "XACK": "none of these IDs is pending in this group (XACK takes the stream, the group, then "
    "IDs)",
    "XDEL": "the stream has no entry with such an ID",
    "XTRIM": "nothing had to be removed",
    "XCLAIM": "none of these entries is pending and has been idle for that long",
    "XAUTOCLAIM": "no pending entry has been idle for that long",
    "DEL": "there was no such key",
    "XGROUP DESTROY": "there was no such group",
}
"""What it means that a command did nothing."""


def meaning(error: str) -> str:
    """Say what an error means, ": …", if that is clear."""
    refused = next((m for part, m in REFUSALS.items() if part in error), "")
    raised = (m for pattern, m in MEANINGS.items() if re.match(pattern, error))
    known = refused or next(raised, "")
    return f": {known}" if known else ""
