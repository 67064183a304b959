"""The picture in characters: for terminals, for screen readers, and for tests that fail."""

from helpers.snapshots import EntryState, Snapshot
from helpers.snapshots.states import (
    ACKED,
    DEAD_LETTERED,
    NOT_DELIVERED,
    PENDING,
    PLAIN,
    SKIPPED,
    TRIMMED,
)
from helpers.streams.dead_letters import SUFFIX
from helpers.views import characters, selection, words

WIDTH = 88
"""Columns of a line; a code cell's output in JupyterLab shows some 90 without a scroll bar."""

MOST, ENDS = 60, 20
"""Entries shown in full, and else at each end."""

FORMS = {
    PLAIN: "{0}",
    NOT_DELIVERED: "{0}",
    PENDING: "({0} {1})",
    ACKED: "[{0} ✓]",
    SKIPPED: "«{0}»",
    DEAD_LETTERED: "[{0} ✗]",
    TRIMMED: "(? {1})",
}

KEYS = {
    NOT_DELIVERED: "0",
    PENDING: "(0 name)",
    ACKED: "[0 ✓]",
    SKIPPED: "«0»",
    DEAD_LETTERED: "[0 ✗]",
    TRIMMED: "(? name)",
}

LETTERS = {NOT_DELIVERED: "·", PENDING: "◐", ACKED: "✓", SKIPPED: "»", DEAD_LETTERED: "✗"}
"""One character per state, for the rows of several groups."""


def draw(shot: Snapshot) -> str:
    """Return the picture in lines of text."""
    heading = words.title(shot)
    if not shot.exists or (shot.problem and not shot.length):
        return f"{heading}\n{shot.problem}"
    row = selection.stream_row(shot, lambda entry: 1, MOST, ENDS, ENDS)
    several = len(shot.groups) > 1 and not shot.chosen and not shot.problem
    lines = [heading, words.counts(shot), *([shot.problem] if shot.problem else [])]
    lines += _groups(shot, row) if several else _stream(shot, row)
    lines += _consumers(shot) if shot.chosen else []
    if shot.dead_letters:
        lines.append(
            f"dead letters: {words.entries(shot.dead_letters)} in "
            f"{characters.shorten(shot.stream, 60)}{SUFFIX}"
        )
    return "\n".join(lines + (_legend(shot, row) if shot.chosen else []))


def _token(entry: EntryState) -> str:
    times = (
        f" {entry.deliveries}×"
        if entry.state in (PENDING, TRIMMED) and entry.deliveries > 1
        else ""
    )
    return FORMS[entry.state].format(
        characters.shorten(entry.value, 24), characters.shorten(entry.owner, 16) + times
    )


def _stream(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    """Wrap the stream's entries; ▲ stands after the last delivered one."""
    mark = ["▲"] if shot.chosen and row.shown else []
    tokens = list(mark) if not row.last else []
    for entry in row.head:
        tokens += [_token(entry), *(mark if entry.id == row.last and not row.in_gap else [])]
    if row.gap:
        tokens += [f"… {row.gap} …", *(mark if row.in_gap else [])]
    for entry in row.tail:
        tokens += [_token(entry), *(mark if entry.id == row.last else [])]
    return _wrap("stream", tokens or ["no entries"])


def _wrap(name: str, tokens: list[str]) -> list[str]:
    lines, line = [], f"{name:<8}"
    for token in tokens:
        if characters.cells(line) + characters.cells(token) > WIDTH:
            lines, line = [*lines, line], " " * 8
        line += f" {token}"
    return [*lines, line]


def _consumers(shot: Snapshot) -> list[str]:
    shown, rest = selection.consumer_rows(shot.chosen)
    lines = []
    for consumer, pending in shown:
        labels = " ".join(characters.shorten(e.value, 24) for e in pending[:12])
        more = " …" if consumer.pending > len(pending[:12]) else ""
        said = words.deliveries(pending, consumer.pending) + (f": {labels}{more}" if labels else "")
        lines.append(f"{characters.shorten(consumer.name or '(no owner)', 24):<8} {said}")
    return lines + ([rest] if rest else []) or ["no consumers"]


def _groups(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    """For several groups: under each entry one mark per group, in columns; then each group's
    counts."""
    labels = [characters.shorten(e.value, 12) for e in row.shown] or ["no entries"]
    names = [characters.shorten(g.name, 12) for g in shot.groups]
    margin = max(map(characters.cells, ["stream", *names])) + 2
    lines, start = [], 0
    while start < len(labels):
        end = start + 1
        while (
            end < len(labels)
            and margin + sum(characters.cells(label) + 2 for label in labels[start : end + 1])
            <= WIDTH
        ):
            end += 1
        lines.append(_columns("stream", labels[start:end], labels[start:end], margin))
        lines += [
            _columns(
                name,
                [LETTERS.get(e.states[i], " ") for e in row.shown[start:end]],
                labels[start:end],
                margin,
            )
            for i, name in enumerate(names)
            if row.shown
        ]
        start = end
    lines += [f"… {row.gap} …"] if row.gap else []
    lines += [
        f"{name}: {', '.join(words.lag_and_pending(g))}"
        for name, g in zip(names, shot.groups, strict=True)
    ]
    return [
        *lines,
        "Marks: " + ", ".join(f"{mark} {words.short(state)}" for state, mark in LETTERS.items()),
    ]


def _columns(name: str, said: list[str], under: list[str], margin: int) -> str:
    parts = [
        text + " " * (characters.cells(label) + 2 - characters.cells(text))
        for text, label in zip(said, under, strict=True)
    ]
    return (name + " " * (margin - characters.cells(name)) + "".join(parts)).rstrip()


def _legend(shot: Snapshot, row: selection.StreamRow) -> list[str]:
    present = {e.state for e in (*row.shown, *shot.pending)}
    keys = [f"{key} {words.LEGEND[state]}" for state, key in KEYS.items() if state in present]
    return (
        _wrap("Legend:", [f"{part};" for part in keys] + [f"▲ {words.marked(shot, row.last)}"])
        if keys
        else []
    )
