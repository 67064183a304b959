"""Lesson 11, Order and partitions: route entries by their key, and find the effect that a late
worker would spoil."""

import re
from collections.abc import Collection
from zlib import crc32

from redis import Redis

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.order import acked_before_script
from helpers.checks.signs import acknowledge
from helpers.checks.wording import differs, listed
from helpers.connection.sent import SCRIPTS, Sent
from helpers.plurals import count

ORDERS = [
    *(("ann", "0"), ("ben", "1"), ("ann", "2"), ("cleo", "3"), ("ben", "4")),
    *(("sam", "5"), ("ann", "6"), ("cleo", "7"), ("sam", "8"), ("ann", "9")),
]
"""The stub's orders, as text."""

PARTITIONS = [f"11:route:{{{number}}}" for number in range(4)]


def _place(customer: str) -> str:
    return PARTITIONS[crc32(customer.encode()) % 4]


def _streams(r: Redis) -> dict[str, list[tuple[str, str]]]:
    """Return the customer and value of each entry, by stream, partitions first."""
    found = sorted(key for key in r.scan_iter("11:route*", count=1000) if r.type(key) == "stream")
    return {
        name: [(f.get("customer", ""), f.get("value", "")) for _, f in r.xrange(name, count=100)]
        for name in [
            *(n for n in PARTITIONS if n in found),
            *(n for n in found if n not in PARTITIONS),
        ]
    }


def _trimmed(r: Redis) -> bool:
    """Tell whether a partition has had more entries than it has now."""
    infos = [r.xinfo_stream(name) for name in PARTITIONS if r.type(name) == "stream"]
    return any(info["entries-added"] > info["length"] for info in infos)


def _found(seen: Seen) -> dict[str, list[tuple[str, str]]]:
    return seen.read["streams"]


def _places(seen: Seen) -> dict[str, set[str]]:
    """Return where each customer's orders are."""
    places: dict[str, set[str]] = {}
    for name, orders in _found(seen).items():
        for customer, _ in orders:
            places.setdefault(customer, set()).add(name)
    return places


def _parted(seen: Seen) -> list[str]:
    """Return the customers with orders in several streams."""
    return [customer for customer, places in _places(seen).items() if len(places) > 1]


MISPLACED = (
    "each customer's orders are together, but some aren't in partition `crc32(customer.encode()) % "
    "4`, where other programs look for them"
)


def _misplaced(seen: Seen) -> bool:
    """Tell whether a customer's orders are elsewhere than crc32 puts them."""
    return any(place != {_place(customer)} for customer, place in _places(seen).items())


def _stored(seen: Seen) -> list[tuple[str, str]]:
    return [order for orders in _found(seen).values() for order in orders]


COMPUTES = "crc32|partition_|number_of"


def _typed_table(seen: Seen) -> str:
    """Say what is missing in code that never computes a customer's partition."""
    if not seen.code or seen.times(COMPUTES):
        return ""
    return (
        "your code never calls `crc32`, so it wouldn't know a new customer's partition: compute "
        "the number instead of typing it in."
    )


def _cut(seen: Seen) -> str:
    """Say which command removed orders that were stored before; or ""."""
    limited = [e for e in seen.did("XADD") if {"MAXLEN", "MINID"} & {*e.words}]
    cuts = [e for e in seen.did("DEL", "UNLINK", "XDEL", "XTRIM") if e.answer]
    each = next(iter(cuts + limited if seen.read["trimmed"] else cuts), None)
    return f"`{each.line}` removes orders already stored: keep all ten of them." if each else ""


def _values(orders: list[tuple[str, str]]) -> list[str]:
    return sorted(value for _, value in orders)


def _lacking(seen: Seen) -> str:
    """Name the fields that the first incomplete entry lacks."""
    order = next(order for order in _stored(seen) if "" in order)
    names = zip(("customer", "value"), order, strict=True)
    return " and ".join(f"the field `{name}`" for name, text in names if not text)


F_STRING = re.compile(r"""\bf["']11:route""")


def _no_number(seen: Seen) -> str:
    """Say why a stream's name has no number in its braces."""
    if "<function" in min(_found(seen)):
        return (
            "the stream's name contains a function instead of its result: call the function, "
            "with parentheses."
        )
    how = "Write" if F_STRING.search(seen.code) else "Begin the text with `f`, and write"
    return (
        f"the stream's name contains your code instead of a number. {how} three braces, because "
        "`{{` stands for one brace: `{{{number}}}` is `{3}` if the number is 3."
    )


def _other(seen: Seen) -> str:
    """Return the first stream that is no partition."""
    return min(set(_found(seen)) - set(PARTITIONS))


def _spread(seen: Seen) -> str:
    """Describe in one line what each stream holds."""
    parts = [
        f"`{name}` has {listed(list(dict.fromkeys(customer or '?' for customer, _ in orders)), 4)}"
        for name, orders in list(_found(seen).items())[:4]
    ]
    return "; ".join(parts) or "no stream begins with `11:route`"


ROUTE = Exercise(
    "11.route",
    given={COMPUTES: 0},
    title="Route by key",
    minutes=6,
    after=2,
    stage=0,
    stream=PARTITIONS[0],
    keys="`11:route:{0}` to `11:route:{3}`",
    reads={"streams": _streams, "trimmed": _trimmed},
    task="add each of the ten orders to its customer's partition, 11:route:{0} to 11:route:{3}, "
    "chosen by crc32.",
    praise="each customer's orders are in one partition, in order, and any program can find them.",
    wanted="ten entries with `customer` and `value`, in the order of the list, each in its "
    "customer's partition, `crc32(…) % 4`.",
    sees=lambda s: f"{count(len(_stored(s)), 'entry')}: {_spread(s)}.",
    solved=lambda s: (
        _found(s)
        == {
            name: orders
            for name in PARTITIONS
            if (orders := [order for order in ORDERS if _place(order[0]) == name])
        }
    ),
    untouched=lambda s: not _found(s),
    by_hand=_typed_table,
    slip=lambda s: (
        MISPLACED + "."
        if _misplaced(s)
        else _cut(s) or differs("what you stored", _values(_stored(s)), _values(ORDERS))
    ),
    hints=(
        Hint(
            "another-name",
            lambda s: not _found(s) and s.did("XADD"),
            lambda s: (
                f"the entries went to `{s.did('XADD')[0].key}`, but the partitions are named "
                "`11:route:{0}` to `11:route:{3}`."
            ),
        ),
        Hint(
            "another-name",
            lambda s: any("" in order for order in _stored(s)),
            lambda s: f"an entry lacks {_lacking(s)}: give each entry both fields.",
        ),
        Hint(
            "another-name",
            lambda s: len(_found(s)) == 1 and re.search(r":\{.*[a-z]", min(_found(s))),
            _no_number,
        ),
        Hint(
            "another-name",
            lambda s: set(_places(s)) - {customer for customer, _ in ORDERS},
            lambda s: (
                f"the field `customer` holds {listed(list(_places(s)), 3)}: put the customer's "
                "name there, and the order's value in `value`."
            ),
        ),
        Hint(
            "one-stream",
            lambda s: len(_found(s)) == 1 and len(_places(s)) > 1,
            "all orders are in one stream, so one consumer has to handle them all: the number in "
            "the stream's name must come from the customer.",
        ),
        Hint(
            "stream-per-key",
            lambda s: (
                {name[len("11:route:") :].strip("{}") for name in _found(s)} & set(_places(s))
            ),
            "you gave a customer a separate stream, but with many customers, there would be too "
            "many streams to assign to workers: let customers share four partitions.",
        ),
        Hint(
            "round-robin",
            _parted,
            lambda s: (
                f"the orders of {listed(_parted(s), 3)} are spread over several streams, whose "
                "readers don't wait for each other: choose the partition by the customer alone."
            ),
        ),
        Hint(
            "another-name",
            lambda s: any("{" not in name or "}" not in name for name in _found(s)),
            "a stream's name lacks its braces: the partitions are `11:route:{0}` to "
            "`11:route:{3}`, and in an f-string, you write a brace by doubling it.",
        ),
        Hint(
            "another-name",
            lambda s: set(_found(s)) - set(PARTITIONS),
            lambda s: (
                f"`{_other(s)}` isn't one of the four partitions: "
                + (
                    "use the remainder after dividing by 4, which is 0, 1, 2 or 3."
                    if re.fullmatch(r"11:route:\{[1-9]\d*\}", _other(s))
                    else "they are named `11:route:{0}` to `11:route:{3}`."
                )
            ),
        ),
        Hint(
            "hash-is-stable",
            lambda s: _misplaced(s) and ("hash(" in s.code or not s.watched),
            f"{MISPLACED}; `hash` returns a different number in each process.",
        ),
    ),
)

NOW, LEASE, HIGHEST = (f"11:fence:{{0}}:{key}" for key in ("now", "owner", "highest"))


def _price(value: object) -> str:
    return str(value or "no price").removesuffix(".0")


def _fenced_key(seen: Seen) -> str:
    """Return the key that the first fenced SET names, "" without one."""
    fenced = [each.keys[-1] for each in seen.did(*SCRIPTS) if "SET" in each.words and each.keys]
    return fenced[0] if fenced else ""


def _sets_plainly(seen: Seen) -> bool:
    """Tell whether the current price was set by its own command, outside a transaction that fails
    once the watched lease has changed."""
    fenced = any(LEASE in each.keys for each in seen.did("WATCH"))
    others = [each for each in seen.sent if each.words[0] not in SCRIPTS | {"GET"}]
    return any(NOW in each.keys and not (fenced and each.together) for each in others)


def _set(seen: Seen, price: str) -> bool:
    """Tell whether `now` was this price at some time."""
    took = [each for each in seen.sent if NOW in each.keys and not (each.error or each.empty)]
    return any(price in each.words for each in took)


def _typed_price(seen: Seen) -> str:
    """Say which command has prices other than its entry's, of which Bob's first is 10."""
    fenced = [each for each in seen.did(*SCRIPTS) if "SET" in each.words]
    for each in [*seen.did("SADD")[:1], *fenced[:1]]:
        if each.words[-1] == "12":
            return (
                f"you sent `{each.line}` for the price 10: use the `price` that each call receives."
            )
    return ""


WORKERS = {r"\balice\b": "alice", r"\bbob\b": "bob"}


def _named_worker(seen: Seen) -> str:
    """Say that the code decides by a worker's name; or ""."""
    named = [name for words, name in WORKERS.items() if seen.code and seen.times(words)]
    return (
        f"your code names `{named[0]}`, so it would be wrong for different workers: use the "
        "`partition` that each call receives, and let its `finish` decide."
        if named
        else ""
    )


def _stolen(seen: Seen) -> str:
    """Say which command changed the lease, which only its owner may; or ""."""
    changes = [e for e in seen.did("DEL", "UNLINK", "SET", "EXPIRE", "PEXPIRE") if e.key == LEASE]
    if not changes:
        return ""
    return (
        f"`{changes[0].line}` takes the lease away from its owner, so the fence can't keep a late "
        "worker out: let only `take` change the lease."
    )


def _missing(seen: Seen) -> str:
    """Say what to do about an effect that is missing or wrong while the price now is right."""
    if None in (seen.read["prices"], seen.read["members"]):
        return (
            "SADD adds to `PRICES`, and ZADD to `HIGHEST`, but one of your commands gave one of "
            "these keys a different type."
        )
    if any(each.words[0] in SCRIPTS and {"SADD", "ZADD"} & {*each.words} for each in seen.sent):
        return (
            "`finish` acknowledges the entry, so a second call for the same entry returns False. "
            "Send the other two effects as plain commands, before `finish`."
        )
    for each in seen.did("SADD", "ZADD"):
        name = "PRICES" if each.command == "SADD" else "HIGHEST"
        if each.key != (key := f"{FENCED.stream}:{name.lower()}"):
            return (
                f"your {each.command} went to `{each.key}`, but the value of `{name}` is `{key}`."
            )
    if seen.did("SADD") and (said := differs("`PRICES`", seen.read["prices"], ["10", "12"])):
        return said
    if seen.read["highest"] not in (None, 12):
        return "ZADD with `gt=True` keeps the higher of two prices; it doesn't add them up."
    missing = [command for command in ("SADD", "ZADD") if not seen.did(command)]
    if not missing:
        return f"`{seen.did('ZADD')[0].line}` stored no price: compare it with the task's ZADD."
    return f"for each entry, send {' and '.join(missing)} as well, before `partition.finish`."


def _right(seen: Seen) -> bool:
    return (
        seen.read["now"] == "12"
        and seen.read["prices"] == ["10", "12"]
        and seen.read["highest"] == 12
        and len(seen.read["members"]) == 1
        and not seen.group.pending
    )


def _first(seen: Seen, commands: Collection[str], *words: str) -> int | None:
    """Return the position of the first of these commands that has one of the words, and did
    something; None without one."""
    return next(
        (
            n
            for n, each in enumerate(seen.sent)
            if each.command in commands and {*words} & {*each.words} and not each.empty
        ),
        None,
    )


def _late(seen: Seen) -> Sent | None:
    """Return an effect that was sent only after its entry was acknowledged, if there is one."""
    for entry in seen.stream.entries:
        price = entry.fields["price"]
        acked = _first(seen, {*SCRIPTS, "XACK"}, entry.id)
        for command in ("SADD", "ZADD"):
            effect = _first(seen, {command}, price, f"{price}.0")
            if acked is not None and effect is not None and acked < effect:
                return seen.sent[effect]
    return None


def _unfenced(seen: Seen) -> Sent | None:
    """Return an XACK that was sent for an entry after a script had refused it, if there is one."""
    refused: set[str] = set()
    for each in seen.sent:
        if each.command in SCRIPTS:
            refused = {*each.words} if each.answer == 0 else refused - {*each.words}
        elif each.command == "XACK" and refused & {*each.words[3:]}:
            return each
    return None


def _without_effect(seen: Seen) -> str:
    """Say why nothing is pending, although no price was set."""
    if _sets_plainly(seen):
        return (
            "store the price in `now` with `SET`: a different command creates a key of a "
            "different type."
        )
    if said := acked_before_script(seen):
        return said
    if not any("SET" in each.words for each in seen.did(*SCRIPTS)):
        return (
            "nothing is pending, but no `SET` was sent to `now`: have `partition.finish` send "
            "it, and acknowledge nothing before that."
        )
    if all("SET" in each.words for each in seen.did(*SCRIPTS)):
        return (
            "nothing is pending, but your fenced `SET` stored no price: after `NOW`, it takes just "
            "the price."
        )
    return (
        "nothing is pending, but `now` holds no price: a `finish` with a different effect "
        "acknowledged the entries. Call `finish` only once for each entry, with `SET`."
    )


def _refused(seen: Seen) -> str:
    """Say how `finish` acknowledges, or why it refused Bob."""
    if any("bob" in each.words and each.answer == 0 for each in seen.did(*SCRIPTS)):
        return (
            "Bob's `finish` was refused: pass the ID of the entry that each call receives, and "
            "leave his lease alone."
        )
    return "`partition.finish` sets the price and acknowledges its entry."


FENCED = Exercise(
    "11.fence",
    given={r"\balice\b": 6, r"\bbob\b": 5},
    title="The effect that needs a fence",
    minutes=8,
    after=2,
    stage=7,
    stream="11:fence:{0}",
    group="consumerGroup",
    reads={
        "now": lambda r: r.get(NOW),
        "prices": lambda r: sorted(r.smembers("11:fence:{0}:prices")),
        "highest": lambda r: r.zrange(HIGHEST, -1, -1, withscores=True)[0][1],
        "members": lambda r: r.zrange(HIGHEST, 0, -1),
    },
    task="write `apply` so that prices, highest and now are right even though Alice comes late.",
    praise="a late worker can't spoil a set or a maximum, but it can spoil the current price, so "
    "`now` is behind the fence.",
    wanted="prices 10 and 12, highest 12, now 12, both entries acknowledged, and `SET` sent by "
    "`partition.finish`.",
    sees=lambda s: (
        f"prices {listed(s.read['prices'])}; highest {_price(s.read['highest'])}; "
        f"now {s.read['now'] or 'no price'}; {s.group.pending} pending."
    ),
    solved=lambda s: (
        _right(s) and (not s.watched or not (_sets_plainly(s) or _late(s) or _unfenced(s)))
    ),
    untouched=lambda s: s.group.pending == 2 and not s.read["now"] and not s.read["prices"],
    by_hand=lambda s: _typed_price(s) or _stolen(s) or _named_worker(s),
    slip=lambda s: (
        f"`partition.finish` sets `{_fenced_key(s)}`, but the value of `NOW` is `{NOW}`."
        if _fenced_key(s) not in ("", NOW)
        else (s.group.pending and _refused(s))
        or differs("`PRICES`", s.read["prices"], ["10", "12"])
    ),
    hints=(
        Hint(
            "look-then-act",
            lambda s: _right(s) and _sets_plainly(s),
            "your SET is a separate command: whatever you check first, Alice may freeze between "
            "the check and the SET, so her SET may come late. Let `partition.finish` check the "
            "lease and set the price in one step.",
            nearly=True,
        ),
        Hint(
            "ack-first",
            lambda s: _right(s) and _late(s),
            lambda s: (
                f"`{_late(s).line}` came after its entry had been acknowledged, so a crash in "
                "between would lose that effect: call `partition.finish` last."
            ),
            nearly=True,
        ),
        Hint(
            "look-then-act",
            lambda s: _right(s) and _unfenced(s),
            lambda s: (
                f"you sent `{_unfenced(s).line}` although the script had just refused the entry: "
                "if Bob hadn't finished it yet, Alice's XACK would have acknowledged it, and "
                "its effects would be lost. Leave XACK to `partition.finish`."
            ),
            nearly=True,
        ),
        Hint(
            "late-write-wins",
            lambda s: (
                s.read["highest"] == 10 and not s.error and not any("GT" in e.words for e in s.sent)
            ),
            "the highest price is 10 instead of 12: only ZADD with `gt=True` keeps the higher of "
            "two prices, no matter who comes last.",
        ),
        Hint(
            "late-write-wins",
            lambda s: (
                s.read["now"] == "10"
                and any(NOW in e.keys and {"SETNX", "NX"} & {*e.words} for e in s.sent)
            ),
            "`now` is 10, the first price: NX never replaces a value, so Bob's 12 had no effect. "
            "Have `partition.finish` send `SET` without NX.",
        ),
        Hint(
            "late-write-wins",
            lambda s: s.read["now"] == "10" and not s.error and (_set(s, "12") or not s.watched),
            lambda s: (
                "`now` is 10: Alice came late, and her SET overwrote Bob's. "
                + (
                    "`partition.finish` sends a SET, too, so leave out the plain one."
                    if any("SET" in each.words for each in s.did(*SCRIPTS))
                    else "Adding to a set or keeping a maximum gives the same result in any order, "
                    "but SET doesn't, so put SET behind the fence."
                )
            ),
        ),
        Hint(
            "ack-first",
            lambda s: s.read["now"] == "10" and acked_before_script(s),
            acked_before_script,
        ),
        Hint(
            "one-finish",
            lambda s: (
                not s.group.pending
                and s.read["now"] == "12"
                and (s.read["prices"] != ["10", "12"] or s.read["highest"] != 12)
            ),
            lambda s: f"`now` is right, but another effect isn't: {_missing(s)}",
        ),
        Hint(
            "late-write-wins",
            lambda s: len(s.read["members"]) > 1,
            lambda s: (
                f"`HIGHEST` has {len(s.read['members'])} members, {listed(s.read['members'], 3)}, "
                "each with its own score: use a single member, "
                '`"price"`, whose score is the highest price.'
            ),
        ),
        Hint(
            "ack-first",
            lambda s: not s.group.pending and not s.read["now"] and _fenced_key(s) in ("", NOW),
            _without_effect,
        ),
        Hint(
            "unacked",
            lambda s: s.group.pending and s.read["now"],
            lambda s: (
                f"the group still has {count(s.group.pending, 'entry')} pending: "
                + acknowledge(s, _refused(s))
            ),
        ),
    ),
)

EXERCISES = [ROUTE, FENCED]
