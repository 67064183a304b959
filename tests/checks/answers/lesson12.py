"""Answers to the exercises of lesson 12."""

from tests.checks.answers.kinds import Right, Wrong

TEN = """
findings.update(a="trimmed unread", b="poison entry", c="dead letters", d="consumer dead",
                e="nobody reads", f="producer stopped", g="consumers too slow",
                h="group begins at the end", i="group gone", j="stream gone")"""


def swapped(one: str, other: str) -> str:
    """All ten, with two of them swapped."""
    return f"{TEN}\nfindings[{one!r}], findings[{other!r}] = findings[{other!r}], findings[{one!r}]"


RULES = {
    "gone": "not m.group",
    "quiet": "m.stream and m.added == 0",
    "start": "m.group and m.entries_read is None",
    "old": "m.oldest_idle_ms > 120",
    "poison": "m.deliveries > 2",
    "dead": "m.dead_letters",
    "lag": "m.group and m.lag_growth > 0",
}


def rules(**changed: str | None) -> str:
    """All seven rules, some changed or left out (None)."""
    return "\n".join(
        f"rules[{name!r}] = lambda m: {rule}" for name, rule in (RULES | changed).items() if rule
    )


FINDING = """
finding = case.found = diagnose(first, second, LONGEST_HANDLER_MS)
c, stream, group = case.r, case.stream, case.group
"""
STEPS = {
    "producer stopped": "case.start_producer()",
    "nobody reads": "case.start_consumer('carol')",
    "consumers too slow": "case.start_consumer('carol')",
    "consumer dead": "c.xautoclaim(stream, group, 'bob', 100, '0-0')",
    "poison entry": "dead_letter(c, stream, group, pending(c, stream, group)[0], 'bad')",
    "dead letters": "case.deploy_fix(); [replay(c, stream, x.id) for x in dead_letters(c, stream)]",
    "group begins at the end": "c.xgroup_setid(stream, group, '0')",
    "group gone": "ensure_group(c, stream, group)",
}


def fixing(**changed: str) -> str:
    """A step for each finding, some changed; names have _ for a space."""
    steps = STEPS | {name.replace("_", " "): step for name, step in changed.items()}
    return FINDING + "\n".join(f"if finding == {name!r}: {step}" for name, step in steps.items())


ANSWERS = [
    Right("12.ten", TEN),
    Right("12.ten", TEN.replace("findings.update", "findings = dict")),
    Right(
        "12.ten",
        """
from helpers.diagnosis import diagnose
findings = {name: diagnose(*pair, 60) for name, pair in ten_looks(seed=12).items()}""",
    ),
    Right(
        "12.ten",
        """
names = ["trimmed unread", "poison entry", "dead letters", "consumer dead", "nobody reads",
         "producer stopped", "consumers too slow", "group begins at the end", "group gone",
         "stream gone"]
for letter, name in zip(findings, names):
    findings[letter] = name""",
    ),
    Wrong("12.ten", "slow-is-dead", swapped("d", "g")),
    Wrong("12.ten", "slow-is-dead", 'findings = dict.fromkeys("abcdefghij", "consumer dead")'),
    Wrong("12.ten", "poison-is-dead", swapped("b", "d")),
    Wrong("12.ten", "nobody-is-slow", swapped("e", "g")),
    Wrong("12.ten", "backlog-is-there", swapped("a", "e")),
    Wrong("12.ten", "none-is-zero", swapped("f", "h")),
    Wrong("12.ten", "green-is-well", swapped("c", "f")),
    Wrong("12.ten", "", swapped("i", "j")),
    Wrong("12.ten", "", TEN + '\nfindings["b"] = "poison"'),
    Wrong("12.ten", "", TEN + '\nfindings["h"] = "all is well"'),
    Wrong("12.ten", "", 'findings["a"] = "trimmed unread"'),
    Wrong("12.ten", "", 'findings = ["trimmed unread", "poison entry"]'),
    Right("12.rules", rules()),
    Right("12.rules", rules(lag=None, growth="(m.lag or 0) > 5")),
    Right("12.rules", rules(start=None, quiet=None, silent="not m.added")),
    Right("12.rules", rules(green="not m.lag and not m.moved")),
    Right("12.rules", rules(lost="m.removed > (m.entries_read or 0) and m.group")),
    Right(
        "12.rules",
        """
def gone(m):
    return not m.stream or not m.group
def dead(m):
    return m.pending and m.oldest_idle_ms > 100
rules = {"gone": gone, "dead": dead, "poison": lambda m: m.deliveries >= 3,
         "letters": lambda m: m.dead_letters > 0, "lag": lambda m: m.lag and m.lag_growth,
         "quiet": lambda m: m.added == 0}""",
    ),
    Wrong("12.rules", "another-name", rules(old="m.idle > 120")),
    Wrong("12.rules", "always-fires", rules(work="m.added > 0")),
    Wrong("12.rules", "always-fires", rules(lag="m.group and m.lag >= 0")),
    Wrong("12.rules", "always-fires", rules(green="not m.lag")),
    Wrong("12.rules", "none-is-zero", rules(lag="m.lag_growth > 0")),
    Wrong("12.rules", "none-is-zero", rules(gone=None, quiet=None)),
    Wrong(
        "12.rules", "none-is-zero", rules(start=None, quiet="m.stream and not m.added and m.moved")
    ),
    Wrong("12.rules", "poison-is-dead", rules(old=None)),
    Wrong("12.rules", "poison-is-dead", rules(poison=None)),
    Wrong("12.rules", "poison-is-dead", rules(old="(m.pending or 0) > 5")),
    Wrong("12.rules", "green-is-well", rules(dead=None)),
    Wrong("12.rules", "green-is-well", rules(quiet=None)),
    Wrong("12.rules", "nobody-is-slow", rules(lag=None)),
    Wrong("12.rules", "nobody-is-slow", rules(lag="m.group and not m.moved and m.lag_growth > 0")),
    Wrong("12.rules", "none-is-zero", 'rules["lag"] = lambda m: (m.lag or 0) > 5'),
    Right("12.drill", fixing()),
    Right("12.drill", fixing(consumer_dead="case.start_consumer('alice')")),
    Right("12.drill", fixing(group_gone="c.xgroup_create(stream, group, id='0')")),
    Right(
        "12.drill",
        fixing(
            poison_entry="c.xadd(stream + ':dead', {'value': 'n/a'}); "
            "c.xack(stream, group, pending(c, stream, group)[0].id)"
        ),
    ),
    Right("12.drill", fixing(consumers_too_slow="[case.start_consumer(n) for n in ('x', 'y')]")),
    Wrong("12.drill", "dollar-hides", fixing(group_gone="ensure_group(c, stream, group, '$')")),
    Wrong(
        "12.drill",
        "ack-repairs",
        fixing(consumer_dead="c.xack(stream, group, *(p.id for p in pending(c, stream, group)))"),
    ),
    Wrong(
        "12.drill",
        "",
        fixing(consumer_dead="c.xgroup_delconsumer(stream, group, 'alice')"),
    ),
    Wrong(
        "12.drill",
        "ack-repairs",
        fixing(poison_entry="c.xack(stream, group, pending(c, stream, group)[0].id)"),
    ),
    Wrong(
        "12.drill",
        "ack-repairs",
        fixing(dead_letters="case.deploy_fix(); c.delete(stream + ':dead')"),
    ),
    Wrong("12.drill", "green-is-well", fixing(group_begins_at_the_end="case.start_producer()")),
    Wrong(
        "12.drill",
        "rewind-repairs",
        fixing(nobody_reads=("c.xgroup_setid(stream, group, '0'); case.start_consumer('carol')")),
    ),
    Wrong("12.drill", "slow-is-dead", fixing() + "\ncase.found = 'consumer dead'"),
    Wrong("12.drill", "", fixing() + "\ncase.found = None"),
    Wrong("12.drill", "found-is-fixed", "case.found = diagnose(first, second, 60)"),
    Wrong("12.drill", "found-is-fixed", fixing(dead_letters="case.deploy_fix()")),
    Wrong("12.drill", "found-is-fixed", fixing(consumer_dead="pass")),
    Wrong(
        "12.drill",
        "r-is-everywhere",
        "case.found = diagnose(first, second, 60)\nr.xgroup_setid(case.stream, case.group, '0')",
    ),
]
