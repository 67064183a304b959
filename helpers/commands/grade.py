"""Run the notebooks that learners handed in and write who solved what: grade DIR makes
DIR/grades.csv.

DIR holds DIR/<learner>/NN_….ipynb or DIR/<learner>_NN_….ipynb, or what Moodle, Canvas or nbgrader
(submitted/) make of them. Each notebook has its own kernel, directory and server, and a time limit.
Our checks look at that server and at the commands sent to it, so nothing that a notebook prints or
patches counts. An interrupted run continues when it is started again.
"""

import argparse
import os
import sys
from pathlib import Path

from helpers import options
from helpers.setup import jupyter_home

WARNING = """A hand-in is a program, and grading runs it as you: it can read, change and delete your
files, read your environment (including passwords and tokens in it) and use your network. The limits
on time and memory protect against accidents, not against intent. Grade hand-ins of people whom you
don't trust in a container, in a virtual machine, or as another user."""


def main(argv: list[str]) -> int:
    """Grade a folder and return the exit status.

    It is 0 if all was marked, 1 if not, 2 if the folder can't be graded, 130 after Ctrl-C.
    """
    wanted = arguments(argv)
    try:
        return grade(wanted)
    except (RuntimeError, OSError) as error:
        print(f"{error}.", file=sys.stderr)
        return 2


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = options.parser(
        "grade",
        __doc__,
        epilog=WARNING,
        cell_seconds=(options.seconds(0.1), 20, "what one cell may take (%(default)g)"),
        seconds=(options.seconds(1), 120, "what one notebook may take (%(default)g)"),
        at_once=(options.whole(1, 100), os.cpu_count() or 1, "notebooks at a time (%(default)s)"),
    )
    layout = "holds <learner>/NN_….ipynb or <learner>_NN_….ipynb"
    parser.add_argument("folder", metavar="DIR", type=Path, help=layout)
    return parser.parse_args(argv)


def grade(wanted: argparse.Namespace) -> int:
    """Find what was handed in and mark it.

    Raises RuntimeError or OSError with a sentence, before anything runs, if that can't be done.
    """
    folder = wanted.folder
    if not folder.is_dir():
        raise RuntimeError(f"There is no folder {folder}: name the one that holds the hand-ins")
    jupyter_home.settle()
    from helpers.grading import hand_ins, table, unfinished
    from helpers.grading.marking import Limits

    if wrong := table.refusal(folder):
        raise RuntimeError(f"{wrong}: copy the hand-ins to a folder of yours, and grade that")
    with unfinished.alone(folder):
        if hand_ins.root(folder) != folder:
            print(f"{folder} is nbgrader's, so only submitted/ is graded.", file=sys.stderr)
        found = hand_ins.find(folder)
        if not found:
            raise RuntimeError(
                f"There is no notebook in {folder}: put them there, "
                "such as <learner>/02_create_the_group.ipynb"
            )
        limits = Limits(wanted.cell_seconds, wanted.seconds)
        return graded(folder, found, limits, wanted.at_once)


def graded(folder: Path, hand_ins: list, limits, at_once: int) -> int:
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
            table.write(path, in_order(hand_ins, marks))
        stopped = stopping.is_set() and len(marks) < len(hand_ins)
    known = in_order(hand_ins, marks)
    table.write(path, known)
    print(table.summary(known))
    if stopped:
        done = f"{path} holds what was marked until then"
        print(f"Interrupted: {done}. The same command goes on.", file=sys.stderr)
        return 130
    memory.done()
    print(f"{path} has a line for each exercise, and for each file that was not marked.")
    return int(not table.complete(known))


def in_order(hand_ins: list, marks: dict) -> list:
    """Return the marks that are known, in the order of the hand-ins."""
    return [mark for one in hand_ins for mark in marks.get(one, [])]
