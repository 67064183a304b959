"""`grade`: the marks for hand-ins, none of which goes missing."""

import copy
import csv
import importlib.util
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import nbformat
import psutil
import pytest

from helpers.checks.lessons import exercises, find, lessons
from helpers.commands import grade
from helpers.grading import sandbox
from helpers.grading.cells import check_in, loads_solution
from helpers.grading.hand_ins import find as find_hand_ins
from helpers.grading.kernel import Gone, Kernel
from helpers.grading.marking import Limits, Mark
from helpers.grading.table import RISKY
from helpers.grading.unfinished import NAME, Unfinished
from helpers.locks import alone_in
from helpers.waiting import wait_until
from tests.learners import filled, notebook, position, solution
from tests.notebook_rules import NOTEBOOKS
from tests.processes import command_line, living

pytestmark = pytest.mark.long

ROOT = NOTEBOOKS.parent
FILE = "02_create_the_group.ipynb"
SANDBOXED = pytest.mark.skipif(bool(sandbox.missing()), reason=f"no sandbox: {sandbox.missing()}")
HOW = ["--trust"] if sandbox.missing() else []
"""The option that lets these tests run where there can be no sandbox."""

STUBBORN = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"
FORGED = """
import helpers.checks, helpers.checks.verdict, helpers.checks.plain_data
helpers.checks.check = check = lambda *values: print("✓ solved: everything.")
helpers.checks.verdict.SOLVED = "not started"
helpers.checks.plain_data.dumps = lambda value: "1"
"""


def cells_of(**answers: str) -> nbformat.NotebookNode:
    """Lesson 02 as a learner hands it in, cut down to its first cell and its exercises for
    speed."""
    nb = copy.deepcopy(notebook("02").node)
    for name, code in answers.items():
        nb.cells[position(find(f"02.{name}")) - 1].source = code
    first = next(i for i, cell in enumerate(nb.cells) if cell.cell_type == "code")
    nb.cells = nb.cells[: first + 1] + nb.cells[position(find("02.start")) - 2 :]
    nb.cells[first].source += "\nfrom helpers.streams import ensure_group"
    return nb


def hand_in(folder: Path, name: str, content) -> None:
    """Put a file where a learner's is expected."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))


def solved(name: str) -> str:
    """The solution of an exercise of lesson 02."""
    return solution(find(f"02.{name}")).read_text("utf-8")


def with_check_cells_gone(nb):
    nb.cells = [cell for cell in nb.cells if not check_in(cell)]
    return nb


def with_a_loaded_solution(nb):
    load = next(cell for cell in nb.cells if loads_solution(cell) and "02_start" in cell.source)
    load.source += "\n" + solved("start")
    return nb


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A class: right, wrong, late, forged, empty, broken and endless notebooks."""
    folder = tmp_path_factory.mktemp("class")
    hand_in(
        folder,
        f"ann/{FILE}",
        cells_of(start=solved("start"), repeat=solved("repeat"), two=solved("two")),
    )
    hand_in(
        folder,
        f"bob_{FILE}",
        cells_of(start=filled(find("02.start"), 'r.xgroup_create("02:start", "readers")')),
    )
    hand_in(folder, f"cheat/{FILE}", cells_of(start=FORGED))
    hand_in(
        folder, f"crash/{FILE}", cells_of(start=solved("start"), repeat="import os\nos._exit(0)")
    )
    hand_in(folder, f"empty/{FILE}", "")
    hand_in(folder, f"broken/{FILE}", '{"cells": [{"cell_type": "co')
    hand_in(folder, f"list/{FILE}", "[1, 2]")
    hand_in(
        folder, f"bare/{FILE}", {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    )
    hand_in(folder, f"slow/{FILE}", cells_of(start="while True: pass", two=solved("two")))
    hand_in(
        folder,
        f"stubborn/{FILE}",
        cells_of(start=solved("start"), repeat=STUBBORN, two=solved("two")),
    )
    hand_in(
        folder,
        f"tidy/{FILE}",
        with_check_cells_gone(cells_of(start=solved("start"), two=solved("two"))),
    )
    hand_in(folder, f"peek/{FILE}", with_a_loaded_solution(cells_of()))
    hand_in(
        folder,
        f"=HYPERLINK(1)/{FILE}",
        cells_of(
            two='BOTH = "02:two"\nr.xgroup_create(BOTH, "@cmd|x", mkstream=True)\nwaiting = None'
        ),
    )
    hand_in(folder, f"shutdown/{FILE}", cells_of(start="r.shutdown(nosave=True)"))
    hand_in(folder, f"script/{FILE}", cells_of(start="r.eval('while true do end', 0)"))
    hand_in(folder, f"=cmd|'calc'!A0\nx_{FILE}", cells_of())
    hand_in(folder, "dora/essay.ipynb", {"cells": []})
    hand_in(folder, f"ann/.ipynb_checkpoints/{FILE}", "")
    return folder


@pytest.fixture(scope="module")
def grades(folder) -> dict[tuple[str, str], dict[str, str]]:
    """The CSV of one run over the class, by learner and exercise."""
    command = [
        sys.executable,
        "-m",
        "helpers",
        "grade",
        str(folder),
        "--cell-seconds",
        "2",
        "--seconds",
        "60",
        *HOW,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # Some couldn't be marked
    with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["learner"], row["exercise"]): row for row in rows}.__len__() == len(rows)
    return {(row["learner"], row["exercise"]): row for row in rows}


def marks(grades, learner: str) -> str:
    """yes and no for start, repeat, two."""
    return " ".join(grades[learner, f"02.{name}"]["solved"] for name in ("start", "repeat", "two"))


@pytest.mark.parametrize(("learner", "expected"), [
    ("ann", "yes yes yes"),
    ("bob", "no no no"),
    ("cheat", "no no no"),
    ("crash", "yes no no"),
    ("empty", "no no no"),
    ("broken", "no no no"),
    ("list", "no no no"),
    ("bare", "no no no"),
    ("slow", "no no yes"),
    ("stubborn", "yes no no"),
    ("tidy", "yes no yes"),
    ("peek", "yes no no"),
    ("shutdown", "no no no"),
    ("script", "no no no"),
    ("'=cmd|'calc'!A0 x", "no no no"),
    ("'=HYPERLINK(1)", "no no no"),
])  # fmt: skip
def test_each_exercise_is_marked_for_itself(grades, learner, expected):
    """Code that fails, hangs or is missing costs its own exercise; only a lost kernel costs the
    following ones, too."""
    assert marks(grades, learner) == expected


@pytest.mark.parametrize(("learner", "exercise", "words"), [
    ("bob", "02.start", "hint: the group starts after the ID that you gave"),
    ("crash", "02.repeat", "the kernel's process ended; the rest was not run"),
    ("empty", "02.start", "the file is empty"),
    ("broken", "02.start", "it isn't JSON"),
    ("list", "02.start", "it has no list of cells"),
    ("bare", "02.start", "there is no code cell"),
    ("slow", "02.start", "a cell took more than 2 s"),
    ("stubborn", "02.repeat", "couldn't be interrupted; the rest was not run"),
    ("peek", "02.start", "(the solution was loaded)"),
    ("shutdown", "02.start", "the server doesn't answer"),
    ("script", "02.start", "the server doesn't answer"),
    ("dora", "", "no lesson with exercises"),
])  # fmt: skip
def test_the_reason_is_told(grades, learner, exercise, words):
    """A teacher sees why there is no mark."""
    assert words in grades[learner, exercise]["seen"]


def test_the_misconception_is_in_a_column_of_its_own(grades):
    """So a teacher can count them."""
    assert grades["bob", "02.start"]["misconception"] == "dollar-hides"


def test_no_cell_is_a_formula(grades):
    """The names that learners give folders and groups stay text in a spreadsheet."""
    assert [
        cell for row in grades.values() for cell in row.values() if cell.startswith(RISKY)
    ] == []


def started(child: subprocess.Popen) -> list[psutil.Process]:
    """The child processes of a grader, once a learner's kernel is among them."""
    found = psutil.Process(child.pid).children(recursive=True)
    return found if any("grading.inside" in command_line(p) for p in found) else []


def leftovers() -> set[str]:
    """The directories that grading has made and not removed."""
    return {p.name for p in Path(tempfile.gettempdir()).glob("grade-*")}


def test_without_a_sandbox_what_a_learner_starts_ends_with_the_kernel(embedded_url, tmp_path):
    """A process that starts its own session is found all the same."""
    with Kernel(embedded_url, tmp_path, threading.Event(), sandboxed=False) as kernel:
        kernel.run(
            'import subprocess\np = subprocess.Popen(["sleep", "600"], start_new_session=True).pid',
            10,
        )
        sleeping = [psutil.Process(int(kernel.value("p")))]
        assert living(sleeping)
    wait_until(lambda: not living(sleeping), 5, "the end of the sleep")


@pytest.mark.parametrize("sandboxed", [False, pytest.param(True, marks=SANDBOXED)])
def test_values_come_as_data(embedded_url, tmp_path, sandboxed):
    """A value that isn't plain data is None; an error, an unknown name or a forged answer stops
    nothing."""
    with Kernel(embedded_url, tmp_path, threading.Event(), sandboxed=sandboxed) as kernel:
        assert (
            kernel.run(
                "a = [1, {'b': (2.5, None)}]\nclass E:\n    def __repr__(self): 1 / 0\ne = E()", 10
            )
            == ""
        )
        assert [kernel.value(name) for name in ("a", "e", "nobody")] == [
            [1, {"b": [2.5, None]}],
            {"object": "E"},
            None,
        ]
        kernel.run(
            "import helpers.checks.plain_data as p\np.dumps = lambda value: "
            '\'__import__("os").system("false")\'',
            10,
        )
        assert kernel.value("a") is None
        assert kernel.run("input()", 10) == "StdinNotImplementedError"
        with pytest.raises(Gone):
            kernel.run(STUBBORN, 0.5)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind(tmp_path, number):
    """No process and no directory; marks given so far are written."""
    hand_in(tmp_path, f"empty/{FILE}", "")
    hand_in(tmp_path, f"endless/{FILE}", cells_of(start=STUBBORN))
    before = leftovers()
    child = subprocess.Popen(
        [sys.executable, "-m", "helpers", "grade", str(tmp_path), *HOW],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    below = wait_until(lambda: started(child), 60, "a learner's kernel")
    child.send_signal(number)
    assert child.wait(60) == 130
    wait_until(lambda: not living(below) and leftovers() <= before, 20, "all processes to end")
    assert "the file is empty" in (tmp_path / "grades.csv").read_text("utf-8")


def graded(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [sys.executable, "-m", "helpers", "grade", str(folder), *HOW, *options]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env=os.environ | environment, timeout=120
    )


def rows(folder: Path) -> dict[tuple[str, str], str]:
    """The table so far: learner and exercise → yes or no."""
    if not (folder / "grades.csv").exists():
        return {}
    with open(folder / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["learner"], row["exercise"]): row["solved"] for row in csv.DictReader(file)}


def solved_one(learner: str, solved: str) -> dict[tuple[str, str], str]:
    """The rows of a learner who has solved one exercise of the lesson."""
    return {(learner, e.name): "yes" if e.name == solved else "no" for e in exercises("02")}


def test_a_killed_run_goes_on(tmp_path):
    """After kill -9, the marks so far are in the table, and the second run marks only the rest."""
    hand_in(tmp_path, f"ann/{FILE}", cells_of(start=solved("start")))
    hand_in(tmp_path, f"zed/{FILE}", cells_of(start="while True: pass", two=solved("two")))
    options = ("--at-once", "1", "--cell-seconds", "4")
    command = [sys.executable, "-m", "helpers", "grade", str(tmp_path), *HOW, *options]
    child = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    wait_until(lambda: rows(tmp_path), 180, "ann's lines")
    below = started(child)
    child.kill()
    child.wait()
    anns = solved_one("ann", solved="02.start")
    assert rows(tmp_path) == anns
    wait_until(lambda: not living(below), 20, "the end of the kernels")
    with open(tmp_path / NAME, "a", encoding="ascii") as file:
        file.write('\n["cut short')
    second = graded(tmp_path, *options)
    assert (
        second.returncode == 0
        and "Going on after an interruption: 1 of 2 files are marked." in second.stderr
    )
    assert rows(tmp_path) == anns | solved_one("zed", solved="02.two")
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("change", ["hand-in", "limits"])
def test_what_was_marked_otherwise_is_marked_again(tmp_path, change):
    """If the file has changed since, or the limits are different."""
    hand_in(tmp_path, f"ann/{FILE}", cells_of(start=solved("start")))
    [one] = find_hand_ins(tmp_path)
    limits = Limits(20, 120)
    Unfinished(tmp_path, limits).keep(one, [Mark(one, "02.start", True, "", "")])
    assert [m.exercise for m in Unfinished(tmp_path, limits).of(one)] == ["02.start"]
    if change == "hand-in":
        hand_in(tmp_path, f"ann/{FILE}", cells_of())
    [again] = find_hand_ins(tmp_path)
    assert Unfinished(tmp_path, Limits(5, 120) if change == "limits" else limits).of(again) == []


def test_two_runs_never_share_a_folder(tmp_path, capsys):
    """The second says so, and does nothing else."""
    hand_in(tmp_path, f"ann/{FILE}", cells_of())
    with alone_in(tmp_path, "another run"):
        assert grade.main([str(tmp_path), *HOW]) == 2
    assert (
        "is being graded already" in capsys.readouterr().err
        and not (tmp_path / "grades.csv").exists()
    )


@pytest.mark.parametrize("obstacle", ["folder", "table"])
def test_where_no_table_can_be_written_nothing_is_run(tmp_path, obstacle):
    """A read-only folder, or a folder in the place of the table, is refused before hours of
    work."""
    hand_in(tmp_path, f"ann/{FILE}", cells_of(start=solved("start")))
    if obstacle == "table":
        (tmp_path / "grades.csv").mkdir()
    said = read_only(tmp_path) if obstacle == "folder" else graded(tmp_path)
    assert said.returncode == 2 and "copy the hand-ins to a folder of yours" in said.stderr
    *_, last = said.stderr.splitlines()  # Notes about where Jupyter may write come before it
    assert str(tmp_path) in last and "Traceback" not in said.stderr


def test_another_program_s_table_is_never_overwritten(tmp_path):
    """nbgrader exports a grades.csv, too; ours is replaced."""
    hand_in(tmp_path, "ann/notes.txt", "")
    exported = "assignment,duedate,timestamp,student_id\n"
    (tmp_path / "grades.csv").write_text(exported)
    said = graded(tmp_path)
    assert said.returncode == 2 and "would be overwritten" in said.stderr
    assert (tmp_path / "grades.csv").read_text() == exported
    (tmp_path / "grades.csv").unlink()
    assert [graded(tmp_path).returncode for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("lesson", ["04", "08", "09", "11", "16"])
def test_an_untouched_copy_is_not_started(tmp_path, lesson):
    """What the checks themselves read, by every command that they use, is nobody's attempt."""
    [path] = (ROOT / "notebooks").glob(f"{lesson}_*.ipynb")
    hand_in(tmp_path, f"ann/{path.name}", path.read_text())
    graded(tmp_path)
    with open(tmp_path / "grades.csv", encoding="utf-8-sig") as file:
        found = [(row["misconception"], row["seen"][:15]) for row in csv.DictReader(file)]
    assert len(found) > 1 and set(found) == {("", "not started yet")}


def read_only(folder: Path) -> subprocess.CompletedProcess[str]:
    """Grade a read-only folder; root can write anywhere, so it switches to another user."""
    folder.chmod(0o555)
    nobody = 65534 if os.geteuid() == 0 else os.geteuid()
    code = (
        "import os, sys\nfrom helpers.commands import grade\nimport "
        "helpers.grading.table, helpers.grading.marking, helpers.locks\n"
        f"os.setuid({nobody})\nsys.exit(grade.main([{str(folder)!r}, '--trust']))"
    )
    for parent in folder.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_a_long_path_for_temporary_files_costs_nobody_the_marks(tmp_path):
    """A kernel's sockets need a short path, so another one is used."""
    long = tmp_path / "t" / ("x" * (92 - len(os.fsencode(tmp_path / "t")) - 1))
    long.mkdir(parents=True)
    hand_in(tmp_path / "class", f"ann/{FILE}", cells_of(start=solved("start")))
    assert len(os.fsencode(long)) == 92
    done = graded(tmp_path / "class", TMPDIR=str(long), XDG_RUNTIME_DIR="")
    assert done.returncode == 0 and rows(tmp_path / "class")["ann", "02.start"] == "yes", (
        done.stdout + done.stderr
    )


def test_record_needs_no_short_path(tmp_path):
    """Its kernel's sockets go to /tmp if the directory for temporary files has no room for them."""
    long = tmp_path / "t" / ("x" * (92 - len(os.fsencode(tmp_path / "t")) - 1))
    long.mkdir(parents=True)
    path = tmp_path / "99_x.ipynb"
    cell = nbformat.v4.new_code_cell("from helpers.connection import connect; connect().ping()")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    code = (
        "from pathlib import Path; from helpers.handout import recording; from helpers.setup "
        "import jupyter_home; jupyter_home.settle(); "
        f"exit(recording.record(Path({str(path)!r})))"
    )
    environment = {n: value for n, value in os.environ.items() if not n.startswith("REDIS_")}
    environment |= {"TMPDIR": str(long), "XDG_RUNTIME_DIR": ""}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0 and "True" in path.read_text("utf-8"), done.stderr


def test_an_old_windows_notebook_is_marked(tmp_path):
    """With nbformat 3, a byte order mark, Windows line endings, and no IDs: its content counts."""
    text = {"code": "input", "markdown": "source"}
    cells = [
        {"cell_type": c.cell_type, text[c.cell_type]: c.source.replace("\n", "\r\n")}
        for c in cells_of(start=solved("start")).cells
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / FILE).write_bytes(
        json.dumps(old, indent=1).replace("\n", "\r\n").encode("utf-8-sig")
    )
    assert graded(tmp_path).returncode == 0
    assert rows(tmp_path)["ann", "02.start"] == "yes"


def test_a_folder_without_notebooks_is_refused(tmp_path, capsys):
    """One sentence, and no CSV."""
    assert grade.main([str(tmp_path), *HOW]) == 2
    assert "There are no notebooks" in capsys.readouterr().err and not list(tmp_path.iterdir())


@pytest.mark.parametrize("lesson", lessons())
def test_cells_carry_what_nbgrader_reads(lesson):
    """A check is worth a point and locked, every other cell is the learner's own, and nbformat
    finds no fault."""
    nb = notebook(lesson).node
    nbformat.validate(nb)
    marked = [cell.metadata.nbgrader for cell in nb.cells if "nbgrader" in cell.metadata]
    assert [m.grade_id for m in marked] == [
        f"{e.name.replace('.', '-')}-check" for e in exercises(lesson)
    ]
    assert [dict(m) | {"grade_id": ""} for m in marked] == [
        {
            "grade_id": "",
            "grade": True,
            "locked": True,
            "points": 1,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
    ] * len(marked)


DRAWN = """
drawn = []
class Chart:
    def _repr_png_(self): drawn.append("png")
    def _ipython_display_(self): drawn.append("itself")
    def _repr_mimebundle_(self, **_): drawn.append("bundle")
display(Chart())
Chart()
"""


@pytest.mark.parametrize("sandboxed", [False, pytest.param(True, marks=SANDBOXED)])
def test_what_nobody_looks_at_is_not_drawn(embedded_url, tmp_path, sandboxed):
    """A kernel spends no time on a notebook's pictures, and goes on with the value of a cell."""
    with Kernel(embedded_url, tmp_path, threading.Event(), sandboxed=sandboxed) as kernel:
        assert kernel.run(DRAWN, 20) == ""
        assert kernel.value("drawn") == []
        assert kernel.run("assert isinstance(_, Chart)", 20) == ""


def test_what_a_sandbox_imports_is_compiled_once(tmp_path):
    """A sandbox can't keep what it compiles, so it finds all of helpers compiled, whatever the
    environment says of bytecode."""
    compiled = Path(importlib.util.cache_from_source(str(ROOT / "helpers" / "stopwatch.py")))
    compiled.unlink(missing_ok=True)
    hand_in = tmp_path / "ann" / FILE
    hand_in.parent.mkdir()
    hand_in.write_text("no notebook", "utf-8")
    grade.main([*HOW, str(tmp_path)])
    assert compiled.exists()
