"""Each term of the glossary is introduced in its lesson, and used in no earlier one without a
link."""

import re

import pytest

from tests.prose import NOTEBOOKS, ROOT, markdown_cells

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
TERM = re.compile(r"^\*\*`?(.+?)`?\*\* \((\d\d)\)\n: (.+)$", re.MULTILINE)
TERMS = {term: lesson for term, lesson, _ in TERM.findall(GLOSSARY)}
LESSONS = {path.name[:2]: "\n".join(markdown_cells(path)) for path in NOTEBOOKS}

ODD = {
    "Entry": "entr(?:y|ies)",
    "Trim": "trim(?:s|med|ming)?",
    "Hand back": "hand(?:s|ed|ing)? back",
}
"""Terms whose other forms differ in more than the ending."""


def form(term: str) -> str:
    """A pattern for a term in any of its forms."""
    ending = r"(?:s|es|d|ed|ing|ment)?"
    word = ODD.get(term) or re.escape(term).replace(r"\ ", r"[\s-]") + ending
    return rf"\b{word}\b" if term.isupper() else rf"(?i:\b{word}\b)"


def introduces(text: str, term: str) -> bool:
    """Whether a text links the term to the glossary, or sets it in bold."""
    return bool(
        re.search(rf"\[[^]]*{form(term)}[^]]*\]\(\.\./docs/glossary\.md\)", text)
        or re.search(rf"\*\*[^*\n]*{form(term)}[^*\n]*\*\*", text)
    )


def first_use(text: str, term: str) -> str:
    """The first line of a lesson that uses a term, "" if none does; code, tables, headings, and
    lines that name another lesson don't count."""
    lines = [line for line in text.split("\n") if not line.startswith(("|", "#", "**Next"))]
    plain = [line for line in lines if not re.search(r"(?i:lesson) \d\d", line)]
    return next((x for x in plain if re.search(form(term), re.sub("`[^`]*`", "", x))), "")


def early(terms: dict[str, str], lessons: dict[str, str]) -> list[str]:
    """Each unexplained use of a term before its lesson, as "lesson term: line"."""
    return [
        f"{number} {term}: {line}"
        for term, own in terms.items()
        for number, text in lessons.items()
        if number < own and (line := first_use(text, term)) and not introduces(line, term)
    ]


def test_every_term_is_introduced_in_its_lesson():
    """With a link, or in bold."""
    assert len(TERMS) == len(re.findall(r"^: ", GLOSSARY, re.MULTILINE)) > 40
    assert [term for term, own in TERMS.items() if not introduces(LESSONS[own], term)] == []


def test_no_term_is_used_before_it_is_introduced():
    """A lesson that needs a later lesson's term links it at the first use."""
    assert early(TERMS, LESSONS) == []


def test_the_glossary_explains_in_a_sentence_or_two():
    """Three at most; none begins with the term itself."""
    explained = {term: text for term, _, text in TERM.findall(GLOSSARY)}
    assert {
        t for t, text in explained.items() if len(re.findall(r"[.?](?= |$)", text)) > 3
    } == set()
    assert {t for t, text in explained.items() if text.startswith(t)} == set()


@pytest.mark.parametrize(
    "line",
    [
        "A lease ends.",
        "Two leases end.",
        "It is `leased`: a lease ends.",
        "**Predict:** who has the lease?",
    ],
)
def test_an_early_use_is_found(line):
    """In any form, and next to code with the same word."""
    assert early({"Lease": "11"}, {"06": "Nothing.\n" + line, "11": "**lease**"}) != []


@pytest.mark.parametrize(
    "line",
    [
        "A [lease](../docs/glossary.md) ends.\nThe lease ends.",
        "Lesson 11 has leases, and lesson 11 ends them.",
        "The key `lease`.",
        "| lease |",
        "Please release it.",
    ],
)
def test_a_use_that_is_explained_passes(line):
    """By a link, or by the lesson's number."""
    assert early({"Lease": "11"}, {"06": line, "11": "**lease**"}) == []
