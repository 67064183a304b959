"""Lesson 02, Create the group: where a group starts, what to do if it exists already, and two
groups on one stream."""

import ast
import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number
from helpers.checks.wording import differs, listed, said
from helpers.connection.cells import syntax_nodes
from helpers.connection.sent import Sent
from helpers.plurals import count

STARTING, STARTED, YESTERDAY = "starting", "started", "from yesterday"


def _as_names(seen: Seen, *values: str) -> str:
    """End a sentence about these values, and say so if they were taken for names of fields."""
    if any(set(values) & set(e.fields) for e in seen.stream.entries):
        return (
            "; you used a value as a field's name, but in the dictionary, the name comes before "
            "the value."
        )
    return "."


def _was_read(seen: Seen, group: str) -> bool:
    """Tell whether a read for this group got entries, or nobody saw that."""
    reads = [each for each in seen.did("XREADGROUP") if each.group == group]
    return any(not each.empty and not each.error for each in reads) or not seen.watched


def _added(seen: Seen, stream: str) -> bool:
    return any(stream in each.keys for each in seen.did("XADD"))


def _refused(seen: Seen) -> list[Sent]:
    """Return the XGROUP CREATEs that found the group there already."""
    return [each for each in seen.did("XGROUP CREATE") if each.error.startswith("BUSYGROUP")]


STOPS = (ast.Raise, ast.Assert, ast.Return, ast.Break)
"""What ends a program, or at least a function or a loop."""

ASKS = {"startswith", "endswith", "find", "index", "count", "match", "search", "fullmatch"}
"""Methods that look for a text, as in `str(error).startswith("BUSYGROUP")`."""


def _asks_for_busy(node: ast.AST) -> bool:
    """Tell whether some part of a node looks for BUSYGROUP, or for "already exists"."""
    asking = [
        part
        for part in ast.walk(node)
        if isinstance(part, (ast.Compare, ast.match_case))
        or isinstance(part, ast.Call)
        and getattr(part.func, "attr", "") in ASKS
    ]
    return any(re.search("busy|exist", ast.unparse(part).lower()) for part in asking)


def _goes_on(code: str) -> bool:
    """Tell whether the code goes on after any error, as far as it shows: it looks for no BUSYGROUP,
    or it neither stops after another error nor makes its next step depend on this one."""
    nodes = syntax_nodes(code)
    stops = "exit(" in code or any(isinstance(node, STOPS) for node in nodes)
    if "ensure_group" in code:  # It stops, unless that is caught
        tried = [node.body for node in nodes if isinstance(node, ast.Try) and node.handlers]
        return not stops and any("ensure_group" in ast.unparse(body) for body in tried)
    if not nodes or not _asks_for_busy(nodes[0]):
        return bool(nodes)
    under = [
        node
        for node in nodes
        if isinstance(node, (ast.If, ast.While, ast.match_case)) and _asks_for_busy(node)
    ]
    waits = any(isinstance(node, ast.While) or "xadd(" in ast.unparse(node) for node in under)
    return not (waits or stops)


def _ignores_all(seen: Seen) -> str:
    """Say that the code went on after whatever error came, as far as its text shows; or ""."""
    if not _refused(seen) or not _goes_on(seen.code):
        return ""
    if not any(word in seen.code for word in ("except", "suppress", "outcome", "raise_on_error")):
        return (
            "your program ended at BUSYGROUP, and another cell did the rest: a program that starts "
            "on its own must get past that error, as `ensure_group` does."
        )
    return (
        "your code goes on after any error from XGROUP CREATE, such as a missing permission: go on "
        "only after BUSYGROUP, as `ensure_group` does, and let any other error stop the program."
    )


def _readers(seen: Seen) -> str:
    """Say how many entries and groups there are, and what `readers` will deliver."""
    groups = [group.name for group in seen.stream.groups]
    there = f"{count(seen.stream.length, 'entry')}, {count(len(groups), 'group')}"
    if seen.group:
        return f"{there}; `readers` will deliver {listed(seen.waiting)}."
    return f"{there} ({listed(groups)}), but no group `readers`." if groups else f"{there}."


START = Exercise(
    "02.start",
    title="From the beginning",
    minutes=3,
    stage=5,
    stream="02:start",
    group="readers",
    task="create the group `readers` on 02:start so that it gets the five entries that are "
    "already there.",
    praise="the group `readers` still has all five entries to deliver.",
    wanted="a group `readers` that still has all five entries to deliver.",
    sees=_readers,
    solved=lambda s: (
        s.waiting == s.values == ["0", "1", "2", "3", "4"] and not _added(s, s.stream.stream)
    ),
    untouched=lambda s: not s.stream.groups,
    slip=lambda s: s.sent_one("XADD", "the entries are already there, so just create the group."),
    hints=(
        Hint(
            "dollar-hides",
            lambda s: s.group and (_added(s, s.stream.stream) or s.stream.length > 5),
            "you added entries yourself, but the group should get just the five that were already "
            "there: run the cell above again, and only create the group.",
        ),
        Hint(
            "read-is-done",
            lambda s: s.group.consumers and s.stream.length == 5 and _was_read(s, "readers"),
            "somebody has read from the group, so its entries count as delivered: run the cell "
            "above again, and only create the group.",
        ),
        Hint(
            "create-moves",
            lambda s: s.group and not s.waiting and bool(_refused(s)),
            "the group already exists, with its bookmark at the end of the stream, and creating "
            "the group again doesn't move it: create the group just once, at the right ID, or use "
            "XGROUP SETID.",
        ),
        Hint(
            "dollar-hides",
            lambda s: s.group and s.waiting == ["1", "2", "3", "4"] == s.values[1:],
            "a group starts *after* the ID that you give, and you gave the first entry's ID: which "
            "ID comes before all entries?",
        ),
        Hint(
            "dollar-hides",
            lambda s: s.group and len(s.waiting) < s.stream.length,
            "the group starts after the ID that you gave (by default `$`, the last entry), so it "
            "skips what comes before: which ID comes before all entries?",
        ),
        Hint(
            "group-is-consumer",
            lambda s: "requires the key to exist" in s.error,
            "there's no stream with the name that you gave first: XGROUP CREATE takes the stream, "
            "and then the group.",
        ),
    ),
)


def _looks_right(seen: Seen) -> bool:
    """Tell whether everything is as a correct start leaves it, however it came about."""
    return (
        seen.values == [YESTERDAY, STARTING, STARTED]
        and seen.pending_of("ann") == [YESTERDAY]
        and seen.group.last_delivered == seen.stream.entries[0].id
        and len(seen.stream.groups) == 1
    )


MEANS = "create|ensure|raise|assert"
"""What code contains that acts if the group isn't there."""


def _made_sure(seen: Seen) -> list[int]:
    """Return the positions, in `sent`, of commands that create the group or look for it."""
    acts = "xinfo_" not in seen.code or seen.times(MEANS)
    names = ("XGROUP CREATE", *(("XINFO GROUPS", "XINFO CONSUMERS") if acts else ()))
    return [n for n, each in enumerate(seen.sent) if each.command in names and AGAIN in each.keys]


def _not_there(seen: Seen) -> str:
    """Say where the group was ensured instead of this stream; "" if nowhere."""
    other = [each for each in seen.did("XGROUP CREATE") if AGAIN not in each.keys]
    return f"your `{other[-1].line}` names a different stream. " if other else ""


def _between(seen: Seen) -> bool:
    """Tell whether one of these commands is between the two XADDs, as the task says."""
    added = [n for n, each in enumerate(seen.sent) if each.command == "XADD"]
    return any(added[0] < n < added[-1] for n in _made_sure(seen))


def _stopped(seen: Seen) -> bool:
    """Tell whether the start ended at BUSYGROUP, as far as anyone saw."""
    return bool(_refused(seen)) and "ensure_group" not in seen.code or not seen.watched


def _without_started(seen: Seen) -> str:
    """Say why the entry `started` is missing."""
    why = "add it once the group exists, even if the group isn't new."
    if seen.error and "rror: BUSYGROUP" not in seen.error:  # A pipeline's has it in the middle
        why = "your cell ended before adding it."
        if "ensure_group" in seen.code and re.search("raise|assert", seen.code):
            why += " `ensure_group` returns False if the group already exists, which is fine."
    elif _stopped(seen) and (seen.ended or not seen.watched or "try:" in seen.code):
        what = "program" if seen.ended or not seen.watched else "`try`"
        why = f"the {what} ended at BUSYGROUP, which only means that the group already exists."
    return f"the entry `started` is missing: {why}"


AGAIN = "02:repeat"

REPEAT = Exercise(
    "02.repeat",
    given={MEANS: 1},
    title="Safe to repeat",
    minutes=5,
    stage=3,
    stream=AGAIN,
    group="workers",
    task="write the program's start: add `starting`, make sure that the group exists, and add "
    "`started`.",
    praise="the program started, and Ann still has yesterday's entry pending.",
    wanted=lambda s: (
        "only the group `workers`, with its bookmark unmoved and Ann's one entry still pending, "
        "and two more entries after that one, with the values `starting` and "
        "`started`" + _as_names(s, STARTING, STARTED)
    ),
    sees=lambda s: (
        f"entries: {listed(s.values)}; "
        + (f"the group has {s.group.pending} pending." if s.group else "no group `workers`.")
    ),
    solved=lambda s: _looks_right(s) and (not s.watched or _between(s)),
    untouched=lambda s: s.values == [YESTERDAY] and s.pending == [YESTERDAY],
    by_hand=_ignores_all,
    slip=lambda s: (
        differs("the stream", s.values, [YESTERDAY, STARTING, STARTED])
        or s.sent_one("XGROUP SETID", "this moves the bookmark, which must stay where it was.")
    ),
    hints=(
        Hint(
            "busygroup-destroy",
            lambda s: s.values and (not s.group or not s.group.pending or s.values[0] != YESTERDAY),
            "yesterday's entry must stay in the stream, and stay pending for Ann: at its start, "
            "the program must neither destroy the group nor finish or delete an entry.",
        ),
        Hint(
            "read-is-done",
            lambda s: len(s.pending) > 1,
            "you read the new entries, so they're pending, too: the program is only starting, so "
            "don't read anything yet.",
        ),
        Hint(
            "busygroup-stops",
            lambda s: _looks_right(s) and not _made_sure(s),
            lambda s: (
                "both entries are there, but nothing made sure that the group exists: "
                + (_not_there(s) or "if it didn't, this code wouldn't create it. ")
                + f"Before adding `started`, call `ensure_group` on `{AGAIN}`, or create the group "
                "there and catch BUSYGROUP."
            ),
            nearly=True,
        ),
        Hint(
            "busygroup-stops",
            lambda s: _looks_right(s) and not _between(s),
            "make sure that the group exists after adding `starting` and before adding `started`, "
            "which should mean that everything is ready.",
            nearly=True,
        ),
        Hint(
            "busygroup-stops",
            lambda s: s.values == [YESTERDAY, STARTING],
            _without_started,
        ),
    ),
)


PROGRAMS = ("archive", "alerts")


def _has_read(seen: Seen, name: str) -> bool:
    """Tell whether anyone has read for a group."""
    return bool(seen.named(name).consumers) and _was_read(seen, name)


def _ahead(seen: Seen, name: str) -> list[str]:
    """Return the values that a group still has to deliver, without its pending entries."""
    group = seen.named(name)
    pending = {e.id for e in group.entries} if group else set()
    return [e.value for e in seen.reach(group) if e.id not in pending] if group else []


def _groups_are_right(seen: Seen) -> bool:
    """Tell whether each group will deliver what it should."""
    archive, alerts = (_ahead(seen, name) for name in PROGRAMS)
    return archive == ["a", "b", "c", "alarm"] and alerts == ["alarm"]


def _starts_early(seen: Seen) -> bool:
    """Tell whether `alerts` has entries to deliver that were there before; a new one may have the
    same value."""
    old = {e.id for e in seen.stream.entries[:3] if e.value in ("a", "b", "c")}
    return any(e.id in old for e in seen.reach(seen.named("alerts")))


def _two_differ(seen: Seen) -> str:
    """Say which group isn't there, or how the stream differs from what the task asks for."""
    missing = [name for name in PROGRAMS if not seen.named(name)]
    if missing:
        return f"There is no group {' and no group '.join(f'`{name}`' for name in missing)}."
    return differs(
        "the stream", seen.values, ["a", "b", "c", "alarm"], "add it after creating the groups"
    )


TWO = Exercise(
    "02.two",
    title="Two groups, two starting points",
    minutes=6,
    stage=3,
    stream="02:two",
    values=("waiting",),
    typed=("waiting",),
    task="create the groups `archive` and `alerts` on 02:two, add the alarm, and set `waiting`.",
    praise="`archive` will deliver all four entries and `alerts` only the alarm, and you could "
    "tell without the lag.",
    wanted=lambda s: (
        "`archive` with a, b, c and an entry with the value alarm still to deliver, `alerts` with "
        "only the alarm, and waiting = the number of entries that `alerts` will "
        "deliver" + _as_names(s, "alarm")
    ),
    sees=lambda s: "; ".join(
        [
            f"entries {listed(s.values)}",
            *(f"`{g.name}` will deliver {listed(_ahead(s, g.name))}" for g in s.stream.groups),
            f"waiting = {said(s.passed['waiting'])}.",
        ]
    ),
    solved=lambda s: _groups_are_right(s) and number(s.passed["waiting"]) == 1,
    untouched=lambda s: (
        not s.stream.groups and s.values == ["a", "b", "c"] and s.passed["waiting"] is None
    ),
    slip=_two_differ,
    hints=(
        Hint(
            "group-is-consumer",
            lambda s: (
                len(s.stream.groups) == 1
                and s.stream.groups[0].name not in PROGRAMS
                and s.values[3:] == ["alarm"]
                and not s.did("XGROUP DESTROY")
                and len(s.did("XGROUP CREATE")) < 2
            ),
            "you created just one group, which delivers each entry to only one of its consumers: "
            "two programs that don't share the work need a group each.",
        ),
        Hint(
            "read-is-done",
            lambda s: any(s.named(name) and _has_read(s, name) for name in PROGRAMS),
            "you read entries, so they count as delivered: run the cell above again, and "
            "count without reading.",
        ),
        Hint(
            "dollar-hides",
            lambda s: (
                s.values[3:] == ["alarm"]
                and s.named("alerts")
                and _ahead(s, "alerts") == []
                and _ahead(s, "archive") == s.values
            ),
            "`alerts` has no alarm to deliver, because its bookmark is after that entry: create "
            "the group at `$` first, then add the alarm, and don't read.",
        ),
        Hint(
            "dollar-hides",
            lambda s: "a" in _ahead(s, "alerts") and _ahead(s, "archive") == ["alarm"],
            "the starting points are swapped: `archive` needs every entry, so it starts at `0`, "
            "but `alerts` needs only later entries, so it starts at `$`.",
        ),
        Hint(
            "dollar-hides",
            lambda s: s.named("archive") and len(_ahead(s, "archive")) < s.stream.length,
            "the bookmark of `archive` comes after entries that the group should get: create the "
            "group at `0` from the start, because the default, `$`, hides existing entries, and "
            "creating it again doesn't move its bookmark.",
        ),
        Hint(
            "zero-everything",
            _starts_early,
            "`alerts` should get only later entries, but it starts before some that were already "
            'there: which ID means "after the last one"?',
        ),
        Hint(
            "lag-number",
            lambda s: (
                _ahead(s, "alerts") == ["alarm"]
                and number(s.passed["waiting"]) is None
                and (s.passed["waiting"] is not None or s.did("XINFO GROUPS") or not s.watched)
            ),
            lambda s: (
                "`waiting` must be a number"
                + (
                    ", but the lag of `alerts` is None, because the server can't tell: count"
                    if s.did("XINFO GROUPS") or not s.watched
                    else ": count"
                )
                + " the entries that were added after you created the group."
            ),
        ),
        Hint(
            "lag-number",
            lambda s: _groups_are_right(s) and s.passed["waiting"] is None,
            "the groups are right, but `waiting` is still None: set exactly this name to the "
            "number of entries that were added after you created `alerts`.",
        ),
        Hint(
            "dollar-hides",
            lambda s: _ahead(s, "alerts") == ["alarm"] and number(s.passed["waiting"]) in (3, 4),
            lambda s: (
                f"{s.passed['waiting']} includes entries from before `alerts` was created, which "
                "the group won't deliver: count only entries added later."
            ),
        ),
        Hint(
            "lag-number",
            lambda s: _ahead(s, "alerts") == ["alarm"] and number(s.passed["waiting"]) == 0,
            "you added the alarm after creating `alerts`, and nobody has read it yet, so one entry "
            "is waiting, whatever the lag says.",
        ),
    ),
)

EXERCISES = [START, REPEAT, TWO]
