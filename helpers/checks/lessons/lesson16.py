"""Lesson 16, Choose: the values of dead workers, six cases, and a list that becomes a stream."""

import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.signs import SENT_NOTHING
from helpers.checks.wording import differs, listed, said
from helpers.connection.sent import SCRIPTS
from helpers.snapshots import EntryState

RESCUE_LIST, OWN = "16:rescue", ("ann", "ben", "cleo")
BACK = ["0", "1", "3", "4", "5", "6", "7", "8", "9"]
DONE = {"": BACK, "ann": [], "ben": ["2"], "cleo": []}


def _lists(seen: Seen) -> dict[str, list[str]]:
    """Return the shared list (under ""), and each worker's own."""
    return dict(zip(("", *OWN), seen.read["lists"], strict=True))


def _gone(seen: Seen) -> list[str]:
    """Return the values that waited in the shared list, and are in none now."""
    return [value for value in BACK[4:] if not any(value in each for each in seen.read["lists"])]


def _taken(seen: Seen) -> str:
    """Return a worker whose list has values that waited in the shared list; "" if none has."""
    return next((name for name in OWN if {*_lists(seen)[name]} & {*BACK[4:]}), "")


def _misnamed(seen: Seen) -> str:
    """Return the LMOVE that took from a key that isn't the exercise's; "" if none did."""
    moves = [each for each in seen.did("LMOVE") if not each.key.startswith(RESCUE_LIST)]
    return moves[-1].line if moves else ""


def _left_behind(seen: Seen) -> str:
    """Say which values are still in dead workers' lists, and how they get back."""
    left = [
        f"`{RESCUE_LIST}:{name}` still holds {listed(_lists(seen)[name])}"
        for name in ("ann", "cleo")
        if _lists(seen)[name]
    ]
    said = f"not all values are back: {' and '.join(left)}"
    if _misnamed(seen):
        return (
            f"{said}. Your `{_misnamed(seen)}` named a different list: move values from each dead "
            "worker's list until LMOVE returns None."
        )
    if seen.watched and not seen.sent:
        return f"{said}. {SENT_NOTHING}"
    if all(each.command in ("EXISTS", "GET") for each in seen.sent):
        return (
            f"{said}. You haven't sent a command to move them: if a worker is dead, EXISTS "
            "returns 0 for its `:alive` key, and GET returns None."
        )
    return f"{said}; move values from there to `{RESCUE_LIST}` until LMOVE returns None."


def _reordered(seen: Seen) -> str:
    """Say how to put back all values, which are there, in their order."""
    back = _lists(seen)[""][:4]
    if sorted(back) != BACK[:4]:
        return "put the rescued values at its left end, before those already waiting there"
    places = [[back.index(value) for value in pair] for pair in (BACK[:2], BACK[2:4])]
    turned = any(first > second for first, second in places)
    mixed = any(abs(first - second) > 1 for first, second in places)
    advice = ["take values from each list's right end, where the newest one is"] if turned else []
    if mixed:
        advice += ["empty one worker's list before you start on the next, Cleo's before Ann's"]
    elif min(places[0]) > min(places[1]):
        advice += ["start with the worker that took the newest values"]
    return ", and ".join(advice)


TAKING = ("LPOP", "RPOP", "BLPOP", "BRPOP", "LMPOP", "BLMPOP", "LTRIM", "LREM", "DEL")
"""Commands that only take from a list."""

PARTS = ("LPUSH", "RPUSH", *TAKING)
"""Commands that only add to a list, or only take from it."""


def _apart(seen: Seen, *commands: str) -> bool:
    """Tell whether one of these took effect on its own, outside a script or a transaction; not on
    the sign of a worker's life."""
    sent = [each for each in seen.did(*commands) if not each.key.endswith(ALIVE)]
    return any(each.answer not in (None, 0, "QUEUED") and not each.together for each in sent)


ALIVE = ":alive"


def _faked(seen: Seen) -> str:
    """Say which command changed a key that says whether a worker is alive; "" if none did."""
    changes = seen.did("DEL", "UNLINK", "GETDEL", "EXPIRE", "PEXPIRE", "RENAME", "SET", "SETEX")
    for each in changes:
        if each.answer and any(key.endswith(ALIVE) for key in each.keys):
            return (
                f"you sent `{each.line}`: only the worker itself may change that key, which "
                "tells all the others whether it is alive. Run the cell again, and this time only "
                "read the key."
            )
    return ""


RESCUE = Exercise(
    "16.rescue",
    by_hand=lambda s: (
        _faked(s)
        or (
            not s.did("LMOVE", "RPOPLPUSH", "LRANGE", "LINDEX", "LMPOP", "LPOP", "RPOP", "SORT")
            and s.sent_one(
                "LPUSH|RPUSH",
                "with different values in the lists, this would be wrong. Move them with LMOVE.",
            )
        )
    ),
    title="Whose values?",
    minutes=7,
    stage=7,
    reads={
        "lists": lambda r: [
            r.lrange(key, 0, -1) for key in (RESCUE_LIST, *(f"{RESCUE_LIST}:{n}" for n in OWN))
        ]
    },
    task="put the dead workers' values back into 16:rescue.",
    praise="0, 1, 3 and 4 will be taken next, in that order, and Ben keeps the value that he is "
    "working on.",
    wanted="16:rescue begins with 0, 1, 3, 4, 5; the lists of Ann and Cleo are empty; and Ben has "
    "his 2.",
    sees=lambda s: (
        f"16:rescue holds {listed(_lists(s)[''], 12)}; "
        + "; ".join(f"{name} has {listed(_lists(s)[name])}" for name in OWN)
        + "."
    ),
    solved=lambda s: _lists(s) == DONE and not _apart(s, *PARTS),
    untouched=lambda s: (
        _lists(s) == {"": BACK[4:], "ann": ["0", "1"], "ben": ["2"], "cleo": ["3", "4"]}
        or not any(_lists(s).values())
    ),
    hints=(
        Hint("alive-is-dead", lambda s: _lists(s) != DONE and _faked(s), _faked),
        Hint(
            "alive-is-dead",
            lambda s: "2" in _lists(s)[""],
            "you put the value 2 back, but Ben is alive and working on it, so it will be handled "
            "twice: rescue values only from workers whose `:alive` key is gone.",
        ),
        Hint(
            "two-commands",
            lambda s: _lists(s) == DONE and _apart(s, *PARTS),
            "the order is right, but you added the values in one command and removed them in "
            "another: a crash in between would lose or duplicate them. LMOVE does both at once.",
            nearly=True,
        ),
        Hint(
            "copied-is-moved",
            lambda s: _gone(s),
            lambda s: (
                f"16:rescue used to hold {listed(_gone(s))}, but now no list does: leave the "
                "waiting values alone, and add the dead workers' values at its left end."
            ),
        ),
        Hint(
            "copied-is-moved",
            lambda s: len(_lists(s)[""]) >= 9 and (_lists(s)["ann"] or _lists(s)["cleo"]),
            "the values are back, but a dead worker's own list still holds some of them, so the "
            "next rescue would add those again: move the values instead of copying them.",
        ),
        Hint(
            "own-list-waits",
            _taken,
            lambda s: (
                f"`{RESCUE_LIST}:{_taken(s)}` now holds values that were waiting in 16:rescue: "
                "LMOVE's first argument is the list to move from, and its second the list to move "
                "to."
            ),
        ),
        Hint(
            "own-list-waits",
            lambda s: len(_lists(s)[""]) < 9 and (_lists(s)["ann"] or _lists(s)["cleo"]),
            _left_behind,
        ),
        Hint(
            "own-list-waits",
            lambda s: len(_lists(s)[""]) < 9 and not _lists(s)["ann"] and not _lists(s)["cleo"],
            "the dead workers' lists are empty, but not all of their values are in 16:rescue: "
            "run the cell above again, and move them there with LMOVE.",
        ),
        Hint(
            "list-ends",
            lambda s: _lists(s)[""][:5] == BACK[4:],
            "the values went to the end of 16:rescue, after 5 to 9, but workers take values "
            "from its left end: add the rescued values there.",
        ),
        Hint(
            "list-ends",
            lambda s: sorted(_lists(s)[""]) == BACK,
            lambda s: f"16:rescue begins with {listed(_lists(s)[''], 5)}: {_reordered(s)}.",
        ),
    ),
)

ANSWERS = {
    "presence": ("pubsub",),
    "payments": ("stream",),
    "thumbnails": ("list",),
    "audit": ("disk",),
    "scores": ("pubsub",),
    "accounts": ("partitions",),
}
WAYS = ("list", "pubsub", "stream", "partitions", "disk")


def _choices(seen: Seen) -> dict:
    choices = seen.passed["choices"]
    return choices if isinstance(choices, dict) else {}


def _chose(case: str, *ways: str):
    """Make a predicate: whether this case was answered in one of these ways."""
    return lambda seen: _choices(seen).get(case) in ways


def _right(seen: Seen, case: str) -> bool:
    return _choices(seen).get(case) in ANSWERS[case]


def _unknown(seen: Seen) -> list[str]:
    """Return the cases answered with something that isn't offered."""
    answers = _choices(seen).items()
    return [case for case, way in answers if way is not None and way not in WAYS]


def _stored_needlessly(seen: Seen) -> list[str]:
    """Return the cases that may miss messages, but were answered with something that stores."""
    kept = set(WAYS) - {"pubsub"}
    return [case for case in ("presence", "scores") if _choices(seen).get(case) in kept]


def _answered(seen: Seen) -> str:
    """Say which cases are answered, or what else is in `choices`."""
    if not isinstance(seen.passed["choices"], dict):
        return f"choices = {listed(seen.passed['choices'])}, which isn't a dictionary."
    for case in _choices(seen):
        if case not in ANSWERS:
            return f"`{listed(case)}` isn't one of the cases."
    for case in _unknown(seen):
        given = said(_choices(seen)[case])
        return f"`{case}` is answered with {given}, which isn't one of the five words."
    return f"answered: {listed([case for case in ANSWERS if _choices(seen).get(case)])}."


CASES = Exercise(
    "16.cases",
    title="Six cases",
    minutes=8,
    values=("choices",),
    typed=("choices",),
    task="choose a way for each of the six cases.",
    praise="for each case, you chose the simplest way that meets its needs.",
    wanted='one of "list", "pubsub", "stream", "partitions" and "disk" for each of the six cases '
    "in the dictionary `choices`.",
    sees=_answered,
    solved=lambda s: all(_right(s, case) for case in ANSWERS),
    untouched=lambda s: s.passed["choices"] in (None, dict.fromkeys(ANSWERS)),
    hints=(
        Hint(
            "pubsub-buffers",
            _chose("payments", "pubsub"),
            "payments sent over Pub/Sub are lost whenever a worker isn't connected, such as "
            "after a crash or during a restart.",
        ),
        Hint(
            "safe-list",
            _chose("payments", "list"),
            "a safe list survives a crash, but it gives each payment to only one reader, and "
            "billing and fraud detection both need every payment.",
        ),
        Hint(
            "more-is-safer",
            _chose("payments", "partitions", "disk"),
            "these payments don't have to stay in order, and a week of them fits into memory: "
            "choose something simpler.",
        ),
        Hint(
            "pubsub-shares",
            _chose("thumbnails", "pubsub"),
            "Pub/Sub gives each image to all ten workers, so all ten would shrink it.",
        ),
        Hint(
            "pubsub-buffers",
            _chose("audit", "pubsub", "list"),
            "auditors read from the beginning, but your choice gives each value to only one "
            "reader, or only to readers that are connected at that moment.",
        ),
        Hint(
            "stream-on-disk",
            _chose("audit", "stream", "partitions"),
            "a stream lives in the server's memory, and partitions only spread it: terabytes a "
            "year belong on disk.",
        ),
        Hint(
            "group-keeps-order",
            _chose("accounts", "stream", "list"),
            "when twenty workers share the values, an account's second one can be booked before "
            "its first, as in lesson 11.",
        ),
        Hint(
            "pubsub-buffers",
            _chose("accounts", "pubsub"),
            "all twenty workers would book each deposit, and a worker would miss every deposit "
            "that arrived while it was away.",
        ),
        Hint(
            "more-is-safer",
            _chose("accounts", "disk"),
            "the deposits and withdrawals of each account must stay in order, and keeping the log "
            "on disk doesn't ensure that.",
        ),
        Hint(
            "keep-all",
            _stored_needlessly,
            lambda s: (
                f"`{_stored_needlessly(s)[0]}`: a reader that isn't connected may miss a message, "
                "and that does no harm. Which of the five ways stores nothing?"
            ),
        ),
        Hint(
            "more-is-safer",
            lambda s: (
                [case for case in ANSWERS if not _right(s, case)] == ["thumbnails"]
                and _choices(s)["thumbnails"] in WAYS
            ),
            "`thumbnails`: your choice would work, but it does more than you need: nobody reads "
            "a job again, order doesn't matter, and the page requests a lost image again.",
            nearly=True,
        ),
    ),
)


MOVED = "16:move:stream"
TEN, STAYING = [str(n) for n in range(10)], ["10", "11"]

HALVES = ("XADD", *TAKING)
"""Commands that only add to the stream, or only take from the list."""

MOVE = Exercise(
    "16.move",
    title="In one step",
    minutes=8,
    after=2,
    stage=1,
    stream=MOVED,
    reads={"left": lambda r: r.lrange("16:move", 0, -1)},
    task="make `move_one` move the oldest value of 16:move to the stream 16:move:stream, in one "
    "step.",
    praise="ten values are in the stream, in order, and no crash can lose or duplicate a value.",
    wanted="0 to 9 in the stream 16:move:stream, in that order, in the field `value`, and 10 and "
    "11 left in 16:move, because each of the ten calls moves one value.",
    sees=lambda s: (
        f"the stream holds {listed(s.values, 12)}; the list holds {listed(s.read['left'], 12)}."
    ),
    solved=lambda s: (
        s.values == TEN
        and s.read["left"] == STAYING
        and not _apart(s, *HALVES)
        and not _read_before(s)
        and not _in_two_scripts(s)
        and all("value" in e.fields for e in s.stream.entries)
    ),
    untouched=lambda s: not s.stream.exists and s.read["left"] == TEN + STAYING,
    slip=lambda s: differs("the stream", s.values, TEN) or s.idle_script(),
    hints=(
        Hint(
            "two-commands",
            lambda s: _apart(s, *HALVES) and s.values == TEN and s.read["left"] == STAYING,
            lambda s: (
                "nothing went wrong this time, but you sent "
                + (
                    "the XADD before the value left its list, so a crash in between would duplicate"
                    if _added_first(s)
                    else f"the {_parts(s)[0]} before the XADD, so a crash in between would lose"
                )
                + " the value: put both steps into one script."
            ),
            nearly=True,
        ),
        Hint(
            "two-commands",
            lambda s: _in_two_scripts(s) and s.values == TEN and s.read["left"] == STAYING,
            "nothing went wrong this time, but you sent two scripts for each value, so a crash in "
            "between would lose or duplicate it: put both halves into one script.",
            nearly=True,
        ),
        Hint(
            "two-commands",
            lambda s: _read_before(s) and s.values == TEN and s.read["left"] == STAYING,
            "nothing went wrong this time, but your code chose the value before the transaction, "
            "so two movers could both add it, then take two values off the list. WATCH the list "
            "before you choose, or do it all in one script.",
            nearly=True,
        ),
        Hint(
            "copied-is-moved",
            lambda s: s.values and {*s.values} <= {*TEN} and s.read["left"] == TEN + STAYING,
            "the values are in the stream but still in the list, so the next move would add "
            "them again: also take each value off the list.",
        ),
        Hint(
            "copied-is-moved",
            lambda s: s.values == TEN + STAYING and not s.read["left"],
            "all twelve values are in the stream, but each call to `move_one` should move just "
            "one, so that ten calls move ten: take a single value per call, without a loop.",
        ),
        Hint(
            "copied-is-moved",
            lambda s: s.values and not all("value" in each.fields for each in s.stream.entries),
            lambda s: (
                f"an entry has the field {listed(list(_unnamed(s).fields), 3)}, but the value "
                "belongs in the field `value`."
            ),
        ),
        Hint(
            "list-ends",
            lambda s: s.values == (TEN + STAYING)[:1:-1],
            "the newest value was moved first: RPUSH added values on the right, so the oldest is "
            "on the left, where LPOP takes it.",
        ),
        Hint(
            "another-name",
            lambda s: not s.stream.exists and _elsewhere(s),
            lambda s: f"your command named the keys {_elsewhere(s)}, but the stream is `{MOVED}`.",
        ),
        Hint(
            "two-commands",
            lambda s: _without_id(s) and s.read["left"] != TEN + STAYING,
            lambda s: (
                "XADD was refused because it has no ID: put `*` after the key. Redis doesn't undo "
                "the rest of a script or transaction, so the value it took from the list is gone."
            ),
        ),
        Hint(
            "two-commands",
            lambda s: s.read["left"] in ([], STAYING) and not s.stream.exists,
            lambda s: (
                "values are gone from the list, but the stream holds nothing, so they are lost: "
                + (
                    "check the script's keys and conditions, and its XADD, whose errors redis.call "
                    "reports but redis.pcall hides."
                    if s.did(*SCRIPTS)
                    else "take and add each value in one script."
                )
            ),
        ),
    ),
)


def _elsewhere(seen: Seen) -> str:
    """Return the keys of the first script or XADD that named one that isn't the exercise's, or
    ""."""
    named = [each.keys for each in seen.did("XADD", *SCRIPTS)]
    others = [list(keys) for keys in named if {*keys} - {"16:move", MOVED}]
    return listed(others[0], 4) if others else ""


def _read_before(seen: Seen) -> bool:
    """Tell whether a transaction added a value that was read before it began, without WATCH."""
    added = [e for e in seen.did("XADD") if e.together and e.key == MOVED and not e.error]
    return bool(added) and not any("16:move" in each.keys for each in seen.did("WATCH"))


def _without_id(seen: Seen) -> bool:
    """Tell whether the cell ended at an XADD without an ID, in a script or not."""
    plain = "'xadd' command" in seen.error
    script = "rong number of arg" in seen.error and re.search(r"XADD(?!.*\*)", seen.code, re.I)
    return not seen.stream.exists and (plain or bool(script))


def _unnamed(seen: Seen) -> EntryState:
    """Return the first entry without the field `value`."""
    return next(each for each in seen.stream.entries if "value" not in each.fields)


def _in_two_scripts(seen: Seen) -> bool:
    """Tell whether two different scripts worked on the exercise's keys for each of the values."""
    scripts = [e for e in seen.did(*SCRIPTS) if not (e.error or e.together)]
    own = [e.words[1] for e in scripts if not e.keys or {*e.keys} & {"16:move", MOVED}]
    return sum(own.count(script) >= len(TEN) for script in {*own}) > 1


def _added_first(seen: Seen) -> bool:
    """Tell whether the first part added the value, perhaps in a script, and another took it."""
    first = _parts(seen)[0]
    return first == "XADD" or first in SCRIPTS and "XADD" not in _parts(seen)


def _parts(seen: Seen) -> list[str]:
    """Return the names of the commands that added or took, in order; one may be a script."""
    return [each.command for each in seen.did(*HALVES, *SCRIPTS)]


EXERCISES = [RESCUE, CASES, MOVE]
