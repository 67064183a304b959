"""The trial of lesson 17: right consumers pass all stages, and each wrong one gets its own hint."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers.checks import marks
from helpers.checks.shown import Shown
from helpers.checks.stages import STAGES as TASKS
from helpers.checks.verdict import FAILED, HINT, SOLVED, UNTOUCHED
from helpers.trial.diary import DONE, MOST_ALIKE, TURNED_AWAY, Diary
from helpers.trial.hints import HINTS
from helpers.trial.judge import STEPS, begin, stage
from tests.trial.wrong import PLAIN, RIGHT, WRONG

pytestmark = pytest.mark.long
STAGES = range(1, len(STEPS) + 1)
AT_ONCE = 6
"""Trials at a time: a wrong consumer's trial is mostly waiting."""


def tried(paths: dict[str, Path], number: int) -> dict[str, Shown]:
    """Try programs in one stage, in parallel; return each verdict by the program's name."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        shown = pool.map(lambda path: stage(number, path), paths.values())
        return dict(zip(paths, shown, strict=True))


@pytest.mark.parametrize("number", STAGES)
def test_a_right_consumer_passes(number):
    """The solution, and three other designs."""
    for name, shown in tried(RIGHT, number).items():
        assert shown.verdict.state == SOLVED, f"{name}: {shown!r}"


@pytest.mark.parametrize("number", STAGES)
def test_a_wrong_consumer_gets_its_own_hint(tmp_path, number):
    """One for each rule that is left out."""
    paths = {}
    for wrong in (wrong for wrong in WRONG if wrong.stage == number):
        paths[wrong.hint] = tmp_path / f"{wrong.hint}.py"
        paths[wrong.hint].write_text(wrong.source)
    given = tried(paths, number)
    assert {hint: shown.verdict.misconception for hint, shown in given.items()} == {
        hint: hint for hint in paths
    }, given


def test_what_my_consumer_passes_is_noted(tmp_path, monkeypatch):
    """In a learner's session, with the progress below the verdict; the tutorial's isn't theirs."""
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "solved"))
    monkeypatch.setattr(marks, "in_session", lambda: True)
    assert stage(1, PLAIN).verdict.state == SOLVED and not marks.solved()
    mine = tmp_path / "my_consumer.py"
    mine.write_text(PLAIN.read_text("utf-8"))
    assert "1 of 8 stages of lesson 17 are solved" in repr(stage(1, mine))
    assert stage(2, mine).verdict.state == HINT and marks.solved() == {"17.reads"}


def test_the_stages_are_those_of_the_notebook():
    """Title and minutes, in order."""
    text = (PLAIN.parents[1] / "17_your_own.ipynb").read_text("utf-8")
    told = re.findall(r"### Stage \d · (.*?)\\n.*?\*About (\d+) minutes", text, re.DOTALL)
    assert told == [(each.title, str(each.minutes)) for each in TASKS]


def test_every_hint_is_given_to_somebody():
    """Two are for failures that no rule explains."""
    assert set(HINTS) - {wrong.hint for wrong in WRONG} == {"left", "twice"}


def test_a_stub_is_not_started_and_never_overwritten(tmp_path):
    """The learner's code stays."""
    path = begin(tmp_path / "my_consumer.py")
    assert all(stage(n, path).verdict.state == UNTOUCHED for n in STAGES)
    path.write_text("mine")
    assert begin(path).read_text() == "mine"


def test_a_diary_stays_small(tmp_path):
    """A program that tries without a pause fills neither the disk nor the judge's time; its notes
    are read only once."""
    diary, reader = Diary(tmp_path), Diary(tmp_path)
    for _ in range(2 * MOST_ALIKE):
        diary.note("alice", TURNED_AWAY, 7)
    assert len(reader.read()) == MOST_ALIKE
    diary.note("alice", DONE, 7)
    assert [each.did for each in reader.read()] == [TURNED_AWAY] * MOST_ALIKE + [DONE]


def test_a_missing_file_is_said(tmp_path):
    """In one sentence, without a traceback."""
    assert stage(1, tmp_path / "none.py").verdict.state == FAILED


def test_a_mistake_in_the_program_is_said_first(tmp_path):
    """In a late stage, too: the error, and its line in the learner's file."""
    path = tmp_path / "my_consumer.py"
    path.write_text(
        PLAIN.read_text("utf-8").replace("r.xack", "len(fields.nothing)\n        r.xack")
    )
    shown = stage(3, path)
    assert shown.verdict.misconception == "error"
    assert "AttributeError" in repr(shown) and f"in line {line_of(path, 'nothing')}." in repr(shown)


def line_of(path, word):
    """The number of the line in which a word stands."""
    return 1 + [word in line for line in path.read_text("utf-8").splitlines()].index(True)


def test_a_story_of_disorder_names_the_other_entry(tmp_path):
    """Which entry of the same key came first, and with whom."""
    [wrong] = [wrong for wrong in WRONG if wrong.hint == "two-at-once"]
    path = tmp_path / "two.py"
    path.write_text(wrong.source)
    assert re.search(
        r"Entry \d+, with the same key, was handled before it, by", repr(stage(8, path))
    )


@pytest.mark.parametrize("number", [1, 2, 5])
def test_a_program_that_python_cannot_read_says_so(tmp_path, number):
    """In any stage, with the error's own line."""
    path = tmp_path / "my_consumer.py"
    path.write_text("while True print")
    shown = stage(number, path)
    assert shown.verdict.misconception == "error" and "SyntaxError" in repr(shown)


@pytest.mark.parametrize("number", [0, 9, "1", None])
def test_a_stage_that_is_none_is_refused(number):
    """With the numbers of the existing ones."""
    with pytest.raises(ValueError, match="stages 1 to 8"):
        stage(number)
