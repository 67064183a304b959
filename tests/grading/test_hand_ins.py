"""Real-world hand-ins: whose they are, which lesson, and a row for each file, even one that can't
be marked."""

import csv
import io
import json
import os
from pathlib import Path, PurePath

import pytest

from helpers.checks.lessons import exercises
from helpers.commands import grade
from helpers.grading import files, notebooks, sandbox
from helpers.grading.hand_ins import HandIn, find
from helpers.grading.lessons import lesson_of
from helpers.grading.marking import Mark
from helpers.grading.notebooks import LARGEST, Unreadable, read
from helpers.grading.owners import owner_of
from helpers.grading.table import TABLE, harmless, summary, write
from tests.notebook_rules import NOTEBOOKS

HOW = ["--trust"] if sandbox.missing() else []
"""The option that lets these tests run where there can be no sandbox."""

FILE = "02_create_the_group.ipynb"
LESSON = (NOTEBOOKS / FILE).read_text("utf-8")


def hand_in(
    folder: Path, name: str, content: str | bytes = LESSON, changed: int | None = None
) -> Path:
    """Put a file where a learner's is expected, with a given time if that matters."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if changed is not None:
        os.utime(path, (changed, changed))
    return path


def with_checks(*names: str) -> str:
    """A notebook that checks these exercises and has nothing else."""
    return json.dumps(
        {"cells": [{"cell_type": "code", "source": [f'check("{name}", r)']} for name in names]}
    )


def rows(folder: Path) -> list[dict[str, str]]:
    """The table that was written."""
    with open(folder / TABLE, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# A row for each file


@pytest.mark.parametrize(("name", "reason"), [
    ("ann/02.zip", "it isn't a ZIP archive that can be read"),
    ("ann/02_create_the_group.ipynb.zip", "it isn't a ZIP archive"),
    ("ann/work.tar.gz", "it is an archive"),
    ("ann/02_create_the_group.ipynb.txt", "its name ends in .ipynb.txt: rename it"),
    ("ann/02_create_the_group.ipynb.json", "its name ends in .ipynb.json: rename it"),
    ("ann/02_create_the_group.IPYNB", "its name ends in .IPYNB: rename it"),
    ("ann/02_create_the_group.ipynb (1)", "its name ends in .ipynb (1): rename it"),
    (
        "ann/02_create_the_group.py",
        "it is a Python program: ask for the file whose name ends in .ipynb",
    ),
    ("ann/02_create_the_group.html", "it is not a notebook"),
    ("ann/02_create_the_group.ipynb.pdf", "it is not a notebook: ask for the file"),
    ("ann/homework", "it is not a notebook"),
    ("ann.zip", "it isn't a ZIP archive"),
    ("ann_02_create_the_group.ipynb.txt", "its name ends in .ipynb.txt"),
])  # fmt: skip
def test_a_file_that_is_no_notebook_by_its_name_gets_a_line(tmp_path, capsys, name, reason):
    """Nobody is left out silently, and the status isn't 0."""
    hand_in(tmp_path, name)
    assert grade.main([str(tmp_path), *HOW]) == 1
    [row] = rows(tmp_path)
    assert (
        row["learner"] == "ann"
        and row["solved"] == "no"
        and row["seen"].startswith(f"not marked: {reason}")
    )
    assert "1 of 1 files not marked:\n  ann: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "the file is empty"),
        ("<!DOCTYPE html>", "it isn't JSON, and begins with"),
        (b"PK\x03\x04", "it isn't JSON, and begins with"),
        ('{"cells": [], "name": "K\xe4the"}'.encode("latin-1"), "it isn't JSON in UTF-8"),
        ("[]", "it has no list of cells"),
    ],
)
def test_a_file_that_is_no_notebook_inside_gets_a_line_for_each_exercise(tmp_path, content, reason):
    """Its name tells which exercises."""
    hand_in(tmp_path, f"ann/{FILE}", content)
    assert grade.main([str(tmp_path), *HOW]) == 1
    assert [row["exercise"] for row in rows(tmp_path)] == [e.name for e in exercises("02")]
    assert all(
        row["seen"].startswith("not marked: ") and reason in row["seen"] for row in rows(tmp_path)
    )


def test_what_is_not_even_a_file_gets_a_line(tmp_path):
    """An empty folder, a link to somebody else's work, a dangling link, a link to a folder, a
    socket."""
    outside = hand_in(tmp_path, f"outside/{FILE}")
    folder = tmp_path / "class"
    for name in ("ann.smith", "bob/.ipynb_checkpoints", "cid", "dan", "fay"):
        (folder / name).mkdir(parents=True)
    (folder / "cid" / FILE).symlink_to(outside)
    (folder / "dan" / FILE).symlink_to("/nowhere")
    (folder / "eve").symlink_to(outside.parent)
    os.mkfifo(folder / "fay" / FILE)
    found = {h.learner: h.trouble for h in find(folder)}
    empty, link = files.EMPTY, files.LINK
    assert found == {
        "ann.smith": empty,
        "bob": empty,
        "cid": link,
        "dan": link,
        "eve": link,
        "fay": files.SPECIAL,
    }


def test_what_systems_leave_there_is_nobodys(tmp_path):
    """Neither hidden files, nor macOS's, nor nbgrader's, nor our own table."""
    for name in (
        f"ann/.ipynb_checkpoints/{FILE}",
        f"__MACOSX/ann/._{FILE}",
        "ann/.DS_Store",
        "ann/timestamp.txt",
        f"ann/{FILE}",
        TABLE,
    ):
        hand_in(tmp_path, name)
    assert [h.path for h in find(tmp_path)] == [tmp_path / "ann" / FILE]


def test_a_folder_of_programs_is_one_line(tmp_path):
    """Who hands in the whole course doesn't fill the table; its own helpers aren't mentioned."""
    for name in ("mine", "helpers"):
        for n in range(files.MANY + 1):
            hand_in(tmp_path, f"ann/{name}/inner/{n}.py")
    hand_in(tmp_path, f"ann/notebooks/{FILE}")
    mine, ours = find(tmp_path)
    assert (mine.path, ours.path.name) == (tmp_path / "ann" / "mine", FILE)
    assert mine.trouble == f"none of the {files.MANY + 1} files in it is a notebook"


def test_the_summary_counts_what_was_not_marked():
    """If only one of three was marked, the summary doesn't say "by 1 of 1"."""
    ann, bob, cid, old = (
        HandIn(Path(name), name, FILE, counts=name != "old")
        for name in ("ann", "bob", "cid", "old")
    )
    marks = [
        Mark(ann, "02.start", True, "", ""),
        Mark(bob, "02.start", False, "", "not marked: empty", judged=False),
        Mark(cid, "", False, "", "not marked: a ZIP", judged=False),
        Mark(old, "", False, "", "not marked: older", judged=False),
    ]
    assert summary(marks).splitlines() == [
        "02.start       solved by 1 of 2, 1 not marked",
        "2 of 4 files not marked:",
        f"  bob: {FILE}: not marked: empty",
        f"  cid: {FILE}: not marked: a ZIP",
        "1 of 4 files replaced by another of the same learner:",
        f"  old: {FILE}: not marked: older",
    ]


# Whose it is


@pytest.mark.parametrize(("path", "name", "number", "file"), [
    (f"ann/{FILE}", "ann", "", FILE),
    (f"ann/ps1/{FILE}", "ann", "", f"ps1/{FILE}"),
    (f"bob_{FILE}", "bob", "", FILE),
    (f"bob_07_{FILE}", "bob_07", "", FILE),
    (f"learner09-{FILE}", "learner09", "", FILE),
    ("eve_02_mine (1).ipynb", "eve", "", "02_mine (1).ipynb"),
    (f"Ann Lee_123_assignsubmission_file_/{FILE}", "Ann Lee", "123", FILE),
    (f"Ann Lee_123_assignsubmission_file/deep/{FILE}", "Ann Lee", "123", f"deep/{FILE}"),
    (f"Ann Lee_123_assignsubmission_file_{FILE}", "Ann Lee", "123", FILE),
    (f"Class 7/Ann Lee_123_assignsubmission_file_/{FILE}", "Ann Lee", "123", FILE),
    (
        "Ann Lee_123_assignsubmission_onlinetext_/onlinetext.html",
        "Ann Lee",
        "123",
        "onlinetext.html",
    ),
    ("leeann_4711_815_mine.ipynb", "leeann", "4711", "mine.ipynb"),
    (f"leeann_LATE_4711_815_{FILE}", "leeann", "4711", FILE),
    (f"submissions/leeann_4711_815_{FILE}", "leeann", "4711", FILE),
    ("Jo\u0308rg/02_x.ipynb", "J\xf6rg", "", "02_x.ipynb"),
    (os.fsdecode(b"J\xf6rg/02_x.ipynb"), "J\\xf6rg", "", "02_x.ipynb"),
    (f"=HYPERLINK(1)/{FILE}", "=HYPERLINK(1)", "", FILE),
    (FILE, "?", "", FILE),
])  # fmt: skip
def test_whose_it_is(path, name, number, file):
    """The folder or the name tells, as teachers, Moodle, Canvas and nbgrader write them."""
    found = owner_of(PurePath(path))
    assert (found.name, found.number, found.file) == (name, number, file)


def test_two_of_one_name_are_two(tmp_path):
    """A platform's number tells them apart, and is shown only then."""
    for name in ("Ann Lee_1", "Ann Lee_2", "Bob Ray_3"):
        hand_in(tmp_path, f"{name}_assignsubmission_file_/{FILE}")
    assert [(h.learner, h.counts) for h in find(tmp_path)] == [
        ("Ann Lee (1)", True),
        ("Ann Lee (2)", True),
        ("Bob Ray", True),
    ]


def test_nbgraders_folder_is_known_from_above(tmp_path):
    """Files next to `submitted`, such as the teacher's own notebooks, are nobody's hand-ins."""
    for name in (
        f"submitted/ann/ps1/{FILE}",
        "submitted/ann/ps1/timestamp.txt",
        f"source/ps1/{FILE}",
        f"release/ps1/{FILE}",
    ):
        hand_in(tmp_path, name)
    assert [(h.learner, h.notebook) for h in find(tmp_path)] == [("ann", f"ps1/{FILE}")]
    assert [(h.learner, h.notebook) for h in find(tmp_path / "submitted")] == [
        ("ann", f"ps1/{FILE}")
    ]


# Which lesson it is


@pytest.mark.parametrize("name", ["04_consume_and_ack.ipynb", "final.ipynb", "x_99_y.ipynb"])
def test_the_cells_tell_the_lesson(tmp_path, name):
    """Lesson 02 is graded as lesson 02, whatever it was saved as; a contradicting name is
    mentioned."""
    hand_in(tmp_path, f"ann/{name}")
    [found] = find(tmp_path)
    assert found.lesson == "02" and not found.trouble
    assert found.note == (
        "(lesson 02 by its cells, although its name says 04)" if name.startswith("04") else ""
    )


def test_the_cells_tell_without_a_check(tmp_path):
    """A learner who deleted the check cells has left the other cells of the lesson."""
    nb = json.loads(LESSON)
    nb["cells"] = [cell for cell in nb["cells"] if "check(" not in "".join(cell["source"])]
    hand_in(tmp_path, "ann/04_consume_and_ack.ipynb", json.dumps(nb))
    assert [h.lesson for h in find(tmp_path)] == ["02"]


@pytest.mark.parametrize(
    ("checks", "name", "lesson"),
    [
        (["03.types", "03.fields", "02.start"], "02_x.ipynb", "03"),
        (["99.none"], "04_x.ipynb", "04"),
        ([], "x.ipynb", ""),
        ([], "77_x.ipynb", ""),
    ],
)
def test_most_checks_win_and_the_name_comes_last(checks, name, lesson):
    """A check for an unknown exercise doesn't count."""
    assert (
        lesson_of(
            [{"cell_type": "code", "source": f'check("{check}", r)'} for check in checks], name
        )
        == lesson
    )


# The newest counts


def test_the_newest_of_two_counts_and_the_other_is_named(tmp_path):
    """Whatever they are called; another lesson's hand-in is unaffected."""
    hand_in(tmp_path, "ann/new.ipynb", changed=2_000_000_000)
    hand_in(tmp_path, f"ann/{FILE}", changed=1_000_000_000)
    hand_in(tmp_path, "ann/03_produce.ipynb", with_checks("03.types"), changed=1)
    found = {h.notebook: (h.counts, h.trouble) for h in find(tmp_path)}
    assert found["new.ipynb"] == (True, "") and found["03_produce.ipynb"] == (True, "")
    assert found[FILE][0] is False and "new.ipynb, changed 2033-" in found[FILE][1]


def test_of_two_that_are_equally_old_the_later_name_counts(tmp_path):
    """Browsers and Canvas number repeated files."""
    for name in ("02_x.ipynb", "02_x (1).ipynb"):
        hand_in(tmp_path, f"ann/{name}", changed=1_000_000_000)
    assert {h.notebook: h.counts for h in find(tmp_path)} == {
        "02_x.ipynb": False,
        "02_x (1).ipynb": True,
    }


def test_a_broken_new_one_replaces_nothing(tmp_path):
    """The older one is marked, and the broken one remains unmarked."""
    hand_in(tmp_path, "ann/02_old.ipynb", changed=1_000_000_000)
    hand_in(tmp_path, "ann/02_new.ipynb", "{", changed=2_000_000_000)
    found = {h.notebook: (h.counts, bool(h.trouble), h.lesson) for h in find(tmp_path)}
    assert found == {"02_old.ipynb": (True, False, "02"), "02_new.ipynb": (True, True, "")}


def test_files_of_nobody_replace_one_another_never(tmp_path):
    """They may belong to two learners."""
    for name in ("02_a.ipynb", "02_b.ipynb"):
        hand_in(tmp_path, name)
    assert [(h.learner, h.counts) for h in find(tmp_path)] == [("?", True), ("?", True)]


# What is in it


V3 = {
    "nbformat": 3,
    "worksheets": [
        {
            "cells": [
                {"cell_type": "markdown", "source": ["# A"]},
                {"cell_type": "code", "input": ["a\r\n", "b"]},
            ]
        }
    ],
}
V4 = {
    "nbformat": 4,
    "nbformat_minor": 4,
    "metadata": {"colab": {"provenance": []}},
    "cells": [
        {"cell_type": "markdown", "source": "# A", "metadata": {"id": "x"}, "id": "same"},
        {
            "cell_type": "code",
            "source": "a\r\nb",
            "metadata": {"id": "x"},
            "id": "same",
            "outputs": [],
        },
    ],
}


@pytest.mark.parametrize("notebook", [V3, V4])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_notebooks_of_any_version_and_encoding_are_read(tmp_path, notebook, encoding):
    """nbformat 3 and 4.4, Colab, two cells with one ID, Windows, a byte order mark."""
    path = hand_in(
        tmp_path, "x.ipynb", json.dumps(notebook, indent=1).replace("\n", "\r\n").encode(encoding)
    )
    assert read(path) == [
        {"cell_type": "markdown", "source": "# A"},
        {"cell_type": "code", "source": "a\nb"},
    ]


def test_a_hundred_megabytes_of_outputs_are_read(tmp_path):
    """An endless print is saved with the notebook; only the cells are kept."""
    nb = json.loads(LESSON)
    nb["cells"][2]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["0123456789" * 10 + "\n"] * 1_000_000}
    ]
    [found] = find(hand_in(tmp_path, f"ann/{FILE}", json.dumps(nb)).parent.parent)
    assert found.path.stat().st_size > 100_000_000 and found.lesson == "02" and not found.trouble


def test_a_file_without_end_is_refused(tmp_path):
    """It is refused before it is read; this one is sparse."""
    path = hand_in(tmp_path, "x.ipynb")
    os.truncate(path, LARGEST + 1)
    with pytest.raises(Unreadable, match="500,000,000 bytes"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "null",
        "7",
        '{"cells": 7}',
        '{"cells": [1]}',
        '{"cells": [{}]}',
        "[" * 100_000,
        "\ud800",
        '{"cells": [{"cell_type": "code", "source": null}]}',
        '{"worksheets": 1}',
    ],
)
def test_what_is_no_notebook_is_unreadable(tmp_path, text):
    """It causes nothing worse."""
    path = hand_in(tmp_path, "x.ipynb", text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Unreadable):
        read(path)


# The table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1", "'=1"),
        (" =1", "' =1"),
        ("\t1", "' 1"),
        ("-1", "'-1"),
        ("@cmd|x", "'@cmd|x"),
        ("\uff1d1", "'\uff1d1"),
        ("a\nb", "a b"),
        ("1-1", "1-1"),
        ("a\x1b[2Jb", "a [2Jb"),
        ("\udcf6", " "),
    ],
)
def test_no_cell_is_a_formula(text, shown):
    """The names that learners give folders and groups stay text in a spreadsheet and in a
    terminal."""
    assert harmless(text) == shown


def test_any_name_can_be_written(tmp_path):
    """A name that isn't UTF-8 doesn't spoil the table."""
    (tmp_path / os.fsdecode(b"J\xf6rg")).mkdir()
    (tmp_path / os.fsdecode(b"J\xe4rg")).mkdir()
    marks = [Mark(h, "", False, "", h.trouble, judged=False) for h in find(tmp_path)]
    write(tmp_path, marks)
    assert [row["learner"] for row in rows(tmp_path)] == ["J\\xe4rg", "J\\xf6rg"]


def test_a_file_that_grows_in_memory_costs_nobody_the_marks(tmp_path, monkeypatch):
    """A list takes twenty times as much memory as its brackets; a large file is read in a process
    that may fail alone."""
    path = hand_in(tmp_path, f"ann/{FILE}", "[" + "[]," * 4_000_000 + "[]]")
    monkeypatch.setattr(notebooks, "LARGE", 1_000_000)
    with pytest.raises(Unreadable, match="no list of cells"):
        read(path)
    small = f"from helpers.grading import notebooks; notebooks.READING_MEMORY = {200 << 20}; "
    monkeypatch.setattr(notebooks, "IN_ANOTHER_PROCESS", small + notebooks.IN_ANOTHER_PROCESS)
    with pytest.raises(Unreadable, match="too large"):
        read(path)


@pytest.mark.parametrize("arguments", [["/no/such/folder"], [__file__]])
def test_a_folder_that_is_none_is_refused(arguments, capsys):
    """One sentence, and status 2."""
    assert grade.main(arguments) == 2
    assert capsys.readouterr().err.startswith(f"There is no folder {arguments[0]}")


def test_help_says_plainly_that_a_hand_in_runs_as_you(capsys):
    """With your files, your environment and your network; the README says so, too."""
    with pytest.raises(SystemExit):
        grade.main(["--help"])
    told = io.StringIO(capsys.readouterr().out).read()
    readme = (NOTEBOOKS.parent / "docs" / "teaching.md").read_text("utf-8")
    for word in ("as you", "your files", "your environment", "your network"):
        assert word in " ".join(told.split()) and word in " ".join(readme.split())
