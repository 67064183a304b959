"""Attempts at the exercises of lesson 12, by somebody who has read only the lesson."""

from tests.checks.answers.lesson12 import fixing
from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "12.ten",
        "hint",
        "",
        "Python doesn't know this name",
        """
for letter, pair in ten_looks(seed=12).items():
    findings[letter] = diagnosis(pair)
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "poison isn't one of the names. wanted: one of the ten names for each letter, written",
        """
findings["b"] = "poison"
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "`i` isn't stream gone",
        """
findings["i"] = "stream gone"
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "create the group at",
        "case.found = diagnose(first, second, LONGEST_HANDLER_MS)",
    ),
    Right(
        "12.rules",
        """
def rule(name):
    def keep(function):
        rules[name] = function
    return keep

@rule("somebody deleted something")
def deleted(m):
    return not (m.stream and m.group)

@rule("consumer trouble")
def consumer(m):
    return m.deliveries > 1 or m.oldest_idle_ms > 2 * 60

@rule("backlog")
def backlog(m):
    return bool(m.lag)

@rule("nothing comes")
def nothing(m):
    return m.added == 0 and m.group

@rule("dead letters")
def letters(m):
    return m.dead_letters
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "a figure was None. Without a group, `entries_read`",
        """
rules["lag"] = lambda m: m.lag > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "another-name",
        "no figure 'lags'",
        """
rules["lag"] = lambda m: m.lags and m.lags > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "always-fires",
        "it doesn't say what is wrong",
        """
rules["everything"] = lambda m: m.stream is not True or not m.moved or m.lag or m.pending
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "r-is-everywhere",
        "send your commands with `case.r`",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
for line in pending(r, case.stream, case.group):
    dead_letter(r, case.stream, case.group, line, "poison")
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "green-is-well",
        "which the group will never get",
        """
case.start_producer()
case.start_consumer("carol")
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "in a dictionary",
        """
from helpers.diagnosis import diagnose
from helpers.incidents import LONGEST_HANDLER_MS

findings = [diagnose(*pair, LONGEST_HANDLER_MS) for pair in ten_looks(seed=12).values()]
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "fixed 0; in the fixed ones, 0 values lost",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "rule-is-condition",
        "must be a function of the figures m, not str.: a rule must be a function",
        """
rules["backlog"] = "m.lag > 100"
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "",
        "or by its name after a dot",
        """
rules["lag"] = lambda m: m["lag"] > 10
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "written as in the task, with spaces",
        """
from helpers.diagnosis import diagnose
from helpers.incidents import LONGEST_HANDLER_MS
for k, v in ten_looks(seed=12).items():
    findings[k] = diagnose(*v, LONGEST_HANDLER_MS).replace(" ", "_")
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "the letter in the brackets, and the name",
        """
from helpers.diagnosis import diagnose
from helpers.incidents import LONGEST_HANDLER_MS
findings = {diagnose(*v, LONGEST_HANDLER_MS): k for k, v in ten_looks(seed=12).items()}
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "always-fires",
        "only when it is called, and by then the loop has ended",
        """
from helpers.incidents import metrics
for name, pair in looks.items():
    if name != "all is well":
        rules[name] = lambda m: m == metrics(*pair)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "a `break` ended your loop at stream 1 of 8",
        """
case.found = 'group gone'
break
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "r-is-everywhere",
        "send your commands with `case.r`",
        """
case.found = 'group gone'
ensure_group(r, case.stream, case.group)
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "but not for 'A'",
        """
from helpers.diagnosis import diagnose
from helpers.incidents import LONGEST_HANDLER_MS
for letter, pair in ten_looks(seed=12).items():
    findings[letter] = diagnose(*pair, LONGEST_HANDLER_MS)
where = {name: letter for letter, name in findings.items()}
findings = {letter.upper(): name for letter, name in findings.items()}
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "",
        "create the group first",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
for line in pending(case.r, case.stream, case.group):
    case.r.xack(case.stream, case.group, line.id)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "r-is-everywhere",
        "send your commands with `case.r`",
        """
r.xack(case.stream, case.group, '0-0')
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
""",
    ),
    Tried(
        "12.drill",
        "open",
        "",
        "stream 1 has no finding",
        """
found = diagnose(first, second, LONGEST_HANDLER_MS)
print(found)
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "",
        "rules must be a dictionary such as",
        """
rules = lambda m: not m.group
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "You set `finding`, but the check looks at `findings`",
        """
finding = {"a": "trimmed unread", "j": "stream gone"}
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "for each letter, as text",
        """
findings = {"a": {"trimmed unread"}, "b": {"poison entry"}}
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "`h` isn't group gone",
        """
findings.update(h="group gone", i="group begins at the end")
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "a function without `return` returns None",
        """
def gone(m):
    not m.group

rules["gone"] = gone
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "1 rule; 1 of 10 incidents caught",
        """
for each in (lambda m: not m.group, lambda m: m.dead_letters, lambda m: m.deliveries > 2):
    rules["rule"] = each
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "",
        "one of the two is text",
        """
rules["backlog"] = lambda m: m.lag > "0"
""",
    ),
    Right(
        "12.rules",
        """
def above(name, least):
    return lambda m: (getattr(m, name) or 0) > least

least = dict(lag_growth=0, deliveries=2, oldest_idle_ms=150, dead_letters=0)
rules = {name: above(name, number) for name, number in least.items()}
rules["gone"] = lambda m: m.group is False
rules["silent"] = lambda m: not m.added and m.stream
rules["begins at the end"] = lambda m: m.entries_read is None and m.group
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "",
        "'bob' is running already",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
if case.found == "group gone":
    ensure_group(case.r, case.stream, case.group)
case.start_consumer("bob")
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "ack-repairs",
        "which removed entries that nobody had handled",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
case.r.xtrim(case.stream, maxlen=0)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "rewind-repairs",
        "gets entries again",
        """
case.found = diagnose(first, second, LONGEST_HANDLER_MS)
case.r.xgroup_destroy(case.stream, case.group)
ensure_group(case.r, case.stream, case.group)
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "`fired` isn't set",
        'rules["no group"] = lambda m: not m.group\nrules["grows"] = lambda m: m.lag_growth > 0',
    ),
    Tried(
        "12.drill",
        "hint",
        "",
        "none of the drill's streams is finished yet",
        "case.found = diagnosis",
    ),
    Tried(
        "12.rules",
        "hint",
        "rule-is-condition",
        "name 'm' is not defined: a rule must be a function",
        """
rules["no group"] = not m.group
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "rule-is-condition",
        "must be a function of the figures m, not bool.: a rule must be a function",
        """
rules["poison"] = metrics(*looks["poison entry"]).deliveries > 2
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "rule-is-condition",
        "a function's name without parentheses",
        """
def no_group(m):
    return not m.group

rules["no group"] = no_group()
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "",
        "one of the values is None",
        """
def no_group(m):
    return not m.group

rules["no group"] = no_group(None)
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "always-fires",
        "`lambda m, n=n: …`",
        """
names = ["pending", "deliveries", "lag_growth"]
while names:
    n = names.pop()
    rules[n] = lambda m: (getattr(m, n) or 0) > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "always-fires",
        "have each rule use a different figure",
        """
rules["waits for a reader"] = lambda m: any(each for each in [m.lag])
rules["asks for one"] = rules["waits for a reader"]
rules["longs for one"] = rules["asks for one"]
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "no entry had been idle for that long: 120 ms, twice the longest handler's time",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 400)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    case.deploy_fix()
    for letter in dead_letters(case.r, case.stream):
        replay(case.r, case.stream, letter.id)
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "no consumer with that name is running",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "carol", 120)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    case.deploy_fix()
    for letter in dead_letters(case.r, case.stream):
        replay(case.r, case.stream, letter.id)
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "ack-repairs",
        "then move each dead letter back",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 120)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    case.deploy_fix()
    case.r.delete(case.stream + ":dead")
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "still there: `replay` each",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 120)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    case.deploy_fix()
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "call `case.deploy_fix()` first",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 120)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    for letter in dead_letters(case.r, case.stream):
        replay(case.r, case.stream, letter.id)
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "ack-repairs",
        "use `dead_letter` to keep",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 120)
if finding == "poison entry":
    case.r.xack(*there[1:], pending(*there)[0].id)
if finding == "dead letters":
    case.deploy_fix()
    for letter in dead_letters(case.r, case.stream):
        replay(case.r, case.stream, letter.id)
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "green-is-well",
        "which acknowledged entries that no consumer had handled",
        """
case.found = finding = diagnose(first, second, LONGEST_HANDLER_MS)
there = case.r, case.stream, case.group
if finding == "producer stopped":
    case.start_producer()
if finding == "nobody reads":
    case.start_consumer("carol")
    for entry_id, _ in case.r.xreadgroup(case.group, "me", {case.stream: ">"})[case.stream]:
        case.r.xack(case.stream, case.group, entry_id)
if finding == "consumers too slow":
    case.start_consumer("dave")
if finding == "consumer dead":
    case.r.xautoclaim(case.stream, case.group, "bob", 120)
if finding == "poison entry":
    dead_letter(*there, pending(*there)[0], "no number")
if finding == "dead letters":
    case.deploy_fix()
    for letter in dead_letters(case.r, case.stream):
        replay(case.r, case.stream, letter.id)
if finding == "group begins at the end":
    case.r.xgroup_setid(case.stream, case.group, "0")
if finding == "group gone":
    ensure_group(*there)
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "none-is-zero",
        "`chosen` is None, because the group didn't exist at that look",
        """
still = first.chosen.last_delivered_id == second.chosen.last_delivered_id
""",
    ),
    Tried(
        "12.ten",
        "not started",
        "",
        "so far your code changes nothing",
        """
ten_looks(seed=12)["a"][1].chosen
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "`lag_growth` and `pending` are",
        """
rules["lag"] = lambda m: m.lag_growth > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "if a group begins at the end, so is `entries_read`",
        """
rules["none"] = lambda m: m.group and m.entries_read > 10**9
""",
    ),
    Tried(
        "12.ten",
        "open",
        "",
        "`f` isn't dead letters",
        """
findings.update(a="trimmed unread", b="poison entry", c="dead letters", d="consumer dead",
                e="nobody reads", f="dead letters", g="consumers too slow",
                h="group begins at the end", i="group gone", j="stream gone")
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "Check first: `m.lag is not None and …`",
        """
rules["start"] = lambda m: m.group and m.entries_read is None
rules["lag"] = lambda m: m.lag > 5
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "unsupported operand type(s) for -",
        """
rules["lag"] = lambda m: m.lag - m.pending > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "no rule fires when the group is gone",
        """
rules["old"] = lambda m: m.oldest_idle_ms > 10_000
rules["poison"] = lambda m: m.deliveries > 100
rules["many"] = lambda m: (m.pending or 0) > 100
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "none-is-zero",
        "`many` never fires, whatever the incident",
        """
def add(name, rule):
    rules[name] = rule

add("many", lambda m: (m.pending or 0) > 50)
add("gone", lambda m: not m.group)
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "poison-is-dead",
        "no rule fires for “poison entry”",
        """
rules["gone"] = lambda m: not m.group
rules["start"] = lambda m: m.group and m.entries_read is None
rules["old"] = lambda m: m.oldest_idle_ms > 120
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "nobody-is-slow",
        "no rule fires for “stream gone”",
        """
rules["gone"] = lambda m: m.stream and not m.group
rules["quiet"] = lambda m: m.stream and not m.added
rules["start"] = lambda m: m.group and m.entries_read is None
rules["stuck"] = lambda m: m.oldest_idle_ms > 120 or m.deliveries > 2
rules["dead"] = lambda m: m.dead_letters
rules["lag"] = lambda m: (m.lag_growth or 0) > 0
""",
    ),
    Tried(
        "12.rules",
        "hint",
        "always-fires",
        "even while all is well: entries keep arriving",
        """
rules["still"] = lambda m: m.lag == 0
""",
    ),
    Right(
        "12.rules",
        """
def safe(rule):
    def try_rule(m):
        try:
            return rule(m)
        except TypeError:
            return False

    return try_rule


rules["grows"] = safe(lambda m: m.lag_growth > 0)
rules["gone"] = lambda m: (m.stream, m.group).count(False)
rules["quiet"] = safe(lambda m: m.lag == 0 == m.added)
rules["stuck"] = safe(lambda m: m.pending > 0 and (m.oldest_idle_ms > 120 or m.deliveries > 2))
rules["dead"] = lambda m: m.dead_letters != 0
""",
    ),
    Tried(
        "12.drill",
        "hint",
        "found-is-fixed",
        "stream 2 (consumers too slow) isn't healthy",
        """
def fix(r, stream, group):
    if case.found == "group gone":
        ensure_group(r, stream, group)
    if case.found == "consumer dead":
        r.xautoclaim(stream, group, "bob", 120)

case.found = diagnose(first, second, LONGEST_HANDLER_MS)
fix(case.r, case.stream, case.group)
""",
    ),
    *(
        Tried("12.drill", "hint", misconception, says, fixing(**{finding: step}))
        for misconception, says, finding, step in [
            (
                "ack-repairs",
                "so the group gets only entries after the ID that you gave. For “consumer",
                "consumer_dead",
                "c.xgroup_destroy(stream, group); c.xgroup_create(stream, group, '$')",
            ),
            (
                "green-is-well",
                "no consumer had handled. Leave the entries to the group's consumers",
                "group_gone",
                "ensure_group(c, stream, group); "
                "[c.xack(stream, group, e.id) for e in read_group(c, stream, group, 'me')]",
            ),
            (
                "rewind-repairs",
                "or when you add, replay or claim entries",
                "dead_letters",
                "case.deploy_fix(); "
                "[c.xadd(stream, x.fields) and replay(c, stream, x.id)"
                " for x in dead_letters(c, stream)]",
            ),
            (
                "found-is-fixed",
                "call `case.start_producer()`",
                "producer_stopped",
                "case.start_consumer('carol')",
            ),
        ]
    ),
    Right("12.drill", fixing(group_begins_at_the_end="c.xgroup_setid(stream, group, 0)")),
    Right(
        "12.drill",
        fixing(
            group_gone="c.xgroup_create(stream, group, '0', mkstream=True)",
            consumer_dead="c.xclaim(stream, group, 'bob', 100, "
            "[each.id for each in pending(c, stream, group, consumer='alice')])",
        ),
    ),
]
