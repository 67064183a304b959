"""The container that `grade` runs in where bubblewrap is missing: its command, its image, and why
there can be none."""

import csv
import io
import os
import tarfile
from pathlib import Path

import pytest

from helpers.commands import grade
from helpers.grading import container
from tests.grading.test_grade import FILE, cells_of, hand_in

PLAIN_USER = 1234
"""Root gets no container."""


@pytest.fixture(scope="module", autouse=True)
def no_engine():
    """Let these tests see Docker."""


@pytest.fixture
def programs(tmp_path, monkeypatch) -> Path:
    """A PATH without bwrap, and with nothing else that isn't put there."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def program(folder: Path, name: str, does: str) -> None:
    """Write a program of the shell."""
    (folder / name).write_text(f"#!/bin/sh\n{does}\n")
    (folder / name).chmod(0o755)


def values(words: list[str], option: str) -> list[str]:
    """The values of an option, wherever it stands."""
    return [value for word, value in zip(words, words[1:], strict=False) if word == option]


def test_the_container_has_no_network_no_rights_and_no_files_but_those_named(monkeypatch):
    """The caller's user, a read-only system, two folders under their own names, and no right
    added."""
    monkeypatch.setenv("TZ", "CET-1")
    words = container.command("IMAGE", [Path("/a/class")], [Path("/a/roster.csv")])
    assert values(words, "--user") == [f"{os.geteuid()}:{os.getegid()}"]
    assert values(words, "--network") == ["none"] and values(words, "--cap-drop") == ["ALL"]
    assert {"--rm", "--init", "--read-only"} <= set(words)
    assert values(words, "--mount") == [
        'type=bind,"source=/a/class","target=/a/class"',
        'type=bind,"source=/a/roster.csv","target=/a/roster.csv",readonly',
    ]
    unwanted = {"--privileged", "--cap-add", "--volume", "-v", "--env", "-e", "--publish", "--pid"}
    assert not unwanted & set(words) and "docker.sock" not in str(words)
    *_, entered = [i for i, word in enumerate(words) if word == "IMAGE"]
    assert words[entered + 1 : entered + 3] == ["env", "--ignore-environment"]
    assert {w.partition("=")[0] for w in words[entered + 3 :]} == {"PATH", "HOME", "LANG", "TZ"}


def test_any_path_can_be_mounted():
    """A value of --mount is a line of CSV, so a comma or a quotation mark is quoted."""
    [mount] = values(container.command("I", [Path('/a/3, "spring": x')], []), "--mount")
    assert next(csv.reader([mount])) == [
        "type=bind",
        'source=/a/3, "spring": x',
        'target=/a/3, "spring": x',
    ]


def test_times_in_the_container_are_the_teachers(tmp_path, monkeypatch):
    """The zone is TZ, or what its file ends with; without either, it is UTC."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert container.zone() == "Asia/Tokyo"
    monkeypatch.delenv("TZ")
    (tmp_path / "zone").write_bytes(b"TZif2\0\xff\n\nCET-1CEST,M3.5.0,M10.5.0/3\n")
    assert container.zone(tmp_path / "zone") == "CET-1CEST,M3.5.0,M10.5.0/3"
    assert container.zone(tmp_path / "none") == ""


def test_the_image_has_no_answers_and_no_hand_ins():
    """Helpers and lessons are in it, neither solutions nor tests, nor what was compiled here."""
    with tarfile.open(fileobj=io.BytesIO(container.packed())) as archive:
        names = archive.getnames()
    assert {"Dockerfile", "requirements.txt", "helpers/grading/sandbox.py"} <= set(names)
    folders = {part for name in names for part in Path(name).parts[:-1]}
    assert {"helpers", "notebooks"} <= folders
    assert not {"solutions", "tests", "__pycache__", ".git", ".venv"} & folders


def test_a_changed_helper_makes_another_image(tmp_path):
    """The archive is the same for the same content, whatever its times, and only then."""
    (tmp_path / "helpers").mkdir()
    module = tmp_path / "helpers" / "a.py"
    module.write_text("1")
    first = container.packed(tmp_path)
    os.utime(module, (1, 1))
    assert container.packed(tmp_path) == first
    module.write_text("2")
    assert container.packed(tmp_path) != first


@pytest.mark.parametrize(("answer", "reason"), [
    ("", "there is no program docker"),
    ("echo 'Is the docker daemon running?' >&2; exit 1", "no engine answers (Is the docker"),
    ("echo 'linux [name=seccomp name=rootless]'", "would be another user's"),
    ("echo 'linux [name=userns]'", "would be another user's"),
    ("[ $1 != build ] || { echo 'no space' >&2; exit 1; }", "image can't be built (no space)"),
    ("[ $1 != run ] || exit 125; echo 1", "its container fails to, too"),
])  # fmt: skip
def test_without_either_both_ways_are_named_and_nothing_runs(
    tmp_path, programs, monkeypatch, capsys, answer, reason
):
    """The refusal says what is missing of bubblewrap, then of Docker, then what --trust does."""
    monkeypatch.setattr(os, "geteuid", lambda: PLAIN_USER)
    if answer:
        program(programs, "docker", answer)
    hand_in(tmp_path, f"ann/{FILE}", cells_of())
    assert grade.main([str(tmp_path)]) == 2
    said = capsys.readouterr().err.replace("\n", " ")
    order = ["no program bwrap: install it", reason, "Nothing was run; --trust"]
    places = [said.find(words) for words in order]
    assert -1 not in places and places == sorted(places), said
    assert not (tmp_path / "grades.csv").exists()


def test_root_is_told_to_be_another_user(tmp_path, programs, monkeypatch, capsys):
    """Root's sandboxes need rights that would let a hand-in out of a container."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(programs, "docker", "exit 1")
    hand_in(tmp_path, f"ann/{FILE}", cells_of())
    assert grade.main([str(tmp_path)]) == 2
    assert "no program bwrap: install it" in (said := capsys.readouterr().err)
    assert "run this as another user" in said
