"""What a notebook's function needs to run in another process: its source and its names.

A pickle would hold only the function's name, and a forked kernel would keep locks that its threads
held.
"""

import ast
import inspect
import textwrap
import types


def program(function: types.FunctionType) -> str:
    """Return Python source that defines `function`, and before it whatever of its notebook it uses.

    Text, numbers and what is made of them are written down, modules and what they define are
    imported, functions of the same notebook come along. Raises TypeError, naming the culprit, for
    anything else.
    """
    if not isinstance(function, types.FunctionType) or function.__name__ == "<lambda>":
        raise TypeError(
            "a Process runs a function that is defined with def, such as def work(r): ..."
        )
    parts: dict[str, str] = {}
    _carry(function, parts)
    return "\n".join(parts.values())


def _carry(function: types.FunctionType, parts: dict[str, str]) -> None:
    """Put what `function` uses into `parts`, by name, and then its own source."""
    source = textwrap.dedent(inspect.getsource(function))
    known = function.__globals__ | inspect.getclosurevars(function).nonlocals
    parts[function.__name__] = ""  # So that two functions may call each other
    for name in sorted(_names(ast.parse(source)) & set(known) - set(parts)):
        _declare(name, known[name], function, parts)
    parts.pop(function.__name__)
    parts[function.__name__] = source


def _names(tree: ast.AST) -> set[str]:
    """Return the names that a function uses and does not define itself."""
    used, own = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (own if isinstance(node.ctx, ast.Store) else used).add(node.id)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.alias):
            own.add(node.asname or node.name)
    return used - own


def _declare(name: str, value: object, user: types.FunctionType, parts: dict[str, str]) -> None:
    home = getattr(value, "__module__", None)
    if isinstance(value, types.ModuleType):
        parts[name] = f"import {value.__name__} as {name}"
    elif isinstance(value, types.FunctionType) and home == user.__module__:
        _carry(value, parts)
    elif isinstance(value, (type, types.FunctionType)) and home not in (
        "__main__",
        user.__module__,
    ):
        parts[name] = f"from {home} import {value.__qualname__} as {name}"
    elif _is_plain(value):
        parts[name] = f"{name} = {value!r}"
    else:
        what = f"{user.__name__}() uses {name!r}, a {type(value).__name__}"
        raise TypeError(f"{what}, which can't go to another process: make it there.")


def _is_plain(value: object) -> bool:
    try:
        return ast.literal_eval(repr(value)) == value
    except (ValueError, SyntaxError):
        return False
