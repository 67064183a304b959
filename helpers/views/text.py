"""The picture in characters: for terminals, for screen readers, and for tests that fail."""

from collections.abc import Iterable

from helpers.plurals import count
from helpers.snapshots import EntryState, GroupState, Snapshot, states
from helpers.streams.dead_letters import SUFFIX
from helpers.views import characters, selection, words

WIDTH = 88
"""Columns of a line; a code cell's output in JupyterLab shows some 90 without a scroll bar."""

IN_FULL, AT_ENDS, NAMED = 60, 20, 12
"""The most entries that are all shown; those shown at each end of a longer stream; and the most
listed as pending for a consumer."""

FORMS = {
    states.PLAIN: "{0}",
    states.NOT_DELIVERED: "{0}",
    states.PENDING: "({0} {1})",
    states.ACKED: "[{0} ✓]",
    states.SKIPPED: "«{0}»",
    states.DEAD_LETTERED: "[{0} ✗]",
    states.TRIMMED: "(? {1})",
}
"""How the text shows an entry, with its value and its owner."""

ORDER = (states.NOT_DELIVERED, states.PENDING, states.ACKED, states.SKIPPED, states.DEAD_LETTERED)
LETTERS = dict(zip(ORDER, "·◐✓»✗", strict=True))
"""One character per state, for the rows of several groups."""


def draw(shot: Snapshot) -> str:
    """Return the picture in lines of text."""
    heading = words.title(shot)
    if not shot.exists or (shot.problem and not shot.length):
        return f"{heading}\n{shot.problem}"
    row = selection.stream_row(shot, lambda entry: 1, IN_FULL, AT_ENDS, AT_ENDS)
    lines = [heading, words.counts(shot)]
    if shot.problem:
        lines.append(shot.problem)
    if len(shot.groups) > 1 and not shot.chosen and not shot.problem:
        lines += _groups(shot, row)
    else:
        lines += _stream(shot, row)
    if shot.chosen:
        lines += _consumers(shot.chosen)
    if shot.dead_letters:
        name = characters.shorten(shot.stream, 60)
        lines.append(f"dead letters: {count(shot.dead_letters, 'entry')} in {name}{SUFFIX}")
    if shot.chosen:
        lines += _legend(shot, row)
    return "\n".join(lines)


def _token(entry: EntryState) -> str:
    held_by = characters.shorten(entry.owner, 16)
    if entry.deliveries > 1:
        held_by += f" {entry.deliveries}×"
    return FORMS[entry.state].format(characters.shorten(entry.value, 24), held_by)


def _stream(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    """Wrap the stream's entries; ▲ stands after the last delivered one."""
    shown = {entry.id: _token(entry) for entry in row.head}
    if row.gap:
        shown["gap"] = f"… {row.gap} …"
    shown |= {entry.id: _token(entry) for entry in row.tail}
    tokens = list(shown.values())
    if shot.chosen and row.shown:
        marked = "gap" if row.in_gap else row.last  # Before the first one for ""
        tokens.insert(["", *shown].index(marked), "▲")
    return _wrap("stream", tokens or ["no entries"])


def _wrap(name: str, tokens: list[str]) -> list[str]:
    lines, line = [], f"{name:<8}"
    for token in tokens:
        if characters.cells(line) + characters.cells(token) > WIDTH:
            lines, line = [*lines, line], " " * 8
        line += f" {token}"
    return [*lines, line]


def _consumers(group: GroupState) -> list[str]:
    shown, rest = selection.consumer_rows(group)
    lines = []
    for consumer, pending in shown:
        said = words.deliveries(pending, consumer.pending)
        if pending:
            said += ": " + " ".join(characters.shorten(e.value, 24) for e in pending[:NAMED])
            said += " …" * (consumer.pending > len(pending[:NAMED]))
        lines.append(f"{characters.shorten(consumer.name or '(no owner)', 24):<8} {said}")
    if rest:
        lines.append(rest)
    return lines or ["no consumers"]


def _groups(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    """For several groups: under each entry a mark per group, then each group's counts."""
    names = [characters.shorten(g.name, 12) for g in shot.groups]
    margin = max(map(characters.cells, ["stream", *names])) + 2
    lines = []
    for entries in _runs(row.shown, WIDTH - margin):
        widths = [_column(e) for e in entries]
        lines.append(_columns("stream", margin, map(_label, entries), widths))
        for i, name in enumerate(names):
            marks = (LETTERS.get(e.states[i], " ") for e in entries)
            lines.append(_columns(name, margin, marks, widths))
    if not row.shown:
        lines.append(_columns("stream", margin, ["no entries"], [0]))
    if row.gap:
        lines.append(f"… {row.gap} …")
    for name, group in zip(names, shot.groups, strict=True):
        lines.append(f"{name}: {', '.join(words.lag_and_pending(group))}")
    marks = ", ".join(f"{mark} {words.short(state)}" for state, mark in LETTERS.items())
    return [*lines, f"Marks: {marks}"]


def _label(entry: EntryState) -> str:
    return characters.shorten(entry.value, 12)


def _column(entry: EntryState) -> int:
    """Return how wide an entry's column is, with the distance to the next one."""
    return characters.cells(_label(entry)) + 2


def _runs(entries: list[EntryState], width: int) -> list[list[EntryState]]:
    """Split entries into lines of at most `width` columns; one entry may be wider."""
    runs: list[list[EntryState]] = []
    used = width
    for entry in entries:
        used += _column(entry)
        if used > width:
            runs.append([])
            used = _column(entry)
        runs[-1].append(entry)
    return runs


def _columns(name: str, margin: int, said: Iterable[str], widths: list[int]) -> str:
    """Lay out a line: a name, then each text in its column."""
    parts = [
        text + " " * (width - characters.cells(text))
        for text, width in zip([name, *said], [margin, *widths], strict=True)
    ]
    return "".join(parts).rstrip()


def _legend(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    present = {e.state for e in (*row.shown, *shot.pending)}
    keys = [
        f"{FORMS[state].format('0', 'name')} {meaning};"
        for state, meaning in words.LEGEND.items()
        if state in present
    ]
    if not keys:
        return []
    return _wrap("Legend:", [*keys, f"▲ {words.marked(shot, row.last)}"])
