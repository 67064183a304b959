"""Lesson 05, Autopsy of a demo: entries that the group has passed, and a consumer that keeps all
its promises at once."""

import ast
import re
from dataclasses import replace

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.explanations import explained
from helpers.checks.order import acked_first, counted
from helpers.checks.plain_data import texts
from helpers.checks.signs import acknowledge
from helpers.checks.wording import differs, listed
from helpers.connection.cells import INTERRUPTED, syntax_nodes
from helpers.connection.sent import Sent
from helpers.plurals import count
from helpers.snapshots.states import ACKED

TEN = [str(n) for n in range(10)]


def _made_anew(seen: Seen) -> bool:
    """Tell whether the stream was deleted, or something was added to it."""
    return any("05:behind" in each.keys for each in seen.did("DEL", "UNLINK", "XADD"))


def _read_with_an_id(seen: Seen) -> Sent | None:
    """Return the last read if it asked for pending entries, with an ID."""
    reads = seen.did("XREADGROUP")
    return reads[-1] if reads and reads[-1].words[-1] != ">" else None


def _was_given(seen: Seen) -> bool:
    """Tell whether the group ever delivered entries; a `Consumer` isn't noted, so ask the server,
    too, which may know (since 7.2)."""
    reads = [each for each in seen.did("XREADGROUP") if each.group == seen.group.name]
    read = any(not each.empty and not each.error for each in reads)
    return read or any(each.active for each in seen.group.consumers)


def _too_early(seen: Seen) -> Sent | None:
    """Return the last read if it found nothing, and the bookmark was moved only after it."""
    acts = [each for each in seen.did("XGROUP SETID", "XREADGROUP") if not each.error]
    moved_last = seen.waiting and acts[-1].command == "XGROUP SETID"
    return acts[-2] if moved_last and acts[-2].empty and acts[-2].asks_for_new else None


def _acked(seen: Seen) -> list[str]:
    return [e.value for e in seen.stream.having(ACKED)]


def _skipped(seen: Seen) -> list[str]:
    """Return the values up to the entry to which the learner moved the bookmark, if `done` has the
    others."""
    moved = [each.words[4] for each in seen.did("XGROUP SETID", "XGROUP CREATE") if not each.error]
    skipped = [each.id for each in seen.stream.entries].index(moved[-1]) + 1
    return TEN[:skipped] if texts(seen.passed["done"]) == TEN[skipped:] else []


def _not_behind(seen: Seen) -> str:
    """Say that the stub was changed, so that nothing was behind the bookmark; or ""."""
    moved = seen.did("XGROUP SETID", "XGROUP CREATE", "XCLAIM")
    if moved or not seen.watched or re.search(r"""start=["'][$]""", seen.code):
        return ""
    return (
        "you changed the call to `ensure_group`, so no entry was behind the bookmark: restore "
        '`start="$"`, and move the bookmark with XGROUP SETID.'
    )


def _bookmark(seen: Seen) -> str:
    """Say that the bookmark was moved again after a read, or that no read followed; or ""."""
    acts = [each for each in seen.did("XGROUP SETID", "XREADGROUP") if not each.error]
    moves = [n for n, each in enumerate(acts) if each.command == "XGROUP SETID"]
    if not seen.waiting or not moves:
        return ""
    if any(each.command == "XREADGROUP" and not each.empty for each in acts[: moves[-1]]):
        again = acts[moves[-1]].line
        return f"Your `{again}` makes `>` deliver entries again: move the bookmark only once."
    if acts[moves[-1] :][1:]:
        return ""
    return "The bookmark is now before the entries: read them as consumer1, with `>`."


BEHIND = Exercise(
    "05.behind",
    title="Behind the bookmark",
    minutes=5,
    stage=11,
    consumers=("consumer1",),
    stream="05:behind",
    group="consumerGroup",
    values=("done",),
    task="have consumer1 handle the ten entries behind the group's bookmark.",
    praise="consumer1 has handled all ten entries and acknowledged each.",
    wanted="0 to 9 in `done`, read by consumer1, with nothing pending and nothing left to deliver.",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; "
        + (
            f"{count(s.group.pending + len(s.waiting), 'entry')} pending or still to deliver."
            if s.group
            else "there is no group `consumerGroup`."
        )
    ),
    solved=lambda s: (
        texts(s.passed["done"]) == TEN
        and _acked(s) == TEN
        and s.knows("consumer1")
        and not _made_anew(s)
    ),
    untouched=lambda s: (
        s.group and not s.group.consumers and not s.reach(s.group) and s.passed["done"] == []
    ),
    slip=lambda s: (
        "Your read returned entries, but `done` is empty: append each value to it."
        if s.passed["done"] == [] and s.pending and not s.waiting
        else _bookmark(s) or differs("`done`", texts(s.passed["done"]), TEN)
    ),
    by_hand=lambda s: _not_behind(s) or counted(s, "done") or acked_first(s, "done"),
    hints=(
        Hint(
            "nogroup-never",
            lambda s: s.stream.exists and not s.stream.groups,
            lambda s: (
                (
                    "XGROUP DESTROY removed the group"
                    if s.did("XGROUP DESTROY")
                    else "DEL removed the stream's group, too"
                )
                + ", and with it the record of what was delivered and pending: keep the group, "
                "and move its bookmark."
            ),
        ),
        Hint(
            "send-again",
            _made_anew,
            lambda s: (
                ("you added entries" if s.did("XADD") else "you deleted the stream")
                + ", but the task is to handle the original ten entries, which consumer1 can still "
                "get: run the cell above again, move the group's bookmark to before them, and read "
                "them."
            ),
        ),
        Hint(
            "zero-from-start",
            lambda s: _read_with_an_id(s) and not _was_given(s),
            lambda s: (
                f"you sent `{_read_with_an_id(s).line}`, which asks for this consumer's own "
                "pending entries: "
                + ("" if s.waiting else "move the group's bookmark to 0, and then ")
                + "read with `>`."
            ),
        ),
        Hint(
            "dollar-hides",
            _too_early,
            lambda s: (
                f"you sent `{_too_early(s).line}` before you moved the bookmark, so it returned "
                "nothing: move the bookmark first."
            ),
        ),
        Hint(
            "create-moves",
            lambda s: (
                any("BUSYGROUP" in each.error for each in s.did("XGROUP CREATE"))
                and not s.reach(s.group)
                and not _was_given(s)
            ),
            "the group already existed, so creating it with a different ID changed nothing: use "
            "XGROUP SETID to move its bookmark.",
        ),
        Hint(
            "dollar-hides",
            lambda s: (
                s.passed["done"] == []
                and not s.group.pending
                and not s.reach(s.group)
                and not _was_given(s)
                and (not s.ended or s.error.startswith("KeyError: '05:behind"))
                and (not s.sent or any("05:behind" in each.keys for each in s.sent))
            ),
            "the bookmark is after all ten entries, so `>` returns nothing: move the bookmark to "
            "before the first entry, then read. Append each value to `done`, then acknowledge its "
            "entry.",
        ),
        Hint(
            "reply-shape",
            lambda s: (
                s.passed["done"]
                and (texts(s.passed["done"]) is None or s.stream.entries[0].id in s.passed["done"])
            ),
            lambda s: (
                f"`done` is {s.passed['done']!r}, not a list: append each value to the list."
                if isinstance(s.passed["done"], (str, int))
                else "`done` should hold only the values: an entry is an (ID, fields) pair, and "
                'its value is `fields["value"]`.'
            ),
        ),
        Hint(
            "one-read",
            lambda s: (
                s.waiting and not s.group.pending and texts(s.passed["done"]) == _acked(s) != []
            ),
            lambda s: (
                f"the group still has to deliver {len(s.waiting)} of the ten entries: a read "
                "returns at most COUNT entries, so read with `>` until a reply is empty."
            ),
        ),
        Hint(
            "after-the-bookmark",
            _skipped,
            lambda s: (
                f"`done` lacks {listed(_skipped(s))}: the bookmark is the last entry that counts "
                "as delivered, so a bookmark at an entry's own ID skips that entry, too. Use the "
                "ID 0, which comes before every entry's ID."
            ),
        ),
        Hint(
            "bookmark-reads",
            lambda s: texts(s.passed["done"]) == TEN and not s.group.pending and not _was_given(s),
            lambda s: (
                "`done` is right, but `consumerGroup` has delivered nothing: "
                + ("" if s.waiting else "move its bookmark to before the first entry, and ")
                + "read as consumer1, so that the server records the deliveries."
            ),
        ),
        Hint(
            "unacked",
            lambda s: texts(s.passed["done"]) == TEN and s.group.pending,
            lambda s: (
                f"the group still has {count(s.group.pending, 'entry')} pending: "
                + acknowledge(s, "acknowledge each entry once its value is in `done`.")
            ),
        ),
        Hint(
            "ack-first",
            lambda s: len(texts(s.passed["done"])) < 10 and _acked(s) == TEN and _was_given(s),
            "all ten entries are acknowledged, but some values aren't in `done`: append each value "
            "before you acknowledge its entry, or a crash in between will lose it.",
        ),
    ),
)

LEFT, NEW = ["five", "6", "7"], ["8", "9", "10"]


def _error(seen: Seen) -> str | None:
    error = seen.passed["ended_by"]
    return error.get("error") if isinstance(error, dict) else None


def _handled(seen: Seen) -> list[str]:
    return texts(seen.passed["numbers"])


def _instead_of_five(seen: Seen) -> str | None:
    """Return the value after 4 in `numbers`, unless it is one that was sent after 4."""
    handled = _handled(seen)
    following = handled[handled.index("4") + 1 :][:1]
    return next((item for item in following if item not in ("3", "4", "6", *NEW, "7")), None)


def _new_first(seen: Seen) -> bool:
    """Tell whether new entries were handled although the first read asked for them."""
    first = [each.words[-1] for each in seen.did("XREADGROUP")][:1]
    if seen.ended == INTERRUPTED:  # An endless loop's first commands are forgotten
        first = []
    handled = _handled(seen)
    return handled[:1] == NEW[:1] or (first == [">"] and bool(set(NEW) & set(handled)))


def _carried_on(seen: Seen) -> bool:
    """Tell whether values that were sent after `five` were handled, and after 4."""
    handled = _handled(seen)
    return bool({"6", "7", *NEW} & set(handled[handled.index("4") :]))


def _own(seen: Seen) -> Seen:
    """Return what was seen, without the stub's code, which acknowledges entries, too."""
    own = seen.code.partition("numbers, ended_by = [], None")[2]
    return replace(seen, code=own or seen.code)


def _unread(seen: Seen) -> str:
    """Say that the code acknowledges entries, but reads or looks up none, by no client; or ""."""
    code = _own(seen).code.lower()
    if not seen.watched or "xack" not in code or re.search("read|claim|pending|xrange|exec", code):
        return ""
    return (
        "you acknowledged entries without reading any: a real restart would lose the crashed run's "
        "`entries`, so read consumer1's pending entries, with the ID 0."
    )


def _got_word(seen: Seen) -> bool:
    """Tell whether a read returned the entry with the word; True if nobody saw the replies."""
    [word] = [e.id for e in seen.stream.entries if e.value == "five"]
    replies = [each.answer for each in seen.did("XREADGROUP") if each.answer]
    return not replies or any(
        word == entry[0] for reply in replies for found in reply.values() for entry in found
    )


def _night_differs(seen: Seen) -> str:
    """Say how `numbers` differs from 3 and 4, which error isn't the word's, or what else is wrong;
    or ""."""
    error = listed(seen.passed["ended_by"]) if _error(seen) else ""
    if isinstance(seen.passed["numbers"], (int, str)):
        return f"`numbers` is {seen.passed['numbers']!r}, not a list: append each number to a list."
    if said := differs("`numbers`", _handled(seen), ["3", "4"]):
        return said
    if error and "'five'" not in error:
        return f"`ended_by` holds {explained(error)}."
    if not _handled(seen):
        return "`numbers` is empty: append each number to it, then acknowledge its entry."
    if "8" in seen.pending:
        return (
            "The 8 was delivered too early: read with `>` only after handling the pending entries."
        )
    return ""


def _set_in_function(seen: Seen) -> bool:
    """Tell whether a function sets an `ended_by` of its own."""
    functions = [node for node in syntax_nodes(seen.code) if isinstance(node, ast.FunctionDef)]
    parts = [part for each in functions for part in ast.walk(each)]
    return not any(isinstance(part, ast.Global) for part in parts) and any(
        isinstance(part, ast.Name) and part.id == "ended_by" and isinstance(part.ctx, ast.Store)
        for part in parts
    )


def _how_to_keep(seen: Seen) -> str:
    """Say how the error gets into `ended_by`."""
    if _set_in_function(seen):
        return (
            "an `ended_by` that a function sets is a local variable, so return the error, or "
            "declare `global ended_by` in the function."
        )
    tested = re.search(r"""\.is(digit|decimal|numeric|alpha)|match\(|["']five""", _own(seen).code)
    raises = seen.ended or not seen.watched or "except" in seen.code and not tested
    keep = (
        "keep the error that ends the run,"
        if raises
        else "let int() raise the error that ends the run, and keep it"
    )
    return f"{keep} with `except ValueError as error: ended_by = error`."


NIGHT = Exercise(
    "05.night",
    title="All promises at once",
    minutes=10,
    stage=14,
    consumers=("consumer1",),
    stream="05:night",
    group="consumerGroup",
    values=("numbers", "ended_by"),
    task="handle the pending entries, then the new ones, until an error ends the run.",
    praise="3 and 4 were handled, the word ended the run loudly, and nothing was lost or made up.",
    wanted="numbers = [3, 4], the ValueError in `ended_by`, and `five` still pending.",
    sees=lambda s: (
        f"numbers = {listed(s.passed['numbers'])}; pending: {listed(s.pending)}; "
        + f"ended_by = {listed(s.passed['ended_by'])}."
    ),
    solved=lambda s: (
        _handled(s) == ["3", "4"]
        and s.pending == LEFT
        and _error(s) == "ValueError"
        and s.ended != INTERRUPTED
    ),
    untouched=lambda s: (
        s.pending == ["3", "4", *LEFT]
        and s.passed["numbers"] == []
        and not _error(s)
        and len(s.reach(s.group)) == 8
    ),
    by_hand=lambda s: (
        _unread(s)
        or counted(s, "numbers")
        or acked_first(_own(s), "numbers")
        or (
            "you created the error yourself, but nothing raised it: let `int()` raise an error, "
            "and keep that one."
            if "ValueError(" in s.code and "except" not in s.code
            else ""
        )
    ),
    slip=_night_differs,
    hints=(
        Hint(
            "start-over",
            lambda s: _handled(s)[:1] == ["0"],
            "0, 1 and 2 were acknowledged before the crash, but you handled them again: consumer1 "
            "has to finish only its pending entries, which it gets by reading with the ID 0.",
        ),
        Hint(
            "error-as-value",
            lambda s: _instead_of_five(s) is not None,
            lambda s: (
                f"after 4, `numbers` holds {_instead_of_five(s)}"
                + (", which is text" if _instead_of_five(s) == "five" else ", which nobody sent")
                + ": let `int` raise its error at `five`, and end the run there."
            ),
        ),
        Hint(
            "restart-resumes",
            _new_first,
            "`>` returns only new entries: first read with the ID 0, to get the entries that "
            "consumer1 had pending when it crashed.",
        ),
        Hint(
            "error-swallowed",
            lambda s: "five" not in s.pending and "five" in s.values,
            "`five` was acknowledged, although nobody handled it: acknowledge an entry only once "
            "its value is converted, and let the error end the run before that.",
        ),
        Hint(
            "one-read",
            lambda s: "8" in _handled(s) and "five" in s.pending and not _got_word(s),
            "you handled new entries while old ones were still pending: a read returns at most "
            "COUNT entries, so read with the ID 0 until a reply is empty, and only then with `>`.",
        ),
        Hint(
            "error-swallowed",
            _carried_on,
            lambda s: (
                "the run carried on after the error: put the `try` around all loops, so that "
                "the error ends them."
                if _error(s) or not s.watched
                else "the run carried on after `five`: convert every value with `int`, and put "
                "the `try` around all loops, so that the error ends them."
            ),
        ),
        Hint(
            "unacked",
            lambda s: set(_handled(s)) & set(s.pending),
            lambda s: (
                "some entries that you handled are still pending ("
                + listed([n for n in s.pending if n in _handled(s)])
                + "): "
                + acknowledge(s, "acknowledge each entry right after handling it.")
            ),
        ),
        Hint(
            "error-swallowed",
            lambda s: (
                _handled(s) == ["3", "4"]
                and s.pending == LEFT
                and _error(s) == "ValueError"
                and s.ended == INTERRUPTED
            ),
            lambda s: (
                "the error was caught, but the run went on until you interrupted it: put the `try` "
                "around all loops"
                + (", because `break` ends only one." if "break" in s.code else ".")
            ),
            nearly=True,
        ),
        Hint(
            "error-swallowed",
            lambda s: _handled(s) == ["3", "4"] and s.pending == LEFT,
            lambda s: (
                f"3 and 4 are done, but `ended_by` holds {listed(s.passed['ended_by'])}: "
                + _how_to_keep(s)
            ),
            nearly=True,
        ),
    ),
)

EXERCISES = [BEHIND, NIGHT]
