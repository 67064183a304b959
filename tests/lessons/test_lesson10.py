"""How fast: the lesson's claim about its last picture, with room for a busy machine."""

from helpers.checks.lessons.lesson10 import STORE
from helpers.stopwatch import per_second
from helpers.streams import clean_slate
from tests.learners import Learner, notebook

ENTRIES = 5000
ROOM = 0.7
"""The helpers were 1.4 to 1.7 times as fast as the batches by hand, and on a busy machine 1.06 at
least (measured, 100 times)."""


def test_the_helpers_are_no_slower_than_batches_by_hand(r):
    """With the lesson's own functions, numbering batches and looking for unfinished work first cost
    nothing."""
    learner = Learner(r, STORE)
    learner.run("from helpers.producer import Producer")
    for _, cell in notebook("10").code:
        if any(f"def {name}(" in cell.source for name in ("add", "by_hand", "by_helpers")):
            learner.run(cell.source)
    by_hand, by_helpers = learner.names["by_hand"], learner.names["by_helpers"]
    speeds = per_second(
        {"by hand": lambda: by_hand(ENTRIES, 500), "helpers": lambda: by_helpers(ENTRIES)},
        rounds=10,
    )
    clean_slate(r, "10:")
    assert speeds["helpers"] > ROOM * speeds["by hand"], speeds
