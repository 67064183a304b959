"""Lesson 00, Start here: two small exercises that show how checks answer, and how the picture is
read."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import number

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
    ),
)


def _says(seen: Seen, waiting: int | None = None, unfinished: int | None = None) -> bool:
    """Tell whether the learner said these numbers; None stands for any."""
    said = number(seen.passed["waiting"]), number(seen.passed["unfinished"])
    return all(
        wanted in (None, found) for wanted, found in zip((waiting, unfinished), said, strict=True)
    )


def _not_acknowledged(seen: Seen) -> int:
    return seen.group.lag + seen.group.pending


ACCOUNT = Exercise(
    "00.account",
    title="Read the picture",
    minutes=3,
    stage=12,
    stream="00:account",
    group="consumerGroup",
    values=("waiting", "unfinished"),
    task="look at the picture of 00:account, and set `waiting` and `unfinished`.",
    praise="the white boxes are the lag, the amber ones are pending; you can read every picture of "
    "this course now.",
    wanted="waiting = the number of white boxes, unfinished = the number of amber ones.",
    sees=lambda s: f"waiting = {s.passed['waiting']!r}, unfinished = {s.passed['unfinished']!r}.",
    solved=lambda s: _says(s, s.group.lag, s.group.pending),
    untouched=lambda s: s.passed["waiting"] is None and s.passed["unfinished"] is None,
    hints=(
        Hint(
            "lag-is-pending",
            lambda s: _says(s, s.group.pending, s.group.lag),
            "the other way round: what waits was delivered to nobody yet, what is "
            "unfinished is in alice's hands.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: (
                _says(s, waiting=_not_acknowledged(s)) or _says(s, unfinished=_not_acknowledged(s))
            ),
            "you counted everything without a check mark; part of that is in alice's hands, "
            "and the rest was delivered to nobody yet.",
        ),
        Hint(
            "read-is-done",
            lambda s: _says(s, unfinished=0),
            "alice read entries and hasn't acknowledged them all: reading finishes nothing, "
            "so look at her row.",
        ),
        Hint(
            "read-is-pending",
            lambda s: _says(s, unfinished=s.stream.length - s.group.lag),
            "that is all that alice has ever read; what she has acknowledged carries a "
            "check mark and is off her row.",
        ),
    ),
)

EXERCISES = [FINISH, ACCOUNT]
