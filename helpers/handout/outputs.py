"""The stored outputs of a notebook: the same in each run and on each machine."""

import re

from helpers.grading import cells
from helpers.setup.environment import ROOT

VOLATILE = ("execution", "ExecuteTime", "collapsed", "scrolled", "trusted", "vscode")
LIBRARY = re.compile(r"(?:/|\.venv/)[^\s\x1b]*/(?=(?:site-packages|python3\.\d+)/)")
WIDGET = "application/vnd.jupyter.widget-view+json"


def tidy(notebook) -> None:
    """Drop the parts that differ between runs or machines, and collapse outputs that settle a
    prediction."""
    names = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    notebook.metadata = {"kernelspec": names, "language_info": {"name": "python"}}
    cells.mark(notebook)
    for cell in notebook.cells:
        for name in VOLATILE:
            cell.metadata.pop(name, None)
        if cell.cell_type == "code":
            hide_if_asked(cell)
            for output in cell.outputs:
                tidy_output(output)


def hide_if_asked(cell) -> None:
    """Store the output of a cell tagged hide-output collapsed, and of no other."""
    jupyter = {k: v for k, v in cell.metadata.pop("jupyter", {}).items() if k != "outputs_hidden"}
    if "hide-output" in cell.metadata.get("tags", []):
        jupyter["outputs_hidden"] = True
    if jupyter:
        cell.metadata["jupyter"] = jupyter


def tidy_output(output) -> None:
    """Drop a live widget's ID if the output has another form, and the paths of this machine."""
    data = output.get("data", {})
    if set(data) - {WIDGET, "text/plain"}:
        data.pop(WIDGET, None)
    if "traceback" in output:
        here = [text.replace(f"{ROOT}/", "") for text in output.traceback]
        output.traceback = [LIBRARY.sub("", text) for text in here]


def keep_equal_outputs(old, new) -> None:
    """Keep stored outputs where the tests see no difference, so that diffs stay small."""
    from nbval.plugin import get_sanitize_patterns

    patterns = get_sanitize_patterns((ROOT / "tests" / "nbval_sanitize.cfg").read_text("ascii"))
    stored = {cell.id: cell.outputs for cell in old.cells if cell.cell_type == "code"}
    for cell in new.cells:
        if cell.cell_type == "code" and blurred(stored[cell.id], patterns) == blurred(
            cell.outputs, patterns
        ):
            cell.outputs = stored[cell.id]


def blurred(value, patterns: list[tuple[str, str]]):
    """Return part of an output, with everything that the tests blur or ignore made equal."""
    if isinstance(value, dict):
        kept = {name: part for name, part in value.items() if name not in ("traceback", WIDGET)}
        return {name: blurred(part, patterns) for name, part in kept.items()}
    if isinstance(value, list):
        return [blurred(part, patterns) for part in value]
    if isinstance(value, str):
        for pattern, word in patterns:
            value = re.sub(pattern, word, value)
    return value
