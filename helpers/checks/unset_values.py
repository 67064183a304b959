"""Values that a check looks at, and that the learner's code never set."""

import ast
import difflib
import re
from collections.abc import Collection

from helpers.checks.exercise import Seen
from helpers.connection.cells import syntax_nodes

CHANGING = "append|extend|insert|sort|reverse"
"""Methods that change a list, and return None."""


def unset(seen: Seen) -> str:
    """Say which value was set by nearly its name, or to a method that wasn't called, else which
    are still None; "" if there are none, or nobody saw how they were set."""
    others = seen.made.keys() - seen.passed.keys()
    for name, value in seen.passed.items():
        if name in seen.made:
            line = seen.made[name].line
            result = rf"^ *{name} = .*\.({CHANGING})\(.*\)$"
            found = re.search(result, seen.code, re.MULTILINE)
            if value is None and found:
                return (
                    f"{found[1]}() changes a list and returns nothing, so don't set `{name}` to "
                    "its result."
                )
            if isinstance(value, dict) and line.endswith(f".{value.get('function')}"):
                return f"`{line}` doesn't call the function: add parentheses, with the arguments."
        elif near := difflib.get_close_matches(name, others, n=1, cutoff=0.8):
            return f"You set `{near[0]}`, but the check looks at `{name}`."
    for name, made in seen.made.items():
        if made.line and name in seen.passed and seen.passed[name] is None:
            return _still_none(seen, name)
    names = [f"`{name}`" for name, value in seen.passed.items() if value is None and seen.code]
    one = len(names) == 1
    told = (
        f"{' and '.join(names)} {'is' if one else 'are'} still None: in the cell above, set "
        f"{'it, by exactly this name' if one else 'them, by exactly these names'}."
    )
    compared = any(re.search(rf"^{name[1:-1]} ==", seen.code, re.MULTILINE) for name in names)
    only = " `==` only compares: use `=` to set a name."
    return (told if names else "") + (only if compared else "")


def _still_none(seen: Seen, name: str) -> str:
    """Say why a name that the code sets is still None: a function's own name, or another reason."""
    nodes = syntax_nodes(seen.code)
    for function in (node for node in nodes if isinstance(node, ast.FunctionDef)):
        inside = list(ast.walk(function))
        own = any(isinstance(each, ast.Name) and _is_set(each, name) for each in inside)
        if own and not any(isinstance(each, (ast.Global, ast.Nonlocal)) for each in inside):
            return (
                f"`{function.name}` sets a local `{name}` of its own: return it, and set `{name}` "
                "to the result outside the function."
            )
    return (
        f"`{name}` is still None, although your code has `{seen.made[name].line}`: check whether "
        "that line runs, and what it sets the name to."
    )


def _is_set(node: ast.Name, name: str) -> bool:
    return node.id == name and isinstance(node.ctx, ast.Store)


def missing(name: str, above: str, known: Collection[str]) -> tuple[str, ...]:
    """Say why there is no value of this name: by the cell above the check, which may be unreadable,
    or hold an `except … as` of that name, and by the names that are known."""
    first = f"`{name}` isn't set: "
    parts = syntax_nodes(above)
    if not parts:
        return (
            f"{first}Python couldn't read the cell above, so it ran none of it.",
            "Fix what its error message points at, run that cell, and then run this one.",
        )
    if any(isinstance(node, ast.ExceptHandler) and node.name == name for node in parts):
        return (
            f"{first}after `except … as {name}`, Python deletes this name at the end of the block.",
            f"Write `except … as error`, and in that block, `{name} = error`.",
        )
    if near := difflib.get_close_matches(name, known, n=1, cutoff=0.8):
        return (f"{first}you set `{near[0]}` instead.",)
    return (f"{first}run the cells above again.",)
