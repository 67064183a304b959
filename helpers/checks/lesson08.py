"""Lesson 08, Duplicates: store each entry once over a bad line, and let an effect happen once."""

from helpers.checks.exercise import Exercise, Hint, count, listed
from helpers.checks.plain import number

FOUR = ["a", "b", "a", "d"]

LINE = Exercise(
    "08.line", title="A bad line", minutes=5,
    stream="08:line", reads={"keys": lambda r: len(list(r.scan_iter("08:line?*", count=1000)))},
    task="store what `calls` brings, each entry once and in order, in 08:line.",
    praise="a, b, a and d are stored once each, whatever came twice.",
    wanted="the entries a, b, a, d, each of them added once.",
    sees=lambda s: f"{count(s.stream.length, 'entry')} ({listed(s.values, 12)}), {s.stream.entries_added} added in all.",
    solved=lambda s: s.values == FOUR and s.stream.entries_added == 4,
    untouched=lambda s: not s.stream.exists,
    hints=(
        Hint("equal-is-repeat", lambda s: sorted(s.values) == ["a", "b", "d"],
             "an equal value isn't a repeat: two customers may order the same; what tells a repeat is its number."),
        Hint("delete-duplicates", lambda s: len(s.values) <= 4 < s.stream.entries_added,
             "some were stored twice and deleted again: a consumer may have read them in between, so keep them out instead."),
        Hint("sequence-counts-calls", lambda s: len(s.values) > 4 and s.read["keys"],
             "a repeat must come with the same producer's key and the same number as the first time, or nobody can tell that it is one."),
        Hint("repeat-is-known", lambda s: len(s.values) > 4,
             "each XADD makes a new ID, so the server sees no repeats: it must be told who sends, and which number it is."),
    ),
)

COUNT = Exercise(
    "08.count", title="Counted once", minutes=5,
    stream="08:count", group="consumerGroup", reads={"sum": lambda r: int(r.hget("08:count:till", "sum") or 0)},
    task="add each entry of 08:count once to `sum` in 08:count:till, and leave nothing pending.",
    praise="35, however often each entry was handled, and nothing is pending.",
    wanted="the sum 35 in the hash 08:count:till, and nothing pending.",
    sees=lambda s: f"sum = {s.read['sum']}; pending: {listed(s.pending)}.",
    solved=lambda s: number(s.read["sum"]) == 35 and s.pending == [] and s.values == ["5", "10", "20"],
    untouched=lambda s: s.read["sum"] == 0 and len(s.pending) == 3,
    hints=(
        Hint("idmp-exactly-once", lambda s: s.read["sum"] > 35,
             "each entry is stored once, and was handled more than once: its effect must depend on whether it is still pending."),
        Hint("ack-first", lambda s: s.pending == [] and s.read["sum"] < 35,
             "too little was added, and nothing comes again: let one script acknowledge an entry and add its own value."),
        Hint("effect-is-enough", lambda s: s.read["sum"] == 35 and s.pending,
             "the sum is right, but as long as the entries are pending, the next consumer adds them once more."),
    ),
)

EXERCISES = [LINE, COUNT]
