"""The marks of an interrupted run, for the next one: a hidden file next to the table."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from helpers.grading.hand_ins import HandIn
from helpers.grading.marking import Limits, Mark

NAME = ".grades-unfinished"
HELPERS = Path(__file__).resolve().parents[1]


class Unfinished:
    """The marks of one run, one line per notebook; `done` removes them."""

    def __init__(self, folder: Path, limits: Limits):
        self._path = folder / NAME
        self._same = f"{limits.cell} {limits.notebook} {_helpers()}"
        self._known = dict(_lines(self._path))

    def of(self, hand_in: HandIn) -> list[Mark]:
        """Return an earlier run's marks for this very file, under the same checks."""
        return [Mark(hand_in, *values) for values in self._known.get(self._key(hand_in), [])]

    def keep(self, hand_in: HandIn, marks: list[Mark]) -> None:
        """Write down a result; a line that a kill cuts short is ignored."""
        values = [[m.exercise, m.solved, m.misconception, m.seen] for m in marks]
        with open(self._path, "a", encoding="ascii") as file:
            file.write("\n" + json.dumps([self._key(hand_in), values]))

    def done(self) -> None:
        """Forget everything: the next run starts over."""
        self._path.unlink(missing_ok=True)

    def _key(self, hand_in: HandIn) -> str:
        sources = json.dumps([hand_in.learner, hand_in.notebook, hand_in.lesson, hand_in.cells])
        return hashlib.sha256(f"{self._same} {sources}".encode()).hexdigest()


def _lines(path: Path) -> Iterator[tuple[str, list]]:
    if not path.exists():
        return
    for line in path.read_text("ascii", "replace").splitlines():
        with contextlib.suppress(ValueError, TypeError):  # This line was cut short
            key, values = json.loads(line)
            yield key, values


def _helpers() -> str:
    """Return a digest of the course's code: hand-ins marked by other checks are marked again."""
    digest = hashlib.sha256()
    for path in sorted(HELPERS.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
