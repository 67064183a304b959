"""Fixtures that the tests of pictures share."""

import gc

import pytest


@pytest.fixture
def warned(recwarn):
    """The warnings of this test alone: sockets that earlier tests forgot are collected before
    it."""
    gc.collect()
    recwarn.clear()
    return recwarn
