"""Lesson 07, Poison entries: dead-letter only the entries at the limit, replay those whose cause is
fixed, and tell poison from an outage."""

import ast
import re
from collections.abc import Callable

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.explanations import explained
from helpers.checks.plain_data import texts
from helpers.checks.signs import TAKING, acknowledge
from helpers.checks.wording import agreeing, differs, listed, said
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
        "a dead letter has no note that `replay` can tell from the entry's own fields: add fields "
        "such as `dead:id` and `dead:reason` to the copy, as `dead_letter` does."
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
                f"`{each.line}` came before you added the copy, so a crash in between would lose "
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
        "`handle` got entries that were still pending for Alice, so if it crashed, that wouldn't "
        "count as an attempt: claim each entry for Bob first."
    )


FILLS = r"\b(tried|done)(\.append|\.extend|\.insert|\s*\+=)"


def _beyond(seen: Seen) -> str:
    """Say what filled the lists in place of `handle`, which claim delivered the bomb again, or that
    `dead_letter` got an entry below the limit, and just didn't find it as it was listed; or ""."""
    if seen.times(FILLS):
        return (
            "your own code puts something into `tried` or `done`, which only `handle` should fill: "
            "call `handle` for each entry below the limit."
        )
    if claim := _got(seen, "bomb"):
        return (
            f"`{claim.line}` delivered the bomb again: first check the delivery count that "
            "`pending` shows, and claim only entries below the limit."
        )
    if "dead_letter(" not in seen.code or re.search("xpending|entry_id=", seen.code):
        return ""
    # `dead_letter` asks for one entry, and does nothing if it was claimed since it was listed
    asked = {e.words[3] for e in seen.did("XPENDING") if e.words[3:4] == e.words[4:5]}
    return (
        "your code passed `word` to `dead_letter`, too, which left it alone only because you had "
        "claimed the entry after listing it: a failed entry below the limit should stay pending."
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
        f"`{taken.value}` is now pending for {taken.owner or 'nobody'} instead of Alice: list the "
        "entries with XPENDING, which claims nothing."
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
    "a dead letter doesn't contain its entry's own fields, so nobody can replay it: have "
    "`dead_letter` copy them, or get them with XRANGE."
)


def _miscopied(seen: Seen) -> str:
    """Say what is wrong with the copies of acknowledged entries; "" if there are none."""
    stream, dead = seen.stream.stream, f"{seen.stream.stream}:dead"
    for each in seen.did("RPUSH", "LPUSH", "SADD", "SET", "HSET", "ZADD"):
        if each.key == dead and not each.error:
            return f"`{each.line}` doesn't add to a stream: add each copy with XADD."
    other = next((each.key for each in seen.did("XADD") if each.key != dead), "")
    if other:
        return f"the copies went to `{other}`, but the dead letters of {stream} belong in {dead}."
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
        f"`{_claimed_since(s).line}` came after you had listed the pending entries, so "
        "`dead_letter` returns False, because another consumer may be working on the entry. Move "
        "it without claiming or reading it first."
    ),
)

IN_BOTH_PLACES = Hint(
    "copy-is-move",
    lambda s: set(_dead(s)) & set(s.pending),
    lambda s: (
        "an entry is a dead letter, but is also still pending, so it will be delivered and copied "
        "again: " + acknowledge(s, "copy and acknowledge it in one step.")
    ),
)


def _uncounted(seen: Seen) -> str:
    """Say for whom `word` is pending, if not for Bob, or why its delivery count isn't right."""
    owner, deliveries = _holder(seen, "word")
    if owner == "alice" and deliveries > 1:
        return "`word` was delivered to Alice again, but she won't come back: claim it for Bob."
    if owner == "alice":
        return (
            "`word` was tried, but it's still pending for Alice and counts as delivered only once: "
            "claim each entry for Bob before you handle it, or it will never reach the limit."
        )
    if owner != "bob":
        return (
            f"`word` is pending for `{owner}`, and to the server, a different name is a different "
            "consumer: claim each entry for `bob`."
        )
    return (
        f"`word` counts as delivered {count(deliveries, 'time')}, but after a single claim, the "
        "count would be two: claim each entry once, without `justid`, which doesn't count as a "
        "delivery, and don't read it again."
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
    task="have Bob go through Alice's pending entries, dead-letter those at the limit, and claim "
    "and handle the others.",
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
            "Bob got nothing: reading takes no entries away from Alice, and a `Consumer` claims "
            "them only while it runs, once they've been idle for `min_idle_ms`. So claim each "
            "entry for Bob with `r.xclaim`.",
        ),
        Hint(
            "limit-after",
            lambda s: "bomb" in _tried(s),
            lambda s: (
                "`handle` got the bomb, which would have killed Bob: the bomb had been delivered "
                "three times, and entries at the limit (>=) must not be handled again."
                + " A `Consumer` counts only its own attempts, not these deliveries."
                * ("Consumer(" in s.code)
            ),
        ),
        IN_BOTH_PLACES,
        CLAIMED_SINCE,
        Hint(
            "claim-to-look",
            _raised,
            lambda s: (
                f"`{_got(s, _raised(s)[0]).line}` counted as a delivery, too, which brought "
                f"{_raised(s)[0]} to the limit: check the delivery count that `pending` shows "
                "before you claim an entry."
            ),
        ),
        Hint(
            "claim-to-look",
            lambda s: "bomb" in s.pending_of("bob"),
            "the bomb is now pending for Bob, although it was at the limit: first check the "
            "delivery count that `pending` shows, and claim only entries below the limit.",
        ),
        Hint(
            "neighbors-guilty",
            lambda s: {"a", "b", "word"} & set(_dead(s)) - set(_tried(s)),
            lambda s: (
                "you dead-lettered "
                f"{listed(sorted({'a', 'b', 'word'} & set(_dead(s)) - set(_tried(s))))} without "
                "calling `handle`, although the delivery count started below the limit: check "
                "each entry's own count."
            ),
        ),
        Hint(
            "first-failure",
            lambda s: "word" in _dead(s),
            lambda s: (
                f"`word` was tried {_tried(s).count('word')} times, but each entry should get just "
                "one attempt here, and stay pending if that fails."
                if _tried(s).count("word") > 1
                else "`word` became a dead letter after one failure: an entry below the limit "
                "should stay pending for Bob, so that it gets another try."
            ),
        ),
        Hint(
            "ack-buries",
            _buried,
            lambda s: (
                agreeing(_buried(s), "was", "were")
                + " acknowledged, but neither handled nor dead-lettered: "
                + (
                    ("bomb" in _buried(s) and _miscopied(s))
                    or "acknowledge an entry only after `handle` has returned, or once its copy is "
                    "in the dead-letter stream."
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
            "the error from `word` stopped your code, so b was never tried: catch the error around "
            "the call to `handle` alone, and go on with the next entry.",
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
        "your code never looks at a delivery count, so it would fail with different entries: "
        "compare each line's `deliveries` with the limit."
    )


def _unmoved(seen: Seen) -> str:
    """Say that nothing was moved, or something without an entry's fields, or too much; or ""."""
    if not seen.stream.dead:
        return (
            "nothing was moved: `pending` shows how many times each entry was delivered, so pass "
            "the lines with three or more deliveries to `dead_letter`."
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
                "them: copy each entry first, then acknowledge it."
            ),
        ),
        Hint(
            "look-by-reading",
            lambda s: ({"a", "c", "e"} & set(_dead(s)) or _delivered_again(s)) and _claimed(s),
            lambda s: (
                f"`{_claimed(s).line}` counted as another delivery, but a, c and e must stay as "
                "they are: instead of reading or claiming, use XPENDING, which lists entries "
                "without delivering them."
            ),
        ),
        Hint(
            "limit-is-two",
            lambda s: _dead(s) == ["b", "c", "d"],
            "c had been delivered only twice, which is below three: is your limit two, or did you "
            "read or claim c first?",
        ),
        Hint(
            "limit-is-beyond",
            lambda s: _dead(s) in (["b"], ["d"]),
            lambda s: (
                "d was delivered three times, so move it, too: entries at the limit (>=) have to "
                "go, because the limit should prevent a fourth delivery."
                if _dead(s) == ["b"]
                else "b was delivered four times, so move it, too: all entries at or above the "
                "limit (>=) have to go."
            ),
        ),
        Hint(
            "neighbors-guilty",
            lambda s: {"a", "c", "e"} & set(_dead(s)),
            "a, c and e were delivered once or twice, like any entry that was pending when a "
            "consumer crashed: move only entries whose own delivery count has reached three.",
        ),
        Hint(
            "ack-buries",
            lambda s: not s.pending and not _dead(s),
            "all five entries were acknowledged, but none was copied: check the delivery counts "
            "with `pending`, and move only b and d. A `Consumer` counts only its own attempts.",
        ),
        Hint(
            "ack-early",
            lambda s: _dead(s) == ["b", "d"] and {"a", "c", "e"} - set(s.pending),
            "b and d are in the right place, but at least one of a, c and e is no longer pending: "
            "leave all three to Alice.",
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
    return f"first give the consumer a handler that doesn't fail with {explained(error)}."


def _from_letters(seen: Seen) -> str:
    """Say that the numbers come from the dead letters, and not from what a handler got; or ""."""
    prices = seen.made.get("prices")
    if not prices or "dead_letters" not in prices.parts or ARGUMENT in prices.of:
        return ""
    return (
        f"`{prices.line}` took the dead letters' values: have the consumer's handler append each "
        "number."
    )


def _unreplayed(seen: Seen) -> str:
    """Say that nothing is replayed, and which dead letters the script didn't find."""
    if "replay(" in seen.code and any(each.empty for each in seen.did(*SCRIPTS)):
        return (
            "your `replay` found no dead letter: pass it the stream, and the dead letter's "
            "own ID, `letter.id`, not the original entry's ID."
        )
    return (
        "nothing has been replayed yet: call `replay` for each dead letter that your handler can "
        "read now."
    )


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
            "you replayed `free`, which even a better handler can't read: replay only entries "
            "whose problem has been fixed.",
        ),
        Hint(
            "replay-note",
            lambda s: any(name.startswith("dead:") for e in s.stream.entries for name in e.fields),
            "you replayed the note, too: leave out the fields that begin with `dead:`, which "
            "weren't part of the original entry.",
        ),
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < s.stream.entries_added,
            "entries of 07:replay were deleted, but handled entries should stay in the stream. Run "
            "the cell above again, and delete nothing but dead letters.",
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
                    f"your `{s.without_effect('XDEL').line}` deleted nothing. A dead letter has an "
                    "ID of its own, `letter.id`, in that stream."
                    if s.without_effect("XDEL")
                    else "delete it from that stream."
                )
            ),
        ),
        Hint(
            "replay-loses",
            lambda s: len(_brought_back(s)) + len(_dead(s)) < 3,
            lambda s: (
                agreeing([v for v in (*READABLE, "free") if v not in _anywhere(s)], "was", "were")
                + " neither replayed nor left among the dead letters: "
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
            "a replayed entry doesn't have the same fields as the original, which has only "
            "`value`: replay each entry unchanged.",
        ),
        Hint(
            "keeps-type",
            lambda s: s.passed["prices"] and all(isinstance(p, str) for p in s.passed["prices"]),
            "`prices` holds text: have the handler convert each price to a number, 3.5 or 4.2.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and _is_handled(s),
            lambda s: (
                "both prices were acknowledged, but "
                + (
                    differs("`prices`", s.passed["prices"], [3.5, 4.2])
                    + " Only the handler should append to that list: each price as a number, with "
                    "a point in place of the comma."
                    if s.passed["prices"]
                    else "`prices` is empty: an entry counts as handled when the handler returns. "
                    "By then, its number must be in `prices`; printing it, or keeping it in a "
                    "different list, isn't enough."
                )
            ),
        ),
        Hint(
            "another-name",
            lambda s: any(key.endswith(":dead:dead") for e in s.sent for key in e.keys),
            "your code asked for a stream whose name ends in `:dead:dead`: pass `PRICES`, the "
            "stream that the entries came from, and the helpers find its dead letters.",
        ),
        Hint(
            "replay-is-handled",
            lambda s: sorted(_brought_back(s)) == READABLE and not _is_handled(s),
            lambda s: (
                "both numbers are in `prices`, but a replayed entry is still pending: acknowledge "
                "each entry, as a `Consumer` does."
                if s.pending and sorted(s.passed["prices"]) == [3.5, 4.2]
                else "replayed prices are new entries, and not all of them have been handled: "
                "after the replay, run a consumer with the better handler until everything is "
                "handled."
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
            "your code starts the database itself, which only `through_an_outage` should do: let "
            "the handler raise `Retry`, and leave `bank` alone."
        )
    if seen.times(TEN):
        return (
            "your code mentions `ten`, and the next poison entry may be a different word: let the "
            "error from `int` leave the handler."
        )
    if "Connection" in _error_of(seen, {"ten"}):
        return (
            "`ten` became a dead letter only because the database was down; otherwise, it would "
            "have been paid: convert the value with `int`, and let the error leave the handler."
        )
    paid = seen.made.get("paid")
    if paid and ".lrange" in paid.parts and "'paid'" not in paid.parts:
        return f"`{paid.line}` reads a list other than `paid`: push the numbers to the list `paid`."
    return seen.sent_one(
        "RPUSH|LPUSH",
        "have the handler do that, and let `through_an_outage` call it for each entry.",
    )


def _stuck(seen: Seen) -> set[str]:
    """Return the good payments that are still pending or waiting."""
    return {*seen.pending, *seen.waiting} & GOOD


def _error_of(seen: Seen, values: set[str]) -> str:
    """Return the error that made one of these values a dead letter, or ""."""
    errors = (e.fields.get("dead:error", "") for e in seen.stream.dead if e.value in values)
    return next(errors, "")


def _became(seen: Seen) -> str:
    """Say which good payments became dead letters."""
    good = sorted(GOOD & set(_dead(seen)))
    return agreeing(good, "became a dead letter", "became dead letters")


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
    praise="no payment was lost in the outage, and `ten` waits for somebody who knows what it "
    "means.",
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
                f"{_became(s)}, and `ten` is tried again and again, so you've probably swapped the "
                "two errors: use `Retry` and `transient` for errors from the database, which go "
                "away by themselves, not for errors from `int`."
            ),
        ),
        Hint(
            "first-failure",
            lambda s: GOOD & set(_dead(s)) and not re.search("Connection|Timeout", _failed(s)),
            lambda s: (
                f"{_became(s)}: your handler failed with {explained(_failed(s))}."
                + " To report an outage, raise `Retry`."
                * (not re.search("Retry|transient", s.code))
            ),
        ),
        Hint(
            "outage-is-poison",
            lambda s: GOOD & set(_dead(s)),
            lambda s: (
                f"{_became(s)} because the database was down: raise `Retry` when it doesn't reply. "
                "The exception to catch is `redis.ConnectionError`, which is neither an `OSError` "
                "nor Python's own `ConnectionError`."
            ),
        ),
        Hint(
            "return-is-done",
            lambda s: not s.group.consumers or not _called(s),
            lambda s: (
                "`through_an_outage` hasn't run your handler"
                + (
                    ", because your cell ended before that."
                    if s.ended and _called(s)
                    else " yet: call `through_an_outage(handle)` below the handler."
                )
            ),
        ),
        Hint(
            "return-is-done",
            lambda s: "return Retry" in s.code and not _paid(s),
            "your handler returned `Retry`, which stopped the consumer: `raise` it instead, like "
            "any other error.",
        ),
        Hint(
            "handler-waits",
            lambda s: _stuck(s) and "success for failures" in s.error and "after=" in s.code,
            "with `after`, the consumer waits that many seconds before each new try, so it failed "
            "fewer than nine times in 8 s: leave `after` out, and the pauses grow by themselves.",
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
            "nor swallow errors. When the push fails, raise `Retry` at once, so that the consumer "
            "can go on with the other payments.",
        ),
        Hint(
            "poison-passes",
            lambda s: "ten" in s.pending and s.ended != INTERRUPTED,
            "`ten` is tried again and again, but no database can turn it into a number: use "
            "`Retry` and `transient` only for errors from the database.",
        ),
        Hint(
            "replay-leaves",
            lambda s: _stuck(s) & set(_paid(s)) and s.ended != INTERRUPTED,
            lambda s: (
                f"{listed(sorted(_stuck(s) & set(_paid(s))))} stayed pending after being paid: "
                "your handler raised an error although the push had worked, so each new try paid "
                "again. Raise `Retry` only where `rpush` fails."
            ),
        ),
        Hint(
            "another-name",
            lambda s: (
                GOOD - set(_paid(s))
                and ".rpush" in s.code
                and not re.search(r"shop\.(rpush|pipeline)", s.code)
            ),
            "your push doesn't go to the payments' database: use the client `shop`.",
        ),
        Hint(
            "return-is-done",
            lambda s: GOOD - set(_paid(s)) and s.times(OUTAGES) > 1,
            "you called `through_an_outage` more than once, and each call stops the database, "
            "which loses what was paid: run the cell above again, with a single call.",
        ),
        Hint(
            "return-is-done",
            # An interrupt comes before `paid` is read
            lambda s: GOOD - set(_paid(s)) - _stuck(s) and s.ended != INTERRUPTED,
            lambda s: (
                agreeing(sorted(GOOD - set(_paid(s)) - _stuck(s)), "was", "were")
                + " acknowledged, but never reached the database's list `paid`. When a handler "
                "returns, its work counts as done: "
                + (
                    "when the push fails, `raise` a `Retry`, and let it leave the handler."
                    if "except" in s.code and re.search(r"push\(\s*.paid", s.code)
                    else 'before that, it must call `shop.rpush("paid", number)`.'
                )
            ),
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" in _paid(s),
            "`ten` was paid, as text: before the push, convert the value with `int`, which raises "
            "an error for `ten`, so that its attempts count.",
        ),
        Hint(
            "ack-buries",
            lambda s: "ten" not in {*_dead(s), *s.pending, *s.waiting},
            "`ten` was acknowledged, but isn't a dead letter: let the error from `int` leave the "
            "handler, so that its attempts count.",
        ),
        Hint(
            "replay-leaves",
            lambda s: sorted(set(_paid(s))) == sorted(GOOD),
            "a payment is in the list `paid` more than once: push each entry's number only once.",
        ),
    ),
)

EXERCISES = [DECIDE, LIMIT, REPLAY, OUTAGE]
