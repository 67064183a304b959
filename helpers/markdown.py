"""Lay out tables as text."""

from collections.abc import Callable, Sequence


def columns(
    rows: Sequence[Sequence[str]], align: Callable[[str, int], str] = str.ljust
) -> list[str]:
    """Return a line for each row, with its cells in columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(align, row, widths)).rstrip() for row in rows]


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown that a terminal shows as well as a page: columns aligned, numbers
    to the right, and the first column to the left."""
    first, *others = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = "|".join(["-" * (first + 2), *("-" * (width + 1) + ":" for width in others)])
    lines = []
    for label, *figures in [head, *rows]:
        padded = [figure.rjust(width) for figure, width in zip(figures, others, strict=True)]
        lines.append(f"| {' | '.join([label.ljust(first), *padded])} |")
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])
