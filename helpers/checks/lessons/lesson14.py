"""Lesson 14, Redis Cluster: name streams so that their load spreads, and keys so that a script can
use them together.

Checks compute the slots of names, and look into the kernel's own cluster where they can.
"""

import re

from redis import Redis, RedisCluster
from redis.crc import key_slot

from helpers.checks.exercise import Exercise, Hint, Seen
from helpers.checks.plain_data import number
from helpers.checks.wording import listed, said
from helpers.connection.origins import PYTHONS
from helpers.servers.cluster import shares

SHARES = shares(3)


def _slot(key: str) -> int:
    return key_slot(key.encode())


def _master(key: str) -> int:
    """Return the number of the node that serves a key in a new cluster of three masters."""
    return next(n for n, share in enumerate(SHARES, 1) if _slot(key) in share)


def _together(*keys: str) -> bool:
    return len({_slot(key) for key in keys}) == 1


def _named(seen: Seen) -> list[str]:
    """Return the names that were passed; raise TypeError unless they are a list of texts."""
    names = seen.passed["names"]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError
    return names


def _where(seen: Seen) -> str:
    """Name each stream's master."""
    try:
        named = [f"{name[:30]} on node {_master(name)}" for name in _named(seen)[:4]]
    except TypeError:
        if isinstance(names := seen.passed["names"], dict) and set(names) != {"once"}:
            return "`names` is a dictionary: make a list of its keys or values."
        return f"names = {listed(names)}."
    return f"{', '.join(named) or 'nothing in `names`'}."


def _idle(seen: Seen) -> list[int]:
    return sorted({1, 2, 3} - {_master(name) for name in _named(seen)})


SPREAD = Exercise(
    "14.spread",
    title="One stream for each master",
    minutes=6,
    values=("names",),
    typed=("names",),
    task="put three stream names into `names`, one for each master; each name begins with "
    "14:spread: and has a hash tag.",
    praise="each of the three masters has one of your streams.",
    wanted="a list of three names that begin with 14:spread: and have a hash tag, as in "
    "14:spread:{7}, each in a slot of a different master; r.keyslot(name) returns the slot.",
    sees=_where,
    solved=lambda s: (
        len(_named(s)) == 3
        and all(name.startswith("14:spread:") for name in _named(s))
        and all(_together(name, name + PRODUCER) for name in _named(s))
        and not _idle(s)
    ),
    untouched=lambda s: s.passed["names"] in (None, []),
    hints=(
        Hint(
            "tag-is-number",
            lambda s: (
                [name[-3:] for name in _named(s)] in (["{0}", "{1}", "{2}"], ["{1}", "{2}", "{3}"])
                and bool(_idle(s))
            ),
            lambda s: (
                f"node {_idle(s)[0]} has no stream: a tag is hashed even if it looks like a "
                "number, so neighboring numbers may share a master. Try other tags."
            ),
        ),
        Hint(
            "tag-is-whole",
            lambda s: any("{}" in name for name in _named(s)),
            "`{}` isn't a tag: with nothing between the braces, the whole name is hashed, so each "
            "stream's producer key and dead-letter stream, with longer names, land elsewhere.",
        ),
        Hint(
            "tag-is-whole",
            lambda s: any(
                name.startswith("14:spread:") and not re.search(r"\{[^}]+\}", name)
                for name in _named(s)
            ),
            "a name without a hash tag spreads the load, too, but its producer's number and its "
            "dead letters would be in different slots: put a tag in braces into each name. In an "
            "f-string, double the braces of the tag: `{{` and `}}`.",
        ),
        Hint(
            "tag-first",
            lambda s: (
                len(_named(s)) == 3
                and len({re.search(r"\{([^}]+)\}", name)[1] for name in _named(s)}) < 3
            ),
            lambda s: (
                f"all three names are `{_named(s)[0]}`: give each its own tag, and in an f-string, "
                "write three braces on each side of a variable."
                if len(set(_named(s))) == 1
                else "names with the same tag share a slot, whatever surrounds the tag: only the "
                "text in the first pair of braces counts."
            ),
        ),
        Hint(
            "tag-first",
            lambda s: any(not name.startswith("14:spread:") for name in _named(s)),
            "each name must begin with `14:spread:`: its tag can be anywhere after that.",
        ),
        Hint(
            "tag-spreads",
            lambda s: len(_named(s)) == 3 and bool(_idle(s)),
            lambda s: (
                f"node {_idle(s)[0]} has no stream: different tags usually have different slots, "
                "but slots may share a master. Try another tag for one of the streams that "
                "share a node."
            ),
        ),
        Hint(
            "tag-spreads",
            lambda s: len(_named(s)) > 3,
            "you have more than three names: one for each master is enough.",
        ),
    ),
)

PRODUCER = ":producer:till"
UNTAGGED = "14:name:orders"
"""The name that the stub leaves in `stream`."""


def _stream(seen: Seen) -> str:
    stream = seen.passed["stream"]
    if not isinstance(stream, str):
        raise TypeError
    return stream


def _keys(seen: Seen) -> str:
    stream = seen.passed["stream"]
    if not isinstance(stream, str):
        return f"stream = {listed(stream)}."
    slots = f"{_slot(stream)} and {_slot(stream + PRODUCER)}"
    return (
        f"{stream[:40]} and its producer's key are in the slots {slots}; stored = "
        f"{listed(seen.passed['stored'])}."
    )


def _untagged(seen: Seen) -> str:
    """Say how a name without a whole hash tag gets one."""
    if "{" in _stream(seen):
        return "close the braces around the part that both names share."
    if re.search(r"""\bf["'][^"']*\{""", seen.code):
        return (
            "in an f-string, braces mark a variable, so double them to get a hash tag, as in "
            '`f"14:name:{{orders}}"`.'
        )
    return "put braces around a part after `14:name:`, as in `14:name:{orders}`."


def _numbered(r: Redis) -> dict[str, int]:
    """Tell for each stream whether the server has the number of its producer `till`."""
    streams = r.scan_iter("14:name:*", count=1000, _type="stream")
    return {name: r.exists(name + PRODUCER) for name in streams}


def _values(r: Redis) -> dict[str, list[str | None]]:
    """Return what each of the exercise's streams holds."""
    streams = r.scan_iter("14:name:*", count=1000, _type="stream")
    return {
        name: [f.get("value", min(f.values())) for _, f in r.xrange(name, count=100)]
        for name in streams
    }


def _other_values(seen: Seen) -> list[str | None]:
    """Return what the stream holds if that can be seen, and isn't 0 to 9."""
    values = seen.read["values"].get(_stream(seen), [])
    return [] if values == [str(n) for n in range(10)] else values


def _unnumbered(seen: Seen) -> bool:
    """Tell whether no producer has stored into the stream, as far as the check can see."""
    return not seen.read["numbered"].get(_stream(seen), not seen.read["cluster"])


NAME = Exercise(
    "14.name",
    title="A name for a producer",
    minutes=5,
    values=("stream", "stored"),
    typed=("stream",),
    by_hand=lambda s: (
        s.code
        and not re.search(r"\bstored\b(?! *[-+,:]?=)", s.code)
        and "the task asks for the producer's own `stored`, the number of entries that the server "
        "has confirmed: read that number after the with block."
    ),
    reads={
        "numbered": _numbered,
        "values": _values,
        "cluster": lambda r: isinstance(r, RedisCluster),
    },
    task="give `stream` a name with which a Producer works in a cluster, and store 0 to 9 there.",
    praise="the stream and its producer's number share a slot, wherever that slot moves.",
    wanted="in `stream`, a name that begins with 14:name: and has a hash tag; in `stored`, the "
    "number of entries that the producer `till` has stored there, 10.",
    sees=_keys,
    solved=lambda s: (
        _stream(s).startswith("14:name:")
        and _together(_stream(s), _stream(s) + PRODUCER)
        and number(s.passed["stored"]) == 10
        and not _unnumbered(s)
        and not _other_values(s)
    ),
    untouched=lambda s: s.passed["stream"] in (None, UNTAGGED) and not s.passed["stored"],
    hints=(
        Hint(
            "tag-is-whole",
            lambda s: "{}" in _stream(s) and not _together(_stream(s), _stream(s) + PRODUCER),
            "`{}` isn't a tag: with nothing between the braces, the whole name is hashed, so the "
            "producer's key, whose name is longer, lands in a different slot.",
        ),
        Hint(
            "tag-first",
            lambda s: (
                not _stream(s).startswith("14:name:")
                and _together(_stream(s), _stream(s) + PRODUCER)
            ),
            "this name works in a cluster, but in this exercise it must begin with `14:name:`: its "
            "tag can be anywhere after that.",
        ),
        Hint(
            "name-is-all",
            lambda s: (
                _together(_stream(s), _stream(s) + PRODUCER)
                and number(s.passed["stored"])
                and _unnumbered(s)
            ),
            lambda s: (
                f"no producer `till` has stored anything in `{_stream(s)[:40]}`: send the entries "
                'there with Producer(…, producer_id="till")'
                + (", which numbers them, unlike XADD." if s.did("XADD") else ".")
            ),
        ),
        Hint(
            "name-is-all",
            lambda s: (
                _stream(s) == UNTAGGED
                and any(number for name, number in s.read["numbered"].items() if name != UNTAGGED)
            ),
            "entries are stored, but `stream` still has the old name, with which a "
            "Producer doesn't work: put the new name into `stream`.",
            nearly=True,
        ),
        Hint(
            "same-start",
            lambda s: (
                not _together(_stream(s), _stream(s) + PRODUCER)
                and not (_stream(s) == UNTAGGED and s.error.startswith("NameError"))
            ),
            lambda s: (
                "names with the same beginning are still hashed as a whole, so the stream and "
                "the producer's key are in different slots: " + _untagged(s)
            ),
        ),
        Hint(
            "name-is-all",
            lambda s: (
                _together(_stream(s), _stream(s) + PRODUCER) and not number(s.passed["stored"])
            ),
            lambda s: (
                "the producer has stored entries: after its with block, set `stored` to "
                "`producer.stored`."
                if s.read["numbered"].get(_stream(s))
                else 'the name is right. Now have a Producer with producer_id="till" send 0 to 9 '
                "there, and read its `stored` after the with block."
            ),
        ),
        Hint(
            "name-is-all",
            lambda s: number(s.passed["stored"]) == 10 and _other_values(s),
            lambda s: (
                f"the name is right, but the stream holds {listed(_other_values(s), 12)}: store 0 "
                "to 9 there, once each."
            ),
        ),
        Hint(
            "name-is-all",
            lambda s: (
                _together(_stream(s), _stream(s) + PRODUCER)
                and number(s.passed["stored"]) is not None
            ),
            lambda s: (
                f"the name is right, but `stored` is {listed(s.passed['stored'])}: have a Producer "
                'with producer_id="till" send 0 to 9 there, once, and read its `stored` after the '
                "with block, when all entries are stored."
            ),
        ),
    ),
)

REGIONS = ("14:count:{eu}", "14:count:{us}")


def _counters(seen: Seen) -> dict[str, str]:
    """Return the counter's key for each stream; raise TypeError unless all are texts."""
    keys = seen.passed["keys"]
    if not all(isinstance(text, str) for pair in keys.items() for text in pair):
        raise TypeError
    return keys


def _apart(seen: Seen) -> list[str]:
    """Return the streams whose counter is in another slot."""
    return [s for s, key in _counters(seen).items() if not _together(s, key)]


def _counted(seen: Seen) -> str:
    try:
        pairs = [
            f"{key[:30]} for {stream[:20]}{'' if _together(stream, key) else ' (another slot)'}"
            for stream, key in _counters(seen).items()
        ]
    except (TypeError, AttributeError):
        pairs = [listed(seen.passed["keys"])]
    return f"keys: {', '.join(pairs[:3]) or 'none'}; total = {listed(seen.passed['total'])}."


def _uncounted(seen: Seen) -> list[str]:
    """Return the streams with orders that aren't acknowledged, if the server has them."""
    groups = zip(REGIONS, seen.read["groups"] or (), strict=False)
    return [name for name, group in groups if group["lag"] or group["pending"]]


def _left(seen: Seen) -> str:
    """Say why the orders of a stream aren't acknowledged."""
    name = _uncounted(seen)[0]
    if seen.read["groups"][REGIONS.index(name)]["lag"]:
        return (
            f"the orders of {name} aren't acknowledged: call `count` once for that stream, "
            "with its counter's key."
        )
    return (
        f"the orders of {name} were read but not acknowledged, so `count` doesn't get them: run "
        "the cell above again, and leave all reading to `count`."
    )


def _not_from_counters(seen: Seen) -> str:
    """Say which line set `total` without looking at a counter; "" if that can't be seen."""
    made = seen.made["total"]
    names = {part for part in made.parts if part.isidentifier()}
    if "xlen(" not in made.line and not names <= PYTHONS | {"STREAMS", "keys"}:
        return ""
    return f"`{made.line}` doesn't use the counters: add up the values that they hold."


def _unkeyed(seen: Seen) -> str:
    """Say how `keys` should look, if it isn't a dictionary of streams and texts."""
    keys = seen.passed["keys"]
    if isinstance(keys, dict) and set(keys) <= set(REGIONS):
        texts = all(isinstance(key, str) for key in keys.values())
        return "" if texts else "put the name of a counter into each keys[stream], as text."
    return (
        f'`keys` should be a dictionary with the streams\' full names: keys["{REGIONS[0]}"] = "…".'
    )


def _miscounted(seen: Seen) -> list[str]:
    """Return the keys that don't hold 5, as far as the server's can be seen."""
    counters = seen.read["counters"] if seen.read["groups"] else None
    return [key for key in _counters(seen).values() if counters and counters.get(key) != "5"]


COUNT = Exercise(
    "14.count",
    title="An effect next to its stream",
    minutes=8,
    stage=12,
    values=("keys", "total"),
    typed=("keys",),
    by_hand=lambda s: (
        s.sent_one(
            "SET|INCR|INCRBY|XACK",
            "use `count(stream, key)`, which counts and acknowledges in one step.",
        )
        or s.sent_one(
            "MGET",
            "a cluster refuses a command whose keys are in different slots: send a GET for each.",
        )
        or not s.watched
        and (found := re.search(r"\w+\.(set|incr|incrby|xack)\(", s.code))
        and f"your code calls `{found[0]}…)`: use `count(stream, key)`, which counts and "
        "acknowledges in one step."
        or _not_from_counters(s)
    ),
    reads={
        "groups": lambda r: [r.xinfo_groups(name)[0] for name in REGIONS],
        "counters": lambda r: {
            key: r.get(key) for key in r.scan_iter("14:count:*", _type="string")
        },
    },
    task="acknowledge the orders of both streams with ack_with, counting each stream in its own "
    "key; put both keys into `keys` and the sum into `total`.",
    praise="each stream has its counter in its own slot, and the client adds them up.",
    wanted="in `keys[stream]`, for each of the two streams, its own key with the same hash tag; in "
    "`total`, the sum of both counters, 10.",
    sees=_counted,
    solved=lambda s: (
        set(_counters(s)) == set(REGIONS)
        and not _apart(s)
        and all(key.startswith("14:count:") for key in _counters(s).values())
        and not set(_counters(s).values()) & set(REGIONS)
        and number(s.passed["total"]) == 10
        and not _uncounted(s)
        and not _miscounted(s)
    ),
    slip=_unkeyed,
    untouched=lambda s: s.passed["keys"] in (None, {}) and s.passed["total"] is None,
    hints=(
        Hint(
            "one-for-all",
            lambda s: len(_counters(s)) == 2 and len(set(_counters(s).values())) == 1,
            "both streams are counted in one key, but a key is in only one slot: give each stream "
            "its own counter, and add them up in the client.",
        ),
        Hint(
            "effect-is-stream",
            lambda s: set(_counters(s).values()) == set(REGIONS) != set(_counters(s)),
            "`keys` is the wrong way around: put the stream in the brackets, and its counter's key "
            "after the equals sign, as in keys[stream] = key.",
        ),
        Hint(
            "effect-is-stream",
            lambda s: bool(set(_counters(s).values()) & set(REGIONS)),
            "a counter can't be the stream itself, which is a key of another type: give it its "
            "own name with the same tag.",
        ),
        Hint(
            "tag-swapped",
            lambda s: not set(_counters(s)) <= set(REGIONS),
            lambda s: (
                f"`keys` has a counter for {listed(sorted(set(_counters(s)) - set(REGIONS)))}, "
                "but no stream has such a name: put the stream's whole name in the brackets."
            ),
        ),
        Hint(
            "tag-swapped",
            lambda s: (
                len(_apart(s)) == 2
                and sorted(map(_slot, _counters(s))) == sorted(map(_slot, _counters(s).values()))
            ),
            "each counter has the other stream's tag: a counter must be in the same slot as the "
            "stream whose entries it counts, so give it that stream's tag.",
        ),
        Hint(
            "same-start",
            lambda s: bool(_apart(s)),
            lambda s: (
                f"the counter of {_apart(s)[0]} is in another slot: write the stream's tag, "
                "including the braces, into the counter's name."
            ),
        ),
        Hint(
            "tag-first",
            lambda s: not all(key.startswith("14:count:") for key in _counters(s).values()),
            "the keys share their streams' slots, but in this exercise they must begin with "
            "`14:count:`, so that the next run deletes them.",
        ),
        Hint(
            "one-for-all",
            lambda s: len(_counters(s)) == 1 and not s.ended,
            "`keys` has only one of the streams: give the other stream a key, too.",
        ),
        Hint(
            "name-is-all",
            lambda s: set(_counters(s)) == set(REGIONS) and _uncounted(s),
            lambda s: f"the keys are right, but {_left(s)}",
        ),
        Hint(
            "name-is-all",
            lambda s: set(_counters(s)) == set(REGIONS) and _miscounted(s),
            lambda s: (
                f"all orders are acknowledged, but `{_miscounted(s)[0]}` holds "
                f"{s.read['counters'].get(_miscounted(s)[0], 'nothing')}, not 5: count each order "
                "once, in the key that you put into `keys`, and run the cell above again."
            ),
        ),
        Hint(
            "name-is-all",
            lambda s: set(_counters(s)) == set(REGIONS),
            lambda s: (
                f"the keys are right, but total = {said(s.passed['total'])}: "
                + (
                    "all orders are counted, so get each counter on its own, and add up the "
                    "two values as numbers, `int(r.get(key))`."
                    if s.read["groups"]
                    else "call `count` once for each stream, then add up the values of both "
                    "keys, as numbers."
                )
            ),
        ),
    ),
)

EXERCISES = [SPREAD, NAME, COUNT]
