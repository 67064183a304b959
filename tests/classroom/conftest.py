"""Classes for the tests in this folder."""

from collections.abc import Iterator

import pytest

from tests.classroom.rooms import Classroom, classroom


@pytest.fixture
def room() -> Iterator[Classroom]:
    """A place for a class that isn't up yet."""
    with classroom() as made:
        yield made


@pytest.fixture(scope="module")
def shared() -> Iterator[Classroom]:
    """A class of three that is up."""
    with classroom() as made:
        done = made.up("Ann\nBob\nCarol")
        assert done.returncode == 0, done.stderr
        yield made
