"""The streams of a learner's exercise, drawn for the teacher, up to a limit in size."""

from redis import Redis, ResponseError

from helpers.checks.exercise import Exercise
from helpers.checks.lessons import exercises, find
from helpers.checks.standing import Standing
from helpers.classroom.pull import Found
from helpers.replies import ask
from helpers.streams import dead_letter_stream
from helpers.views import Picture, picture
from helpers.views.characters import shorten

MOST_DRAWN = 2_000_000
"""Bytes of the server's memory that a stream, with its groups, may take to be drawn. Those of the
lessons take a hundredth; a learner who fills a stream would make the teacher's page wait."""

MOST_PICTURES = 4


def pictures(r: Redis, found: Found) -> list[Picture | str]:
    """Draw the stream of a learner's current exercise, or those of all the lesson's exercises; a
    sentence replaces a stream that can't be drawn."""
    if not isinstance(found, Standing):
        return ["There is nothing to draw: the board doesn't know this learner's exercise."]
    here = find(found.exercise)
    wanted = [here] if here and here.stream else _of_lesson(found.lesson)
    there = [e for e in wanted if _kind(r, e.stream) != b"none"]
    if not there:
        return [f"There is no stream of an exercise of lesson {found.lesson} here."]
    return [_drawn(r, e) for e in there[:MOST_PICTURES]]


def _of_lesson(lesson: str) -> list[Exercise]:
    try:
        return [e for e in exercises(lesson) if e.stream]
    except ModuleNotFoundError:  # A lesson without exercises
        return []


def _drawn(r: Redis, exercise: Exercise) -> Picture | str:
    keys = exercise.stream, dead_letter_stream(exercise.stream)
    sizes = ask(r, [("MEMORY", "USAGE", key, "SAMPLES", 0) for key in keys])
    refused = next((size for size in sizes if isinstance(size, ResponseError)), None)
    if refused:
        return f"{exercise.stream} can't be drawn: {shorten(str(refused), 100)}"
    if sum(size or 0 for size in sizes) > MOST_DRAWN:
        taken = sum(size or 0 for size in sizes) / 1e6
        return f"{exercise.stream} is too large to draw: it takes {taken:.0f} MB."
    return picture(r, exercise.stream, exercise.group)


def _kind(r: Redis, stream: str) -> bytes:
    return ask(r, [("TYPE", stream)])[0]
