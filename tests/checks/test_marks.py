"""Marks for solved exercises are kept in the learner's own place, whatever happens to it."""

import os
import subprocess
import sys

import pytest

from helpers.checks import marks, progress
from helpers.checks.lessons import exercises, find, lessons
from helpers.checks.stages import STAGES

EXERCISES = [e.name for lesson in lessons() for e in exercises(lesson)]
TASKS = {name: find(name) for name in EXERCISES} | {stage.name: stage for stage in STAGES}
ALL = list(TASKS)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A place for marks that doesn't exist yet."""
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "home" / "solved"))
    return tmp_path / "home" / "solved"


def test_a_mark_says_how_far_one_is(place):
    """In the lesson and in the course; the same exercise counts once."""
    sizes = len(exercises("02")), len(ALL)
    for _ in range(2):
        said = marks.keep(find("02.start"))
        assert said == (
            f"1 of {sizes[0]} exercises of lesson 02 are solved, 1 of {sizes[1]} of the course."
        )
    assert "Next: lesson 00, exercise 1" in repr(progress())
    assert f"02  ●{'○' * (sizes[0] - 1)}" in repr(progress())


def test_the_stages_of_lesson_17_count_like_exercises(place):
    """In the sentence, in their row of the page, and in what comes next."""
    for name in EXERCISES:
        marks.keep(find(name))
    assert "Next: lesson 17, stage 1, “Read, handle, acknowledge”" in repr(progress())
    assert marks.keep(STAGES[0]) == (
        f"1 of 8 stages of lesson 17 are solved, {len(EXERCISES) + 1} of {len(ALL)} of the course."
    )
    assert "17  ●○○○○○○○  1 of 8" in repr(progress())
    assert "<td>17</td>" in progress()._repr_html_()


def test_when_all_is_solved_there_is_nothing_next(place):
    """And nothing is left to do."""
    for task in TASKS.values():
        marks.keep(task)
    assert repr(progress()).endswith("Every exercise and stage is solved.") and "○" not in repr(
        progress()
    )


def test_a_spoilt_place_is_no_harm(place):
    """Foreign files, a file instead of the folder, a read-only folder."""
    place.mkdir(parents=True)
    for name in ("rubbish", "99.gone", "02.start.tmp"):
        (place / name).write_bytes(b"\xff")
    assert marks.solved() == set()
    (place / "02.start").mkdir()
    assert marks.solved() == {"02.start"} and marks.keep(find("02.start"))


def test_where_nothing_can_be_kept_nothing_is_said(tmp_path, monkeypatch):
    """There is no traceback below a verdict."""
    (tmp_path / "file").touch()
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "file" / "solved"))
    assert marks.keep(find("02.start")) == "" and marks.solved() == set()
    assert progress().total == f"0 of {len(ALL)} exercises and stages are solved."


def test_processes_at_once_lose_nothing(place):
    """Two kernels may solve an exercise at the same moment."""
    code = (
        "import sys\nfrom helpers.checks import marks\nfrom helpers.checks.lessons import find\n"
        "for name in sys.argv[1:]: marks.keep(find(name))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, *EXERCISES[k::2]], env=os.environ)
        for k in (0, 1)
    ]
    assert [each.wait(60) for each in running] == [0, 0]
    assert marks.solved() == set(EXERCISES)


def test_each_user_of_a_hub_has_a_place_of_their_own(monkeypatch, tmp_path):
    """Even if the system sees them as one user; a relative XDG_STATE_HOME is ignored."""
    monkeypatch.delenv(marks.PROGRESS_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert marks.place() == tmp_path / ".local" / "state" / "redis-streams-course" / "solved"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("JUPYTERHUB_USER", "../ann")
    assert marks.place().parent == tmp_path / "state" / "redis-streams-course"
    assert marks.place().name == "solved-.._ann"


def test_outside_a_kernel_nothing_is_kept(place):
    """Tests and graders solve exercises, too."""
    assert not marks.in_session()


def test_progress_is_one_table(place):
    """It has a row for each lesson, the one with stages included, and the next exercise."""
    html = progress()._repr_html_()
    assert html.count("<tr>") == 2 + len(lessons()) and "Next: lesson 00" in html
