"""Run the notebooks that learners handed in and write who solved what: grade DIR makes DIR/grades.csv.

DIR holds DIR/<learner>/NN_….ipynb or DIR/<learner>_NN_….ipynb. Each notebook runs in a kernel, a directory and on a server
of its own, with a time limit; our checks look at that server, so nothing that a notebook prints or patches counts.
Its code runs with your rights: grade strangers' notebooks in a container or as another user.
"""

import argparse
import contextlib
import csv
import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from pathlib import Path

from helpers.commands import _home

COLUMNS = ("learner", "notebook", "exercise", "solved", "misconception", "seen")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def main(argv: list[str]) -> int:
    """Grade a folder; returns 0, 2 if there is nothing to grade, 130 after Ctrl-C (what was marked is written)."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", metavar="DIR", type=Path, help="holds <learner>/NN_….ipynb or <learner>_NN_….ipynb")
    parser.add_argument("--cell-seconds", type=float, default=20, help="what one cell may take (%(default)g)")
    parser.add_argument("--seconds", type=float, default=120, help="what one notebook may take (%(default)g)")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1, help="notebooks at the same time (%(default)s)")
    options = parser.parse_args(argv)
    _home.settle()
    from helpers.commands import _handed_in, _marking

    handed_in = _handed_in.find(options.folder)
    if not handed_in:
        print(f"There is no notebook in {options.folder}: put them there as <learner>/02_create_the_group.ipynb.", file=sys.stderr)
        return 2
    limits = _marking.Limits(options.cell_seconds, options.seconds)
    with stoppable() as stopping:
        marks = run(handed_in, limits, max(1, options.at_once), stopping)
    path = options.folder / "grades.csv"
    write(path, marks)
    print(summary(marks))
    if stopping.is_set():
        print(f"Interrupted: {path} holds what was marked until then.", file=sys.stderr)
        return 130
    print(f"{path} has a line for each exercise.")
    return 0


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


def run(handed_in: list, limits, at_once: int, stopping: threading.Event) -> list:
    """Mark all notebooks, some at a time, until done or stopped; return the marks in the order of the notebooks."""
    from tqdm import tqdm

    from helpers.commands._kernel import LOOK

    with ThreadPoolExecutor(at_once) as pool, tqdm(total=len(handed_in), unit="notebook") as bar:
        futures = {pool.submit(marked, one, limits, stopping): one for one in handed_in}
        waiting = set(futures)
        while waiting and not stopping.is_set():
            done, waiting = wait(waiting, timeout=LOOK, return_when=FIRST_COMPLETED)
            bar.update(len(done))
        pool.shutdown(cancel_futures=True)
    return [mark for future in futures if not future.cancelled() for mark in future.result()]


def marked(one, limits, stopping: threading.Event) -> list:
    """Mark one notebook; one that can't be marked must not cost the others their marks."""
    from helpers.commands._kernel import Stopped
    from helpers.commands._marking import Mark, mark

    try:
        return [] if stopping.is_set() else mark(one, limits, stopping)
    except Stopped:
        return []
    except Exception as error:
        return [Mark(one, "", False, "", f"not marked: {type(error).__name__}: {error}")]


def write(path: Path, marks: Iterable) -> None:
    """Write the marks; a file that was there before is replaced in one step."""
    unfinished = path.with_suffix(".part")
    with open(unfinished, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for m in marks:
            solved = "yes" if m.solved else "no"
            table.writerow([harmless(t) for t in (m.handed_in.learner, m.handed_in.notebook, m.exercise, solved, m.misconception, m.seen)])
    unfinished.replace(path)


def harmless(text: str) -> str:
    """Return text that a spreadsheet shows and never computes: one line, and no formula."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return f"'{line}" if line.lstrip().startswith(RISKY) or text.startswith(RISKY) else line


def summary(marks: Iterable) -> str:
    """Say for each exercise how many solved it, and which misconceptions came up how often."""
    marks = [m for m in marks if m.exercise]
    lines = []
    for name in sorted({m.exercise for m in marks}):
        mine = [m for m in marks if m.exercise == name]
        ideas = Counter(m.misconception for m in mine if m.misconception).most_common()
        lines.append(f"{name:<14} solved by {sum(m.solved for m in mine)} of {len(mine)}"
                     + (": " if ideas else "") + ", ".join(f"{idea} {times}×" for idea, times in ideas))
    return "\n".join(lines)
