"""A container of the course's image that brings Linux and bubblewrap to machines without them.

The whole grader runs in it, so the walls around hand-ins, and their limits, are bubblewrap's there,
too. The image is made from this checkout, and named after its content: an old one is never used.
"""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path

from helpers.setup.environment import ROOT, say

IMAGE = "redis-streams-course:grade-{}"

MADE_FROM = (
    "Dockerfile",
    "pyproject.toml",
    "requirements.txt",
    "helpers/**/*",
    "notebooks/*.ipynb",
)
"""All that grading needs of the course: no solutions, no tests, no hand-ins that lie next to it."""

RUN = (
    *("docker", "run", "--rm", "--pull", "never"),
    *("--network", "none", "--read-only", "--tmpfs", "/tmp"),
    # A first process that passes signals on, and clears up after kernels
    "--init",
    # The grader needs no rights, and bubblewrap has its own within its user namespace
    *("--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
    # Docker's filter of system calls refuses new namespaces, mounts and pivot_root
    *("--security-opt", "seccomp=unconfined"),
    # Linux mounts a new /proc only where no part of the old one is hidden, and --disable-userns
    # writes to /proc/sys/user, which Docker makes read-only
    *("--security-opt", "systempaths=unconfined"),
    # Docker's AppArmor profile refuses mounts
    *("--security-opt", "apparmor=unconfined"),
    # SELinux shows a container only files that it has labeled
    *("--security-opt", "label=disable"),
)
"""Options that bubblewrap needs, and no more: none gives a right."""

GIVEN = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"}
"""The grader's environment, without the passwords of proxies that Docker may pass on."""

TRY = "import sys; from helpers.grading import sandbox; sys.exit(sandbox.missing() or None)"

FOREIGN = ("name=rootless", "name=userns")
"""Words of `docker info` where a user's number in a container is another one's outside."""

ENGINE_SECONDS, TRY_SECONDS = 30, 120
"""Seconds for the engine to answer, and for a container to start and make a sandbox."""


def prepared(written: Iterable[Path], shown: Iterable[Path]) -> list[str]:
    """Return the command that runs a program in the container, after a sandbox was made in one.

    Makes the image if it is missing. Raises RuntimeError with the reason if there can be none.
    """
    if os.geteuid() == 0:
        raise RuntimeError(
            "root's sandboxes need rights that no container gets: run this as another user"
        )
    if not shutil.which("docker"):
        raise RuntimeError("there is no program docker: install Docker")
    engine = _said("no engine answers", "docker", "info", "--format", "{{.SecurityOptions}}")
    if any(word in engine for word in FOREIGN):
        raise RuntimeError("its engine maps user IDs to others, so marks would be another user's")
    found = command(made(), written, shown)
    _said("its container fails to, too", *found, "python", "-c", TRY, seconds=TRY_SECONDS)
    return found


def made() -> str:
    """Make the image if it is missing, and return its name; raises RuntimeError if it can't be."""
    content = packed()
    name = IMAGE.format(hashlib.sha256(content).hexdigest()[:12])
    if not _said("no engine answers", "docker", "images", "--quiet", name):
        say(f"Docker makes the image {name} of the course: some minutes, once.")
        build = ("docker", "build", "--quiet", "--tag", name, "-")
        _said("the course's image can't be built", *build, given=content, seconds=None)
    return name


def packed(root: Path = ROOT) -> bytes:
    """Return what the image is made from: an archive that is the same for the same content."""
    data = io.BytesIO()
    found = {path for pattern in MADE_FROM for path in root.glob(pattern) if path.is_file()}
    with tarfile.open(fileobj=data, mode="w") as archive:
        for path in sorted(path for path in found if "__pycache__" not in path.parts):
            member, content = tarfile.TarInfo(path.relative_to(root).as_posix()), path.read_bytes()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


def command(image: str, written: Iterable[Path], shown: Iterable[Path]) -> list[str]:
    """Return the command that runs a program in the container, as the caller.

    Of the caller's files it may write those `written`, and read those `shown`, under their names.
    """
    user = ["--user", f"{os.geteuid()}:{os.getegid()}"]
    user += [word for group in os.getgroups() for word in ("--group-add", str(group))]
    files = [_mounted(path) for path in written] + [f"{_mounted(path)},readonly" for path in shown]
    mounts = [word for each in files for word in ("--mount", each)]
    given = [f"{name}={value}" for name, value in (GIVEN | {"TZ": zone()}).items()]
    # Linux tells Docker's client if this process is killed; macOS has no such program
    ending = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    return [*ending, *RUN, *user, *mounts, image, "env", "--ignore-environment", *given]


def zone(file: Path = Path("/etc/localtime")) -> str:
    """Return the time zone by its rules, with which its file ends (RFC 8536, section 3.3).

    Times in archives are local, and of two hand-ins the newest counts.
    """
    if "TZ" in os.environ:
        return os.environ["TZ"]
    try:
        return file.read_bytes().split(b"\n")[-2].decode("ascii")
    except (OSError, IndexError, UnicodeError):
        return ""


def _mounted(path: Path) -> str:
    """Return the value of --mount, a line of CSV, for a path with any character."""
    quoted = str(path).replace('"', '""')
    return f'type=bind,"source={quoted}","target={quoted}"'


def _said(
    wrong: str, *words: str, given: bytes = b"", seconds: float | None = ENGINE_SECONDS
) -> str:
    """Return what a command prints; raises RuntimeError with `wrong` and its error."""
    try:
        done = subprocess.run(words, input=given, capture_output=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{wrong} (not within {seconds} s)") from None
    if done.returncode:
        reason = " ".join(done.stderr.decode(errors="replace").split())
        raise RuntimeError(f"{wrong} ({reason[-300:]})")
    return done.stdout.decode(errors="replace")
