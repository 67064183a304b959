"""The ladder of helpers: a module imports only from rungs below its own, and stays small and
documented."""

import ast
import sys
from pathlib import Path

import pytest

HELPERS = Path(__file__).parent.parent / "helpers"

RUNGS = [
    {
        "arguments",
        "handlers",
        "entries",
        "errors",
        "events",
        "locks",
        "machine",
        "markdown",
        "notebook",
        "options",
        "outcomes",
        "pauses",
        "plurals",
        "replies",
        "screen",
        "scripts",
        "setup",
        "signals",
        "slots",
        "spreadsheets",
        "stopwatch",
        "threads",
        "waiting",
    },
    {"servers"},
    {"breaker", "confirming", "connection", "store"},
    {"faults", "retries", "streams"},
    {"brokers", "outbox", "snapshots", "storing"},
    {"reader"},
    {"consumer", "diagnosis", "partitions", "producer"},
    {"incidents", "views"},
    {"checks"},
    {"aio"},
    {"bench", "campaign", "classroom", "grading", "site"},
    {"handout", "trial"},
    {"commands"},
    {"__main__"},
]
"""From the lowest rung up. A folder counts as one module; within it, the rule is "no circles"."""

BOTTOM = {
    ("server", "guard"),
    ("own_server", "guard"),
    ("addresses", "urls"),
    ("packer", "unsendable"),
}
"""The only imports within a rung: the guard starts the embedded server and separate servers; an
address contains a checked URL."""

MOST_LINES = 150
"""Lines of code, without blank lines, comments and docstrings, as ruff formats them: about 120 as
people write them."""

TABLES = ("checks/lessons/lesson", "checks/misconceptions", "connection/refusals")
"""Modules that contain only rows: they are as long as there are rows."""


SAME_MEANING = {
    *("GROUP", "STREAM", "CONSUMER"),  # A command's own, and a bench's own
    *("ACKED", "DEAD_LETTERED"),  # As an event, and as a state
    *("Consumer", "Producer"),  # For asyncio, too
    *("COLUMNS", "WIDTH", "ENTRIES", "POLL_SECONDS", "TIMEOUT"),
    *("MOST_DIGITS", "PR_SET_PDEATHSIG", "T"),
}
"""Names of constants that mean the same everywhere; any other is defined once."""


def modules(helpers: Path) -> dict[str, ast.Module]:
    """Read every module below `helpers`: "streams", "commands/demo", "views/__init__" → its syntax
    tree."""
    found = {
        p.relative_to(helpers).with_suffix("").as_posix(): ast.parse(p.read_text("utf-8"))
        for p in sorted(helpers.rglob("*.py"))
    }
    assert found, f"no modules below {helpers}"
    return found


def unit(module: str) -> str:
    """Return a module's name in the ladder: that of its package, if it is in one."""
    return module.partition("/")[0]


def rung(module: str) -> int | None:
    """Return a module's rung; None for a module that isn't in the table."""
    return next((i for i, names in enumerate(RUNGS) if unit(module) in names), None)


def absolute_names(node: ast.AST, module: str) -> list[str]:
    """Return the dotted names that an import statement may load; relative ones are resolved."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        above = ["helpers", *module.split("/")][: -node.level]
        base = ".".join([*above, base] if base else above)
    return [f"{base}.{alias.name}" for alias in node.names]


def imports(tree: ast.Module, module: str) -> list[str]:
    """Return every dotted name that a module imports, anywhere in the file."""
    return [name for node in ast.walk(tree) for name in absolute_names(node, module)]


def imported_modules(
    found: dict[str, ast.Module], module: str, names: list[str] | None = None
) -> set[str]:
    """Return the modules of helpers that `module` imports (or those of `names`): the longest part
    of each name that is a file."""
    result = set()
    for name in imports(found[module], module) if names is None else names:
        parts = name.split(".")
        if parts[0] != "helpers":
            continue
        paths = ["/".join(parts[1:end]) for end in range(len(parts), 1, -1)]
        known = [p for path in paths for p in (path, f"{path}/__init__") if p in found]
        result |= set(known[:1] or ["/".join(parts[1:2]) or "__init__"])
    return result - {module}


def wrong_imports(helpers: Path) -> list[str]:
    """Name the imports that break the ladder, in one sentence each."""
    found = modules(helpers)
    wrong = []
    for module in found:
        for other in imported_modules(found, module):
            inside = unit(module) == unit(other)
            if inside or rung(module) is None or rung(other) is None:
                continue
            if rung(other) >= rung(module):
                wrong.append(
                    f"{module} (rung {rung(module)}) imports {other} (rung {rung(other)}): "
                    "import from below, or move it."
                )
    return wrong


def circles(helpers: Path) -> list[str]:
    """Name the modules that import one another in a circle, within a package or the lowest rung."""
    found = modules(helpers)
    below = {module: imported_modules(found, module) for module in found}

    def reach(start: str) -> set[str]:
        seen, ahead = set(), [start]
        while ahead:
            new = below.get(ahead.pop(), set()) - seen
            seen |= new
            ahead += new
        return seen

    return [
        f"{module} imports itself by way of others: cut the circle."
        for module in found
        if module in reach(module)
    ]


def public_functions(tree: ast.Module) -> list[ast.AST]:
    """Return functions, classes and methods whose names don't start with an underscore."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in tree.body if isinstance(node, kinds)]
    inner = [
        node
        for owner in top
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, kinds)
    ]
    return [node for node in top + inner if not node.name.startswith("_")]


def lines_of_code(source: str) -> int:
    """Count the lines that do something."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    ]
    silent = {line for text in texts for line in range(text.lineno, text.end_lineno + 1)}
    lines = enumerate(source.splitlines(), 1)
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in silent
        for number, line in lines
    )


def private_imports(found: dict[str, ast.Module]) -> list[str]:
    """Name the private names that a module takes from another one, including those loaded by
    name."""
    return [
        f"{module} imports {name}"
        for module in found
        for name in imports(found[module], module)
        if name.startswith("helpers.")
        and name.rpartition(".")[2].startswith("_")
        and not name.endswith("__")
    ]


def defined(tree: ast.Module) -> set[str]:
    """The classes of a module, and its constants."""
    targets = [t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets]
    names = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
    classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    return classes | {name for name in names if name.isupper()}


def with_two_meanings(found: dict[str, ast.Module]) -> list[str]:
    """Name the classes and constants that several modules define, except those of the lessons."""
    homes: dict[str, list[str]] = {}
    for module, tree in found.items():
        for name in defined(tree) if not module.startswith("checks/lessons/") else ():
            homes.setdefault(name, []).append(module)
    return [
        f"{name}: {', '.join(modules)}"
        for name, modules in sorted(homes.items())
        if len(modules) > 1 and name not in SAME_MEANING
    ]


def faceless(found: dict[str, ast.Module]) -> list[str]:
    """Name the folders without a first paragraph, or with public names missing from __all__."""
    faces = {module: tree for module, tree in found.items() if module.endswith("/__init__")}
    lists = {
        module: any(
            isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
            for node in tree.body
        )
        for module, tree in faces.items()
    }
    shows = {
        module: any(
            isinstance(node, ast.ImportFrom) and not isinstance(node, ast.FunctionDef)
            for node in tree.body
        )
        and not public_functions(tree)
        for module, tree in faces.items()
    }
    return [
        module
        for module, tree in faces.items()
        if not ast.get_docstring(tree) or shows[module] and not lists[module]
    ]


ALL = modules(HELPERS)


def test_imports_go_down_the_ladder():
    """No module imports sideways or up."""
    assert wrong_imports(HELPERS) == []


def test_no_circle_of_imports():
    """No module imports itself by way of others."""
    assert circles(HELPERS) == []


def test_every_module_stands_on_a_rung():
    """A new module is put into the table, so that the rule holds for it."""
    assert {unit(module) for module in ALL if rung(module) is None} - {"__init__"} == set()


def test_no_module_takes_a_private_name_of_another():
    """Names used by others are public, and documented."""
    assert private_imports(ALL) == []


def test_a_name_has_one_meaning():
    """A reader who knows a class or constant from one module isn't misled in another."""
    assert with_two_meanings(ALL) == []


def test_a_second_meaning_is_noticed():
    """The rule can fail."""
    found = {"views/bars": ast.parse("LONGEST = 40"), "entries": ast.parse("A, LONGEST = 1, 2")}
    assert with_two_meanings(found) == ["LONGEST: views/bars, entries"]


def test_each_folder_has_a_face():
    """A first paragraph about its contents, and a list of its public names."""
    assert faceless(ALL) == []


def test_helpers_itself_imports_nothing():
    """`python3 -m helpers` runs before anything is installed."""
    assert imports(ALL["__init__"], "__init__") == []


def test_what_runs_first_needs_only_python():
    """__main__ and the bootstrap import, directly or not, only the standard library and modules
    that do the same."""
    seen, ahead, foreign = set(), ["__main__", "commands/__init__", "setup/environment"], []
    while ahead:
        seen.add(module := ahead.pop())
        names = [name for node in ALL[module].body for name in absolute_names(node, module)]
        foreign += [
            f"{module}: {n}"
            for n in names
            if n.split(".")[0] not in sys.stdlib_module_names | {"helpers"}
        ]
        ahead += imported_modules(ALL, module, names) - seen
    assert foreign == []


@pytest.mark.parametrize("module", ALL)
def test_nothing_imports_notebooks_or_tests(module):
    """helpers can be installed without them."""
    assert {n.split(".")[0] for n in imports(ALL[module], module)} & {
        "notebooks",
        "tests",
        "conftest",
    } == set()


@pytest.mark.parametrize("module", ALL)
def test_module_is_small(module):
    """A module that can't be read at one sitting should be two."""
    assert (
        module.startswith(TABLES)
        or lines_of_code((HELPERS / f"{module}.py").read_text("utf-8")) <= MOST_LINES
    )


@pytest.mark.parametrize("module", ALL)
def test_module_and_its_public_names_have_docstrings(module):
    """A learner who calls help() gets a sentence."""
    assert ast.get_docstring(ALL[module])
    assert [f.name for f in public_functions(ALL[module]) if not ast.get_docstring(f)] == []


@pytest.mark.parametrize(
    ("name", "source", "other"),
    [
        ("entries.py", "from helpers.streams import ensure_group", "streams"),
        ("producer.py", "from helpers import consumer", "consumer"),
        ("views/charts.py", "def f():\n    import helpers.checks", "checks/__init__"),
        ("checks/lesson_02.py", "from ..commands import demo", "commands/demo"),
    ],
)
def test_the_ladder_notices(tmp_path, name, source, other):
    """An import upwards, sideways, inside a function or by dots is found."""
    for module in ("streams.py", "consumer.py", "checks/__init__.py", "commands/demo.py", name):
        (tmp_path / module).parent.mkdir(exist_ok=True)
        (tmp_path / module).write_text(source if module == name else "")
    module = name.removesuffix(".py")
    fault = f"{module} (rung {rung(module)}) imports {other} (rung {rung(other)})"
    assert [line.partition(":")[0] for line in wrong_imports(tmp_path)] == [fault]


def test_the_ladder_notices_a_circle(tmp_path):
    """Two modules of one package that import each other are found."""
    (tmp_path / "views").mkdir()
    (tmp_path / "views/a.py").write_text("from helpers.views import b")
    (tmp_path / "views/b.py").write_text("from .a import something")
    assert len(circles(tmp_path)) == 2
