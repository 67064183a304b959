"""The roster that `class up` writes can be read again, and keeps earlier learners."""

import stat
from urllib.parse import urlsplit

import pytest

from helpers.classroom import roster

PLACE = "127.0.0.1:6400"
NAMES = ["Ann", "Jürgen Weiß", "ann", "李雷", "teacher", 'O\'Neil, "Bob"', "default", "a" * 100]


def test_each_learner_has_a_user_a_database_and_a_password_of_their_own():
    """Whatever the names, users are plain, and nobody gets the name of one of the server's
    users."""
    learners = roster.enrolled([], NAMES, PLACE)
    assert [each.name for each in learners] == NAMES
    assert [each.database for each in learners] == list(range(1, len(NAMES) + 1))
    users = [each.user for each in learners]
    assert len(set(users)) == len(users) and not {"teacher", "default"} & set(users)
    assert all(user.replace("-", "").isalnum() and user.isascii() for user in users)
    assert len({each.password for each in learners}) == len(learners)
    assert all(len(each.password) >= 20 for each in learners)


def test_the_file_keeps_everything_for_its_owner_alone(tmp_path):
    """It is read as it was written, including names with quotes and commas."""
    learners = roster.enrolled([], NAMES, PLACE)
    path = tmp_path / "learners.csv"
    roster.write(path, learners)
    assert roster.read(path) == learners
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8").startswith("name,user,database,url\n")


def test_who_was_there_keeps_everything_and_new_ones_come_after():
    """Even in another order, without some of them, and at another address."""
    before = roster.enrolled([], ["Ann", "Bob"], PLACE)
    after = roster.enrolled(before, ["Carol", "Bob"], "10.0.0.7:7000")
    assert [each.name for each in after] == ["Ann", "Bob", "Carol"]
    for old, new in zip(before, after, strict=False):
        assert (old.user, old.database, old.password) == (new.user, new.database, new.password)
        assert urlsplit(new.url).netloc.endswith("@10.0.0.7:7000")
    assert after[2].database == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("name\nAnn\n", "isn't what `class up` wrote"),
        ("", "isn't what `class up` wrote"),
        ("name,user,database,url\nAnn,ann,one,x\n", "was changed by hand"),
        ("name,user,database,url\nAnn\n", "was changed by hand"),
    ],
)
def test_another_file_is_refused(tmp_path, content, sentence):
    """In one sentence."""
    path = tmp_path / "learners.csv"
    path.write_text(content)
    with pytest.raises(RuntimeError, match=sentence):
        roster.read(path)


def test_a_learner_is_found_by_name_or_user():
    """An unknown one gets a sentence."""
    learners = roster.enrolled([], ["Jürgen"], PLACE)
    assert roster.find(learners, "Jürgen") is roster.find(learners, "Jurgen") is learners[0]
    with pytest.raises(RuntimeError, match="There is no learner 'jo'"):
        roster.find(learners, "jo")
