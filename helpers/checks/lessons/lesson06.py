"""Lesson 06, Crash and recovery: claim more than one call can, and leave a group without losing
entries."""

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.order import acked_first, counted
from helpers.checks.plain_data import texts
from helpers.checks.signs import SENT_NOTHING, acknowledge, nothing
from helpers.checks.wording import agreeing, differs, listed
from helpers.connection.cells import INTERRUPTED
from helpers.connection.sent import CONSUMER_AT, SCRIPTS, Sent
from helpers.plurals import count
from helpers.snapshots import EntryState

TOO_SOON = (
    "with a min-idle time of {} ms, you may take entries from consumers that are still at work: "
    "handling an entry can take up to a minute."
)


def _held(seen: Seen, consumer: str) -> int | None:
    """Return how many entries a consumer has pending; None if the group doesn't know it."""
    return next((c.pending for c in seen.group.consumers if c.name == consumer), None)


def _accounts(seen: Seen) -> str:
    if not seen.group:
        return "there is no group `consumerGroup`."
    return (
        "; ".join(f"{c.name} has {c.pending} pending" for c in seen.group.consumers)
        + f"; {seen.group.pending} in all."
    )


def _read_again(seen: Seen, consumer: str = "mallory") -> bool:
    return any(entry.deliveries > 1 for entry in seen.stream.pending_of(consumer))


def _left_with(seen: Seen, consumer: str) -> int:
    """Return how many pending entries were dropped when a consumer was removed."""
    gone = [each for each in seen.did("XGROUP DELCONSUMER") if each.consumer == consumer]
    return sum(each.answer for each in gone if isinstance(each.answer, int))


def _given(seen: Seen, consumer: str) -> list[Sent]:
    """Return the commands that gave a consumer entries: reads, claims, and scripts with its
    name."""
    return [
        each
        for each in seen.sent
        if not each.error
        and (
            (each.command in CONSUMER_AT and each.consumer == consumer and not each.empty)
            or (each.command in SCRIPTS and consumer in each.words)
        )
    ]


def _only_in_name(seen: Seen) -> bool:
    """Tell whether entries were acknowledged by hand, although Grace didn't get all five."""
    given = _given(seen, "grace")
    if not seen.did("XACK") or any(each.command in SCRIPTS for each in given):
        return False
    return sum(len(_ids(each)) for each in given) < 5


def _ids(taking: Sent) -> list[str]:
    """Return the IDs of the entries that a read or a claim got."""
    found = taking.answer
    if taking.command == "XREADGROUP":
        found = [pair for pairs in found.values() for pair in pairs]
    elif taking.command == "XAUTOCLAIM" and isinstance(found[1:] and found[1], list):
        found = found[1]  # Between the cursor and the deleted IDs; with JUSTID, there is neither
    return [str(one[0] if isinstance(one, list) else one) for one in found]


def _copied(seen: Seen) -> str:
    """Say that entries were added, which no exercise here asks for; "" if none were."""
    return seen.sent_one(
        "XADD", "a copy is a new entry with its own ID, so claim the pending entries instead."
    )


def _vain_claim(seen: Seen) -> Sent | None:
    """Return the last claim that got a reply, but no entries."""
    return seen.without_effect("XCLAIM") or seen.without_effect("XAUTOCLAIM")


def _read_in_vain(seen: Seen) -> Sent | None:
    """Return a read that got nothing, if no claim was sent."""
    return None if seen.did("XCLAIM", "XAUTOCLAIM") else seen.without_effect("XREADGROUP")


def _only_claimed(owner: str) -> Hint:
    """Return the hint for a read that can't get the entries of another consumer."""
    return Hint(
        "restart-resumes",
        lambda s: _held(s, owner.lower()) and _read_in_vain(s),
        lambda s: (
            f"your `{_read_in_vain(s).line}` returned nothing: `>` asks for new entries, and an ID "
            f"asks for the reader's own. The entries that you want are {owner}'s, so claim them."
        ),
    )


def _in_her_name(seen: Seen) -> str:
    """Say which command delivered Mallory's entries to her again; or ""."""
    if not (hers := _given(seen, "mallory")):
        return ""
    return (
        f"your `{hers[0].line}` delivered Mallory's entries to her again: claim them directly "
        "for `rescuer`."
    )


def _at_work(seen: Seen) -> str:
    """Say what happened to Nina, who is still working."""
    if (_held(seen, "nina") or 0) > 2 and (claims := _given(seen, "nina")):
        return (
            f"your `{claims[-1].line}` gave Nina entries that Mallory left, but Nina has her "
            "own work: in the claim, name `rescuer` as the new owner."
        )
    if _held(seen, "nina") == 2:
        return (
            "Nina's entries were delivered again, by a read or a claim in her name: leave them "
            "alone."
        )
    if seen.did("XGROUP SETID"):
        advice = (
            "After XGROUP SETID, `>` delivers everybody's entries again: instead, claim only "
            "entries that have been idle long enough."
        )
    else:
        advice = (
            "Set the min-idle time to a minute, in milliseconds, and run the whole cell in one go, "
            "because her entries' idle time keeps growing."
        )
    return f"you changed Nina's pending entries while she is still working. {advice}"


OVER = Exercise(
    "06.over",
    consumers=("rescuer",),
    title="Take over",
    minutes=8,
    stage=137,
    stream="06:over",
    group="consumerGroup",
    task="give Mallory's 130 pending entries to `rescuer`, and leave Nina hers.",
    praise="all 130 entries are pending for `rescuer`, and Nina kept hers.",
    wanted="130 entries pending for `rescuer`, and 2 for Nina; a claim takes entries that have "
    "been idle for at least its min-idle time, in milliseconds.",
    sees=_accounts,
    solved=lambda s: (
        (_held(s, "rescuer"), _held(s, "nina"), s.group.pending) == (130, 2, 132)
        and not _read_again(s, "nina")
    ),
    by_hand=lambda s: (
        _copied(s)
        or (s.did("XAUTOCLAIM") and _hasty(s) and TOO_SOON.format(_hasty(s).words[4]))
        or _in_her_name(s)
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
                and (
                    any(_left_with(s, c) for c in ("mallory", "nina", "rescuer"))
                    or not (s.watched or s.knows("mallory"))
                )
            ),
            "you removed a consumer that still had entries pending, so they were dropped: claim "
            "all of Mallory's entries before you remove her, and leave the others in the group.",
        ),
        Hint(
            "ack-early",
            lambda s: s.group.pending < 132,
            "some entries are no longer pending: claim Mallory's entries for `rescuer`, which will "
            "handle them later, but don't acknowledge any.",
        ),
        Hint(
            "zero-loop",
            _read_again,
            "you read or claimed in Mallory's name, so her entries were delivered to her again, "
            "and their idle time was reset: claim them for `rescuer` instead.",
        ),
        Hint("min-idle", lambda s: _held(s, "nina") != 2 or _read_again(s, "nina"), _at_work),
        Hint(
            "one-autoclaim",
            lambda s: _held(s, "rescuer") and _held(s, "mallory"),
            lambda s: (
                _copied(s)
                or "some entries are still Mallory's"
                + (
                    ": claim all of them (XPENDING lists no more entries than its count, and "
                    "`pending` lists 100 by default)."
                    if s.watched and not s.did("XAUTOCLAIM")
                    else ": XAUTOCLAIM claims 100 per call by default, so keep calling it with the "
                    "cursor from its last reply, until the cursor is 0-0."
                )
            ),
        ),
        _only_claimed("Mallory"),
    ),
)

FIVE = [str(n) for n in range(5)]
MINUTE = 60_000
"""Milliseconds that handling an entry may take in these exercises."""


def _of(seen: Seen, value: str) -> EntryState | None:
    """Return the pending entry with this value."""
    return next((e for e in seen.stream.pending if e.value == value), None)


def _untouched(entry: EntryState) -> bool:
    """Tell whether an entry is still as Mallory's crash left it an hour ago."""
    return (entry.owner, entry.deliveries) == ("mallory", 1) and entry.idle_ms > MINUTE


def _hasty(seen: Seen) -> Sent | None:
    """Return the first claim for Carol or `rescuer` that could have taken entries from a live
    consumer."""
    claims = (*seen.did("XCLAIM"), *seen.did("XAUTOCLAIM"))
    return next(
        (e for e in claims if e.consumer in ("carol", "rescuer") and int(e.words[4]) < MINUTE), None
    )


def _other_owner(seen: Seen) -> str:
    """Return for whom the last claim took an entry; without claims, who has 3, if not Mallory."""
    taken = [each.consumer for each in _claims(seen)]
    owner = _of(seen, "3").owner
    return taken[-1] if taken else {"mallory": "carol"}.get(owner, owner)


def _claims(seen: Seen) -> list[Sent]:
    """Return the claims by the learner that got an entry."""
    claims = seen.did("XCLAIM", "XAUTOCLAIM")
    return [each for each in claims if not each.empty and not each.error]


def _claimed(seen: Seen) -> bool:
    """Tell whether a claim by the learner got an entry."""
    return bool(_claims(seen))


def _two_at_once(seen: Seen) -> str:
    """Say after which claim an entry waited for another one to be acknowledged; or ""."""
    claims, in_hand = _claims(seen), set()
    for each in seen.sent:
        if each in claims:
            in_hand |= set(_ids(each))
        elif each.command == "XACK":
            in_hand -= set(each.words[3:])
        if len(in_hand) > 1:
            return (
                f"after `{each.line}`, Carol had {len(in_hand)} entries in hand: claim one, "
                "acknowledge it, then claim the next."
            )
    return ""


def _once(seen: Seen) -> str:
    """Say that nothing was sent, that 3 was added by hand, or that the only claim was never
    repeated; or ""."""
    if seen.watched and not seen.sent and not seen.ended:
        return SENT_NOTHING
    if "3" in texts(seen.passed["done"]):
        return (
            "the value 3 is in `done`, but `handle` never appends it: call handle(fields) for "
            "each entry."
        )
    if [len(_ids(each)) for each in _claims(seen)] == [1] and not seen.ended:
        return "you claimed only one entry: claim the next one once the first is acknowledged."
    return ""


ONLY_IDS = Hint(
    "reply-shape",
    lambda s: "unpack" in s.error and any("JUSTID" in e.words for e in _claims(s)),
    "with `justid=True`, a claim returns only IDs, without the fields: leave out `justid`.",
)


def _no_value(seen: Seen) -> str:
    """Return the first item of `done` that is none of the values; "" if there is none."""
    done = seen.passed["done"]
    others = [each for each in texts(done) or done if each not in FIVE]
    return listed(others[:1]) if others else ""


STOPS = r"""["']3["']|== ?3\b|SystemError\(|hers\[:?[34]|len\(done\)"""
"""What code contains that knows where the power fails; the stub has two of it."""


def _stops(seen: Seen) -> str:
    """Say that the learner's code decides where the rescue ends; or ""."""
    if not seen.times(STOPS):
        return ""
    return (
        "your own code decides where the rescue ends: call handle(fields) for each entry, and let "
        "its error end `rescue`."
    )


EACH = Exercise(
    "06.each",
    given={STOPS: 2},
    title="One at a time",
    minutes=8,
    after=3,
    stage=8,
    consumers=("carol",),
    stream="06:each",
    group="consumerGroup",
    values=("done",),
    task="have Carol claim, handle and acknowledge Mallory's entries one at a time.",
    praise="Carol's crash affected only the entry that she was handling; 4 is untouched.",
    wanted="0, 1 and 2 in `done` and acknowledged, 3 pending for Carol, and 4 still "
    "pending for Mallory, untouched.",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; pending: "
        + listed([f"{e.value} for {e.owner}" for e in s.stream.pending])
        + "."
    ),
    solved=lambda s: (
        texts(s.passed["done"]) == FIVE[:3]
        and s.pending == FIVE[3:]
        and _of(s, "3").owner == "carol"
        and _untouched(_of(s, "4"))
        and not _hasty(s)
    ),
    untouched=lambda s: (
        s.passed["done"] == [] and s.pending == FIVE and all(map(_untouched, s.stream.pending))
    ),
    by_hand=lambda s: _two_at_once(s) or _stops(s),
    slip=_once,
    hints=(
        Hint(
            "delconsumer-frees",
            lambda s: (
                _left_with(s, "mallory")
                or _left_with(s, "carol")
                or not (s.watched or s.knows("mallory") or "4" in s.pending)
            ),
            "you removed a consumer that still had entries pending, so they were dropped: leave "
            "Mallory and Carol in the group.",
        ),
        Hint(
            "reply-shape",
            _no_value,
            lambda s: (
                f"`done` holds {_no_value(s)}, which isn't one of the values: pass `handle` an "
                "entry's fields (with `justid=True`, a claim returns only IDs)."
            ),
        ),
        ONLY_IDS,
        Hint(
            "error-swallowed",
            lambda s: s.stream.dead_letters,
            "a `Consumer` with a limit treats the power cut as just another failure, so it made 3 "
            "a dead letter and went on with 4. Write the loop yourself, and let the error end "
            "`rescue`.",
        ),
        Hint(
            "ack-first",
            lambda s: set(FIVE) - {*s.pending, *texts(s.passed["done"])},
            lambda s: (
                "some entries are neither pending nor in `done` ("
                + listed(sorted(set(FIVE) - {*s.pending, *texts(s.passed["done"])}))
                + "): acknowledge an entry only after `handle` has returned."
            ),
        ),
        Hint(
            "error-swallowed",
            lambda s: (
                "4" in texts(s.passed["done"])[1:]
                and "3" not in texts(s.passed["done"])
                and _of(s, "3").owner == "carol"
            ),
            "4 was handled, but 3 wasn't: the power cut at 3 should stop everything, so call "
            "handle(fields) for each entry, and let its error end `rescue`.",
        ),
        Hint(
            "claim-all",
            lambda s: _of(s, "4").owner == "carol" and "4" not in texts(s.passed["done"]),
            "4 is pending for Carol, too, so nobody else can claim it for a minute: claim one "
            "entry, finish it, then claim the next.",
        ),
        Hint(
            "zero-loop",
            lambda s: _of(s, "4").owner == "mallory" and not _untouched(_of(s, "4")),
            "4 is still Mallory's, but it was delivered again, or its idle time was reset: "
            "don't read or claim in her name.",
        ),
        Hint(
            "min-idle",
            lambda s: s.passed["done"] == [] and int(_vain_claim(s).words[4]) > 60 * MINUTE,
            lambda s: (
                f"your `{_vain_claim(s).line}` claimed nothing: Mallory's entries have been idle "
                "for only an hour, 3,600,000 ms, so use a shorter min-idle time."
            ),
        ),
        Hint(
            "same-name",
            lambda s: texts(s.passed["done"]) and _other_owner(s) != "carol",
            lambda s: (
                f"the entries were claimed for `{_other_owner(s)}`, but the consumer should be "
                "`carol`: to the server, a different name is a different consumer."
            ),
        ),
        Hint(
            "same-name",
            lambda s: (
                texts(s.passed["done"])
                and _of(s, "3").owner == "mallory"
                and not _claimed(s)
                and s.ended != INTERRUPTED  # An endless loop's first commands are forgotten
            ),
            "`done` holds values of entries that Carol never claimed, so to the server, they "
            "weren't hers: claim each entry for Carol before you handle it.",
        ),
        Hint(
            "same-name",
            lambda s: texts(s.passed["done"]) == FIVE[:3] and _of(s, "3").owner == "mallory",
            "3 is still Mallory's, so Carol never claimed it: go through all of `hers`, and claim "
            "each entry before you call `handle` for it.",
        ),
        Hint(
            "min-idle",
            lambda s: _hasty(s) and texts(s.passed["done"]) == FIVE[:3] and s.pending == FIVE[3:],
            lambda s: "the entries are right, but " + TOO_SOON.format(_hasty(s).words[4]),
            nearly=True,
        ),
        Hint(
            "unacked",
            lambda s: set(texts(s.passed["done"])) & set(s.pending),
            lambda s: (
                "some entries in `done` are still pending: "
                + acknowledge(
                    s,
                    "acknowledge each entry after `handle` has returned, before you claim the "
                    "next one.",
                )
            ),
        ),
        _only_claimed("Mallory"),
    ),
)


def _removed(seen: Seen, consumer: str) -> bool:
    """Tell whether the learner's code removed this consumer, which the group may have again."""
    return any(each.consumer == consumer for each in seen.did("XGROUP DELCONSUMER"))


def _claim(seen: Seen, advice: str) -> str:
    """Explain the last claim, if none got an entry; without claims, return the advice."""
    vain = None if _claimed(seen) else _vain_claim(seen)
    return f"your `{vain.line}` claimed nothing: {nothing(vain)}." if vain else advice


def _missing(seen: Seen) -> str:
    """Name the values that aren't in `done`, with the verb."""
    missing = [value for value in FIVE if value not in texts(seen.passed["done"])]
    return agreeing(missing, "is", "are")


LEAVE = Exercise(
    "06.leave",
    given={"done = ": 1},
    title="A clean exit",
    minutes=8,
    stage=7,
    stream="06:leave",
    group="consumerGroup",
    values=("done",),
    task="have Grace handle Frank's five entries, then remove Frank.",
    praise="Grace handled all five entries, and Frank is gone.",
    wanted="0 to 4 in `done`, claimed by Grace and acknowledged, and no consumer `frank`; a "
    "claim takes only entries that have been idle for its min-idle time.",
    sees=lambda s: (
        f"done = {listed(s.passed['done'])}; "
        + (f"{count(s.group.pending, 'entry')} pending; " if s.group else "")
        + (
            f"consumers: {listed([c.name for c in s.group.consumers])}."
            if s.group
            else "there is no group `consumerGroup`."
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
    slip=lambda s: (
        "Grace has entries pending now: append each value to `done`, then acknowledge its entry."
        if s.passed["done"] == [] and _held(s, "grace")
        else _copied(s) or differs("`done`", s.passed["done"], FIVE)
    ),
    by_hand=lambda s: counted(s, "done") or acked_first(s, "done"),
    hints=(
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 5,
            "you deleted entries from the stream: to finish an entry, XACK is enough, and the "
            "entry stays in the stream.",
        ),
        Hint(
            "delconsumer-frees",
            lambda s: _left_with(s, "frank"),
            lambda s: (
                f"`XGROUP DELCONSUMER` returned {_left_with(s, 'frank')}: that many pending "
                "entries were dropped with Frank. Claim all of them for Grace first"
                + (
                    ", with a min-idle time that is short enough."
                    if _vain_claim(s) in s.did("XCLAIM", "XAUTOCLAIM", "XGROUP DELCONSUMER")[:1]
                    else ", and remove him last."
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
            "some entries are neither pending nor in `done`: you removed Frank before claiming "
            "them (a claim with a long min-idle time takes none), or acknowledged them too early.",
        ),
        Hint(
            "reply-shape",
            lambda s: s.passed["done"] and not set(FIVE) >= set(texts(s.passed["done"]) or ("?",)),
            "`done` should hold only the values: an entry is an (ID, fields) pair, and its "
            'value is `fields["value"]`.',
        ),
        Hint(
            "same-name",
            lambda s: not s.knows("grace") and (_removed(s, "grace") or _given(s, "grace")),
            "you removed Grace, but she should stay: remove only Frank, once nothing is pending "
            "for him.",
        ),
        Hint(
            "ack-early",
            lambda s: not s.group.pending and s.passed["done"] == [],
            "all five entries are acknowledged, but `done` is empty: append each value to it "
            "before you acknowledge its entry.",
        ),
        Hint(
            "ack-first",
            lambda s: not s.group.pending and len(texts(s.passed["done"])) < 5,
            lambda s: (
                f"all five entries are acknowledged, but {_missing(s)} not in `done`: append each "
                "value before you acknowledge its entry"
                + (
                    " (and don't use `done = …`, which replaces the list)."
                    if s.times("done = ")
                    else "."
                )
            ),
        ),
        Hint(
            "same-name",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE
                and not s.group.pending
                and not s.knows("grace")
            ),
            lambda s: _claim(
                s,
                "`grace` isn't in the group (to the server, even `Grace` is a different consumer): "
                "claim the entries for her before handling them, and let her stay.",
            ),
        ),
        Hint(
            "same-name",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE
                and not s.group.pending
                and not s.knows("frank")
                and _only_in_name(s)
            ),
            lambda s: _claim(
                s,
                "Grace didn't get all five entries, so to the server, some were Frank's until the "
                "end: claim all five for her, and handle what the claim returns.",
            ),
        ),
        Hint(
            "stays-listed",
            lambda s: (
                sorted(texts(s.passed["done"])) == FIVE and not s.group.pending and s.knows("frank")
            ),
            lambda s: (
                "all five entries are handled, but Frank is "
                + (
                    "in the group again, because you sent a command in his name after removing "
                    "him: remove him last."
                    if _removed(s, "frank")
                    else "still in the group: remove the consumer `frank` with "
                    "`r.xgroup_delconsumer`, now that he has nothing pending."
                )
            ),
        ),
        Hint(
            "same-name",
            lambda s: s.passed["done"] and _held(s, "frank") == 5,
            lambda s: _claim(
                s,
                "to the server, all five entries are still Frank's, whatever `done` holds: claim "
                "them for Grace, and append the values from the claim's reply.",
            ),
        ),
        Hint(
            "unacked",
            lambda s: sorted(texts(s.passed["done"])) == FIVE and s.group.pending,
            lambda s: (
                f"the group still has {count(s.group.pending, 'entry')} pending: "
                + acknowledge(s, "acknowledge each entry after handling it.")
            ),
        ),
        ONLY_IDS,
        _only_claimed("Frank"),
    ),
)

EXERCISES = [EACH, OVER, LEAVE]
