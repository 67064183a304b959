"""The notebooks that learners handed in: whose, of which lesson, and what is in them."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.commands import _cells
from helpers.commands.bootstrap import ROOT

LARGEST = 50_000_000
"""Bytes of a notebook that is read: the largest lesson with all its pictures has about 200 000."""

NUMBER = re.compile(r"(?<![^\W_])(\d\d)(?=_)")
"""Two digits at the start of a name or after a sign, and before "_"; learner07 is no lesson."""


class Unreadable(ValueError):
    """The file is no notebook; the text says why."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One file; `lesson` is "" if neither its name nor its check cells tell."""

    path: Path
    learner: str
    notebook: str
    lesson: str


def find(folder: Path) -> list[HandedIn]:
    """List the notebooks in DIR/<learner>/…/NN_….ipynb and DIR/<learner>_NN_….ipynb, sorted by learner."""
    files = (path for path in folder.rglob("*.ipynb") if path.is_file() and not hidden(path.relative_to(folder)))
    return sorted((_handed_in(path, path.relative_to(folder)) for path in files), key=lambda h: (h.learner, h.notebook))


def hidden(path: Path) -> bool:
    """Tell whether Jupyter, or the system, keeps this file for itself."""
    return any(part.startswith(".") for part in path.parts)


def _handed_in(path: Path, relative: Path) -> HandedIn:
    numbers = list(NUMBER.finditer(path.name))
    number = next((n for n in numbers if path.name.startswith(_names(), n.start())), next(iter(numbers), None))
    lesson = number[1] if number else _lesson_of(path)
    if len(relative.parts) > 1:
        return HandedIn(path, relative.parts[0], "/".join(relative.parts[1:]), lesson)
    learner = path.name[: number.start()] if number else path.stem
    return HandedIn(path, learner.rstrip("_- ") or "?", path.name[number.start():] if number else path.name, lesson)


def _names() -> tuple[str, ...]:
    """The names of the course's own notebooks: what stands before one in a file's name is the learner, digits and all."""
    return tuple(path.stem for path in (ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))


def _lesson_of(path: Path) -> str:
    """Ask the check cells, if the file was renamed."""
    try:
        names = [name for cell in read(path) for name in _cells.checks_in(cell)]
    except Unreadable:
        return ""
    return names[0][:2] if names else ""


def read(path: Path) -> list[dict[str, Any]]:
    """Return a notebook's cells, each with `cell_type` and its `source` as one text; raises Unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"the file has more than {LARGEST:,} bytes")
        text = path.read_text("utf-8")
        cells = json.loads(text)["cells"]
        return [{"cell_type": cell["cell_type"], "source": "".join(cell["source"])} for cell in cells]
    except Unreadable:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"the file can't be read ({type(error).__name__})") from None
    except json.JSONDecodeError:
        raise Unreadable("the file is empty" if not text.strip() else "the file is no notebook: it isn't JSON") from None
    except (KeyError, TypeError, RecursionError):
        raise Unreadable("the file is no notebook: it has no list of cells") from None
