"""The rules that every notebook keeps. Each takes a notebook and returns its complaints, one
sentence each."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.grading.cells import checks_in

CELLS_OF_AN_EXERCISE = 5
NOTEBOOKS = Path(__file__).parent.parent / "notebooks"


@dataclass(frozen=True)
class Notebook:
    """A notebook and where it is; `code` and `prose` are (number, cell), counted from 0 over all
    cells."""

    path: Path
    node: NotebookNode

    @property
    def cells(self) -> list[NotebookNode]:
        return self.node.cells

    @property
    def code(self) -> list[tuple[int, NotebookNode]]:
        return [(i, c) for i, c in enumerate(self.cells) if c.cell_type == "code"]

    @property
    def prose(self) -> list[tuple[int, NotebookNode]]:
        return [(i, c) for i, c in enumerate(self.cells) if c.cell_type == "markdown"]

    @property
    def number(self) -> str:
        return self.path.stem[:2]

    @property
    def predictions(self) -> list[tuple[int, NotebookNode]]:
        """The code cells right after a markdown cell that ends in a question: each settles a
        prediction."""
        return [(i, c) for i, c in self.code if i and asks(self.cells[i - 1])]

    def outputs(self) -> Iterator[tuple[int, NotebookNode, str]]:
        """Each output with its cell's number and all of its text."""
        for i, cell in self.code:
            for output in cell.outputs:
                yield i, output, text_of(output)

    def nodes(self) -> Iterator[tuple[int, ast.AST]]:
        """Every node of the syntax trees of the code cells, without the lines that only IPython
        understands."""
        for i, cell in self.code:
            yield from ((i, node) for node in ast.walk(ast.parse(plain(cell.source))))


def read(path: Path) -> Notebook:
    """Read a notebook's file as it is; nbformat.read would fix some faults first."""
    return Notebook(path, nbformat.v4.reads_json(path.read_text("utf-8")))


def asks(cell: NotebookNode) -> bool:
    """Tell whether a cell is prose that ends in a question; a question in a heading doesn't wait
    for an answer."""
    last = cell.source.strip().rpartition("\n")[2]
    return (
        cell.cell_type == "markdown"
        and last.rstrip("*_ ").endswith("?")
        and not last.startswith("#")
    )


def plain(source: str) -> str:
    """Return plain Python: an IPython line (`%load x`, `!ls`) becomes `pass`."""
    return re.sub(r"^(\s*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)


def text_of(output: NotebookNode) -> str:
    """Return an output's text, in all of its forms."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        # nbval compares these two; the traceback holds paths and is not compared
        return f"{output.ename}: {output.evalue}"
    return "\n".join(
        str(form) for kind, form in output.data.items() if not kind.startswith("image/png")
    )


def tags(cell: NotebookNode) -> list[str]:
    """The tags of a cell."""
    return cell.metadata.get("tags", [])


def called(node: ast.AST) -> str:
    """Return the last name in a call: "sleep" for time.sleep(1); "" for anything but a call."""
    function = getattr(node, "func", None) if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


RULES: list[Callable[[Notebook], list[str]]] = []


def rule(function):
    """Add a rule to the list."""
    RULES.append(function)
    return function


# Faults that nbval doesn't notice


@rule
def ran_once_in_order(nb):
    """Stripped outputs switch nbval off silently, so each code cell has its execution count, 1 to
    n."""
    counts = [cell.execution_count for _, cell in nb.code]
    return (
        []
        if counts == list(range(1, len(counts) + 1))
        else [f"execution counts are {counts}: run it once, top to bottom, and save"]
    )


@rule
def nothing_is_left_out_of_the_comparison(nb):
    """No cell asks nbval to ignore it."""
    pattern = re.compile(r"nbval[-_](ignore|skip|check)|PYTEST_VALIDATE", re.IGNORECASE)
    return [
        f"cell {i} asks nbval to look away"
        for i, c in nb.code
        if pattern.search(c.source + " ".join(tags(c)))
    ]


@rule
def pictures_are_compared(nb):
    """nbval never compares PNG or JPEG: pictures are SVG or HTML, and a chart of varying figures
    comes with a sentence."""
    return [
        f"cell {i} has an output that nbval does not compare: {kind}"
        for i, o, _ in nb.outputs()
        for kind in o.get("data", {})
        if kind == "image/jpeg"
        or kind == "image/png"
        and not _is_sentence(o.data.get("text/plain", ""))
    ]


def _is_sentence(text: str) -> bool:
    """Tell a sentence from an object's default text, such as `<Figure size 640x480 with 1
    Axes>`."""
    return bool(re.fullmatch(r"[A-Z][^<>]* [^<>]*\.", text))


@rule
def no_addresses_in_outputs(nb):
    """A memory address changes with each run."""
    return [
        f"cell {i} shows an address: {found[0]}"
        for i, _, text in nb.outputs()
        if (found := re.search(r"\b0x[0-9a-fA-F]{4,}", text))
    ]


@rule
def no_absolute_paths_in_outputs(nb):
    """An absolute path is true on one machine only."""
    pattern = re.compile(
        r"(?<![\w.:/-])/(?:home|root|Users|tmp|usr|var|opt|work|private|run|mnt|srv)/[\w.]|\b[A-Z]:\\\w"
    )
    return [
        f"cell {i} shows a path: {found[0]}"
        for i, _, text in nb.outputs()
        if (found := pattern.search(text))
    ]


@rule
def no_timings(nb):
    """A measured duration changes with each run; so do the time stamps that some tools store."""
    pattern = re.compile(r"\d\.\d+\s?(?:ns|us|µs|ms|s|sec|seconds)\b|\bWall time|\bCPU times")
    shown = [
        f"cell {i} shows a measured time: {found[0]}"
        for i, _, text in nb.outputs()
        if (found := pattern.search(text))
    ]
    return shown + [
        f"cell {i} stores when it ran: record with record_timing=False"
        for i, c in nb.code
        if "execution" in c.metadata
    ]


@rule
def nothing_on_stderr(nb):
    """A warning in a lesson is either its subject, and therefore printed, or a fault."""
    return [f"cell {i} wrote to stderr" for i, o, _ in nb.outputs() if o.get("name") == "stderr"]


# Things that the code must not do


@rule
def no_typed_entry_ids(nb):
    """An entry ID comes from a reply; only an example that no command uses, or the start "0-0", may
    be typed."""
    sent = [
        (i, part)
        for i, node in nb.nodes()
        if called(node).startswith("x")
        for part in ast.walk(node)
    ]
    typed = [
        (i, str(node.value), pattern)
        for nodes, pattern in ((sent, r"\(?\d+-(\d+|\*)"), (nb.nodes(), r"\d{10,}-\d+"))
        for i, node in nodes
        if isinstance(node, ast.Constant)
    ]
    found = sorted(
        {(i, text) for i, text, pattern in typed if re.fullmatch(pattern, text) and text != "0-0"}
    )
    return [f"cell {i} types the entry ID {text!r}: take it from a reply" for i, text in found]


@rule
def no_sleep(nb):
    """Wait for a condition with a deadline (helpers.waiting), never for a fixed time."""
    return [f"cell {i} sleeps: use wait_until" for i, node in nb.nodes() if called(node) == "sleep"]


@rule
def no_magic_but_load(nb):
    """No %run, no install cell, no shell: only %load, for solutions."""
    return [
        f"cell {i} has the line {line!r}"
        for i, c in nb.code
        for line in re.findall(r"^\s*[%!].*$", c.source, re.MULTILINE)
        if not line.startswith("%load ")
    ]


@rule
def no_installation(nb):
    """Only the README's two commands install; a notebook never does."""
    return [
        f"cell {i} installs something"
        for i, c in nb.code
        if re.search(r"\b(pip|conda|uv|apt(-get)?)\b.{0,20}\binstall\b", c.source)
    ]


@rule
def no_star_import(nb):
    """A reader sees where each name comes from."""
    return [
        f"cell {i} has a star import"
        for i, node in nb.nodes()
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]


@rule
def no_flush(nb):
    """Only the lesson's own keys are deleted: clean_slate(r, prefix)."""
    return [
        f"cell {i} flushes the server"
        for i, c in nb.code
        if re.search(r"flush(all|db)", c.source, re.IGNORECASE)
    ]


@rule
def threads_never_print(nb):
    """A thread's output lands in whatever cell is running: collect results, and print after the
    join."""
    functions = {node.name: node for _, node in nb.nodes() if isinstance(node, ast.FunctionDef)}
    return [
        f"cell {i} starts a thread that prints: collect, and print after the join"
        for i, work in _thread_work(nb)
        if _prints(work, functions, set())
    ]


def _thread_work(nb: Notebook) -> Iterator[tuple[int, ast.AST]]:
    """Code that runs in threads: each Thread's target, and functions passed to a Producer or
    Consumer opened by `with`."""
    for i, node in nb.nodes():
        if called(node) in ("Thread", "Timer", "submit"):
            yield from (
                (i, argument) for argument in [*node.args, *(k.value for k in node.keywords)]
            )
        if isinstance(node, ast.With):
            calls = [
                item.context_expr
                for item in node.items
                if called(item.context_expr) in ("Consumer", "Producer")
            ]
            yield from (
                (i, argument)
                for call in calls
                for argument in [*call.args, *(k.value for k in call.keywords)]
            )


def _prints(work: ast.AST, functions: dict[str, ast.AST], seen: set[str]) -> bool:
    """Tell whether this code, or a function of the notebook that it names, prints or displays."""
    names = {node.id for node in ast.walk(work) if isinstance(node, ast.Name)} - seen
    inner = [functions[name] for name in names if name in functions]
    return bool(names & {"print", "display", "pprint"}) or any(
        _prints(f, functions, seen | names) for f in inner
    )


@rule
def keys_have_the_lessons_prefix(nb):
    """Lesson NN uses keys that start with "NN:", and begins by deleting its earlier ones, so it can
    run twice in a row."""
    typed = {
        node.value[:3]
        for _, node in nb.nodes()
        if isinstance(node, ast.Constant) and re.match(r"\d\d:", str(node.value))
    }
    foreign = [f"a key starts with {prefix!r}" for prefix in sorted(typed - {f"{nb.number}:"})]
    first = nb.code[0][1].source if nb.code else ""
    return (
        foreign
        + [
            "its first code cell does not call clean_slate"
            for _ in typed
            if "clean_slate(" not in first
        ][:1]
    )


# The text


@rule
def first_cell_states_question_and_minutes(nb):
    """The first cell has the title, the one question that the notebook answers, and the minutes it
    takes."""
    source = nb.cells[0].source
    wanted = {"a title": r"\A# ", "a question": r"\?", "the minutes": r"\b\d+ min"}
    return [
        f"its first cell lacks {what}"
        for what, pattern in wanted.items()
        if not re.search(pattern, source)
    ]


@rule
def four_predictions(nb):
    """At least four times, prose ends in a question, and the next cell settles it."""
    return (
        []
        if len(nb.predictions) >= 4
        else [f"it has {len(nb.predictions)} predictions; a lesson has at least 4"]
    )


@rule
def predictions_are_settled_out_of_sight(nb):
    """The output that settles a prediction exists, and is stored collapsed."""
    complaint = (
        "settles a prediction: store its output collapsed (jupyter.outputs_hidden, tag hide-output)"
    )
    return [
        f"cell {i} {complaint}"
        for i, c in nb.predictions
        if not (
            c.outputs
            and c.metadata.get("jupyter", {}).get("outputs_hidden")
            and "hide-output" in tags(c)
        )
    ]


@rule
def no_heading_answers_a_prediction(nb):
    """A heading above a prediction names its subject; one that says what the subject does gives the
    answer away."""
    says = re.compile(r"\b(needs|loses|drops|hides|keeps|deletes|refuses|[A-Z]\w+Error)\b")
    return [
        f"the heading above cell {i} says too much: {heading}"
        for i, _ in nb.predictions
        if says.search(heading := _section(nb, i)[0])
    ]


@rule
def no_except_answers_a_prediction(nb):
    """If the question is about a call's outcome, `except` in the cell says that it fails: use
    outcome(). A question about the error itself may have one."""
    given = re.compile(r"\b(which|how (many|far|often)|(that|the) error)\b", re.IGNORECASE)
    return [
        f"cell {i} catches the error that its question asks about: use helpers.outcomes"
        for i, c in nb.predictions
        if re.search(r"^\s*except\b", c.source, re.MULTILINE)
        and not (given.search(question := _section(nb, i)[2]) and "where" not in question)
    ]


@rule
def no_text_answers_a_prediction(nb):
    """No line that the settling cell prints appears above it in its section; the question itself
    may offer it."""
    return [
        f"the answer to cell {i} stands above it: {line}"
        for i, c in nb.predictions
        for line in _answers(c)
        if line in _section(nb, i)[1]
    ]


def _answers(cell: NotebookNode) -> list[str]:
    """The lines that a settling cell shows as text, without quotes and brackets; a single word or
    number may appear above by chance."""
    shown = [
        text_of(output) for output in cell.outputs if "image/svg+xml" not in output.get("data", {})
    ]
    lines = [line.strip(" '\"()[]{}.") for text in shown for line in text.splitlines()]
    return [line for line in lines if len(line) > 5 and " " in line]


def _section(nb: Notebook, settling: int) -> tuple[str, str, str]:
    """The heading above a prediction, the prose between the two, and the question."""
    above = "\n".join(c.source for c in nb.cells[:settling] if c.cell_type == "markdown")
    heading, _, rest = above[above.rfind("\n#") + 1 :].partition("\n")
    prose, _, question = rest.rpartition("**Predict")
    return heading, prose or rest, question


@rule
def no_picture_answers_a_prediction(nb):
    """A picture in the same section as a settling cell shows the same answer, so it is folded, too:
    in the next code cell, or in the one after it if that one only draws."""
    return [
        f"cell {j} shows in a picture what cell {i} settles: tag it hide-output"
        for i, _ in nb.predictions
        for steps, (j, cell) in enumerate(((j, c) for j, c in nb.code if i < j <= i + 4), 1)
        if "hide-output" not in tags(cell)
        and any("image/svg+xml" in output.get("data", {}) for output in cell.outputs)
        and (steps == 1 or steps == 2 and _only_draws(cell))
        and _section(nb, i)[0] == _section(nb, j)[0]
    ]


def _only_draws(cell: NotebookNode) -> bool:
    """Tell whether a cell is one call of picture()."""
    lines = ast.parse(plain(cell.source)).body
    return len(lines) == 1 and called(getattr(lines[0], "value", None)) == "picture"


@rule
def number_of_cells(nb):
    """A lesson aims for 30 to 45 cells, not counting exercises; below 20 or above 50, it is no
    lesson, or two."""
    lesson = len(nb.cells) - CELLS_OF_AN_EXERCISE * sum(bool(checks_in(c)) for c in nb.cells)
    return (
        []
        if 20 <= lesson <= 50
        else [f"it has {lesson} cells beside the exercises; aim at 30 to 45"]
    )


@rule
def short_code_cells(nb):
    """A code cell has at most 10 lines, unless it is tagged `long`."""
    lengths = [
        (i, c, sum(bool(line.strip()) for line in c.source.splitlines())) for i, c in nb.code
    ]
    return [
        f"cell {i} has {n} lines; over 10 needs the tag `long`"
        for i, c, n in lengths
        if n > 10 and "long" not in tags(c)
    ]


@rule
def code_is_explained(nb):
    """Ask, run, explain: never three code cells in a row without text."""
    kinds = "".join(c.cell_type[0] for c in nb.cells)
    return [
        f"cells {m.start()} to {m.end() - 1} are code without a word between them"
        for m in re.finditer("c{3,}", kinds)
    ]


@rule
def one_sentence_a_line(nb):
    """One sentence per source line: changing a sentence changes one line."""
    wrong = []
    for i, cell in nb.prose:
        text = re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)
        text = re.sub(r"^\s*\|.*$", "", text, flags=re.MULTILINE)  # A table's row
        text = re.sub(r"`[^`\n]*`", "x", text)
        wrong += [
            f"cell {i} has two sentences in one line: …{m[0]}…"
            for m in re.finditer(r"[a-z]\w+[.?!]\*{0,2} +[A-Z]\w+", text)
        ]
    return wrong


@rule
def other_languages_are_folded(nb):
    """A table in Go and redis-cli is optional reading: it is in a <details>, with the empty lines
    that Markdown needs for a table."""
    head = "<details><summary>The same in Go and in redis-cli</summary>"
    return [
        f"cell {i} has a table in Go in plain sight: fold it"
        for i, c in nb.prose
        if "| Go" in c.source
        and not re.search(rf"^{head}\n\n\| Go.*\n\n</details>$", c.source, re.DOTALL | re.MULTILINE)
    ]


@rule
def links_resolve(nb):
    """A link to a file of the course leads to a file."""
    links = [
        (i, target)
        for i, c in nb.prose
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", c.source)
    ]
    return [
        f"cell {i} links to {target}, which is not there"
        for i, target in links
        if "://" not in target
        and not target.startswith(("mailto:", "attachment:"))
        and not (nb.path.parent / target).exists()
    ]


@rule
def last_cell_links_to_the_next(nb):
    """The last cell links to the next notebook."""
    following = [
        path.name for path in sorted(nb.path.parent.glob("*.ipynb")) if path.name > nb.path.name
    ]
    return (
        [f"its last cell does not link to {following[0]}"]
        if following and f"]({following[0]}" not in nb.cells[-1].source
        else []
    )


# The file


@rule
def plain_kernel(nb):
    """The kernel is "python3", which every installation has."""
    name = nb.node.metadata.get("kernelspec", {}).get("name")
    return [] if name == "python3" else [f"its kernel is {name!r}; store python3"]


@rule
def no_widget_state(nb):
    """Widget state is bulky, changes with each run, and nobody reads it."""
    return ["its metadata hold widget state"] if "widgets" in nb.node.metadata else []


@rule
def unique_ids(nb):
    """Each cell has a unique ID, so that a diff shows what changed."""
    ids = [c.get("id") for c in nb.cells]
    return (
        []
        if None not in ids and len(set(ids)) == len(ids)
        else ["its cell IDs are missing or not unique"]
    )
