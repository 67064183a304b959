"""Words for what a snapshot holds: safe and short labels, counts, and the whole picture in one sentence."""

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from helpers.states import ACKED, DEAD_LETTERED, NOT_DELIVERED, PENDING, PLAIN, SKIPPED, TRIMMED, EntryState, GroupState, Snapshot

LONGEST = 1000
"""Characters of a value that a tooltip holds; a value may have a million."""

LEGEND = {
    NOT_DELIVERED: "to be delivered",
    PENDING: "pending: delivered, not acked",
    ACKED: "counted as acked: not pending",
    SKIPPED: "skipped: the group begins after it",
    DEAD_LETTERED: "dead-lettered",
    TRIMMED: "trimmed, still pending",
}
"""What each look means, in the order of the legend; the words before a colon do where there's no room for more.

The server notes no acknowledgement: what NOACK read, DELCONSUMER dropped or SETID passed over isn't pending, either. And what
was delivered before SETID moved the group back is delivered again.
"""


def short(state: str) -> str:
    """Say what a look means, in a word or two."""
    return LEGEND.get(state, state).partition(":")[0]


def marked(shot: Snapshot, last: str) -> str:
    """Say what the mark ▲ stands for; `last` is the entry at which it stands, if any."""
    if not last:
        return "before the first entry"
    skipped = any(entry.id == last and entry.state == SKIPPED for entry in shot.entries)
    return "the group begins after this" if skipped else "last delivered"


INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories that break a line, a terminal or XML: control characters, lone surrogates, line and paragraph separators."""

REORDERING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
"""Characters that turn the direction of the text after them, and two that XML forbids."""


def clean(text: str) -> str:
    """Replace every character that could act instead of show, such as a line feed, by its escape (`\\n`)."""
    return "".join(
        c.encode("unicode_escape").decode() if c in REORDERING or unicodedata.category(c) in INVISIBLE else c for c in text)


def cells(text: str) -> int:
    """Count the columns of a terminal that `text` takes: two for a wide character such as 漢; a picture reckons the same way."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shorten(text: str, most: int) -> str:
    """Return at most `most` columns of cleaned text, with … for what is left out, and "" in quotes if there is nothing."""
    text = clean(text[:most + 1]) or '""'
    if cells(text) <= most:
        return text
    while cells(text) > most - 1:
        text = text[:-1]
    return text + "…"


def full(text: str) -> str:
    """Return the whole value for a tooltip, cut only where no one would read on."""
    return clean(text) if len(text) <= LONGEST else f"{clean(text[:LONGEST])}… ({len(text)} characters)"


def count(n: int, one: str, many: str = "") -> str:
    """Say "1 entry" or "3 entries"."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def entries(n: int) -> str:
    """Say "1 entry" or "3 entries"."""
    return count(n, "entry", "entries")


def title(shot: Snapshot) -> str:
    """Name the stream and the group."""
    return " › ".join(shorten(name, 46) for name in (shot.stream, shot.group) if name is not None)


def counts(shot: Snapshot) -> str:
    """Say how many entries there are, and how far the group is, as the server counts them."""
    said = [entries(shot.length)]
    if shot.removed:
        said.append(f"{shot.removed} removed")
    if shot.chosen:
        said += progress(shot.chosen)
    elif shot.problem is None:
        said.append(count(len(shot.groups), "consumer group") if shot.groups else "no consumer group")
    return " · ".join(said)


def progress(group: GroupState) -> list[str]:
    """Say lag and pending of a group."""
    return [f"lag {'unknown' if group.lag is None else group.lag}", f"pending {group.pending}"]


def deliveries(pending: Iterable[EntryState], total: int) -> str:
    """Say how much a consumer has pending, and how often it was delivered if that was more than once."""
    times = sorted({e.deliveries for e in pending})
    if not total:
        return "nothing pending"
    if not times or times[-1] < 2:
        return f"{total} pending"
    each = "" if total == 1 else " each"
    return f"{total} pending · " + (f"{times[-1]} deliveries{each}" if len(times) == 1 else f"up to {times[-1]} deliveries")


def sentence(shot: Snapshot, shown: list[EntryState]) -> str:
    """Say the whole picture in one sentence, for those who hear it."""
    where = f"Stream {shorten(shot.stream, 80)}" + (f", group {shorten(shot.group, 80)}" if shot.group is not None else "")
    if shot.problem:
        return shot.problem if not shot.entries else f"{where}. {shot.problem}"
    runs = [(key, [shorten(e.value, 24) for e in run]) for key, run in groupby(shown, _fate)]
    said = [f"{_several(labels)} {fate}".rstrip() for fate, labels in runs]
    return f"{where}: {counts(shot).replace(' · ', ', ')}" + "".join(f"; {part}" for part in said)


def _several(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{labels[0]} {'and' if len(labels) == 2 else 'to'} {labels[-1]}"


def _fate(entry: EntryState) -> str:
    if entry.state in (PENDING, TRIMMED):
        times = f", delivered {entry.deliveries} times" if entry.deliveries > 1 else ""
        return f"{short(entry.state)} with {shorten(entry.owner, 24)}{times}"
    return short(entry.state) if entry.state != PLAIN else ", ".join(map(short, entry.states))
