"""What counts in the course: its exercises, and the stages of lesson 17."""

import functools
from collections.abc import Sequence

from helpers.checks.exercise import Exercise
from helpers.checks.lessons import exercises, lessons
from helpers.checks.stages import OWN_LESSON, STAGES, StageTask

Task = Exercise | StageTask


@functools.cache
def tasks() -> dict[str, Sequence[Task]]:
    """Return what counts, by lesson."""
    return {lesson: exercises(lesson) for lesson in lessons()} | {OWN_LESSON: STAGES}


def every() -> list[Task]:
    """Return all that counts, in the course's order."""
    return [task for each in tasks().values() for task in each]


def find(name: str) -> Task | None:
    """Return the exercise or stage of this name, or None."""
    return next((task for task in tasks().get(name[:2], ()) if task.name == name), None)
