"""Lesson 04, Consume and acknowledge: who gets what, acknowledging some, finishing after a crash,
and the loop by hand."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import contains, texts
from helpers.plurals import count

TEAM, DONE = "team", "04:loop:done"


def _numbers(*bounds: int) -> list[str]:
    return [str(n) for n in range(*bounds)]


def _nobody_read(seen: Seen) -> bool:
    return len(seen.waiting) == seen.stream.length and not seen.group.consumers


def _read_in_vain(seen: Seen) -> bool:
    """Somebody asked and got nothing, although all of it was there."""
    return len(seen.waiting) == seen.stream.length > 0 and bool(seen.group.consumers)


def _account(seen: Seen) -> str:
    owners = [
        f"{c.name} has {listed(seen.pending_of(c.name))} pending" for c in seen.group.consumers
    ]
    rest = f"{listed(seen.waiting)} not delivered" if seen.waiting else "all are delivered"
    return "; ".join([*(owners or ["nobody has read"]), rest]) + "."


ZERO = (
    "an ID such as 0 asks for the consumer's own pending entries, and there are none; what is "
    "new to the group comes with `>`."
)

TURNS = Exercise(
    "04.turns",
    title="Deal them out",
    minutes=3,
    stage=7,
    consumers=("ann", "bob"),
    stream="04:turns",
    group=TEAM,
    task="deal the six entries of 04:turns out: 0, 2 and 4 to ann, 1, 3 and 5 to bob.",
    praise="a group promises no turns, so you made them ask in turns.",
    wanted="0, 2 and 4 pending with ann, 1, 3 and 5 with bob.",
    sees=_account,
    solved=lambda s: (
        s.pending_of("ann") == ["0", "2", "4"] and s.pending_of("bob") == ["1", "3", "5"]
    ),
    untouched=_nobody_read,
    hints=(
        Hint("zero-from-start", _read_in_vain, ZERO),
        Hint(
            "read-is-pending",
            lambda s: not s.waiting and s.group.pending < 6,
            "a consumer that acknowledges, or reads with NOACK, has nothing pending any "
            "longer: deal them out, and leave them pending.",
        ),
        Hint(
            "take-turns",
            lambda s: len(s.pending_of("ann")) == 6 or len(s.pending_of("bob")) == 6,
            "whoever asks first gets as many as it asks for, and without COUNT that is all; "
            "a group promises no turns.",
        ),
        Hint(
            "take-turns",
            lambda s: (
                s.pending_of("ann") == ["0", "1", "2"] and s.pending_of("bob") == ["3", "4", "5"]
            ),
            "one after the other got the next three; a group promises no turns, so let them "
            "ask for one at a time.",
        ),
    ),
)

HANDOVER = Exercise(
    "04.handover",
    title="Only the even ones",
    minutes=6,
    stage=11,
    consumers=("ann",),
    stream="04:handover",
    group=TEAM,
    values=("got",),
    task="let ann read five entries, keep their values in `got`, and acknowledge those that are "
    "even.",
    praise="1 and 3 are still ann's, the rest waits, and the stream has all ten entries.",
    wanted="got = 0 to 4, 1 and 3 pending with ann, 5 to 9 not delivered, ten entries in the "
    "stream.",
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')}; {_account(s)[:-1]}; got = {listed(s.passed['got'])}."
    ),
    solved=lambda s: (
        s.pending_of("ann") == ["1", "3"]
        and s.stream.group
        and s.stream.length == 10
        and s.group.pending == 2
        and s.waiting == _numbers(5, 10)
        and texts(s.passed["got"]) == _numbers(5)
    ),
    untouched=lambda s: _nobody_read(s) and not s.passed["got"],
    hints=(
        Hint("zero-from-start", _read_in_vain, ZERO),
        Hint(
            "xrange-delivers",
            lambda s: _nobody_read(s) and s.stream.length == 10,
            "nothing was delivered: XRANGE and XREAD only look; what XREADGROUP reads for "
            "ann is pending with her.",
        ),
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 10,
            "entries are gone from the stream, which was to keep all ten; finishing an "
            "entry means acknowledging it, with XACK.",
        ),
        Hint(
            "no-count",
            lambda s: s.group and not s.waiting and s.stream.length == 10,
            "nothing is left to deliver, and 5 to 9 were to wait: read once, with COUNT 5; "
            "without COUNT a read gives whatever there is.",
        ),
        Hint(
            "reply-shape",
            lambda s: contains(s.passed["got"], "04:handover") or texts(s.passed["got"]) is None,
            "a reply is a dictionary: for each stream a list of pairs, ID and fields; take "
            "reply[stream], and from each pair the value.",
        ),
        Hint(
            "keeps-type",
            lambda s: len(s.pending) == 5 and len(s.passed["got"]) == 1,
            "it ended at the first entry; if the error speaks of types: a value is text, so "
            "make it a number first.",
        ),
        Hint(
            "reply-shape",
            lambda s: len(s.pending) == 5 and not s.passed["got"],
            "five are pending and `got` is empty: the entries are in reply[stream], as a "
            "list of pairs, ID and fields.",
        ),
        Hint(
            "ack-zero",
            lambda s: s.pending == _numbers(5) == texts(s.passed["got"]),
            "all five are still pending: acknowledge the even ones (an XACK that answers 0 "
            "met a wrong group, stream or ID).",
        ),
    ),
)


def _handled(seen: Seen) -> set[str]:
    return set(texts(seen.passed["handled"]))


DONE_AFTER_CRASH = Exercise(
    "04.done",
    title="After the crash",
    minutes=7,
    stage=9,
    stream="04:done",
    group=TEAM,
    values=("handled",),
    task="let ann finish what she had begun, then the rest; put each value into `handled`, and "
    "leave the group done.",
    praise="all seven were handled, nothing waits and nothing is pending: that is done.",
    wanted="0 to 6 in `handled`, in this order, all delivered, none pending.",
    sees=lambda s: f"handled = {listed(s.passed['handled'])}; {_account(s)}",
    solved=lambda s: (
        not s.waiting
        and s.group.pending == 0
        and s.stream.length == 7
        and texts(s.passed["handled"]) == _numbers(7)
    ),
    untouched=lambda s: (
        not s.passed["handled"] and s.pending == _numbers(3) and s.waiting == _numbers(3, 7)
    ),
    hints=(
        Hint(
            "restart-resumes",
            lambda s: (
                not s.waiting and s.pending == _numbers(3) and _handled(s) == set(_numbers(3, 7))
            ),
            "`>` gives only what was delivered to nobody; what ann had before the crash "
            "comes back to her with an ID instead, such as 0.",
        ),
        Hint(
            "lag-0-done",
            lambda s: not s.waiting and s.pending and _handled(s) >= set(_numbers(3, 7)),
            "the lag is 0, which is one half of done; the other half is that nothing is pending.",
        ),
        Hint(
            "zero-from-start",
            lambda s: s.waiting == _numbers(3, 7) and _handled(s) <= set(_numbers(3)),
            "an ID gives ann her own pending entries and nothing else; what is new to the "
            "group comes with `>`.",
        ),
        Hint(
            "ack-first",
            lambda s: not s.waiting and not s.pending and _handled(s) < set(_numbers(7)),
            "entries that aren't in `handled` aren't pending any longer, so they won't be "
            "delivered again: "
            "handle first, then acknowledge.",
        ),
    ),
)


def _work(seen: Seen) -> list[dict[str, str]]:
    return [e.fields for e in seen.beside[DONE].entries]


def _in_hand(seen: Seen) -> int:
    """How many were pending at once, at most, while there was work."""
    return max((int(fields["in_hand"]) for fields in _work(seen)), default=0)


def _worked(seen: Seen) -> set[str]:
    return {fields["value"] for fields in _work(seen)}


LOOP = Exercise(
    "04.loop",
    title="The loop, by hand",
    minutes=10,
    stage=26,
    consumers=("ann",),
    stream="04:loop",
    group=TEAM,
    beside=(DONE,),
    task="write ann's loop: read up to ten entries, call work(entry_id, fields) for each, "
    "acknowledge; until nothing comes.",
    praise="25 entries, each of them still pending while you worked on it, and none any longer.",
    wanted="work() called for 0 to 24, up to ten in hand, each still pending at that moment; then "
    "nothing pending and nothing to deliver.",
    sees=lambda s: (
        f"work() was called for {len(_worked(s))} of 25 entries; {s.group.pending} "
        f"pending, {len(s.waiting)} not delivered."
    ),
    solved=lambda s: (
        not s.waiting
        and s.group.pending == 0
        and s.stream.length == 25
        and _worked(s) == set(_numbers(25))
        and _in_hand(s) <= 10
        and all(fields["pending"] == "1" for fields in _work(s))
    ),
    untouched=lambda s: _nobody_read(s) and not _work(s),
    hints=(
        Hint("zero-from-start", _read_in_vain, ZERO),
        Hint(
            "ack-first",
            lambda s: any(fields["pending"] == "0" for fields in _work(s)),
            "at the time of work() an entry wasn't pending: acknowledged too early, or "
            "never delivered (XRANGE only looks).",
        ),
        Hint(
            "ack-once",
            lambda s: 0 < s.group.pending < 25 and not s.waiting and len(_worked(s)) == 25,
            "XACK takes off the list what it is given and nothing before it: give it each "
            "entry's ID.",
        ),
        Hint(
            "lag-0-done",
            lambda s: s.pending and not s.waiting and len(_worked(s)) == 25,
            "all was worked on, but the server doesn't know: acknowledge (an XACK that "
            "answers 0 met a wrong group, stream or ID).",
        ),
        Hint(
            "no-count",
            lambda s: _in_hand(s) > 10,
            "more than ten were in hand at once, and after a crash all of it is done again: "
            "read up to ten, with COUNT, and acknowledge "
            "them before you read on.",
        ),
        Hint(
            "one-read",
            lambda s: _work(s) and s.waiting and not s.pending,
            "COUNT is the most that comes at once, not all there is: go on reading until a "
            "reply is empty.",
        ),
    ),
)

EXERCISES = [TURNS, HANDOVER, DONE_AFTER_CRASH, LOOP]
