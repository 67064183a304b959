"""An error, or a refusal, with what it means in a cell of this course."""

import re

from helpers.checks.meanings import MEANINGS, REFUSALS

ERROR_CHARACTERS = 240
"""Characters of an error that a line shows."""


def explained(error: str, code: str = "") -> str:
    """Return an error, cut to fit a hint, and what it means in this code, if that is clear."""
    # A name that Python doesn't know may be a refusal's word
    refusals = {} if error.startswith("NameError") else REFUSALS
    refused = next((m for part, m in refusals.items() if part in error), "")
    known = (
        _newer(error, code)
        or refused
        or _in_braces(error, code)
        or next((m for text, m in MEANINGS.items() if re.match(text, error)), "")
    )
    if len(error) > ERROR_CHARACTERS:
        error = error[:ERROR_CHARACTERS].rpartition(" ")[0] + " …"
    shown = re.sub(r"\(\S+, line (\d+)\)$", r"(line \1)", error).rstrip(".: ")
    return f"{shown}: {known}" if known else shown


def _newer(error: str, code: str) -> str:
    """Say that older servers refuse CLAIM, or what a trim spares; or ""."""
    if "syntax error" in error and "ref_policy" in code:
        return (
            "only Redis 8.2 and later know `ref_policy`, so trim without it here, up to the lowest "
            "ID that a group still needs"
        )
    if "syntax error" in error and "claim_min_idle_time" in code:
        return (
            "servers before Redis 8.4 refuse CLAIM (`claim_min_idle_time`), so use XCLAIM or "
            "XAUTOCLAIM on this one"
        )
    return ""


def _in_braces(error: str, code: str) -> str:
    """Say that an f-string asked for the name that Python didn't know; or ""."""
    unknown = re.match(r"NameError: name '(\w+)'", error)
    if unknown and re.search(rf"""\bf["'][^"']*(?<!{{){{{unknown[1]}}}""", code):
        return (
            "an f-string treats what is in braces as a variable: check its spelling, or double the "
            "braces if they belong to the text"
        )
    return ""
