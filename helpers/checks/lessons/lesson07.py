"""Lesson 07, Poison entries: dead-letter those that exceed a limit and no others, and bring back
what was mended."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed


def _dead(seen: Seen) -> list[str]:
    return sorted(letter.value for letter in seen.stream.dead)


LIMIT = Exercise(
    "07.limit",
    title="Just the poison",
    minutes=4,
    stage=16,
    stream="07:limit",
    group="consumerGroup",
    task="move what was delivered three times or more from 07:limit to its dead-letter stream.",
    praise="b and d are dead letters, and alice still has a, c and e to handle.",
    wanted="b and d in 07:limit:dead, and a, c and e still pending.",
    sees=lambda s: f"dead letters: {listed(_dead(s))}; pending: {listed(s.pending)}.",
    solved=lambda s: _dead(s) == ["b", "d"] and s.pending == ["a", "c", "e"],
    untouched=lambda s: not s.stream.dead_letters and s.pending == ["a", "b", "c", "d", "e"],
    hints=(
        Hint(
            "copy-is-move",
            lambda s: set(_dead(s)) & set(s.pending),
            "what is in both places will be delivered again, and copied again: the copy and "
            "the acknowledgement belong together.",
        ),
        Hint(
            "ack-buries",
            lambda s: s.pending == ["a", "c", "e"] and not s.stream.dead_letters,
            "b and d are acknowledged and not in 07:limit:dead, so nobody will look at "
            "them: first the copy, then the acknowledgement.",
        ),
        Hint(
            "look-by-reading",
            lambda s: _dead(s) == ["b", "c", "d"],
            "c had been delivered twice: either your limit is two, or you read or claimed "
            "c, which is a "
            "delivery (XPENDING only looks).",
        ),
        Hint(
            "limit-is-beyond",
            lambda s: _dead(s) == ["b"],
            "d was delivered three times, which is the limit: a fourth delivery is what the "
            "limit is to prevent.",
        ),
        Hint(
            "neighbours-guilty",
            lambda s: {"a", "c", "e"} & set(_dead(s)),
            "a, c and e were delivered once or twice, like any entry that somebody crashed "
            "beside: look at each one's deliveries.",
        ),
    ),
)


def _brought_back(seen: Seen) -> list[str]:
    return seen.values[3:]


def _is_handled(seen: Seen) -> bool:
    return not seen.group.pending and not seen.reach(seen.group)


READABLE = ["3,50", "4,20"]

REPLAY = Exercise(
    "07.replay",
    title="Mended and brought back",
    minutes=8,
    stage=15,
    stream="07:replay",
    group="consumerGroup",
    values=("prices",),
    task="bring back the two prices that a better handler can read, and let a consumer collect "
    "them in `prices`.",
    praise="3.5 and 4.2 were brought back and handled, and `free` waits for somebody who knows "
    "what it means.",
    wanted="3,50 and 4,20 at the end of the stream as they were sent, the numbers 3.5 and 4.2 in "
    "`prices`, and only `free` dead-lettered.",
    sees=lambda s: (
        f"dead letters: {listed(_dead(s))}; brought back: {listed(_brought_back(s))}; "
        f"prices = {s.passed['prices']}."
    ),
    solved=lambda s: (
        _dead(s) == ["free"]
        and sorted(_brought_back(s)) == READABLE
        and _is_handled(s)
        and sorted(s.passed["prices"]) == [3.5, 4.2]
        and all(set(e.fields) == {"value"} for e in s.stream.entries)
    ),
    untouched=lambda s: len(_dead(s)) == 3 and not _brought_back(s),
    hints=(
        Hint(
            "replay-all",
            lambda s: "free" in _brought_back(s),
            "`free` is back in the stream, and no better handler knows it: bring back only "
            "what was mended.",
        ),
        Hint(
            "replay-note",
            lambda s: any(name.startswith("dead:") for e in s.stream.entries for name in e.fields),
            "the note came along: the fields that begin with `dead:` aren't the entry's own.",
        ),
        Hint(
            "replay-leaves",
            lambda s: set(_brought_back(s)) & set(_dead(s)),
            "what was brought back is still in the dead-letter stream, so somebody will "
            "bring it back once more: delete it there.",
        ),
        Hint(
            "replay-loses",
            lambda s: len(_brought_back(s)) + len(_dead(s)) < 3,
            "a price is in neither stream: first add it to the stream, then delete the dead "
            "letter, or let one script do both.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and not _is_handled(s),
            "they are new entries now, and nobody has handled them yet: run a consumer with "
            "the better handler until the group is done.",
        ),
    ),
)

EXERCISES = [LIMIT, REPLAY]
