"""Run the notebooks that learners handed in and write who solved what: grade DIR makes DIR/grades.csv.

DIR holds DIR/<learner>/NN_….ipynb or DIR/<learner>_NN_….ipynb, or what Moodle, Canvas or nbgrader (submitted/) make of them.
Each notebook runs in a kernel, a directory and on a server of its own, with a time limit; our checks look at that server,
so nothing that a notebook prints or patches counts. A run that was interrupted goes on when it is started again.
"""

import argparse
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from helpers.commands import _home
from helpers.options import seconds, whole

WARNING = """A hand-in is a program, and grading runs it as you: it can read, change and delete your files, read your environment
(passwords and tokens in it included) and use your network. Its limits of time and memory protect against accidents, not against
intent. Grade hand-ins of people whom you don't trust in a container, in a virtual machine, or as another user."""

LOOK = 0.2
"""Seconds between two looks whether a notebook is marked, or Ctrl-C was pressed."""


def main(argv: list[str]) -> int:
    """Grade a folder; returns 0 if all was marked, 1 if not, 2 if it can't be graded, 130 after Ctrl-C."""
    options = arguments(argv)
    folder = options.folder
    if not folder.is_dir():
        print(f"There is no folder {folder}: name the one that holds what was handed in.", file=sys.stderr)
        return 2
    _home.settle()
    from helpers.grading import hand_ins, table, unfinished
    from helpers.grading.marking import Limits

    if wrong := table.refusal(folder):
        print(f"{wrong}: copy the hand-ins to a folder of yours, and grade that.", file=sys.stderr)
        return 2
    try:
        with unfinished.alone(folder):
            if hand_ins.root(folder) != folder:
                print(f"{folder} is laid out as nbgrader does it: only what lies in submitted is graded.", file=sys.stderr)
            handed_in = hand_ins.find(folder)
            if not handed_in:
                print(f"There is no notebook in {folder}: put them there as <learner>/02_create_the_group.ipynb.", file=sys.stderr)
                return 2
            limits = Limits(options.cell_seconds, options.seconds)
            return graded(folder, handed_in, limits, options.at_once)
    except (unfinished.Busy, OSError) as error:
        print(f"{error}.", file=sys.stderr)
        return 2


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line; ends with status 2 and a sentence if it is wrong."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade", description=__doc__.partition("\n")[0], epilog=WARNING)
    parser.add_argument("folder", metavar="DIR", type=Path, help="holds <learner>/NN_….ipynb or <learner>_NN_….ipynb")
    parser.add_argument("--cell-seconds", type=seconds(0.1), default=20, help="what one cell may take (%(default)g)")
    parser.add_argument("--seconds", type=seconds(1), default=120, help="what one notebook may take (%(default)g)")
    parser.add_argument("--at-once", type=whole(1, 100), default=os.cpu_count() or 1, help="notebooks at the same time (%(default)s)")
    return parser.parse_args(argv)


def graded(folder: Path, handed_in: list, limits, at_once: int) -> int:
    """Mark what was handed in, with the table up to date at any moment; return the exit status."""
    from helpers.grading import table
    from helpers.grading.unfinished import Unfinished

    memory = Unfinished(folder, limits)
    marks = {one: known for one in handed_in if (known := memory.of(one))}
    if marks:
        print(f"Going on after an interruption: {len(marks)} of {len(handed_in)} files are marked.", file=sys.stderr)
    with stoppable() as stopping:
        for one, found in run([one for one in handed_in if one not in marks], limits, at_once, stopping):
            marks[one] = found
            if all(mark.judged for mark in found):
                memory.keep(one, found)
            table.write(folder / table.TABLE, in_order(handed_in, marks))
        stopped = stopping.is_set()
    return told(folder / table.TABLE, in_order(handed_in, marks), memory, stopped)


def in_order(handed_in: list, marks: dict) -> list:
    """Return the marks that are known, in the order of the hand-ins."""
    return [mark for one in handed_in for mark in marks.get(one, [])]


def told(path: Path, marks: list, memory, stopped: bool) -> int:
    """Write and print what was found; return the exit status."""
    from helpers.grading import table

    table.write(path, marks)
    print(table.summary(marks))
    if stopped:
        print(f"Interrupted: {path} holds what was marked until then. The same command goes on from there.", file=sys.stderr)
        return 130
    memory.done()
    print(f"{path} has a line for each exercise, and for each file that was not marked.")
    return 0 if table.complete(marks) else 1


@contextlib.contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Turn Ctrl-C and SIGTERM into an event that all threads look at: a KeyboardInterrupt reaches one of them, and can get lost."""
    stopping = threading.Event()
    before = {number: signal.signal(number, lambda *_: stopping.set()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run(handed_in: list, limits, at_once: int, stopping: threading.Event) -> Iterator[tuple]:
    """Mark notebooks, some at a time, until done or stopped; yield each with its marks as soon as they are known."""
    from tqdm import tqdm

    with ThreadPoolExecutor(at_once) as pool, tqdm(total=len(handed_in), unit="notebook") as bar:
        futures = {pool.submit(marked, one, limits, stopping): one for one in handed_in}
        waiting = set(futures)
        while waiting and not stopping.is_set():
            done, waiting = wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
            bar.update(len(done))
            yield from ((futures[future], future.result()) for future in done if future.result())
        pool.shutdown(cancel_futures=True)
        yield from ((futures[future], future.result()) for future in waiting if not future.cancelled() and future.result())


def marked(one, limits, stopping: threading.Event) -> list:
    """Mark one notebook, [] if stopped; one that can't be marked must not cost the others their marks."""
    from helpers.grading.kernel import Stopped
    from helpers.grading.marking import mark, not_marked

    try:
        return [] if stopping.is_set() else mark(one, limits, stopping)
    except Stopped:
        return []
    except Exception as error:
        return [not_marked(one, "", f"{type(error).__name__}: {error}")]
