"""Write a learner's copy of the course without solutions: handout DIR, handout FILE.zip, or
handout --git DIR, a repository that learners can pull updates from.

The copy holds the files that the course ships, as last committed, and nothing else. It runs with
the same two commands. Its notebooks keep their outputs; the ones that settle a prediction are
folded there, as here.
"""

import sys
from pathlib import Path

from helpers import options
from helpers.setup.environment import ROOT


def main(argv: list[str]) -> int:
    """Write the copy into a new or empty folder and return the exit status.

    It is 2 for any other folder, and 1 if the course holds what may be a solution.
    """
    renewal = "only renew the list of what the course ships, and the teacher's page"
    git = "commit the copy to DIR: to a new repository, or to one that this command has made"
    parser = options.parser("handout", __doc__, list=renewal, git=git)
    where = "a new or empty folder, or a new .zip"
    parser.add_argument("folder", metavar="DIR", type=Path, nargs="?", help=where)
    wanted = parser.parse_args(argv)
    if wanted.list:
        return renew()
    if wrong := refusal(wanted.folder, wanted.git):
        print(f"{wrong}: name a new folder for the learners' copy.", file=sys.stderr)
        return 2
    return hand_out(wanted.folder, wanted.git)


def renew() -> int:
    """Write the list of what Git tracks, and the page; 1 where Git tracks nothing."""
    from helpers.handout import renewal

    if renewal.renew(ROOT):
        return 0
    print(f"Git tracks nothing in {ROOT}: do this in a clone of the course.", file=sys.stderr)
    return 1


def hand_out(folder: Path, git: bool = False) -> int:
    """Write the copy and say what is not in it."""
    from helpers.handout.copy import Solved, copy
    from helpers.handout.forms import write_repository, write_zip
    from helpers.handout.shipped import shipped

    write = write_zip if is_zip(folder) else copy
    try:
        course = shipped(ROOT)
        answers = (write_repository if git else write)(course, folder)
    except (RuntimeError, Solved, OSError) as error:
        print(f"There is no copy. {error}.", file=sys.stderr)
        return 1
    origin = f"{folder} is the learners' copy, made from {course.origin}"
    print(f"{origin}: it has no solutions, and the two commands of its README work in it.")
    for what, names in (
        ("For teachers only", answers),
        ("Left out, because the course doesn't ship it", course.beside),
        ("Handed out as committed, without the changes since", course.changed),
        ("Left out, because a link may lead out of the course", course.links),
    ):
        if names:
            print(f"{what}: {on_a_line(names)}")
    return 0


def on_a_line(names: list[str]) -> str:
    """Return names as one line that a terminal only shows."""
    line = ", ".join(sorted(names))
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def refusal(folder: Path | None, git: bool = False) -> str:
    """Say why there can be no copy in this place, "" if there can.

    Nothing is overwritten but an earlier copy in its own repository, and the course doesn't copy
    itself.
    """
    from helpers.handout import forms

    if folder is None:
        return "Say where"
    if folder.resolve().is_relative_to(ROOT):
        return f"{folder} is within the course itself"
    if is_zip(folder) and (git or folder.exists()):
        return f"{folder} isn't a repository" if git else f"{folder} exists"
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file"
    if not folder.exists() or not any(folder.iterdir()):
        return ""
    if not git or not forms.is_ours(folder):
        return f"{folder} isn't empty"
    return f"{folder} holds changes that aren't committed" if forms.changes(folder) else ""


def is_zip(folder: Path) -> bool:
    """Tell whether a copy is to be an archive."""
    return folder.suffix.lower() == ".zip"
