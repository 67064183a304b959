"""Where a value comes from: typed by hand, or taken from something."""

import ast

import pytest

from helpers.connection.origins import ARGUMENT, made

TYPED = [
    "done = ['0', '1']",
    "done = [str(n) for n in range(7)]",
    "values = ['0']\ndone.extend(values)",
    "for text in ('3,50', '4,20'):\n    done.append(float(text.replace(',', '.')))",
    "other, done = 1, 5",
    "done = ValueError('five')",
    "if True:\n    done = {'a'}",
]


@pytest.mark.parametrize("code", TYPED)
def test_constants_alone_are_typed_by_hand(code):
    """Python's own functions, loops and other names change nothing about that."""
    assert made(ast.parse(code).body)["done"].by_hand


TAKEN = [
    "done = r.xlen(STREAM)",
    "done = []\nfor i, fields in entries:\n    done.append(fields['value'])",
    "done = 0\nfor pair in entries:\n    done += 1",
    "done = 0\nwhile reply := read():\n    done += 1",
    "done = 0\nif r.exists('a'):\n    done = 1",
    "def handle(entry):\n    done.append(entry)",
    "handle = lambda id: done.append(id)",
    "done = [*done, last]",
    "got = {}\ngot['a'] = r.get('a')\ndone = list(got.values())",
    "with Producer() as producer:\n    done = producer.stored",
    "done = ['typed']\ndone = [fields for fields in reply]",
    "done = input()",
]


@pytest.mark.parametrize("code", TAKEN)
def test_what_depends_on_anything_else_is_taken(code):
    """What counts in a loop, or is set under a condition, depends on these."""
    assert not made(ast.parse(code).body)["done"].by_hand


@pytest.mark.parametrize("code", ["done = []", "done = None", "done = list()", "done = 0"])
def test_an_empty_value_only_prepares_for_one(code):
    """Nothing is said about it."""
    assert made(ast.parse(code).body) == {}


def test_the_names_behind_a_value_are_followed():
    """Through other names, and into a function's arguments."""
    code = "letters = dead_letters(r)\nfor letter in letters:\n    done.append(letter.fields)"
    assert {"dead_letters", "r"} <= made(ast.parse(code).body)["done"].of
    assert ARGUMENT in made(ast.parse("def f(e):\n    done.append(e)").body)["done"].of
