"""Lesson 07, Poison entries: dead-letter those that exceed a limit and no others, bring back
what was mended, and tell poison from an outage."""

from helpers.checks.exercise import Exercise, Hint, Seen, acknowledge, listed
from helpers.checks.plain_data import texts
from helpers.connection.sent import Sent


def _dead(seen: Seen) -> list[str]:
    return sorted(letter.value for letter in seen.stream.dead)


def _tried(seen: Seen) -> list[str]:
    return texts(seen.passed["tried"])


def _holder(seen: Seen, value: str) -> tuple[str, int] | None:
    """Who has the entry of this value, and how often it was delivered."""
    return next(((e.owner, e.deliveries) for e in seen.stream.pending if e.value == value), None)


def _claimed(seen: Seen) -> Sent | None:
    """The last claim or read of the learner's own, which was a delivery."""
    deliveries = ("XCLAIM", "XAUTOCLAIM", "XREADGROUP")
    return next((each for each in reversed(seen.sent) if each.command in deliveries), None)


def _elsewhere(seen: Seen, dead: str) -> str:
    """The key to which copies went, if that isn't the dead-letter stream."""
    return next((each.key for each in seen.did("XADD") if each.key != dead), "")


DECIDE = Exercise(
    "07.decide",
    title="Before the handler",
    minutes=8,
    after=1,
    stage=13,
    stream="07:decide",
    group="consumerGroup",
    values=("tried", "done"),
    task="let bob go through what alice has pending: dead-letter it, or claim and handle it.",
    praise="the bomb never reached the handler, and `word` has another chance.",
    wanted="`bomb` in 07:decide:dead and never tried, a and b in `done` and acknowledged, and "
    "`word` pending with bob.",
    sees=lambda s: (
        f"tried: {listed(_tried(s))}; dead letters: {listed(_dead(s))}; pending: "
        + listed([f"{e.value} with {e.owner}" for e in s.stream.pending])
        + "."
    ),
    solved=lambda s: (
        _dead(s) == ["bomb"]
        and sorted(_tried(s)) == ["a", "b", "word"]
        and sorted(texts(s.passed["done"])) == ["a", "b"]
        and s.pending == ["word"]
        and _holder(s, "word") == ("bob", 2)
    ),
    untouched=lambda s: (
        s.passed["tried"] == []
        and not s.stream.dead_letters
        and s.pending == ["a", "bomb", "word", "b"]
        and not s.stream.pending_of("bob")
    ),
    hints=(
        Hint(
            "limit-after",
            lambda s: "bomb" in _tried(s),
            "`handle` got the bomb, which would have killed bob: it had been delivered three "
            "times, and what has reached the limit (>=) isn't handled any more.",
        ),
        Hint(
            "copy-is-move",
            lambda s: set(_dead(s)) & set(s.pending),
            "what is in both places will be delivered again, and copied again: the copy and "
            "the acknowledgement belong together.",
        ),
        Hint(
            "claim-to-look",
            lambda s: _claimed(s) and ("bomb" in s.pending_of("bob") or _dead(s) == ["b", "bomb"]),
            lambda s: (
                f"`{_claimed(s).line}` was a delivery, too, and only then you compared: what "
                "`pending` says before the claim is what counts."
            ),
        ),
        Hint(
            "neighbours-guilty",
            lambda s: {"a", "b", "word"} & set(_dead(s)) - set(_tried(s)),
            lambda s: (
                f"{listed(sorted({'a', 'b', 'word'} & set(_dead(s)) - set(_tried(s))))} below the "
                "limit and untried, and dead letters now: look at each one's deliveries."
            ),
        ),
        Hint(
            "first-failure",
            lambda s: "word" in _dead(s),
            lambda s: (
                "`word` was tried until it reached the limit: here each entry gets one try, and "
                "what fails then stays pending."
                if _tried(s).count("word") > 1
                else "`word` is a dead letter after one failure: below the limit it stays pending "
                "with bob, for another try."
            ),
        ),
        Hint(
            "ack-buries",
            lambda s: {"bomb", "word"} - {*s.pending, *_dead(s)},
            lambda s: (
                listed(sorted({"bomb", "word"} - {*s.pending, *_dead(s)}))
                + " was acknowledged, and is nowhere now: acknowledge only what `handle` "
                "returned from, or what has a copy."
            ),
        ),
        Hint(
            "unacked",
            lambda s: set(texts(s.passed["done"])) & set(s.pending),
            lambda s: (
                "handled and still pending: "
                + listed(sorted(set(texts(s.passed["done"])) & set(s.pending)))
                + "; "
                + acknowledge(s, "acknowledge each entry when `handle` has returned.")
            ),
        ),
        Hint(
            "poison-stops",
            lambda s: _tried(s).count("word") == 1 and "b" not in _tried(s),
            "the error of `word` ended everything, and b had to wait: catch it around `handle` "
            "alone, and go on with the next entry.",
        ),
        Hint(
            "uncounted-try",
            lambda s: "word" in _tried(s) and _holder(s, "word")[0] != "bob",
            lambda s: (
                "`word` was claimed for alice, who won't come back: claim it for bob."
                if _holder(s, "word")[1] > 1
                else "`word` was tried, and still is alice's and counts as delivered once: claim "
                "each entry for bob before you handle it, or no limit is ever reached."
            ),
        ),
    ),
)

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
            lambda s: (
                f"the copies went to `{_elsewhere(s, '07:limit:dead')}`, where nobody looks for "
                "them: the dead letters of 07:limit are in 07:limit:dead."
                if _elsewhere(s, "07:limit:dead")
                else "b and d are acknowledged and not in 07:limit:dead, so nobody will look at "
                "them: first the copy, then the acknowledgement."
            ),
        ),
        Hint(
            "look-by-reading",
            lambda s: {"a", "c", "e"} & set(_dead(s)) and _claimed(s),
            lambda s: (
                f"`{_claimed(s).line}` was one more delivery of what it returned, so it counted "
                "against a, c and e: XPENDING only looks."
            ),
        ),
        Hint(
            "limit-is-two",
            lambda s: _dead(s) == ["b", "c", "d"],
            "c had been delivered twice when you looked, which is below three: is your limit two, "
            "or was c read or claimed before?",
        ),
        Hint(
            "limit-is-beyond",
            lambda s: _dead(s) == ["b"],
            "d was delivered three times and belongs there, too: what has reached the limit (>=) "
            "goes, because a fourth delivery is what the limit is to prevent.",
        ),
        Hint(
            "neighbours-guilty",
            lambda s: {"a", "c", "e"} & set(_dead(s)),
            "a, c and e were delivered once or twice, like any entry that somebody crashed "
            "beside: look at each one's deliveries.",
        ),
        Hint(
            "ack-early",
            lambda s: _dead(s) == ["b", "d"],
            "b and d are where they belong, but a, c and e aren't all pending any more: leave "
            "those to alice.",
        ),
    ),
)


def _brought_back(seen: Seen) -> list[str]:
    return seen.values[3:]


def _is_handled(seen: Seen) -> bool:
    return not seen.group.pending and not seen.reach(seen.group)


def _died_again(seen: Seen) -> bool:
    """Tell whether an entry that was brought back has become a dead letter itself."""
    again = {entry.id for entry in seen.stream.entries[3:]}
    return any(letter.fields.get("dead:id") in again for letter in seen.stream.dead)


READABLE = ["3,50", "4,20"]


def _anywhere(seen: Seen) -> list[str]:
    """What is dead-lettered or brought back."""
    return [*_dead(seen), *_brought_back(seen)]


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
    untouched=lambda s: len(_dead(s)) == 3 and not _brought_back(s) and not s.passed["prices"],
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
            "replay-is-handled",
            _died_again,
            lambda s: (
                f"{listed(sorted(set(_brought_back(s)) & set(_dead(s))))} came back, failed again, "
                "and became a dead letter once more: the handler that you gave to the consumer "
                "must understand the comma first."
            ),
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
            lambda s: (
                f"{listed([v for v in (*READABLE, 'free') if v not in _anywhere(s)])} in neither "
                "stream: first add a price to the stream, then delete that dead letter, or let "
                "one script do both."
            ),
        ),
        Hint(
            "replay-edited",
            lambda s: set(_brought_back(s)) - {*READABLE, "free"},
            lambda s: (
                f"{listed(sorted(set(_brought_back(s)) - {*READABLE, 'free'}))} isn't what was "
                "sent: bring an entry back as it is, and let the handler understand it."
            ),
        ),
        Hint(
            "keeps-type",
            lambda s: sorted(s.passed["prices"]) == READABLE,
            "`prices` holds texts: the handler is to make numbers of them, 3.5 and 4.2.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and not _is_handled(s),
            "they are new entries now, and nobody has handled them yet: run a consumer with "
            "the better handler until the group is done.",
        ),
    ),
)


def _paid(seen: Seen) -> list[str]:
    return sorted(texts(seen.passed["paid"]))


GOOD = {"30", "12"}

OUTAGE = Exercise(
    "07.outage",
    title="Outage or poison",
    minutes=7,
    stage=4,
    stream="07:outage",
    group="consumerGroup",
    values=("paid",),
    task="write a handler, and let through_an_outage run it.",
    praise="the outage cost nothing, and `ten` waits for somebody who knows what it means.",
    wanted="30 and 12 paid once each, only `ten` dead-lettered, and nothing pending.",
    sees=lambda s: (
        f"dead letters: {listed(_dead(s))}; pending: {listed(s.pending)}; paid: {listed(_paid(s))}."
    ),
    solved=lambda s: _dead(s) == ["ten"] and _is_handled(s) and _paid(s) == sorted(GOOD),
    untouched=lambda s: len(s.waiting) == 3 and not _paid(s),
    hints=(
        Hint(
            "poison-passes",
            lambda s: GOOD & set(_dead(s)) and "ten" in s.pending,
            lambda s: (
                f"{listed(sorted(GOOD & set(_dead(s))))} became dead letters, and `ten` still "
                "comes back: it is the other way round. What `int` raises stays; what the database "
                "raises passes."
            ),
        ),
        Hint(
            "outage-is-poison",
            lambda s: GOOD & set(_dead(s)),
            lambda s: (
                f"{listed(sorted(GOOD & set(_dead(s))))} became dead letters because the database "
                "was away: raise `Retry` when it doesn't answer. Its exception is "
                "`redis.ConnectionError`, which isn't Python's own `ConnectionError`."
            ),
        ),
        Hint(
            "return-is-done",
            lambda s: not s.group.consumers,
            "no consumer has run with your handler yet: call `through_an_outage(handle)` below it.",
        ),
        Hint(
            "handler-waits",
            lambda s: {*s.pending, *s.waiting} & GOOD,
            "payments are still waiting, because a handler didn't come back while the database was "
            "away: don't wait inside it, but raise `Retry`, so that the others go on.",
        ),
        Hint(
            "poison-passes",
            lambda s: "ten" in s.pending,
            "`ten` comes back again and again: no database makes a number of it. Let only what "
            "the database raises become a `Retry`.",
        ),
        Hint(
            "another-name",
            lambda s: GOOD - set(_paid(s)) and ".rpush" in s.code and "shop.rpush" not in s.code,
            "what you push goes to another server than the payments' database: `shop` is the "
            "client that leads there.",
        ),
        Hint(
            "return-is-done",
            lambda s: GOOD - set(_paid(s)),
            lambda s: (
                f"{listed(sorted(GOOD - set(_paid(s))))}: acknowledged, and never paid. A handler "
                "that returns says that its work is done, so an error that you catch must be "
                "raised again, as `Retry`."
            ),
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" in _paid(s),
            "`ten` was paid, as the text that it is: make a number of the value with `int`, which "
            "raises for it, and then its tries count.",
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" not in _dead(s),
            "`ten` was acknowledged, and is no dead letter: let the error that `int` raises come "
            "through, so that its tries count.",
        ),
    ),
)

EXERCISES = [DECIDE, LIMIT, REPLAY, OUTAGE]
