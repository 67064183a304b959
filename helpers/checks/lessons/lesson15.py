"""Lesson 15, A service: shut down cleanly, and give a user its rights."""

import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import texts
from helpers.checks.signs import nothing
from helpers.checks.wording import listed
from helpers.connection.sent import Sent
from helpers.entries import id_key
from helpers.streams import Pending, pending

CLAIMED_AFTER_MS = 60_000
"""How long an entry must be idle, in the task, before others claim it."""


def _pending(seen: Seen) -> list[Pending]:
    return seen.read["pending"]


def _free(seen: Seen) -> int:
    """Return how many pending entries another consumer may claim at once."""
    return sum(line.can_be_claimed(CLAIMED_AFTER_MS) for line in _pending(seen))


def _deliveries(seen: Seen) -> set[int]:
    return {line.deliveries for line in _pending(seen)}


def _claims(seen: Seen) -> list[Sent]:
    """Return the claims on the exercise's stream that took something."""
    claims = seen.did("XCLAIM", "XAUTOCLAIM")
    return [each for each in claims if each.key == "15:leave" and each.answer and not each.empty]


def _handed(seen: Seen) -> bool:
    """Tell whether the learner's first claim left the five with Alice, idle for long enough."""
    first = next(iter(_claims(seen)), None)
    whole = bool(first) and first.command == "XCLAIM" and len(first.answer) == 5
    return whole and first.consumer == "alice" and _idle_of(first) >= CLAIMED_AFTER_MS


def _too_young(seen: Seen) -> list[str]:
    """Return the values of the pending entries that another consumer may not claim yet."""
    free = {e.id for e in _pending(seen) if e.can_be_claimed(CLAIMED_AFTER_MS)}
    return [each.value for each in seen.stream.pending if each.id not in free]


def _moved_back(seen: Seen) -> bool:
    """Tell whether the group will deliver entries again that it has delivered."""
    last, newest = seen.group.last_delivered, seen.stream.entries[-1].id
    return bool(seen.did("XGROUP SETID")) and id_key(last) < id_key(newest)


def _read_own(seen: Seen) -> bool:
    """Tell whether a read returned Alice's own pending entries."""
    return any(each.words[-1] != ">" and not each.empty for each in seen.did("XREADGROUP"))


def _alices(seen: Seen) -> bool:
    """Tell whether all that is pending is Alice's, or was hers until XNACK released it."""
    return all(
        line.consumer == "alice" or (not line.consumer and line.idle_ms < 0)
        for line in _pending(seen)
    )


def _idle_of(claim: Sent) -> int:
    """Return the idle time that a claim sets, or -1."""
    return int(claim.words[claim.words.index("IDLE") + 1]) if "IDLE" in claim.words else -1


def _took_nothing(seen: Seen) -> str:
    """Say why the last claim without an effect took nothing."""
    claim = seen.without_effect("XCLAIM", "XAUTOCLAIM")
    if claim.words[4] == "0":
        return f"your `{claim.line}` took nothing: {nothing(claim)}."
    return (
        "your claim took nothing: it selects only entries that have reached the min-idle time, "
        "and these haven't. In XCLAIM, select all of them with 0, and set `idle=`."
    )


LEAVE = Exercise(
    "15.leave",
    title="Leave cleanly",
    minutes=6,
    stream="15:leave",
    group="workers",
    stage=9,
    reads={"pending": lambda r: pending(r, "15:leave", "workers", count=20)},
    task="make Alice's five entries available at once to any consumer that claims with a min-idle "
    "time of 60,000 ms, but keep them pending for her.",
    praise="the five entries are waiting for whichever consumer claims first, and each still "
    "counts only one delivery.",
    wanted="five entries pending for Alice, each idle for 60,000 ms or more and delivered once.",
    sees=lambda s: (
        f"pending: {listed(s.pending)}; {_free(s)} of them idle for 60,000 ms or more; "
        f"deliveries: {listed(sorted(_deliveries(s)))}."
    ),
    solved=lambda s: (
        s.values == ["0", "1", "2", "3", "4", "5"]
        and s.pending == ["1", "2", "3", "4", "5"]
        and _alices(s)
        and _free(s) == 5
        and _deliveries(s) == {1}
    ),
    untouched=lambda s: (
        len(s.values) == 6 and len(_pending(s)) == 5 and _alices(s) and _deliveries(s) == {1}
    ),
    slip=Seen.idle_script,
    hints=(
        Hint(
            "copy-gives-back",
            lambda s: len(s.values) > 6,
            lambda s: (
                "you added entries again, but a copy is a new entry at the end of the stream, "
                + (
                    "and Alice's pending entries will be delivered, too"
                    if s.pending
                    else "and the originals, no longer pending, count as done"
                )
                + ": change the pending entries themselves."
            ),
        ),
        Hint(
            "rewind-gives-back",
            _moved_back,
            "XGROUP SETID moved the whole group back, but didn't change any pending entry: run "
            "the cell above again, and change the pending entries themselves.",
        ),
        Hint(
            "ack-gives-back",
            lambda s: len(s.pending) < 5 and s.did("XACK"),
            "some of the five entries are no longer pending: XACK marks an entry as done, so "
            "nobody will handle it. Run the cell above again, without XACK.",
        ),
        Hint(
            "claim-for-somebody",
            lambda s: not _alices(s) and _handed(s),
            "the five entries were ready for whichever consumer claims first, but then you claimed "
            "them for a different consumer: run the cell above again, without that last claim.",
        ),
        Hint(
            "claim-for-somebody",
            lambda s: not _alices(s),
            lambda s: (
                ("the five can be claimed at once, but they" if _free(s) == 5 else "the entries")
                + " are now pending for a different consumer, and Alice can't know which consumer "
                "will take over: leave them with her"
                + ("." if _free(s) == 5 else ", but set an idle time that lets anyone claim them.")
            ),
        ),
        Hint(
            "ack-gives-back",
            lambda s: "0" in s.pending,
            "the value 0, which Alice has finished, is pending again, because FORCE makes even "
            "an acknowledged entry pending. Claim only the IDs in `rest`, without FORCE.",
        ),
        Hint(
            "only-the-first",
            lambda s: 0 < _free(s) < 5,
            lambda s: (
                f"others can't claim {listed(_too_young(s))} yet: pass all the IDs in `rest` to "
                "one XCLAIM, and don't claim or read them afterward, which resets the idle time."
            ),
        ),
        Hint(
            "read-gives-back",
            lambda s: _read_own(s) and _deliveries(s) != {1},
            "reading Alice's own pending entries counts as another delivery and resets their "
            "idle time: run the cell above again, and this time don't read them.",
        ),
        Hint(
            "claim-counts",
            lambda s: _free(s) == 5 and _deliveries(s) != {1} and _claims(s),
            lambda s: (
                "the five can be claimed at once, but their delivery count "
                + (
                    "has risen, so a delivery limit would give up on entries that nobody has tried"
                    if max(_deliveries(s)) > 1
                    else f"is {min(_deliveries(s))}, although each has been delivered once"
                )
                + ": with `justid=True`, and without `retrycount=`, XCLAIM leaves it alone."
            ),
        ),
        Hint(
            "idle-too-short",
            lambda s: (
                _free(s) == 0 and any(0 <= _idle_of(each) < CLAIMED_AFTER_MS for each in _claims(s))
            ),
            "the idle time that you set is shorter than 60,000 ms: `idle=` is in milliseconds.",
        ),
        Hint(
            "claim-is-old",
            lambda s: _free(s) == 0 and _claims(s),
            "a claim resets the idle time to 0, so other consumers now have to wait a whole "
            "minute: in XCLAIM, set `idle=` to 60,000 or more.",
        ),
        Hint(
            "min-idle-is-idle",
            lambda s: s.without_effect("XCLAIM", "XAUTOCLAIM"),
            _took_nothing,
        ),
    ),
)

NEEDED = 3
"""The clerk's work is the first three of the commands that the stub asks about."""

OTHERS = tuple(
    f"XREADGROUP GROUP workers alice STREAMS 15:{n} >" for n in ("salaries", "rights:old")
)

WORK = ("XREADGROUP GROUP workers alice STREAMS 15:rights >", "XACK ", "XAUTOCLAIM ")


def _may(seen: Seen) -> list[str]:
    return texts(seen.passed["may"])


def _works(seen: Seen) -> int:
    """Return how many of the three commands are allowed."""
    return sum(any(each.startswith(one) for each in _may(seen)) for one in WORK)


def _forbidden(seen: Seen) -> str:
    """Return the name of the first of the three commands that isn't allowed."""
    return next(one.split()[0] for one in WORK if not _allows(seen, one))


def _allows(seen: Seen, *beginnings: str) -> bool:
    return any(each.startswith(beginnings) for each in _may(seen))


def _others(seen: Seen) -> list[str]:
    """Return the other streams that the rules allow to read."""
    return [each.split()[-2] for each in OTHERS if each in _may(seen)]


def _longer(seen: Seen) -> str:
    """Return the rule that allows to read only `15:rights:old` in addition, because its pattern
    goes on after the stream's name; "" if there is none."""
    if len(_others(seen)) > 1:
        return ""
    return next((r for r in _rules(seen).split() if re.fullmatch(r"~15:rights.*\*.*", r)), "")


def _rules(seen: Seen) -> str:
    return str(seen.passed["rules"] or "").lower()


def _extra(seen: Seen) -> str:
    """Return the first rule that may allow more than the three commands on one key, or ""."""
    rules = dict.fromkeys(rule.strip("()") for rule in _rules(seen).split())
    others = [r for r in rules if r == "allcommands" or r[:1] == "+" and not _is_needed(r)]
    keys = [rule for rule in rules if rule[:1] in ("~", "%")]
    return next(iter(others + keys[1:]), "")


def _is_needed(rule: str) -> bool:
    """Tell whether a rule allows one of the three commands, or less."""
    return rule[1:].partition("|")[0] in ("xreadgroup", "xack", "xautoclaim")


def _allowed(seen: Seen) -> list[str]:
    """Return the rules that allow a command or a category."""
    return [rule for rule in _rules(seen).split() if rule.strip("(")[:1] == "+"]


TAKEN_BACK = (
    r"\+x(readgroup|ack|autoclaim).*(-@(all|stream|write)|nocommands|\breset\b)|~.*resetkeys"
)
"""Rules that allow something, and a later one that takes it back."""


def _too_much_or_none(seen: Seen) -> str:
    """Say which rule allows too much, or which rules allow anything."""
    if not _rules(seen).strip():
        return "`rules` is still empty: put the rules into it, as text."
    if _extra(seen):
        return f"your rule `{_extra(seen)}` allows more than the task asks for."
    return "a rule that allows something begins with a sign: `+` for a command, or `~` for a key."


def _unknown(seen: Seen) -> str:
    """Name what the server doesn't understand, which its error quotes."""
    quoted = re.search(r"modifier '([^']+)'", seen.error)
    return f"`{quoted[1]}`" if quoted else "your rules"


def _one_more(seen: Seen) -> str:
    """Return the rule that allows one more command by its name; "" if rules allow categories, or
    more keys."""
    extra = _extra(seen)
    whole = re.search(r"\+@|allcommands", _rules(seen)) or _allows(seen, *OTHERS)
    return extra if extra[:1] == "+" and not whole else ""


STRONGER = ("XADD", "XTRIM", "XGROUP")
"""Commands on the stream that the clerk's work doesn't need."""

RIGHTS = Exercise(
    "15.rights",
    title="Nothing else",
    minutes=5,
    stage=12,
    after=4,
    values=("may", "rules"),
    typed=("rules",),
    task="write `rules` that allow XREADGROUP, XACK and XAUTOCLAIM on 15:rights, and nothing else.",
    praise="three commands on one stream: anyone who logs in as `clerk` can do its work, and "
    "nothing else.",
    wanted="`OK` for the first three commands in ASKED, and for none of the others.",
    sees=lambda s: f"`OK` for {listed([each.partition(' ')[0] for each in _may(s)])}.",
    solved=lambda s: len(_may(s)) == NEEDED and _works(s) == NEEDED and not _extra(s),
    untouched=lambda s: not _rules(s).strip() and not s.passed["may"],
    slip=_too_much_or_none,
    hints=(
        Hint(
            "rule-without-sign",
            lambda s: "ACL SETUSER" in s.error or not isinstance(s.passed["rules"], str),
            lambda s: (
                (
                    f"the server doesn't understand {_unknown(s)}"
                    if isinstance(s.passed["rules"], str)
                    else "`rules` isn't text"
                )
                + ": write one text, with only spaces between the rules, `+` before a command's "
                "name, `+@` before a category of commands, and `~` before a key."
            ),
        ),
        Hint(
            "all-is-convenient",
            lambda s: len(_may(s)) == NEEDED and _works(s) == NEEDED,
            lambda s: (
                "the cell asks about only eleven commands, and the server says `OK` to the right "
                f"ones, but your rule `{_extra(s)}` may allow others: allow just the three "
                "commands by name, and one key."
            ),
            nearly=True,
        ),
        Hint(
            "all-is-convenient",
            lambda s: len(_may(s)) > _works(s) and _one_more(s),
            lambda s: (
                f"your rule `{_one_more(s)}` allows a command that the clerk doesn't need: leave "
                "that rule out, and allow only XREADGROUP, XACK and XAUTOCLAIM."
            ),
        ),
        Hint(
            "all-is-convenient",
            lambda s: _allows(s, "CONFIG"),
            "`clerk` may read the server's settings, and do much more: instead of allowing "
            "everything, allow each command by name.",
        ),
        Hint(
            "dangerous-is-all",
            lambda s: _allows(s, "DEL "),
            lambda s: (
                "`clerk` may delete the stream: a whole category of commands is still allowed"
                + (", and `-@dangerous` doesn't remove DEL" if "dangerous" in _rules(s) else "")
                + ". Start from nothing, then allow the three commands."
            ),
        ),
        Hint(
            "category-is-role",
            lambda s: _allows(s, *STRONGER),
            lambda s: (
                f"`clerk` may also send {listed([c for c in STRONGER if _allows(s, c)])}: allow "
                "XREADGROUP, XACK and XAUTOCLAIM by name, and nothing else; a category such as "
                "`@stream` or `@write` contains more commands than the work needs."
            ),
        ),
        Hint(
            "keys-are-open",
            lambda s: _allows(s, *OTHERS),
            lambda s: (
                f"`clerk` may read {' and '.join(_others(s))}, too: "
                + (
                    f"the `*` in `{_longer(s)}` also matches whatever comes after `rights`."
                    if _longer(s)
                    else "your rules allow keys other than 15:rights."
                )
            ),
        ),
        Hint(
            "reading-is-reading",
            lambda s: re.search("%[rw]~", _rules(s)) and _works(s) < NEEDED,
            "`%R~` gives only the right to read a key, and `%W~` only the right to write to it, "
            "but "
            "these three commands return entries or change the group: `~` gives both rights.",
        ),
        Hint(
            "reading-is-reading",
            lambda s: _works(s) == 0 and re.search(TAKEN_BACK, _rules(s)),
            "rules apply from left to right, so a later rule takes back what an earlier one "
            "allows: put the rules that forbid something first.",
        ),
        Hint(
            "reading-is-reading",
            lambda s: _works(s) == 0 and "~15:rights" in s.passed["rules"].split() and _allowed(s),
            "your rules don't allow any of the three commands on this stream: all of them change "
            "the group, so they aren't in `@read`. Allow each command by name.",
        ),
        Hint(
            "command-is-enough",
            lambda s: _works(s) == 0 and _allowed(s),
            "`clerk` may use a command, but not on this stream: allow the key, too, with a rule "
            "such as `~15:rights`.",
        ),
        Hint(
            "key-is-enough",
            lambda s: _works(s) == 0 and "~" in _rules(s),
            "`clerk` may use a key, but no command on it: for each command, add a rule such as "
            "`+xack`, with a space before and after it.",
        ),
        Hint(
            "claim-is-reading",
            lambda s: 0 < _works(s) < NEEDED,
            lambda s: (
                f"{_forbidden(s)} is still forbidden: "
                + (
                    "rules apply from left to right, but those in parentheses apply separately."
                    if f"+{_forbidden(s)}".lower() in _rules(s)
                    else "each of the three commands needs its own rule, and one for XCLAIM or "
                    "XREADGROUP doesn't allow XAUTOCLAIM."
                )
            ),
        ),
    ),
)

EXERCISES = [LEAVE, RIGHTS]
