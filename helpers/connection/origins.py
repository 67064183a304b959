"""Where the values that a learner's code sets come from: typed by hand, or taken from something."""

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.errors import clip

ARGUMENT = "an argument"
"""The origin of a function's parameters: whoever calls it decides."""

PYTHONS = frozenset(dir(builtins)) - {"eval", "exec", "input", "open"}
"""Names that bring no value from elsewhere, such as range and float."""

FIELDS = {"'value'", ".values", ".items", ".popitem", ".fields"}
"""What code contains that takes a value out of an entry."""

FILLING = {"add", "append", "extend", "insert", "update"}
LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass(frozen=True, slots=True)
class Made:
    """How a name got its value: the first line that set it, and the names it was taken from.

    `parts` are names, attributes (".values") and texts ("'value'") from which the value itself
    comes; those of a loop around it, which only decide how often, are just in `of`.
    """

    line: str
    of: frozenset[str]
    parts: frozenset[str] = frozenset()

    @property
    def by_hand(self) -> bool:
        """Tell whether nothing but constants went into it."""
        return self.of <= PYTHONS

    @property
    def counted(self) -> bool:
        """Tell whether it was counted: no field of an entry went into it, and nothing unknown."""
        names = {each for each in self.parts if each.isidentifier() and not each.isupper()}
        return not self.parts & (FIELDS | {ARGUMENT}) and names <= PYTHONS | {"r", "count"}


def made(statements: Iterable[ast.stmt]) -> dict[str, Made]:
    """Return how each name got its value in these statements and the lines below each; empty
    values, such as [] and 0, only prepare for one."""
    lines: dict[str, str] = {}
    origins: dict[str, frozenset[str]] = {}
    parts: dict[str, frozenset[str]] = {}
    for each in statements:
        for name, line, around, value in _writes(each, frozenset()):
            lines.setdefault(name, clip(line, 60))
            origins[name] = origins.get(name, frozenset()) | around | _used(value)
            parts[name] = parts.get(name, frozenset()) | _parts(value)
    return {name: Made(lines[name], _traced(name, origins), _traced(name, parts)) for name in lines}


def _traced(name: str, origins: dict[str, frozenset[str]]) -> frozenset[str]:
    """Follow a name back to those that the statements didn't set themselves."""
    seen, todo = {name}, origins[name]
    while todo := todo - seen:
        seen |= todo
        todo = frozenset().union(*(origins.get(one, ()) for one in todo))
    return frozenset(seen - set(origins))


def _writes(
    node: ast.AST, around: frozenset[str]
) -> Iterator[tuple[str, str, frozenset[str], ast.AST]]:
    """Yield each name that is set, the line, the names used in the loops around, and the value."""
    if isinstance(node, (*LOOPS, ast.If)):  # What a loop counts depends on all of it
        around |= _used(node if isinstance(node, LOOPS) else node.test)
    arguments = getattr(getattr(node, "args", None), "args", ())
    around |= {ARGUMENT} if arguments else set()
    yield from ((each.arg, "", around, ast.Name(ARGUMENT)) for each in arguments)
    targets, value = _set(node)
    pairs = [pair for target in targets if value for pair in _paired(target, value)]
    for target, part in pairs:
        names = [each for each in ast.walk(target) if isinstance(each, ast.Name)]
        for each in [n for n in names if isinstance(n.ctx, ast.Store)] or names[:1]:
            if not _is_empty(part):
                yield each.id, ast.unparse(node), around, part
    for child in ast.iter_child_nodes(node):
        yield from _writes(child, around)


def _set(node: ast.AST) -> tuple[list[ast.AST], ast.AST | None]:
    """Return what an assignment, a loop or a call such as append sets, and to what."""
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in FILLING and node.args:
        return [node.func.value], node.args[-1]
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    value = getattr(node, "value", None) or getattr(node, "iter", None)
    return [target for target in targets if target], value


def _paired(target: ast.AST, value: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """Return what each target gets, one by one in `a, b = 1, 2`."""
    both = [getattr(node, "elts", ()) for node in (target, value)]
    starred = any(isinstance(each, ast.Starred) for elements in both for each in elements)
    same = len(both[0]) == len(both[1]) > 0 and not starred
    return list(zip(*both, strict=True)) if same else [(target, value)]


def _used(node: ast.AST) -> frozenset[str]:
    return frozenset(each.id for each in ast.walk(node) if isinstance(each, ast.Name))


def _parts(node: ast.AST) -> frozenset[str]:
    nodes = list(ast.walk(node))
    texts = {repr(each.value) for each in nodes if isinstance(each, ast.Constant)}
    attributes = {f".{each.attr}" for each in nodes if isinstance(each, ast.Attribute)}
    return _used(node) | texts | attributes


def _is_empty(value: ast.AST) -> bool:
    try:
        return not ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        bare = isinstance(value, ast.Call) and not value.args and not value.keywords
        return bare and _used(value) <= PYTHONS
