"""`handout`: learners get the files that the course ships, unchanged, whatever else is in the
teacher's working copy."""

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from helpers.checks.lessons import exercises, lessons
from helpers.checks.misconceptions import BY_ID
from helpers.checks.overview import table
from helpers.checks.stages import STAGES
from helpers.commands import cover, handout
from helpers.grading.cells import check_in, checks_in
from helpers.handout import listing, shipped, stages
from helpers.handout.copy import copy
from helpers.handout.predictions import predictions
from helpers.handout.stubs import solved_stubs
from helpers.handout.teachers_page import BEGIN, overview, with_overview
from tests.checks.answers import RIGHT, WRONG
from tests.learners import solution
from tests.notebook_rules import NOTEBOOKS, Notebook, ran_once_in_order

ROOT = NOTEBOOKS.parent
FILE = "notebooks/02_create_the_group.ipynb"
SECRET = 'r.xgroup_create("02:start", "readers", id="0")'


def listed_here() -> shipped.Shipped:
    """The course as it is in this checkout."""
    names = [
        line.split(" ", 1)[1] for line in (ROOT / listing.LIST).read_text("utf-8").splitlines()
    ]
    files = {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}
    return shipped.Shipped(files, frozenset(), "here", [], [], [])


@pytest.fixture
def course(tmp_path) -> Path:
    """A course without Git, as unpacked from a ZIP: a few files of ours, and their list."""
    root = tmp_path / "course"
    for name in (
        "README.md",
        FILE,
        "notebooks/solutions/02_start.py",
        "tests/learners.py",
        "tests/test_readme.py",
        "helpers/entries.py",
        ".gitignore",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    files = {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
    write(root, listing.LIST, listing.as_list(files | {listing.LIST: b""}))
    return root


@pytest.fixture
def cloned(course) -> Path:
    """The same course with Git, and everything committed."""
    git(course, "init", "-q")
    commit(course)
    return course


def git(root: Path, *arguments: str) -> None:
    """Run Git with some author."""
    me = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    subprocess.run(["git", "-C", str(root), *me, *arguments], check=True, capture_output=True)


def commit(root: Path) -> None:
    """Commit everything in the folder."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "All")


def write(root: Path, name: str, text: str) -> None:
    """Write a file, and create its parent folders."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def solve(root: Path, keep_place: bool = True) -> None:
    """Fill in a stub, like a teacher who shows the answer in class."""
    nb = nbformat.read(root / FILE, as_version=4)
    place = next(i for i, cell in enumerate(nb.cells) if check_in(cell) == "02.start") - 1
    source = nb.cells[place].source + "\n" + SECRET
    nb.cells[place].source = source if keep_place else source.replace("# your code here\n", "")
    nbformat.write(nb, root / FILE)


def handed_out(course: Path, monkeypatch) -> Path:
    """Hand out the course; return the copy's files as a folder has them."""
    monkeypatch.setattr(handout, "ROOT", course)
    folder = course.parent / "copy"
    assert handout.main([str(folder)]) == 0
    return folder


def everything(folder: Path) -> str:
    """All names and texts in a folder."""
    return "\n".join(
        f"{p.relative_to(folder)}\n{p.read_text('utf-8')}"
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    )


def with_what_lies_about(root: Path) -> None:
    """Add the files that a term leaves next to the course."""
    for name in (
        ".env",
        "handed_in/ann/02_create_the_group.ipynb",
        "solutions_old/02.py",
        "notebooks/11_exam.ipynb",
        "helpers/exam.py",
        "notebooks/.ipynb_checkpoints/02-checkpoint.ipynb",
        "tests/__pycache__/x.pyc",
        "notebooks/02_create_the_group (copy).ipynb",
        "notebooks/solutions/exam.py",
        "docs/marks.csv",
    ):
        write(root, name, f"exam-secret {SECRET}")
    (root / "notebooks/exam-link").symlink_to(root / "handed_in")


NAMED = (
    ".env",
    "handed_in/",
    "solutions_old/",
    "notebooks/11_exam.ipynb",
    "helpers/exam.py",
    "notebooks/02_create_the_group (copy).ipynb",
    "notebooks/solutions/exam.py",
    "docs/",
    "notebooks/exam-link",
)


@pytest.mark.parametrize("way", ["course", "cloned"])
def test_what_the_course_does_not_ship_is_named_and_left_out(request, way, monkeypatch, capsys):
    """Secrets, hand-ins, old solutions, an exam: wherever they are, with and without Git."""
    root = request.getfixturevalue(way)
    with_what_lies_about(root)
    copied = everything(handed_out(root, monkeypatch))
    [line] = [
        line
        for line in capsys.readouterr().out.splitlines()
        if line.startswith("Left out, because the course")
    ]
    assert "exam-secret" not in copied and "exam.py" not in copied and SECRET not in copied
    assert sorted(line.partition(": ")[2].split(", ")) == sorted(NAMED)


def test_a_file_that_is_only_staged_is_left_out(cloned, monkeypatch, capsys):
    """The course ships only committed files."""
    write(cloned, "notebooks/11_exam.ipynb", "{}")
    git(cloned, "add", "-A")
    assert not (handed_out(cloned, monkeypatch) / "notebooks/11_exam.ipynb").exists()
    assert "doesn't ship it: notebooks/11_exam.ipynb" in capsys.readouterr().out


@pytest.mark.parametrize("staged", [False, True])
def test_stubs_are_handed_out_as_committed(cloned, monkeypatch, capsys, staged):
    """A teacher who solves an exercise in class gives nothing away; the change is named."""
    solve(cloned)
    (cloned / "helpers/entries.py").write_text("UNCOMMITTED = True")
    if staged:
        git(cloned, "add", "-A")
    copied = handed_out(cloned, monkeypatch)
    assert SECRET not in everything(copied) and "UNCOMMITTED" not in (
        copied / "helpers/entries.py"
    ).read_text("utf-8")
    assert f"without the changes since: helpers/entries.py, {FILE}" in capsys.readouterr().out


def test_a_committed_change_goes_along(cloned, monkeypatch):
    """It is the teacher's course."""
    nb = nbformat.read(cloned / FILE, as_version=4)
    nb.cells[0].source += "\nWelcome to room 7."
    nbformat.write(nb, cloned / FILE)
    write(cloned, "notebooks/11_extra.ipynb", nbformat.writes(nbformat.v4.new_notebook()))
    commit(cloned)
    copied = handed_out(cloned, monkeypatch)
    assert (
        "Welcome to room 7." in everything(copied)
        and (copied / "notebooks/11_extra.ipynb").exists()
    )


def test_a_course_within_a_larger_repository_is_handed_out_alone(course, monkeypatch):
    """Only its own folder, with paths relative to it."""
    write(course.parent, "exam.md", "secret")
    git(course.parent, "init", "-q")
    commit(course.parent)
    copied = handed_out(course, monkeypatch)
    assert (copied / FILE).exists() and "exam.md" not in everything(copied)


def test_a_link_and_a_submodule_are_left_out(cloned, monkeypatch, capsys):
    """Either would bring in files that aren't the course's."""
    (cloned / "exams").symlink_to("/etc")
    commit(cloned)
    inner = cloned / "vendor"
    write(inner, "exam.md", "secret")
    git(inner, "init", "-q")
    commit(inner)
    git(cloned, "add", "vendor")
    git(cloned, "commit", "-q", "-m", "Add a submodule")
    assert "secret" not in everything(handed_out(cloned, monkeypatch))
    told = capsys.readouterr().out
    assert "a link may lead out of the course: exams" in told and "vendor/" in told


@pytest.mark.parametrize("keep_place", [True, False])
def test_without_git_a_changed_notebook_is_refused(course, monkeypatch, capsys, keep_place):
    """Without Git, the earlier text is unknown, so the notebook is named, and nothing is
    written."""
    solve(course, keep_place)
    monkeypatch.setattr(handout, "ROOT", course)
    assert handout.main([str(course.parent / "copy")]) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1 and f"{FILE}: changed since the course was shipped" in told
    assert not (course.parent / "copy").exists()


def test_a_committed_answer_is_refused(cloned, monkeypatch, capsys):
    """A stub that lost its place for the answer."""
    solve(cloned, keep_place=False)
    commit(cloned)
    monkeypatch.setattr(handout, "ROOT", cloned)
    assert handout.main([str(cloned.parent / "copy")]) == 1
    assert (
        f"{FILE} holds an answer to 02.start" in capsys.readouterr().err
        and not (cloned.parent / "copy").exists()
    )


@pytest.mark.parametrize("repository", ["broken", "without a commit", "of others"])
def test_where_git_knows_nothing_the_list_does(course, monkeypatch, capsys, repository):
    """For example, a ZIP unpacked into somebody's repository; only a broken repository is an
    error."""
    if repository == "broken":
        write(course, ".git", "gitdir: /nowhere")
        monkeypatch.setattr(handout, "ROOT", course)
        assert handout.main([str(course.parent / "copy")]) == 1
        assert "Git can't tell what the course ships" in capsys.readouterr().err
        return
    git(course if repository == "without a commit" else course.parent, "init", "-q")
    with_what_lies_about(course)
    assert "exam-secret" not in everything(handed_out(course, monkeypatch))
    assert "made from the list in" in capsys.readouterr().out


@pytest.mark.skipif(
    not (ROOT / ".git").exists(),
    reason="this copy of the course has no Git to compare its list of files with",
)
def test_the_list_names_what_git_tracks():
    """`record` writes it, and `python3 -m helpers handout --list`."""
    assert listing.listing(ROOT) == (ROOT / listing.LIST).read_text("utf-8"), (
        "out of date: run `python3 -m helpers handout --list`"
    )


def test_the_picture_is_current_in_a_copy(copied, monkeypatch):
    """It shows none of the cells that a copy lacks."""
    here = cover.made_from()
    monkeypatch.setattr(cover, "LESSON", copied / "notebooks" / cover.LESSON.name)
    assert cover.made_from() == here


def test_a_copy_has_a_list_of_its_own(copied):
    """It can be handed out again."""
    names = {
        line.split(" ", 1)[1] for line in (copied / listing.LIST).read_text("utf-8").splitlines()
    }
    assert names == {p.relative_to(copied).as_posix() for p in copied.rglob("*") if p.is_file()}
    again = shipped.shipped(copied)
    assert set(again.files) == names and again.beside == []


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """A learner's copy of the course as it is here, committed or not."""
    folder = tmp_path_factory.mktemp("copy") / "course"
    copy(listed_here(), folder)
    return folder


def test_a_handout_has_no_solutions(copied):
    """Neither as files, nor in tests, nor in a cell that would load one."""
    assert not list(copied.rglob("*solutions*")) and not list(copied.rglob("__pycache__"))
    for exercise in (e for lesson in lessons() for e in exercises(lesson)):
        last = solution(exercise).read_text("utf-8").strip().splitlines()[-1].strip()
        found = [
            path.name
            for path in (copied / "tests").rglob("*.py")
            if len(last) > 25 and last in path.read_text("utf-8")
        ]
        assert found == [], exercise.name
    assert [
        path.name for path in copied.glob("notebooks/*.ipynb") if "%load" in path.read_text("utf-8")
    ] == []


def test_a_handout_has_no_answers(copied):
    """Whichever file of the course contains them."""
    tests = {path: path.read_text("utf-8") for path in copied.rglob("tests/**/*.py")}
    lines = {line.strip() for answer in (*RIGHT, *WRONG) for line in answer.code.splitlines()}
    assert len(tests) > 20 and len(lines) > 300
    assert {
        path.name: line
        for path, text in tests.items()
        for line in lines
        if len(line) > 40 and line in text
    } == {}


def test_what_a_handout_imports_is_in_it(copied):
    """Its tests can run: none needs a file that stayed with the teacher."""
    named = {
        name
        for path in copied.rglob("tests/**/*.py")
        for name in re.findall(r"^from (tests[\w.]*) import (\w+)", path.read_text("utf-8"), re.M)
    }
    assert len(named) > 10
    for module, name in named:
        places = [
            copied / f"{module.replace('.', '/')}.py",
            copied / f"{module.replace('.', '/')}/{name}.py",
        ]
        assert any(place.exists() for place in places), (module, name)


def test_a_handout_is_the_course(copied):
    """The lessons with their outputs and checks, the helpers, and the files that the two commands
    need."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        nb = nbformat.read(copied / "notebooks" / path.name, as_version=4)
        nbformat.validate(nb)
        assert ran_once_in_order(Notebook(path, nb)) == []
        assert [n for c in nb.cells for n in checks_in(c)] == [
            n for c in nbformat.read(path, 4).cells for n in checks_in(c)
        ]
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "--help"], cwd=copied, capture_output=True, text=True
    )
    assert done.returncode == 0 and "handout" in done.stdout


def test_a_handout_says_nothing_of_grading_and_hints(copied):
    """The teacher's page stays with the teacher, and the README doesn't lead to it."""
    readme = (copied / "README.md").read_text("utf-8")
    assert "teaching.md" in (ROOT / "README.md").read_text("utf-8")
    assert not (copied / "docs" / "teaching.md").exists()
    assert not re.search("teaching.md|grade|grading", readme)
    assert "python3 -m helpers lab" in readme


def everything_in(folder: Path) -> dict[str, bytes]:
    """A folder's files with their content, except Git's own."""
    files = [p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def test_a_zip_holds_the_copy_in_a_folder(cloned, monkeypatch, tmp_path, capsys):
    """It has the same files as a folder; an existing archive is never overwritten."""
    folder = handed_out(cloned, monkeypatch)
    path = tmp_path / "course.zip"
    assert handout.main([str(path)]) == 0
    with zipfile.ZipFile(path) as opened:
        opened.extractall(tmp_path / "unpacked")
    assert everything_in(tmp_path / "unpacked" / "redis-streams-course") == everything_in(folder)
    assert handout.main([str(path)]) == 2 and f"{path} exists" in capsys.readouterr().err


def test_learners_pull_updates_from_a_repository(cloned, monkeypatch, tmp_path):
    """A second handout is a commit on top of the first; a removed file disappears."""
    monkeypatch.setattr(handout, "ROOT", cloned)
    repository, learner = tmp_path / "class.git", tmp_path / "learner"
    assert handout.main(["--git", str(repository)]) == 0
    subprocess.run(["git", "clone", "-q", str(repository), str(learner)], check=True)
    write(learner, "mine.ipynb", "{}")
    write(cloned, "NEW.md", "a lesson more")
    git(cloned, "rm", "-q", "helpers/entries.py")
    commit(cloned)
    assert handout.main(["--git", str(repository)]) == 0
    git(learner, "pull", "-q")
    assert (learner / "NEW.md").read_text() == "a lesson more" and (learner / "mine.ipynb").exists()
    assert not (learner / "helpers" / "entries.py").exists()
    assert not list(learner.rglob("*solutions*"))


@pytest.mark.parametrize("obstacle", ["a file more", "another repository"])
def test_a_repository_that_is_not_a_handout_is_left_alone(
    cloned, monkeypatch, tmp_path, capsys, obstacle
):
    """Neither the teacher's changes nor another project are overwritten."""
    monkeypatch.setattr(handout, "ROOT", cloned)
    repository = tmp_path / "class"
    if obstacle == "a file more":
        assert handout.main(["--git", str(repository)]) == 0
        write(repository, "note.md", "mine")
    else:
        write(repository, "note.md", "mine")
        git(repository, "init", "-q")
        commit(repository)
    before = everything_in(repository)
    assert handout.main(["--git", str(repository)]) == 2
    assert everything_in(repository) == before
    assert "name a new folder" in capsys.readouterr().err


def test_a_refused_course_changes_no_repository(cloned, monkeypatch, tmp_path):
    """A stub with an answer in it is found before anything is written."""
    monkeypatch.setattr(handout, "ROOT", cloned)
    repository = tmp_path / "class"
    assert handout.main(["--git", str(repository)]) == 0
    before = everything_in(repository)
    solve(cloned, keep_place=False)
    commit(cloned)
    assert handout.main(["--git", str(repository)]) == 1
    assert everything_in(repository) == before


STUB = 'KEY = "02:x"\ndef store():\n    # your code here\n\nstore()'
SOLVED = 'KEY = "02:x"\ndef store():\n    # One answer\n    r.xadd(KEY, {})\n\nstore()\n'


@pytest.mark.parametrize(
    "solution",
    [
        SOLVED,
        "    r.xadd(KEY, {})\n",
        SOLVED.replace("02:x", "02:y").replace("\nstore()", "\nsave()"),
    ],
    ids=["as it is", "an answer alone", "an older stage"],
)
def test_a_solution_gets_the_stage_of_its_stub(tmp_path, solution):
    """`record` writes the code before and after the answer; nobody copies it by hand."""
    cells = [nbformat.v4.new_code_cell(source) for source in (STUB, 'check("02.x", r)')]
    write(tmp_path, "02_x.py", solution)
    stages.renew(nbformat.v4.new_notebook(cells=cells), tmp_path)
    assert (tmp_path / "02_x.py").read_text("utf-8") == SOLVED


def test_a_solution_in_a_stub_is_not_handed_out():
    """It has no place for an answer."""
    cells = [nbformat.v4.new_code_cell(source) for source in (SOLVED, 'check("02.x", r)')]
    assert solved_stubs(nbformat.v4.new_notebook(cells=cells)) == ["02.x"]


@pytest.mark.parametrize("place", ["full", "file", ROOT / "notebooks" / "copy", ROOT])
def test_a_handout_overwrites_nothing(tmp_path, capsys, place):
    """Nor is the course copied into itself."""
    write(tmp_path, "full/mine.txt", "keep me")
    write(tmp_path, "file", "keep me")
    assert handout.main([str(tmp_path / place)]) == 2
    assert "name a new folder" in capsys.readouterr().err


def test_the_teachers_page_has_the_overview():
    """`record` writes it, and `handout --list`."""
    text = (ROOT / "docs" / "teaching.md").read_text("utf-8")
    assert BEGIN in text and with_overview(text, overview(ROOT)) == text


def test_the_teachers_page_answers_every_prediction():
    """Each cell that settles one has a row, with its output or an explanation."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        nb = nbformat.read(path, as_version=4)
        asked = [cell for _, cell in Notebook(path, nb).predictions]
        rows = list(predictions(nb.cells))
        assert len(rows) == len(asked) and all(
            question and (shows or say) for question, shows, say in rows
        )
        assert all("\n" not in part for row in rows for part in row)


def test_the_overview_names_every_exercise_and_idea():
    """One row for each hint, and one for each stage of lesson 17."""
    lines = table().splitlines()[2:]
    hints = sum(len(e.hints) for lesson in lessons() for e in exercises(lesson))
    assert len(lines) == hints + len(STAGES)
    assert all(any(f"**{stage.name}** {stage.title}" in line for line in lines) for stage in STAGES)
    assert {len(line.replace("\\|", "").split("|")) for line in lines} == {6}
    assert [m.id for m in BY_ID.values() if m.lesson in lessons() and m.name not in table()] == []
