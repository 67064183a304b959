"""Lesson 00, Start here: two small exercises that show how checks answer, and how the picture is
read."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import number
from helpers.connection.sent import Sent

FINISH = Exercise(
    "00.finish",
    title="Finish alice's work",
    minutes=2,
    stage=4,
    stream="00:finish",
    group="consumerGroup",
    task="acknowledge the two entries of 00:finish that alice has pending.",
    praise="nothing is pending any longer, and the stream still holds both entries.",
    wanted="two entries in the stream, both acknowledged, and alice still a consumer of the group.",
    sees=lambda s: (
        f"{listed([e.value for e in s.stream.entries])} in the stream; alice has "
        f"{listed(s.pending_of('alice'))} pending."
    ),
    solved=lambda s: s.stream.length == 2 and s.group.pending == 0 and s.knows("alice"),
    untouched=lambda s: s.stream.length == 2 and s.pending_of("alice") == ["a", "b"],
    hints=(
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 2,
            "an entry is gone from the stream; finishing it means acknowledging it, with "
            "XACK, and XACK deletes nothing.",
        ),
        Hint(
            "busygroup-destroy",
            lambda s: not s.group or not s.knows("alice"),
            "with the group, or the consumer, the list of what alice has pending is gone, and "
            "nobody knows what was done: run the cell above again, and acknowledge with XACK.",
        ),
        Hint(
            "read-is-done",
            lambda s: (
                len(s.pending) == 2 and s.did("XREADGROUP") and not s.did("XACK") and not s.error
            ),
            "alice has read both entries already, and reading again finishes nothing: "
            "acknowledge them, with XACK.",
        ),
    ),
)


def _says(seen: Seen, waiting: int | None = None, unfinished: int | None = None) -> bool:
    """Tell whether the learner said these numbers; None stands for any."""
    said = number(seen.passed["waiting"]), number(seen.passed["unfinished"])
    return all(
        wanted in (None, found) for wanted, found in zip((waiting, unfinished), said, strict=True)
    )


def _changed(seen: Seen) -> list[Sent]:
    """The commands with which the learner changed what the picture shows."""
    return [e for e in (*seen.did("XREADGROUP"), *seen.did("XACK")) if e.answer]


GIVEN, ACKED, WAITING, ENTRIES = 5, 2, 4, 9
"""What the stub leaves of 00:account, however an attempt changes it."""


def _lengths(seen: Seen) -> list[int | None]:
    """How long the learner's values are, where they are lists."""
    return [len(v) if isinstance(v, list) else None for v in seen.passed.values()]


ACCOUNT = Exercise(
    "00.account",
    title="Read the picture",
    minutes=3,
    stage=12,
    stream="00:account",
    group="consumerGroup",
    values=("waiting", "unfinished"),
    task="set `waiting` and `unfinished` to what the picture of 00:account shows.",
    praise="the boxes after the ▲ are the lag, those on alice's row are pending; you can read "
    "every picture of this course now.",
    wanted="waiting = the number of boxes after the ▲, unfinished = the number of those on alice's "
    "row.",
    sees=lambda s: f"waiting = {s.passed['waiting']!r}, unfinished = {s.passed['unfinished']!r}.",
    solved=lambda s: _says(s, WAITING, GIVEN - ACKED),
    untouched=lambda s: s.passed["waiting"] is None and s.passed["unfinished"] is None,
    hints=(
        Hint(
            "read-is-done",
            _changed,
            lambda s: (
                f"your `{_changed(s)[-1].line}` changed what there is to count: run the cell above "
                "again, and only look."
            ),
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, GIVEN - ACKED, WAITING),
            "the other way round: what waits was delivered to nobody yet, what is "
            "unfinished is in alice's hands.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, waiting=ENTRIES - ACKED) or _says(s, unfinished=ENTRIES - ACKED),
            "you counted everything without a check mark; part of that is in alice's hands, "
            "and the rest was delivered to nobody yet.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, waiting=ENTRIES) or _says(s, waiting=GIVEN),
            lambda s: (
                f"{s.passed['waiting']} is what "
                + ("the stream holds" if _says(s, waiting=ENTRIES) else "was delivered to alice")
                + "; `waiting` counts only the boxes after the ▲, which were delivered to nobody."
            ),
        ),
        Hint(
            "read-is-done",
            lambda s: _says(s, unfinished=0),
            "alice read entries and hasn't acknowledged them all: reading finishes nothing, "
            "so look at her row.",
        ),
        Hint(
            "read-is-pending",
            lambda s: _says(s, unfinished=GIVEN),
            "5 is all that alice has ever read; what she has acknowledged carries a "
            "check mark and is off her row.",
        ),
        Hint(
            "read-is-pending",
            lambda s: _says(s, unfinished=ACKED),
            "2 is what alice has finished: a check mark says that it was acknowledged; "
            "unfinished are the boxes that are still on her row.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: WAITING in _lengths(s) or GIVEN - ACKED in _lengths(s),
            "you have found the right entries: set the two to how many they are, as len() counts.",
        ),
    ),
)

EXERCISES = [FINISH, ACCOUNT]
