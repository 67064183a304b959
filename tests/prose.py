"""The part of the style sheet that rules can enforce: words, spelling, long sentences, and "who" or
"what" without a noun before it. Used by tests/test_prose.py."""

import ast
import inspect
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.notebook_rules import plain

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MODULES = sorted((ROOT / "helpers").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_WORDS = 35
"""Words of a sentence, one for each piece of code."""

WORDS = re.compile(
    r"\b(mend(?:ed|s|ing)?|in vain|for ever|whereupon|beside|lies|anew|afresh|gives itself"
    r"|as it comes|(?:is|are) met with|once more|any more(?=[.,:;!?)]|$))(?=\W|$)",
    re.IGNORECASE,
)
"""What nobody says at the next desk: fixed, without success, forever, compared with, is stored,
again, chooses, by default, no longer."""

BRITISH = re.compile(
    r"\b(?:\w*(?:behavi|col|fav|flav|harb|hon|hum|lab|neighb|rum|vap)our\w*"
    r"|\w*(?:recogn|organ|initial|serial|normal|optim|minim|maxim|summar|synchron|custom|visual"
    r"|final|general|special|emphas|util|real|priorit|categor|character|standard|memor)is"
    r"(?:e[ds]?|ing|ation\w*)"
    r"|(?:anal|paral|catal)ys(?:e[ds]?|ing)|(?:cata|ana)logue[ds]?"
    r"|(?:cancel|label|level|model|signal|travel|channel|tunnel|fuel|marshal|total)l(?:ed|ing)"
    r"|(?:acknowledge|judge)ments?|(?:cent|fib|theat|calib)re[ds]?|grey\w*|(?:li|de|of)fence"
    r"|licences?|afterwards|towards|whilst|amongst|learnt|spelt|programmes?|artefacts?|fulfil"
    r"|skilful|sceptic\w*|cheques?|ageing|storeys?|manoeuvre\w*|mould\w*)\b",
    re.IGNORECASE,
)
"""Spellings that American English doesn't have."""

BARE = re.compile(r"(?:Who|What|Whoever|Whatever)\b.*[.:;]$")
"""A statement that begins with "who" or "what"; a question may."""


def faults(sentence: str) -> list[str]:
    """Return a sentence's faults according to the style sheet."""
    found = [f"{each[0]!r}" for rule in (WORDS, BRITISH) for each in rule.finditer(sentence)]
    if len(sentence.split()) > MOST_WORDS:
        found.append(f"{len(sentence.split())} words")
    if BARE.match(sentence):
        found.append(f"{sentence.split()[0]!r} without a noun")
    return found


def sentences(text: str) -> Iterator[str]:
    """Split Markdown or a docstring into its sentences, each piece of code as one word; headings,
    tables and blocks of code are left out."""
    text = re.sub(r"```.*?```|<!-- exercises: begin -->.*?end -->|<[^>\n]+>", "", text, flags=re.S)
    text = re.sub(r"\[([^]]*)]\([^)]*\)", r"\1", text)
    text = re.sub(r"`[^`]+`", "Code", text)
    lines = [line.strip() for line in text.split("\n")]
    kept = "\n".join("" if line.startswith(("|", "#", "!")) else line for line in lines)
    for block in re.split(r"\n\s*\n|\n(?=[*:] |\d+\. )", kept):
        flat = re.sub(r"^(?:[*:]|\d+\.) ", "", " ".join(block.split()))
        yield from filter(None, re.split(r"""(?<=[.?!])["')*]*\s+(?=["'(*]*[A-Z\d])""", flat))


def markdown_cells(notebook: Path) -> Iterator[str]:
    """The text of each Markdown cell."""
    for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


def code_of(notebook: Path) -> str:
    """The code cells of a notebook as one module."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return "\n".join(plain("".join(c["source"])) for c in cells if c["cell_type"] == "code")


def docstrings(source: str) -> Iterator[str]:
    """Each docstring of a module, including those below constants; drawings are left out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and (text := said_by(node.value)):
            lines = inspect.cleandoc(text).split("\n")
            yield "\n".join(line for line in lines if "   " not in line.strip())


def literals(source: str) -> Iterator[str]:
    """Each other readable text in a module: three or more words on one line, with "x" for each
    inserted value."""
    tree = ast.parse(source)
    inside = {
        id(part)
        for node in ast.walk(tree)
        for part in (node.values if isinstance(node, ast.JoinedStr) else [])
    }
    inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = "" if id(node) in inside else said_by(node)
        if "\n" not in text and len(re.findall(r"[A-Za-z]{2,}", text)) > 2:
            yield text


def said_by(node: ast.AST) -> str:
    """The text of a literal, "" of anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(said_by(part) or "x" for part in node.values)
    text = getattr(node, "value", None)
    return text if isinstance(node, ast.Constant) and isinstance(text, str) else ""


def complaints(texts: Iterable[str]) -> list[str]:
    """Every fault in these texts, with the beginning of its sentence."""
    found = [(said, faults(said)) for text in texts for said in sentences(text)]
    return [f"{', '.join(each)}: {said[:100]}" for said, each in found if each]
