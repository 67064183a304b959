"""The notebooks keep the course's rules.

nbval itself, which collects notebooks/*.ipynb in the same run, checks that their outputs are true.
"""

import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests.notebook_rules import NOTEBOOKS, RULES, Notebook, read

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))
ALL = {path.stem: read(path) for path in FILES}


def test_there_are_notebooks_numbered_without_a_gap():
    """A test over no notebooks would test nothing."""
    assert [name[:3] for name in ALL] == [f"{n:02}_" for n in range(len(ALL))] != []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", ALL)
def test_rule(name, rule):
    """Each notebook keeps each rule of tests/notebook_rules.py."""
    assert [f"{name}: {complaint}" for complaint in rule(ALL[name])] == [], rule.__doc__


def good() -> Notebook:
    """A small notebook that keeps every rule."""
    cells = [
        new_markdown_cell("# 00. Does it work?\n\nYou will see that it does, in 5 minutes."),
        new_code_cell('clean_slate(r, "00:")'),
    ]
    for n in range(9):
        cells.append(
            new_markdown_cell(f"Say it first.\nWhat is {n} + 1?" if n <= 3 else f"Here is {n} + 1.")
        )
        cells.append(
            new_code_cell(
                f"print({n} + 1)", outputs=[new_output("stream", name="stdout", text=f"{n + 1}\n")]
            )
        )
        if n <= 3:
            cells[-1].metadata = nbformat.from_dict(
                {"jupyter": {"outputs_hidden": True}, "tags": ["hide-output"]}
            )
    cells.append(new_markdown_cell("Read on: [the next](01_next.ipynb)."))
    for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = count
    kernel = {"name": "python3", "display_name": "Python"}
    return Notebook(
        NOTEBOOKS / "00_good.ipynb", new_notebook(cells=cells, metadata={"kernelspec": kernel})
    )


def code(source):
    """Spoil the first code cell's source."""
    return lambda nb: nb.cells[1].update(source=source)


def shows(text):
    """Spoil an output."""
    return lambda nb: nb.cells[3].outputs[0].update(text=text)


SPOILS = [
    (
        "ran_once_in_order",
        lambda nb: [c.update(execution_count=None, outputs=[]) for _, c in nb.code],
    ),
    ("ran_once_in_order", lambda nb: nb.cells[1].update(execution_count=7)),
    ("nothing_is_left_out_of_the_comparison", code("# NBVAL_IGNORE_OUTPUT\n1")),
    (
        "nothing_is_left_out_of_the_comparison",
        lambda nb: nb.cells[1].metadata.update(tags=["nbval-skip"]),
    ),
    (
        "pictures_are_compared",
        lambda nb: nb.cells[3].outputs.append(
            new_output("display_data", data={"image/png": "abc"})
        ),
    ),
    (
        "pictures_are_compared",
        lambda nb: nb.cells[3].outputs.append(
            new_output(
                "display_data",
                data={"image/png": "abc", "text/plain": "<Figure size 640x480 with 1 Axes>"},
            )
        ),
    ),
    ("no_addresses_in_outputs", shows("<object at 0x7f3a5c>")),
    ("no_absolute_paths_in_outputs", shows("File /home/ada/x.py")),
    ("no_timings", shows("took 3.2 ms")),
    (
        "no_timings",
        lambda nb: nb.cells[3].metadata.update(execution={"iopub.execute_input": "2026-01-01"}),
    ),
    ("nothing_on_stderr", lambda nb: nb.cells[3].outputs[0].update(name="stderr")),
    ("no_typed_entry_ids", code("r.xack(s, g, '1700000000000-0')")),
    ("no_typed_entry_ids", code("r.xadd(s, {'a': 1}, id='7-*')")),
    ("no_sleep", code("import time as t\nt.sleep(1)")),
    ("no_magic_but_load", code("%run other.py")),
    ("no_magic_but_load", code("!redis-cli ping")),
    ("no_installation", code("run('pip', '-q', 'install')  # pip install redis")),
    ("no_star_import", code("from helpers import *")),
    ("no_flush", code("r.flushdb()")),
    ("threads_never_print", code("Thread(target=print)")),
    ("threads_never_print", code("def f():\n    g()\ndef g():\n    print(1)\nThread(target=f)")),
    (
        "threads_never_print",
        code(
            "def handle(e):\n    print(e)\nwith Consumer(r, S, G, 'c', handle) as c:\n    c.drain()"
        ),
    ),
    ("keys_have_the_lessons_prefix", code('S = "02:dataStream"\nclean_slate(r, S)')),
    ("keys_have_the_lessons_prefix", code('S = "00:dataStream"')),
    (
        "first_cell_states_question_and_minutes",
        lambda nb: nb.cells[0].update(source="# 00. It works."),
    ),
    ("four_predictions", lambda nb: nb.cells[2].update(source="No question.")),
    ("predictions_are_settled_out_of_sight", lambda nb: nb.cells[3].update(outputs=[])),
    ("predictions_are_settled_out_of_sight", lambda nb: nb.cells[3].metadata.pop("jupyter")),
    (
        "no_heading_answers_a_prediction",
        lambda nb: nb.cells[2].update(source="## One needs another\n\n**Predict:** is it there?"),
    ),
    (
        "no_except_answers_a_prediction",
        lambda nb: nb.cells[3].update(
            source="try:\n    f()\nexcept ValueError as e:\n    print(e)"
        ),
    ),
    (
        "no_text_answers_a_prediction",
        lambda nb: (
            nb.cells[2].update(source="It is one in all.\n\n**Predict:** how many is it?"),
            nb.cells[3].outputs[0].update(text="one in all\n"),
        ),
    ),
    (
        "no_picture_answers_a_prediction",
        lambda nb: nb.cells[11].outputs.append(
            new_output("display_data", data={"image/svg+xml": "<svg/>"})
        ),
    ),
    ("number_of_cells", lambda nb: nb.cells.extend(nb.cells * 2)),
    ("short_code_cells", code("\n".join("abcdefghijk"))),
    (
        "code_is_explained",
        lambda nb: nb.cells.extend([new_code_cell("1"), new_code_cell("2"), new_code_cell("3")]),
    ),
    ("one_sentence_a_line", lambda nb: nb.cells[4].update(source="One sentence. Another one.")),
    (
        "other_languages_are_folded",
        lambda nb: nb.cells[4].update(
            source="| Go (go-redis) | Python |\n|---|---|\n| `x` | `y` |"
        ),
    ),
    (
        "other_languages_are_folded",
        lambda nb: nb.cells[4].update(
            source="<details><summary>The same in Go and in redis-cli</summary>\n| Go |\n</details>"
        ),
    ),
    ("links_resolve", lambda nb: nb.cells[4].update(source="See [this](../not/there.md).")),
    ("last_cell_links_to_the_next", lambda nb: nb.cells.append(new_markdown_cell("The end."))),
    ("plain_kernel", lambda nb: nb.node.metadata.kernelspec.update(name="venv-of-ada")),
    ("no_widget_state", lambda nb: nb.node.metadata.update(widgets={})),
    ("unique_ids", lambda nb: nb.cells[1].update(id=nb.cells[0].id)),
]


@pytest.fixture
def tiny(tmp_path):
    """The good notebook, in a directory with a following one."""
    (tmp_path / "01_next.ipynb").write_text("{}")
    return Notebook(tmp_path / "00_good.ipynb", good().node)


def broken_rules(nb):
    """The names of the rules that `nb` breaks."""
    return [rule.__name__ for rule in RULES if rule(nb)]


def test_a_good_notebook_breaks_no_rule(tiny):
    """The rules can all be kept at once."""
    assert broken_rules(tiny) == []


@pytest.mark.parametrize(("name", "spoil"), SPOILS, ids=[name for name, _ in SPOILS])
def test_a_rule_notices(tiny, name, spoil):
    """Each rule can fail."""
    spoil(tiny)
    assert name in broken_rules(tiny)


def test_every_rule_is_seen_to_fail():
    """A new rule needs a notebook that breaks it."""
    assert {name for name, _ in SPOILS} == {rule.__name__ for rule in RULES}


def test_reading_a_notebook_makes_no_parsers_for_addresses():
    """They take longer than the rest of a test process's start, and its schema asks for none."""
    nbformat.validate(new_notebook())
    assert "jsonschema" in sys.modules and "lark" not in sys.modules
