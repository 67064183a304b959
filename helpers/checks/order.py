"""Whether an entry is acknowledged before it is handled, in the code or by the commands sent, and
whether code counts instead of reading values."""

import ast

from helpers.checks.exercise import Seen
from helpers.connection.cells import syntax_nodes
from helpers.connection.origins import FILLING
from helpers.connection.sent import SCRIPTS


def acked_first(seen: Seen, name: str) -> str:
    """Say that the code acknowledges in one statement, and fills the list `name` in a later one of
    the same loop or function; "" if it doesn't, or Python can't read it.

    A pipeline sends its commands later than they are written.
    """
    if "pipeline(" in seen.code:
        return ""
    nodes = syntax_nodes(seen.code)
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef)]
    acking = {each.name for each in functions if any(map(_acks, ast.walk(each)))}
    acking -= {f.name for f in functions if any(_fills(each, name) for each in ast.walk(f))}
    for body in (getattr(node, part, None) for node in nodes for part in ("body", "orelse")):
        lines = [part for each in body for part in _parts(each)] if isinstance(body, list) else []
        acks = [
            n
            for n, line in enumerate(lines)
            if any(_acks(each) or _called(each) in acking for each in ast.walk(line))
        ]
        fills = [n for n, each in enumerate(lines) if any(_fills(x, name) for x in ast.walk(each))]
        if acks and fills and acks[-1] < fills[0]:
            return (
                f"`{ast.unparse(lines[acks[0]]).splitlines()[0]}` runs before the entry is in "
                f"`{name}`, so a crash in between would lose the entry: handle it first, and then "
                "acknowledge it."
            )
    return ""


def acked_after_kill(seen: Seen) -> str:
    """Say that the code acknowledges where an error leads, which a kill wouldn't reach; "" if it
    doesn't."""
    for node in filter(lambda node: isinstance(node, ast.Try), syntax_nodes(seen.code)):
        for each in [*node.handlers, *node.finalbody]:
            if any(map(_acks, ast.walk(each))):
                where = "except" if each in node.handlers else "finally"
                return (
                    f"you acknowledge in `{where}`, which doesn't run when a program is killed: "
                    "send XACK as soon as the entries are handled."
                )
    return ""


def acked_before_script(seen: Seen) -> str:
    """Say which XACK took an entry off the list before the first script for it, which then did
    nothing; "" if none did."""
    tried: set[str] = set()
    for n, each in enumerate(seen.sent):
        tried |= set(each.words) if each.command in SCRIPTS else set()
        acked = set(each.words[3:]) - tried if each.command == "XACK" and each.answer else set()
        after = {word for e in seen.sent[n:] if e.command in SCRIPTS for word in e.words}
        if acked & after:
            return (
                f"`{each.line}` took an entry off the list before the script ran, so the script "
                "found nothing pending, and did nothing: leave the acknowledgment to the script."
            )
    return ""


def counted(seen: Seen, name: str) -> str:
    """Say that the list `name` holds numbers that the code counted, not the entries' values; ""
    if it doesn't, or that can't be seen."""
    made = seen.made.get(name)
    if not made or not made.counted:
        return ""
    return (
        f"`{made.line}` takes nothing from an entry: your code counts, and these entries just "
        'happen to hold the same numbers. Take each value from the entry, as in fields["value"].'
    )


def _parts(node: ast.AST) -> list[ast.AST]:
    """Return what a statement runs, in order: the condition of an `if` first, and no definition."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return []
    if isinstance(node, ast.If):
        return [node.test, ast.Module([*node.body, *node.orelse], [])]
    return [node]


def _acks(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "xack"


def _called(node: ast.AST) -> str:
    """Return the name of the function that a node calls, or ""."""
    return getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""


def _fills(node: ast.AST, name: str) -> bool:
    """Tell whether a node puts something into the list; an empty one only prepares for it."""
    if isinstance(node, ast.Call):
        target = node.func.value if getattr(node.func, "attr", "") in FILLING else None
        return getattr(target, "id", "") == name
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = getattr(node, "targets", None) or [node.target]
        empty = isinstance(node.value, ast.List) and not node.value.elts
        return not empty and name in [getattr(target, "id", "") for target in targets]
    return False
