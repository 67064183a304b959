"""Lesson 09, Retention: trim by age, notice a loss that the lag hides, and shorten a shared stream
without taking anything away."""

import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number
from helpers.checks.wording import differs, listed, said
from helpers.connection.sent import SCRIPTS, Sent
from helpers.plurals import count
from helpers.snapshots.states import TRIMMED

HOURS, TWENTY = [str(n) for n in range(14)], [str(n) for n in range(20)]


def _trim(seen: Seen, word: str) -> Sent | None:
    """Return the last XTRIM with this word that the server accepted."""
    trims = [each for each in reversed(seen.did("XTRIM")) if not each.error]
    return next((each for each in trims if word in each.words), None)


def _only_about(seen: Seen) -> bool:
    """Tell whether each XTRIM that the server accepted has a `~`."""
    return all("~" in each.words for each in seen.did("XTRIM") if not each.error)


def _counts(seen: Seen) -> bool:
    """Tell whether an XTRIM with MAXLEN removed entries."""
    return any("MAXLEN" in each.words and each.answer for each in seen.did("XTRIM"))


AGES = r"60|\d{4}|\d_\d|\de\d|(?i:hours)"
"""What code has that computes six hours, in any unit, and what it may be called."""


def _by_position(seen: Seen) -> str:
    """Say that the code counts entries, if nothing in it is an age; or ""."""
    if not seen.code or seen.times(AGES):
        return ""
    return (
        "your code contains no age, so with a different stream, it would remove the wrong entries: "
        "compare each ID with the time six hours ago."
    )


MILLISECONDS = 10**11
"""In this century and the next, a time since 1970 is above this in milliseconds, below it in
seconds."""

AN_AGE = 10**9
"""Milliseconds of eleven days, longer than any age in this lesson; seconds since 1970 are more."""


def _moment(trim: Sent) -> int:
    """Return the first part of the ID from which an XTRIM keeps entries."""
    return int(trim.words[-1].partition("-")[0])


def _unkept(seen: Seen, wanted: list[str], removed: int) -> str:
    """Say that the stream has the wanted entries, but that another number was kept; or ""."""
    if seen.values != wanted or number(kept := seen.passed["removed"]) == removed:
        return ""
    return (
        f"the stream is right, but {said(kept)} isn't the number of entries removed: set `removed` "
        "to the reply of the call that removed them."
    )


CLOCK = Exercise(
    "09.clock",
    given={AGES: 3},
    title="Six hours",
    minutes=4,
    stage=15,
    stream="09:clock",
    values=("removed",),
    reads={"expiry": lambda r: r.pttl("09:clock")},
    task="remove entries older than six hours from 09:clock, and no others; keep the reply in "
    "`removed`.",
    praise="the entries older than six hours are gone, and the rest are still there.",
    wanted="the six entries 8 to 13, the oldest of them five and a half hours old, and the number "
    "of removed entries in `removed`.",
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')} ({listed(s.values, 14)}); removed = "
        f"{said(s.passed['removed'])}."
    ),
    solved=lambda s: (
        s.values == HOURS[8:]
        and s.read["expiry"] < 0
        and number(s.passed["removed"]) == 8
        and not _counts(s)
    ),
    by_hand=_by_position,
    untouched=lambda s: s.values == HOURS and s.passed["removed"] is None and s.read["expiry"] < 0,
    slip=lambda s: (
        (not s.stream.exists and "the whole stream is gone, including its younger entries.")
        or (
            s.values == HOURS
            and "nothing was removed: XTRIM removes entries, whereas XRANGE only returns them."
        )
        or differs("the stream", s.values, HOURS[8:], "keep the younger entries")
        or _unkept(s, HOURS[8:], 8)
    ),
    hints=(
        Hint(
            "expiry-per-entry",
            lambda s: s.read["expiry"] >= 0,
            "the stream now has an expiry, and when it runs out, all entries will disappear at "
            "once. Each ID begins with a time, so trim by ID.",
        ),
        Hint(
            "count-is-age",
            lambda s: s.values == HOURS[8:] and _counts(s),
            "the right six entries are left, but only because one was added each hour: MAXLEN "
            "counts entries, so use MINID to go by age.",
            nearly=True,
        ),
        Hint(
            "count-is-age",
            lambda s: s.values == HOURS[7:] and _trim(s, "MINID"),
            "entry 7 is six and a half hours old, so it has to go, too: count six hours back from "
            "now (`seconds`), not from the newest entry, which is already half an hour old.",
        ),
        Hint(
            "maxlen-exact",
            lambda s: s.values == HOURS and _trim(s, "~") and _only_about(s),
            lambda s: (
                f"nothing was removed: `{_trim(s, '~').line}` has a `~`, redis-py's default, so it "
                "removes only full nodes, and fourteen entries don't fill one. Ask for an exact "
                "trim."
            ),
        ),
        Hint(
            "id-in-seconds",
            lambda s: s.values == HOURS and _trim(s, "MINID"),
            lambda s: (
                f"nothing was removed, because the ID in `{_trim(s, 'MINID').line}` is lower than "
                "every entry's: "
                + (
                    "an ID begins with milliseconds since 1970, but `seconds` counts seconds."
                    if AN_AGE < _moment(_trim(s, "MINID")) < MILLISECONDS
                    else "subtract six hours (6 * 3600 * 1000 ms) from `seconds * 1000`."
                )
            ),
        ),
        Hint(
            "maxlen-exact",
            lambda s: s.values == HOURS and s.passed["removed"] == 0 and not s.watched,
            "nothing was removed: either the call sent `~`, as redis-py does by default, or your "
            "ID is in seconds instead of milliseconds.",
        ),
        Hint(
            "count-is-age",
            lambda s: s.values == HOURS[8:] and s.passed["removed"] in (0, 6),
            lambda s: (
                f"the right entries are gone, but {s.passed['removed']} "
                + (
                    "is the number of entries left"
                    if s.passed["removed"]
                    else "isn't the number removed"
                )
                + ": set `removed` to the reply of the call that removed them."
            ),
            nearly=True,
        ),
        Hint(
            "id-in-seconds",
            lambda s: s.values != HOURS[8:] and _trim(s, "MINID") and not _trim(s, "MAXLEN"),
            lambda s: (
                f"`{_trim(s, 'MINID').line}` keeps every entry from that ID onward, so the ID must "
                "be the time six hours (6 * 3600 * 1000 ms) ago."
            ),
        ),
        Hint(
            "count-is-age",
            lambda s: _trim(s, "MAXLEN"),
            "MAXLEN counts entries and ignores their age, which is in their IDs: trim by MINID.",
        ),
    ),
)


def _answer(seen: Seen) -> list[int | None]:
    """Return the number after the dash of each returned ID, None for anything else."""
    moment = seen.read["last"].partition("-")[0]
    ids = {f"{moment}-{number}": number for number in range(120)}
    return [ids.get(each) if isinstance(each, str) else None for each in seen.passed["needed"]]


def _returned(seen: Seen) -> str:
    """Say what `oldest_needed` returned for each stream."""
    if seen.passed["needed"] is None:
        return "`needed` isn't set."
    answers = zip(seen.passed["needed"], _answer(seen), strict=True)
    shown = [listed(found) if at is None else f"the ID of {at}" for found, at in answers]
    return f"`oldest_needed` returned {' and '.join(shown)}{_of_nothing(seen)}."


def _of_nothing(seen: Seen) -> str:
    """Say why a function returned None twice; "" if it didn't."""
    if seen.passed["needed"] != [None, None]:
        return ""
    if not re.search(r"\breturn\b", seen.code):
        return ", as does any function without `return`"
    return ", as a list's sort() does" if ".sort(" in seen.code else ""


def _no_id(seen: Seen) -> str:
    """Say that something else than an ID was returned; or ""."""
    answers = [each for each in seen.passed["needed"] if each is not None]
    if all(isinstance(each, str) and re.fullmatch(r"\d+-\d+", each) for each in answers):
        return ""
    return "an ID is text such as 1700000000000-0: return it exactly as the server sent it."


CHANGING = {"XADD", "XTRIM", "XDEL", "XACK", "XCLAIM", "XAUTOCLAIM", "XGROUP", "DEL", "EXPIRE"}


def _changed(seen: Seen) -> str:
    """Say which command changed something, where the task only asks; or ""."""
    did = [e for e in seen.sent if e.words[0] in CHANGING and not (e.error or e.empty)]
    if not did:
        return ""
    return (
        f"`{did[0].line}` changed something on the server, but the task only asks a question: run "
        "the cell above again without that command."
    )


def _unasked(seen: Seen) -> str:
    """Say that the function took or changed something instead of asking, or about which stream's
    groups it didn't ask; or ""."""
    if any(each.asks_for_new for each in seen.did("XREADGROUP")):
        return (
            "your function reads with `>`, which delivers entries each time the function is "
            "called: `last-delivered-id` tells you the same without changing anything."
        )
    if said := _changed(seen):
        return said
    asked = {k for e in seen.sent for k in e.keys if e.words[0] in {"XINFO", *SCRIPTS}}
    left = [name for name in ("09:needed", "09:needed:back") if name not in asked]
    if not seen.watched or not left or "snapshot" in seen.code:  # A check sees no snapshot
        return ""
    return (
        f"your function never asked which groups `{left[-1]}` has, so it would be wrong for "
        "different groups: have it send XINFO GROUPS for `stream`."
    )


NEEDED = Exercise(
    "09.needed",
    title="The oldest needed entry",
    minutes=8,
    after=1,
    stage=257,
    stream="09:needed",
    reads={"last": lambda r: r.xinfo_stream("09:needed")["last-generated-id"]},
    values=("needed",),
    task="make `oldest_needed` return the lowest ID that any group of a stream still needs.",
    praise="you found 9, the first entry that `billing` has pending, and for `refunds`, an ID "
    "below which the group needs no entry.",
    wanted="the ID of 9, the lowest that any group of 09:needed still needs, and the ID of 1, to "
    "which `refunds` was rewound.",
    sees=_returned,
    # 2 is the next entry that `refunds` gets, so MINID with it loses nothing, either
    solved=lambda s: _answer(s) in ([9, 1], [9, 2]),
    untouched=lambda s: s.passed["needed"] in (None, [None, None]) and not s.sent,
    by_hand=_unasked,
    slip=lambda s: (
        _no_id(s)
        or _answer(s)[0] == _answer(s)[1] is not None
        and "both calls returned the same ID: have your function ask about `stream`, its argument."
    ),
    hints=(
        Hint(
            "ids-are-text",
            lambda s: (
                _answer(s)[0] == 119
                and _answer(s)[1] in (1, 2)
                and not re.search("id_key|lambda|lag", s.code)
            ),
            "as text, an ID that ends in -119 sorts before an ID that ends in -9: compare IDs with "
            "`key=id_key`.",
        ),
        Hint(
            "ids-are-text",
            lambda s: all(isinstance(part, int) for part in s.passed["needed"][0]),
            "`id_key` turns an ID into a pair of numbers, but the task asks for an ID: `min(…, "
            "key=id_key)` compares these pairs, yet returns the ID itself.",
        ),
        Hint(
            "first-group",
            lambda s: _answer(s) == [0, 0],
            "entry 0 comes first in both streams, but every group has acknowledged it: ask the "
            "groups what they need, not the stream.",
        ),
        Hint(
            "list-is-all",
            lambda s: _answer(s)[0] == 9 and _answer(s)[1] == 4,
            "entry 4 is pending for `refunds`, but the group was rewound to 1 and will get 2 and 3 "
            "again, so its last delivered ID counts, too.",
        ),
        Hint(
            "read-is-done",
            lambda s: _answer(s)[0] in (29, 30),
            "`billing` has read 0 to 29 but acknowledged only 0 to 8: it still needs its pending "
            "entries, so include the first of them.",
        ),
        Hint(
            "first-group",
            lambda s: _answer(s)[0] in (49, 59),
            lambda s: (
                f"{_answer(s)[0]} is what `{'audit' if _answer(s)[0] == 59 else 'stock'}` needs, "
                "but another group needs older entries: collect all groups' IDs first, then "
                "return the lowest."
            ),
        ),
        Hint(
            "forgotten-group",
            lambda s: _answer(s)[0] == 119,
            "119 is what the fastest group needs, but the slowest group decides: ask all groups, "
            "and take the lowest ID by `id_key`.",
        ),
    ),
)


def _given(seen: Seen) -> bool:
    """Tell whether the learner's code read entries that were waiting."""
    reads = [each for each in seen.did("XREADGROUP") if each.asks_for_new]
    return any(each.answer and not each.empty for each in reads)


def _uses_lag(seen: Seen) -> bool:
    """Tell whether `lost` was taken from the lag; in a function, whether it asks for the lag."""
    if "lost" not in seen.made or "def " in seen.code:
        return bool(re.search(r"""["']lag["']|\.lag\b""", seen.code))
    return bool({"'lag'", ".lag"} & seen.made["lost"].parts)


def _by_lag(seen: Seen) -> str:
    """Say that the number comes from the lag, which another server would count otherwise; or ""."""
    if not _uses_lag(seen):
        return ""
    return (
        "you used the lag, but not every server counts trimmed entries in the lag: start with the "
        "number of entries added, and subtract those delivered and those left in the stream."
    )


def _without_xinfo(seen: Seen) -> str:
    """Say that XINFO was never asked, so that something was counted elsewhere; or ""."""
    asked = seen.did("XINFO STREAM", "XINFO GROUPS") or re.search("xinfo|snapshot", seen.code, re.I)
    if asked or not seen.watched:
        return ""
    return (
        "you never sent XINFO, and a count of your own goes wrong as soon as somebody else adds or "
        "reads: take `entries-added` and `entries-read` from XINFO."
    )


LOSS = Exercise(
    "09.loss",
    title="Who lost what?",
    minutes=6,
    stage=16,
    stream="09:loss",
    group="mailing",
    values=("lost",),
    task="set `lost` to how many entries were never delivered to `mailing` and never will be.",
    praise="five entries were trimmed before they were delivered to `mailing`, and only a "
    "calculation like yours shows that.",
    wanted="the number of entries that were added but never delivered to `mailing`, and that are "
    "no longer in the stream.",
    sees=lambda s: (
        f"{s.stream.entries_added} entries were added, {s.stream.length} are in the "
        f"stream; lost = {said(s.passed['lost'])}."
    ),
    solved=lambda s: number(s.passed["lost"]) == 5 and not _given(s),
    by_hand=lambda s: _by_lag(s) or _changed(s) or _without_xinfo(s),
    untouched=lambda s: s.passed["lost"] is None,
    slip=lambda s: (
        "the number of lost entries can't be negative: subtract the other two numbers from the "
        "number of entries added."
        if number(s.passed["lost"]) < 0
        else "start with the number of entries added, and subtract those delivered and those left "
        "in the stream."
    ),
    hints=(
        Hint(
            "waiting-is-lost",
            _given,
            "your read delivered entries that were still waiting for `mailing`, so XINFO now shows "
            "different numbers: run the cell above again, and don't read.",
        ),
        Hint(
            "trimmed-is-lost",
            lambda s: s.stream.length < 3,
            "you removed entries that `mailing` could still have received, so now more are lost: "
            "run the cell above again, and remove nothing.",
        ),
        Hint(
            "lag-sees-loss",
            lambda s: s.passed["lost"] == s.group.lag and _uses_lag(s),
            "`lost` is the lag, but not every server counts trimmed entries in the lag: calculate "
            "`lost` from the numbers of entries added, delivered, and still in the stream.",
        ),
        Hint(
            "trimmed-is-lost",
            lambda s: s.passed["lost"] == s.stream.removed,
            "`lost` counts every trimmed entry, but `mailing` had already received and "
            "acknowledged some of them: count only the rest.",
        ),
        Hint(
            "waiting-is-lost",
            lambda s: s.passed["lost"] == 8,
            "8 entries were never delivered to `mailing`, but the group can still get those left "
            "in the stream: subtract them.",
        ),
        Hint(
            "waiting-is-lost",
            lambda s: s.passed["lost"] == 3,
            "3 entries are left in the stream and will still be delivered to `mailing`: the lost "
            "entries are those that were never delivered and are no longer there.",
        ),
        Hint(
            "lag-sees-loss",
            lambda s: s.passed["lost"] == 0,
            "some entries can no longer be delivered to the group: add up the entries delivered "
            "and those still in the stream, and compare the sum with the number added.",
        ),
    ),
)


def _mailing(seen: Seen) -> list[str]:
    return [e.value for e in seen.named("mailing").entries]


def _moved(seen: Seen) -> str:
    """Say that the learner moved or removed a group that still reads; or ""."""
    done = seen.did("XGROUP SETID", "XGROUP DESTROY")
    moved = [each for each in done if each.answer and each.group in ("billing", "mailing")]
    return (
        f"`{moved[-1].line}` changed which entries `{moved[-1].group}` still gets: run the cell "
        "above again, and leave that group alone."
        if moved
        else ""
    )


def _with_audit(seen: Seen) -> str:
    """Say that `audit` still stops each trim; or ""."""
    if not seen.named("audit"):
        return ""
    return "`audit` still exists, but nobody reads from it: destroy that group, and trim again."


def _reach(seen: Seen) -> list[str]:
    return [e.value for e in seen.reach(seen.named("mailing"))]


SHRINK = Exercise(
    "09.shrink",
    title="The forgotten group",
    minutes=8,
    stage=27,
    stream="09:shrink",
    values=("removed",),
    task="make 09:shrink as short as possible, today and next year, and set `removed` to the "
    "number of entries removed.",
    praise="the stream starts at the first entry that `mailing` still needs, and no longer keeps "
    "anything for `audit`.",
    wanted="the groups billing and mailing, the entries 5 to 19, with 5 to 11 pending for mailing, "
    "and the number of removed entries in `removed`.",
    sees=lambda s: (
        (
            f"{count(s.stream.length, 'entry')} ({listed(s.values, 3)}); groups "
            f"{listed([g.name for g in s.stream.groups])}; "
        )
        + (
            f"mailing has {s.named('mailing').pending} pending"
            if s.named("mailing")
            else "no group `mailing`"
        )
        + f"; removed = {said(s.passed['removed'])}."
    ),
    solved=lambda s: (
        s.values == TWENTY[5:] == _reach(s)
        and _mailing(s) == TWENTY[5:12]
        and {g.name for g in s.stream.groups} == {"billing", "mailing"}
        and number(s.passed["removed"]) == 5
    ),
    by_hand=_moved,
    untouched=lambda s: (
        s.values == TWENTY
        and len(s.stream.groups) == 3
        and s.passed["removed"] is None
        and len(_mailing(s)) == 7
    ),
    slip=lambda s: (
        (_moved(s) or _with_audit(s) or _unkept(s, TWENTY[5:], 5))
        or differs("the stream", s.values, TWENTY[5:])
        if len(_mailing(s)) <= 7
        else "a read delivered more entries to `mailing`: run the cell above again, and this time "
        "don't read."
    ),
    hints=(
        Hint(
            "trim-pending",
            lambda s: any(e.state == TRIMMED for e in s.named("mailing").entries),
            "`mailing` has lost entries that it hadn't acknowledged, because trimming ignores "
            "groups. The group still needs its first pending entry and everything after that.",
        ),
        Hint(
            "ack-first",
            lambda s: s.named("mailing").pending < 7 and (s.did("XACK") or not s.watched),
            "`mailing` had seven pending entries, and you acknowledged some that nobody had "
            "handled, so those are lost: run the cell above again.",
        ),
        Hint(
            "first-group",
            lambda s: s.stream.exists and not s.named("mailing"),
            "`mailing` is gone, and so is its list of seven pending entries: run the cell above "
            "again, and destroy only `audit`.",
        ),
        Hint(
            "first-group",
            lambda s: s.stream.exists and not s.named("billing"),
            "`billing` is gone, although its consumers still need it: run the cell above again, "
            "and destroy only `audit`.",
        ),
        Hint(
            "forgotten-group",
            lambda s: (
                s.values == TWENTY
                and len(s.reach(s.named("audit"))) == 20
                and not (s.ended or s.without_effect("XGROUP DESTROY", "DEL"))
            ),
            lambda s: (
                "nothing was removed, and `audit` "
                + (
                    f"has {s.named('audit').pending} pending"
                    if s.named("audit").pending
                    else "has never received anything"
                )
                + ", so that group still needs every entry. Does anybody still need `audit`?"
            ),
        ),
        Hint(
            "maxlen-exact",
            lambda s: s.values == TWENTY and s.named("audit") is None and _trim(s, "~"),
            lambda s: (
                f"`audit` is gone, but the stream is as long as before: `{_trim(s, '~').line}` has "
                "a `~`, so it removes only full nodes, and twenty entries don't fill one."
            ),
        ),
        Hint(
            "forgotten-group",
            lambda s: s.values == TWENTY and s.named("audit") is None and s.named("mailing"),
            "`audit` is gone, but the stream is as long as before: now trim the entries that all "
            "groups have acknowledged, and keep the reply in `removed`.",
        ),
        Hint(
            "forgotten-group",
            lambda s: s.named("audit") and s.values == TWENTY[5:],
            "the stream is short now, but `audit` still exists. Nobody reads from it, so its last "
            "delivered ID never moves, and next year's `trim_acknowledged` would stop there: "
            "destroy that group.",
            nearly=True,
        ),
    ),
)


EXERCISES = [CLOCK, NEEDED, LOSS, SHRINK]
