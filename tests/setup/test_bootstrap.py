"""The environment is created once, by the standard library alone, and fixed when necessary."""

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from helpers.__main__ import refusal
from helpers.setup import debian_pip, environment, installing
from helpers.waiting import wait_until

pytestmark = pytest.mark.long
ROOT = Path(__file__).parents[2]

APT_GET = """#!/bin/sh
here=$(dirname "$0")
echo "$@" >> "$here/asked"
case "$*" in
*update) touch "$here/lists" ;;
*download*)
  [ -e "$here/lists" ] || { echo "E: Unable to locate package" >&2; exit 100; }
  touch python3-pip-whl_1_all.deb ;;
esac
"""
DPKG_DEB = """#!/bin/sh
mkdir -p "$3/usr/share/python-wheels" && cp "$(dirname "$0")"/pip-*.whl "$3/usr/share/python-wheels"
"""


def write_wheel(path: Path, code: str = "answer = 42") -> None:
    """Write the smallest possible package, `tiny`."""
    about = "tiny-1.0.dist-info/"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny/__init__.py", code + "\n")
        wheel.writestr(about + "METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr(
            about + "WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(about + "RECORD", "tiny/__init__.py,,\n")


@pytest.fixture
def checkout(tmp_path, monkeypatch) -> Path:
    """A checkout whose path is awkward and whose only requirement is a wheel on this disk."""
    monkeypatch.setenv("PIP_NO_COMPILE", "1")  # This is quicker
    root = tmp_path / "a course's folder #1 é"
    (root / "helpers").mkdir(parents=True)
    (root / "helpers" / "constraints.txt").write_text("tiny==1.0\n")
    (root / "requirements.txt").write_text(
        "-c helpers/constraints.txt\n--no-index\n--find-links .\ntiny==1.0\n"
    )
    write_wheel(root / "tiny-1.0-py3-none-any.whl")
    return root


@pytest.fixture
def installs(monkeypatch) -> list[Path]:
    """Every installation that was requested; none is carried out."""
    done: list[Path] = []
    monkeypatch.setattr(environment, "install", lambda root, python: done.append(root))
    return done


@pytest.fixture
def no_uv(monkeypatch) -> None:
    """A machine without uv."""
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "uv" else which(name))


@pytest.fixture
def no_pip(monkeypatch) -> None:
    """A Python without ensurepip and pip, as on a bare Debian."""
    succeeds = installing.succeeds

    def has_none(command, *rest, **streams):
        return not {"ensurepip", "--python"} & set(command) and succeeds(command, *rest, **streams)

    monkeypatch.setattr(installing, "succeeds", has_none)


def bundled_pips() -> list[Path]:
    """Return the wheels of pip with this Python; Debian's python3-venv keeps them elsewhere."""
    if not (found := importlib.util.find_spec("ensurepip")):
        return []
    elsewhere = sysconfig.get_config_var("WHEEL_PKG_DIR")
    folders = [Path(found.origin).parent / "_bundled", *map(Path, filter(None, [elsewhere]))]
    return [wheel for folder in folders for wheel in folder.glob("pip-*.whl")]


def write_pip_wheel(folder: Path) -> Path:
    """Copy the wheel that comes with this Python or, if there is none, pack the installed pip."""
    for bundled in bundled_pips():
        return Path(shutil.copy(bundled, folder))
    try:
        pip = metadata.distribution("pip")
    except metadata.PackageNotFoundError:
        pytest.skip("This Python has no pip in any form, so there is none to serve.")
    path = folder / f"pip-{pip.version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file in pip.files:
            if file.parts[0].startswith("pip") and file.suffix != ".pyc":
                wheel.write(file.locate(), str(file))
    return path


@pytest.fixture
def debian(tmp_path, monkeypatch) -> Path:
    """A Debian with package lists; the folder with its apt-get and dpkg-deb, and the log (`asked`)
    of apt-get's calls."""
    folder = tmp_path / "debian"
    folder.mkdir()
    for name, text in (("apt-get", APT_GET), ("dpkg-deb", DPKG_DEB)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    write_pip_wheel(folder)
    (folder / "lists").touch()
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder


def answer(root: Path) -> str:
    """Ask the environment's Python for the answer of its only package."""
    return subprocess.run(
        [environment.python(root), "-c", "import tiny; print(tiny.answer)"],
        capture_output=True,
        text=True,
    ).stdout.strip()


def test_too_old_a_python_gets_one_sentence():
    """The sentence names both versions; 3.11 and later get none."""
    assert refusal((3, 10, 13)) == (
        "The course needs Python 3.11 or newer, and this is 3.10: run it with a newer one, "
        "such as python3.12."
    )
    assert refusal((2, 7)) and refusal((3, 11)) is None and refusal((4, 0)) is None


def test_an_old_python_can_read_main():
    """The code in __main__ and helpers parses on Python 3.4, so that the sentence is seen."""
    for name in ("__init__", "__main__"):
        source = (ROOT / "helpers" / f"{name}.py").read_text("utf-8")
        ast.parse(source, feature_version=(3, 4))
        assert not any(isinstance(node, ast.JoinedStr) for node in ast.walk(ast.parse(source)))


def test_help_needs_no_package():
    """`python3 -m helpers --help` runs without a single installed package."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-m", "helpers", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "doctor" in done.stdout, done.stderr


def test_pins_that_this_python_has_are_enough():
    """In an image built from requirements.txt, no second environment is created."""
    assert environment.missing() == []
    assert environment.ensure() == sys.executable


def test_another_version_or_checkout_is_not_enough(tmp_path):
    """A package in another version, and helpers from another folder, are named."""
    (tmp_path / "requirements.txt").write_text(
        "redis==1.0  # old\nno-such-package==2 ; sys_platform != 'win32'\n-e .\n"
    )
    assert environment.missing(tmp_path) == [
        "redis 1.0",
        "no-such-package 2",
        "the helpers of this checkout",
    ]


def test_every_pin_is_exact_and_has_a_reason():
    """requirements.txt: the constraints first, one reason per line, this checkout last."""
    lines = [
        line
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert (lines[0], lines[-1]) == ("-c helpers/constraints.txt", "-e .")
    assert [line for line in lines[1:-1] if "==" not in line or "  # " not in line] == []


def test_the_lock_agrees_with_the_pins():
    """Every pin of requirements.txt is in the constraints, which name no package index."""
    lock = (ROOT / "helpers" / "constraints.txt").read_text("utf-8")
    pins = [
        line.split()[0]
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line
    ]
    assert [
        pin for pin in pins if pin not in [line.split(" ")[0] for line in lock.splitlines()]
    ] == []
    assert "://" not in lock


def test_an_awkward_path_and_debians_pip(checkout, debian, no_uv, no_pip, capfd):
    """An environment is created and filled, even on a bare Debian; the second call says nothing and
    does nothing."""
    assert environment.ensure(checkout) == environment.python(checkout)
    assert answer(checkout) == "42"
    assert "Preparing" in capfd.readouterr().err
    made = environment.stamp(checkout).stat().st_mtime_ns
    environment.ensure(checkout)
    assert capfd.readouterr().err == "" and environment.stamp(checkout).stat().st_mtime_ns == made


def test_changed_requirements_are_installed_into_what_stands(checkout, installs):
    """A changed pin triggers another installation, and keeps the environment with the learner's own
    packages."""
    environment.ensure(checkout)
    (checkout / ".venv" / "of-the-learner").touch()
    (checkout / "requirements.txt").write_text("tiny==1.1\n")
    environment.ensure(checkout)
    environment.ensure(checkout)
    assert len(installs) == 2 and (checkout / ".venv" / "of-the-learner").exists()


def test_another_python_makes_it_anew(checkout, installs, monkeypatch):
    """If Python has changed, its environment is thrown away."""
    environment.ensure(checkout)
    (checkout / ".venv" / "old").touch()
    monkeypatch.setattr(sys, "base_prefix", "/another/python")
    environment.ensure(checkout)
    assert len(installs) == 2 and not (checkout / ".venv" / "old").exists()


def test_an_interrupted_one_is_resumed(checkout, installs, monkeypatch):
    """After Ctrl-C in mid-installation, the environment doesn't count; the next call completes
    it."""

    def interrupted(root, python):
        (root / ".venv" / "half").touch()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure(checkout)
    assert not environment.stands(checkout)
    environment.ensure(checkout)
    assert (
        len(installs) == 1
        and environment.stands(checkout)
        and not (checkout / ".venv" / "half").exists()
    )


def test_two_at_once_make_one(checkout, installs):
    """While one call installs, another waits for it and then finds all done."""
    inside, go_on = threading.Event(), threading.Event()
    install = environment.install
    environment.install = lambda *where: (install(*where), inside.set(), go_on.wait(10))
    calls = [threading.Thread(target=environment.ensure, args=(checkout,)) for _ in range(2)]
    calls[0].start()
    assert inside.wait(10)
    calls[1].start()
    go_on.set()
    wait_until(lambda: not any(call.is_alive() for call in calls), 10, "both calls to end")
    assert len(installs) == 1 and environment.stands(checkout)


def test_uv_is_used_where_it_is(checkout, monkeypatch, tmp_path):
    """uv on PATH installs into .venv; pip isn't used."""
    commands = []
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/uv")
    monkeypatch.setattr(
        installing, "succeeds", lambda command, root, **_: commands.append(command) or True
    )
    monkeypatch.setattr(installing, "wrong", lambda root, python: "")
    installing.install(checkout, environment.python(checkout))
    assert [command[:5] for command in commands] == [
        ["/usr/bin/uv", "pip", "install", "--python", environment.python(checkout)]
    ]


def test_pip_steps_in_where_uv_fails(checkout, monkeypatch):
    """uv doesn't read pip's settings, so it may fail where pip doesn't."""
    commands = []
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/uv")
    monkeypatch.setattr(
        installing,
        "succeeds",
        lambda command, root, **_: commands.append(command) or command[0] != "/usr/bin/uv",
    )
    monkeypatch.setattr(installing, "wrong", lambda root, python: "")
    installing.install(checkout, environment.python(checkout))
    assert commands[-1][1:4] == ["-m", "pip", "install"]


@pytest.mark.parametrize("kind", ["ensurepip", "--python"])
def test_debian_is_asked_last(checkout, debian, monkeypatch, kind):
    """If pip comes with Python, or is installed separately, that one is used."""
    monkeypatch.setattr(
        installing, "succeeds", lambda command, *_, **__: bool({kind, "import pip"} & set(command))
    )
    installing.add_pip(checkout, environment.python(checkout))
    assert not (debian / "asked").exists()


def test_missing_lists_of_packages_are_fetched(debian, tmp_path):
    """A fresh image has none; ours leave the machine unchanged."""
    (debian / "lists").unlink()
    assert debian_pip.unpack(tmp_path).is_file()
    asked = (debian / "asked").read_text().splitlines()
    assert [call.split()[-1] for call in asked] == ["python3-pip-whl", "update", "python3-pip-whl"]
    assert (
        f"Dir::State::Lists={tmp_path}/lists" in asked[1]
        and f"Dir::State::Lists={tmp_path}/lists" in asked[2]
    )


def test_what_apt_says_is_passed_on(debian, tmp_path):
    """Without a network, or such a package, apt's own last words are shown."""
    (debian / "apt-get").write_text(
        "#!/bin/sh\necho 'W: Slow.' >&2; echo 'E: Nothing there.' >&2; exit 100\n"
    )
    with pytest.raises(OSError, match="^E: Nothing there$"):
        debian_pip.unpack(tmp_path)


def test_without_apt_there_is_a_sentence(checkout, installs, no_pip, monkeypatch):
    """On a machine with neither pip nor apt, it says what is missing, and what to do."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(
        SystemExit,
        match=r"there is no apt-get here\. Install python3-venv \(or python3-pip\), or uv, then "
        r"run the same",
    ):
        installing.add_pip(checkout, environment.python(checkout))


def test_a_failing_installation_gets_a_sentence(checkout, no_uv, monkeypatch, capfd):
    """The installer's own words stay visible, and the last line says what to do."""
    monkeypatch.setattr(installing, "add_pip", lambda root, python: None)
    with pytest.raises(
        SystemExit, match="The packages can't be installed: see above. Check the network"
    ):
        environment.ensure(checkout)
    assert "No module named pip" in capfd.readouterr().err and not environment.stands(checkout)


def test_a_place_that_cannot_be_written_gets_a_sentence(checkout, installs):
    """A file where .venv should be: the sentence names it."""
    (checkout / ".venv").touch()
    with pytest.raises(
        SystemExit,
        match=r"can't be made: .*\.venv.*\. The course needs a folder that you can write in",
    ):
        environment.ensure(checkout)


# What the stamp claims was checked


def test_what_was_installed_elsewhere_is_not_called_complete(
    checkout, no_uv, tmp_path, monkeypatch
):
    """A setting in pip's own file can't be overruled: its `target` leaves .venv empty, and the
    sentence says what is missing."""
    (tmp_path / "pip.conf").write_text(f"[install]\ntarget = {tmp_path / 'elsewhere'}\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    with pytest.raises(
        SystemExit, match=r"not as they should be in .*\.venv: tiny 1\.0\. `pip config list` shows"
    ):
        environment.ensure(checkout)
    assert not environment.stands(checkout)


def test_what_cannot_be_imported_is_not_called_complete(checkout, no_uv):
    """If a package is installed but doesn't work on this machine, its name is shown, with Python's
    own words."""
    write_wheel(checkout / "tiny-1.0-py3-none-any.whl", "import no_such_library")
    with pytest.raises(
        SystemExit,
        match=r"tiny can't be imported \(ModuleNotFoundError: No module named 'no_such_library'\)",
    ):
        environment.ensure(checkout)
    assert not environment.stands(checkout)


ASTRAY = {
    "PIP_PREFIX": "{}",
    "PIP_TARGET": "{}",
    "PIP_ROOT": "{}",
    "PIP_USER": "1",
    "PIP_DRY_RUN": "1",
    "PIP_NO_DEPS": "1",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_REQUIRE_HASHES": "1",
    "PIP_CONSTRAINT": "{}/other.txt",
    "PIP_NO_BINARY": ":all:",
    "PIP_PYTHON": "/usr/bin/python3",
    "PIP_PLATFORM": "win32",
    "UV_TARGET": "{}",
    "UV_PREFIX": "{}",
    "UV_DRY_RUN": "1",
    "UV_REQUIRE_HASHES": "1",
    "UV_CONSTRAINT": "{}/other.txt",
    "UV_NO_BINARY": "1",
    "UV_PYTHON": "/usr/bin/python3",
    "UV_SYSTEM_PYTHON": "1",
    "PYTHONPATH": "{}",
    "PYTHONOPTIMIZE": "2",
    "PYTHONWARNINGS": "error",
    "PYTHONHOME": sys.base_prefix,
    "PYTHONSAFEPATH": "1",
    "VIRTUAL_ENV": "{}",
    "TMPDIR": "/no/such/folder",
    "HOME": "/proc/no/such/folder",
}
"""Settings for other projects, each of which alone would break the installation or redirect it."""


@pytest.mark.parametrize("tool", ["pip", "uv"])
def test_settings_of_the_user_do_not_lead_the_installation_astray(
    checkout, tmp_path, monkeypatch, request, tool
):
    """With all of them at once, .venv has the packages, and nothing is installed elsewhere."""
    if tool == "pip":
        request.getfixturevalue("no_uv")
    elif not shutil.which("uv"):
        pytest.skip("uv isn't installed here")
    place = tmp_path / "of the user"
    place.mkdir()
    (place / "other.txt").write_text("tiny==2.0\n")
    (place / "tiny.py").write_text("raise ImportError('another tiny')\n")
    with monkeypatch.context() as patch:
        for name, value in ASTRAY.items():
            patch.setenv(name, value.format(place))
        environment.ensure(checkout)
    assert answer(checkout) == "42" and sorted(path.name for path in place.iterdir()) == [
        "other.txt",
        "tiny.py",
    ]


def test_no_index_is_named_when_it_keeps_packages_away(checkout, no_uv, monkeypatch):
    """With PIP_NO_INDEX, advice to check only the network would lead nowhere."""
    (checkout / "tiny-1.0-py3-none-any.whl").unlink()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(
        SystemExit, match="PIP_NO_INDEX is set, so pip asks no package index. Check the network"
    ):
        environment.ensure(checkout)


# Places that an environment can't be in


def test_an_environment_shared_by_a_link_stays_the_first_ones(checkout, installs, tmp_path):
    """A second checkout that links to it is refused; once the first one is gone, it may have it."""
    environment.ensure(checkout)
    second = Path(
        shutil.copytree(checkout, tmp_path / "second", ignore=shutil.ignore_patterns(".venv"))
    )
    before = environment.stamp(checkout).read_text()
    (second / ".venv").symlink_to(checkout / ".venv")
    with pytest.raises(SystemExit) as refused:
        environment.ensure(second)
    assert (
        f"it is a link to the environment of {checkout}" in refused.value.code
        and "remove the link" in refused.value.code
    )
    assert environment.stamp(checkout).read_text() == before and len(installs) == 1
    (checkout / ".venv").rename(tmp_path / "kept")
    shutil.rmtree(checkout)
    (second / ".venv").unlink()
    (second / ".venv").symlink_to(tmp_path / "kept")
    environment.ensure(second)
    assert environment.stands(second) and (second / ".venv").is_symlink()


def test_a_link_to_a_larger_disk_is_kept(checkout, installs, tmp_path):
    """The environment is created there, even repeatedly, and counts as this checkout's own."""
    (tmp_path / "large").mkdir()
    (checkout / ".venv").symlink_to(tmp_path / "large")
    environment.ensure(checkout)
    environment.ensure(checkout)
    assert len(installs) == 1 and (tmp_path / "large" / "pyvenv.cfg").exists()


def test_a_moved_checkout_gets_its_environment_anew(checkout, installs, tmp_path):
    """The scripts in .venv/bin name the old folder."""
    environment.ensure(checkout)
    moved = checkout.rename(tmp_path / "moved")
    (moved / ".venv" / "old").touch()
    environment.ensure(moved)
    assert len(installs) == 2 and not (moved / ".venv" / "old").exists()


@pytest.mark.parametrize(
    ("name", "words"), [("10:30 course", "has a ':'"), ("caf\udce9", "isn't UTF-8")]
)
def test_a_path_that_no_environment_can_have_is_refused(checkout, installs, tmp_path, name, words):
    """One sentence, before anything is created."""
    root = checkout.rename(tmp_path / name)
    with pytest.raises(
        SystemExit, match=f"can't be made: its path {words}.*; move the course to a folder"
    ):
        environment.ensure(root)
    assert installs == [] and not (root / ".venv").exists()


def test_a_full_disk_gets_a_sentence_and_the_next_call_makes_it_whole(
    checkout, no_uv, tmp_path, monkeypatch
):
    """Half an environment gets no stamp."""
    room = tmp_path / "room"
    room.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(room)],
        capture_output=True,
        text=True,
    )
    if mounted.returncode:
        pytest.skip(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
    try:
        (checkout / ".venv").symlink_to(room)
        with pytest.raises(
            SystemExit, match="No space left on device|see above|pip can't be installed"
        ):
            environment.ensure(checkout)
        assert not environment.stands(checkout)
    finally:
        subprocess.run(["umount", str(room)], check=True)
    environment.ensure(checkout)
    assert answer(checkout) == "42"
