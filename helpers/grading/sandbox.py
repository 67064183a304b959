"""The sandbox that a hand-in runs in, made by bubblewrap: it sees Python and `helpers`, and no
more.

It has no network, its own processes, and a read-only system; its writes go to memory, are bounded
in size, and are gone with it. Root's sandboxes run as nobody, because Linux limits neither the
rights nor the number of root's processes.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from helpers.setup.environment import ROOT

NOBODY_ID = 65534
"""The user and group that root's sandboxes run as: Linux' own number for nobody."""

DISK, SHARED_MEMORY = 256 << 20, 64 << 20
"""Bytes that a hand-in may write, in /tmp and in /dev/shm."""

HOME = "/tmp/home"

LINKED = ("bin", "sbin", "lib", "lib64", "lib32", "libx32")
CONFIGURED = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts", "localtime")
"""The parts of / and /etc that programs need: no users, passwords or addresses."""

ENVIRONMENT = ("bin", "include", "lib", "lib64", "share", "pyvenv.cfg")
"""The parts of .venv that are visible; Jupyter's own folder in it has the keys of running
kernels."""

WALLS = (
    *("--unshare-all", "--unshare-user", "--disable-userns", "--cap-drop", "ALL"),
    *("--new-session", "--die-with-parent"),
)
PRIVATE = (
    *("--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev"),
    *("--size", str(SHARED_MEMORY), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"),
    *("--size", str(DISK), "--tmpfs", "/tmp", "--dir", HOME),
)
"""Options of bwrap (its manual): separate namespaces, no way to others, no terminal to type into;
then what may be written. `--disable-userns` and `--size` need version 0.8."""

INSTALL = "install it (Debian, Ubuntu: apt install bubblewrap; Fedora: dnf install bubblewrap)"


def missing() -> str:
    """Say why no sandbox can be made here, "" if one can: it tries."""
    if sys.platform != "linux":
        return "bubblewrap makes it, which only Linux has"
    if not shutil.which("bwrap"):
        return f"bubblewrap makes it, and there is no program bwrap: {INSTALL}"
    try:
        words = command(["/usr/bin/env", "true"], {})
        done = subprocess.run(words, env={}, capture_output=True, text=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bubblewrap can't be run ({type(error).__name__})"
    if not done.returncode:
        return ""
    [*_, last] = done.stderr.strip().splitlines() or ["no reason given"]
    if "Unknown option" in last:
        return f"bubblewrap is older than 0.8 ({last})"
    return f"bubblewrap may not make one here, as within a container without rights ({last})"


def command(
    program: Sequence[str],
    env: Mapping[str, str],
    *,
    shown: Iterable[Path] = (),
    written: Iterable[Path] = (),
) -> list[str]:
    """Return the command that runs a program in its own sandbox; start it with an empty
    environment.

    `shown` are the paths that it sees besides the system, and `written` those that it may write;
    both keep their names.
    """
    bwrap = shutil.which("bwrap") or "bwrap"
    seen = _system() + _python() + [w for each in shown for w in _bound("--ro-bind", each)]
    seen += [w for each in written for w in _bound("--bind", each)]
    named = [w for name, value in env.items() for w in ("--setenv", name, value)]
    walls = [bwrap, *WALLS, *PRIVATE, *seen, "--remount-ro", "/", "--chdir", HOME, *named, "--"]
    if os.geteuid() != 0:
        return [*walls, *program]
    # In two steps: `nobody` can't reach root's files, and root can't give up all its rights
    reach = [bwrap, "--unshare-pid", "--die-with-parent", "--dir", "/tmp", *seen]
    reach += ["--bind", "/proc", "/proc", "--dev", "/dev", "--"]
    setpriv, ids = (
        shutil.which("setpriv") or "setpriv",
        (f"--reuid={NOBODY_ID}", f"--regid={NOBODY_ID}"),
    )
    return [*reach, setpriv, *ids, "--clear-groups", "--", *walls, *program]


def _system() -> list[str]:
    """Show the system's programs and libraries."""
    words = ["--ro-bind", "/usr", "/usr"]
    for name in LINKED:
        path = Path("/", name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()), str(path)]
        elif path.is_dir():
            words += _bound("--ro-bind", path)
    for path in (Path("/etc", name) for name in CONFIGURED):
        words += _bound("--ro-bind", path) if path.exists() else []
    return words


def _python() -> list[str]:
    """Show this Python, its packages, and only `helpers` from the course: no solutions, no
    tests."""
    base, prefix = Path(sys.base_prefix), Path(sys.prefix)
    words = [] if base.is_relative_to("/usr") else _bound("--ro-bind", base)
    words += [*_parents(ROOT), "--size", str(1 << 20), "--tmpfs", str(ROOT)]
    shown = [prefix / name for name in ENVIRONMENT if prefix != base]
    for path in (*shown, ROOT / "helpers"):
        words += _bound("--ro-bind", path) if path.exists() else []
    return [*words, "--remount-ro", str(ROOT)]


def _bound(how: str, path: Path) -> list[str]:
    return [*_parents(path), how, str(path), str(path)]


def _parents(path: Path) -> list[str]:
    """Make a path's parent folders, which the user nobody may enter, too."""
    above = [each for each in reversed(path.parents) if each != Path("/")]
    return [w for each in above for w in ("--perms", "0755", "--dir", str(each))]
