"""The course's English: no text has a word, a spelling or a sentence that the style sheet rules
out, and the rules find each kind of fault."""

import pytest

from tests.prose import (
    MODULES,
    NOTEBOOKS,
    PAGES,
    ROOT,
    TESTS,
    code_of,
    complaints,
    docstrings,
    faults,
    literals,
    markdown_cells,
    sentences,
)

LONG = "word " * 36


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The handler was mended.", "mended"),
        ("It waits for ever.", "for ever"),
        ("Waited 5 s in vain for room.", "in vain"),
        ("Beside one XADD it is fast.", "Beside"),
        ("It isn't pending any more.", "any more"),
        ("The entry lies in the stream.", "lies"),
        ("Start it anew.", "anew"),
        ("The color depends on its neighbour.", "neighbour"),
        ("An acknowledgement frees nothing.", "acknowledgement"),
        ("It was cancelled.", "cancelled"),
        ("The server recognises it.", "recognises"),
        ("Try it afterwards.", "afterwards"),
        ("Who sends one entry a second waits.", "Who"),
        ("What was read is done.", "What"),
        (LONG, "36 words"),
    ],
)
def test_a_fault_is_found(sentence, fault):
    """One of each kind, alone in its sentence."""
    [found] = faults(sentence.strip())
    assert fault in found


@pytest.mark.parametrize(
    "sentence",
    [
        "What is the lag?",
        "Who gets his five entries?",
        "The consumer that sends one entry a second waits.",
        "Read until there aren't any more entries.",
        "The behavior of a neighbor is canceled, and recognized by its color.",
        "Promise, otherwise, precise, exercise, advise: these are American, too.",
        "word " * 35,
    ],
)
def test_good_english_passes(sentence):
    """Even where a rule might misfire."""
    assert faults(sentence.strip()) == []


def test_sentences_are_split_as_they_are_read():
    """Code is one word, a list item begins a sentence, tables and headings don't count."""
    text = "# A head\n\nOne `a b c`.\nTwo\nlines.\n\n* Three. Four?\n\n| a | b |\n"
    assert list(sentences(text)) == ["One Code.", "Two lines.", "Three.", "Four?"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_keep_to_the_style_sheet(page):
    """Everything that a learner or a teacher reads outside the lessons."""
    assert complaints([page.read_text("utf-8")]) == []


@pytest.mark.parametrize("lesson", NOTEBOOKS, ids=lambda lesson: lesson.name)
def test_lessons_keep_to_the_style_sheet(lesson):
    """Markdown, and texts in code."""
    code = code_of(lesson)
    assert complaints([*markdown_cells(lesson), *literals(code), *docstrings(code)]) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "helpers")))
def test_modules_keep_to_the_style_sheet(path):
    """Hints, error texts and docstrings; a module's or a constant's docstring may be a title that
    begins with "what"."""
    source = path.read_text("utf-8")
    assert complaints(literals(source)) == []
    assert [each for each in complaints(docstrings(source)) if "'What' without" not in each] == []


@pytest.mark.parametrize("path", TESTS, ids=lambda path: str(path.relative_to(ROOT / "tests")))
def test_tests_keep_to_the_style_sheet(path):
    """Their docstrings, many of which continue the test's name."""
    found = complaints(docstrings(path.read_text("utf-8")))
    assert [each for each in found if "without a noun" not in each] == []
