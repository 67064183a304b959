"""A notebook as a page: predictions stay folded together with the text that gives them away, and
pictures carry their sentence."""

import copy
import html
import re
from typing import Any

from helpers.site.runs import Frame

SUMMARY = "Think first, then open: what it showed, and why"

WHERE_TO_GO_ON = re.compile(r"^(#+ |\*\*Predict)", re.MULTILINE)
"""Where the text after a settled prediction turns to something else."""


def page(notebook: Any, frames: list[Frame]) -> Any:
    """Return a copy of a notebook that is ready to be laid out; `frames` is its recorded run, or
    nothing."""
    made = copy.deepcopy(notebook)
    made.cells = [cell for cell in made.cells if not cell.source.startswith("# %load ")]
    for cell, following in zip(made.cells, [*made.cells[1:], None], strict=True):
        if cell.cell_type == "code":
            cell.outputs = [shown(output) for output in cell.outputs]
        if following and following.cell_type == "markdown" and settles(cell):
            following.source = folded(following.source)
    if frames:
        made.cells[0].source += "\n\n" + player(frames)
    return made


def settles(cell: Any) -> bool:
    """Tell whether a cell settles a prediction: its output is stored folded."""
    return cell.cell_type == "code" and "hide-output" in cell.metadata.get("tags", [])


def folded(text: str) -> str:
    """Fold the part of a text that explains what a prediction came to."""
    turn = WHERE_TO_GO_ON.search(text)
    end = turn.start() if turn else len(text)
    answer, rest = text[:end].rstrip(), text[end:]
    if not answer:
        return text
    opened = f'<details class="answer"><summary>{SUMMARY}</summary>\n\n{answer}\n\n</details>'
    return f"{opened}\n\n{rest}".rstrip()


def shown(output: Any) -> Any:
    """Turn a picture into HTML: in the page it follows its theme, and it has words for those who
    can't see it."""
    data = output.get("data", {})
    words = "".join(data.get("text/plain", ""))
    if svg := data.get("image/svg+xml"):
        made = f'<div class="picture">{"".join(svg)}</div>'
    elif png := data.get("image/png"):
        source = "data:image/png;base64," + "".join(png).replace("\n", "")
        made = f'<img class="chart" alt="{html.escape(words, quote=True)}" src="{source}">'
    else:
        return output
    output.data = {"text/html": made, "text/plain": words}
    return output


def player(frames: list[Frame]) -> str:
    """Write a recorded run as HTML: its last frame without JavaScript, and all of them with it."""
    figures = "".join(
        f'<figure><div class="picture">{frame.svg}</div>'
        f"<figcaption>{n}. {html.escape(frame.said)}</figcaption></figure>"
        for n, frame in enumerate(frames, 1)
    )
    return f'<div class="run" data-frames="{len(frames)}">{figures}</div>'
