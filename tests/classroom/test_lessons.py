"""The lessons on a class server: each gives the stored outputs, with only a learner's rights."""

import pytest

from tests.notebook_rules import NOTEBOOKS, read
from tests.notebook_runs import run

OWN_SCRIPTS = "08"
"""The lesson in which learners write scripts."""

FILES = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if path.stem[:2] <= "10"]


@pytest.mark.long
@pytest.mark.parametrize("lesson", FILES, ids=lambda path: path.stem)
def test_a_lesson_passes_on_a_class_server(room, lesson):
    """With only a learner's rights; lesson 08 where own scripts are allowed."""
    done = room.up("Ann", *(["--own-scripts"] if lesson.stem[:2] == OWN_SCRIPTS else []))
    assert done.returncode == 0, done.stderr
    result = run([lesson], REDIS_URL=room.learners()[0].url)
    assert result.status == 0, result.text
    assert result.passed == len(read(lesson).code)


@pytest.mark.long
def test_without_own_scripts_a_learner_who_needs_them_is_told(room):
    """The test above can fail: lesson 08 doesn't pass silently."""
    room.up("Ann")
    [lesson] = [path for path in FILES if path.stem[:2] == OWN_SCRIPTS]
    result = run([lesson], REDIS_URL=room.learners()[0].url)
    assert result.status == 1 and "NoPermissionError" in result.text
