"""The course's English: no text has a word, a spelling or a sentence that the style sheet rules
out, and the rules find each kind of fault."""

import pytest

from tests.prose import (
    MODULES,
    NOTEBOOKS,
    PAGES,
    ROOT,
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
    """Also where a rule looks twice."""
    assert faults(sentence.strip()) == []


def test_sentences_are_split_as_they_are_read():
    """Code is one word, an item of a list begins a sentence, tables and headings don't count."""
    text = "# A head\n\nOne `a b c`.\nTwo\nlines.\n\n* Three. Four?\n\n| a | b |\n"
    assert list(sentences(text)) == ["One Code.", "Two lines.", "Three.", "Four?"]


@pytest.mark.parametrize("path", [*PAGES, *NOTEBOOKS], ids=lambda path: path.name)
def test_pages_and_lessons_keep_to_the_style_sheet(path):
    """Everything that a learner or a teacher reads."""
    texts = markdown_cells(path) if path.suffix == ".ipynb" else iter([path.read_text("utf-8")])
    assert complaints(texts) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "helpers")))
def test_modules_keep_to_the_style_sheet(path):
    """Hints, error texts and docstrings."""
    assert complaints(literals(path)) == []
    assert [each for each in complaints(docstrings(path)) if "'What' without" not in each] == []
