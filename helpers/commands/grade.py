"""Run the notebooks that learners handed in and write who solved what: grade DIR makes
DIR/grades.csv.

DIR holds DIR/<learner>/NN_….ipynb or DIR/<learner>_NN_….ipynb, or what Moodle, Canvas or nbgrader
(submitted/) make of them. Each notebook runs in a sandbox, with its own kernel and server, and
limits on time, memory and disk. Our checks look at that server and at the commands sent to it, so
nothing that a notebook prints or patches counts. An interrupted run continues when it is started
again.
"""

import argparse
import compileall
import os
import sys
from pathlib import Path

from helpers import options
from helpers.commands import pass_on
from helpers.setup import jupyter_home
from helpers.setup.environment import ROOT

SANDBOX = """A hand-in is a program. It runs in a sandbox that bubblewrap makes (Linux): without a
network, without your files, your environment and other hand-ins, and with bounded time, memory and
disk. Where bubblewrap can make none, the grader runs in a container of the course's Docker image,
where it can. Without either, nothing is run, unless you trust everyone with --trust."""

TRUST = """With --trust, a hand-in runs as you: it can read, change and delete your files and the
other hand-ins, read your environment (including passwords and tokens in it), use your network, and
choose its own marks."""

NO_SANDBOX = "Hand-ins run in a sandbox, and there can be none here"
TRUST_ALL = "Nothing was run; --trust runs hand-ins as you, see --help"


def main(argv: list[str]) -> int:
    """Grade a folder and return the exit status.

    It is 0 if all was marked, 1 if not, 2 if the folder can't be graded, 130 after Ctrl-C.
    """
    wanted = arguments(argv)
    try:
        return grade(wanted)
    except (RuntimeError, OSError) as error:
        print(str(error).removesuffix(".") + ".", file=sys.stderr)
        return 2


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = options.parser(
        "grade",
        __doc__,
        epilog=f"{SANDBOX}\n\n{TRUST}",
        trust="where there can be no sandbox, run hand-ins as yourself",
        cell_seconds=(options.seconds(0.1), 20, "what one cell may take (%(default)g)"),
        seconds=(options.seconds(1), 120, "what one notebook may take (%(default)g)"),
        at_once=(options.whole(1, 100), None, "notebooks at a time (two for each core)"),
    )
    layout = "holds <learner>/NN_….ipynb or <learner>_NN_….ipynb; or a ZIP of it"
    parser.add_argument("folder", metavar="DIR", type=Path, help=layout)
    roster = "a CSV with a column `name`, and perhaps `id`: who handed in nothing is named"
    parser.add_argument("--roster", metavar="FILE", type=Path, help=roster)
    return parser.parse_args(argv)


def grade(wanted: argparse.Namespace) -> int:
    """Find what was handed in and mark it.

    Raises RuntimeError or OSError with a sentence, before anything runs, if that can't be done.
    """
    jupyter_home.settle()
    from helpers.grading import roster, sandbox, table

    folder = opened(wanted.folder)
    people = roster.read(wanted.roster) if wanted.roster else None
    if wrong := table.refusal(folder):
        raise RuntimeError(f"{wrong}: copy the hand-ins to a folder of yours, and grade that")
    missing = sandbox.missing()
    if missing:
        try:
            return contained(folder, wanted)
        except RuntimeError as error:
            missing += f". Nor can Docker make one: {error}"
    if missing and not wanted.trust:
        raise RuntimeError(f"{NO_SANDBOX}: {missing}. {TRUST_ALL}")
    if missing:
        print(f"There is no sandbox: {missing}. {' '.join(TRUST.split())}", file=sys.stderr)
    return here(folder, people, wanted, sandboxed=not missing)


def contained(folder: Path, wanted: argparse.Namespace) -> int:
    """Run this very command in a container that can make sandboxes; return its exit status.

    Raises RuntimeError with the reason if there can be none.
    """
    from helpers.grading import container, hand_ins

    # Docker takes only absolute paths; nbgrader's folder may be a link to another one
    top, within = Path(os.path.abspath(folder)), hand_ins.root(folder).resolve()
    people = [Path(os.path.abspath(wanted.roster))] if wanted.roster else []
    words = ["grade", str(top), f"--seconds={wanted.seconds}"]
    words += [f"--cell-seconds={wanted.cell_seconds}", *(f"--roster={path}" for path in people)]
    words += [f"--at-once={wanted.at_once}"] if wanted.at_once else []
    found = container.prepared(written={top, within}, shown=people)
    return pass_on([*found, "python", "-m", "helpers", *words])


def here(folder: Path, people, wanted: argparse.Namespace, *, sandboxed: bool) -> int:
    """Grade in this process; raises RuntimeError or OSError with a sentence."""
    from helpers.grading import hand_ins
    from helpers.grading.marking import Limits
    from helpers.locks import alone_in

    with alone_in(folder, f"{folder} is being graded already: wait for that run to end"):
        if hand_ins.root(folder) != folder:
            print(f"{folder} is nbgrader's, so only submitted/ is graded.", file=sys.stderr)
        found = hand_ins.find(folder, people)
        if not found:
            raise RuntimeError(
                f"There are no notebooks in {folder}: put them there, "
                "such as <learner>/02_create_the_group.ipynb"
            )
        # What a sandbox imports it would otherwise compile each time, for it can't keep it
        compileall.compile_dir(ROOT / "helpers", quiet=2)
        limits = Limits(wanted.cell_seconds, wanted.seconds, sandboxed)
        return graded(folder, found, limits, wanted.at_once or 2 * (os.cpu_count() or 1), people)


def opened(folder: Path) -> Path:
    """Return the folder with the hand-ins; a platform's ZIP is unpacked next to it, once.

    Raises RuntimeError with a sentence if there is neither.
    """
    from helpers.grading import archives

    if folder.is_dir():
        return folder
    if not folder.is_file() or folder.suffix.lower() != ".zip":
        raise RuntimeError(f"There is no folder {folder}: name the one that holds the hand-ins")
    beside = folder.with_suffix("")
    if beside.exists():
        print(f"{folder} was unpacked before, so {beside} is graded.", file=sys.stderr)
        return opened(beside)
    try:
        archives.unpack(folder, beside, archives.OF_A_CLASS)
    except archives.Refused as error:
        raise RuntimeError(f"{folder} can't be graded: {error}") from None
    return beside


def graded(folder: Path, hand_ins: list, limits, at_once: int, people=None) -> int:
    """Mark what was handed in, with the table up to date at any moment; return the exit status."""
    from helpers.grading import queue, table
    from helpers.grading.unfinished import Unfinished

    memory, path = Unfinished(folder, limits), folder / table.TABLE
    marks = {one: known for one in hand_ins if (known := memory.of(one))}
    if marks:
        those = f"{len(marks)} of {len(hand_ins)} files are marked"
        print(f"Going on after an interruption: {those}.", file=sys.stderr)
    rest = [one for one in hand_ins if one not in marks]
    with queue.stoppable() as stopping:
        for one, found in queue.marked(rest, limits, at_once, stopping):
            marks[one] = found
            if all(mark.judged for mark in found):
                memory.keep(one, found)
            table.write(folder, in_order(hand_ins, marks), people)
        stopped = stopping.is_set() and len(marks) < len(hand_ins)
    known = in_order(hand_ins, marks)
    table.write(folder, known, people)
    print(table.summary(known, people))
    if stopped:
        done = f"{path} holds what was marked until then"
        print(f"Interrupted: {done}. Run the same command to continue.", file=sys.stderr)
        return 130
    memory.done()
    print(f"{path} has a line for each exercise, and for each file that was not marked;")
    print(f"{folder / table.LEARNERS} has one for each learner, with points.")
    return int(not table.complete(known))


def in_order(hand_ins: list, marks: dict) -> list:
    """Return the marks that are known, in the order of the hand-ins."""
    return [mark for one in hand_ins for mark in marks.get(one, [])]
