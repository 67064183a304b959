"""Lesson 00, Start here: one small exercise that shows how checks answer."""

from helpers.checks.exercise import Exercise, Hint, listed

FINISH = Exercise(
    "00.finish", title="Finish alice's work", minutes=2,
    stream="00:finish", group="consumerGroup",
    task="acknowledge the two entries of 00:finish that alice has pending.",
    praise="nothing is pending any more, and the stream still holds both entries.",
    wanted="two entries in the stream, both acknowledged.",
    sees=lambda s: f"{listed([e.value for e in s.stream.entries])} in the stream; alice has {listed(s.pending_of('alice'))} pending.",
    solved=lambda s: s.stream.length == 2 and s.group.pending == 0,
    untouched=lambda s: s.stream.length == 2 and s.pending_of("alice") == ["a", "b"],
    hints=(
        Hint("ack-deletes", lambda s: s.stream.length < 2,
             "an entry is gone from the stream; to finish it means to acknowledge it, with XACK, and XACK deletes nothing."),
    ),
)

EXERCISES = [FINISH]
