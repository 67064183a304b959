"""What of requirements.txt a Python has, and whether it can be imported; standard library only.

Run as a program by the environment's own Python, it prints what is wrong with the environment, a
line each.
"""

import contextlib
import importlib
import json
import re
import sys
import urllib.parse
import urllib.request
from importlib import metadata
from pathlib import Path

PROJECT = "redis-streams-course"  # As in pyproject.toml


def pins(root: Path) -> dict[str, str]:
    """Return the packages that requirements.txt names, with their versions."""
    return dict(re.findall(r"^([\w-]+)==([^\s;#]+)", requirements(root), re.MULTILINE))


def requirements(root: Path) -> str:
    """Return the text of requirements.txt."""
    return (root / "requirements.txt").read_text("utf-8")


def missing(root: Path) -> list[str]:
    """List what this Python lacks: packages in another version, helpers of this checkout."""
    lacking = [f"{name} {pin}" for name, pin in pins(root).items() if version(name) != pin]
    if "-e ." in requirements(root).splitlines() and not helpers_are_of(root):
        lacking.append("the helpers of this checkout")
    return lacking


def version(name: str) -> str | None:
    """Return the version of an installed package, or None."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        return metadata.version(name)
    return None


def helpers_are_of(root: Path) -> bool:
    """Tell whether notebooks of any folder would import this checkout's helpers."""
    try:
        origin = metadata.distribution(PROJECT).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return False
    path = urllib.parse.urlsplit(json.loads(origin or "{}").get("url", "")).path
    return Path(urllib.request.url2pathname(path)).resolve() == root


def broken(root: Path) -> list[str]:
    """Import every package of requirements.txt; say which can't be, and why."""
    wrong = []
    for name in sorted({module for package in pins(root) for module in modules(package)}):
        try:
            importlib.import_module(name)
        except Exception as error:
            wrong.append(f"{name} can't be imported ({type(error).__name__}: {error})")
    return wrong


def modules(package: str) -> set[str]:
    """Name the packages that an installed distribution brings."""
    files = metadata.files(package) or ()
    return {file.parts[0] for file in files if file.parts[1:] == ("__init__.py",)}


if __name__ == "__main__":
    print("\n".join(missing(Path(sys.argv[1])) or broken(Path(sys.argv[1]))))
