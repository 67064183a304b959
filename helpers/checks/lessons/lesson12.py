"""Lesson 12, Observe: name ten incidents, write rules that would have raised an alarm, and fix what
a drill breaks."""

import ast
import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.signs import nothing
from helpers.checks.wording import listed, said
from helpers.connection.cells import syntax_nodes
from helpers.connection.sent import Sent
from helpers.diagnosis import (
    CONSUMER_DEAD,
    CONSUMERS_SLOW,
    DEAD_LETTERS,
    GROUP_AT_END,
    GROUP_GONE,
    NOBODY_READS,
    POISON,
    PRODUCER_STOPPED,
    REMEDIES,
    STREAM_GONE,
    TRIMMED_UNREAD,
    WELL,
)
from helpers.incidents import LONGEST_HANDLER_MS, answers
from helpers.incidents.gallery import Metrics
from helpers.plurals import count
from helpers.snapshots import GroupState

SEED = 12
"""The seed of the lesson's incidents."""

TEN = answers(SEED)
LETTER = {kind: letter for letter, kind in TEN.items()}

MOST_OF_ONE_RULE = 4
"""The most incidents for which one rule may fire; a rule for all of them doesn't say what is
wrong."""


def _findings(seen: Seen) -> dict:
    return seen.passed["findings"]


def _took(seen: Seen, kind: str, *others: str) -> bool:
    """Tell whether one incident was mistaken for one of the others."""
    return _findings(seen).get(LETTER[kind]) in others


def _wrong(seen: Seen) -> list[str]:
    """Return the letters that aren't right yet, unanswered ones last."""
    wrong = [letter for letter in TEN if _findings(seen).get(letter) != TEN[letter]]
    return sorted(wrong, key=lambda letter: _findings(seen).get(letter) is None)


def _unknown(seen: Seen) -> list:
    """Return the answers that name no incident."""
    given = [_findings(seen).get(letter) for letter in TEN]
    return [text for text in given if text is not None and text not in TEN.values()]


def _names_wanted(seen: Seen) -> str:
    """Say what the ten names are, or which of the learner's doesn't fit its row."""
    if not isinstance(found := _findings(seen), dict):
        return 'one of the ten names for each letter, in a dictionary: findings["a"] = "…".'
    if others := [key for key in found if key not in {**TEN, **LETTER}]:
        return f"one of the ten names for each of `a` to `j`, but not for {said(others[0])}."
    if set(found) & set(LETTER):
        return (
            'the letter in the brackets, and the name after the equals sign: findings["a"] = "…".'
        )
    if any(not isinstance(name, str) for name in _unknown(seen)):
        return "one of the ten names for each letter, as text."
    if _unknown(seen):
        return (
            "one of the ten names for each letter, written as in the task, with spaces and in "
            "lower case."
        )
    wrong = _wrong(seen)[0]
    return (
        f"one of the ten names for each letter; `{wrong}` isn't {listed(found[wrong])}: which "
        "figure in its row contradicts that?"
        if found.get(wrong)
        else 'one of the ten names for each letter: findings["a"] = "…".'
    )


def _no_group(seen: Seen) -> str:
    """Say that the code asked a group that isn't there for a figure; "" if it didn't."""
    figure = re.search(r"'NoneType' object has no attribute '(\w+)'", seen.error)
    if not figure or "chosen" not in seen.code:
        return ""
    named = re.search(rf"chosen\.{figure[1]}\b", seen.code)
    if not named and figure[1] not in GroupState.__dataclass_fields__:
        return ""
    return (
        f"you asked for `chosen.{figure[1]}`, but `chosen` is None, because the group didn't "
        "exist at that look. Check for None first."
    )


NAMES = Exercise(
    "12.ten",
    title="Ten incidents",
    minutes=10,
    after=1,
    values=("findings",),
    typed=("findings",),
    task="put the name of each incident, `a` to `j`, into `findings`.",
    praise="you named all ten from what XINFO and XPENDING say.",
    wanted=_names_wanted,
    sees=lambda s: (
        f"{10 - len(_wrong(s))} of 10 are right"
        + (f"; {listed(_unknown(s)[:1])} isn't one of the names." if _unknown(s) else ".")
    ),
    solved=lambda s: not _wrong(s),
    untouched=lambda s: not any((_findings(s) or {}).values()),
    hints=(
        Hint("none-is-zero", _no_group, _no_group),
        Hint(
            "slow-is-dead",
            lambda s: (
                _took(s, CONSUMER_DEAD, CONSUMERS_SLOW) or _took(s, CONSUMERS_SLOW, CONSUMER_DEAD)
            ),
            lambda s: (
                f"`{LETTER[CONSUMER_DEAD]}` and `{LETTER[CONSUMERS_SLOW]}` both have pending "
                "entries: in which of them is the oldest entry still the same at the second look?"
            ),
        ),
        Hint(
            "poison-is-dead",
            lambda s: (
                _took(s, POISON, CONSUMER_DEAD, CONSUMERS_SLOW) or _took(s, CONSUMER_DEAD, POISON)
            ),
            lambda s: (
                f"in `{LETTER[POISON]}` and in `{LETTER[CONSUMER_DEAD]}`, the same entry stays "
                "pending: in which of them does its delivery count grow?"
            ),
        ),
        Hint(
            "nobody-is-slow",
            lambda s: (
                _took(s, NOBODY_READS, CONSUMERS_SLOW) or _took(s, CONSUMERS_SLOW, NOBODY_READS)
            ),
            lambda s: (
                f"in both `{LETTER[NOBODY_READS]}` and `{LETTER[CONSUMERS_SLOW]}`, the lag grows: "
                "in which of them does the last delivered ID move?"
            ),
        ),
        Hint(
            "backlog-is-there",
            lambda s: (
                _took(s, TRIMMED_UNREAD, NOBODY_READS, CONSUMERS_SLOW)
                or _took(s, NOBODY_READS, TRIMMED_UNREAD)
            ),
            lambda s: (
                f"in `{LETTER[TRIMMED_UNREAD]}` and in `{LETTER[NOBODY_READS]}`, compare the "
                "length with the number of entries added: which stream no longer holds the entries "
                "that the lag counts?"
            ),
        ),
        Hint(
            "none-is-zero",
            lambda s: (
                _took(s, GROUP_AT_END, PRODUCER_STOPPED) or _took(s, PRODUCER_STOPPED, GROUP_AT_END)
            ),
            lambda s: (
                f"in `{LETTER[GROUP_AT_END]}` and in `{LETTER[PRODUCER_STOPPED]}`, nothing is "
                "moving: for which of them is entries-read None?"
            ),
        ),
        Hint(
            "green-is-well",
            lambda s: _took(s, DEAD_LETTERS, *set(TEN.values()) - {DEAD_LETTERS}),
            lambda s: (
                f"in `{LETTER[DEAD_LETTERS]}`, lag and pending are 0 while entries keep coming "
                "in: where do those entries go? Look at the last column."
            ),
        ),
    ),
)


def _fired(seen: Seen) -> dict[str, list[str]]:
    return seen.passed["fired"] or {}


def _caught(seen: Seen) -> set[str]:
    return {where for firing in _fired(seen).values() for where in firing} - {WELL}


def _missed(seen: Seen, *kinds: str) -> list[str]:
    """Return those of these incidents, or of all, for which no rule fires; none before a try."""
    if not _fired(seen):
        return []
    return [kind for kind in kinds or TEN.values() if kind not in _caught(seen)]


def _false_alarms(seen: Seen) -> list[str]:
    return [rule for rule, firing in _fired(seen).items() if WELL in firing]


def _silent(seen: Seen) -> list[str]:
    """Return the rules that fire for nothing at all."""
    return [rule for rule, firing in _fired(seen).items() if not firing]


def _vague(seen: Seen) -> list[str]:
    return [rule for rule, where in _fired(seen).items() if len(where) > MOST_OF_ONE_RULE]


def _caught_and_missed(seen: Seen) -> str:
    """Say how many rules there are, which incidents they miss, and which are false alarms."""
    if seen.passed["fired"] is None:
        return "`fired` isn't set."
    silent, alarms = _missed(seen), _false_alarms(seen)
    return (
        f"{count(len(_fired(seen)), 'rule')}; {len(_caught(seen))} of 10 incidents caught"
        + (f"; no rule for {listed(silent, 4)}" if silent else "")
        + (f"; false alarms from {listed(alarms)}." if alarms else ".")
    )


NO_FUNCTION = r"name 'm' is not|must be a function|argument: 'm'|<lambda>\(\) (takes|missing)"
"""A part of what Python says of a rule that isn't a function of `m`."""

LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _found_late(seen: Seen) -> str:
    """Return a name that a loop sets and a function in that loop uses, "" for none: when the
    function is called, it finds the last value."""
    for loop in (each for each in syntax_nodes(seen.code) if isinstance(each, LOOPS)):
        functions = [e for e in ast.walk(loop) if isinstance(e, (ast.Lambda, ast.FunctionDef))]
        late = _names([loop], ast.Store) & set().union(*map(_free, functions))
        if late:
            return min(late)
    return ""


def _free(function: ast.Lambda | ast.FunctionDef) -> set[str]:
    """Return the names in a function's body that are neither its arguments nor set there."""
    body = function.body if isinstance(function.body, list) else [function.body]
    own = {each.arg for each in function.args.args} | _names(body, ast.Store)
    return _names(body, ast.Load) - own


def _names(nodes: list[ast.AST], context: type[ast.expr_context]) -> set[str]:
    found = (each for node in nodes for each in ast.walk(node) if isinstance(each, ast.Name))
    return {each.id for each in found if isinstance(each.ctx, context)}


RULES = Exercise(
    "12.rules",
    title="Rules that fire",
    minutes=12,
    after=1,
    values=("fired",),
    task="write rules that fire for each of the ten incidents, but never while all is well.",
    praise=lambda s: (
        f"{len(_fired(s))} rules: at least one fires for each incident, and none while all is well."
    ),
    wanted="at least one rule that fires for each incident, but none that fires while all is well, "
    "and none that fires for more than four incidents.",
    sees=_caught_and_missed,
    solved=lambda s: _fired(s) and not (_missed(s) or _false_alarms(s) or _vague(s)),
    untouched=lambda s: not _fired(s),
    hints=(
        Hint(
            "none-is-zero",
            lambda s: "'NoneType'" in s.error and "object" not in s.error,
            lambda s: (
                f"your cell ended with {s.error}: a figure was None. Without a group, "
                "`entries_read`, `lag`, `lag_growth` and `pending` are None, and if a group begins "
                "at the end, so is `entries_read`. Check first: `m.lag is not None and …`."
            ),
        ),
        Hint(
            "rule-is-condition",
            lambda s: re.search(NO_FUNCTION, s.error),
            lambda s: (
                f"your cell ended with {s.error}: a rule must be a function that takes `m`, "
                'because it is called for each incident. Write `rules["a name"] = lambda m: …`, '
                "or use a function's name without parentheses."
            ),
        ),
        Hint(
            "another-name",
            lambda s: "'Metrics' object has" in s.error,
            lambda s: (
                f"`m` has no figure {s.error.rpartition(' ')[2]}. It has "
                f"{listed(list(Metrics._fields), 12)}."
            ),
        ),
        Hint(
            "none-is-zero",
            lambda s: _silent(s) and "def " in s.code and "return" not in s.code,
            lambda s: (
                f"`{_silent(s)[0]}` never fires, whatever the incident: a rule must return whether "
                "to fire, but a function without `return` returns None."
            ),
        ),
        Hint(
            "always-fires",
            lambda s: (
                len(_fired(s)) > 2
                and _caught(s)
                and len({tuple(each) for each in _fired(s).values()}) == 1
            ),
            lambda s: (
                f"your {len(_fired(s))} rules all fire for the same incidents: a function looks up "
                f"`{_found_late(s)}` only when it is called, and by then the loop has ended. Keep "
                f"each value as a default: `lambda m, {_found_late(s)}={_found_late(s)}: …`."
                if _found_late(s)
                else f"your {len(_fired(s))} rules all fire for the same incidents: have each "
                "rule use a different figure."
            ),
        ),
        Hint(
            "always-fires",
            lambda s: _false_alarms(s),
            lambda s: (
                f"`{listed(_false_alarms(s)[:1])}` fires even while all is well: entries keep "
                'arriving, and lag and pending are 0. Look at `metrics(*looks["all is well"])`.'
            ),
        ),
        Hint(
            "always-fires",
            lambda s: _vague(s),
            lambda s: (
                f"`{listed(_vague(s)[:1])}` fires for {len(_fired(s)[_vague(s)[0]])} incidents, so "
                "it doesn't say what is wrong: split it into several rules."
            ),
        ),
        Hint(
            "none-is-zero",
            lambda s: _missed(s, GROUP_GONE) and _missed(s, STREAM_GONE),
            lambda s: (
                "no rule fires when the group is gone: its figures are missing then"
                + (", and `or 0` makes them look fine" if "or 0" in s.code else "")
                + ". Use `m.group`, which is False without a group."
            ),
        ),
        Hint(
            "none-is-zero",
            lambda s: _missed(s, GROUP_AT_END),
            "no rule fires for the group that begins at the end: its lag is 0, but one of its "
            "other figures is None.",
        ),
        Hint(
            "poison-is-dead",
            lambda s: _missed(s, POISON, CONSUMER_DEAD),
            lambda s: (
                f"no rule fires for “{_missed(s, POISON, CONSUMER_DEAD)[0]}”: a pending entry "
                "alone is no reason for an alarm, so compare "
                + (
                    "its delivery count with that of good entries."
                    if _missed(s, POISON)
                    else "the oldest entry's idle time with the longest handler's time."
                )
            ),
        ),
        Hint(
            "green-is-well",
            lambda s: _missed(s, DEAD_LETTERS) or _missed(s, PRODUCER_STOPPED),
            lambda s: (
                f"no rule fires for “{_missed(s, DEAD_LETTERS, PRODUCER_STOPPED)[0]}”, where lag "
                "and pending are 0: look at how many entries were added, and how many went to the "
                "dead letters."
            ),
        ),
        Hint(
            "nobody-is-slow",
            _missed,
            lambda s: (
                f"no rule fires for “{_missed(s)[0]}”: compare its figures with those of the "
                "healthy stream."
            ),
        ),
    ),
)


def _rows(seen: Seen) -> list[dict]:
    return seen.passed["report"] or []


def _row(seen: Seen, trouble: str) -> dict | None:
    """Return the report's first row with this trouble: "found", "fixed", "lost" or "twice"; the
    last two count only once the stream is fixed."""
    if trouble in ("lost", "twice"):
        return next((row for row in _rows(seen) if row[trouble] and row["fixed"]), None)
    if trouble == "found":
        return next((row for row in _rows(seen) if row["found"] != row["incident"]), None)
    return next((row for row in _rows(seen) if not row["fixed"]), None)


def _place(seen: Seen, row: dict) -> int:
    return 1 + _rows(seen).index(row)


def _named(seen: Seen, row: dict) -> str:
    """Name the stream of a row, with its problem."""
    return f"stream {_place(seen, row)} ({row['incident']})"


def _lost_values(seen: Seen) -> str:
    """Name the first stream that lost values, and count them."""
    row = _row(seen, "lost")
    return f"{_named(seen, row)} lost {count(row['lost'], 'value')}"


BARE_R = r"(?<![\w.])r\.\w+\(|\(r, "
"""Code that asks the course's own server, unless `r` has got another meaning."""

OWN_R = r"\br = |\bas r\b|(def \w+\(|lambda )([^):]*[ ,])?r\b"
"""Code that gives `r` another meaning."""


def _bare_r(seen: Seen) -> bool:
    """Tell whether the code asks the course's own server."""
    return seen.times(BARE_R) > 0 and not re.search(OWN_R, seen.code)


def _case(seen: Seen, row: dict) -> str:
    """Return the name of the stream of one row."""
    return f"12:drill:{_place(seen, row)}"


def _sent_to(seen: Seen, row: dict, *commands: str) -> Sent | None:
    """Return the last of these commands that changed something in a row's stream, or in its dead
    letters."""
    own = _case(seen, row), _case(seen, row) + ":dead"
    found = [each for each in seen.did(*commands) if {*own} & {*each.keys} and not each.error]
    return next((each for each in reversed(found) if not each.empty), None)


def _removed(seen: Seen) -> Sent | None:
    """Return the command that removed entries from the first stream that lost some."""
    return _sent_to(seen, _row(seen, "lost"), "XDEL", "XTRIM", "DEL", "UNLINK")


def _lost(seen: Seen, *kinds: str) -> bool:
    row = _row(seen, "lost")
    return bool(row) and row["incident"] in kinds


HANDLED_BY = {
    CONSUMER_DEAD: "use XAUTOCLAIM to claim the dead consumer's entries for a live one.",
    POISON: "use `dead_letter` to keep the entries that can't be handled.",
    DEAD_LETTERS: "call `deploy_fix`, then move each dead letter back to the stream with `replay`.",
}
"""How the entries that an incident leaves behind get handled, or kept."""

OF_THE_GROUP = "Leave the entries to the group's consumers."
"""The same after any other incident."""

LOSING = {
    "XACK": "which acknowledged entries that no consumer had handled",
    "XGROUP SETID": "which moved the group past entries that no consumer had handled",
    "XGROUP DELCONSUMER": "which dropped the pending entries of that consumer",
    "XGROUP CREATE": "so the group gets only entries after the ID that you gave",
}
"""What commands do by which a group loses entries."""


def _loser(seen: Seen) -> Sent | None:
    """Return the command by which the first stream that lost entries lost them."""
    return _sent_to(seen, _row(seen, "lost"), *LOSING)


def _never_handled(seen: Seen) -> str:
    """Say how entries got out of the group's reach, and what else would have helped."""
    kind, each = _row(seen, "lost")["incident"], _loser(seen)
    how = (
        f"you sent `{each.line}`, {LOSING[each.command]}. "
        if each
        else "a value is lost if it is neither handled nor pending nor among the dead letters. "
    )
    helps = f"For “{kind}”, {HANDLED_BY[kind]}" if kind in HANDLED_BY else OF_THE_GROUP
    return f"{_lost_values(seen)}: {how}{helps}"


def _not_fixed(seen: Seen) -> str:
    """Say what a stream still needs: what is missing in the learner's own fix, or else the
    remedy."""
    kind = _row(seen, "fixed")["incident"]
    if kind == CONSUMER_DEAD and (said := _claimed(seen)):
        return said
    if kind == PRODUCER_STOPPED:
        return "no entries are coming in, so call `case.start_producer()`."
    if kind == DEAD_LETTERS and "deploy_fix(" in seen.code and "replay(" not in seen.code:
        return "the fix is deployed, but the dead letters are still there: `replay` each of them."
    if kind == DEAD_LETTERS and "replay(" in seen.code and "deploy_fix(" not in seen.code:
        return "the handler fails again on the replayed entries: call `case.deploy_fix()` first."
    return f"{REMEDIES[kind]}"


def _claimed(seen: Seen) -> str:
    """Say what was wrong with the last claim in the first stream that isn't fixed; "" without
    one."""
    key, limit = _case(seen, _row(seen, "fixed")), 2 * LONGEST_HANDLER_MS
    own = [e for e in seen.did("XAUTOCLAIM", "XCLAIM") if e.key == key and not e.error]
    if not own:
        return ""
    last = own[-1]
    if last.empty and int(last.words[4]) > limit:
        return (
            f"your `{last.line}` claimed nothing, because no entry had been idle for that long: "
            f"{limit} ms, twice the longest handler's time, is enough."
        )
    if last.empty:
        return f"your `{last.line}` claimed nothing: {nothing(last)}."
    if last.consumer != "bob":
        return (
            f"you claimed entries for `{last.consumer}`, but no consumer with that name is "
            "running: claim them for `bob`, or start that consumer."
        )
    return f"your `{last.line}` left some entries with the dead consumer: claim all of them."


DRILL = Exercise(
    "12.drill",
    given={BARE_R: 1},
    title="A drill",
    minutes=15,
    values=("report",),
    reads={"here": lambda r: r.exists(*(f"12:drill:{number}" for number in range(1, 9)))},
    task="name the problem of each stream in the drill in `case.found`, and fix it.",
    praise="you fixed all eight: nothing was lost, and nothing was handled twice.",
    wanted="the right name in `case.found` for each of the eight streams, which must be healthy "
    "two looks later, with every value handled once or kept as a dead letter.",
    sees=lambda s: (
        "none of the drill's streams is finished yet."
        if not _rows(s)
        else f"of {count(len(_rows(s)), 'stream')}, you named "
        f"{sum(r['found'] == r['incident'] for r in _rows(s))} correctly and fixed "
        f"{sum(r['fixed'] for r in _rows(s))}; in the fixed ones, "
        f"{count(sum(r['lost'] for r in _rows(s) if r['fixed']), 'value')} lost; in all of them, "
        f"{sum(r['twice'] for r in _rows(s))} handled twice."
    ),
    solved=lambda s: (
        len(_rows(s)) == 8
        and not any(_row(s, trouble) for trouble in ("found", "fixed", "lost", "twice"))
    ),
    untouched=lambda s: not s.sent and not any(row["found"] or row["fixed"] for row in _rows(s)),
    slip=lambda s: (
        _row(s, "found")
        and f"stream {_place(s, _row(s, 'found'))} has no finding: set "
        "`case.found` to what its two looks show."
    ),
    hints=(
        Hint(
            "r-is-everywhere",
            lambda s: s.read["here"] or _bare_r(s),
            "the drill has its own server, which `r` doesn't reach: send your commands with "
            "`case.r`.",
        ),
        Hint("none-is-zero", _no_group, _no_group),
        Hint(
            "found-is-fixed",
            lambda s: s.watched and not s.ended and len(_rows(s)) < 8 and "break" in s.code,
            lambda s: (
                f"a `break` ended your loop at stream {len(_rows(s)) + 1} of 8: let the loop go "
                "through all the streams."
            ),
        ),
        Hint(
            "ack-repairs",
            lambda s: _removed(s),
            lambda s: (
                f"{_lost_values(s)}: you sent `{_removed(s).line}`, which removed entries "
                "that nobody had handled"
                + (
                    f". Instead, {HANDLED_BY[_row(s, 'lost')['incident']]}"
                    if _row(s, "lost")["incident"] in HANDLED_BY
                    else ". Don't remove any."
                )
            ),
        ),
        Hint(
            "dollar-hides",
            lambda s: (
                _lost(s, GROUP_GONE)
                and (not _loser(s) or _loser(s).command in ("XGROUP CREATE", "XGROUP SETID"))
            ),
            lambda s: (
                f"{_lost_values(s)}: the producer kept sending without the group. Delete "
                "nothing, and create the group at `0`, so that it also gets the entries sent in "
                "the meantime."
            ),
        ),
        Hint(
            "ack-repairs",
            lambda s: _lost(s, *HANDLED_BY),
            _never_handled,
        ),
        Hint(
            "green-is-well",
            lambda s: _lost(s, GROUP_AT_END),
            lambda s: (
                f"{_lost_values(s)}, which the group will never get: move the group back with "
                "`XGROUP SETID`."
            ),
        ),
        Hint(
            "green-is-well",
            lambda s: _row(s, "lost"),
            _never_handled,
        ),
        Hint(
            "rewind-repairs",
            lambda s: _row(s, "twice"),
            lambda s: (
                f"in {_named(s, _row(s, 'twice'))}, consumers handled "
                f"{count(_row(s, 'twice')['twice'], 'value')} twice. A group gets entries again "
                "when you move it back or recreate it, or when you add, replay or claim entries "
                "that were already handled, or that somebody is still working on."
            ),
        ),
        Hint(
            "slow-is-dead",
            lambda s: (_row(s, "found") or {}).get("found"),
            lambda s: (
                f"the problem of stream {_place(s, _row(s, 'found'))} isn't "
                f"“{listed(_row(s, 'found')['found'])}”: set `case.found` to what its two "
                "looks show."
            ),
        ),
        Hint(
            "found-is-fixed",
            lambda s: _row(s, "fixed") and not _row(s, "found"),
            lambda s: (
                f"{_named(s, _row(s, 'fixed'))} isn't healthy two looks later: {_not_fixed(s)}"
            ),
        ),
    ),
)

EXERCISES = [NAMES, RULES, DRILL]
