"""Lesson 00, Start here: two small exercises that show how checks reply, and how to read the
picture."""

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number
from helpers.checks.signs import acknowledge
from helpers.checks.wording import listed, said
from helpers.connection.sent import Sent


def _owners(seen: Seen) -> list[str]:
    """Return Alice, and whoever else has something pending."""
    return ["alice", *sorted({e.owner for e in seen.stream.pending} - {"alice"})]


def _left(seen: Seen) -> str:
    """Say why one entry is still pending: its XACK named another stream or group, or none was sent
    for it."""
    advice = (
        f"{seen.pending[0]} is still pending: XACK finishes only the entries whose IDs you pass, "
        "so pass this entry's ID, too, for example in a loop over `entries`."
    )
    vain = seen.without_effect("XACK")
    astray = vain and (vain.key, vain.group) != (seen.stream.stream, seen.group.name)
    return acknowledge(seen, advice) if astray else advice


FINISH = Exercise(
    "00.finish",
    title="Finish Alice's work",
    minutes=2,
    stage=4,
    stream="00:finish",
    group="consumerGroup",
    task="acknowledge the two entries of 00:finish that are pending for Alice.",
    praise="nothing is pending any longer, and the stream still holds both entries.",
    wanted="two entries in the stream, both acknowledged, and `alice` still a consumer of the "
    "group.",
    sees=lambda s: (
        f"{listed([e.value for e in s.stream.entries])} in the stream; "
        + "; ".join(f"{name} has {listed(s.pending_of(name))} pending" for name in _owners(s))
        + "."
    ),
    solved=lambda s: s.stream.length == 2 and s.group.pending == 0 and s.knows("alice"),
    untouched=lambda s: s.stream.length == 2 and s.pending_of("alice") == ["a", "b"],
    slip=lambda s: (
        s.sent_one(
            "XCLAIM",
            "this only gives the entries a new owner, so you still have to acknowledge them.",
        )
        or s.sent_one(
            "XADD",
            "you don't need to add any entries, so run the cell above again without this command.",
        )
    ),
    hints=(
        Hint(
            "ack-deletes",
            lambda s: s.stream.length < 2,
            "an entry is gone from the stream: acknowledge entries with XACK, which finishes them "
            "without deleting them.",
        ),
        Hint(
            "busygroup-destroy",
            lambda s: not s.group or not s.knows("alice"),
            "you removed the group or the consumer, and Alice's pending entries list went with it, "
            "so nobody knows what she has finished: run the cell above again, and use XACK "
            "instead.",
        ),
        Hint(
            "read-is-done",
            lambda s: (
                len(s.pending) == 2 and s.did("XREADGROUP") and not s.did("XACK") and not s.error
            ),
            "Alice has already read both entries, and reading them again doesn't finish them: use "
            "XACK on the entries in `entries`.",
        ),
        Hint(
            "ack-once",
            lambda s: len(s.pending) == 1 and s.stream.length == 2 and not s.ended,
            _left,
        ),
    ),
)


def _says(seen: Seen, waiting: int | None = None, unfinished: int | None = None) -> bool:
    """Tell whether the learner said these numbers; None stands for any."""
    said = number(seen.passed["waiting"]), number(seen.passed["unfinished"])
    return all(
        wanted in (None, found) for wanted, found in zip((waiting, unfinished), said, strict=True)
    )


CHANGES = ("XADD", "XACK", "XCLAIM", "XAUTOCLAIM", "XDEL", "XTRIM", "XGROUP SETID")
"""Commands that change what the picture shows, unless they claim for Alice what is hers; so does a
read with `>`."""


def _changed(seen: Seen) -> list[Sent]:
    """Return the commands with which the learner changed what the picture shows."""
    new = [each for each in seen.did("XREADGROUP") if each.asks_for_new]
    own = [
        each
        for each in seen.sent
        if each in new or each.command in CHANGES and each.consumer != "alice"
    ]
    return [each for each in own if "00:account" in each.keys and each.answer and not each.empty]


GIVEN, ACKED, WAITING, ENTRIES = 5, 2, 4, 9
"""What the stub leaves of 00:account, however an attempt changes it."""


def _listed(seen: Seen) -> str:
    """Return the name of the first value that is a list, or a text such as "cde", with the right
    number of items; "" if there is none."""
    for name, length in (("waiting", WAITING), ("unfinished", GIVEN - ACKED)):
        value = seen.passed[name]
        items = isinstance(value, str) and set(value) <= set("abcdefghi")
        if (items or isinstance(value, list)) and len(value) == length:
            return name
    return ""


def _no_number(seen: Seen) -> str:
    """Return the name of the first value that is set, but isn't a number; "" if there is none."""
    set_to = {name: value for name, value in seen.passed.items() if value is not None}
    return next((name for name, value in set_to.items() if number(value) is None), "")


def _one_is_right(seen: Seen) -> str:
    """Say which value is right if only one is."""
    if _says(seen, WAITING) != _says(seen, unfinished=GIVEN - ACKED) and None not in [
        *seen.passed.values()
    ]:
        right, wrong = ("waiting", "unfinished")[:: 1 if _says(seen, WAITING) else -1]
        return f"`{right}` is right, but count again for `{wrong}`."
    return ""


ACCOUNT = Exercise(
    "00.account",
    title="Read the picture",
    minutes=3,
    stage=12,
    stream="00:account",
    group="consumerGroup",
    values=("waiting", "unfinished"),
    typed=("waiting", "unfinished"),
    task="set `waiting` and `unfinished` to the numbers that the picture of 00:account shows.",
    praise="the boxes after the ▲ are the lag, and the boxes in Alice's row are pending. Now you "
    "can read every picture in this course.",
    wanted="waiting = the number of boxes after the ▲, unfinished = the number of boxes in "
    "Alice's row.",
    sees=lambda s: (
        f"waiting = {said(s.passed['waiting'])}, unfinished = {said(s.passed['unfinished'])}."
    ),
    solved=lambda s: _says(s, WAITING, GIVEN - ACKED),
    untouched=lambda s: s.passed["waiting"] is None and s.passed["unfinished"] is None,
    slip=_one_is_right,
    hints=(
        Hint(
            "read-is-done",
            _changed,
            lambda s: (
                f"your `{_changed(s)[-1].line}` changed the numbers: run the cell above again, and "
                "this time, only look at the picture."
            ),
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, GIVEN - ACKED, WAITING),
            "you swapped the two numbers: waiting entries haven't been delivered yet, and "
            "unfinished entries are pending for Alice.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, waiting=ENTRIES - ACKED) or _says(s, unfinished=ENTRIES - ACKED),
            "you counted every box without a check mark, but some of these entries are pending for "
            "Alice, and the rest haven't been delivered yet: count them separately.",
        ),
        Hint(
            "lag-is-pending",
            lambda s: _says(s, waiting=ENTRIES) or _says(s, waiting=GIVEN),
            lambda s: (
                f"{s.passed['waiting']} is the number of entries "
                + ("in the stream" if _says(s, waiting=ENTRIES) else "delivered to Alice")
                + "; `waiting` counts only the entries after the ▲, which haven't been delivered "
                "yet."
            ),
        ),
        Hint(
            "read-is-done",
            lambda s: _says(s, unfinished=0),
            "Alice has read entries that she hasn't acknowledged, so they aren't finished: count "
            "the boxes in her row.",
        ),
        Hint(
            "read-is-pending",
            lambda s: _says(s, unfinished=GIVEN),
            "5 is the number of entries that Alice has read in all. Those with a check mark are "
            "acknowledged, so count only the boxes in her row.",
        ),
        Hint(
            "read-is-pending",
            lambda s: _says(s, unfinished=ACKED),
            "2 is the number of entries that Alice has finished: a check mark means that she has "
            "acknowledged the entry. For `unfinished`, count the boxes still in her row.",
        ),
        Hint(
            "lag-is-pending",
            _listed,
            lambda s: (
                f"`{_listed(s)}` has the right number of items, but it should be a number: set it "
                "to the `len()` of what it is now."
            ),
        ),
        Hint(
            "lag-is-pending",
            _no_number,
            lambda s: (
                f"`{_no_number(s)}` isn't a number: count the boxes in the picture, or take the "
                'number from a reply that holds it, with ["lag"] or ["pending"].'
            ),
        ),
    ),
)

EXERCISES = [FINISH, ACCOUNT]
