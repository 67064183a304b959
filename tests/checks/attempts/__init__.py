"""Attempts by people who knew only the lesson, one module per lesson.

An answer in tests/checks/answers shows one misconception. An attempt is anything else that people
do: another key, a forgotten name, a cell that ends in an error, a right result in a way that wasn't
asked for. Add one where a check said something untrue or unhelpful.
"""

import importlib
from pathlib import Path

from tests.checks.attempts.kinds import Right, Tried

__all__ = ["RIGHT", "TRIED"]

ATTEMPTS = [
    attempt
    for path in sorted(Path(__file__).parent.glob("lesson*.py"))
    for attempt in importlib.import_module(f"tests.checks.attempts.{path.stem}").ATTEMPTS
]

RIGHT = [attempt for attempt in ATTEMPTS if isinstance(attempt, Right)]
TRIED = [attempt for attempt in ATTEMPTS if isinstance(attempt, Tried)]
