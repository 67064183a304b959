"""Lesson 06, Crash and recovery: to claim more than one call can, and to leave a group without a
loss."""

from helpers.checks.exercise import Exercise, Hint, Seen, acknowledge, listed
from helpers.checks.plain_data import texts
from helpers.connection.sent import CONSUMER_AT, SCRIPTS, Sent
from helpers.plurals import count
from helpers.snapshots import EntryState


def _held(seen: Seen, consumer: str) -> int | None:
    """How many entries a consumer has pending; None if the group doesn't know it."""
    return next((c.pending for c in seen.group.consumers if c.name == consumer), None)


def _accounts(seen: Seen) -> str:
    if not seen.group:
        return "no group `consumerGroup`."
    return (
        "; ".join(f"{c.name} has {c.pending} pending" for c in seen.group.consumers)
        + f"; {seen.group.pending} in all."
    )


def _read_again(seen: Seen, consumer: str = "mallory") -> bool:
    return any(entry.deliveries > 1 for entry in seen.stream.pending_of(consumer))


def _left_with(seen: Seen, consumer: str) -> int:
    """How many entries a consumer took along when it was deleted."""
    gone = [each for each in seen.did("XGROUP DELCONSUMER") if each.consumer == consumer]
    return sum(each.answer for each in gone if isinstance(each.answer, int))


def _given(seen: Seen, consumer: str) -> list[Sent]:
    """The commands that gave a consumer entries: reads and claims, by a script as well."""
    return [
        each
        for each in seen.sent
        if (each.command in CONSUMER_AT and each.consumer == consumer and not each.empty)
        or (each.command in SCRIPTS and consumer in each.words)
    ]


def _only_in_name(seen: Seen) -> bool:
    """Tell whether entries were acknowledged by hand, and grace was never given any."""
    return bool(seen.did("XACK")) and not _given(seen, "grace")


def _claimed_nothing(seen: Seen) -> bool:
    """Tell whether a claim was answered, and brought no entry."""
    swept = [each.answer for each in seen.did("XAUTOCLAIM") if isinstance(each.answer, list)]
    return bool(seen.in_vain("XCLAIM")) or any(not any(answer[1:2]) for answer in swept)


def _at_work(seen: Seen) -> str:
    """Say what happened to nina, who is at work."""
    if _held(seen, "nina") > 2 and (claims := _given(seen, "nina")):
        return (
            f"your `{claims[-1].line}` gave nina what mallory left, and she has work of her own: "
            "a claim names the one who gets the entries, here `rescuer`."
        )
    if _held(seen, "nina") == 2:
        return (
            "nina's entries were delivered once more, by a read or a claim in her name: leave "
            "her alone."
        )
    if seen.did("XGROUP SETID"):
        advice = (
            "after SETID, `>` gives everybody's entries to whoever asks; a claim takes what has "
            "been idle for long."
        )
    else:
        advice = (
            "let min-idle be a minute, in milliseconds, and run the whole cell at once, because "
            "her idle time grows, too."
        )
    return f"nina was robbed, and is still at work: {advice}"


OVER = Exercise(
    "06.over",
    title="Take over",
    minutes=8,
    stage=137,
    stream="06:over",
    group="consumerGroup",
    task="give mallory's 130 pending entries to `rescuer`, and leave nina hers.",
    praise="all 130 entries are with `rescuer`, still pending, and nina was left in peace.",
    wanted="130 entries pending with `rescuer`, and 2 with nina; a claim takes what has been idle "
    "for its min-idle time, in milliseconds.",
    sees=_accounts,
    solved=lambda s: (
        (_held(s, "rescuer"), _held(s, "nina"), s.group.pending) == (130, 2, 132)
        and not _read_again(s, "nina")
    ),
    untouched=lambda s: (
        (_held(s, "mallory"), _held(s, "nina")) == (130, 2)
        and len(s.group.consumers) == 2
        and not _read_again(s)
    ),
    hints=(
        Hint(
            "delconsumer-frees",
            lambda s: (
                s.group.pending < 132
                and not s.knows("mallory")
                and (_left_with(s, "mallory") or not s.watched)
            ),
            "mallory was deleted with entries that she had pending, and nobody has them now: "
            "claim them all first.",
        ),
        Hint(
            "ack-early",
            lambda s: s.group.pending < 132,
            "entries were acknowledged that nobody has handled: leave them pending with `rescuer`.",
        ),
        Hint(
            "zero-loop",
            _read_again,
            "mallory was given her entries once more, by reading in her name or claiming "
            "for her: a claim names the one who gets them.",
        ),
        Hint(
            "min-idle",
            lambda s: _held(s, "nina") != 2 or _read_again(s, "nina"),
            _at_work,
        ),
        Hint(
            "one-autoclaim",
            lambda s: _held(s, "rescuer") and _held(s, "mallory"),
            lambda s: (
                "some are left"
                + (
                    ": claim all of mallory's entries."
                    if s.did("XCLAIM") and not s.did("XAUTOCLAIM")
                    else ": XAUTOCLAIM takes 100 a call by default, and the first part of its "
                    "reply says where to go on, until it is 0-0."
                )
            ),
        ),
    ),
)

FIVE = [str(n) for n in range(5)]
MINUTE = 60_000
"""Milliseconds that work may take in these exercises."""


def _of(seen: Seen, value: str) -> EntryState | None:
    """The pending entry of this value."""
    return next((e for e in seen.stream.pending if e.value == value), None)


def _untouched(entry: EntryState) -> bool:
    """Tell whether an entry is as mallory's crash an hour ago has left it."""
    return (entry.owner, entry.deliveries) == ("mallory", 1) and entry.idle_ms > MINUTE


def _hasty(seen: Seen) -> Sent | None:
    """The first claim for carol that would have taken entries from a consumer at work."""
    claims = (*seen.did("XCLAIM"), *seen.did("XAUTOCLAIM"))
    return next(
        (each for each in claims if each.consumer == "carol" and int(each.words[4]) < MINUTE), None
    )


def _claimed(seen: Seen) -> bool:
    """Tell whether a claim of the learner's own got an entry."""
    answers = [each.answer and each.answer[1] for each in seen.did("XAUTOCLAIM")]
    return any(each.answer for each in seen.did("XCLAIM")) or any(answers)


def _vain_claim(seen: Seen) -> Sent | None:
    return seen.in_vain("XCLAIM") or next(
        (each for each in seen.did("XAUTOCLAIM") if each.answer and not each.answer[1]), None
    )


EACH = Exercise(
    "06.each",
    title="One at a time",
    minutes=8,
    after=3,
    stage=8,
    consumers=("carol",),
    stream="06:each",
    group="consumerGroup",
    values=("done",),
    task="let carol claim, handle and acknowledge mallory's entries one at a time.",
    praise="carol's crash cost one entry a delivery; the one after it waits untouched.",
    wanted="0, 1 and 2 in `done` and acknowledged, 3 pending with carol, and 4 with mallory, "
    "untouched.",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; pending: "
        + listed([f"{e.value} with {e.owner}" for e in s.stream.pending])
        + "."
    ),
    solved=lambda s: (
        texts(s.passed["done"]) == FIVE[:3]
        and s.pending == FIVE[3:]
        and (_of(s, "3").owner, _of(s, "3").deliveries) == ("carol", 2)
        and _untouched(_of(s, "4"))
        and not _hasty(s)
    ),
    untouched=lambda s: (
        s.passed["done"] == [] and s.pending == FIVE and all(map(_untouched, s.stream.pending))
    ),
    hints=(
        Hint(
            "delconsumer-frees",
            lambda s: not s.knows("mallory") and "4" not in s.pending,
            "mallory was deleted, and 4 went with her: it is off the list, and nobody has "
            "handled it.",
        ),
        Hint(
            "ack-first",
            lambda s: set(FIVE) - {*s.pending, *texts(s.passed["done"])},
            lambda s: (
                "off the list and not in `done`: "
                + listed(sorted(set(FIVE) - {*s.pending, *texts(s.passed["done"])}))
                + "; acknowledge an entry after `handle` "
                "has returned."
            ),
        ),
        Hint(
            "error-swallowed",
            lambda s: "4" in texts(s.passed["done"]) and _of(s, "3").owner == "carol",
            "4 was handled after the power had failed: a crash ends everything, so let the "
            "error leave `rescue`.",
        ),
        Hint(
            "claim-all",
            lambda s: _of(s, "4").owner == "carol",
            lambda s: (
                "carol had claimed 4 as well "
                + ("when she crashed at 3" if s.passed["done"] else "before she began")
                + ", so nobody can take it for a minute: claim one entry, finish it, claim the "
                "next."
            ),
        ),
        Hint(
            "zero-loop",
            lambda s: s.pending_of("mallory") and not _untouched(_of(s, "4")),
            "4 is still mallory's, but it was delivered again, or its idle time is back at 0: "
            "don't read or claim in her name.",
        ),
        Hint(
            "min-idle",
            lambda s: s.passed["done"] == [] and _vain_claim(s),
            lambda s: (
                f"your `{_vain_claim(s).line}` got nothing: mallory's entries have been idle for "
                "an hour, which is 3,600,000 ms."
            ),
        ),
        Hint(
            "same-name",
            lambda s: texts(s.passed["done"]) and _of(s, "3").owner not in ("carol", "mallory"),
            lambda s: (
                f"the entries were claimed for `{_of(s, '3').owner}`, and here the consumer is "
                "`carol`: to the server, another name is another consumer."
            ),
        ),
        Hint(
            "same-name",
            lambda s: (
                texts(s.passed["done"]) and _of(s, "3").owner == "mallory" and not _claimed(s)
            ),
            "`handle` was called for entries that carol hadn't claimed: to the server they "
            "are still another's work, so claim each one for carol first.",
        ),
        Hint(
            "min-idle",
            lambda s: _hasty(s) and texts(s.passed["done"]) == FIVE[:3] and s.pending == FIVE[3:],
            lambda s: (
                f"the entries are as they should be, but a min-idle time of {_hasty(s).words[4]} "
                "ms takes them from consumers at work, too: work takes up to a minute."
            ),
            nearly=True,
        ),
        Hint(
            "unacked",
            lambda s: set(texts(s.passed["done"])) & set(s.pending),
            lambda s: (
                "what is in `done` is still pending: "
                + acknowledge(
                    s,
                    "acknowledge each entry when `handle` has returned, before you claim the next.",
                )
            ),
        ),
    ),
)

LEAVE = Exercise(
    "06.leave",
    title="An orderly farewell",
    minutes=8,
    stage=7,
    stream="06:leave",
    group="consumerGroup",
    values=("done",),
    task="let grace handle frank's five entries, then remove frank.",
    praise="grace handled all five, and frank left without taking anything along.",
    wanted="0 to 4 in `done`, claimed by grace and acknowledged, and no consumer `frank` (a claim "
    "takes only what was idle for min-idle).",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; "
        + (f"{count(s.group.pending, 'entry')} pending; " if s.group else "")
        + (
            f"consumers: {listed([c.name for c in s.group.consumers])}."
            if s.group
            else "no group `consumerGroup`."
        )
    ),
    solved=lambda s: (
        sorted(texts(s.passed["done"])) == FIVE
        and not s.group.pending
        and not s.knows("frank")
        and _held(s, "grace") == 0
        and not _only_in_name(s)
        and s.stream.length == 5
        and not _left_with(s, "frank")
    ),
    untouched=lambda s: (
        _held(s, "frank") == 5 and len(s.group.consumers) == 1 and s.passed["done"] == []
    ),
    hints=(
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 5,
            "XDEL took entries out of the stream; XACK is what finishes them, and the "
            "stream keeps them.",
        ),
        Hint(
            "delconsumer-frees",
            lambda s: (
                _left_with(s, "frank")
                and sorted(texts(s.passed["done"])) == FIVE
                and s.did("XGROUP SETID")
            ),
            lambda s: (
                "`XGROUP DELCONSUMER` answered "
                f"{_left_with(s, 'frank')}: so many were off the list, and what brings them back "
                "brings back everything after them, too. Claim first, delete last."
            ),
            nearly=True,
        ),
        Hint(
            "delconsumer-frees",
            lambda s: _left_with(s, "frank"),
            lambda s: (
                f"`XGROUP DELCONSUMER` answered {_left_with(s, 'frank')}: so many entries left "
                "the list with frank. Claim them for grace first"
                + (
                    ", with a min-idle time that they have reached."
                    if _claimed_nothing(s)
                    else ", and delete him last."
                )
            ),
        ),
        Hint(
            "delconsumer-frees",
            lambda s: (
                not s.watched
                and not s.knows("frank")
                and not s.group.pending
                and len(texts(s.passed["done"])) < 5
            ),
            "entries are off the list and not in `done`: frank took them along (claim "
            "first; a long min-idle claims none), or an XACK came before they were handled.",
        ),
        Hint(
            "reply-shape",
            lambda s: s.passed["done"] and texts(s.passed["done"]) is None,
            "`done` is to hold the values alone: an entry is a pair of ID and fields, and "
            '`fields["value"]` is its value.',
        ),
        Hint(
            "ack-early",
            lambda s: not s.group.pending and s.passed["done"] == [],
            "all five are acknowledged, and nobody has handled them: put each value into `done` "
            "before you acknowledge its entry.",
        ),
        Hint(
            "ack-first",
            lambda s: not s.group.pending and len(texts(s.passed["done"])) < 5,
            "all five are acknowledged, and not all are in `done`: handle each one first, and "
            "acknowledge it after that.",
        ),
        Hint(
            "same-name",
            lambda s: (
                not s.knows("grace")
                and any(each.consumer == "grace" for each in s.did("XGROUP DELCONSUMER"))
            ),
            "you removed grace, and she stays: it is frank who leaves the group, when nothing is "
            "pending with him any more.",
        ),
        Hint(
            "same-name",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE
                and not s.group.pending
                and not s.knows("grace")
            ),
            "the group has no consumer `grace`: claim the entries in her name before you handle "
            "them, and leave her there when frank goes.",
        ),
        Hint(
            "same-name",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE
                and not s.group.pending
                and not s.knows("frank")
                and _only_in_name(s)
            ),
            "grace is in the group, and was never given an entry, so to the server they were "
            "frank's until the end: claim them for her, and handle what the claim returns.",
        ),
        Hint(
            "stays-listed",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE and not s.group.pending and s.knows("frank")
            ),
            "all five are handled, and frank is still in the group: remove him with "
            "`r.xgroup_delconsumer`, now that he has nothing pending.",
        ),
        Hint(
            "same-name",
            lambda s: s.passed["done"] and _held(s, "frank") == 5,
            "to the server all five are still frank's, whatever `done` holds: claim them for "
            "grace, and put into `done` what the claim returns.",
        ),
        Hint(
            "unacked",
            lambda s: sorted(texts(s.passed["done"])) == FIVE and s.group.pending,
            lambda s: (
                f"{count(s.group.pending, 'entry')} still pending: "
                + acknowledge(s, "acknowledge what is handled, so that it is done.")
            ),
        ),
    ),
)

EXERCISES = [EACH, OVER, LEAVE]
