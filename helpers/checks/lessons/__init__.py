"""The exercises, a module for each lesson: list them, find one by its name."""

import functools
import importlib
from pathlib import Path

from helpers.checks.exercise import Exercise


@functools.cache
def lessons() -> list[str]:
    """Return the numbers of the lessons that have exercises: "01", "02", …"""
    return sorted(path.stem[6:] for path in Path(__file__).parent.glob("lesson*.py"))


def exercises(lesson: str) -> list[Exercise]:
    """Return a lesson's exercises in the notebook's order."""
    return importlib.import_module(f"helpers.checks.lessons.lesson{lesson}").EXERCISES


def find(name: str) -> Exercise | None:
    """Return the exercise of this name, or None."""
    lesson = name.partition(".")[0]
    if lesson not in lessons():
        return None
    return next((e for e in exercises(lesson) if e.name == name), None)
