"""The questions that the handout asks Git about a folder."""

import os
import subprocess
from pathlib import Path


def ask(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Ask Git about the folder `root`, whatever repository a hook's environment names.

    If Git is missing, that is a failed answer like any other.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(root), *arguments]
    try:
        return subprocess.run(command, env=env, capture_output=True, check=False)
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, b"", str(error).encode())


def names(answer: subprocess.CompletedProcess[bytes]) -> list[str]:
    """Return the file names in an answer to a question with -z."""
    return sorted(os.fsdecode(name) for name in answer.stdout.split(b"\0") if name)
