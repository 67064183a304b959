"""Lesson 02, Create the group: where a group begins, that it may exist already, and two groups on
one stream."""

from helpers.checks.exercise import Exercise, Hint, Seen, listed
from helpers.checks.plain_data import number
from helpers.plurals import count

STARTING, STARTED, YESTERDAY = "starting", "started", "from yesterday"


START = Exercise(
    "02.start",
    title="From the beginning",
    minutes=3,
    stage=5,
    stream="02:start",
    group="readers",
    task="create the group `readers` on 02:start, so that it gets the five entries that are "
    "there already.",
    praise="the group `readers` has all five entries before it.",
    wanted="one group `readers` that has all five entries still to deliver.",
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')}, {count(len(s.stream.groups), 'group')}"
        + (
            f"; `readers` will deliver {listed(s.waiting)}."
            if s.group
            else f" ({listed([g.name for g in s.stream.groups])}), none of them called `readers`."
        )
    ),
    solved=lambda s: s.waiting == ["0", "1", "2", "3", "4"],
    untouched=lambda s: not s.stream.groups,
    hints=(
        Hint(
            "dollar-hides",
            lambda s: s.group and len(s.waiting) < s.stream.length and not s.group.consumers,
            "the group begins after the ID that you gave (`$`, the default, is the last "
            "entry there is); which ID is before them all?",
        ),
    ),
)

REPEAT = Exercise(
    "02.repeat",
    title="Safe to repeat",
    minutes=5,
    stage=3,
    stream="02:repeat",
    group="workers",
    task="let the program start: add `starting`, make sure of the group, add `started`.",
    praise="the program started, and ann still has yesterday's entry pending.",
    wanted="no group but `workers`, its bookmark where it was, ann's one pending entry, and the "
    "entries `starting` and `started` after it.",
    sees=lambda s: (
        f"entries {listed(s.values)}; "
        + (f"the group has {s.group.pending} pending." if s.group else "no group `workers`.")
    ),
    solved=lambda s: (
        s.values == [YESTERDAY, STARTING, STARTED]
        and s.pending_of("ann") == [YESTERDAY]
        and s.group.last_delivered == s.stream.entries[0].id
        and len(s.stream.groups) == 1
    ),
    untouched=lambda s: s.values == [YESTERDAY] and s.pending == [YESTERDAY],
    hints=(
        Hint(
            "busygroup-destroy",
            lambda s: s.values and (not s.group or not s.group.pending or s.values[0] != YESTERDAY),
            "yesterday's entry must stay in the stream, and pending with ann: "
            "a start destroys no group, and finishes or deletes nothing.",
        ),
        Hint(
            "busygroup-stops",
            lambda s: s.values == [YESTERDAY, STARTING],
            "the program stopped between `starting` and `started`: BUSYGROUP says that the "
            "group is there, which is all you want.",
        ),
    ),
)


def _two_reach(seen: Seen, name: str) -> list[str]:
    group = seen.named(name)
    return [e.value for e in seen.reach(group)] if group else []


TWO = Exercise(
    "02.two",
    title="Two groups, two beginnings",
    minutes=6,
    stage=3,
    stream="02:two",
    values=("waiting",),
    task="create the groups `archive` and `alerts` on 02:two, add the alarm, and set `waiting`.",
    praise="`archive` will deliver all four entries, `alerts` the alarm alone, and you didn't need "
    "its lag to know.",
    wanted="`archive` to deliver a, b, c and the alarm, `alerts` the alarm alone, and waiting = 1.",
    sees=lambda s: (
        f"entries {listed(s.values)}; "
        + "; ".join(
            f"`{g.name}` will deliver {listed(_two_reach(s, g.name))}" for g in s.stream.groups
        )
        + f"; waiting = {s.passed['waiting']}."
    ),
    solved=lambda s: (
        _two_reach(s, "archive") == ["a", "b", "c", "alarm"]
        and _two_reach(s, "alerts") == ["alarm"]
        and number(s.passed["waiting"]) == 1
    ),
    untouched=lambda s: not s.stream.groups and s.values == ["a", "b", "c"],
    hints=(
        Hint(
            "group-is-consumer",
            lambda s: len(s.stream.groups) == 1 and s.values[3:] == ["alarm"],
            "one group delivers each entry once, to one of its consumers; two programs that "
            "each need entries are two groups.",
        ),
        Hint(
            "dollar-hides",
            lambda s: (
                s.values[3:] == ["alarm"]
                and s.named("alerts")
                and _two_reach(s, "alerts") == []
                and _two_reach(s, "archive") == s.values
            ),
            "`alerts` has no alarm to deliver, because its bookmark stands after it: "
            "create the group at `$` first, then add the alarm, and read nothing.",
        ),
        Hint(
            "dollar-hides",
            lambda s: s.named("archive") and len(_two_reach(s, "archive")) < s.stream.length,
            "the bookmark of `archive` stands after entries that it should get: "
            "create it at `0`, because `$`, the default, hides what is there.",
        ),
        Hint(
            "zero-everything",
            lambda s: "a" in _two_reach(s, "alerts"),
            "`alerts` was to get only what comes later, and begins at the first entry: "
            'which ID means "after the last one"?',
        ),
        Hint(
            "lag-number",
            lambda s: _two_reach(s, "alerts") == ["alarm"] and number(s.passed["waiting"]) is None,
            "set `waiting` to a number: the lag of `alerts` is None, because the server "
            "can't tell, "
            "so count what was added after the group was created.",
        ),
    ),
)

EXERCISES = [START, REPEAT, TWO]
