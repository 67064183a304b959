"""Lesson 04, Consume and acknowledge: who gets what, acknowledging some, finishing after a crash,
and the loop by hand."""

import ast
import math
import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.order import acked_first, counted
from helpers.checks.plain_data import contains, texts
from helpers.checks.signs import unkept
from helpers.checks.unset_values import unset
from helpers.checks.wording import agreeing, differs, listed
from helpers.connection.cells import syntax_nodes
from helpers.connection.sent import Sent
from helpers.plurals import count

TEAM, DONE = "team", "04:loop:done"


def _numbers(*bounds: int) -> list[str]:
    return [str(n) for n in range(*bounds)]


def _nobody_read(seen: Seen) -> bool:
    return len(seen.waiting) == seen.stream.length and not seen.group.consumers


def _read_own_pending(seen: Seen) -> bool:
    """Tell whether someone read their own pending entries and got none, while all entries were
    still undelivered."""
    return (
        len(seen.waiting) == seen.stream.length > 0
        and bool(seen.group.consumers)
        and (not seen.watched or any(_own_history(each) for each in seen.did("XREADGROUP")))
    )


def _own_history(read: Sent) -> bool:
    """Tell whether a read names an ID instead of `>`."""
    return read.words[-1] != ">"


def _only_looked(seen: Seen) -> bool:
    """Tell whether the entries came from commands that deliver nothing."""
    return bool(seen.did("XRANGE", "XREAD")) and not seen.did("XREADGROUP")


def _not_acked(seen: Seen) -> bool:
    """Tell whether nobody sent an XACK; one that returned 0 was sent."""
    return not seen.did("XACK")


def _most(read: Sent) -> float:
    """Return how many entries a read asked for: its COUNT, or any number without one."""
    words = read.words
    return int(words[words.index("COUNT") + 1]) if "COUNT" in words else math.inf


def _took_all(seen: Seen) -> bool:
    """Tell whether a read got entries without COUNT, or with one above 5."""
    reads = [each for each in seen.did("XREADGROUP") if not each.empty]
    return not seen.watched or any(_most(each) > 5 for each in reads)


def _account(seen: Seen) -> str:
    owners = [
        f"{c.name} has {listed(seen.pending_of(c.name))} pending" for c in seen.group.consumers
    ]
    rest = f"{listed(seen.waiting)} not delivered" if seen.waiting else "all delivered"
    return "; ".join([*(owners or ["nobody has read anything"]), rest]) + "."


ZERO = (
    "a read with an ID such as 0 asks for the consumer's own pending entries, and there are "
    "none: to get new entries, read with `>`."
)


def _still_to_deal(seen: Seen) -> str:
    """Say what isn't dealt out yet, and how to go on; "" if all is, or nothing."""
    if not (seen.waiting and seen.pending):
        return ""
    dealt = {name: seen.pending_of(name) for name in ("ann", "bob")}
    right = all(set(dealt[name]) <= set(wanted) for name, wanted in HANDS.items())
    if right and abs(len(dealt["ann"]) - len(dealt["bob"])) <= 1:
        return f"You still have to deal out {listed(seen.waiting)}: go on in the same way."
    return (
        "One consumer got an entry that was meant for the other, or too many at once: run the cell "
        "above again, and have Ann and Bob take turns with one entry each, beginning with Ann."
    )


HANDS = {"ann": ["0", "2", "4"], "bob": ["1", "3", "5"]}
"""The consumers, and what each should get of the six."""


def _without_ack(seen: Seen) -> str:
    """Say that a read with NOACK made nothing pending; "" if there was none."""
    return next(filter(None, map(unkept, seen.did("XREADGROUP"))), "")


TURNS = Exercise(
    "04.turns",
    title="Deal them out",
    minutes=3,
    stage=7,
    consumers=("ann", "bob"),
    stream="04:turns",
    group=TEAM,
    task="deal out the six entries in 04:turns: 0, 2 and 4 to Ann, and 1, 3 and 5 to Bob.",
    praise="Ann has 0, 2 and 4, and Bob has 1, 3 and 5. A group doesn't make consumers take turns, "
    "so you dealt out the entries yourself.",
    wanted="0, 2 and 4 pending for Ann, and 1, 3 and 5 pending for Bob.",
    sees=_account,
    solved=lambda s: all(s.pending_of(name) == wanted for name, wanted in HANDS.items()),
    untouched=_nobody_read,
    slip=_still_to_deal,
    hints=(
        Hint("zero-from-start", _read_own_pending, ZERO),
        Hint(
            "xrange-delivers",
            lambda s: _nobody_read(s) and _only_looked(s) and not s.error,
            "XREAD and XRANGE only look at entries and deliver nothing: use XREADGROUP to read as "
            "`ann` or `bob`.",
        ),
        Hint(
            "read-is-pending",
            lambda s: s.group.consumers and not s.waiting and _without_ack(s),
            _without_ack,
        ),
        Hint(
            "read-is-pending",
            lambda s: (
                s.group.consumers
                and not s.waiting
                and s.group.pending < 6
                and (s.did("XACK") or not s.watched)
            ),
            "an entry that you acknowledge is no longer pending: deal out the entries, but leave "
            "all six pending.",
        ),
        Hint(
            "zero-from-start",
            lambda s: (
                s.waiting
                and _own_history(s.did("XREADGROUP")[-1])
                and s.did("XREADGROUP")[-1].empty
            ),
            ZERO,
        ),
        Hint(
            "take-turns",
            lambda s: len(s.pending_of("ann")) == 6 or len(s.pending_of("bob")) == 6,
            "one consumer got all six entries: whichever consumer asks gets the next ones, and "
            "without COUNT, it gets them all. A group doesn't make consumers take turns, so have "
            "Ann and Bob ask for one entry at a time.",
        ),
        Hint(
            "take-turns",
            lambda s: (
                s.pending_of("bob") == ["0", "2", "4"]
                and s.pending_of("ann") == ["1", "3", "5"]
                and (not s.watched or s.did("XREADGROUP")[0].consumer == "bob")
            ),
            "Ann and Bob took turns, but Bob asked first, so he got the value 0: let Ann start.",
        ),
        Hint(
            "take-turns",
            lambda s: (
                s.pending_of("ann") == ["0", "1", "2"] and s.pending_of("bob") == ["3", "4", "5"]
            ),
            "each consumer got three entries in a row: a group doesn't make consumers take "
            "turns, so have Ann ask for one entry, then Bob, and so on.",
        ),
        Hint(
            "take-turns",
            lambda s: not s.waiting and len(s.pending_of("ann")) + len(s.pending_of("bob")) == 6,
            "all six entries are dealt out, but not the way the task asks: the next entry "
            "goes to whichever consumer asks first, so have Ann ask for one entry, then Bob, and "
            "so on.",
        ),
    ),
)


def _still_pending(seen: Seen) -> str:
    """Say which even entries are pending once others were acknowledged; or ""."""
    even = [value for value in seen.pending if value in ("0", "2", "4")]
    if not even or len(seen.pending) == 5:
        return ""
    return (
        f"Still pending: {listed(even)}. Acknowledge every even value, and leave the odd ones "
        "pending."
    )


def _too_many(seen: Seen) -> list[str]:
    """Return the values after the first five that reads brought, too."""
    if all(each.empty for each in seen.did("XREADGROUP")):
        return []
    return [value for value in _numbers(5, 10) if value not in seen.waiting]


def _never_acked(seen: Seen) -> bool:
    """Tell whether the code has an XACK, but sent none, although it read five and ended well."""
    return (
        seen.pending == _numbers(5) and _not_acked(seen) and ".xack" in seen.code and not seen.ended
    )


NEVER_RAN = (
    "check its parentheses, the condition before it, and whether that part of your code runs at all"
)
"""What to look at if code has a call that never happened."""

TO_A_NUMBER = r"(==|!=|\bin)\s*[\[({]?\s*\d"
"""What compares something with a number that is written out."""


def _handover_differs(seen: Seen) -> str:
    """Say what Ann read too much, left pending or didn't keep; or ""."""
    if more := _too_many(seen):
        return f"Your reads also took {listed(more)}: run the cell above again, and read only five."
    if said := _still_pending(seen):
        return said
    got = texts(seen.passed["got"])
    if got == []:
        return "`got` is empty: append the value of each of the five entries."
    return differs("`got`", got, _numbers(5), "Ann reads five, and all five values go in") or (
        seen.sent_one("XGROUP SETID", "that moved the bookmark, which should stay where it was.")
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
    task="have Ann read five entries, keep their values in `got`, and acknowledge the even ones.",
    praise="1 and 3 are still pending for Ann, 5 to 9 are waiting, and the stream still has all "
    "ten entries.",
    wanted=lambda s: (
        "0 to 4 in `got`, 1 and 3 pending for Ann, 5 to 9 not delivered, ten entries in the stream"
        + ("; leave the odd values pending." if not s.pending and s.did("XACK") else ".")
    ),
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
    by_hand=lambda s: counted(s, "got"),
    slip=_handover_differs,
    hints=(
        Hint("zero-from-start", _read_own_pending, ZERO),
        Hint(
            "xrange-delivers",
            lambda s: (
                _nobody_read(s)
                and s.stream.length == 10
                and not s.error
                and (_only_looked(s) or not s.watched)
            ),
            "nothing was delivered, because XRANGE and XREAD only look at entries: read as `ann` "
            "with XREADGROUP, which makes the entries pending.",
        ),
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 10,
            "entries are gone from the stream, which should keep all ten: to finish an entry, "
            "just acknowledge it with XACK.",
        ),
        Hint(
            "no-count",
            lambda s: s.group and not s.waiting and s.stream.length == 10 and _took_all(s),
            "nothing is left to deliver, but 5 to 9 should still be waiting: read once, with "
            "COUNT 5. Without COUNT, a read returns everything.",
        ),
        Hint(
            "reply-shape",
            lambda s: isinstance(s.passed["got"], (str, int)),
            lambda s: (
                f"`got` is {s.passed['got']!r}, not a list: make it a list, and append each value "
                "to it."
            ),
        ),
        Hint(
            "reply-shape",
            lambda s: (
                s.passed["got"]
                and all("value" in each and each != "value" for each in s.passed["got"])
            ),
            '`got` holds whole entries or their fields: append only the value, fields["value"].',
        ),
        Hint(
            "reply-shape",
            lambda s: contains(s.passed["got"], "04:handover") or texts(s.passed["got"]) is None,
            '`got` should be a list of just the five values: append fields["value"] for each (ID, '
            "fields) pair in reply[EVEN].",
        ),
        Hint(
            "reply-shape",
            lambda s: s.stream.entries[0].id in s.passed["got"],
            '`got` holds IDs: append fields["value"], from the other half of each pair.',
        ),
        Hint(
            "keeps-type",
            lambda s: (
                len(s.pending) == 5 and len(s.passed["got"]) == 1 and "string formatting" in s.error
            ),
            "your code stopped at the first entry. Its value is text, and with text, % does "
            "something else, so convert the value to a number first, with int().",
        ),
        Hint(
            "keeps-type",
            lambda s: len(s.pending) == 5 and len(s.passed["got"]) == 1 and not s.watched,
            "your code stopped at the first entry. If the error mentions types, that's because a "
            "value is text: convert it to a number first.",
        ),
        Hint(
            "reply-shape",
            lambda s: len(s.pending) == 5 and not s.passed["got"],
            lambda s: (
                "five entries are pending, but `got` is empty. "
                + (
                    unset(s)
                    or "They are in reply[EVEN], a list of (ID, fields) pairs: append each value "
                    "to `got`."
                )
            ),
        ),
        Hint(
            "keeps-type",
            lambda s: _never_acked(s) and "int(" not in s.code and re.search(TO_A_NUMBER, s.code),
            "your code never got to its XACK, so check the condition. A value is text, which never "
            "equals a number: convert it first, with int().",
        ),
        Hint(
            "ack-zero",
            _never_acked,
            f"your code contains an XACK, but never sent one: {NEVER_RAN}.",
        ),
        Hint(
            "ack-zero",
            lambda s: s.pending == _numbers(5) == texts(s.passed["got"]) and _not_acked(s),
            "all five entries are still pending, but only 1 and 3 should be: acknowledge the "
            "others by passing their IDs to XACK.",
        ),
        Hint(
            "read-is-pending",
            lambda s: s.pending == ["0", "2", "4"],
            "you acknowledged the odd values: acknowledge the even values instead, and leave 1 "
            "and 3 pending for Ann.",
        ),
    ),
)


def _deleted_entries(seen: Seen) -> str:
    """Say what XDEL does, instead of XACK or besides."""
    if seen.pending:
        return (
            "entries are gone from the stream, but some are still pending: XDEL only deletes, and "
            "you need XACK to say that an entry is done."
        )
    return (
        "entries are gone from the stream: to say that an entry is done, send only XACK, because "
        "XDEL takes the entry away from every other group, too."
    )


def _new_first(seen: Seen) -> str:
    """Say which XACK, for a new entry, came before one for an entry that Ann had started, so that
    sorting `handled` hides the order; "" if none did."""
    began, new = {each.id for each in seen.stream.entries[:3]}, None
    for each in filter(lambda each: each.answer, seen.did("XACK")):
        if new and began & set(each.words[3:]):
            return (
                f"`{new.line}` acknowledged a new entry before Ann was done with her first three: "
                "have her handle and acknowledge those first."
            )
        new = new or (None if began & set(each.words[3:]) else each)
    return ""


def _prefilled(seen: Seen) -> str:
    """Say that values were typed into `handled`; "" if they weren't."""
    line = seen.made["handled"].line
    if not re.match(r"handled \+?= [\[(]['\"\d]", line):
        return ""
    return f"you typed the values yourself, in `{line}`: take each value from its entry instead."


def _handled(seen: Seen) -> set[str]:
    return set(texts(seen.passed["handled"]))


def _only_ann(seen: Seen) -> bool:
    return [c.name for c in seen.group.consumers] == ["ann"]


def _ids_read(seen: Seen) -> list[str]:
    """Return the IDs, but 0, after which Ann's own pending entries were read."""
    ids = [each.words[-1] for each in seen.did("XREADGROUP") if each.consumer == "ann"]
    return [each for each in ids if each not in (">", "0", "0-0")]


def _unhandled(seen: Seen) -> str:
    """Say that `handled` is empty, or how it differs from what the task asks for; or ""."""
    handled = texts(seen.passed["handled"])
    if handled == [] and (not seen.waiting or not seen.pending):
        return "`handled` is empty: append each entry's value to it, then acknowledge the entry."
    return differs("`handled`", handled, _numbers(7))


DONE_AFTER_CRASH = Exercise(
    "04.done",
    title="After the crash",
    minutes=7,
    stage=9,
    stream="04:done",
    group=TEAM,
    values=("handled",),
    task="have Ann finish what she had started, then handle the rest; append each value to "
    "`handled`, and leave the group done.",
    praise="all seven were handled, and nothing is waiting or pending: that's what done means.",
    wanted="0 to 6 in `handled`, in that order, with all entries delivered and none pending.",
    sees=lambda s: f"handled = {listed(s.passed['handled'])}; {_account(s)}",
    solved=lambda s: (
        not s.waiting
        and s.group.pending == 0
        and s.stream.length == 7
        and texts(s.passed["handled"]) == _numbers(7)
        and _only_ann(s)
    ),
    untouched=lambda s: (
        not s.passed["handled"] and s.pending == _numbers(3) and s.waiting == _numbers(3, 7)
    ),
    by_hand=lambda s: (
        counted(s, "handled") or acked_first(s, "handled") or _new_first(s) or _prefilled(s)
    ),
    slip=_unhandled,
    hints=(
        Hint(
            "zero-from-start",
            lambda s: (
                s.pending[:1] == ["0"]
                and any(
                    _own_history(each) and each.consumer != "ann" for each in s.did("XREADGROUP")
                )
            ),
            "a read with an ID instead of `>` returns a consumer's *own* pending entries, and "
            "these are Ann's: read them as `ann`.",
        ),
        Hint(
            "restart-resumes",
            lambda s: (
                not s.waiting
                and not s.pending
                and _handled(s) == set(_numbers(7))
                and {c.name for c in s.group.consumers} - {"ann"}
            ),
            lambda s: (
                "the group is done, but "
                + listed([c.name for c in s.group.consumers if c.name != "ann"])
                + " helped: Ann is back, so have her read her own entries with an ID, then the new "
                "ones with `>`."
            ),
            nearly=True,
        ),
        Hint(
            "zero-loop",
            lambda s: len(s.passed["handled"]) > len(_handled(s)) and s.pending and _not_acked(s),
            "you got the same entries again, because a read with an ID keeps returning them until "
            "they're acknowledged: acknowledge each entry once its value is in `handled`.",
        ),
        Hint(
            "restart-resumes",
            lambda s: (
                not s.waiting
                and s.pending == _numbers(3)
                and _handled(s) == set(_numbers(3, 7))
                and not any(map(_own_history, s.did("XREADGROUP")))
            ),
            "`>` asks only for entries that the group hasn't delivered yet: to get Ann's entries "
            "from before the crash, read as `ann` with an ID such as 0.",
        ),
        Hint(
            "restart-resumes",
            lambda s: (
                not s.waiting
                and texts(s.passed["handled"])[:4] == _numbers(3, 7)
                and sorted(texts(s.passed["handled"])) == _numbers(7)
            ),
            "everything was handled, but in the wrong order: first handle the entries that Ann "
            "had started, then the new entries.",
        ),
        Hint(
            "zero-from-start",
            lambda s: (
                s.pending
                and set(s.pending) <= set(_numbers(3)) - _handled(s)
                and _ids_read(s)
                and not any(each.words[-1] in ("0", "0-0") for each in s.did("XREADGROUP"))
            ),
            lambda s: (
                f"`handled` lacks {listed(s.pending)}: a read returns the entries after its ID, "
                f"and you gave {_ids_read(s)[-1]}. Give 0, which comes before every entry's ID."
            ),
        ),
        Hint("ack-deletes", lambda s: s.stream.length < 7, _deleted_entries),
        Hint(
            "lag-0-done",
            lambda s: (
                not s.waiting
                and s.pending
                and _handled(s) >= set(_numbers(3, 7))
                and not s.without_effect("XACK")
            ),
            lambda s: (
                "the lag is 0, but done also means that nothing is pending, and "
                f"{agreeing(s.pending, 'is', 'are')} still pending: "
                + (
                    "acknowledge each entry once its value is in `handled`."
                    if set(s.pending) <= _handled(s)
                    else "a read with the ID 0 returns Ann's pending entries, so handle and "
                    "acknowledge all of those, too."
                )
            ),
        ),
        Hint(
            "xrange-delivers",
            lambda s: s.waiting == _numbers(3, 7) and s.did("XRANGE") and not s.error,
            "XRANGE only looks at entries: 3 to 6 haven't been delivered, so they can't be "
            "acknowledged. Read them as `ann`, with `>`.",
        ),
        Hint(
            "one-read",
            lambda s: (
                s.waiting
                and any(
                    "COUNT" in each.words and not _own_history(each) for each in s.did("XREADGROUP")
                )
            ),
            "COUNT only limits each reply, and more entries are waiting: keep reading until a "
            "reply is empty.",
        ),
        Hint(
            "zero-from-start",
            lambda s: (
                s.waiting == _numbers(3, 7) and _handled(s) == set(_numbers(3)) and not s.error
            ),
            "the entries that Ann had started are handled. A read with an ID never returns new "
            "entries, so read those now, with `>`.",
        ),
        Hint(
            "reply-shape",
            lambda s: (
                s.passed["handled"]
                and (
                    texts(s.passed["handled"]) is None
                    or s.stream.entries[0].id in s.passed["handled"]
                )
            ),
            '`handled` should hold only values: take fields["value"] from each (ID, fields) pair.',
        ),
        Hint(
            "ack-first",
            lambda s: not s.waiting and not s.pending and _handled(s) < set(_numbers(7)),
            "entries whose values aren't in `handled` are no longer pending, so they won't be "
            "delivered again: append each value, keep it there, then acknowledge its entry.",
        ),
    ),
)


def _work(seen: Seen) -> list[dict[str, str]]:
    return [e.fields for e in seen.beside[DONE].entries]


def _replies(seen: Seen) -> list[int]:
    """Return how many entries each read of the loop got, correct up to ten."""
    answers = [each.answer for each in seen.did("XREADGROUP") if not each.error]
    return [sum(map(len, answer.values())) if answer else 0 for answer in answers]


def _counted_rounds(seen: Seen) -> bool:
    """Tell whether every loop around a read runs a typed number of rounds, whatever it gets."""
    nodes = syntax_nodes(seen.code)
    rounds = [
        node.name
        for node in nodes
        if isinstance(node, ast.FunctionDef) and "while" not in (text := ast.unparse(node))
        if "xreadgroup(" in text
    ]
    reads = rf"\b({'|'.join(['xreadgroup', *rounds])})\("
    loops = [
        node
        for node in nodes
        if isinstance(node, (ast.For, ast.While))
        and re.search(reads, ast.unparse(ast.Module(node.body, [])))
    ]
    return bool(loops) and all(
        re.match(r"for \w+ in range\(\d+\):", ast.unparse(loop))
        and not any(isinstance(node, (ast.Break, ast.Return, ast.If)) for node in ast.walk(loop))
        for loop in loops
    )


def _ended_early(seen: Seen) -> bool:
    """Tell whether the loop ended without an empty reply; False if nobody saw the replies."""
    return bool(_replies(seen)) and (_replies(seen)[-1] > 0 or _counted_rounds(seen))


NUMBER_OF_ENTRIES = r"\b2[45]\b"


def _why_early(seen: Seen) -> str:
    """Say what the loop ended at instead."""
    if seen.did("XINFO GROUPS"):
        return (
            "your loop asks XINFO whether to go on, and a lag can be None: only an empty reply "
            "tells you when to stop, so loop until a reply is empty."
        )
    if _counted_rounds(seen):
        return (
            "you typed the number of rounds, which would be too low if there were more: loop until "
            "a reply is empty."
        )
    if seen.times(NUMBER_OF_ENTRIES) or "while" not in seen.code or seen.did("XLEN"):
        return (
            "your loop stopped because you knew, or asked, how many entries there are, but new "
            "entries could arrive in the meantime: loop until a reply is empty."
        )
    return "the last reply wasn't empty: keep reading, and stop only when a reply is empty."


def _asked_for_many(seen: Seen) -> bool:
    """Tell whether a read could return more than ten entries, as far as anybody saw it."""
    return not seen.watched or any(_most(each) > 10 for each in seen.did("XREADGROUP"))


def _in_hand(seen: Seen) -> int:
    """Return the most entries that were pending at once while there was work."""
    return max((int(fields["in_hand"]) for fields in _work(seen)), default=0)


def _worked(seen: Seen) -> set[str]:
    return {fields["value"] for fields in _work(seen)}


def _replaced_work(seen: Seen) -> bool:
    """Tell whether the learner defined a work() of their own, besides the stub's."""
    return seen.times(r"def work\(") > 0


def _calls(seen: Seen) -> int:
    """Return how often work() was called, also in a loop that went on and on."""
    return seen.beside[DONE].length


def _first_held(seen: Seen) -> dict[str, str]:
    """Return for each value how often it was pending when work() was called for it at first."""
    return {fields["value"]: fields["pending"] for fields in reversed(_work(seen))}


def _cut_short(seen: Seen) -> str:
    """Say that entries were read, but never worked on, or too many at once, or again; or ""."""
    if not seen.did("XREADGROUP") and seen.watched and not seen.ended and _nobody_read(seen):
        return "Your code read nothing: a loop runs only while its condition is true."
    read = [value for value in seen.values if value not in seen.waiting]
    left = [value for value in read if value not in _worked(seen)]
    if not left and 0 < seen.group.pending < 25 and _in_hand(seen) <= 10:
        return (
            f"Still pending: {listed(seen.pending)}. Acknowledge each entry after its call to "
            "work()."
        )
    if not left and _in_hand(seen) > 10:
        return (
            f"Up to {_in_hand(seen)} entries were pending at once: acknowledge the entries of "
            "each reply before you read again."
        )
    if not left and _calls(seen) > len(_worked(seen)):
        return "You called work() more than once for some entries: once is enough."
    if not left or seen.ended:
        return ""
    if seen.waiting or _in_hand(seen) > 10:
        return (
            f"work() never got {listed(left, 4)}, which a read returned: call work() for every "
            "entry in a reply before you read again."
        )
    return (
        f"Your loop ended before work() got {listed(left)}, which a read returned: call work() "
        "for every entry in a reply."
    )


LOOP = Exercise(
    "04.loop",
    given={NUMBER_OF_ENTRIES: 1, r"def work\(": 1},
    by_hand=lambda s: (  # work() asks twice what is pending before it notes anything
        "you used the course's `Consumer`: write its loop yourself, with XREADGROUP and XACK."
        if "Consumer(" in s.code
        else 2 * len(s.did("XADD")) > len(s.did("XPENDING"))
        and s.sent_one("XADD", "only work() should add to that stream, so call it instead.")
    ),
    title="The loop, by hand",
    minutes=10,
    stage=26,
    consumers=("ann",),
    stream="04:loop",
    group=TEAM,
    beside=(DONE,),
    task="write Ann's loop: read up to ten entries, call work(entry_id, fields) for each, "
    "acknowledge it, and repeat until a reply is empty.",
    praise="all 25 entries were still pending while you worked on them, and none is pending now.",
    wanted="one call to work() for each entry from 0 to 24, while it's still pending, with up to "
    "ten pending at a time; then nothing pending and nothing left to deliver.",
    sees=lambda s: (
        f"work() recorded {len(_worked(s))} of 25 entries"
        + (f", in {_calls(s)} calls" if _calls(s) > len(_worked(s)) else "")
        + f"; {s.group.pending} pending, {len(s.waiting)} not delivered."
    ),
    solved=lambda s: (
        not s.waiting
        and s.group.pending == 0
        and s.stream.length == 25
        and sorted(fields["value"] for fields in _work(s)) == sorted(_numbers(25))
        and _in_hand(s) <= 10
        and all(fields["pending"] == "1" for fields in _work(s))
        and _only_ann(s)
        and not _ended_early(s)
    ),
    untouched=lambda s: _nobody_read(s) and not _work(s),
    slip=lambda s: (
        "You replaced the exercise's `work`, which records each call, with your own: remove yours."
        if _replaced_work(s)
        else _cut_short(s)
    ),
    hints=(
        Hint("zero-from-start", _read_own_pending, ZERO),
        Hint(
            "reply-shape",
            lambda s: "KeyError" in s.error and "04:loop" not in s.error,
            "you looked up a key that isn't there: you read 04:loop, so the entries are in "
            'reply[LOOP], and the value of each is fields["value"].',
        ),
        Hint(
            "reply-shape",
            lambda s: "too many values to unpack (expected 2" in s.error,
            "a reply is a dictionary, so a loop over it yields stream names: take the entries "
            "with reply.get(LOOP, []), and loop over those.",
        ),
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 25,
            _deleted_entries,
        ),
        Hint(
            "one-read",
            lambda s: (
                not s.waiting
                and s.group.pending == 0
                and len(_worked(s)) == len(_work(s)) == 25
                and not s.error
                and _only_ann(s)
                and _ended_early(s)
                and _in_hand(s) <= 10
            ),
            lambda s: f"all 25 entries are done, but {_why_early(s)}",
            nearly=True,
        ),
        Hint(
            "xrange-delivers",
            lambda s: len(s.waiting) == 25 and _work(s) and _only_looked(s),
            "work() got entries that were never delivered, because XRANGE and XREAD only look at "
            "them: read them as `ann`, with XREADGROUP and `>`.",
        ),
        Hint(
            "one-read",
            lambda s: (
                _calls(s) > len(_worked(s))
                and len(s.did("XREADGROUP")) <= 1
                and (s.waiting or s.ended)
            ),
            "work() was called for the same entries again and again, because you read only "
            "once: read again in each round of the loop.",
        ),
        Hint(
            "xrange-delivers",
            lambda s: "0" in _first_held(s).values() and s.did("XRANGE", "XREAD"),
            "work() got an entry that wasn't pending at that moment. XRANGE and XREAD only look "
            "at entries, so pass work() the ones that XREADGROUP returned.",
        ),
        Hint(
            "ack-first",
            lambda s: "0" in _first_held(s).values(),
            lambda s: (
                _without_ack(s)
                or "an entry wasn't pending during its call to work(), so a crash would have lost "
                "it: call work() first, then acknowledge the entry."
            ),
        ),
        Hint(
            "ack-first",
            lambda s: (
                not _work(s)
                and not s.group.pending
                and len(s.waiting) < 25
                and not _replaced_work(s)
                and (s.did("XACK") or not s.watched)
            ),
            "you acknowledged entries without calling work() for any of them, so the work on them "
            "will never be done: call work() for each entry before you acknowledge it.",
        ),
        Hint(
            "ack-once",
            lambda s: (
                0 < s.group.pending < 25
                and not s.waiting
                and len(_worked(s)) == 25
                and all(each.answer == 1 for each in s.did("XACK"))
                and (not s.watched or len(s.did("XACK")) <= len(s.did("XREADGROUP")))
            ),
            "XACK acknowledges only the entries whose IDs you pass, not those before them: pass "
            "the ID of every entry.",
        ),
        Hint(
            "lag-0-done",
            lambda s: s.pending and not s.waiting and len(_worked(s)) == 25 and _not_acked(s),
            lambda s: (
                "all the work is done, but the server doesn't know that: "
                + (
                    f"your code contains an XACK, but never sent one, so {NEVER_RAN}."
                    if ".xack" in s.code
                    else "acknowledge each entry with XACK."
                )
            ),
        ),
        Hint(
            "no-count",
            lambda s: (
                _in_hand(s) > 10
                and _asked_for_many(s)
                and not any(each.empty for each in s.did("XACK"))
            ),
            "more than ten entries were pending at once, and after a crash, all of them would be "
            "handled again: use COUNT to read up to ten, and acknowledge those before you read on.",
        ),
        Hint(
            "one-read",
            lambda s: _work(s) and s.waiting and not s.pending,
            "COUNT only limits each reply, and more entries are waiting: keep reading until a "
            "reply is empty.",
        ),
    ),
)

EXERCISES = [HANDOVER, TURNS, LOOP, DONE_AFTER_CRASH]
