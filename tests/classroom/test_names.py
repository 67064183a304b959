"""Real teachers' rosters: each one works, or is refused in one sentence that says where and why."""

import pytest

from helpers.classroom import names


def found(tmp_path, content: bytes | str) -> list[str]:
    """Read a roster with this content."""
    path = tmp_path / "roster.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return names.read(path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("name\nAnn\nBob\n", ["Ann", "Bob"]),
        ("\ufeffname\r\nAnn\r\n", ["Ann"]),
        ("Name;Group\nAnn;1\nBob;2\n", ["Ann", "Bob"]),
        ("id\tNAME\n7\tAnn Lee\n", ["Ann Lee"]),
        ('name\n"Lee, Ann"\n"O\'Neil ""Bo"" Bob"\n', ["Lee, Ann", 'O\'Neil "Bo" Bob']),
        ("name\nJürgen Weiß\nŁukasz\n李雷\n", ["Jürgen Weiß", "Łukasz", "李雷"]),
        ("name\n  Ann   Lee\u00a0\n\n,,\nBob", ["Ann Lee", "Bob"]),
        ("name\nJu\u0308rgen\n", ["Jürgen"]),
        ("name\n" + "".join(f"L{n}\n" for n in range(301)), [f"L{n}" for n in range(301)]),
    ],
)
def test_what_spreadsheets_write_is_understood(tmp_path, content, expected):
    """BOM, semicolons, tabs, quotes, umlauts, empty lines, 301 learners."""
    assert found(tmp_path, content) == expected


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty: its first line must name the columns"),
        ("Ann\nBob\n", "begins with 'Ann': its first line must name the columns"),
        ("first,last\nAnn,Lee\n", "begins with 'first,last'"),
        ("name\n", "holds no names"),
        ("name\n\n , \n", "holds no names"),
        ("name\nAnn\nBob\nann\n", "row 4: 'ann' is also in row 2"),
        ("name,group\nAnn,1\n,2\n", "row 3 has no name"),
        ('name\n"Ann\nLee"\n', "row 2: 'Ann\\nLee' holds a line break"),
        ("name\nAnn\u202elee\n", "row 2: 'Ann\\u202elee' holds a line break or another"),
        ('name\n"=HYPERLINK(""x"")"\n', "row 2: '=HYPERLINK(\"x\")' begins with '='"),
        ("name\n@ann\n", "row 2: '@ann' begins with '@'"),
        ("name\n" + "a" * 101, "is too long: 100 characters at most"),
        ('name\n"Ann\n', "isn't a CSV file"),
        ("name\nJürgen\n".encode("latin-1"), "isn't UTF-8 text"),
        ("name\nAnn\n".encode("utf-16"), "isn't UTF-8 text"),
        ("name\n" + "".join(f"L{n}\n" for n in range(10_000)), "a class has 9,999 at most"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(tmp_path, content, sentence):
    """It names the file and the row, and says what is wrong and what to do."""
    with pytest.raises(RuntimeError) as refused:
        found(tmp_path, content)
    said = str(refused.value)
    assert sentence in said and said.startswith(str(tmp_path)) and said.endswith(".")
    assert "\n" not in said and len(said) < 300 + len(str(tmp_path))


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path, name):
    """Also in one sentence."""
    with pytest.raises(RuntimeError, match="can't be read"):
        names.read(tmp_path / name)
