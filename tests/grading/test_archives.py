"""Archives as learners and platforms make them, and as nobody should."""

import csv
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from helpers.commands import grade
from helpers.grading import archives, files, sandbox
from helpers.grading.archives import UNPACKED, Refused, unpack
from helpers.grading.hand_ins import HandIn, find
from helpers.grading.marking import Mark
from helpers.grading.roster import Enrolled, Roster, read
from helpers.grading.table import LEARNERS, summary, write
from tests.notebook_rules import NOTEBOOKS

HOW = ["--trust"] if sandbox.missing() else []
"""The option that lets these tests run where there can be no sandbox."""

FILE = "02_create_the_group.ipynb"
LESSON = (NOTEBOOKS / FILE).read_bytes()


def archive(path: Path, **members: bytes) -> Path:
    """Write an archive with these files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def found(folder: Path) -> dict[str, str]:
    """Return each learner with the lesson that was handed in, or the trouble with it."""
    return {h.learner: h.trouble or h.lesson for h in find(folder)}


def test_a_learners_archive_is_opened(tmp_path):
    """In a folder or by its name, as learners, Moodle and Canvas write it; nothing else in it gets
    a row, and nothing is left behind."""
    course = {f"course/notebooks/{FILE}": LESSON, "course/README.md": b"x"}
    for name in (
        "ann/work.zip",
        "bob.zip",
        "cid_02_mine.ZIP",
        "Dora Lee_123_assignsubmission_file_/work.zip",
        "leeeve_4711_815_work.zip",
    ):
        archive(tmp_path / name, **course)
    assert found(tmp_path) == dict.fromkeys(("ann", "bob", "cid", "Dora Lee", "leeeve"), "02")
    assert not (tmp_path / UNPACKED).exists()


def test_a_platforms_archive_is_opened_with_what_is_in_it(tmp_path):
    """Learners' archives may be inside one of the class; a third level is one too many."""
    inner = archive(tmp_path / "inner.zip", **{FILE: LESSON}).read_bytes()
    deep = archive(tmp_path / "deep.zip", **{"inner.zip": inner}).read_bytes()
    members = {
        f"Ann Lee_1_assignsubmission_file_/{FILE}": LESSON,
        "Bob Ray_2_assignsubmission_file_/work.zip": inner,
        "Cid Poe_3_assignsubmission_file_/work.zip": deep,
    }
    archive(tmp_path / "class" / "export.zip", **members)
    assert found(tmp_path / "class") == {"Ann Lee": "02", "Bob Ray": "02", "Cid Poe": files.ZIP}


def test_a_class_can_be_named_as_its_archive(tmp_path, capsys):
    """It is unpacked next to itself, where the tables go, too."""
    path = archive(tmp_path / "class.zip", **{f"ann/{FILE}.txt": LESSON})
    assert grade.main([str(path), *HOW]) == 1
    assert (tmp_path / "class" / LEARNERS).is_file()
    assert grade.main([str(path), *HOW]) == 1
    assert "was unpacked before" in capsys.readouterr().err


def linked(name: str) -> bytes:
    """An archive with a symbolic link in it."""
    buffer = io.BytesIO()
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, "/etc/passwd")
    return buffer.getvalue()


def lying(content: bytes) -> bytes:
    """An archive that claims that its file has a single byte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(FILE, content)
    return buffer.getvalue().replace(struct.pack("<L", len(content)), struct.pack("<L", 1))


def locked() -> bytes:
    """An archive whose flag says that it has a password."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(FILE, b"x")
    data = bytearray(buffer.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 cut short", "isn't a ZIP archive"),
        (b"", "isn't a ZIP archive"),
        (linked(FILE), "a link"),
        (lying(bytes(3_000_000)), "archive"),
        (locked(), "a password"),
    ],
)
def test_an_odd_archive_is_refused(tmp_path, content, reason):
    """As a whole, with the reason; none of it is unpacked."""
    path = tmp_path / "ann.zip"
    path.write_bytes(content)
    with pytest.raises(Refused, match=reason):
        unpack(path, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert reason in found(tmp_path)["ann"]


@pytest.mark.parametrize("name", ["../x.ipynb", "/tmp/x.ipynb", "a/../../x.ipynb", "C:\\x.ipynb"])
def test_an_archive_stays_in_its_place(tmp_path, name):
    """Paths that lead outside are refused before anything is written."""
    path = archive(tmp_path / "class" / "ann.zip", **{FILE: LESSON, name: LESSON})
    with pytest.raises(Refused, match="leads out of it"):
        unpack(path, tmp_path / "class" / "out")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["ann.zip"]


def test_a_zip_bomb_fills_no_disk(tmp_path, monkeypatch):
    """In an archive, a gigabyte of zeros takes a megabyte, and a thousand files little more."""
    monkeypatch.setattr(archives, "MOST_UNPACKED", 1_000_000)
    bomb = archive(tmp_path / "bomb.zip", **{FILE: bytes(2_000_000)})
    many = archive(tmp_path / "many.zip", **{f"{n}.ipynb": b"" for n in range(600)})
    for each in (bomb, many):
        with pytest.raises(Refused, match="more than"):
            unpack(each, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_lies_in_the_place_of_the_unpacked_is_not_followed(tmp_path):
    """A link there, perhaps from an archive that the teacher unpacked, isn't followed."""
    outside = tmp_path / "outside"
    (outside / "kept").mkdir(parents=True)
    archive(tmp_path / "class" / "ann.zip", **{FILE: LESSON})
    (tmp_path / "class" / UNPACKED).symlink_to(outside)
    assert found(tmp_path / "class") == {"ann": "02"}
    assert [p.name for p in outside.iterdir()] == ["kept"]


# Who is in the class


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> Roster:
    """Read a roster with this text."""
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding)
    return read(path)


@pytest.mark.parametrize(
    "text",
    [
        "name,id\nAnn Lee,7\n",
        "\ufeffID;Name\n7;Ann Lee\n",
        "email\tStudent ID\tStudent\nx@y\t7\tAnn Lee\n",
    ],
)
def test_a_roster_as_spreadsheets_write_it(tmp_path, text):
    """Commas, semicolons or tabs, with or without a byte order mark."""
    assert roster(tmp_path, text).learners == [Enrolled("Ann Lee", "7")]


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("Ann Lee\n", "utf-8", "no column `name`"),
        ("", "utf-8", "no column `name`"),
        ("name\n", "utf-8", "names nobody"),
        ("name\nJ\xf6rg\n", "latin-1", "isn't UTF-8"),
    ],
)
def test_a_roster_that_cannot_be_read_is_refused(tmp_path, text, encoding, said):
    """One sentence."""
    with pytest.raises(RuntimeError, match=said):
        roster(tmp_path, text, encoding)


@pytest.mark.parametrize(
    ("name", "number"), [("ann lee", ""), ("Lee, Ann", ""), ("leeann", ""), ("x", "7"), ("7", "")]
)
def test_a_learner_is_found_however_a_platform_writes_them(name, number):
    """By name or number; a match with two learners counts for neither."""
    people = Roster([Enrolled("Ann L\xe9e", "7"), Enrolled("Bob Ray", "8")])
    assert people.find(name, number) == Enrolled("Ann L\xe9e", "7")
    assert Roster([Enrolled("Ann Lee"), Enrolled("Lee Ann")]).find("leeann") is None


def test_a_row_for_each_learner(tmp_path):
    """With points, the ID and, for those who handed in nothing, a row that says so."""
    people = Roster([Enrolled("Ann", "7"), Enrolled("Bob", "8")])
    ann = HandIn(Path("a"), "Ann", FILE, "7", "02")
    eve = HandIn(Path("e"), "=eve", FILE, "", "02")
    marks = [
        Mark(ann, "02.start", True, "", ""),
        Mark(ann, "02.two", False, "", ""),
        Mark(eve, "02.two", True, "", ""),
    ]
    write(tmp_path, marks, people)
    content = (tmp_path / LEARNERS).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig")))) == [
        ["learner", "id", "points", "of", "seen", "02.start", "02.two"],
        ["'=eve", "", "1", "2", "", "", "1"],
        ["Ann", "7", "1", "2", "", "1", "0"],
        ["Bob", "8", "0", "2", "nothing was handed in", "", ""],
    ]
    assert summary(marks, people).splitlines()[-2:] == [
        "1 of 2 handed in nothing: Bob",
        "1 not in the roster: =eve",
    ]
