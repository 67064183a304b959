"""Get pip from Debian for a Python without: apt checks the signature; standard library only."""

import shutil
import subprocess
from pathlib import Path

PACKAGE = "python3-pip-whl"


def unpack(folder: Path) -> Path:
    """Unpack Debian's package with pip's wheel into folder; return the wheel, or raise OSError."""
    if not shutil.which("apt-get"):
        raise OSError("there is no apt-get here")
    folder.chmod(0o755)  # apt downloads as a user of its own when root asks
    apt_get = ["apt-get", "-qq", "-o", f"Dir::Cache={folder}/cache"]  # apt's own would keep 70 MB
    try:
        run(folder, *apt_get, "download", PACKAGE)
    except OSError:
        # A fresh image has no lists of packages: then with lists of our own, for which nobody has
        # to be root
        (folder / "lists" / "partial").mkdir(parents=True)
        apt_get += ["-o", f"Dir::State::Lists={folder}/lists"]
        run(folder, *apt_get, "update")
        run(folder, *apt_get, "download", PACKAGE)
    [package] = folder.glob(f"{PACKAGE}_*.deb")
    run(folder, "dpkg-deb", "-x", str(package), str(folder))
    [wheel] = folder.glob("usr/share/python-wheels/pip-*.whl")
    return wheel


def run(folder: Path, *command: str) -> None:
    """Run a program in folder; if it fails, raise OSError with the last thing that it said."""
    done = subprocess.run(
        command, cwd=folder, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        said = done.stderr.strip() or f"{command[0]} ended with status {done.returncode}"
        raise OSError(said.splitlines()[-1].rstrip("."))
