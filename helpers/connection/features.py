"""Ask a server what it can do."""

import redis

from helpers.arguments import check_client, check_text

TRIALS = {
    "CLAIM": ("XREADGROUP", "GROUP", "g", "c", "CLAIM", "0", "STREAMS", "{key}", ">"),
    "IDMP": ("XADD", "{key}", "NOMKSTREAM", "IDMP", "p", "i", "*", "f", "v"),
    "KEEPREF": ("XTRIM", "{key}", "MAXLEN", "0", "KEEPREF"),
}
"""Options that COMMAND INFO doesn't list: each is tried on a key that doesn't exist, which changes
nothing."""


def can(r: redis.Redis, feature: str) -> bool:
    """Tell whether the server knows a command ("XNACK") or an option ("CLAIM", "IDMP", "KEEPREF"),
    by asking it.

    Version numbers are no guide: older servers answer new options with misleading errors
    (measured).
    """
    check_client(r, pipeline=False)
    check_text(feature=feature)
    if feature not in TRIALS:
        return any(r.execute_command("COMMAND INFO", feature))
    try:
        r.execute_command(
            *(part.replace("{key}", "helpers:no-such-stream") for part in TRIALS[feature])
        )
    except redis.ResponseError as error:
        return str(error).startswith("NOGROUP")
    return True
