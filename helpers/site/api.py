"""The page about the helpers: what each module offers, from its own docstrings, in Markdown."""

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

MODULES = (
    "helpers.producer",
    "helpers.consumer",
    "helpers.streams",
    "helpers.connection",
    "helpers.snapshots",
    "helpers.views",
    "helpers.faults",
    "helpers.servers.own",
    "helpers.waiting",
    "helpers.checks",
)
"""What lessons import, in the order in which a reader would look."""


def api() -> str:
    """Return the page: a section for each module, an entry for each class, function and method that
    has a docstring."""
    said = "The lessons import these modules; `notebooks/` shows each of them at work."
    return "\n\n".join(["# The helpers", said, *(section(name) for name in MODULES)]) + "\n"


def section(name: str) -> str:
    """Describe one module."""
    module = importlib.import_module(name)
    parts = [f"## `{name}`", text(module)]
    for label, member in members(module):
        parts += [f"### `{label}`", text(member)]
        if inspect.isclass(member):
            parts += [f"`{each}{signature(of)}`\n: {text(of)}" for each, of in methods(member)]
    return "\n\n".join(parts)


def members(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Yield the names in a module's `__all__`, else its own public classes and functions."""
    for name in getattr(module, "__all__", None) or sorted(vars(module)):
        member = getattr(module, name)
        own = getattr(member, "__module__", "").startswith(module.__name__)
        if callable(member) and own and not name.startswith("_"):
            yield name + signature(member), member


def methods(kind: type) -> Iterator[tuple[str, object]]:
    """Yield a class's own public methods."""
    for name, member in vars(kind).items():
        if inspect.isfunction(member) and not name.startswith("_") and member.__doc__:
            yield name, member


def signature(member: object) -> str:
    """Return how it is called; "" for what is only raised."""
    if inspect.isclass(member) and issubclass(member, BaseException):
        return ""
    return str(inspect.signature(member))


def text(thing: object) -> str:
    """Return a docstring without its indentation; paragraphs stay."""
    return inspect.getdoc(thing) or ""
