"""Lesson 07, Poison entries: dead-letter only the entries at the limit, replay those whose cause is
fixed, and tell poison from an outage."""

import ast
import re
from collections.abc import Callable

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.explanations import explained
from helpers.checks.plain_data import texts
from helpers.checks.signs import TAKING, acknowledge
from helpers.checks.wording import differs, listed, said
from helpers.connection.cells import INTERRUPTED, syntax_nodes
from helpers.connection.origins import ARGUMENT
from helpers.connection.sent import SCRIPTS, Sent
from helpers.plurals import count


def _dead(seen: Seen) -> list[str]:
    return sorted(letter.value for letter in seen.stream.dead)


def _without_note(seen: Seen) -> str:
    """Say that a dead letter has no note; "" if each says where it came from, or why."""
    if all(any(name.startswith("dead:") for name in e.fields) for e in seen.stream.dead):
        return ""
    return (
        "a dead letter has no note that `replay` can tell from the entry's own fields: copy it "
        "with fields such as `dead:id` and `dead:reason`, as `dead_letter` does."
    )


def _removed_first(seen: Seen, stream: str, removed: Callable[[Sent], int]) -> str:
    """Say which command removed an entry whose copy was added to `stream` only later; or "".

    `removed` is how many such entries a command removed.
    """
    copies = 0
    for each in (each for each in seen.sent if not each.together and not each.error):
        copies += (each.command == "XADD" and each.key == stream) - removed(each)
        if copies < 0:
            return (
                f"`{each.line}` came before the XADD of the copy, so a crash in between would lose "
                "the entry: add the copy first, or let one script do both."
            )
    return ""


def _acked_first(seen: Seen) -> str:
    """Say that a dead letter was acknowledged before it was copied; or ""."""
    ids = {entry.id for entry in seen.stream.entries if entry.value in _dead(seen)}
    return _removed_first(
        seen,
        f"{seen.stream.stream}:dead",
        lambda e: len(ids & {*e.words}) if e.command == "XACK" and e.answer else 0,
    )


def _deleted_first(seen: Seen) -> str:
    """Say that a dead letter was deleted before it was added to the stream again; or ""."""
    dead = f"{seen.stream.stream}:dead"
    return _removed_first(
        seen,
        seen.stream.stream,
        lambda e: e.answer if (e.command, e.key) == ("XDEL", dead) else 0,
    )


def _taken_for_bob(seen: Seen) -> int:
    """Return how many entries the learner's claims got for Bob."""
    claims = [e for e in seen.did("XCLAIM", "XAUTOCLAIM") if e.consumer == "bob" and not e.empty]
    return sum(len(e.answer[1] if e.command == "XAUTOCLAIM" else e.answer) for e in claims)


def _unclaimed(seen: Seen) -> str:
    """Say that the handler got an entry that nobody had claimed; or ""."""
    if not seen.watched or _taken_for_bob(seen) >= 3:
        return ""
    return (
        "`handle` got entries that were still Alice's, so a crash there wouldn't count as a try: "
        "claim each entry for Bob first."
    )


FILLS = r"\b(tried|done)(\.append|\.extend|\.insert|\s*\+=)"


def _beyond(seen: Seen) -> str:
    """Say what filled the lists in place of `handle`, which claim delivered the bomb again, or that
    `dead_letter` got an entry below the limit, and just didn't find it as it was listed; or ""."""
    if seen.times(FILLS):
        return (
            "your own code puts something into `tried` or `done`, which only `handle` fills: "
            "call it for each entry below the limit."
        )
    if claim := _got(seen, "bomb"):
        return (
            f"`{claim.line}` delivered the bomb again: compare the count that `pending` shows "
            "before any claim, and claim only entries below the limit."
        )
    if "dead_letter(" not in seen.code or re.search("xpending|entry_id=", seen.code):
        return ""
    # `dead_letter` asks for one entry, and does nothing if it was claimed since it was listed
    asked = {e.words[3] for e in seen.did("XPENDING") if e.words[3:4] == e.words[4:5]}
    return (
        "your code passed `word` to `dead_letter`, too, which moved nothing only because you "
        "claimed it after listing it: below the limit, a failed entry stays pending."
        if asked & {entry.id for entry in seen.stream.pending}
        else ""
    )


def _buried(seen: Seen) -> list[str]:
    """Return which of the entries that can't be handled are neither pending nor dead letters."""
    there = {"bomb", "word"} & set(seen.values)
    return sorted(there - {*seen.pending, *_dead(seen)})


def _tried(seen: Seen) -> list[str]:
    return texts(seen.passed["tried"])


def _holder(seen: Seen, value: str) -> tuple[str, int] | None:
    """Return the owner of the entry with this value, and how many times it was delivered."""
    return next(((e.owner, e.deliveries) for e in seen.stream.pending if e.value == value), None)


def _only_read(seen: Seen) -> bool:
    """Tell whether the learner's code has only read, and all entries are still Alice's, untried."""
    reads = seen.did("XREADGROUP") or "Consumer(" in seen.code
    return bool(reads and len(seen.stream.pending_of("alice")) == 4 and not _tried(seen))


def _claimed(seen: Seen) -> Sent | None:
    """Return the learner's last claim or read that counted as a delivery."""
    taken = seen.did("XCLAIM", "XAUTOCLAIM", "XREADGROUP")
    counted = [e for e in taken if not (e.empty or e.error or "JUSTID" in e.words)]
    return next(reversed(counted), None)


def _got(seen: Seen, value: str) -> Sent | None:
    """Return the learner's last claim or read of the entry with this value, if that counted as a
    delivery."""
    ids = [entry.id for entry in seen.stream.entries if entry.value == value]
    for each in reversed([e for e in seen.did(*TAKING) if "JUSTID" not in e.words and not e.empty]):
        # XAUTOCLAIM's reply begins with the ID to go on with, which it didn't claim
        got = str(each.answer[1:2] if each.command == "XAUTOCLAIM" else each.answer)
        if any(i in got for i in ids):
            return each
    return None


def _raised(seen: Seen) -> list[str]:
    """Return the untried dead letters that only a claim or read has brought to the limit."""
    untried = {"a", "b", "word"} - {*_tried(seen)}
    often = [e.value for e in seen.stream.dead if int(e.fields.get("dead:deliveries", 0)) >= 3]
    return sorted(value for value in untried & {*often} if _got(seen, value))


def _from_alice(seen: Seen) -> str:
    """Say that an entry below the limit got another owner in 07.limit; or ""."""
    taken = next((e for e in seen.stream.pending if e.owner != "alice"), None)
    if not taken:
        return ""
    return (
        f"`{taken.value}` is pending for {taken.owner or 'nobody'} now, but the task leaves it to "
        "Alice: look with XPENDING, which claims nothing."
    )


def _claimed_since(seen: Seen) -> Sent | None:
    """Return a claim or read of an entry at the limit after which the pending entries weren't
    listed again, so that `dead_letter` refused to move it; or None."""
    if "dead_letter(" not in seen.code:
        return None
    limit = AT_LIMIT[seen.stream.stream]
    left = [entry.id for entry in seen.stream.pending if entry.value in limit]
    # A list has a range; for one entry, `dead_letter` asks itself
    acts = [e for e in seen.sent if e.command in TAKING or "XPENDING" in e.words and "+" in e.words]
    for each, then in zip(acts, [*acts[1:], None], strict=True):
        listed_next = then and then.command == "XPENDING"
        if each.command in TAKING and not listed_next and any(i in str(each) for i in left):
            return each
    return None


LACKING = (
    "a dead letter lacks its entry's own fields, so nobody can replay it: have `dead_letter` copy "
    "them, or take them from XRANGE."
)


def _miscopied(seen: Seen) -> str:
    """Say what is wrong with the copies of acknowledged entries; "" if there are none."""
    stream, dead = seen.stream.stream, f"{seen.stream.stream}:dead"
    for each in seen.did("RPUSH", "LPUSH", "SADD", "SET", "HSET", "ZADD"):
        if each.key == dead and not each.error:
            return f"`{each.line}` adds to no stream, so add each copy with XADD."
    other = next((each.key for each in seen.did("XADD") if each.key != dead), "")
    if other:
        return f"the copies went to `{other}`, but dead letters of {stream} belong in {dead}."
    return LACKING if "" in _dead(seen) or set(_dead(seen)) - set(seen.values) else ""


def _left(seen: Seen) -> dict[str, int]:
    """Return the delivery count of each pending entry, by value."""
    return {e.value: e.deliveries for e in seen.stream.pending}


def _delivered_again(seen: Seen) -> bool:
    """Tell whether an entry of 07.limit below the limit was delivered since the stub."""
    return any(
        _left(seen).get(value, 0) > times for value, times in {"a": 1, "c": 2, "e": 1}.items()
    )


AT_LIMIT = {"07:decide": ("bomb",), "07:limit": ("b", "d")}
"""The values of each stream that belong among its dead letters."""

CLAIMED_SINCE = Hint(
    "claim-to-look",
    _claimed_since,
    lambda s: (
        f"`{_claimed_since(s).line}` came after you had listed the pending entries, and then "
        "`dead_letter` returns False, because another consumer may be working on the entry: move "
        "it without claiming or reading it."
    ),
)

IN_BOTH_PLACES = Hint(
    "copy-is-move",
    lambda s: set(_dead(s)) & set(s.pending),
    lambda s: (
        "an entry is a dead letter and still pending, so it will be delivered and copied again: "
        + acknowledge(s, "copy and acknowledge it in one step.")
    ),
)


def _uncounted(seen: Seen) -> str:
    """Say for whom `word` is pending, if not for Bob, or why its delivery count isn't right."""
    owner, deliveries = _holder(seen, "word")
    if owner == "alice" and deliveries > 1:
        return "`word` was delivered to Alice again, who won't come back: claim it for Bob."
    if owner == "alice":
        return (
            "`word` was tried, but is still Alice's and counts as delivered once: claim each entry "
            "for Bob before handling it, or it never reaches the limit."
        )
    if owner != "bob":
        return (
            f"`word` is pending for `{owner}`, and to the server another name is another consumer: "
            "claim each entry for `bob`."
        )
    return (
        f"`word` counts as delivered {count(deliveries, 'time')}, but a single claim would make "
        "that two: claim each entry once, without `justid`, which doesn't count, and don't read it "
        "again."
    )


DECIDE = Exercise(
    "07.decide",
    given={FILLS: 2},
    title="Before the handler",
    minutes=8,
    after=1,
    stage=13,
    stream="07:decide",
    group="consumerGroup",
    values=("tried", "done"),
    task="have Bob go through Alice's pending entries: dead-letter each one, or claim and "
    "handle it.",
    praise="the bomb never reached the handler, and `word` gets another chance.",
    wanted="`bomb` in 07:decide:dead and never tried, a and b in `done` and acknowledged, and "
    "`word` pending for Bob.",
    sees=lambda s: (
        f"tried: {listed(_tried(s))}; dead letters: {listed(_dead(s))}; pending: "
        + listed([f"{e.value} for {e.owner}" for e in s.stream.pending])
        + "."
    ),
    solved=lambda s: (
        _dead(s) == ["bomb"]
        and sorted(_tried(s)) == ["a", "b", "word"]
        and sorted(texts(s.passed["done"])) == ["a", "b"]
        and s.pending == ["word"]
        and _holder(s, "word") == ("bob", 2)
    ),
    by_hand=lambda s: _without_note(s) or _acked_first(s) or _unclaimed(s) or _beyond(s),
    untouched=lambda s: (
        s.passed["tried"] == []
        and not s.stream.dead_letters
        and s.pending == ["a", "bomb", "word", "b"]
        and not _only_read(s)
    ),
    slip=lambda s: (
        differs("`tried`", sorted(_tried(s)), ["a", "b", "word"])
        or differs("`done`", sorted(texts(s.passed["done"])), ["a", "b"])
    ),
    hints=(
        Hint(
            "restart-resumes",
            _only_read,
            "Bob got nothing: a read takes no entries from Alice, and a `Consumer` takes them only "
            "while it runs, with a `min_idle_ms` that they have reached. So claim each entry for "
            "Bob with `r.xclaim`.",
        ),
        Hint(
            "limit-after",
            lambda s: "bomb" in _tried(s),
            lambda s: (
                "`handle` got the bomb, which would have killed Bob: it had been delivered three "
                "times, and entries at the limit (>=) aren't handled again."
                + " A `Consumer` counts only its own tries."
                * ("Consumer(" in s.code)
            ),
        ),
        IN_BOTH_PLACES,
        CLAIMED_SINCE,
        Hint(
            "claim-to-look",
            _raised,
            lambda s: (
                f"`{_got(s, _raised(s)[0]).line}` counted as a delivery, too, so {_raised(s)[0]} "
                "was at the limit after it: compare the count that `pending` shows before the "
                "claim."
            ),
        ),
        Hint(
            "claim-to-look",
            lambda s: "bomb" in s.pending_of("bob"),
            "the bomb is pending for Bob, although it was at the limit: compare the count that "
            "`pending` shows before the claim, and claim only entries below the limit.",
        ),
        Hint(
            "neighbors-guilty",
            lambda s: {"a", "b", "word"} & set(_dead(s)) - set(_tried(s)),
            lambda s: (
                "you dead-lettered "
                f"{listed(sorted({'a', 'b', 'word'} & set(_dead(s)) - set(_tried(s))))}, untried "
                "and at first below the limit: check each entry's own delivery count."
            ),
        ),
        Hint(
            "first-failure",
            lambda s: "word" in _dead(s),
            lambda s: (
                f"`word` was tried {_tried(s).count('word')} times: here each entry gets one try, "
                "and stays pending if that fails."
                if _tried(s).count("word") > 1
                else "`word` is a dead letter after one failure: below the limit, it stays "
                "pending for Bob, for another try."
            ),
        ),
        Hint(
            "ack-buries",
            _buried,
            lambda s: (
                f"{listed(_buried(s))} got acknowledged, but neither handled nor dead-lettered: "
                + (
                    ("bomb" in _buried(s) and _miscopied(s))
                    or "acknowledge an entry only after `handle` has returned, or once its copy "
                    "is a dead letter."
                )
            ),
        ),
        Hint(
            "unacked",
            lambda s: set(texts(s.passed["done"])) & set(s.pending),
            lambda s: (
                "handled and still pending: "
                + listed(sorted(set(texts(s.passed["done"])) & set(s.pending)))
                + "; "
                + acknowledge(s, "acknowledge each entry after `handle` has returned.")
            ),
        ),
        Hint(
            "poison-stops",
            lambda s: (
                _tried(s).count("word") == 1
                and "b" not in _tried(s)
                and (not s.error or "ValueError: word" in s.error)
            ),
            "the error from `word` ended everything, and b had to wait: catch the error around "
            "`handle` alone, and go on with the next entry.",
        ),
        Hint(
            "uncounted-try",
            lambda s: (
                "word" in _tried(s)
                and (
                    _holder(s, "word")[0] != "bob"
                    or (_tried(s).count("word") == 1 and _holder(s, "word")[1] != 2)
                )
            ),
            _uncounted,
        ),
    ),
)


def _by_place(seen: Seen) -> str:
    """Say that the code takes the entries by their places, not by their delivery counts; or ""."""
    compares = any(isinstance(node, ast.Compare) for node in syntax_nodes(seen.code))
    if not seen.code or compares or seen.times("deliver") or "redis.call" in seen.code:
        return ""
    return (
        "your code never looks at a delivery count, and other entries have other counts: compare "
        "each line's `deliveries` with the limit."
    )


def _unmoved(seen: Seen) -> str:
    """Say that nothing was moved, or something without an entry's fields, or too much; or ""."""
    if not seen.stream.dead:
        return (
            "nothing was moved: `pending` says how many times each entry was delivered, so pass "
            "its lines with 3 or more to `dead_letter`."
        )
    if set(_dead(seen)) <= set("abcde"):
        return differs("07:limit:dead", _dead(seen), ["b", "d"])
    return LACKING


LIMIT = Exercise(
    "07.limit",
    title="Just the poison",
    minutes=4,
    stage=16,
    stream="07:limit",
    group="consumerGroup",
    task="move entries delivered three times or more from 07:limit to its dead-letter stream, each "
    "with a note.",
    praise="b and d are dead letters, and Alice still has a, c and e to handle.",
    wanted="b and d in 07:limit:dead, and a, c and e still pending.",
    sees=lambda s: f"dead letters: {listed(_dead(s))}; pending: {listed(s.pending)}.",
    solved=lambda s: _dead(s) == ["b", "d"] and _left(s) == {"a": 1, "c": 2, "e": 1},
    given={"deliver": 2},
    by_hand=lambda s: _without_note(s) or _acked_first(s) or _from_alice(s) or _by_place(s),
    slip=_unmoved,
    untouched=lambda s: not s.stream.dead_letters and s.pending == ["a", "b", "c", "d", "e"],
    hints=(
        IN_BOTH_PLACES,
        CLAIMED_SINCE,
        Hint(
            "ack-buries",
            lambda s: s.pending == ["a", "c", "e"] and not s.stream.dead_letters,
            lambda s: (
                _miscopied(s)
                or "b and d are acknowledged but not in 07:limit:dead, so nobody will look at "
                "them: copy first, then acknowledge."
            ),
        ),
        Hint(
            "look-by-reading",
            lambda s: ({"a", "c", "e"} & set(_dead(s)) or _delivered_again(s)) and _claimed(s),
            lambda s: (
                f"`{_claimed(s).line}` counted as another delivery, but a, c and e must stay as "
                "they are: XPENDING lists entries without delivering them, so read or claim none."
            ),
        ),
        Hint(
            "limit-is-two",
            lambda s: _dead(s) == ["b", "c", "d"],
            "c had been delivered twice when you looked, which is below three: is your limit "
            "two, or did you read or claim c before that?",
        ),
        Hint(
            "limit-is-beyond",
            lambda s: _dead(s) in (["b"], ["d"]),
            lambda s: (
                "d was delivered three times, so move it, too: entries at the limit (>=) go, "
                "because the limit should prevent a fourth delivery."
                if _dead(s) == ["b"]
                else "b was delivered four times, so move it, too: all entries at or above the "
                "limit (>=) go."
            ),
        ),
        Hint(
            "neighbors-guilty",
            lambda s: {"a", "c", "e"} & set(_dead(s)),
            "a, c and e were delivered once or twice, like any entry that was pending in a "
            "crash: move only entries whose own delivery count has reached three.",
        ),
        Hint(
            "ack-buries",
            lambda s: not s.pending and not _dead(s),
            "all five are acknowledged, and none has a copy (a `Consumer` counts its own tries, "
            "and handles entries below its limit): look with `pending`, and move only b and d.",
        ),
        Hint(
            "ack-early",
            lambda s: _dead(s) == ["b", "d"] and {"a", "c", "e"} - set(s.pending),
            "b and d are in the right place, but a, c and e are no longer all pending: leave "
            "these three to Alice.",
        ),
    ),
)


def _brought_back(seen: Seen) -> list[str]:
    return seen.values[3:]


def _is_handled(seen: Seen) -> bool:
    return not seen.group.pending and not seen.reach(seen.group)


def _died_again(seen: Seen) -> str:
    """Return the error that made a replayed entry a dead letter again, or ""."""
    again = {entry.id for entry in seen.stream.entries[3:]}
    dead = [e.fields for e in seen.stream.dead if e.fields.get("dead:id") in again]
    return dead[-1].get("dead:error", "an error") if dead else ""


def _better(seen: Seen) -> str:
    """Say what the handler must be able to do before the next replay."""
    error = _died_again(seen)
    if "could not convert" in error:
        return "first give the consumer a handler that understands the comma."
    return f"first give the consumer a handler that doesn't end with {explained(error)}."


def _from_letters(seen: Seen) -> str:
    """Say that the numbers come from the dead letters, and not from what a handler got; or ""."""
    prices = seen.made.get("prices")
    if not prices or "dead_letters" not in prices.parts or ARGUMENT in prices.of:
        return ""
    return f"`{prices.line}` took dead letters: have the consumer's handler append each number."


def _unreplayed(seen: Seen) -> str:
    """Say that nothing is replayed, and which dead letters the script didn't find."""
    if "replay(" in seen.code and any(each.empty for each in seen.did(*SCRIPTS)):
        return (
            "your `replay` found no such dead letter: it takes the stream, and the letter's own "
            "ID, `letter.id`, not that of the entry it was."
        )
    return "nothing has been replayed yet: `replay` each dead letter that the handler can read now."


READABLE = ["3,50", "4,20"]


def _anywhere(seen: Seen) -> list[str]:
    """Return the values that are dead letters or were replayed."""
    return [*_dead(seen), *_brought_back(seen)]


REPLAY = Exercise(
    "07.replay",
    title="Fixed and replayed",
    minutes=8,
    stage=15,
    stream="07:replay",
    group="consumerGroup",
    values=("prices",),
    by_hand=lambda s: _from_letters(s) or _deleted_first(s),
    task="replay the two prices that a better handler can read, and have a consumer collect "
    "them in `prices`.",
    praise="3.5 and 4.2 were replayed and handled, and `free` waits for somebody who knows what "
    "it means.",
    wanted="3,50 and 4,20 at the end of the stream as they were sent, the numbers 3.5 and 4.2 in "
    "`prices`, and only `free` dead-lettered.",
    sees=lambda s: (
        f"dead letters: {listed(_dead(s))}; replayed: {listed(_brought_back(s))}; prices = "
        f"{said(s.passed['prices'])}."
    ),
    solved=lambda s: (
        _dead(s) == ["free"]
        and sorted(_brought_back(s)) == READABLE
        and _is_handled(s)
        and sorted(s.passed["prices"]) == [3.5, 4.2]
        and all(set(e.fields) == {"value"} for e in s.stream.entries)
    ),
    slip=lambda s: (
        _unreplayed(s)
        if len(_dead(s)) == 3 and not _brought_back(s)
        else differs("what was replayed", sorted(_brought_back(s)), READABLE)
    ),
    untouched=lambda s: len(_dead(s)) == 3 and not _brought_back(s) and not s.passed["prices"],
    hints=(
        Hint(
            "replay-all",
            lambda s: "free" in _brought_back(s),
            "you replayed `free`, which no better handler understands: replay only entries "
            "whose cause is fixed.",
        ),
        Hint(
            "replay-note",
            lambda s: any(name.startswith("dead:") for e in s.stream.entries for name in e.fields),
            "you replayed the note, too: leave out fields that begin with `dead:`, which aren't "
            "the entry's own.",
        ),
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < s.stream.entries_added,
            "entries of 07:replay were deleted, which the task doesn't ask for: handled entries "
            "stay there. Run the cell above again, and delete nothing but dead letters.",
        ),
        Hint(
            "replay-is-handled",
            _died_again,
            lambda s: (
                f"{listed(sorted(set(_brought_back(s)) & set(_dead(s))))} failed again after the "
                f"replay, and became a dead letter again: {_better(s)}"
            ),
        ),
        Hint(
            "replay-leaves",
            lambda s: set(_brought_back(s)) & set(_dead(s)),
            lambda s: (
                "a replayed entry is still in the dead-letter stream, so somebody will replay it "
                "again: "
                + (
                    f"your `{s.without_effect('XDEL').line}` deleted nothing. A dead letter has "
                    "an ID of its own, `letter.id`, in the dead-letter stream."
                    if s.without_effect("XDEL")
                    else "delete it there."
                )
            ),
        ),
        Hint(
            "replay-loses",
            lambda s: len(_brought_back(s)) + len(_dead(s)) < 3,
            lambda s: (
                f"{listed([v for v in (*READABLE, 'free') if v not in _anywhere(s)])} neither "
                "replayed nor still among the dead letters: "
                + (
                    "first add a price to the stream, then delete its dead letter, or let one "
                    "script do both."
                    if set(READABLE) - set(_anywhere(s))
                    else "leave it among the dead letters until somebody knows what it means."
                )
            ),
        ),
        Hint(
            "replay-edited",
            lambda s: set(_brought_back(s)) - {*READABLE, "free"},
            lambda s: (
                f"{listed(sorted(set(_brought_back(s)) - {*READABLE, 'free'}))} isn't what was "
                "sent: replay each entry unchanged, and give the consumer a handler that can "
                "read it."
            ),
        ),
        Hint(
            "replay-edited",
            lambda s: any(set(e.fields) != {"value"} for e in s.stream.entries[3:]),
            "a replayed entry has other fields than the one that was sent, `value`: replay each "
            "entry unchanged.",
        ),
        Hint(
            "keeps-type",
            lambda s: s.passed["prices"] and all(isinstance(p, str) for p in s.passed["prices"]),
            "`prices` holds text: have the handler turn it into numbers, 3.5 and 4.2.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and _is_handled(s),
            lambda s: (
                "both prices were acknowledged, but "
                + (
                    differs("`prices`", s.passed["prices"], [3.5, 4.2])
                    + " Only the handler appends, each price as a number, with a point for the "
                    "comma."
                    if s.passed["prices"]
                    else "`prices` is empty: an entry counts as handled when the handler returns. "
                    "By then, its number must be in that list; printing it, or keeping it in "
                    "a list of the handler's own, isn't enough."
                )
            ),
        ),
        Hint(
            "another-name",
            lambda s: any(key.endswith(":dead:dead") for e in s.sent for key in e.keys),
            "`replay` takes the stream that the entries came from, `PRICES`, and finds its dead "
            "letters by itself.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and not _is_handled(s),
            lambda s: (
                "both numbers are in `prices`, but a replayed entry is still pending: acknowledge "
                "each one, as a `Consumer` does."
                if s.pending and sorted(s.passed["prices"]) == [3.5, 4.2]
                else "replayed prices are new entries, and not all of them are handled: after the "
                "replay, run a consumer with the better handler until the group is done."
            ),
        ),
    ),
)


def _paid(seen: Seen) -> list[str]:
    return sorted(texts(seen.passed["paid"]))


OUTAGES = r"through_an_outage\("
STARTS = r"bank\.start"
TEN = r"""["']ten["']"""


def _called(seen: Seen) -> bool:
    """Tell whether through_an_outage is called, as far as the code is known."""
    return not seen.code or seen.times(OUTAGES) > 0


GOOD = {"30", "12"}


def _by_itself(seen: Seen) -> str:
    """Say what the code did in place of through_an_outage, the consumer or the list `paid`; or
    ""."""
    if seen.times(STARTS):
        return (
            "your code starts the database itself, but only `through_an_outage` starts and stops "
            "it: let the handler raise `Retry`, and leave `bank` alone."
        )
    if seen.times(TEN):
        return (
            "your code names `ten`, but the next poison may be another word: let the error from "
            "`int` out of the handler."
        )
    if "Connection" in _error_of(seen, {"ten"}):
        return (
            "`ten` became a dead letter because the database was down; otherwise it would be paid: "
            "let the error from `int` out of the handler."
        )
    paid = seen.made.get("paid")
    if paid and ".lrange" in paid.parts and "'paid'" not in paid.parts:
        return f"`{paid.line}` reads a list other than the task's: push to the list `paid`."
    return seen.sent_one(
        "RPUSH|LPUSH", "have the handler pay, and through_an_outage call it for each entry."
    )


def _stuck(seen: Seen) -> set[str]:
    """Return the good payments that are still pending or waiting."""
    return {*seen.pending, *seen.waiting} & GOOD


def _error_of(seen: Seen, values: set[str]) -> str:
    """Return the error that made one of these values a dead letter, or ""."""
    errors = (e.fields.get("dead:error", "") for e in seen.stream.dead if e.value in values)
    return next(errors, "")


def _failed(seen: Seen) -> str:
    """Return the error that made a good payment a dead letter, or ""."""
    return _error_of(seen, GOOD)


OUTAGE = Exercise(
    "07.outage",
    given={OUTAGES: 1, STARTS: 1, TEN: 1},
    title="Outage or poison",
    minutes=7,
    stage=4,
    stream="07:outage",
    group="consumerGroup",
    values=("paid",),
    by_hand=_by_itself,
    task="write a handler, and run it with through_an_outage.",
    praise="the outage cost no payment, and `ten` waits for somebody who knows what it means.",
    wanted="30 and 12 paid once each, only `ten` dead-lettered, and nothing pending.",
    sees=lambda s: (
        f"dead letters: {listed(_dead(s))}; pending: {listed(s.pending)}; paid: {listed(_paid(s))}"
        # `through_an_outage` reads `paid` last
        + (", as far as your cell got." if s.ended and not _paid(s) else ".")
    ),
    solved=lambda s: (
        _dead(s) == ["ten"] and _is_handled(s) and _paid(s) == sorted(GOOD) and _called(s)
    ),
    untouched=lambda s: len(s.waiting) == 3 and not _paid(s),
    hints=(
        Hint(
            "poison-passes",
            lambda s: GOOD & set(_dead(s)) and "ten" in s.pending,
            lambda s: (
                f"{listed(sorted(GOOD & set(_dead(s))))} became dead letters, and `ten` is tried "
                "again and again, so you swapped the two errors: `Retry` and `transient` are for "
                "errors from the database, which go away, and not for errors from `int`."
            ),
        ),
        Hint(
            "first-failure",
            lambda s: GOOD & set(_dead(s)) and not re.search("Connection|Timeout", _failed(s)),
            lambda s: (
                f"{listed(sorted(GOOD & set(_dead(s))))} became dead letters: your handler ended "
                f"with {explained(_failed(s))}."
                + " To report the outage, raise `Retry`."
                * (not re.search("Retry|transient", s.code))
            ),
        ),
        Hint(
            "outage-is-poison",
            lambda s: GOOD & set(_dead(s)),
            lambda s: (
                f"{listed(sorted(GOOD & set(_dead(s))))} became dead letters because the "
                "database was down: raise `Retry` when it doesn't reply. Its exception is "
                "`redis.ConnectionError`, which is neither an `OSError` nor Python's own "
                "`ConnectionError`."
            ),
        ),
        Hint(
            "return-is-done",
            lambda s: not s.group.consumers or not _called(s),
            lambda s: (
                "your handler hasn't gone through the outage"
                + (
                    ", because your cell ended before that."
                    if s.ended and _called(s)
                    else " yet: call `through_an_outage(handle)` below it."
                )
            ),
        ),
        Hint(
            "return-is-done",
            lambda s: "return Retry" in s.code and not _paid(s),
            "your handler returned `Retry`, and the consumer stopped at that: `raise` it, like "
            "any other error.",
        ),
        Hint(
            "handler-waits",
            lambda s: _stuck(s) and "success for failures" in s.error and "after=" in s.code,
            "with `after`, a consumer waits that many seconds before each try, so it failed fewer "
            "than nine times in 8 s: leave `after` out, so that the pauses grow by themselves.",
        ),
        Hint(
            "outage-is-poison",
            lambda s: (
                "success for failures" in s.error and "raise Retry" in s.code and not _dead(s)
            ),
            "the consumer failed fewer than nine times in 8 s. If your handler already raises "
            "`Retry` as soon as `rpush` fails, the machine is probably just busy: run the cell "
            "again.",
        ),
        Hint(
            "handler-waits",
            # On a slow machine, the consumer handles the rest before it is told to stop
            lambda s: (
                _stuck(s)
                and "success for failures" in (s.error or "success for failures")
                or ("success for failures" in s.error and "Retry" not in s.code)
            ),
            "while the database was down, your handler raised too few errors: it must neither wait "
            "nor keep them to itself. When the push fails, raise `Retry` at once, so that the "
            "consumer goes on with other payments.",
        ),
        Hint(
            "poison-passes",
            lambda s: "ten" in s.pending and s.ended != INTERRUPTED,
            "`ten` is tried again and again, but no database makes it a number: `Retry` and "
            "`transient` are only for errors from the database.",
        ),
        Hint(
            "replay-leaves",
            lambda s: _stuck(s) & set(_paid(s)) and s.ended != INTERRUPTED,
            lambda s: (
                f"paid, yet pending: {listed(sorted(_stuck(s) & set(_paid(s))))}. Your handler "
                "raised an error although the push had worked, so the entry was paid again at "
                "each try. Raise `Retry` only where `rpush` fails."
            ),
        ),
        Hint(
            "another-name",
            lambda s: (
                GOOD - set(_paid(s))
                and ".rpush" in s.code
                and not re.search(r"shop\.(rpush|pipeline)", s.code)
            ),
            "your push goes to a server other than the payments' database: use the client `shop`.",
        ),
        Hint(
            "return-is-done",
            lambda s: GOOD - set(_paid(s)) and s.times(OUTAGES) > 1,
            "you called `through_an_outage` again, which stops the database again and "
            "loses what was paid: run the cell above again, with one call.",
        ),
        Hint(
            "return-is-done",
            # An interrupt comes before `paid` is read
            lambda s: GOOD - set(_paid(s)) - _stuck(s) and s.ended != INTERRUPTED,
            lambda s: (
                "acknowledged, but not in the database's list `paid`: "
                f"{listed(sorted(GOOD - set(_paid(s)) - _stuck(s)))}. When a handler returns, its "
                "work counts as done: "
                + (
                    "when the push fails, `raise` a `Retry`, and let it leave the handler."
                    if "except" in s.code and re.search(r"push\(\s*.paid", s.code)
                    else 'before that, it must have called `shop.rpush("paid", number)`.'
                )
            ),
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" in _paid(s),
            "`ten` was paid, as text: before the push, convert the value with `int`, which raises "
            "an error for it, and then its tries count.",
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" not in {*_dead(s), *s.pending, *s.waiting},
            "`ten` was acknowledged, but isn't a dead letter: let the error from `int` out of "
            "the handler, so that its tries count.",
        ),
        Hint(
            "replay-leaves",
            lambda s: sorted(set(_paid(s))) == sorted(GOOD),
            "a payment is in the list `paid` more than once: push the number once for each entry.",
        ),
    ),
)

EXERCISES = [DECIDE, LIMIT, REPLAY, OUTAGE]
