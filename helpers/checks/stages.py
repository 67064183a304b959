"""The stages of lesson 17, which count like exercises; helpers/trial judges them."""

from dataclasses import dataclass

OWN_LESSON = "17"


@dataclass(frozen=True)
class StageTask:
    """What a learner's progress and the teachers' page say about a stage, including its main
    misconception and the truth in one sentence."""

    name: str
    title: str
    minutes: int
    misconception: str
    truth: str


STAGES = (
    StageTask(
        "17.reads",
        "Read, handle, acknowledge",
        10,
        "When a read returns nothing, the work is done",
        "An empty reply means that nothing is there now: read in a loop that never ends.",
    ),
    StageTask(
        "17.restarts",
        "Survive your own end",
        10,
        "After a restart, `>` returns what an earlier run read",
        "`>` returns only new entries: handle your own pending entries first.",
    ),
    StageTask(
        "17.claims",
        "Take over from the dead",
        10,
        "A dead consumer's entries go to the others automatically",
        "Somebody must claim them, again and again, with a minimum idle time that spares the "
        "living.",
    ),
    StageTask(
        "17.buries",
        "Bury poison, but no neighbor",
        20,
        "Poison raises an exception, and the program counts the attempts",
        "Poison may kill the process, so only the server's delivery count remains, and a batch "
        "raises the count of innocent neighbors.",
    ),
    StageTask(
        "17.reconnects",
        "Recognize a lost reply",
        10,
        "A command without a reply did nothing",
        "The server may have done it: look at your own pending entries before you repeat anything.",
    ),
    StageTask(
        "17.endures",
        "Live through an outage",
        10,
        "Whatever `handle` raises is the entry's fault",
        "ConnectionError is nobody's fault: wait, try the same entry again, and count nothing.",
    ),
    StageTask(
        "17.leaves",
        "Leave no work behind",
        10,
        "A program may stop at once, because others take over",
        "Others must wait until its entries have been idle long enough: finish the entry in hand, "
        "and hand back the rest.",
    ),
    StageTask(
        "17.orders",
        "Keep order per key",
        20,
        "Entries are handled in the order in which they are read",
        "Consumers overtake each other, and new entries overtake a retry: have one owner at a "
        "time, which reads nothing new while anything is pending.",
    ),
)
"""In the notebook's order."""
