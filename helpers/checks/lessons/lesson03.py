"""Lesson 03, Produce: entries and fields, types that get lost, and a producer that can't store
None."""

import re

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number, texts
from helpers.checks.wording import differs, listed, said
from helpers.connection.sent import Sent
from helpers.plurals import count

TEN = [str(n) for n in range(10)]


def _fields(seen: Seen) -> list[dict[str, str]]:
    return [e.fields for e in seen.stream.entries]


def _pairs(fields: dict[str, str]) -> str:
    return listed([f"{name} = {value}" for name, value in fields.items()])


def _names(seen: Seen) -> list[str]:
    return list(_fields(seen)[0])


def _others(seen: Seen) -> list[Sent]:
    """Return the commands for keys of another type."""
    return seen.did("RPUSH", "LPUSH", "SET", "HSET", "SADD")


ANOTHER_TYPE = Hint(
    "another-type",
    lambda s: _others(s) and s.stream.exists and not s.stream.length,
    lambda s: (
        f"`{_others(s)[-1].command}` creates a key of another type, which holds no entries: run "
        "the cell above again, and add entries with XADD."
    ),
)


SEVERAL = r"XADD's .* is an? (?!None)\D*\d+(\D+\d|, \.)"
"""What redis-py says of several numbers in place of one value."""


def _off(seen: Seen) -> str:
    """Say how the numbers differ from 0 to 9, or ""."""
    if any("MAXLEN" in each.words for each in seen.did("XADD")):
        return "MAXLEN removes the oldest entries, so leave it out."
    if len({tuple(fields) for fields in _fields(seen)}) > 1:
        return (
            "the entries have different fields: give each entry just one field, `value`, with a "
            "number."
        )
    return differs("each entry", _names(seen), ["value"]) or differs(
        "the stream", seen.values, TEN, "add every number from 0 to 9, as range(10) yields them"
    )


NUMBERS = Exercise(
    "03.numbers",
    title="0 to 9",
    minutes=2,
    stream="03:numbers",
    task="add the numbers 0 to 9 to 03:numbers, one entry each, in a field `value`.",
    praise="ten entries, in the order in which you sent them.",
    wanted="ten entries with the field `value`, from 0 to 9, in that order.",
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')} with the values {listed(s.values)}; the first "
        f"has the field {listed(_names(s))}."
    ),
    solved=lambda s: _fields(s) == [{"value": n} for n in TEN],
    untouched=lambda s: not s.stream.length,
    slip=_off,
    hints=(
        ANOTHER_TYPE,
        Hint(
            "one-xadd",
            lambda s: not s.stream.length and re.search(SEVERAL, s.error),
            "one XADD adds one entry, and a field holds one number, not all ten: call XADD once "
            "for each number, in a loop.",
        ),
        Hint(
            "one-xadd",
            lambda s: (
                s.stream.length == 1
                and (
                    len(s.did("XADD")) == 1
                    or len(_fields(s)[0]) > 1
                    or len(re.findall(r"\d+", s.values[0])) > 1
                )
            ),
            "one XADD adds one entry, whatever you put into it: to add ten entries, call XADD ten "
            "times, in a loop.",
        ),
    ),
)

TEA = re.compile("((a )?packets? of )?tea")
ORDER = {"item": "tea", "amount": "3", "price": "4.5"}


def _plain(fields: dict[str, str]) -> dict[str, object]:
    """Turn each value that reads as a number into one, so that 4.50 is 4.5, and a packet of tea
    into tea."""
    plain = {n: text if number(text) is None else number(text) for n, text in fields.items()}
    return plain | {"item": "tea"} if TEA.fullmatch(fields.get("item", "")) else plain


def _order_differs(seen: Seen) -> str:
    """Say how the first entry, or the number of entries, differs from the one order."""
    if seen.stream.length > 1:
        same = [_plain(fields) == _plain(ORDER) for fields in _fields(seen)]
        if any(same) and not all(same):
            return (
                "One of your entries holds the whole order: run the cell above again, and add "
                "only that entry."
            )
        if all(_plain(fields) == _plain(ORDER) for fields in _fields(seen)):
            return f"You added the same order {seen.stream.length} times: once is enough."
        return "Put the whole order into a single entry, even though the amount is 3."
    sides = ([f"{n} = {v}" for n, v in _plain(each).items()] for each in (_fields(seen)[0], ORDER))
    return differs("the entry", *sides, "give it all three fields")


FIELDS = Exercise(
    "03.fields",
    title="One order",
    minutes=3,
    stream="03:fields",
    task="add one order to 03:fields, with the item tea, the amount 3 and the price 4.5.",
    praise="one entry with three fields, and every consumer gets all of them together.",
    wanted="one entry with the fields item = tea, amount = 3, price = 4.5.",
    slip=_order_differs,
    sees=lambda s: f"{count(s.stream.length, 'entry')}; the first has {_pairs(_fields(s)[0])}.",
    solved=lambda s: [_plain(fields) for fields in _fields(s)] == [_plain(ORDER)],
    untouched=lambda s: not s.stream.length,
    hints=(
        ANOTHER_TYPE,
        Hint(
            "nested",
            lambda s: not s.stream.length and "is a dict" in s.error,
            "the dictionary that XADD takes *is* the entry's fields, and a field can't hold "
            "another dictionary: pass `item`, `amount` and `price` directly.",
        ),
        Hint(
            "one-xadd",
            lambda s: (
                s.stream.length == 3
                and all(len(fields) == 1 for fields in _fields(s))
                and len({tuple(fields) for fields in _fields(s)}) == 3
            ),
            "your three XADDs added three entries, which could go to three different consumers: "
            "put fields that belong together into one call.",
        ),
        Hint(
            "nested",
            lambda s: (
                s.stream.length == 1
                and len(_fields(s)[0]) == 1
                and re.search(r"tea.*\d|\d.*tea", s.values[0])
            ),
            "you put the whole order into one field, where Redis can't tell its parts apart: make "
            "each part a field of its own.",
        ),
    ),
)


SEVEN_FIRST = ["7", "20", "15"]
"""The prices that the stub adds."""


PAIRS = r"'(dict|tuple|dict_values)'|KeyError: 'price'|no attribute 'values'|not 'list'"
"""What Python says to code that takes an entry, or its fields, for a price."""


def _pairs_taken_for_values(seen: Seen) -> bool:
    """Tell whether the reply was mistaken for a list of values, or of prices."""
    highest = seen.passed["highest"]
    return (
        (isinstance(highest, dict) and not {"function", "object", "error"} & set(highest))
        or (isinstance(highest, list) and not texts(highest))
        or bool(re.search(PAIRS, seen.error) and not re.search(r"""int\(\[.*"value"]""", seen.code))
    )


def _prices_differ(seen: Seen) -> str:
    """Say of each value that isn't right what it is, as far as that is clear."""
    prices = list(map(int, SEVEN_FIRST))
    right = {"highest": max(prices), "total": sum(prices)}
    known = {
        0: "0, so no price went into it"
        + (" (a map() yields its items only once)" if "map(" in seen.code else ""),
        sum(prices) / len(prices): "the average",
        min(prices): "the lowest price",
        prices[-1]: "the last price",
        max(prices): "the highest price",
        len(prices): "the number of prices",
        sum(prices): "the sum",
        sum(prices[:-1]): "the sum without the last price",
        sum(prices[1:]): "the sum without the first price",
    }
    wrong = {name: number(seen.passed[name]) for name in right}
    return "; ".join(
        f"`{name}` "
        + (
            f"is {said(seen.passed[name])}, which isn't a number"
            if value is None
            else f"is {known.get(value, 'a different number')}"
        )
        for name, value in wrong.items()
        if value != right[name]
    )


TYPES = Exercise(
    "03.types",
    title="The highest price",
    minutes=5,
    stage=3,
    stream="03:types",
    values=("highest", "total"),
    task="find the highest price and the sum of all prices in 03:types, and set `highest` and "
    "`total`.",
    praise="20 is the highest price and 42 is the sum; as text, '7' would sort after '20'.",
    wanted=lambda s: (
        f"the highest price and the sum of {listed(SEVEN_FIRST)}, as numbers; {_prices_differ(s)}."
    ),
    sees=lambda s: (
        f"the prices are {listed(s.values)}; highest = {said(s.passed['highest'])}, total = "
        f"{said(s.passed['total'])}."
    ),
    solved=lambda s: (
        s.values == SEVEN_FIRST
        and number(s.passed["highest"]) == 20
        and number(s.passed["total"]) == 42
    ),
    untouched=lambda s: s.passed["highest"] is None and s.passed["total"] is None,
    slip=lambda s: differs(
        "the stream", s.values, SEVEN_FIRST, "run the cell above again, and only read"
    ),
    hints=(
        Hint(
            "reply-shape",
            _pairs_taken_for_values,
            "an entry is an (ID, fields) pair, and the price is in the field `value`: loop over "
            '`entry_id, fields`, and use fields["value"].',
        ),
        Hint(
            "keeps-type",
            lambda s: s.passed["highest"] == "7",
            "7 is the lowest of these prices, but as text, '7' sorts after '20': convert each "
            "price to a number first.",
        ),
        Hint(
            "keeps-type",
            lambda s: number(s.passed["highest"]) == 7,
            "7 is the lowest of these prices, not the highest: compare the prices as numbers, "
            "because as text, '7' sorts after '20'.",
        ),
        Hint(
            "keeps-type",
            lambda s: (
                isinstance(s.passed["total"], (str, int))
                and set(SEVEN_FIRST) <= set(re.findall("7|20|15", str(s.passed["total"])))
            ),
            "adding text to text just makes longer text: convert the prices to numbers before you "
            "add them.",
        ),
        Hint(
            "keeps-type",
            lambda s: (
                isinstance(s.passed["total"], list)
                and any(isinstance(item, str) for item in s.passed["total"])
                or "'int' and 'str'" in s.error
            ),
            "`total` must be a number, but what you read from a stream is text, and Python can't "
            "add text to a number: convert all the prices first, and then add them up.",
        ),
    ),
)


LAST = {"sensor": "attic", "value": "23"}
READ = [{"sensor": "attic", "value": "21"}, {"sensor": "attic"}, LAST]


def _readings_differ(seen: Seen) -> str:
    """Say how the entries differ from the three readings, or ""."""
    if [fields.get("value") for fields in _fields(seen)] == ["21", "21", "23"]:
        return (
            "The second entry has the first one's value, although the sensor didn't answer: create "
            "a new dictionary each time, and leave `value` out for the gap."
        )
    if _fields(seen) == READ[:1]:
        return (
            "Only the first reading is there: next, send an entry for the gap, with only the "
            "field `sensor`."
        )
    found, wanted = ([f"({_pairs(each)})" for each in all] for all in (_fields(seen), READ))
    return differs("the stream", found, wanted)


def _added_by_hand(seen: Seen) -> bool:
    """Tell whether XADD added entries: a Producer sends others, in its own thread."""
    threaded = ".xadd(" in seen.code and "Producer" not in seen.code
    return threaded or any(each.key == "03:readings" for each in seen.did("XADD"))


READINGS = Exercise(
    "03.readings",
    title="A gap in the readings",
    minutes=6,
    stream="03:readings",
    task="send the three entries to 03:readings with a Producer, and leave `value` out if there's "
    "no reading.",
    praise="three entries, and any consumer can tell a gap from a reading.",
    wanted="three entries with sensor = attic: the first with value = 21, the second without a "
    "value, the third with value = 23.",
    sees=lambda s: (
        f"{count(s.stream.length, 'entry')}: "
        + "; ".join(_pairs(fields) for fields in _fields(s)[:5])
        + "."
        if s.stream.length
        else "03:readings is empty."
    ),
    solved=lambda s: _fields(s) == READ and not _added_by_hand(s),
    untouched=lambda s: not s.stream.length,
    slip=_readings_differ,
    hints=(
        Hint(
            "xadd-is-producer",
            lambda s: _fields(s) == READ and _added_by_hand(s),
            "the entries are right, but you used XADD: send all three with a Producer, as in "
            "`with Producer(r, READINGS) as producer: producer.send(fields)`.",
            nearly=True,
        ),
        Hint(
            "none-is-value",
            lambda s: "None" in [fields.get("value") for fields in _fields(s)],
            "to a consumer, the text 'None' looks like a reading, and `int()` fails on it: leave "
            "the field `value` out of this entry.",
        ),
        Hint(
            "none-is-value",
            lambda s: re.search("NoneType can't be stored|after 'value', is None", s.error),
            "`None` can't be stored, so the program stopped at the gap: for the gap, send an "
            "entry with only the field `sensor`.",
        ),
        Hint(
            "gap-dropped",
            lambda s: "at least one field" in s.error,
            "an entry without fields can't be stored, and nobody would know which sensor it is "
            "from: send an entry with only the field `sensor`.",
        ),
        Hint(
            "none-is-value",
            lambda s: _fields(s)[1].get("value", "21") != "21" and _fields(s)[2:] == [LAST],
            lambda s: (
                f"the second entry has a `value`, {_fields(s)[1]['value']!r}, though there was no "
                "reading: send it with only the field `sensor`."
            ),
        ),
        Hint(
            "one-xadd",
            lambda s: s.stream.length > 3 and {"value"} in map(set, _fields(s)),
            "an entry without `sensor` doesn't say where its value comes from: send one dictionary "
            "for each reading or gap, with `sensor` and, if there is a reading, `value`.",
        ),
        Hint(
            "gap-dropped",
            lambda s: [fields.get("value") for fields in _fields(s)] == ["21", "23"],
            "you sent no entry for the gap, but a missing reading is news, too: send an entry with "
            "only the field `sensor`.",
        ),
    ),
)

EXERCISES = [NUMBERS, FIELDS, TYPES, READINGS]
